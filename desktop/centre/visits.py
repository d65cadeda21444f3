"""Visits: a place on a half-day is taken from an inspector, who has so many in all districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from desktop.centre.tables import BookingRow, PersonRow, VisitSlotRow
from desktop.domain import commands as c
from desktop.domain.errors import Refusal
from desktop.domain.request import Slot
from desktop.domain.rota import Place, Rota, least_burdened
from desktop.sql.missing import make_missing
from desktop.wire.payloads import SlotBody

_FULL = "این نوبت پر شده است؛ نوبت دیگری برگزینید."
_NOBODY = "در این نیم‌روز مأموری به این منطقه نمی‌رود؛ نوبت دیگری برگزینید."
_NOBODY_EVER = "برای این منطقه مأمور بازدیدی گماشته نشده است؛ با شهرداری تماس بگیرید."
_LEAVES = (c.MoveVisit, c.MissVisit, c.Withdraw)
TOUCHING = (c.BookVisit, *_LEAVES)
"""Commands that take a place, or give one back."""


def free(session: Session, district: int, rota: Rota, today: date, count: int) -> list[SlotBody]:
    """The soonest half-days with places left, after today, and with whom the next one is.

    Raises Refusal for a district that nobody goes to.
    """
    if not rota.goes_to(district):
        raise Refusal(_NOBODY_EVER, field="slot")
    booked = select(VisitSlotRow).where(VisitSlotRow.day > today)
    taken = {_place(row): row.taken for row in session.scalars(booked)}
    names = _names(session)
    return list(islice(_with_places(rota, district, today, taken, names), count))


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


def book(session: Session, case_id: str, slot: Slot, rota: Rota) -> str:
    """Take a place for the case, with the least burdened who goes there; his name.

    A place that the case had is given back. Raises Refusal when nobody has one left.
    """
    goers = _goers(rota, slot)
    if not goers:
        raise Refusal(_NOBODY, field="slot")
    had = session.get(BookingRow, case_id)
    rows = _locked(session, goers | ({_place(had)} if had else set()))
    taken = {place: row.taken for place, row in rows.items()}
    left = rota.left(slot, taken)
    if not left:
        raise Refusal(_FULL, field="slot")
    return _take(session, case_id, least_burdened(left, taken))


def note(session: Session, case_id: str, slot: Slot) -> str:
    """The visit took place then, with whom it was booked: no matter of free places any more."""
    had = session.get(BookingRow, case_id)
    if had is None:
        return ""
    return _take(session, case_id, Place(slot.day, slot.half, had.staff_id))


def give_back(session: Session, case_id: str) -> None:
    """Give the case's place back, if it has one."""
    had = session.get(BookingRow, case_id)
    if had is None:
        return
    place = _place(had)
    _locked(session, {place})[place].taken -= 1
    session.delete(had)
    session.flush()


def _take(session: Session, case_id: str, place: Place) -> str:
    had = session.get(BookingRow, case_id)
    rows = _locked(session, {place} | ({_place(had)} if had else set()))
    if had is not None:
        rows[_place(had)].taken -= 1
        had.day, had.half, had.staff_id = place
    else:
        session.add(BookingRow(case_id=case_id, **place._asdict()))
    rows[place].taken += 1
    session.flush()
    return _names(session).get(place.staff_id, "")


def _goers(rota: Rota, slot: Slot) -> set[Place]:
    return {Place(slot.day, slot.half, each.staff_id) for each in rota.going(slot)}


def _place(row: VisitSlotRow | BookingRow) -> Place:
    return Place(row.day, row.half, row.staff_id)


def _names(session: Session) -> dict[str, str]:
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
