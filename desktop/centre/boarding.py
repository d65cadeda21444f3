"""The supervisor's board: a day of all offices in counts, and the second looks that wait."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.import_state import alarm, held_back
from desktop.centre.offices import all_offices
from desktop.centre.queueing import overdue
from desktop.centre.tables import (
    LOOK_DUE,
    LOOKED,
    RECALLED,
    CaseCountRow,
    CaseRow,
    DeviceRow,
    LetterRow,
)
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role
from desktop.domain.state import AWAITS_CENTRE, OPEN
from desktop.domain.stream import MUNICIPALITY, office_stream
from desktop.wire.payloads import BoardAnswer, BoardAsk, LookRow
from desktop.wire.payloads import OfficeRow as OfficeBody

_WAITING = tuple(state.value for state in OPEN - AWAITS_CENTRE)
_LOOKS_SHOWN = 50
_UNDECIDED = "waiting"


def board(
    session: Session, centre: Centre, device: DeviceRow, ask: BoardAsk, at: datetime
) -> BoardAnswer:
    """Counts over cases received on the asked days. Raises Refusal for all but supervisors."""
    if municipal(session, device, ask.actor) is not Role.SUPERVISOR:
        raise Refusal("نمای روز از آنِ ناظر شهرداری است.")
    day = _day(session, ask)
    letters = _letters(session, ask)
    city = centre.reference.city(session, day_of(at))
    answered, waited = _waited(session, city.calendar, ask)
    middle, longest = _answer_times(session, ask, day.answered)
    today = day_of(at)
    cards = {office_stream(key): one.on(today) for key, one in all_offices(session).items()}
    return BoardAnswer(
        received=day.received,
        instant=day.outcomes["answer"],
        overdue=_counted(session, overdue(at)),
        letters=letters.all,
        voided=letters.voided,
        copies=max(0, letters.copies - letters.all),
        looks_due=_counted(session, literal_column(LOOK_DUE)),
        looks_done=_counted(session, literal_column(LOOKED)),
        median_ms=round(middle),
        p95_ms=longest,
        waiting_days=_waiting(session, at),
        outcomes=dict(day.outcomes),
        hours={hour: dict(counts) for hour, counts in day.hours.items()},
        offices=_offices(session, cards, day, at),
        looks=_looks(session, cards),
        alarm=alarm(session, city, at),
        records_held=held_back(session),
        answered=answered,
        waited=waited,
        recalls=_counted(session, literal_column(RECALLED)),
    )


@dataclass(frozen=True)
class _Day:
    """The cases that were received on the asked days, counted by what became of them."""

    outcomes: Counter[str]
    hours: Mapping[str, Counter[str]]
    offices: Mapping[str, Counter[str]]

    @property
    def received(self) -> int:
        return self.outcomes.total()

    @property
    def answered(self) -> int:
        """Those that were decided upon."""
        return self.received - self.outcomes[_UNDECIDED]


def _day(session: Session, ask: BoardAsk) -> _Day:
    row = CaseRow
    by = (row.stream, row.received_in, row.hour, row.first_outcome)
    query = select(*by, func.count()).where(*_asked(CaseRow, ask))
    outcomes: Counter[str] = Counter()
    hours: defaultdict[str, Counter[str]] = defaultdict(Counter)
    offices: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stream, received_in, hour, outcome, cases in session.execute(query.group_by(*by)):
        for counts in (outcomes, hours[str(hour)], offices[received_in or stream]):
            counts[outcome or _UNDECIDED] += cases
    return _Day(outcomes, hours, offices)


def _asked(row: type[CaseRow | LetterRow], ask: BoardAsk) -> list[ColumnElement[bool]]:
    """Rows of cases that were received on the asked days, of the asked service and district."""
    first = ask.day - timedelta(days=ask.days - 1)
    asked = [row.received_on >= first, row.received_on <= ask.day]
    if ask.service:
        asked.append(row.service == ask.service)
    if ask.district:
        asked.append(row.district == ask.district)
    return asked


def _answer_times(session: Session, ask: BoardAsk, answered: int) -> tuple[float, int]:
    """Milliseconds until an answer: the middle, of an even number between the two; and the 95th
    of a hundred."""
    if not answered:
        return 0, 0
    # All places of one sorting: each by itself would sort the day again.
    places = ((answered - 1) // 2, answered // 2, int(answered * 0.95))
    sorted_ = func.row_number().over(order_by=CaseRow.answer_ms).label("place")
    answers = select(CaseRow.answer_ms, sorted_)
    answers = answers.where(*_asked(CaseRow, ask), CaseRow.first_outcome != "")
    each = answers.subquery()
    query = select(each.c.place, each.c.answer_ms).where(each.c.place.in_([p + 1 for p in places]))
    at = {place - 1: taken for place, taken in session.execute(query)}
    lower, upper, longest = (at[place] for place in places)
    return (lower + upper) / 2, longest


class _Letters(NamedTuple):
    all: int
    copies: int
    voided: int


def _letters(session: Session, ask: BoardAsk) -> _Letters:
    """The letters of the cases that were received on the asked days."""
    voided = case((LetterRow.state == "voided", 1), else_=0)
    query = select(func.count(), func.sum(LetterRow.copies), func.sum(voided))
    found = session.execute(query.where(*_asked(LetterRow, ask))).one()
    return _Letters(*(int(each or 0) for each in found))


def _waited(session: Session, calendar: OfficeCalendar, ask: BoardAsk) -> tuple[int, int]:
    """How many answers were given on the days, and the working days that citizens waited for them.

    From the day of receipt to the issue of the letter, the middle one of all.
    """
    first = ask.day - timedelta(days=ask.days - 1)
    row = LetterRow
    query = (
        select(row.received_on, row.issued_on, func.count())
        .where(row.issued_on >= first, row.issued_on <= ask.day)
        .where(row.kind != LetterKind.DEBT.value)
    )
    if ask.service:
        query = query.where(row.service == ask.service)
    if ask.district:
        query = query.where(row.district == ask.district)
    waits: Counter[int] = Counter()
    for received, issued, letters in session.execute(
        query.group_by(row.received_on, row.issued_on)
    ):
        if received is not None and issued is not None:
            waits[calendar.working_days_between(received, issued)] += letters
    return waits.total(), round(median(waits.elements())) if waits else 0


def _looks(session: Session, cards: Mapping[str, OfficeCard]) -> list[LookRow]:
    query = (
        select(CaseRow)
        .where(literal_column(LOOK_DUE))
        .order_by(CaseRow.sampled, CaseRow.registered_at)
        .limit(_LOOKS_SHOWN)
    )
    return [
        LookRow(
            case_id=row.case_id,
            service=row.service,
            office=cards[row.stream].code,
            applicant=row.applicant,
            tracking=row.tracking,
            received_at=row.registered_at,
            clerk=row.clerk,
            why=row.sampled,
        )
        for row in session.scalars(query)
    ]


def _counted(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(CaseRow).where(which)) or 0


def _waiting(session: Session, at: datetime) -> dict[str, int]:
    """Open cases by state and how many whole days the oldest of them has waited."""
    # State by state: the oldest of each stands first in an index.
    oldest = {
        state: session.scalar(select(func.min(CaseRow.updated_at)).where(CaseRow.state == state))
        for state in _WAITING
    }
    return {state: (at - since).days for state, since in oldest.items() if since is not None}


def _offices(
    session: Session, cards: Mapping[str, OfficeCard], day: _Day, at: datetime
) -> list[OfficeBody]:
    # Not the column itself: SQLite would go through all cases in its order to spare a grouping.
    stream = CaseRow.stream.concat(literal_column("''"))
    late = _by_office(session, select(stream, func.count()).where(overdue(at)))
    kept = select(CaseCountRow.stream, func.sum(CaseCountRow.cases))
    waiting = _by_office(session, kept.where(CaseCountRow.state.in_(_WAITING)))
    heard = dict(
        session.execute(
            select(DeviceRow.office, func.max(DeviceRow.heard_at)).group_by(DeviceRow.office)
        ).all()
    )
    rows = []
    for name, office in sorted(cards.items(), key=lambda known: known[1].code):
        if name == MUNICIPALITY:
            continue
        own = day.offices.get(name, Counter())
        rows.append(
            OfficeBody(
                office=office.code,
                name=office.name,
                received=own.total(),
                instant=own["answer"],
                waiting=waiting.get(name, 0),
                overdue=late.get(name, 0),
                heard_at=heard.get(office.own_id),
            )
        )
    return rows


def _by_office(session: Session, counted: Select[str, int]) -> dict[str, int]:
    by = counted.group_by(counted.selected_columns[0])
    return {stream: int(count) for stream, count in session.execute(by)}
