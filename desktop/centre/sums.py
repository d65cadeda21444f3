"""The kept figures of a range of days, read as whole months with days at either end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.centre.sum_tables import (
    CLERK,
    DAY,
    HOUR,
    MONTH,
    NOT_RECKONED,
    OFFICE,
    ClerkStateSumRow,
    ClerkTakingSumRow,
    ClerkWaitSumRow,
    LetterSumRow,
    RequestSumRow,
    StateSumRow,
    TakingSumRow,
    WaitSumRow,
)
from desktop.centre.tables import STANDS, UNRECKONED, LetterRow
from desktop.domain.calendar import OfficeCalendar

Summed: TypeAlias = (
    type[RequestSumRow]
    | type[StateSumRow]
    | type[LetterSumRow]
    | type[WaitSumRow]
    | type[TakingSumRow]
    | type[ClerkTakingSumRow]
    | type[ClerkStateSumRow]
    | type[ClerkWaitSumRow]
)
Key: TypeAlias = tuple[Any, ...]
OUTCOMES: Mapping[str, InstrumentedAttribute[int]] = {
    "answer": RequestSumRow.answer,
    "pay": RequestSumRow.pay,
    "visit-no-record": RequestSumRow.visit_no_record,
    "visit": RequestSumRow.visit,
    "review": RequestSumRow.review,
    "refuse": RequestSumRow.refuse,
    "waiting": RequestSumRow.undecided,
}
"""By what the records answered first, as the board tells it; `waiting` for nothing yet."""


@dataclass(frozen=True)
class Range:
    """What is asked for: days, both ends counted; of one service or all, of one district or all."""

    first: date
    last: date
    service: str = ""
    district: int = 0

    def within(self, row: Summed) -> list[ColumnElement[bool]]:
        """The rows of the sums that make up the range."""
        held = [or_(*self._periods(row))]
        if self.service:
            held.append(row.service == self.service)
        if self.district:
            held.append(row.district == self.district)
        return held

    def _periods(self, row: Summed) -> Iterator[ColumnElement[bool]]:
        months = list(_whole_months(self.first, self.last))
        edges = [(self.first, self.last)]
        if months:
            begin, end = months[0], _next_month(months[-1])
            edges = [(self.first, begin - _A_DAY), (end, self.last)]
            ends = (f"{begin:%Y-%m}", f"{months[-1]:%Y-%m}")
            yield (row.span == MONTH) & row.period.between(*ends)
        for first, last in edges:
            if first <= last:
                yield (row.span == DAY) & row.period.between(first.isoformat(), last.isoformat())


_A_DAY = timedelta(days=1)


def _whole_months(first: date, last: date) -> Iterator[date]:
    """The first days of the Gregorian months that lie wholly in the range."""
    begin = first if first.day == 1 else _next_month(first)
    while _next_month(begin) - _A_DAY <= last:
        yield begin
        begin = _next_month(begin)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + 32 * _A_DAY).replace(day=1)


@dataclass(frozen=True)
class Requests:
    """Requests received, counted in three ways; each counter goes by `received`, outcomes, ….

    `parts` by (stream, service, district), `clerks` by (stream, name), `hours` by the hour.
    """

    parts: Mapping[Key, Counter[str]]
    clerks: Mapping[Key, Counter[str]]
    hours: Mapping[str, Counter[str]]

    def by(self, place: int) -> dict[Any, Counter[str]]:
        """By one of the keys of `parts`."""
        return folded(self.parts, lambda key: key[place])

    @property
    def total(self) -> Counter[str]:
        """All of them."""
        return folded(self.parts, lambda key: "").get("", Counter())


def requests(session: Session, asked: Range) -> Requests:
    """What was received in the range."""
    row = RequestSumRow
    counted = {
        "received": row.received,
        **OUTCOMES,
        "sent_back": row.sent_back,
        "escalated": row.escalated,
    }

    def read(cut: str, by: Sequence[InstrumentedAttribute[Any]]) -> dict[Key, Counter[str]]:
        return _read(session, by, counted, [row.cut == cut, *asked.within(row)])

    hours = read(HOUR, (row.part,))
    return Requests(
        parts=read(OFFICE, (row.stream, row.service, row.district)),
        clerks=read(CLERK, (row.stream, row.part)),
        hours={hour: told for (hour,), told in hours.items()},
    )


def states(session: Session, asked: Range) -> dict[Key, Counter[str]]:
    """By (stream, service, district) how many stand in each state."""
    row = StateSumRow
    return _states(session, row, (row.stream, row.service, row.district), asked)


def clerk_states(session: Session, asked: Range) -> dict[Key, Counter[str]]:
    """By (stream, clerk) how many of what the clerk registered stand in each state."""
    row = ClerkStateSumRow
    return _states(session, row, (row.stream, row.clerk), asked)


def _states(
    session: Session,
    row: type[StateSumRow | ClerkStateSumRow],
    by: Sequence[InstrumentedAttribute[Any]],
    asked: Range,
) -> dict[Key, Counter[str]]:
    read = _read(session, (*by, row.state), {"requests": row.requests}, asked.within(row))
    found: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for (*key, state), told in read.items():
        found[tuple(key)][state] += told["requests"]
    return found


@dataclass(frozen=True)
class Apart:
    """The same counted in two ways: `own` by an office and something of it, `parts` by (service,
    district)."""

    own: dict[Key, Counter[str]]
    parts: dict[Key, Counter[str]]

    def by(self, place: int) -> dict[Any, Counter[str]]:
        """By service or by district: one of the keys of `parts`."""
        return folded(self.parts, lambda key: key[place])


def letters(session: Session, asked: Range) -> Apart:
    """By (office id, clerk) and by (service, district): letters `issued` in the range, `released`,
    `voided`, `copies`."""
    row = LetterSumRow
    names = ("issued", "released", "voided", "copies")
    counted = {name: getattr(row, name) for name in names}
    return _apart(session, row, (row.office, row.clerk), counted, asked)


def takings(session: Session, asked: Range) -> Apart:
    """By (stream, kind of sum) and by (service, district): the `amount` taken in the range less
    what was given back, Rial."""
    row = TakingSumRow
    counted = {"times": row.times, "amount": row.amount}
    return _apart(session, row, (row.stream, row.what), counted, asked)


def clerk_takings(session: Session, asked: Range) -> dict[Key, Counter[str]]:
    """By (stream, clerk) the `amount` taken in the range less what was given back, Rial."""
    row = ClerkTakingSumRow
    known = [row.clerk != "", *asked.within(row)]
    return _read(session, (row.stream, row.clerk), {"amount": row.amount}, known)


def _apart(
    session: Session,
    row: type[LetterSumRow | TakingSumRow],
    own: Sequence[InstrumentedAttribute[str]],
    counted: Mapping[str, InstrumentedAttribute[int]],
    asked: Range,
) -> Apart:
    """Both ways asked at once; nothing is told of what adds up to nought."""
    parts = (row.service, row.district)
    sums = [func.sum(each) for each in counted.values()]
    nobody, nowhere = literal(""), literal(0)
    whose = select(literal(0), *own, nobody, nowhere, *sums).group_by(*own)
    which = select(literal(1), nobody, nobody, *parts, *sums).group_by(*parts)
    asked_both: Executable = union_all(*(each.where(*asked.within(row)) for each in (whose, which)))
    found = Apart({}, {})
    for way, first, second, service, district, *told in session.execute(asked_both):
        counts = Counter(dict(zip(counted, map(int, told), strict=True)))
        if any(counts.values()):
            if way:
                found.parts[service, district] = counts
            else:
                found.own[first, second] = counts
    return found


def waits(session: Session, asked: Range, calendar: OfficeCalendar) -> dict[Key, Counter[int]]:
    """By (office id, service, district): answers given in the range that stand, by the working days
    that their citizens waited."""
    return _waits(session, WaitSumRow, ("office", "service", "district"), asked, calendar)


def clerk_waits(
    session: Session, asked: Range, calendar: OfficeCalendar
) -> dict[Key, Counter[int]]:
    """The same by (office id, clerk): what the clerk registered."""
    return _waits(session, ClerkWaitSumRow, ("office", "clerk"), asked, calendar)


def _waits(
    session: Session,
    row: type[WaitSumRow | ClerkWaitSumRow],
    by: Sequence[str],
    asked: Range,
    calendar: OfficeCalendar,
) -> dict[Key, Counter[int]]:
    reckoned = [row.waited != NOT_RECKONED, *asked.within(row)]
    keys = [*(getattr(row, name) for name in by), row.waited]
    found: defaultdict[Key, Counter[int]] = defaultdict(Counter)
    for (*key, waited), told in _read(session, keys, {"answers": row.answers}, reckoned).items():
        found[tuple(key)][waited] += told["answers"]
    # Of a program that did not write it down.
    letter = LetterRow
    days = [*(getattr(letter, name) for name in by), letter.received_on, letter.issued_on]
    old = select(*days, func.count()).where(
        literal_column(UNRECKONED),
        literal_column(STANDS),
        letter.issued_on.between(asked.first, asked.last),
    )
    if asked.service:
        old = old.where(letter.service == asked.service)
    if asked.district:
        old = old.where(letter.district == asked.district)
    for *key, received, issued, answers in session.execute(old.group_by(*days)):
        if received is not None and issued is not None:
            found[tuple(key)][calendar.working_days_between(received, issued)] += answers
    return found


def _read(
    session: Session,
    by: Sequence[InstrumentedAttribute[Any]],
    counted: Mapping[str, InstrumentedAttribute[int]],
    held: Iterable[ColumnElement[bool]],
) -> dict[Key, Counter[str]]:
    sums = [func.sum(each) for each in counted.values()]
    query: Select[Any] = select(*by, *sums).where(*held).group_by(*by)
    found = {}
    for row in session.execute(query):
        told = (int(each) for each in row[len(by) :])
        found[tuple(row[: len(by)])] = Counter(dict(zip(counted, told, strict=True)))
    return {key: told for key, told in found.items() if any(told.values())}


def folded(counts: Mapping[Key, Counter[Any]], by: Callable[[Key], Any]) -> dict[Any, Counter[Any]]:
    """The counts added up by what `by` makes of their keys."""
    found: defaultdict[Any, Counter[Any]] = defaultdict(Counter)
    for key, told in counts.items():
        for name, count in told.items():
            found[by(key)][name] += count
    return dict(found)


def share_within(waited: Counter[int], share: float) -> int:
    """The smallest number of days within which that share of all waited; 0 of none."""
    left = share * waited.total()
    for days in sorted(waited):
        left -= waited[days]
        if left <= 0:
            return days
    return 0
