"""The supervisor's board: figures of all offices over days, and the second looks that wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre import outages, second_looks, sums
from desktop.centre.asking import municipal
from desktop.centre.board_cases import ONLY_SUPERVISORS
from desktop.centre.context import Centre, day_of
from desktop.centre.import_state import alarm, held_back
from desktop.centre.offices import all_offices
from desktop.centre.queueing import LATE_STEPS, overdue
from desktop.centre.sums import Key, Range, folded
from desktop.centre.tables import (
    LOOK_DUE,
    LOOKED,
    RECALLED,
    CaseCountRow,
    CaseRow,
    DeviceRow,
)
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.errors import Refusal
from desktop.domain.money import half_up
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role
from desktop.domain.state import AWAITS_CENTRE, ENDS, OPEN
from desktop.domain.stream import MUNICIPALITY, office_of, office_stream
from desktop.wire.board import (
    BoardAnswer,
    BoardAsk,
    ClerkRow,
    LookRow,
    PartRow,
    correctness_body,
    first_day,
)
from desktop.wire.board import OfficeRow as OfficeBody

_WAITING = tuple(state.value for state in OPEN - AWAITS_CENTRE)
_ENDED = frozenset(state.value for state in ENDS)
_LOOKS_SHOWN = 50
_UNDECIDED = "waiting"
_MOST = 0.9
_TIMED = 7
"""Of so many days at most the machine's own times are sorted: of more nobody asks for them."""


def board(
    session: Session, centre: Centre, device: DeviceRow, ask: BoardAsk, at: datetime
) -> BoardAnswer:
    """The figures of the asked days. Raises Refusal for all but supervisors."""
    if Role.SUPERVISOR not in municipal(session, centre, device, ask.actor):
        raise Refusal(ONLY_SUPERVISORS)
    first = first_day(ask.day, ask.days)
    asked = Range(first, ask.day, ask.service, ask.district)
    today = day_of(at)
    city = centre.reference.city(session, today)
    calendar = city.calendar
    found = _read(session, asked, calendar, at)
    total = found.requests.total
    outcomes = {name: total[name] for name in sums.OUTCOMES if total[name]}
    letters = folded(found.letters.own, lambda key: "").get("", Counter())
    waits = folded(found.waits, lambda key: "").get("", Counter())
    times = (0.0, 0)
    if ask.days <= _TIMED:
        times = _answer_times(session, ask, total["received"] - total[_UNDECIDED])
    by_id = {key: one.on(today) for key, one in all_offices(session).items()}
    cards = {office_stream(key): card for key, card in by_id.items()}
    late_now, looks_due, looks_done, recalls = _counted(
        session,
        overdue(at),
        *(literal_column(each) for each in (LOOK_DUE, LOOKED, RECALLED)),
    )
    called = outages.called(session)
    ended, ended_count = outages.ended(session, by_id, calendar, first, ask.day)
    return BoardAnswer(
        received=total["received"],
        instant=total["answer"],
        overdue=late_now,
        letters=letters["issued"],
        voided=letters["voided"],
        copies=letters["copies"],
        looks_due=looks_due,
        looks_done=looks_done,
        median_ms=round(times[0]),
        p95_ms=times[1],
        waiting_days=_waiting(session, at),
        outcomes=outcomes,
        hours={
            hour: {name: told[name] for name in sums.OUTCOMES if told[name]}
            for hour, told in found.requests.hours.items()
        },
        offices=_offices(session, cards, found, called, at),
        looks=_looks(session, cards),
        alarm=alarm(session, city, at),
        records_held=held_back(session),
        answered=waits.total(),
        waited=_middle(waits),
        recalls=recalls,
        late=sum(found.late.values()),
        escalated=total["escalated"],
        sent_back=total["sent_back"],
        released=letters["released"],
        waited_most=sums.share_within(waits, _MOST),
        working=sum(
            calendar.is_working(first + timedelta(days=each)) for each in range(max(ask.days, 1))
        ),
        open=dict(folded(found.standing, lambda key: "").get("", Counter())),
        taken={
            what: told["amount"]
            for what, told in folded(found.taken.own, lambda key: key[1]).items()
        },
        clerks=_clerks(cards, found),
        services=_parts(found, 1),
        districts=_parts(found, 2),
        correctness=correctness_body(
            second_looks.correctness(
                session, first, ask.day, service=ask.service, district=ask.district
            )
        ),
        late_steps=_late_steps(session, asked),
        outages=[*outages.going_on(called, by_id, calendar, at), *ended],
        outages_ended=ended_count,
    )


