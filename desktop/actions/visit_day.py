"""The inspector's day: from the centre while there is a line, else as it last came to this desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.actions import act_drafts, looking
from desktop.actions.desk import Desk, Seat
from desktop.domain.applying import case_of
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.city_places import Point
from desktop.domain.commands import MissVisit, ReportVisit
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.reading import What
from desktop.domain.service import Effect, Service
from desktop.domain.stream import Fact
from desktop.domain.visit_place import PropertyPlace, property_place
from desktop.domain.visit_round import VisitStop, shifted, walking_order, ways
from desktop.domain.words import FindingWords, tell
from desktop.store import outbox, visit_day, work_items
from desktop.store.open import Session
from desktop.store.visit_day import KeptDays
from desktop.wire import calls
from desktop.wire.codec import decode_fact
from desktop.wire.visit_day import MOST_DAYS, DayVisitBody, HeldBody, VisitDayAnswer, VisitDayAsk

__all__ = ["HeldBody"]

_ACTS = (ReportVisit.kind, MissVisit.kind)
REPORT = "report"
"""The act under which a half-typed report is kept."""


@dataclass(frozen=True)
class DayVisit:
    """A visit of the day: its `case`, where it goes, what to look at there.

    `booked` says that it is still to be made, as far as the centre knows; `sent` is the kind of the
    command with which this desk told otherwise and that the centre has not settled; `begun` says
    that a report of it is half typed. `place` is where the property lies, None where nobody knows.
    `way` is in metres from the visit before, None where nobody knows.
    """

    case: Case
    facts: tuple[Fact, ...]
    service: Service | None
    day: date
    half: int
    booked: bool
    address: str
    place: PropertyPlace | None
    held: HeldBody | None
    asks: tuple[FindingWords, ...]
    sent: str = ""
    begun: bool = False
    way: int | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be made."""
        return self.booked and not self.sent

    @property
    def point(self) -> Point | None:
        """Its place on record, else the middle of its street or neighbourhood."""
        return self.place.points[0] if self.place is not None else None


@dataclass(frozen=True)
class InspectorDay:
    """The visits of a day in the order in which they are made.

    `told_at` is when the centre told of them (UTC), `live` whether just now. `ahead` counts the
    visits of other days by their day; `start` is where the way begins, where that is known. `city`
    is what the municipality has published, as of today.
    """

    day: date
    visits: tuple[DayVisit, ...]
    told_at: datetime
    live: bool
    ahead: Mapping[date, int]
    city: City
    start: Point | None = None

    def place(self, case_id: str) -> int:
        """Where the visit stands in the order, from 0; −1 where it is none of the day."""
        ids = [visit.case.case_id for visit in self.visits]
        return ids.index(case_id) if case_id in ids else -1


def look(seat: Seat, day: date, *, opens: bool = False) -> InspectorDay:
    """The person's visits of the day. Raises LineDown where nothing was ever told here; Refusal.

    The centre writes who looks at what it tells; without a line the desk does, where he `opens`
    the day and it is not only told anew.
    """
    live = True
    try:
        refresh(seat)
    except LineDown:
        live = False
    found = kept(seat, day)
    if found is None:
        raise LineDown
    if opens and not live and found.visits:
        looking.note(seat, What.CASE, cases=[visit.case.case_id for visit in found.visits])
    return replace(found, live=live)


def refresh(seat: Seat) -> None:
    """Ask the centre for the person's days and keep what it tells. Raises LineDown, Refusal."""
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
    ask = VisitDayAsk(actor=seat.staff.staff_id, first=today, days=MOST_DAYS)
    answer = desk.ask(calls.VISIT_DAY, ask)
    told = KeptDays(answer.model_dump_json(), answer.time)
    desk.store.write(lambda session: visit_day.keep(session, seat.staff.staff_id, told))


