"""Visits: a place on a half-day is taken from an inspector, who has so many in all districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import literal_column, select, tuple_
from sqlalchemy.orm import Session

from desktop.centre.half_days import halves_on
from desktop.centre.tables import BOOKED, CaseRow, PersonRow
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.domain import commands as c
from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.errors import Refusal
from desktop.domain.rearranging import Booking
from desktop.domain.request import Slot
from desktop.domain.rota import Place, Rota, least_burdened
from desktop.sql.missing import make_missing
from desktop.wire.payloads import SlotBody

_NEXT = 3
_FULL = "این نوبت پر شده است؛ نوبت دیگری برگزینید."
_NOBODY = "در این نیم‌روز مأموری به این منطقه نمی‌رود؛ نوبت دیگری برگزینید."
_NOBODY_EVER = "برای این منطقه مأمور بازدیدی گماشته نشده است؛ با شهرداری تماس بگیرید."
_LEAVES = (c.MoveVisit, c.MissVisit, c.Withdraw, c.Amend)
SELLING = (c.BookVisit, c.MoveVisit)
"""Commands that take a place: by what is published at that moment (`streams.hold_city`)."""
TOUCHING = (c.BookVisit, *_LEAVES)
"""Commands that take a place, or give one back."""


def free(session: Session, district: int, rota: Rota, today: date, count: int) -> list[SlotBody]:
    """The soonest half-days with places left, after today, and with whom the next one is.

    Raises Refusal for a district that nobody goes to.
    """
    if not rota.goes_to(district):
        raise Refusal(_NOBODY_EVER, field="slot")
    taken = counted_from(session, today)
    named = names(session)
    return list(islice(_with_places(rota, district, today, taken, named), count))


def _with_places(
    rota: Rota,
    district: int,
    today: date,
    taken: Mapping[Place, int],
    names: Mapping[str, str],
) -> Iterator[SlotBody]:
    for slot in rota.ahead(district, today):
        if left := rota.left(slot, taken):
            yield SlotBody(
                day=slot.day,
                half=slot.half,
                district=district,
                left=left.total(),
                inspector=names.get(least_burdened(left, taken).staff_id, ""),
            )


def lock_ahead(session: Session, rota: Rota, commands: Iterable[c.Command]) -> None:
    """Lock all that these commands may take or give back, at once and in order.

    One after the other would let two offices wait for each other.
    """
    wanted: set[Place] = set()
    leaving = set()
    for command in commands:
        if isinstance(command.payload, c.BookVisit | c.MoveVisit):
            wanted |= _goers(rota, command.payload.slot)
        if isinstance(command.payload, _LEAVES):
            leaving.add(command.case_id)
    if leaving:
        held = select(BookingRow).where(BookingRow.case_id.in_(sorted(leaving)))
        wanted |= {_place(row) for row in session.scalars(held)}
    _locked(session, wanted)


def book(session: Session, case_id: str, slot: Slot, rota: Rota, moved: int = 0) -> str:
    """Take a place for the case, with the least burdened who goes there; his name.

    A place that the case had is given back. `moved` is how often the city moved it. Raises Refusal
    when nobody has one left.
    """
    goers = _goers(rota, slot)
    if not goers:
        words = _NOBODY if rota.goes_to(slot.district) else _NOBODY_EVER
        raise Refusal(words, field="slot")
    left, taken = _left(session, case_id, goers, slot, rota)
    if not left:
        raise Refusal(_full(session, slot, rota), field="slot")
    return _take(session, case_id, least_burdened(left, taken), slot.district, moved)


def _full(session: Session, slot: Slot, rota: Rota) -> str:
    """That it is full, and which is the next after it: whoever asked had no line to look."""
    day = slot.day - timedelta(days=1)
    later = free(session, slot.district, rota, day, _NEXT)
    after = (each for each in later if (each.day, each.half) > (slot.day, slot.half))
    if (found := next(after, None)) is None:
        return _FULL
    halves = halves_on(session, found.day)
    when = f"{weekday(found.day)} {format_day_month(found.day)}، {halves[found.half].words}"
    return f"این نوبت پر شده است؛ نزدیک‌ترین نوبت پس از آن {when} است."


def give(session: Session, case_id: str, place: Place, slot: Slot, rota: Rota, moved: int) -> str:
    """Give the case that very place; the inspector's name. Raises Refusal when it has none left."""
    left, _ = _left(session, case_id, {place}, slot, rota)
    if place not in left:
        raise Refusal(_FULL, field="slot")
    return _take(session, case_id, place, slot.district, moved)


