"""An audit finds nothing in a centre that worked, and each change by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from desktop.centre.audit.whole import audit, look_over
from desktop.centre.context import Centre
from desktop.centre.heads import DailyHeadRow
from desktop.centre.schema import declared_tables
from desktop.centre.tick import tick
from desktop.demo.city import Scenario
from desktop.domain.contest import Contested
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.heads import SignedHead
from tests.audited import AUDITED, LEFT
from tests.centre.test_consultations import HERITAGE, ask, in_review
from tests.centre.test_lying_visits import booked
from tests.objected import object_to
from tests.planted import (
    FACT,
    LISTED,
    OFFICE,
    PLANTED,
    after_its_day,
    noted,
    planted,
    without_triggers,
)
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.fixture
def worked(small_town: Town) -> Town:
    """A town after its day."""
    return after_its_day(small_town)


def kept_heads(centre: Centre) -> tuple[SignedHead, ...]:
    """The day's heads, as offices keep them."""
    with centre.reading() as session:
        return tuple(
            SignedHead(r.stream, r.pos, r.hash, r.epoch, r.at, r.signature)
            for r in session.query(DailyHeadRow)
        )


def test_a_centre_that_worked_is_as_its_facts_say(quick_town: Town) -> None:
    centre, begun = after_its_day(quick_town).house.centre, list[str]()
    file = noted(centre)
    assert list(audit(centre, kept_heads(centre), begun.append, noted=file)) == []
    assert {name for parts in AUDITED.values() for name in parts.split(", ")} <= set(begun)
    assert len(begun) == 23


@pytest.mark.slow
def test_of_each_kind_a_change_is_found_and_named(worked: Town) -> None:
    firsts = {kind: name for name, (_, kind, _) in reversed(PLANTED.items())}
    assert missed(worked, firsts.values()) == {}


@pytest.mark.long
def test_each_change_is_found_and_named(worked: Town) -> None:
    assert missed(worked, PLANTED) == {}


@pytest.mark.long
def test_each_change_is_found_where_operators_run_it(postgres_town: Town) -> None:
    assert missed(after_its_day(postgres_town), PLANTED) == {}


@pytest.mark.long
def test_several_processes_see_one_moment_and_find_what_one_finds(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.centre.audit.whole._MANY", 0)
    centre = after_its_day(postgres_town).house.centre
    assert list(audit(centre, kept_heads(centre), processes=2)) == []
    with centre.writer.begin() as connection:
        without_triggers(connection)
        for name in ("a word of a fact", "how an act ended", "who asks", "a paper", "a rate"):
            for statement in PLANTED[name][0]:
                connection.execute(text(statement))
    alone, found = set(audit(centre)), audit(centre, processes=2)
    several = {next(found)}
    with centre.writer.begin() as connection:
        without_triggers(connection)
        # What is changed while it looks is no part of what it looks at.
        connection.execute(text("DELETE FROM letter"))
    several |= set(found)
    assert several == alone
    assert len({each.kind for each in several}) > 4


def missed(town: Town, names: Iterable[str]) -> dict[str, list[Discrepancy]]:
    """Of each of these changes that is not found as it should be, what is found."""
    centre, told = town.house.centre, dict[str, list[Discrepancy]]()
    file = noted(centre)
    for name in names:
        statements, kind, where = PLANTED[name]
        findings = planted(centre, statements, file)
        if not any(each.kind is kind and where in each.where for each in findings):
            told[name] = findings
    return told


@pytest.mark.slow
def test_what_lists_read_is_told_again_too(small_town: Town) -> None:
    demand_listed(small_town)


@pytest.mark.long
def test_what_lists_read_is_told_again_where_operators_run_it(postgres_town: Town) -> None:
    demand_listed(postgres_town)


def demand_listed(town: Town) -> None:
    """Visits, a question to another body, an objection; each change of these is found."""
    booked(town)
    ask(town, in_review(town), HERITAGE)
    object_to(town, town.record(Scenario.CLEAN), Contested.LAND)
    tick(town.house.centre)
    centre = town.house.centre
    assert list(audit(centre)) == []
    for name, statements in LISTED.items():
        found = planted(centre, statements)
        assert {Wrong.LIST} <= {each.kind for each in found} <= {Wrong.LIST, Wrong.SUM}, name


def test_every_table_is_looked_over_or_it_is_said_why_not() -> None:
    known = {*AUDITED, *LEFT}
    assert set(declared_tables()) == known
    assert AUDITED.keys().isdisjoint(LEFT)
    changes = [each for statements, *_ in PLANTED.values() for each in statements]
    changes += [each for statements in LISTED.values() for each in statements]
    changed = {name.strip('"') for each in changes for name in _CHANGED.findall(each)}
    assert AUDITED.keys() - changed == set()


_CHANGED = re.compile(r'(?:UPDATE|DELETE FROM|INSERT INTO) ("?\w+"?)')
RUBBISH = {
    "a hash": (f"UPDATE fact SET hash = 'zz' WHERE {FACT}",),
    "a text": (f"UPDATE fact SET canon = '{'[' * 5000}' WHERE {FACT}",),
    "a year": ("UPDATE number SET year = 'x'",),
    "a day": ("UPDATE closed_day SET day = 'x'",),
    "a moment": ("UPDATE daily_head SET at = 'x'",),
    "a serial": ("UPDATE letter SET serial = 2000000000 WHERE serial = 1",),
}


@pytest.mark.long
def test_what_nobody_can_read_hides_nothing_else(worked: Town) -> None:
    count = PLANTED["a count"][0]
    for name, statements in RUBBISH.items():
        findings = planted(worked.house.centre, (*statements, *count))
        kinds = {each.kind for each in findings}
        assert Wrong.SUM in kinds, name
        assert kinds - {Wrong.SUM}, name
        assert len(findings) < 400, name


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


def _rewrite(connection: Connection) -> None:
    """Another clerk's name in the first facts, the chain made anew."""
    without_triggers(connection)
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
    connection.execute(text("UPDATE \"case\" SET clerk = 'کسی دیگر' WHERE clerk = 'زهرا فلاح'"))
    connection.execute(text("UPDATE person SET name = 'کسی دیگر' WHERE name = 'زهرا فلاح'"))
    connection.execute(text("UPDATE taking SET clerk = 'کسی دیگر' WHERE clerk = 'زهرا فلاح'"))


@pytest.mark.slow
def test_what_a_person_did_not_sign_is_not_his_however_it_is_chained(worked: Town) -> None:
    """Somebody writes an act and a release under people's names, and chains all that follows."""
    centre = worked.house.centre
    with centre.writer.connect() as connection, connection.begin() as change:
        without_triggers(connection)
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