def kept(seat: Seat, day: date) -> InspectorDay | None:
    """As it last came here; None before it ever did."""
    desk = seat.desk
    begun = {draft.about for draft in act_drafts.mine(seat) if draft.act == REPORT}
    with desk.store.reading() as session:
        told = visit_day.kept(session, seat.staff.staff_id)
        if told is None:
            return None
        answer = VisitDayAnswer.model_validate_json(told.body)
        today = desk.today(session)
        city = desk.reference.city(session, today)
        start = _start(desk.reference.cards(session, today).get(MUNICIPALITY))
        chosen = visit_day.order(session, seat.staff.staff_id, day)
        visits = [
            _visit(desk, session, body, city, begun) for body in answer.visits if body.day == day
        ]
    order = walking_order(map(_stop, visits), start, chosen)
    by_id = {visit.case.case_id: visit for visit in visits}
    ahead: dict[date, int] = {}
    for body in answer.visits:
        if body.booked and body.day != day:
            ahead[body.day] = ahead.get(body.day, 0) + 1
    walked = zip(order, ways(order, start), strict=True)
    return InspectorDay(
        day,
        tuple(replace(by_id[stop.case_id], way=way) for stop, way in walked),
        told.told_at,
        live=False,
        ahead=ahead,
        city=city,
        start=start,
    )


def kept_visit(seat: Seat, case_id: str) -> DayVisit | None:
    """One visit as it last came here, of whatever day; None where this desk was not told of it."""
    desk = seat.desk
    with desk.store.reading() as session:
        told = visit_day.kept(session, seat.staff.staff_id)
        if told is None:
            return None
        answer = VisitDayAnswer.model_validate_json(told.body)
        body = next((each for each in answer.visits if each.case_id == case_id), None)
        if body is None:
            return None
        city = desk.reference.city(session, desk.today(session))
        return _visit(desk, session, body, city, frozenset())


def city_of(desk: Desk) -> City:
    """What the municipality has published, as of today."""
    with desk.store.reading() as session:
        return desk.reference.city(session, desk.today(session))


def unsettled(desk: Desk, case_id: str, facts: Iterable[Fact]) -> str:
    """The kind of the command by which this desk told how a visit ended, which none of the case's
    facts tells of and the centre has not refused; empty for none."""
    with desk.store.reading() as session:
        return _sent(session, case_id, facts)


def move(seat: Seat, of: InspectorDay, case_id: str, by: int) -> None:
    """Make the visit earlier (−1) or later (1) in its half-day. Raises Refusal over its end."""
    halves = city_of(seat.desk).halves
    order = shifted([_stop(visit) for visit in of.visits], case_id, by, halves)
    staff = seat.staff.staff_id
    seat.desk.store.write(lambda session: visit_day.arrange(session, staff, of.day, order))


def _visit(
    desk: Desk, session: Session, body: DayVisitBody, city: City, begun: Collection[str]
) -> DayVisit:
    facts = tuple(decode_fact(text) for text in body.facts)
    case = case_of(facts)
    if case is None:
        raise LookupError(f"a case without facts: {body.case_id}")
    try:
        service: Service | None = desk.reference.service(
            session, case.request.service, case.request.version
        )
    except Refusal:
        # A service that has not come here yet: the visit is read without its title.
        service = None
    decision = case.decision
    failing = decision.failing if decision is not None else ()
    asks = tuple(
        tell(finding, decision.as_of)
        for finding in failing
        if decision is not None and finding.effect is Effect.VISIT
    )
    return DayVisit(
        case,
        facts,
        service,
        body.day,
        body.half,
        body.booked,
        body.address,
        property_place((body.latitude, body.longitude), body.address, body.neighbourhood, city),
        body.held,
        asks,
        sent=_sent(session, body.case_id, facts) if body.booked else "",
        begun=body.case_id in begun,
    )


def _sent(session: Session, case_id: str, facts: Iterable[Fact]) -> str:
    # Facts of a case come to no desk of the municipality by a stream: here all its commands stand
    # open, also those of a visit before this one.
    known = {fact.cause for fact in facts} | set(work_items.refused(session, case_id))
    told = [each for each in outbox.unsettled(session, case_id) if each.kind in _ACTS]
    return next((each.kind for each in reversed(told) if each.command_id not in known), "")


def _stop(visit: DayVisit) -> VisitStop:
    return VisitStop(visit.case.case_id, visit.half, visit.point, visit.case.request.code)


def _start(card: OfficeCard | None) -> Point | None:
    return (card.latitude, card.longitude) if card is not None and card.has_place else None
