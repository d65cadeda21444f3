"""The figures of the supervisor's page counted anew from the facts, each case walked by itself.

Nothing that the page is read off is read here: no case's row, no letter's, no outage's, no sum that
the database keeps. So a figure that both give is the same by two ways.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from statistics import median
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.context import day_of
from desktop.centre.outages import LATE
from desktop.centre.people import told_apart
from desktop.centre.tables import CommandRow, DeviceRow, FactRow
from desktop.centre.takings import MOVED
from desktop.domain import facts as f
from desktop.domain.applying import case_of
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.case import Case, what_of
from desktop.domain.cash import kind_of
from desktop.domain.decision import Outcome
from desktop.domain.letter import LetterKind
from desktop.domain.money import half_up
from desktop.domain.office import MUNICIPALITY
from desktop.domain.outage import Stretch, length, together, without
from desktop.domain.request import mark_of
from desktop.domain.state import ANSWERED, AWAITS_CENTRE, ENDS, OPEN
from desktop.domain.stream import Fact, office_of, office_stream
from desktop.wire.board import BoardAnswer, ServedRow
from desktop.wire.codec import decode_command, decode_fact, unfolded

_PLAIN = (
    "received", "instant", "overdue", "voided", "copies", "looks_due", "looks_done",
    "median_ms", "p95_ms", "answered", "waited", "recalls", "late", "escalated", "sent_back",
    "released", "waited_most", "working",
)  # fmt: skip
_OF_BOTH = (
    "received", "instant", "late", "visits", "visits_no_record", "sent_back", "issued", "released",
    "voided", "copies", "answered", "waited", "taken",
)  # fmt: skip
_OF_OFFICE = (*_OF_BOTH, "waiting", "overdue")
_OF_PART = (*_OF_BOTH, "open")
_TIMED = 7
_MOST = 0.9
_NO_OUTCOME, _NO_RECORD = "waiting", "visit-no-record"

Figures = dict[str, int]
"""Each figure by its name; what is nought is left out."""


def told(board: BoardAnswer) -> Figures:
    """The figures of the page, by name. The age of the records is no case's fact; nor is an
    office's last call (Unix time, seconds), which it says itself."""
    found: Figures = {name: getattr(board, name) for name in _PLAIN} | {"issued": board.letters}
    for what, counts in (
        ("outcome", board.outcomes),
        ("open", board.open),
        ("oldest, days", board.waiting_days),
        ("taken", board.taken),
        ("late step", board.late_steps),
    ):
        found |= {f"{what}: {key}": count for key, count in counts.items()}
    for hour, outcomes in board.hours.items():
        found |= {f"hour {hour}: {key}": count for key, count in outcomes.items()}
    for office in board.offices:
        found |= _row(f"office {office.office}", office, _OF_OFFICE)
        if office.heard_at is not None:
            found |= _heard(office.office, office.heard_at)
    for clerk in board.clerks:
        found |= _row(f"clerk {clerk.office}/{clerk.clerk}", clerk, _OF_BOTH)
    for what, parts in (("service", board.services), ("district", board.districts)):
        for part in parts:
            found |= _row(f"{what} {part.part}", part, _OF_PART)
    if board.correctness is not None:
        dumped = board.correctness.model_dump()
        found |= {f"second look: {key}": count for key, count in dumped.items()}
    if board.outages_ended == sum(each.until is not None for each in board.outages):
        # Else it tells how many more there are, and not what they delayed.
        for outage in board.outages:
            name = _delayed(outage.office)
            found[name] = found.get(name, 0) + outage.delayed
    return {name: int(count) for name, count in found.items() if count}


def _row(name: str, row: ServedRow, figures: Sequence[str]) -> Figures:
    found = {f"{name}: {each}": int(getattr(row, each)) for each in figures}
    return found | {f"{name}: open {state}": count for state, count in row.states.items()}


def _delayed(code: str) -> str:
    return f"late acts, office {code}" if code else "late acts, centre"


def _heard(code: str, at: datetime) -> Figures:
    return {f"office {code}: heard": int(at.timestamp())}


