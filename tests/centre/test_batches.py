"""A push of many commands: what it asks of the database, and what one bad one among them costs."""

from __future__ import annotations

from collections import Counter as Tally
from typing import Any, NoReturn

import pytest
from sqlalchemy import select

from desktop.centre import deciding, doing, lots, pushing
from desktop.centre.counting import counted
from desktop.centre.tables import CaseRow, CommandRow, DeviceRow, FactRow, StreamRow
from desktop.centre.tick import try_held
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.domain import commands as c
from desktop.domain import decision
from desktop.domain.lot import DRAW, LotDraw
from desktop.domain.state import State
from desktop.sql.asked import asked
from desktop.trial.counters import Act, Counter, new_counter
from desktop.wire.canon import GENESIS, link_hash
from tests.at_once import at_once
from tests.town import Town


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database, in the quick check too."""
    return quick_town


@pytest.fixture
def counter(town: Town) -> Counter:
    return new_counter(town.house.centre, "31")


@pytest.fixture
def on_postgres(postgres_town: Town) -> Counter:
    return new_counter(postgres_town.house.centre, "31")


def registered(town: Town, counter: Counter, number: int, *, pay: bool) -> list[Act]:
    acts = [counter.register(town.record(Scenario.CLEAN, n % 40)) for n in range(number)]
    return [act for both in acts for act in (both if pay else both[:1])]


def cost(town: Town, counter: Counter, number: int, *, pay: bool) -> float:
    """Statements a command, of a push of requests by so many people."""
    counter.push(*registered(town, counter, 1, pay=pay))  # What is asked once is known now.
    acts = registered(town, counter, number, pay=pay)
    with asked(counter.centre.writer) as found:
        counter.push(*acts)
    return len(found) / len(acts)


@pytest.mark.long
def test_a_command_without_a_decision_asks_little(
    postgres_town: Town, on_postgres: Counter
) -> None:
    assert cost(postgres_town, on_postgres, 50, pay=False) < 1


@pytest.mark.slow
def test_a_command_with_a_decision_asks_no_more_than_it_decides_upon(
    postgres_town: Town, on_postgres: Counter
) -> None:
    assert cost(postgres_town, on_postgres, 25, pay=True) < 6


@pytest.mark.slow
def test_a_request_with_its_fee_by_itself_asks_29_times_at_most(
    postgres_town: Town, on_postgres: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that the lot takes for a second look: no other asks more."""
    monkeypatch.setattr(lots, "sample", lambda *_: LotDraw(DRAW, 500))
    assert 2 * cost(postgres_town, on_postgres, 1, pay=True) <= 29


@pytest.mark.long
def test_no_more_savepoints_than_postgresql_keeps_at_hand(
    postgres_town: Town, on_postgres: Counter
) -> None:
    """Each of them refused, so that each is done alone; the rest comes with the next push."""
    acts = registered(postgres_town, on_postgres, 1, pay=False) * 80
    with asked(on_postgres.centre.writer) as found:
        on_postgres.push(*acts)
    words = [each.words.split()[0] for each in found if each.words.startswith(("SAVE", "INSERT"))]
    pushes = sum("set_config" in each.words for each in found)
    assert Tally(words)["SAVEPOINT"] <= pushes * pushing.SAVEPOINTS
    assert pushes > 1
    figures = counted(on_postgres.centre)
    assert (figures["cases"], figures["refused"], figures["held"]) == (1, 79, 0)


def states(counter: Counter) -> list[str]:
    with counter.centre.reading() as session:
        query = select(CommandRow.state).where(CommandRow.device_id == counter.device_id)
        return list(session.scalars(query.order_by(CommandRow.device_seq)))


