"""An office's day as its desk knows it: every number counted from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.actions import cash as cash_book
from desktop.actions.act_drafts import KIND
from desktop.actions.desk import Desk, Seat
from desktop.actions.undone import undone_since
from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.cash import Book, Entry, Match, entries_of
from desktop.domain.day_counting import (
    RegisterSpan,
    gaps,
    handed_over,
    numbered,
    printed,
    requests,
    with_later_voids,
)
from desktop.domain.day_register import (
    COUNTED,
    FIRST_ANSWERS,
    LATER_ANSWERS,
    Closing,
    Explanation,
    Figures,
    Numbered,
    RefusedMoney,
    ends,
)
from desktop.domain.lawful_money import voidable
from desktop.domain.people import Role
from desktop.domain.stamped_sheets import DropSheets, SheetsDropped, SheetsTaken, TakeSheets
from desktop.domain.state import State
from desktop.domain.stream import Fact
from desktop.domain.tool import Tool, tool_of
from desktop.domain.undone import Undone
from desktop.forms import permits
from desktop.store import (
    cash,
    closings,
    drafts,
    meta,
    outbox,
    people,
    queue,
    spans,
    stamped_sheets,
    work_items,
)
from desktop.store.open import Session
from desktop.store.queue import QueueFilter
from desktop.store.row import Rank
from desktop.store.view import View, of_case


@dataclass(frozen=True)
class Doubt:
    """A payment that terminal or bank may not have, and what can be said of it.

    `day` is the day of the register in which it was told first; `carried` that this was an earlier
    one. `answer` is what was said of it last.
    """

    entry: Entry
    day: date
    carried: bool
    answers: tuple[Explanation, ...]
    answer: Explanation | None = None

    @property
    def name(self) -> str:
        """What names the payment among all."""
        return self.entry.name


@dataclass(frozen=True)
class SheetsCame:
    """Numbered sheets that were taken from the municipality, and put aside blank."""

    taken: int
    dropped: int


@dataclass(frozen=True)
class Day:
    """An office's day as this desk knows it, at the moment `at` (UTC).

    `closed` is its register where it was closed; then the rest counts what came after. `last` is
    the register before, `to_close` are days before today on which people worked and that nobody
    closed, `unclosed` those of them that come before this one. `figures` but for what
    is counted by hand; `doubts` are payments to be explained, `matched` of which money nobody need
    say more. `banks` are closed days whose payments the bank was not asked of yet. `gaps` are
    numbers after which one is missing. `counted` is what the till was closed
    with last, `may` whether the person closes the day, `stands_in_for` for whom. `refused` is money
    of refused acts that nobody has settled, `undone` payments of earlier registers that stand
    otherwise since the one before. `sheets` are those that came and went otherwise than by a print,
    where they have numbers.
    """

    day: date
    today: date
    at: datetime
    closed: Closing | None
    last: Closing | None
    unclosed: tuple[date, ...]
    to_close: tuple[date, ...]
    span: RegisterSpan
    chain: str
    ahead: tuple[str, ...]
    figures: Figures
    book: Book
    carried: tuple[Doubt, ...]
    banks: tuple[date, ...]
    printed: tuple[int, int, int]
    sheets: SheetsCame | None
    letters: Numbered
    gaps: tuple[str, ...]
    counted: Mapping[Tool, int]
    next_day: date
    may: bool
    stands_in_for: str
    voidable: frozenset[str] = frozenset()
    refused: tuple[RefusedMoney, ...] = ()
    undone: tuple[Undone, ...] = ()

    def doubts(self, chosen: Iterable[str]) -> tuple[Doubt, ...]:
        """What must be explained: left open by a register before, doubted when the till was closed,
        or chosen (names of open payments)."""
        names = set(chosen)
        own = [
            self.doubt(entry)
            for entry in self.book.entries
            if entry.match is Match.DOUBTED or (entry.match is Match.OPEN and entry.name in names)
        ]
        return (*self.carried, *own)

    def found(self, tool: Tool, said: Mapping[str, Explanation]) -> int:
        """Rial of payments that a register before left open and the tool is said to have now."""
        return sum(
            doubt.entry.amount
            for doubt in self.carried
            if doubt.entry.tool is tool and said.get(doubt.name) is Explanation.FOUND
        )

    def doubt(self, entry: Entry) -> Doubt:
        """A payment of this day, with what can be said of it."""
        answers: tuple[Explanation, ...] = (
            LATER_ANSWERS if entry.match is Match.DOUBTED else FIRST_ANSWERS
        )
        if entry.name not in self.voidable:
            answers = tuple(each for each in answers if each is not Explanation.MISTAKE)
        return Doubt(entry, self.day, carried=False, answers=answers)


def look(seat: Seat, day: date | None = None) -> Day:
    """The day; without one the first that is not closed, else today."""
    with seat.desk.store.reading() as session:
        return _look(session, seat, day)


def _look(session: Session, seat: Seat, day: date | None) -> Day:
    desk = seat.desk
    at, today = desk.moment(session), desk.today(session)
    known = closings.closings(session)
    last = known[0] if known else None
    unclosed = _unclosed(session, last, today)
    day = day or (unclosed[0] if unclosed else today)
    closed = next((each for each in known if each.register.day == day), None)
    if closed is None and known and day < known[-1].register.day:
        closed = closings.closing_of(session, day)
    span = _span(session, known, day, at)
    views = [
        of_case(session, case_id, desk.reference.setting_for)
        for case_id in spans.touched(session, span.after, span.pos)
    ]
    booked = list(_booked(views, span))
    span = with_later_voids(span, booked)
    acts = _acts(views, span)
    waiting = [
        each
        for each in spans.sheets_waiting(session, span.until)
        if each.command_id not in span.spent
    ]
    told = spans.sheets_told(session, span.after, span.pos)
    paper: list[object] = [payload for cause, payload in told if cause not in span.spent]
    paper += [each.payload for each in waiting]
    city = desk.reference.city(session, today)
    entries = (entry for entry in booked if span.holds_entry(entry))
    book = Book(day, tuple(sorted(entries, key=lambda entry: (entry.at, entry.mark))))
    find, managers = desk.reference.finding(session), people.managers(session, seat.staff.office)
    deputised = permits.stood_in_for(find, managers, seat.staff.staff_id, day)
    named = people.find(session, deputised) if deputised else None
    next_day = next(city.calendar.working_days(max(day, today)))
    letters = [each for each in acts if each.pos]
    return Day(
        day=day,
        today=today,
        at=at,
        closed=closed,
        last=last,
        unclosed=tuple(each for each in unclosed if each < day),
        to_close=unclosed,
        span=span,
        chain=spans.chain_at(session, span.pos),
        ahead=(*_ahead(views, span), *(each.command_id for each in waiting)),
        figures=_figures(session, views, acts, day, today, next_day),
        book=book,
        carried=_carried(session, desk, last),
        banks=tuple(_banks(session, desk, known, day)),
        printed=printed([*(act.payload for act in acts), *paper]),
        sheets=_sheets(session, paper),
        letters=numbered(acts),
        gaps=gaps(letters, _last_number(each for each in known if each.register.day < day)),
        counted=_counted(session, book),
        next_day=next_day,
        may=permits.may_close(find, managers, seat.staff, day, at),
        stands_in_for=named.name
        if named is not None and seat.staff.role is not Role.MANAGER
        else "",
        voidable=_voidable(views),
        refused=tuple(_refused(session, day)),
        undone=undone_since(
            session,
            desk.reference.setting_for,
            [each.register for each in known if each.register.day < day],
            span,
            booked,
        ),
    )


def _sheets(session: Session, acts: Iterable[object]) -> SheetsCame | None:
    """What came and went by these: as told and not counted before, and what waits to be sent."""
    if not stamped_sheets.has_any(session):
        return None
    acts = list(acts)
    taken = sum(each.run.count for each in acts if isinstance(each, SheetsTaken | TakeSheets))
    dropped = sum(each.run.count for each in acts if isinstance(each, SheetsDropped | DropSheets))
    return SheetsCame(taken, dropped)


def unclosed_days(session: Session, today: date) -> tuple[date, ...]:
    """Days before today on which people worked and that nobody closed since the last close."""
    return _unclosed(session, next(iter(closings.closings(session, 1)), None), today)


def _unclosed(session: Session, last: Closing | None, today: date) -> tuple[date, ...]:
    """Days before today on which people worked since the last close; none before the first."""
    if last is None:
        return ()
    worked = {
        at.astimezone(TEHRAN).date() for at in spans.moments_of_work(session, last.register.pos)
    }
    return tuple(sorted(day for day in worked if last.register.day < day < today))


def _span(session: Session, known: Iterable[Closing], day: date, at: datetime) -> RegisterSpan:
    """What the day's register covers: from the end of the one before, to the day's end or now."""
    before = [each for each in known if each.register.day < day]
    until = min(at, ends(day))
    begin = datetime.combine(day, time(), TEHRAN)
    last = before[0].register if before else None
    after = last.pos if last is not None else spans.place_at(session, begin)
    pos = max(after, spans.place_at(session, until + timedelta(microseconds=1)))
    spent = frozenset(command for each in before for command in each.register.ahead)
    home = meta.get(session).identity.home
    return RegisterSpan(home, after, pos, until + timedelta(microseconds=1), spent)


def _acts(views: Iterable[View], span: RegisterSpan) -> list[Fact]:
    lines = (line for view in views for line in (*view.confirmed, *view.provisional))
    return sorted((line for line in lines if span.holds(line)), key=lambda line: line.at)


def _booked(views: Iterable[View], span: RegisterSpan) -> Iterator[Entry]:
    """All that ever came into this till with the cases that the span touches."""
    for view in views:
        yield from entries_of((*view.confirmed, *view.provisional), span.stream)


def _ahead(views: Iterable[View], span: RegisterSpan) -> tuple[str, ...]:
    causes = (line.cause for view in views for line in view.provisional if span.holds(line))
    return tuple(dict.fromkeys((*causes, *sorted(span.later))))


def _voidable(views: Iterable[View]) -> frozenset[str]:
    cases: Iterable[Case] = (view.case for view in views if view.case is not None)
    return frozenset(f"{case.case_id}/{mark}" for case in cases for mark in voidable(case))


def _figures(
    session: Session,
    views: Iterable[View],
    acts: Iterable[Fact],
    day: date,
    today: date,
    next_day: date,
) -> Figures:
    acts = list(acts)
    cases = {view.case_id: view.case for view in views}
    came = [
        (act, case)
        for act in acts
        if isinstance(act.payload, f.Registered) and (case := cases[act.case_id]) is not None
    ]
    counted = requests(came, day)
    late = QueueFilter(due_to=today - timedelta(days=1), ranks=frozenset({Rank.OURS, Rank.OTHERS}))
    return Figures(
        **vars(counted),
        handed_over=handed_over(acts),
        overdue=sum(queue.counts(session, late).values()),
        ready=queue.counts(session, QueueFilter()).get(State.RELEASED, 0),
        drafts=drafts.requests(session, but=KIND),
        visits_next=queue.visits_on(session, next_day),
        unsent=outbox.unsent_cases(session),
    )


def _refused(session: Session, day: date) -> Iterator[RefusedMoney]:
    """What was taken up to that day with acts that the centre refused, still unsettled."""
    for item in work_items.refused_money(session):
        told = item.detail
        taken = date.fromisoformat(told["paid_on"])
        if taken <= day:
            yield RefusedMoney(
                case_id=item.case_id,
                tool=tool_of(told["method"]),
                day=taken,
                amount=int(told["amount"]),
                reference=told["reference"],
                applicant=told["from"],
                act=item.command_kind,
            )


def _carried(session: Session, desk: Desk, last: Closing | None) -> tuple[Doubt, ...]:
    """What the last register left open and nobody has settled since."""
    if last is None:
        return ()
    home = meta.get(session).identity.home
    found = []
    for told in last.register.explained:
        if told.answer not in (Explanation.LATER, Explanation.REFERENCE):
            continue
        view = of_case(session, told.case_id, desk.reference.setting_for)
        entries = entries_of((*view.confirmed, *view.provisional), home)
        entry = next((e for e in entries if e.mark == told.mark and e.match is Match.DOUBTED), None)
        if entry is not None and view.case is not None:
            may_void = told.mark in voidable(view.case)
            answers = tuple(a for a in LATER_ANSWERS if may_void or a is not Explanation.MISTAKE)
            found.append(Doubt(entry, told.day, carried=True, answers=answers, answer=told.answer))
    return tuple(found)


def _banks(session: Session, desk: Desk, known: Iterable[Closing], day: date) -> Iterator[date]:
    """Days closed lately, before the day, whose bank was put off and is not counted since: after
    the holidays of a new year too."""
    late = (
        each.register.day
        for each in known
        if each.register.day < day
        and each.register.purse(Tool.BANK).counted is None
        and each.register.purse(Tool.BANK).payments
    )
    for put_off in late:
        since = datetime.combine(put_off, time(), TEHRAN)
        entries = cash_book.entries(desk, session, since, since + timedelta(days=1))
        if Book(put_off, entries).open(Tool.BANK):
            yield put_off


def _last_number(known: Iterable[Closing]) -> str:
    """The last letter's number in the newest register that has one."""
    return next((each.register.letters.last for each in known if each.register.letters.last), "")


def _counted(session: Session, book: Book) -> dict[Tool, int]:
    """What the till was closed with, where the book has not changed since."""
    closed = {each.tool: each for each in cash.closes(session, book.day)}
    return {
        tool: closed[tool.value].counted
        for tool in COUNTED
        if tool.value in closed
        and closed[tool.value].booked == book.total(tool)
        and not book.open(tool)
    }
