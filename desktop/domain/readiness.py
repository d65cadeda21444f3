"""Who is trained for what, by office and service: what is missing for a day, what is renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from desktop.domain.calendar import format_day_month
from desktop.domain.delegation import Delegation
from desktop.domain.office import OfficeCard
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.training import HeldTraining, Readiness, Training, held_training, readiness


class CellState(StrEnum):
    """How an office stands with a service."""

    NONE = "none"
    READY = "ready"
    RENEW = "renew"
    LACKS = "lacks"


@dataclass(frozen=True)
class Cell:
    """An office and a service: who is trained (staff ids), and who must pass its lesson again.

    `since` is the day on which it is handed over, None where it is already; `by` the last day on
    which anybody there may do it, where all of them must renew. `learning` are those who take its
    lessons now, each with the number of the lesson (from 1 on; 0 where it is not known).
    """

    state: CellState
    trained: tuple[str, ...] = ()
    renewing: tuple[str, ...] = ()
    since: date | None = None
    by: date | None = None
    learning: Mapping[str, int] = field(default_factory=dict)


NOTHING = Cell(CellState.NONE)


@dataclass(frozen=True)
class OfficeRow:
    """An office with those who take requests there (staff ids), and its cells by service."""

    office_id: str
    card: OfficeCard
    people: tuple[str, ...]
    cells: Mapping[str, Cell]

    def cell(self, service: str) -> Cell:
        """How it stands with the service."""
        return self.cells.get(service, NOTHING)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The services that it has, or will have, and nobody trained for."""
        return tuple(code for code, cell in self.cells.items() if cell.state is CellState.LACKS)

    @property
    def renewing(self) -> tuple[str, ...]:
        """The services whose lesson somebody there must pass again."""
        return tuple(code for code, cell in self.cells.items() if cell.renewing)


@dataclass(frozen=True)
class BeginningDay:
    """A day on which services begin at offices: which, at how many, and where nobody is trained."""

    day: date
    services: tuple[str, ...]
    offices: int
    lacking: tuple[OfficeRow, ...]

    @property
    def ready(self) -> int:
        """How many of the offices have somebody trained for each of theirs."""
        return self.offices - len(self.lacking)


@dataclass(frozen=True)
class Renewal:
    """A service that changed: who (staff ids) must pass its lesson again, until which last day."""

    service: Service
    by: date
    people: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """All offices of the city by the services, as known on a day.

    `begins` tells of services that begin somewhere the next day that they do; `dues` are the days
    to come, `renewals` what must be passed again, the nearest first.
    """

    day: date
    services: tuple[Service, ...]
    begins: Mapping[str, date]
    rows: tuple[OfficeRow, ...]
    dues: tuple[BeginningDay, ...]
    renewals: tuple[Renewal, ...]

    def with_learning(self, learning: Mapping[tuple[str, str], int]) -> Matrix:
        """With those (staff id, service) who take lessons now, and which, in the cells of their
        offices."""
        told = {staff for staff, _ in learning}
        rows = tuple(
            _learn(row, learning) if told.intersection(row.people) else row for row in self.rows
        )
        return replace(self, rows=rows, dues=tuple(_dues(rows)))

    @property
    def people(self) -> int:
        """How many take requests in all offices."""
        return sum(len(row.people) for row in self.rows)

    @property
    def lacking(self) -> tuple[OfficeRow, ...]:
        """The offices that lack somebody for a service."""
        return tuple(row for row in self.rows if row.lacking)

    @property
    def learning(self) -> tuple[OfficeRow, ...]:
        """The offices where somebody takes lessons now."""
        return tuple(row for row in self.rows if any(cell.learning for cell in row.cells.values()))

    @property
    def renewing(self) -> tuple[OfficeRow, ...]:
        """The offices where somebody must pass a lesson again."""
        return tuple(row for row in self.rows if row.renewing)


@dataclass(frozen=True)
class Known:
    """What the city's data say: offices, who works there, what is handed over, who is trained.

    By day, as far as days are asked for: the terms of who takes requests and is not stopped, the
    services in force.
    `versions` gives a service and what it was before, the newest first.
    """

    cards: Mapping[str, OfficeCard]
    terms: Mapping[date, Sequence[StaffTerm]]
    delegated: Mapping[tuple[str, str], Delegation]
    coming: Mapping[tuple[str, str], Delegation]
    records: Mapping[tuple[str, str], Training]
    services: Mapping[date, Mapping[str, Service]]
    versions: Callable[[Service], Iterable[Service]]
    lesson_days: int

    def held(self, staff: str, service: Service) -> HeldTraining | None:
        """The person's record beside the service."""
        record = self.records.get((staff, service.code))
        return held_training(record, self.versions(service)) if record is not None else None


def matrix(known: Known, day: date) -> Matrix:
    """The offices by what they lack, then by code; services in their order, those to begin last."""
    working = {on: _working(terms, on) for on, terms in known.terms.items()}
    coming: dict[str, dict[str, date]] = {}
    for (office, service), one in known.coming.items():
        coming.setdefault(office, {})[service] = one.since
    rows = [_row(known, working, office, coming.get(office, {}), day) for office in known.cards]
    rows.sort(key=_by_need)
    begins: dict[str, date] = {}
    for (_, service), one in known.coming.items():
        begins[service] = min(one.since, begins.get(service, one.since))
    in_force = known.services[day]
    later = {code: known.services[since].get(code) for code, since in begins.items()}
    shown = {**in_force, **{code: one for code, one in later.items() if one is not None}}
    ordered = sorted(
        shown.values(), key=lambda one: (one.code in begins, one.digit or 99, one.code)
    )
    return Matrix(
        day=day,
        services=tuple(ordered),
        begins=begins,
        rows=tuple(rows),
        dues=tuple(_dues(rows)),
        renewals=tuple(_renewals(known, rows, day)),
    )


