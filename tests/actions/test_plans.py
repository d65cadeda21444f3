"""A desk's pages, acts and rounds: none reads all of a table that grows with its cases or days."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from desktop.actions import (
    announcements,
    arrived,
    board,
    cash,
    checked,
    day,
    letters,
    office_day,
    registers,
    stamping,
    waiting,
)
from desktop.actions.desk import Seat
from desktop.demo.city import Scenario
from desktop.domain.state import State
from desktop.sql.asked import asked
from desktop.store import outbox
from desktop.store.queue import Order, QueueFilter
from desktop.store.row import Rank
from desktop.store.tables import Base
from tests.centre.test_door_hostile import scene_of
from tests.houses import MORNING
from tests.papers import attached, file_of
from tests.plans import DESK_GROWING, DESK_RESTING, whole_reads
from tests.town import Town

TODAY = MORNING.date()


def _of_many(seat: Seat) -> object:
    with seat.desk.store.reading() as session:
        return outbox.unsent_by_case(session, waiting.MOST)


def _queue(seat: Seat, wanted: QueueFilter) -> None:
    for order in Order:
        found, _, __ = board.listed(
            seat.desk, QueueFilter(), wanted, order, descending=True, row_id=1
        )
        board.rows(seat.desk, found, 0, 50)


_FILTERS = {
    "all": QueueFilter(),
    "of a word": QueueFilter(text="اصلی"),
    "of a number": QueueFilter(text="4400005777"),
    "waiting": QueueFilter(waiting=True),
    "in trouble": QueueFilter(trouble=True),
    "to be stamped": QueueFilter(to_release=True),
    "of one service": QueueFilter(service="no-violation"),
    "of one state": QueueFilter(states=frozenset({State.PAY_DUE})),
    "ours": QueueFilter(ranks=frozenset({Rank.OURS})),
    "of some days": QueueFilter(received_from=TODAY),
}
PAGES: dict[str, Callable[[Seat], object]] = {
    "home": day.today,
    "till": lambda seat: cash.till(seat.desk, TODAY),
    "waiting, of many": _of_many,
    "waiting": lambda seat: waiting.backlog(seat.desk),
    "arrived": lambda seat: arrived.answers(seat.desk),
    "the day's close": office_day.look,
    "letters": lambda seat: registers.letters(seat.desk, TODAY, TODAY),
    "checks": checked.of_today,
    "doubted prints": lambda seat: letters.doubted(seat.desk),
    "stamping": lambda seat: [stamping.piled(seat, pile, 0) for pile in stamping.Pile],
    "notices": announcements.heard,
    **{f"queue, {name}": partial(_queue, wanted=wanted) for name, wanted in _FILTERS.items()},
}


def test_every_table_of_a_desk_grows_or_rests() -> None:
    assert set(Base.metadata.tables) == DESK_GROWING | DESK_RESTING
    assert not DESK_GROWING & DESK_RESTING


@pytest.mark.slow
def test_no_page_act_or_round_of_a_desk_goes_through_a_table_that_grows(small_town: Town) -> None:
    town, desk = small_town, small_town.crew.clerk.desk
    store, faults = desk.store, dict[str, object]()
    writer = store._writer

    def hold(name: str, ask: Callable[[], object]) -> None:
        with asked(store.reader, writer) as statements:
            ask()
        assert statements, name
        if found := whole_reads(writer, statements, DESK_GROWING):
            faults[name] = found

    hold("acts", lambda: scene_of(town))
    hold("a paper", lambda: town.register(
        town.record(Scenario.CLEAN, 8), file=file_of(attached(town.crew.clerk, 1))
    ))  # fmt: skip
    hold("round", town.house.office.sync)
    for name, ask in PAGES.items():
        for seat in (town.crew.clerk, town.crew.manager):
            hold(f"{name}, {seat.staff.role}", partial(ask, seat))
    assert faults == {}