def unlike(board: Figures, facts: Figures) -> list[str]:
    """The figures that the two ways give otherwise, in words."""
    names = sorted(board.keys() | facts.keys())
    return [
        f"{name}: {board.get(name, 0)} on the page, {facts.get(name, 0)} by the facts"
        for name in names
        if board.get(name, 0) != facts.get(name, 0)
    ]


def counted(
    session: Session,
    first: date,
    last: date,
    calendar: OfficeCalendar,
    codes: Mapping[str, str],
    heard: Mapping[str, datetime],
    at: datetime,
    service: str = "",
    district: int = 0,
) -> Figures:
    """The same figures by the facts, of days that are both counted, where it is said of one service
    or district alone; `codes` are the offices' by their streams, `heard` by their codes when their
    desks called last, as these know it."""

    def clerk(registered: Fact) -> str:
        office, who = office_of(registered.stream), registered.actor
        return told_apart(session, office, who, registered.actor_name)

    count = _Count(first, last, calendar, codes, at, service, district, clerk)
    for facts in cases(session):
        case = case_of(facts)
        if case is not None:
            count.take(case, facts)
    found = count.figures()
    for code, last_call in heard.items():
        found |= _heard(code, last_call)
    return found


class LateAct(NamedTuple):
    """An act that came so late that something held it up: of which office, made when, come when."""

    office: str
    made_at: datetime
    came_at: datetime


def late_acts(session: Session) -> list[LateAct]:
    """Those of all offices' desks, by what each act itself says of when it was made."""
    row, desk = CommandRow, DeviceRow
    query = select(desk.office, row.canon, row.received_at)
    query = query.join(desk, desk.device_id == row.device_id).where(desk.office != MUNICIPALITY)
    rows = session.execute(query.execution_options(yield_per=5_000))
    acts = (LateAct(office, decode_command(text).made_at, came) for office, text, came in rows)
    return [each for each in acts if each.came_at - each.made_at > LATE]


def delayed(
    late: Iterable[LateAct],
    first: date,
    last: date,
    codes: Mapping[str, str],
    down: Sequence[Stretch],
) -> Figures:
    """How many acts each office's line held up on these days, and the centre, which did not run
    while it was `down`, as whoever stopped it knows."""
    begin, end = (datetime.combine(day, time(), TEHRAN) for day in (first, last + timedelta(1)))
    found: Counter[str] = Counter()
    lines: defaultdict[str, list[Stretch]] = defaultdict(list)
    for each in late:
        waited = Stretch(each.made_at, each.came_at)
        if length(without([waited], down)) > LATE:
            lines[each.office].append(waited)
            continue
        off = next(each for each in down if each.until > waited.since)
        found[_delayed("")] += off.since < end and off.until >= begin
    for office, waits in lines.items():
        touching = [each for each in together(waits) if each.since < end and each.until >= begin]
        found[_delayed(codes[office_stream(office)])] = sum(
            whole.since <= each.since < whole.until for each in waits for whole in touching
        )
    return dict(+found)


def cases(session: Session) -> Iterator[list[Fact]]:
    """The facts of each case in the stream in which it went on last."""
    query = select(FactRow.case_id, FactRow.stream, FactRow.kind, FactRow.canon)
    ordered = query.where(FactRow.rev > 0).order_by(FactRow.case_id, FactRow.stream, FactRow.rev)
    rows = session.execute(ordered.execution_options(yield_per=5_000))
    for _, own in groupby(rows, key=lambda row: row.case_id):
        streams = [list(each) for _, each in groupby(own, key=lambda row: row.stream)]
        walked = [
            [decode_fact(text) for text in unfolded([(row.kind, row.canon) for row in each])]
            for each in streams
        ]
        yield max(walked, key=lambda facts: facts[-1].rev)


