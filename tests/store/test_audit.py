"""A desk's store that worked is as it came and was made; each change is found and named."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.actions import letters
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.store import heads
from desktop.store.audit import audit
from desktop.wire.heads import heads_text, read_heads
from tests.actions.printing_child import PRINTER
from tests.restored import busy_hour, sync
from tests.town import Town, make_town, properties, small_town

__all__ = ["make_town", "properties", "small_town"]

OFFICE = "office:21"


@pytest.fixture
def worked(small_town: Town) -> Town:
    """Letters were stamped, printed on numbered sheets, voided; the day was closed. Another print
    and another request wait for the line."""
    town, crew, office = small_town, small_town.crew, small_town.house.office
    town.clock.moment = town.clock.moment.replace(microsecond=77_123)
    busy_hour(town)
    case_id = town.register(town.record(Scenario.CLEAN, 2))
    release(crew, case_now(crew.clerk, case_id))
    sync(town)
    office.bell.ring = lambda: None
    held = case_now(crew.clerk, case_id).letters[0]
    begun = letters.begin_print(crew.clerk, case_id, held, PRINTER, "")
    letters.end_print(crew.clerk, case_id, held.letter.letter_id, begun, PRINTER, "", out=True)
    town.register(town.record(Scenario.DEBT))
    return town


def found(town: Town) -> list[Discrepancy]:
    desk = town.house.office.desk
    with desk.store.reading() as session:
        return list(audit(session, desk.reference.setting_for))


PLANTED: dict[str, tuple[str, Wrong, str]] = {
    "a word of a fact": (
        "UPDATE fact SET canon = replace(canon, 'actor', 'aktor') WHERE pos = 3 AND stream = "
        f"'{OFFICE}'",
        Wrong.CHAIN, f"{OFFICE} 3",
    ),
    "a fact that is gone": (
        f"DELETE FROM fact WHERE pos = 3 AND stream = '{OFFICE}'", Wrong.POSITION, f"{OFFICE} 4",
    ),
    "how far it has read": (
        f"UPDATE cursor SET pos = pos - 1 WHERE stream = '{OFFICE}'", Wrong.HEAD, OFFICE,
    ),
    "a word of an act": (
        "UPDATE outbox SET canon = replace(canon, 'actor', 'aktor') WHERE device_seq = 1",
        Wrong.CHAIN, "outbox 1",
    ),
    "an act that is gone": (
        "DELETE FROM outbox WHERE device_seq = 1", Wrong.POSITION, "outbox 2",
    ),
    "a head": (f"UPDATE kept_head SET hash = '{'2' * 64}'", Wrong.SIGNED_HEAD, OFFICE),
    "a letter's file": ("UPDATE letter_file SET pdf = x'7a6c69623a00'", Wrong.LETTER, ""),
    "whose letter is drawn": ("UPDATE letter_file SET letter_id = 'x'", Wrong.LETTER, "outbox"),
    "which copy is drawn": ("UPDATE letter_file SET copy = 9", Wrong.LETTER, "print"),
    "who released what is drawn": (
        "UPDATE letter_file SET release = replace(release, 'title', 'titel')", Wrong.LETTER, "",
    ),
    "a letter's drawing that is gone": ("DELETE FROM letter_file", Wrong.LETTER, "outbox"),
    "which copy was printed": ("UPDATE print_ledger SET copy = 9", Wrong.LETTER, "print"),
    "a print that is gone": (
        "DELETE FROM print_ledger WHERE state = 'printed'", Wrong.PAPER, "outbox",
    ),
    "what a fact is taken for": (
        "UPDATE fact SET kind = 'x' WHERE kind = 'letter-issued'", Wrong.ENVELOPE, OFFICE,
    ),
    "when something was": (
        f"UPDATE fact SET at = '2027-01-01 00:00:00.000000' WHERE stream = '{OFFICE}'",
        Wrong.ENVELOPE, OFFICE,
    ),
    "what brought a fact about": (
        f"UPDATE fact SET cause = 'x' WHERE stream = '{OFFICE}'", Wrong.ENVELOPE, OFFICE,
    ),
    "what an act is taken for": (
        "UPDATE outbox SET kind = 'x' WHERE device_seq = 1", Wrong.ENVELOPE, "outbox 1",
    ),
    "the last act that the centre has": (
        "DELETE FROM outbox WHERE device_seq >= (SELECT acked_to FROM meta)",
        Wrong.HEAD, "outbox",
    ),
    "how many acts the centre has": (
        "UPDATE meta SET acked_to = acked_to + 50", Wrong.HEAD, "outbox",
    ),
    "who signed how far it has read": (
        f"UPDATE cursor SET signature = '00' WHERE stream = '{OFFICE}'",
        Wrong.SIGNED_HEAD, OFFICE,
    ),
    "of which life it has read": (
        f"UPDATE cursor SET epoch = 'x' WHERE stream = '{OFFICE}'", Wrong.SIGNED_HEAD, OFFICE,
    ),
    "how many cases there are": ("DELETE FROM case_count", Wrong.SUM, ""),
    "a number that is missing": (
        "UPDATE fact SET canon = replace(canon, '1405/21/2', '1405/21/9')"
        " WHERE kind = 'letter-issued'",
        Wrong.NUMBER, "1405/21/3",
    ),
    "a number that comes twice": (
        "UPDATE fact SET canon = replace(canon, '1405/21/2', '1405/21/1')"
        " WHERE kind = 'letter-issued'",
        Wrong.NUMBER, "1405/21/1",
    ),
    "a rate": (
        "UPDATE published SET text = text || ' ' WHERE topic = 'figures'", Wrong.PUBLISHED, "city",
    ),
    "a rate that is gone": (
        "DELETE FROM published WHERE topic = 'figures'", Wrong.PUBLISHED, "city",
    ),
    "a rate that nobody said": (
        "UPDATE published SET pos = pos + 100000 WHERE topic = 'figures'",
        Wrong.PUBLISHED, "city 10",
    ),
    "a withdrawn text in force again": (
        "UPDATE published SET withdraws = '2026-01-01' WHERE topic = 'figures'",
        Wrong.PUBLISHED, "city",
    ),
    "what somebody is": (
        "UPDATE person SET role = 'manager' WHERE role = 'clerk'", Wrong.PERSON, "zahra-fallah",
    ),
    "a person's key": (
        "UPDATE person SET key = 'ab' WHERE role = 'clerk'", Wrong.PERSON, "zahra-fallah",
    ),
    "somebody who is gone": (
        "DELETE FROM person WHERE role = 'clerk'", Wrong.PERSON, "zahra-fallah",
    ),
    "somebody of whom nobody told": (
        "INSERT INTO person (staff_id, name, role, office, key, title, release_key, national_id)"
        " SELECT 'made-up', name, role, office, key, title, release_key, '' FROM person"
        " WHERE role = 'clerk'",
        Wrong.PERSON, "made-up",
    ),
    "a key for letters that nobody made": (
        "INSERT INTO release_key (staff_id, key) VALUES ('zahra-fallah', 'ab')",
        Wrong.PERSON, "zahra-fallah",
    ),
    "a key for letters that is gone": ("DELETE FROM release_key", Wrong.PERSON, "zahra-fallah"),
    "a sheet that is blank again": (
        "UPDATE stamped_sheet SET state = 'blank' WHERE number = 101", Wrong.SHEET, "sheet الف 101",
    ),
    "what stands on a sheet": (
        "UPDATE stamped_sheet SET letter_id = 'x' WHERE number = 101",
        Wrong.SHEET, "sheet الف 101",
    ),
    "a sheet that is gone": (
        "DELETE FROM stamped_sheet WHERE number = 150", Wrong.SHEET, "sheet الف 150",
    ),
    "a sheet of nobody": (
        "INSERT INTO stamped_sheet (series, number, state) VALUES ('الف', 900, 'blank')",
        Wrong.SHEET, "sheet الف 900",
    ),
    "how long a bundle is": (
        "UPDATE sheet_run SET last = last + 1", Wrong.SHEET, "sheets الف 101",
    ),
    "a bundle that is gone": ("DELETE FROM sheet_run", Wrong.SHEET, "sheets الف 101"),
    "a day's register": ("UPDATE register_file SET pdf = x'7a6c69623a00'", Wrong.CLOSED, ""),
    "what a day goes on from": (
        """UPDATE fact SET canon = replace(canon, '"before":""', '"before":"ab"')"""
        " WHERE kind = 'day-closed'",
        Wrong.CLOSED, OFFICE,
    ),
    "what a day was closed over": (
        f"UPDATE fact SET hash = '{'0' * 64}' WHERE stream = '{OFFICE}'", Wrong.CLOSED, OFFICE,
    ),
    "where a case stands": ("UPDATE case_row SET state = 'withdrawn'", Wrong.CASE, ""),
}  # fmt: skip


@pytest.mark.slow
def test_what_worked_is_as_it_came_and_each_change_is_named(worked: Town) -> None:
    assert found(worked) == []
    desk, missed = worked.house.office.desk, dict[str, list[Discrepancy]]()
    writer = desk.store.engines[0]
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name, (statement, kind, where) in PLANTED.items():
        with writer.connect() as connection, connection.begin() as change:
            for (trigger,) in connection.execute(triggers).all():
                connection.execute(text(f"DROP TRIGGER {trigger}"))
            assert connection.execute(text(statement)).rowcount, name
            findings = list(audit(Session(connection), desk.reference.setting_for))
            change.rollback()
        if not any(each.kind is kind and where in each.where for each in findings):
            missed[name] = findings
    assert missed == {}


@pytest.mark.long
def test_the_days_first_head_is_kept_as_it_was_signed(worked: Town) -> None:
    desk = worked.house.office.desk
    with desk.store.reading() as session:
        kept = list(heads.kept(session))
    assert {each.stream for each in kept} == {"city", OFFICE}
    assert read_heads(heads_text(kept)) == kept