def _left(
    session: Session, case_id: str, wanted: set[Place], slot: Slot, rota: Rota
) -> tuple[Mapping[Place, int], Mapping[Place, int]]:
    """What is left for the slot, and what is taken, the wanted places and the case's own locked."""
    had = session.get(BookingRow, case_id)
    rows = _locked(session, wanted | ({_place(had)} if had else set()))
    taken = {place: row.taken for place, row in rows.items()}
    return rota.left(slot, taken), taken


def note(session: Session, case_id: str, slot: Slot) -> str:
    """The visit took place then, with whom it was booked: no matter of free places any more."""
    had = session.get(BookingRow, case_id)
    if had is None:
        return ""
    place = Place(slot.day, slot.half, had.staff_id)
    return _take(session, case_id, place, slot.district, had.moved)


def put_back(
    session: Session, case_id: str, slot: Slot, inspector: str, rota: Rota, moved: int
) -> None:
    """The place that the case was given with the inspector of that name is its own again.

    Raises LookupError where nobody of that name, or more than one, goes there.
    """
    named = {staff_id for staff_id, name in names(session).items() if name == inspector}
    goers = {place.staff_id for place in _goers(rota, slot)}
    meant = named & goers if len(named) > 1 else named
    if len(meant) != 1:
        raise LookupError(f"{len(meant)} inspectors of the name that the slot bears")
    _take(session, case_id, Place(slot.day, slot.half, meant.pop()), slot.district, moved)


def visitor(session: Session, case_id: str) -> str:
    """The staff id of the inspector with whom the case has a place; empty where it has none."""
    had = session.get(BookingRow, case_id)
    return had.staff_id if had is not None else ""


def give_back(session: Session, *case_ids: str) -> None:
    """Give the places of these cases back, of those that have one."""
    held = select(BookingRow).where(BookingRow.case_id.in_(sorted(case_ids)))
    rows = session.scalars(held).all()
    places = _locked(session, {_place(row) for row in rows})
    for row in rows:
        places[_place(row)].taken -= 1
        session.delete(row)
    session.flush()


def booked_from(session: Session, day: date) -> list[Booking]:
    """The visits that are booked for that day or a later one."""
    booking = BookingRow
    query = (
        select(
            booking.case_id,
            booking.day,
            booking.half,
            booking.staff_id,
            booking.district,
            booking.moved,
            CaseRow.due_on,
            CaseRow.registered_at,
        )
        .join(CaseRow, CaseRow.case_id == booking.case_id)
        .where(booking.day >= day, literal_column(BOOKED))
    )
    return [
        Booking(
            row.case_id,
            Place(row.day, row.half, row.staff_id),
            row.district,
            row.due_on,
            row.moved,
            row.registered_at,
        )
        for row in session.execute(query)
    ]


def counted_from(session: Session, day: date) -> dict[Place, int]:
    """How many visits each inspector has on each half-day from that day on."""
    rows = session.scalars(select(VisitSlotRow).where(VisitSlotRow.day >= day))
    return {_place(row): row.taken for row in rows}


def lock(session: Session, places: Iterable[Place]) -> None:
    """Lock these places, in their order."""
    _locked(session, set(places))


def _take(session: Session, case_id: str, place: Place, district: int, moved: int) -> str:
    had = session.get(BookingRow, case_id)
    rows = _locked(session, {place} | ({_place(had)} if had else set()))
    if had is not None:
        rows[_place(had)].taken -= 1
    else:
        had = BookingRow(case_id=case_id)
        session.add(had)
    had.day, had.half, had.staff_id = place
    had.district, had.moved = district, moved
    rows[place].taken += 1
    session.flush()
    return names(session).get(place.staff_id, "")


def _goers(rota: Rota, slot: Slot) -> set[Place]:
    return {Place(slot.day, slot.half, each.staff_id) for each in rota.going(slot)}


def _place(row: VisitSlotRow | BookingRow) -> Place:
    return Place(row.day, row.half, row.staff_id)


def names(session: Session) -> dict[str, str]:
    """The inspectors' names by their ids."""
    named = select(PersonRow.staff_id, PersonRow.name).where(PersonRow.role == "inspector")
    return {staff_id: name for staff_id, name in session.execute(named)}


def _locked(session: Session, places: set[Place]) -> dict[Place, VisitSlotRow]:
    """The rows of these, made where missing, locked in their order."""
    if not places:
        return {}
    wanted = sorted(places)
    key = (VisitSlotRow.day, VisitSlotRow.half, VisitSlotRow.staff_id)
    query = select(VisitSlotRow).where(tuple_(*key).in_(wanted)).order_by(*key)
    query = query.with_for_update().execution_options(populate_existing=True)
    rows = {_place(row): row for row in session.scalars(query)}
    if missing := [place for place in wanted if place not in rows]:
        made = [{**place._asdict(), "taken": 0} for place in missing]
        make_missing(session, VisitSlotRow, *made)
        rows = {_place(row): row for row in session.scalars(query)}
    return rows