def _working(terms: Sequence[StaffTerm], day: date) -> dict[str, list[str]]:
    """By office, who is employed there on the day."""
    found: dict[str, list[str]] = {}
    for term in terms:
        if term.employed(day):
            found.setdefault(term.office, []).append(term.staff)
    return found


def _row(
    known: Known,
    working: Mapping[date, Mapping[str, Sequence[str]]],
    office: str,
    coming: Mapping[str, date],
    day: date,
) -> OfficeRow:
    now, cells = tuple(working[day].get(office, ())), dict[str, Cell]()
    for code in (*known.services[day], *coming):
        since = coming.get(code)
        if (office, code) in known.delegated:
            cells[code] = _cell(known, code, now, day, None)
        elif since is not None:
            cells[code] = _cell(known, code, working[since].get(office, ()), since, since)
    return OfficeRow(office, known.cards[office], now, cells)


def _cell(known: Known, code: str, people: Sequence[str], day: date, since: date | None) -> Cell:
    service = known.services[day].get(code)
    if service is None:
        return NOTHING
    ready: list[str] = []
    renewing: dict[str, date] = {}
    for staff in people:
        held = known.held(staff, service)
        state = readiness(held, day, known.lesson_days)
        if state is not Readiness.NOT and held is not None:
            ready.append(staff)
            if state is Readiness.RENEW:
                renewing[staff] = held.counts_until(known.lesson_days)
    if not ready:
        return Cell(CellState.LACKS, since=since)
    by = max(renewing.values()) if len(renewing) == len(ready) else None
    state_ = CellState.READY if by is None else CellState.RENEW
    return Cell(state_, tuple(ready), tuple(renewing), since, by)


def _learn(row: OfficeRow, learning: Mapping[tuple[str, str], int]) -> OfficeRow:
    cells = {}
    for code, cell in row.cells.items():
        now = {
            staff: learning[staff, code]
            for staff in row.people
            if (staff, code) in learning and (staff not in cell.trained or staff in cell.renewing)
        }
        cells[code] = replace(cell, learning=now)
    return replace(row, cells=cells)


def _by_need(row: OfficeRow) -> tuple[bool, bool, int, str]:
    return not row.lacking, not row.renewing, len(row.card.code), row.card.code


def _dues(rows: Sequence[OfficeRow]) -> Iterator[BeginningDay]:
    days: dict[date, dict[str, list[OfficeRow]]] = {}
    for row in rows:
        for code, cell in row.cells.items():
            if cell.since is not None:
                days.setdefault(cell.since, {}).setdefault(code, []).append(row)
    for day in sorted(days):
        offices = {row.office_id: row for of in days[day].values() for row in of}
        lacking = [
            row
            for row in offices.values()
            if any(
                cell.since == day and cell.state is CellState.LACKS for cell in row.cells.values()
            )
        ]
        lacking.sort(key=_by_need)
        yield BeginningDay(day, tuple(days[day]), len(offices), tuple(lacking))


def _renewals(known: Known, rows: Sequence[OfficeRow], day: date) -> list[Renewal]:
    found: dict[tuple[str, date], list[str]] = {}
    in_force = known.services[day]
    for row in rows:
        for code, cell in row.cells.items():
            for staff in cell.renewing if code in in_force else ():
                held = known.held(staff, in_force[code])
                by = held.counts_until(known.lesson_days) if held is not None else date.max
                if by != date.max:
                    found.setdefault((code, by), []).append(staff)
    told = [Renewal(in_force[code], by, tuple(staff)) for (code, by), staff in found.items()]
    return sorted(told, key=lambda one: (one.by, one.service.code))


# In words.


def lack_words(cell: Cell) -> str:
    """«ندارد», or «در درس» where somebody takes its lessons."""
    return "در درس" if cell.learning else "ندارد"


def cell_words(office: str, service: str, cell: Cell) -> str:
    """«فهادان، تغییر کاربری، متصدی ندارد»."""
    return to_persian_digits(f"{office}، {service}، {_said(cell)}")


def _said(cell: Cell) -> str:
    since = f"، از {format_day_month(cell.since)}" if cell.since else ""
    match cell.state:
        case CellState.NONE:
            return "واگذار نشده است"
        case CellState.LACKS if cell.learning:
            return f"در درس، هنوز متصدی ندارد{since}"
        case CellState.LACKS:
            return f"متصدی ندارد{since}"
        case CellState.READY:
            return f"{len(cell.trained)} متصدی آموزش‌دیده{since}"
        case CellState.RENEW:
            until = format_day_month(cell.by) if cell.by else ""
            return f"درس تازه تا {until}{since}"


def reminder_title(services: Sequence[str], day: date) -> str:
    """What an announcement that reminds of lessons is called."""
    named = "، ".join(f"«{service}»" for service in services)
    return f"آموزش {named} پیش از {format_day_month(day)}"


def reminder_words(services: Sequence[str], day: date) -> str:
    """What it says: what begins, what is missing, what comes of it."""
    named = join_and([f"«{service}»" for service in services])
    return (
        f"از {format_day_month(day)} {named} به دفتر شما واگذار می‌شود. برای هر خدمتی که متصدی "
        "آموزش‌دیده ندارید، دست‌کم یک متصدی پیش از آن روز درس را بگذراند؛ وگرنه آن خدمت در دفتر "
        "شما باز نمی‌شود."
    )
