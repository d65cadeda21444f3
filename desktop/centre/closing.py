"""An office closes its day: its register is held against what the centre has, and kept for ever."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, insert, or_, select
from sqlalchemy.orm import Session

from desktop.centre.closing_tables import ClosedDayRow
from desktop.centre.context import day_of
from desktop.centre.office_act import OfficeAct
from desktop.centre.people import of_office
from desktop.centre.streams import load_case, load_facts
from desktop.centre.tables import (
    CaseRow,
    CommandRow,
    DeviceRow,
    FactRow,
    HeldSettledRow,
    OfficeRow,
    StreamRow,
)
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.cash import entries_of, taken_of
from desktop.domain.commands import CloseDay
from desktop.domain.day_register import ClosedDay, DayClosed, DayRegister, demand_closable
from desktop.domain.errors import Refusal
from desktop.domain.money_acts import named_money
from desktop.domain.people import Role
from desktop.domain.stream import office_of, office_stream
from desktop.domain.undone import Undoing, Undone
from desktop.forms import permits
from desktop.wire.bounds import SHA256
from desktop.wire.canon import GENESIS
from desktop.wire.codec import decode_command

_OTHER = "دفتر این روز بر سوابقی مبتنی است که نزد مرکز نیست؛ با پشتیبانی تماس بگیرید."
# An office that has closed nothing for so many days is told of with those.
_LOOKED_BACK = 90


def close(act: OfficeAct, closing: CloseDay) -> DayClosed:
    """The day closed, as it is told. Raises Refusal."""
    session, register, office = act.session, closing.register, act.office
    find = act.centre.reference.finding(session)
    may = permits.may_close(find, managers(session, office), act.actor, register.day, act.acted)
    known = _known(session, office, register.day)
    demand_closable(register, known, day_of(act.acted), may=may)
    chain = _chain_at(session, act.home, register.pos)
    named = SHA256.fullmatch(closing.sha256)
    if chain != register.chain or register.closed_at != act.command.made_at or not named:
        raise Refusal(_OTHER)
    if not all(_is_undone(session, act.home, register, each) for each in register.undone):
        raise Refusal(_OTHER)
    keep(session, office, register, act.actor.name)
    return DayClosed(register, closing.sha256)


def keep(session: Session, office: str, register: DayRegister, name: str) -> None:
    """Keep that the office (its id) has closed the day, and who did."""
    # At once, not with the rest: another register in the same push is held against it.
    session.execute(
        insert(ClosedDayRow).values(
            office=office,
            day=register.day,
            digest=register.digest,
            pos=register.pos,
            name=name,
            at=register.closed_at,
        )
    )


def managers(session: Session, office: str) -> Iterator[str]:
    """The office's managers, by their ids."""
    for row in of_office(session, office).values():
        if row.role == Role.MANAGER:
            yield row.staff_id


def _known(session: Session, office: str, day: date) -> list[ClosedDay]:
    """The office's last closed day, and this one if it was closed."""
    own = select(ClosedDayRow).where(ClosedDayRow.office == office)
    last = session.scalars(own.order_by(ClosedDayRow.day.desc()).limit(1)).one_or_none()
    same = session.get(ClosedDayRow, (office, day))
    rows = [row for row in (last, same) if row is not None]
    return [ClosedDay(row.day, row.digest, row.pos, row.name, row.at) for row in rows]


def _chain_at(session: Session, stream: StreamRow, pos: int) -> str:
    """The chain's value of the stream at a place; empty beyond its end."""
    if pos == 0:
        return GENESIS
    return (
        session.scalar(
            select(FactRow.hash).where(FactRow.stream == stream.name, FactRow.pos == pos)
        )
        or ""
    )


def _is_undone(session: Session, home: StreamRow, register: DayRegister, told: Undone) -> bool:
    """Whether the centre knows that it was; what waited at the desk it need not have yet."""
    if session.get(ClosedDayRow, (office_of(home.name), told.day)) is None:
        return False
    if told.how is not Undoing.VOIDED:
        return _is_refused(session, home, told)
    entries = entries_of(load_facts(session, told.case_id), home.name)
    voided = {each.void.cause: each for each in entries if each.void is not None}
    entry = voided.get(told.cause)
    if entry is None or entry.void is None:
        return told.cause in register.ahead
    earlier = entry.void.stream == home.name and entry.void.pos <= register.after
    said = (told.mark, told.tool, -told.signed)
    return not earlier and said == (entry.mark, entry.tool, entry.amount)


def _is_refused(session: Session, home: StreamRow, told: Undone) -> bool:
    refused = select(HeldSettledRow).where(
        HeldSettledRow.device_id == CommandRow.device_id,
        HeldSettledRow.command_id == CommandRow.command_id,
        HeldSettledRow.state == "refused",
    )
    row = session.scalars(
        select(CommandRow.canon)
        .join(DeviceRow, DeviceRow.device_id == CommandRow.device_id)
        .where(CommandRow.case_id == told.case_id, CommandRow.command_id == told.cause)
        .where(or_(CommandRow.state == "refused", refused.exists()))
        .where(DeviceRow.office == office_of(home.name))
    ).first()
    named = named_money(decode_command(row).payload) if row is not None else None
    if named is None or (named.how, named.mark) != (told.how, told.mark):
        return False
    amount = named.amount
    if amount is None:
        case = load_case(session, told.case_id)
        taken = case.takings.get(taken_of(named.mark)) if case is not None else None
        # Of a payment that was refused as well nothing more is known.
        amount = taken.amount if taken is not None else told.amount
    return amount == told.amount


@dataclass(frozen=True)
class Unclosed:
    """An office (its id) that has not closed its days: the last one that it did close (None: none
    ever), and how many working days came since, or since its first request, before today."""

    office: str
    last: date | None
    days: int


def unclosed(
    session: Session, offices: Iterable[str], calendar: OfficeCalendar, today: date
) -> list[Unclosed]:
    """Which of these offices have days to close, those with most first.

    Who never closed one has those since its first request, with it. Until one office has closed its
    first, nobody has begun to.
    """
    # Office by office: the last of years of days is looked up, not found among all.
    last_of = select(func.max(ClosedDayRow.day)).where(ClosedDayRow.office == OfficeRow.office_id)
    query = select(OfficeRow.office_id, last_of.scalar_subquery())
    closed = {office: day for office, day in session.execute(query) if day is not None}
    if not closed:
        return []
    begun = _begun(session)
    since = (today - timedelta(days=n) for n in range(_LOOKED_BACK, 0, -1))
    working = [day for day in since if calendar.is_working(day)]
    found = []
    for office in offices:
        last, first = closed.get(office), begun.get(office, today)
        done = bisect_right(working, last) if last is not None else bisect_left(working, first)
        days = len(working) - done
        if days or last is None:
            found.append(Unclosed(office, last, days))
    return sorted(found, key=lambda each: (-each.days, each.office))


def _begun(session: Session) -> dict[str, date]:
    """Of each office that never closed a day the day of its first request, where it had one."""
    own = (CaseRow.stream == office_stream("") + OfficeRow.office_id, CaseRow.received_in == "")
    # Ids of cases grow with time: the first is looked up, not found among all.
    first = select(CaseRow.received_on).where(*own).order_by(CaseRow.case_id).limit(1)
    never = ~exists().where(ClosedDayRow.office == OfficeRow.office_id)
    query = select(OfficeRow.office_id, first.scalar_subquery()).where(never)
    return {office: day for office, day in session.execute(query) if day is not None}
