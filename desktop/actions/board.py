"""What is on the desk: queue, case, work items; the municipality's queues and board online."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.actions.desk import Desk, Seat
from desktop.domain.applying import case_of
from desktop.domain.case import Case
from desktop.domain.office import named_code, spelled
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.domain.stream import Fact
from desktop.store import case_counts, meta, queue, search, view, work_items
from desktop.store.open import Session
from desktop.store.queue import Order, QueueFilter
from desktop.store.row import QueueCase, Rank, next_step, to_release
from desktop.store.search import FoundCases
from desktop.store.view import View
from desktop.store.work_items import ItemKind, WorkItem
from desktop.wire import calls
from desktop.wire.board import BoardAnswer, BoardAsk
from desktop.wire.codec import decode_fact
from desktop.wire.payloads import CaseAsk, QueueAnswer, QueueAsk, QueueRow
from desktop.wire.watch import WatchAnswer, WatchAsk

__all__ = [
    "FoundCases", "ItemKind", "Order", "QueueAnswer", "QueueCase", "QueueFilter", "QueueRow",
    "Rank", "View", "WorkItem", "next_step", "to_release",
]  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """A list of cases as it was asked for: what is let through, its order, how many there are.

    `cut` tells that older closed cases match what was typed too, and are not listed.
    """

    wanted: QueueFilter
    order: Order
    descending: bool
    count: int
    cut: bool


@dataclass(frozen=True)
class Chips:
    """How many cases the filters beside a list would show."""

    states: dict[State, int]
    to_release: int
    overdue: int
    step_late: int


def listing(desk: Desk, wanted: QueueFilter, order: Order, *, descending: bool = False) -> Listing:
    """The list; its rows are read page by page."""
    with desk.store.reading() as session:
        return _listing(session, wanted, order, descending)


def listed(
    desk: Desk,
    wanted: QueueFilter,
    shown: QueueFilter,
    order: Order,
    *,
    descending: bool,
    row_id: int,
) -> tuple[Listing, Chips, int]:
    """The list of what is shown of the wanted, the chips' counts, and the row's place (−1: gone).

    All of one moment.
    """
    with desk.store.reading() as session:
        found = _listing(session, shown, order, descending)
        chips = Chips(
            queue.counts(session, wanted),
            sum(queue.counts(session, replace(wanted, to_release=True)).values()),
            sum(queue.counts(session, late(wanted, desk.today(session))).values()),
            sum(queue.counts(session, replace(wanted, step_late=True)).values()),
        )
        place = -1
        if row_id:
            place = queue.place(session, shown, order, row_id, descending=descending)
        return found, chips, place


def _listing(session: Session, wanted: QueueFilter, order: Order, descending: bool) -> Listing:
    count = sum(queue.turns(session, wanted).values())
    return Listing(wanted, order, descending, count, queue.is_cut(session, wanted))


def late(wanted: QueueFilter, today: date) -> QueueFilter:
    """Of the wanted, open cases whose promised day is past."""
    ranks = frozenset({Rank.OURS, Rank.OTHERS})
    return replace(wanted, ranks=ranks, due_to=today - timedelta(days=1))


def rows(desk: Desk, of: Listing, first: int, count: int) -> list[QueueCase]:
    """So many rows of the list from `first` on, as they stand now."""
    with desk.store.reading() as session:
        return queue.page(
            session,
            of.wanted,
            of.order,
            descending=of.descending,
            first=first,
            count=count,
            of=of.count,
        )


def waiting(desk: Desk, most: int) -> tuple[list[QueueCase], int]:
    """Cases that are not settled at the centre, the first so many; how many there are in all."""
    with desk.store.reading() as session:
        found = _listing(session, QueueFilter(waiting=True), Order.UPDATED, descending=False)
        ids = queue.ids(session, found.wanted, found.order, limit=most)
        known = queue.rows(session, ids)
        return [known[row_id] for row_id in ids], found.count


def look(desk: Desk, case_id: str) -> View:
    """A case of this office as the desk sees it now."""
    with desk.store.reading() as session:
        return desk.look(session, case_id)


def find(desk: Desk, typed: str, limit: int = 50) -> FoundCases:
    """Cases by what was typed: an id, a code, a plate, a number or a name.

    A number is found under each code that the office had, whichever it is written with.
    """
    with desk.store.reading() as session:
        texts: tuple[str, ...] = (typed,)
        if named_code(typed):
            own = meta.get(session).identity.office
            texts = spelled(typed, desk.reference.codes(session, own))
        found = search.find(session, texts[0], limit)
        for other in texts[1:]:
            found = found if found.cases else search.find(session, other, limit)
        return found


def linked(desk: Desk, case_id: str) -> list[QueueCase]:
    """The case from which this one was opened, and those opened from it."""
    with desk.store.reading() as session:
        return queue.linked(session, case_id)


def services_known(desk: Desk) -> dict[str, Service]:
    """The services in force today by code, for their titles, icons and terms."""
    with desk.store.reading() as session:
        return desk.reference.services(session, desk.today(session))


def offices_known(desk: Desk) -> dict[str, str]:
    """The names of the city's offices by their codes, in the order of the codes."""
    with desk.store.reading() as session:
        return desk.reference.offices(session, desk.today(session))