def chained(counter: Counter, stream: str) -> None:
    """The stream is gapless, its hashes are its texts', and its head is the last of them."""
    with counter.centre.reading() as session:
        query = select(FactRow).where(FactRow.stream == stream).order_by(FactRow.pos)
        facts = list(session.scalars(query))
        head = session.get_one(StreamRow, stream)
        chain = GENESIS
        for pos, fact in enumerate(facts, start=1):
            chain = link_hash(chain, fact.canon)
            assert (fact.pos, fact.hash) == (pos, chain)
        assert (head.pos, head.hash) == (len(facts), chain)
        device = session.get_one(DeviceRow, counter.device_id)
        assert device.head_seq == counter.told


@pytest.mark.slow
def test_one_that_is_refused_among_many_costs_nobody_anything(town: Town, counter: Counter) -> None:
    good = [counter.register(town.record(Scenario.CLEAN, number)) for number in range(4)]
    again = good[1][0]
    wrong = Act(good[2][0].case_id, c.Withdraw(""))
    acts = [*good[0], *good[1], again, *good[2], wrong, *good[3]]
    counter.push(*acts)
    expected = ["done"] * 4 + ["refused"] + ["done"] * 2 + ["refused"] + ["done"] * 2
    assert states(counter) == expected
    assert {counter.case(both[0].case_id).state for both in good} == {State.ISSUED}
    chained(counter, "office:31")


@pytest.mark.slow
def test_a_bug_among_many_parks_its_case_and_the_rest_goes_on(
    town: Town, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [counter.register(town.record(Scenario.CLEAN, number)) for number in range(3)]
    real, broken = decision.decide, str(town.record(Scenario.CLEAN, 1).code)

    def decide(service: Any, question: Any, *cleared: Any) -> Any:
        if str(question.code) == broken:
            raise ZeroDivisionError("on purpose")
        return real(service, question, *cleared)

    monkeypatch.setattr(deciding, "decide", decide)
    behind = Act(good[1][0].case_id, c.Withdraw("انصراف"))
    counter.push(*good[0], *good[1], behind, *good[2])
    assert states(counter) == ["done", "done", "done", "held", "held", "done", "done"]
    assert counter.case(good[1][0].case_id).state is State.FEE_DUE
    assert counter.case(good[2][0].case_id).state is State.ISSUED
    chained(counter, "office:31")


@pytest.mark.slow
def test_a_tracking_code_is_given_once_also_while_held_acts_are_tried_again(
    postgres_town: Town, on_postgres: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one way in which two transactions bring acts of one desk at the same moment."""
    counter, centre = on_postgres, postgres_town.house.centre

    def broken(*_: object) -> NoReturn:
        raise ZeroDivisionError("on purpose")

    first = registered(postgres_town, counter, 6, pay=False)
    with monkeypatch.context() as patch:
        patch.setattr(doing, "handle", broken)
        counter.push(*first)
    assert states(counter) == ["held"] * len(first)

    def again() -> None:
        for act in first:
            counter.push(Act(new_id(), act.payload))

    at_once(lambda: try_held(centre, centre.clock()), again)
    with centre.reading() as session:
        given = sorted(session.scalars(select(CaseRow.tracking)))
    asked_for = [
        act.payload.request.tracking for act in first if isinstance(act.payload, c.Register)
    ]
    assert given == sorted(asked_for)


def test_a_case_named_by_two_offices_at_once_is_one_offices(postgres_town: Town) -> None:
    town, centre = postgres_town, postgres_town.house.centre
    first, second = new_counter(centre, "31"), new_counter(centre, "32")
    ours = first.register(town.record(Scenario.CLEAN))
    theirs = [
        Act(ours[0].case_id, act.payload) for act in second.register(town.record(Scenario.DEED))
    ]
    at_once(lambda: first.push(*ours), lambda: second.push(*theirs))
    figures = counted(centre)
    assert (figures["cases"], figures["held"], figures["refused"]) == (1, 0, 2)
    with centre.reading() as session:
        case = session.scalars(select(CaseRow)).one()
        assert case.case_id == ours[0].case_id
        assert case.stream in ("office:31", "office:32")
    for counter, stream in ((first, "office:31"), (second, "office:32")):
        chained(counter, stream)
