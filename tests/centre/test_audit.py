"""An audit finds nothing in a centre that worked, and each of two dozen changes by its name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from desktop.actions import documents
from desktop.centre.audit.whole import audit, look_over
from desktop.centre.context import Centre
from desktop.centre.heads import DailyHeadRow
from desktop.centre.tick import tick
from desktop.demo.city import Scenario
from desktop.domain.contest import Contested
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.domain.request import DocumentFile
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.heads import SignedHead
from tests.centre.test_consultations import HERITAGE, ask, in_review
from tests.centre.test_lying_visits import booked
from tests.objected import object_to
from tests.restored import busy_hour
from tests.town import Town

pytestmark = pytest.mark.slow

OFFICE = "office:21"


@pytest.fixture
def worked(small_town: Town) -> Town:
    """A town after its day."""
    return after_its_day(small_town)


def after_its_day(town: Town) -> Town:
    """Registered, stamped, printed, handed over, voided, closed; the heads are signed."""
    # A real clock is more exact than the texts of facts.
    town.clock.moment = town.clock.moment.replace(microsecond=64_339)
    paper = b"what the citizen brought" * 9_000
    name = documents.keep(town.crew.clerk, paper)
    town.register(town.record(Scenario.DEBT), file=DocumentFile(name, len(paper), 1))
    busy_hour(town)
    while town.house.office.sync().more:
        pass
    town.house.municipality.sync()
    town.clock.moment += timedelta(minutes=1)
    tick(town.house.centre)
    return town


def kept_heads(centre: Centre) -> tuple[SignedHead, ...]:
    """The day's heads, as offices keep them."""
    with centre.reading() as session:
        return tuple(
            SignedHead(r.stream, r.pos, r.hash, r.epoch, r.at, r.signature)
            for r in session.query(DailyHeadRow)
        )


def test_a_centre_that_worked_is_as_its_facts_say(quick_town: Town) -> None:
    centre, begun = after_its_day(quick_town).house.centre, list[str]()
    assert list(audit(centre, kept_heads(centre), begun.append)) == []
    assert len(begun) == 15