def recalls(desk: Desk) -> frozenset[str]:
    """The cases of this office whose stamped letter is to be voided."""
    with desk.store.reading() as session:
        return queue.recalls(session)


def ours(desk: Desk) -> int:
    """How many cases of this office wait for the office itself."""
    with desk.store.reading() as session:
        return case_counts.by_rank(session, ranks=(Rank.OURS,)).get(Rank.OURS, 0)


def service_of(desk: Desk, case: Case) -> Service:
    """The very version of the service that the case runs under. Raises Refusal when not here."""
    with desk.store.reading() as session:
        return desk.reference.service(session, case.request.service, case.request.version)


def releases(seat: Seat) -> frozenset[str]:
    """The services whose letters this person may release, by code."""
    desk = seat.desk
    with desk.store.reading() as session:
        day = desk.today(session)
        codes = frozenset(desk.reference.services(session, day))
        if seat.staff.role is Role.MANAGER:
            return codes
        staff_id = seat.staff.staff_id
        return frozenset(
            code for code in codes if desk.reference.authorised(session, staff_id, code, day)
        )


def after(desk: Desk, case_id: str) -> str:
    """The case that waits for the office next, another than this one; empty when none does."""
    with desk.store.reading() as session:
        waiting = queue.ids(session, QueueFilter(ranks=frozenset({Rank.OURS})), limit=2)
        found = queue.rows(session, waiting)
        cases = [found[row_id].case_id for row_id in waiting if row_id in found]
    return next((other for other in cases if other != case_id), "")


def items(desk: Desk) -> list[WorkItem]:
    """What a person must look at, newest first."""
    with desk.store.reading() as session:
        return work_items.waiting(session)


def finish_item(seat: Seat, item_id: str) -> None:
    """The person has looked at it."""
    desk = seat.desk

    def work(session: Session) -> None:
        case_id = work_items.finish(
            session, item_id, by=seat.staff.staff_id, at=desk.moment(session)
        )
        if case_id:
            view.refresh(session, [case_id], desk.reference.setting_for)

    desk.store.write(work)


def municipal_queue(
    seat: Seat,
    *,
    text: str = "",
    state: str = "",
    status: str = "",
    service: str = "",
    overdue: bool = False,
    recall: bool = False,
    escalated: bool = False,
    office: str = "",
    clerk: str = "",
    received: tuple[date | None, date | None] = (None, None),
    mine: bool = False,
    order: str = "",
    descending: bool = False,
    offset: int = 0,
    holder: str = "",
    district: int = 0,
) -> QueueAnswer:
    """A page of the municipal queue of the person's role; `office` by its code. Raises LineDown.

    `received` are the first and the last day; `mine` leaves an inspector's own visits, `holder` the
    cases of an expert (`wire.payloads.QueueAsk`).
    """
    ask = QueueAsk(
        actor=seat.staff.staff_id,
        text=text,
        state=state,
        status=status,
        service=service,
        offset=offset,
        limit=200,
        overdue=overdue,
        recall=recall,
        escalated=escalated,
        office=office,
        clerk=clerk,
        received_from=received[0],
        received_to=received[1],
        mine=mine,
        order=order,
        descending=descending,
        holder=holder,
        district=district,
        role=seat.staff.role.value if seat.staff.stands_in_for else "",
    )
    return seat.desk.ask(calls.QUEUE, ask)


@dataclass(frozen=True)
class MunicipalView:
    """A case as the municipality sees it: by its facts at the centre, and where its property is."""

    case: Case
    facts: tuple[Fact, ...]
    address: str


def municipal_look(seat: Seat, case_id: str) -> MunicipalView:
    """A case of any office. Raises LineDown; Refusal when unknown."""
    ask = CaseAsk(actor=seat.staff.staff_id, case_id=case_id)
    answer = seat.desk.ask(calls.CASE, ask)
    facts = tuple(decode_fact(text) for text in answer.facts)
    case = case_of(facts)
    if case is None:
        raise LookupError(f"a case without facts: {case_id}")
    with seat.desk.store.reading() as session:
        case = seat.desk.put_off(session, case)
    return MunicipalView(case, facts, answer.address)


def municipal_case(seat: Seat, case_id: str) -> tuple[Case, tuple[Fact, ...]]:
    """The case and its facts, as `municipal_look`."""
    seen = municipal_look(seat, case_id)
    return seen.case, seen.facts


def watched(seat: Seat) -> WatchAnswer:
    """What the supervisor watches over all offices. Raises LineDown."""
    return seat.desk.ask(calls.WATCH, WatchAsk(actor=seat.staff.staff_id))


def city_day(
    seat: Seat, day: date, *, days: int = 1, service: str = "", district: int = 0
) -> BoardAnswer:
    """The supervisor's board. Raises LineDown."""
    ask = BoardAsk(
        actor=seat.staff.staff_id, day=day, days=days, service=service, district=district
    )
    return seat.desk.ask(calls.BOARD, ask)