@dataclass
class _Count:
    first: date
    last: date
    calendar: OfficeCalendar
    codes: Mapping[str, str]
    at: datetime
    service: str
    district: int
    clerk: Callable[[Fact], str]
    told: Counter[str] = field(default_factory=Counter)
    waits: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    lots: set[int] = field(default_factory=set)
    times: list[int] = field(default_factory=list)

    def take(self, case: Case, facts: Sequence[Fact]) -> None:
        """Count the case in everything that it belongs to."""
        # What stands now is told of all, whatever is asked for.
        self._standing(case, facts)
        if self.service in ("", case.request.service) and self.district in (0, case.district):
            self._request(case, facts)
            self._letters(case, facts)
            self._money(case, facts)

    def figures(self) -> Figures:
        """What came together."""
        for prefix, waited in self.waits.items():
            self.told[f"{prefix}answered"] = len(waited)
            self.told[f"{prefix}waited"] = half_up(median(waited))
        whole = sorted(self.waits.get("", ()))
        self.told["waited_most"] = next(
            (d for n, d in enumerate(whole, start=1) if n >= _MOST * len(whole)), 0
        )
        length = (self.last - self.first).days + 1
        if self.times and length <= _TIMED:
            ordered = sorted(self.times)
            self.told["median_ms"] = round(median(ordered))
            self.told["p95_ms"] = ordered[int(len(ordered) * 0.95)]
        self.told["second look: mixed"] = len(self.lots) > 1
        days = (self.first + timedelta(days=each) for each in range(length))
        self.told["working"] = sum(map(self.calendar.is_working, days))
        return {name: count for name, count in self.told.items() if count}

    def _within(self, day: date) -> bool:
        return self.first <= day <= self.last

    def _office(self, case: Case) -> str:
        """Its code, of the office that received the case."""
        return self.codes[case.former[0] if case.former else case.stream]

    def _parts(self, case: Case) -> tuple[str, str]:
        return f"service {case.request.service}: ", f"district {case.district}: "

    def _request(self, case: Case, facts: Sequence[Fact]) -> None:
        if not self._within(case.request.received_on):
            return
        registered, office = facts[0], self._office(case)
        decided = next((each for each in facts if isinstance(each.payload, f.Decided)), None)
        outcome = _first_outcome(decided)
        came_back = any(isinstance(each.payload, f.Returned) for each in facts)
        own, clerk = f"office {office}: ", f"clerk {office}/{self.clerk(registered)}: "
        for prefix in ("", own, clerk, *self._parts(case)):
            self.told[f"{prefix}received"] += 1
            self.told[f"{prefix}instant"] += outcome == Outcome.ANSWER.value
        for prefix in (own, clerk, *self._parts(case)):
            self.told[f"{prefix}visits"] += outcome.startswith(Outcome.VISIT.value)
            self.told[f"{prefix}visits_no_record"] += outcome == _NO_RECORD
        for prefix in ("", own, clerk, *self._parts(case)):
            self.told[f"{prefix}sent_back"] += came_back
        for prefix in ("", own, clerk, *self._parts(case)):
            self.told[f"{prefix}late"] += self._is_late(case)
        self.told["escalated"] += case.escalated
        if case.step_is_late and case.step is not None:
            self.told[f"late step: {case.step.value}"] += 1
        self.told[f"outcome: {outcome}"] += 1
        self.told[f"hour {registered.at.astimezone(TEHRAN).hour}: {outcome}"] += 1
        if case.state not in ENDS:
            self.told[f"open: {case.state.value}"] += 1
            for prefix in (own, clerk, *self._parts(case)):
                self.told[f"{prefix}open {case.state.value}"] += 1
            for prefix in self._parts(case):
                self.told[f"{prefix}open"] += 1
        if decided is not None:
            self.times.append(round((decided.at - registered.at).total_seconds() * 1000))
        self._look(case, facts)

    def _look(self, case: Case, facts: Sequence[Fact]) -> None:
        """Among those of the lot of all, or of a risk: taken, looked at, wrong."""
        payloads = [each.payload for each in facts]
        taken = any(isinstance(each, f.Decided) and each.sampled for each in payloads)
        taken |= any(isinstance(each, f.LetterReleased) and each.own for each in payloads)
        if not taken:
            return
        drawn = [each.drawn for each in payloads if isinstance(each, f.Decided) and each.drawn]
        lot = bool(drawn)
        self.lots.update(drawn[:1])
        looks = [each for each in payloads if isinstance(each, f.SecondLooked)]
        names = (
            ("drawn", "looked", "wrong") if lot else ("weighed", "weighed_looked", "weighed_wrong")
        )
        counts = (1, bool(looks), bool(looks) and not looks[-1].right)
        for name, more in zip(names, counts, strict=True):
            self.told[f"second look: {name}"] += more

    def _is_late(self, case: Case) -> bool:
        return case.state not in ENDS and case.awaited_by < day_of(self.at)

    def _standing(self, case: Case, facts: Sequence[Fact]) -> None:
        """What holds now, whenever the request came."""
        here = f"office {self.codes[case.stream]}: "
        self.told["overdue"] += self._is_late(case)
        self.told[f"{here}overdue"] += self._is_late(case)
        self.told["looks_done"] += case.looked is not None
        due = bool(case.sampled) and case.looked is None and case.state in ANSWERED
        self.told["looks_due"] += due
        self.told["recalls"] += case.recalled
        if case.state in OPEN - AWAITS_CENTRE:
            self.told[f"{here}waiting"] += 1
            oldest = f"oldest, days: {case.state.value}"
            self.told[oldest] = max(self.told[oldest], (self.at - facts[-1].at).days)

    def _letters(self, case: Case, facts: Sequence[Fact]) -> None:
        issued = {
            each.payload.letter.letter_id: each
            for each in facts
            if isinstance(each.payload, f.LetterIssued) and self._within(day_of(each.at))
        }
        copies: dict[str, int] = {}
        voided: set[str] = set()
        clerk = self.clerk(facts[0])

        def count(letter: str, what: str, more: int = 1) -> None:
            code = self.codes[issued[letter].stream]
            for prefix in ("", f"office {code}: ", f"clerk {code}/{clerk}: ", *self._parts(case)):
                self.told[f"{prefix}{what}"] += more

        for each in facts:
            match each.payload:
                case f.LetterReleased(letter_id=letter) if letter in issued:
                    count(letter, "released")
                case f.LetterPrinted(letter_id=letter, copy=copy) if letter in issued:
                    copies[letter] = copy
                case f.LetterVoided(letter_id=letter) if letter in issued:
                    voided.add(letter)
                    count(letter, "voided")
                case _:
                    pass
        for letter in issued:
            count(letter, "issued")
            count(letter, "copies", max(copies.get(letter, 0) - 1, 0))
        for each in issued.values():
            assert isinstance(each.payload, f.LetterIssued)
            held = each.payload.letter
            if held.kind is LetterKind.DEBT or held.letter_id in voided:
                # A citizen waits for the letter that stands.
                continue
            days = self.calendar.working_days_between(case.request.received_on, day_of(each.at))
            code = self.codes[each.stream]
            for prefix in ("", f"office {code}: ", f"clerk {code}/{clerk}: ", *self._parts(case)):
                self.waits[prefix].append(days)

    def _money(self, case: Case, facts: Sequence[Fact]) -> None:
        for each in facts:
            match each.payload:
                case f.FeePaid(fee=what, payment=paid) | f.AmountPaid(key=what, payment=paid):
                    mark, amount, day = mark_of(what, paid), paid.amount, paid.paid_on
                case f.FeeRefunded(mark=mark):
                    paid, what = case.takings[mark], what_of(case, mark)
                    amount, day = -paid.amount, day_of(each.at)
                case _:
                    continue
            if paid.method in MOVED and mark not in case.struck and self._within(day):
                self.told[f"taken: {kind_of(what).value}"] += amount
                till, clerk = self.codes[case.tills[mark]], self.clerk(facts[0])
                for prefix in (f"office {till}: ", f"clerk {till}/{clerk}: ", *self._parts(case)):
                    self.told[f"{prefix}taken"] += amount


def _first_outcome(decided: Fact | None) -> str:
    """As the page tells it: visits for want of a record apart."""
    if decided is None or not isinstance(decided.payload, f.Decided):
        return _NO_OUTCOME
    decision = decided.payload.decision
    wanting = any(each.gate == "record" for each in decision.failing)
    visit = decision.outcome is Outcome.VISIT and wanting
    return _NO_RECORD if visit else decision.outcome.value
