"""A desk's store that worked is as it came and was made; each change is found and named."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.store import heads
from desktop.store.audit import audit
from desktop.wire.heads import heads_text, read_heads
from tests.town import Town, make_town, properties, small_town

__all__ = ["make_town", "properties", "small_town"]

OFFICE = "office:21"


@pytest.fixture
def worked(small_town: Town) -> Town:
    """A letter was stamped; another request waits for the line."""
    town = small_town
    crew, office = town.crew, town.house.office
    release(crew, case_now(crew.clerk, town.register(town.record(Scenario.CLEAN))))
    office.sync()
    town.clock.moment = town.clock.moment.replace(microsecond=77_123)
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