@dataclass(frozen=True)
class _Found:
    """What is read of a range; keys as of `sums`, of requests the stream that received them."""

    requests: sums.Requests
    states: Mapping[Key, Counter[str]]
    letters: sums.Apart
    waits: Mapping[Key, Counter[int]]
    taken: sums.Apart
    late: Counter[Key]
    clerks: _Clerks

    @cached_property
    def standing(self) -> dict[Key, Counter[str]]:
        """By (stream, service, district), by state, the requests that have not ended."""
        return _still(self.states)

    def open(self, place: int) -> dict[Any, dict[str, int]]:
        """The same by one of these keys alone."""
        return {key: dict(by) for key, by in folded(self.standing, lambda key: key[place]).items()}


@dataclass(frozen=True)
class _Clerks:
    """What is read of a range by who registered, beside requests and letters; keys are (stream or
    office id, clerk)."""

    took: Mapping[Key, Counter[str]]
    states: Mapping[Key, Counter[str]]
    waits: Mapping[Key, Counter[int]]
    late: Counter[Key]


def _still(states: Mapping[Key, Counter[str]]) -> dict[Key, Counter[str]]:
    """Of these those that have not ended."""
    told = states.items()
    still = {key: Counter({s: n for s, n in by.items() if s not in _ENDED}) for key, by in told}
    return {key: +by for key, by in still.items()}


def _read(session: Session, asked: Range, calendar: OfficeCalendar, at: datetime) -> _Found:
    late, clerks_late = _late(session, asked, at)
    return _Found(
        requests=sums.requests(session, asked),
        states=sums.states(session, asked),
        letters=sums.letters(session, asked),
        waits=sums.waits(session, asked, calendar),
        taken=sums.takings(session, asked),
        late=late,
        clerks=_Clerks(
            took=sums.clerk_takings(session, asked),
            states=sums.clerk_states(session, asked),
            waits=sums.clerk_waits(session, asked, calendar),
            late=clerks_late,
        ),
    )


def _late(session: Session, asked: Range, at: datetime) -> tuple[Counter[Key], Counter[Key]]:
    """By (stream that received it, service, district), and by (that stream, clerk): past its day,
    of what was received then."""
    row, held = CaseRow, [overdue(at), *_of(asked)]
    # Not the columns themselves: SQLite would go through all cases in the order of one of them to
    # spare a grouping.
    late = select(row.stream, row.received_in, row.service, row.district, row.clerk)
    parts, clerks = Counter[Key](), Counter[Key]()
    for stream, received_in, service, district, clerk in session.execute(late.where(*held)):
        home = received_in or stream
        parts[home, service, district] += 1
        clerks[home, clerk] += 1
    return parts, clerks


def _of(asked: Range) -> Iterator[ColumnElement[bool]]:
    """What was received then, of what was asked for."""
    yield CaseRow.received_on.between(asked.first, asked.last)
    if asked.service:
        yield CaseRow.service == asked.service
    if asked.district:
        yield CaseRow.district == asked.district


def _late_steps(session: Session, asked: Range) -> dict[str, int]:
    """By step, those that wait in it longer than is promised, of what was received then."""
    steps = session.scalars(select(CaseRow.step).where(LATE_STEPS, *_of(asked)))
    return dict(sorted(Counter(steps).items()))


def _summed(counts: Mapping[Key, int], place: int) -> Counter[str | int]:
    found: Counter[str | int] = Counter()
    for key, count in counts.items():
        found[key[place]] += count
    return found


def _middle(waited: Counter[int]) -> int:
    return half_up(median(waited.elements())) if waited else 0


def _parts(found: _Found, place: int) -> list[PartRow]:
    """The figures by service, or by district: the second or the third of the keys."""
    waits = folded(found.waits, lambda key: key[place])
    standing, late = found.open(place), _summed(found.late, place)
    # Letters and money have no office before the two.
    letters, taken = found.letters.by(place - 1), found.taken.by(place - 1)
    requests = found.requests.by(place)
    return [
        PartRow(
            part=str(part),
            open=sum(standing.get(part, {}).values()),
            late=late[part],
            taken=taken.get(part, Counter())["amount"],
            **_shared(
                requests.get(part, Counter()),
                letters.get(part, Counter()),
                waits.get(part, Counter()),
                standing.get(part, {}),
            ),
        )
        for part in sorted({*requests, *letters, *taken})
    ]