_FACT = f"stream = '{OFFICE}' AND pos = 3"
_LAST = f"stream = '{OFFICE}' AND pos = (SELECT max(pos) FROM fact WHERE stream = '{OFFICE}')"
_CASE, _ONE = 'UPDATE "case" SET', 'WHERE case_id = (SELECT min(case_id) FROM "case")'
PLANTED: dict[str, tuple[tuple[str, ...], Wrong, str]] = {
    "a word of a fact": (
        (f"UPDATE fact SET canon = replace(canon, 'actor_name', 'actor_nane') WHERE {_FACT}",),
        Wrong.CHAIN, f"{OFFICE} 3",
    ),
    "a fact's hash": (
        (f"UPDATE fact SET hash = '{'0' * 64}' WHERE {_FACT}",), Wrong.CHAIN, f"{OFFICE} 3",
    ),
    "a fact in the middle that is gone": (
        (f"DELETE FROM fact WHERE {_FACT}",), Wrong.POSITION, f"{OFFICE} 4",
    ),
    "the last fact that is gone": ((f"DELETE FROM fact WHERE {_LAST}",), Wrong.HEAD, OFFICE),
    "whose a fact is, beside its text": (
        (f"UPDATE fact SET cause = 'nobody' WHERE {_FACT}",), Wrong.ENVELOPE, f"{OFFICE} 3",
    ),
    "when it was, beside its text": (
        (f"UPDATE fact SET at = '2020-01-01 00:00:00.000' WHERE {_FACT}",),
        Wrong.ENVELOPE, f"{OFFICE} 3",
    ),
    "a head put back": (
        (f"UPDATE stream SET pos = pos - 1 WHERE name = '{OFFICE}'",), Wrong.HEAD, OFFICE,
    ),
    "a stream without a head": (
        (f"DELETE FROM stream WHERE name = '{OFFICE}'",), Wrong.HEAD, OFFICE,
    ),
    "a word of an act": (
        ("UPDATE command SET canon = replace(canon, 'made_at', 'made_ad') WHERE device_seq = 2",),
        Wrong.CHAIN, " 2",
    ),
    "an act that is gone": (
        ("DELETE FROM command WHERE device_seq = 2",), Wrong.POSITION, " 3",
    ),
    "how far a desk has come": (("UPDATE device SET head_seq = head_seq + 1",), Wrong.HEAD, ""),
    "a daily head": (
        (f"UPDATE daily_head SET hash = '{'1' * 64}' WHERE stream = '{OFFICE}'",),
        Wrong.SIGNED_HEAD, OFFICE,
    ),
    "where a case stands": (
        (f"{_CASE} state = 'withdrawn' {_ONE}",), Wrong.CASE, OFFICE,
    ),
    "who asks": (
        (f"{_CASE} applicant = 'دیگری' {_ONE}",), Wrong.CASE, OFFICE,
    ),
    "a case that is gone": (
        (f'DELETE FROM "case" {_ONE}',), Wrong.CASE, OFFICE,
    ),
    "a case of nobody": (
        (f"{_CASE} case_id = 'x' {_ONE}",), Wrong.CASE, f"{OFFICE} x",
    ),
    "a letter that was voided": (
        ("UPDATE letter SET state = 'handed' WHERE state = 'voided'",), Wrong.LETTER, "/21/",
    ),
    "a letter that is gone": (("DELETE FROM letter WHERE serial = 1",), Wrong.LETTER, "/21/1"),
    "how often it was printed": (
        ("UPDATE letter SET copies = 9 WHERE serial = 1",), Wrong.LETTER, "/1",
    ),
    "a letter of nobody": (
        ("INSERT INTO letter (office, year, serial, letter_id, case_id, kind, signature, issued_at,"
         " state, copies) SELECT office, year, 99, 'made-up', case_id, kind, signature, issued_at,"
         " state, 0 FROM letter WHERE serial = 1",),
        Wrong.LETTER, "/99",
    ),
    "a number that is missing": (("DELETE FROM letter WHERE serial = 1",), Wrong.NUMBER, "/21/1"),
    "the last number": (("UPDATE number SET last = last - 1",), Wrong.NUMBER, "/21"),
    "a void letter off the list": (("DELETE FROM ended_letter",), Wrong.ENDED, "/21/"),
    "a rate": (
        ("UPDATE published_saying SET text = text || ' ' WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city",
    ),
    "a rate that nobody said": (
        ("UPDATE published_saying SET pos = pos + 100000 WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city 10",
    ),
    "a closed day": (("UPDATE closed_day SET digest = 'other'",), Wrong.CLOSED, OFFICE),
    "a sum": (("UPDATE request_sum SET received = received + 1",), Wrong.SUM, "request_sum"),
    "a fact before the first": (
        ("INSERT INTO fact SELECT stream, 0, fact_id || 'x', '', 0, cause, kind, at, canon, 'x'"
         f" FROM fact WHERE {_FACT}",),
        Wrong.POSITION, f"{OFFICE} 0",
    ),
    "a case told anew in a stream of its own": (
        ("INSERT INTO stream VALUES ('office:21b', 1, 'x')",
         f"{_CASE} stream = 'office:21b' {_ONE}"),
        Wrong.CASE, OFFICE,
    ),
    "a void letter under another's number": (
        ("UPDATE ended_letter SET number = '1405/21/1'",), Wrong.ENDED, "1405/21/1",
    ),
    "a good letter on the list": (
        ("INSERT INTO ended_letter (letter_id, number, why, by, day, told_at)"
         " SELECT 'made-up', '1405/21/7', 1, '', day, told_at FROM ended_letter",),
        Wrong.ENDED, "1405/21/7",
    ),
    "what a till took": (("UPDATE taking SET amount = amount * 2",), Wrong.MONEY, OFFICE),
    "money that is gone": (("DELETE FROM taking",), Wrong.MONEY, OFFICE),
    "a slip that may be used again": (("DELETE FROM payment_reference",), Wrong.MONEY, "-"),
    "a person's key": (
        (f"UPDATE person SET release_key = '02{'ab' * 32}' WHERE role = 'manager'",),
        Wrong.PERSON, "",
    ),
    "a key that nobody made": (
        ("INSERT INTO person_key_made (device_id, staff_id, key, release_key, made_at)"
         " SELECT 'x', 'zahra-fallah', 'ab', 'cd', registered_at FROM \"case\" LIMIT 1",),
        Wrong.PERSON, " at ",
    ),
    "whose an act is, beside its text": (
        ("UPDATE command SET case_id = 'x' WHERE device_seq = 2",), Wrong.ENVELOPE, " 2",
    ),
    "a withdrawn text in force again": (
        ("UPDATE published_saying SET withdraws = '2026-01-01' WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city",
    ),
    "where the next day begins": (("UPDATE closed_day SET pos = 1",), Wrong.CLOSED, OFFICE),
    "a letter's service": (
        ("UPDATE letter SET service = 'transfer' WHERE serial = 1",), Wrong.LETTER, "/1",
    ),
    "a letter of a case that nobody has": (
        ("INSERT INTO letter (office, year, serial, letter_id, case_id, kind, signature, issued_at,"
         " state, copies) SELECT office, year, 99, 'made-up', 'x', kind, signature, issued_at,"
         " state, 0 FROM letter WHERE serial = 1",),
        Wrong.LETTER, "/99",
    ),
    "a head taken away": (
        (f"DELETE FROM daily_head WHERE stream = '{OFFICE}'",), Wrong.SIGNED_HEAD, OFFICE,
    ),
    "a head of a day to come": (
        ("INSERT INTO daily_head (day, stream, seq, pos, hash, epoch, at, signature)"
         " SELECT '2030-01-01', stream, seq + 1, pos, hash, epoch, at, signature"
         f" FROM daily_head WHERE stream = '{OFFICE}'",),
        Wrong.SIGNED_HEAD, OFFICE,
    ),
    "a count": (("UPDATE case_count SET cases = cases + 1",), Wrong.SUM, "case_count"),
    "a paper": (("UPDATE blob_chunk SET content = CAST(content || 'x' AS BLOB)",), Wrong.PAPER, ""),
    "a paper that is gone": (("DELETE FROM blob_chunk",), Wrong.PAPER, ""),
}  # fmt: skip


@pytest.mark.slow
def test_each_change_is_found_and_named(worked: Town) -> None:
    centre, missed = worked.house.centre, dict[str, list[Discrepancy]]()
    for name, (statements, kind, where) in PLANTED.items():
        findings = _planted(centre, statements)
        if not any(each.kind is kind and where in each.where for each in findings):
            missed[name] = findings
    assert missed == {}


# What lists read of cases: a visit that is booked, a question to another body, an objection.
LISTED = {
    "where a visit goes": ("UPDATE booked_visit SET phone = '09130000000'",),
    "a visit of nobody": (
        "INSERT INTO booked_visit SELECT case_id, '', '', '', '' FROM \"case\""
        " WHERE state = 'in-review'",
    ),
    "when it is": ("UPDATE booking SET half = 3 - half",),
    "a place that is gone": ("DELETE FROM booking",),
    "what an inspector has": ("UPDATE visit_slot SET taken = taken + 1 WHERE taken > 0",),
    "until when another body replies": ("UPDATE consultation SET reply_by = '2030-01-01'",),
    "a question that is gone": ("DELETE FROM consultation",),
    "how an objection stands": ("UPDATE objection SET stage = 'upheld'",),
    "whose objection it is": ("UPDATE objection SET unit = 'finance'",),
    "an objection that is gone": ("DELETE FROM objection",),
    "whom a message goes to": ("UPDATE citizen_message SET mobile = '09130000000'",),
    "a message of no fact": ("UPDATE citizen_message SET message_id = 'x' || message_id",),
}


@pytest.mark.slow
def test_what_lists_read_is_told_again_too(small_town: Town) -> None:
    town = small_town
    booked(town)
    ask(town, in_review(town), HERITAGE)
    object_to(town, town.record(Scenario.CLEAN), Contested.LAND)
    tick(town.house.centre)
    centre = town.house.centre
    assert list(audit(centre)) == []
    for name, statements in LISTED.items():
        found = _planted(centre, statements)
        assert {Wrong.LIST} <= {each.kind for each in found} <= {Wrong.LIST, Wrong.SUM}, name


RUBBISH = {
    "a hash": (f"UPDATE fact SET hash = 'zz' WHERE {_FACT}",),
    "a text": (f"UPDATE fact SET canon = '{'[' * 5000}' WHERE {_FACT}",),
    "a year": ("UPDATE number SET year = 'x'",),
    "a day": ("UPDATE closed_day SET day = 'x'",),
    "a moment": ("UPDATE daily_head SET at = 'x'",),
    "a serial": ("UPDATE letter SET serial = 2000000000 WHERE serial = 1",),
}


@pytest.mark.long
def test_what_nobody_can_read_hides_nothing_else(worked: Town) -> None:
    count = PLANTED["a count"][0]
    for name, statements in RUBBISH.items():
        findings = _planted(worked.house.centre, (*statements, *count))
        kinds = {each.kind for each in findings}
        assert Wrong.SUM in kinds, name
        assert kinds - {Wrong.SUM}, name
        assert len(findings) < 400, name


def _planted(centre: Centre, statements: tuple[str, ...]) -> list[Discrepancy]:
    """What is found after the change by somebody who may do anything, which is undone then."""
    with centre.writer.connect() as connection, connection.begin() as change:
        _without_triggers(connection)
        for statement in statements:
            assert connection.execute(text(statement)).rowcount
        findings = list(look_over(Session(connection), centre))
        change.rollback()
    return findings


@pytest.mark.slow
def test_a_history_written_anew_contradicts_what_was_signed(worked: Town) -> None:
    """Somebody with the whole database, but without the key for heads, changes a fact and chains
    all that follows anew."""
    centre = worked.house.centre
    kept = kept_heads(centre)
    with centre.writer.connect() as connection, connection.begin() as change:
        _rewrite(connection)
        session = Session(connection)
        own = [each for each in look_over(session, centre) if each.kind is Wrong.SIGNED_HEAD]
        assert [OFFICE in each.where for each in own] == [True]
        # And where he takes away what the centre kept itself, offices have it.
        connection.execute(text("DELETE FROM daily_head"))
        # (The sums by clerk were kept by triggers, which he took away first.)
        findings = [x for x in look_over(session, centre, kept) if x.kind is not Wrong.SUM]
        assert [(x.kind, OFFICE in x.where) for x in findings] == [(Wrong.SIGNED_HEAD, True)]
        # A head that he made up himself is nobody's.
        forged = replace(kept[0], pos=kept[0].pos + 1)
        told = [each.told for each in look_over(session, centre, (forged,))]
        assert "this centre's key did not sign it" in told
        change.rollback()


def _without_triggers(connection: Connection) -> None:
    """Whoever may do anything takes first away what keeps rows as they are."""
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (trigger,) in connection.execute(triggers).all():
        connection.execute(text(f"DROP TRIGGER {trigger}"))


def _rewrite(connection: Connection) -> None:
    """Another clerk's name in the first facts, the chain made anew."""
    _without_triggers(connection)
    rows = connection.execute(
        text(f"SELECT pos, canon FROM fact WHERE stream = '{OFFICE}' ORDER BY pos")
    ).all()
    chain = GENESIS
    for pos, canon in rows:
        told = canon.replace("زهرا فلاح", "کسی دیگر")
        chain = link_hash(chain, told)
        values = {"canon": told, "hash": chain, "pos": pos}
        connection.execute(
            text(
                "UPDATE fact SET canon = :canon, hash = :hash"
                f" WHERE stream = '{OFFICE}' AND pos = :pos"
            ),
            values,
        )
    connection.execute(
        text(f"UPDATE stream SET hash = :hash WHERE name = '{OFFICE}'"), {"hash": chain}
    )
    connection.execute(text(f"{_CASE} clerk = 'کسی دیگر' WHERE clerk = 'زهرا فلاح'"))
    connection.execute(text("UPDATE taking SET clerk = 'کسی دیگر' WHERE clerk = 'زهرا فلاح'"))


@pytest.mark.slow
def test_what_a_person_did_not_sign_is_not_his_however_it_is_chained(worked: Town) -> None:
    """Somebody writes an act and a release under people's names, and chains all that follows."""
    centre = worked.house.centre
    with centre.writer.connect() as connection, connection.begin() as change:
        _without_triggers(connection)
        for table, place, kind in (
            ("command", "device_seq", "release-letter"),
            ("fact", "pos", "letter-released"),
        ):
            _forge(connection, table, place, kind)
        found = [x for x in look_over(Session(connection), centre) if x.kind is Wrong.SIGNATURE]
        told = sorted(each.told.partition(" ")[2] for each in found)
        assert told == ["did not release it", "did not sign it"]
        change.rollback()


def _forge(connection: Connection, table: str, place: str, kind: str) -> None:
    """The signature in the first text of the kind is another's, and the chain is made anew."""
    named = "device_id" if table == "command" else "stream"
    first = f"SELECT {named}, {place} FROM {table} WHERE kind = '{kind}' ORDER BY 1, 2"
    whose, at = connection.execute(text(first)).first() or ("", 0)
    own = f"SELECT {place}, canon, hash FROM {table} WHERE {named} = :whose ORDER BY 1"
    chain = GENESIS
    for seq, canon, _ in connection.execute(text(own), {"whose": whose}).all():
        said = canon
        if seq == at:
            said = re.sub(r'(signature":")[0-9a-f]{8}', r"\g<1>00000000", canon)
            assert said != canon
        chain = link_hash(chain, said)
        values = {"canon": said, "hash": chain, "whose": whose, "seq": seq}
        change = f"UPDATE {table} SET canon = :canon, hash = :hash"
        connection.execute(text(f"{change} WHERE {named} = :whose AND {place} = :seq"), values)


@pytest.mark.slow
def test_heads_are_signed_once_a_day(worked: Town) -> None:
    centre = worked.house.centre
    first = kept_heads(centre)
    tick(centre)
    assert kept_heads(centre) == first
    worked.clock.moment += timedelta(days=1)
    tick(centre)
    assert len(kept_heads(centre)) > len(first)


@pytest.mark.slow
def test_a_clock_that_was_a_month_ahead_is_told_once_and_its_day_is_signed_again(
    small_town: Town,
) -> None:
    town, centre = small_town, small_town.house.centre

    def signed(day: int, record: int | None) -> list[Discrepancy]:
        """All that is found once every stream has a head of that day, after another request."""
        town.clock.moment = begun + timedelta(days=day, seconds=len(kept_heads(centre)))
        if record is not None:
            town.register(town.record(Scenario.CLEAN, record))
            town.house.office.sync()
        before = set(kept_heads(centre))
        tick(centre)
        new = set(kept_heads(centre)) - before
        assert {(each.stream, each.at) for each in new} == {
            (each.stream, town.clock.moment) for each in kept_heads(centre)
        }
        found = list(audit(centre, kept_heads(centre)))
        assert all(each.is_remark for each in found)
        return found

    begun = town.clock.moment.replace(microsecond=0)
    assert signed(1, 0) == []
    assert signed(32, 1) == []
    (told,) = signed(2, 2)
    assert (told.kind, told.where[:10]) == (Wrong.CLOCK, f"{begun + timedelta(32):%Y-%m-%d}")
    assert signed(31, None) == [told]
    assert signed(32, 3) == [told]
    # So is one that was behind for a while.
    assert len(signed(1, 4)) == len(signed(33, 5)) == 2
