"""Desks with stores of their own at the real centre, in one process with it, and its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from sqlalchemy import func, select

from desktop.actions.reference import DeskReference
from desktop.centre.context import Centre
from desktop.centre.counting import counted
from desktop.centre.serve import serve
from desktop.centre.tables import CommandRow, FactRow
from desktop.chance import new_id
from desktop.domain.errors import LineDown
from desktop.domain.people import Role, Staff
from desktop.domain.stream import office_stream
from desktop.premises.clocks import SteppingClock
from desktop.store import facts, meta, outbox
from desktop.store.meta import Identity
from desktop.store.open import Store
from desktop.trial.counters import Counter, new_counter
from desktop.wire.link import Reply, SignedRequest
from tests.bouncer import reached
from tests.desk import Desk
from tests.fakes import SetClock
from tests.fresh import lay_store
from tests.houses import MORNING
from tests.servers import address, drop, name_in
from tests.town import founded_on

OFFICE = "31"
MANY = 10_000


@dataclass
class Line:
    """To the centre itself; down, or losing so many answers."""

    centre: Centre
    down: bool = False
    lose_answers: int = 0

    def call(self, request: SignedRequest) -> Reply:
        """The reply. Raises LineDown."""
        if self.down:
            raise LineDown("as tried")
        reply = serve(self.centre, request)
        if self.lose_answers:
            self.lose_answers -= 1
            raise LineDown("as tried")
        return reply


@contextmanager
def centre_on(server: str, way: str, folder: Path) -> Iterator[Centre]:
    """A city's centre on PostgreSQL, reached by one of `tests.bouncer.WAYS`."""
    with reached(way, server) as door:
        place = address(door, f"counter_{new_id()}")
        clock = SteppingClock(MORNING.astimezone(UTC))
        house = founded_on(server).copy(folder / "house", place, clock)
        try:
            yield house.centre
        finally:
            house.close()
            drop(server, name_in(place))


def desk_at(line: Line, folder: Path, number: int = 1) -> tuple[Desk, Counter]:
    """A desk of the office that has greeted the centre, with who sits there; the counter makes what
    people ask for."""
    centre = line.centre
    counter = new_counter(centre, OFFICE, number)
    place = folder / f"desk-{number}" / "office.sqlite"
    lay_store(place)
    store = Store(place, reserve=4096)
    own = centre.identity
    identity = Identity(
        device_id=counter.device_id,
        office=OFFICE,
        desk=number,
        home=office_stream(OFFICE),
        centre=own.centre,
        epoch=own.epoch,
        heads_key=centre.keys.heads.public,
        answers_key=centre.keys.answers.public,
    )
    with store.writing() as session:
        meta.enrol(session, identity)
    staff = Staff(counter.clerk, "متصدی نمونه", Role.CLERK, OFFICE)
    setting_for = DeskReference().setting_for
    desk = Desk(store, counter.key, line, SetClock(centre.clock()), setting_for, staff)
    while (report := desk.sync()).more:
        pass
    assert report.well
    return desk, counter


def demand_agreed(centre: Centre, desks: Iterable[Desk]) -> None:
    """After a calm line every act is settled once, and each desk has what the centre has."""
    for desk in (*desks, *desks):
        while (report := desk.sync()).more:
            pass
        assert report.well
    stream = office_stream(OFFICE)
    with centre.reading() as session:
        query = select(FactRow.canon).where(FactRow.stream == stream).order_by(FactRow.pos)
        there = list(session.scalars(query))
    for desk in desks:
        with desk.store.reading() as session:
            kept = facts.known(session, stream, range(1, MANY))
            assert [line.canon for line in kept] == there
            assert outbox.waiting(session).count == 0
            known, (made, _) = meta.get(session), outbox.head(session)
        own = CommandRow.device_id == known.identity.device_id
        with centre.reading() as session:
            assert session.scalar(select(func.count()).where(own)) == made == known.acked_to
        desk.check()
    figures = counted(centre)
    assert (figures["held"], figures["gaps"]) == (0, 0)