def _shared(
    requests: Counter[str], letters: Counter[str], waits: Counter[int], standing: Mapping[str, int]
) -> dict[str, Any]:
    """What is told alike of an office, a clerk, a service and a district."""
    return {
        "answered": waits.total(),
        "waited": _middle(waits),
        "states": dict(standing),
        "received": requests["received"],
        "instant": requests["answer"],
        "visits": requests["visit"] + requests["visit-no-record"],
        "visits_no_record": requests["visit-no-record"],
        "sent_back": requests["sent_back"],
        "issued": letters["issued"],
        "released": letters["released"],
        "voided": letters["voided"],
        "copies": letters["copies"],
    }


def _clerks(cards: Mapping[str, OfficeCard], found: _Found) -> list[ClerkRow]:
    requests, own = found.requests.clerks, found.clerks
    taken, standing, nothing = own.took, _still(own.states), Counter[str]()
    letters, waits = _streams(found.letters.own), _streams(own.waits)
    return [
        ClerkRow(
            office=cards[key[0]].code,
            clerk=key[1],
            late=own.late[key],
            taken=taken.get(key, nothing)["amount"],
            **_shared(
                requests.get(key, nothing),
                letters.get(key, nothing),
                waits.get(key, Counter()),
                standing.get(key, nothing),
            ),
        )
        for key in sorted({*requests, *letters, *taken})
    ]


def _streams(counts: Mapping[Key, Counter[Any]]) -> dict[Key, Counter[Any]]:
    """What goes by (office id, clerk), by (stream, clerk)."""
    return {(office_stream(office), clerk): told for (office, clerk), told in counts.items()}


def _asked(row: type[CaseRow], ask: BoardAsk) -> list[ColumnElement[bool]]:
    """Rows of cases that were received on the asked days, of the asked service and district."""
    asked = [row.received_on >= first_day(ask.day, ask.days), row.received_on <= ask.day]
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


def _counted(session: Session, *which: ColumnElement[bool]) -> list[int]:
    """How many cases each holds of, asked at once: each by its own index."""
    counts = (select(func.count()).select_from(CaseRow).where(each) for each in which)
    asked = select(*(each.scalar_subquery() for each in counts))
    return [int(count) for count in session.execute(asked).one()]


def _waiting(session: Session, at: datetime) -> dict[str, int]:
    """Open cases by state and how many whole days the oldest of them has waited."""
    # Asked at once, state by state: the oldest of each stands first in an index.
    row = CaseRow
    oldest = (select(func.min(row.updated_at)).where(row.state == state) for state in _WAITING)
    told = session.execute(select(*(each.scalar_subquery() for each in oldest))).one()
    by_state = zip(_WAITING, told, strict=True)
    return {state: (at - since).days for state, since in by_state if since is not None}


def _offices(
    session: Session,
    cards: Mapping[str, OfficeCard],
    found: _Found,
    called: Mapping[str, outages.Called],
    at: datetime,
) -> list[OfficeBody]:
    # Not the column itself: SQLite would go through all cases in its order to spare a grouping.
    stream = CaseRow.stream.concat(literal_column("''"))
    overdue_now = _by_office(session, select(stream, func.count()).where(overdue(at)))
    kept = select(CaseCountRow.stream, func.sum(CaseCountRow.cases))
    waiting = _by_office(session, kept.where(CaseCountRow.state.in_(_WAITING)))
    requests, late = found.requests.by(0), _summed(found.late, 0)
    letters = folded(found.letters.own, lambda key: key[0])
    waits = folded(found.waits, lambda key: key[0])
    taken = folded(found.taken.own, lambda key: key[0])
    standing = found.open(0)
    rows = []
    for name, office in sorted(cards.items(), key=lambda known: known[1].code):
        if name == MUNICIPALITY:
            continue
        key = office_of(name)
        last = called.get(office.own_id)
        rows.append(
            OfficeBody(
                office=office.code,
                name=office.name,
                waiting=waiting.get(name, 0),
                overdue=overdue_now.get(name, 0),
                heard_at=last.heard_at if last is not None else None,
                late=late[name],
                taken=taken.get(name, Counter())["amount"],
                **_shared(
                    requests.get(name, Counter()),
                    letters.get(key, Counter()),
                    waits.get(key, Counter()),
                    standing.get(name, {}),
                ),
            )
        )
    return rows


def _by_office(session: Session, counted: Select[str, int]) -> dict[str, int]:
    by = counted.group_by(counted.selected_columns[0])
    return {stream: int(count) for stream, count in session.execute(by)}
