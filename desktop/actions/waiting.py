"""What waits for the centre at a desk, act by act and why, and what the centre did not take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.actions import act_drafts
from desktop.actions.desk import Desk, Seat, SyncStatus
from desktop.domain.commands import Amend, KeepTheirs, Register
from desktop.domain.errors import Refusal
from desktop.domain.facts import Amended
from desktop.domain.line import Why
from desktop.domain.office import MUNICIPALITY
from desktop.domain.stream import Fact
from desktop.domain.transitions import ACTS
from desktop.store import blobs, meta, outbox, people, queue, view, work_items
from desktop.store.open import Session
from desktop.store.outbox import Unsent
from desktop.store.row import QueueCase
from desktop.store.work_items import ItemKind, WorkItem

MOST = 500
"""So many acts are listed one by one; of more, a row for each of as many cases."""
_GONE = "این مورد دیگر در فهرست نیست؛ شاید همکارتان تصمیم گرفته است."


class Reason(StrEnum):
    """Why a row stands in the list."""

    LINE = "line"
    """Nothing gets through; `Backlog.line` tells why."""
    AFTER = "after"
    """An act of the same case goes first."""
    FIRST = "first"
    """The registration of the same case goes first."""
    SENDING = "sending"
    """It goes with the next round."""
    PAPERS = "papers"
    """Documents' files, which go after the acts that name them."""
    REFUSED = "refused"
    """The centre found it unlawful."""
    OVERTAKEN = "overtaken"
    """Somebody else had changed the same before."""
    HELD = "held"
    """The centre has it, but an error parked it there."""
    RECALL = "recall"
    """The supervisor wants the letter voided."""
    DOUBLE = "double"
    """A case for the same is open at another office."""
    UNPROVEN = "unproven"
    """A letter came as released that nobody's kept key signed."""
    MESSAGE = "message"
    """A message did not reach the citizen."""
    ELSEWHERE = "elsewhere"
    """The office that a case came from did something before it knew."""
    MOVED = "moved"
    """The municipality moved a visit."""
    CALLED_OFF = "called-off"
    """The municipality called a visit off."""
    VOID_UNTOLD = "void-untold"
    """Somebody who has a void letter is still to be told."""
    COPY_ANSWERED = "copy-answered"
    """A supervisor said whether one more copy is printed."""
    COPY_GIVEN = "copy-given"
    """Another office gave a copy of a letter of this one."""
    PAPER_DIFFERS = "paper-differs"
    """Somebody saw a paper that shows something else than its code."""


@dataclass(frozen=True)
class Listed:
    """One thing that waits, or that a person must look at (then with its `item`).

    `since` is UTC; `act` a command's kind, empty for papers; `count` how many acts or papers it
    stands for, `size` their bytes. `case` is None where this desk does not keep the case.
    """

    key: str
    since: datetime
    act: str
    case_id: str
    case: QueueCase | None
    reason: Reason
    count: int = 1
    size: int = 0
    item: WorkItem | None = None


@dataclass(frozen=True)
class Hindrance:
    """What hinders the line: its name in the table of words, since when, and the next try (UTC).

    The name is `Why`'s, or of an answer that was not believed the alarm's own. `phone` is the
    municipality's where somebody must be called, empty where its card names none.
    """

    name: str
    since: datetime | None
    next_try: datetime | None
    phone: str = ""


@dataclass(frozen=True)
class Backlog:
    """How things stand between this desk and the centre, all of one moment (`now`, UTC).

    `line` is what hinders, None for nothing; `rows` are what a person must look at, then what waits
    in the order of sending. `acts` and `cases` count all that waits; `listed` how many of these
    cases have rows of their own where acts are not listed one by one, else None.
    """

    now: datetime
    status: SyncStatus
    line: Hindrance | None
    rows: tuple[Listed, ...]
    acts: int
    cases: int
    listed: int | None


def line_of(desk: Desk, session: Session, status: SyncStatus) -> Hindrance | None:
    """What hinders the line now; None when nothing does, or nobody has tried yet."""
    trouble = status.trouble
    if trouble is None:
        return None
    name = trouble.why.value
    if trouble.why is Why.STRANGE:
        name = meta.get(session).alarm or name
    phone = _municipal_phone(desk, session) if trouble.why.needs_a_person else ""
    return Hindrance(name, trouble.since, trouble.next_try, phone)


def _municipal_phone(desk: Desk, session: Session) -> str:
    """The municipality's telephone as its card came here; empty before the first sync."""
    try:
        return desk.reference.office(session, MUNICIPALITY, desk.today(session)).phone
    except Refusal:
        return ""


def line_now(desk: Desk) -> tuple[SyncStatus, Hindrance | None]:
    """How things stand in the status bar, and what hinders."""
    status = desk.sync_status()
    if status.trouble is None:
        # Asked every few seconds on the window's thread: nothing is read that need not be.
        return status, None
    with desk.store.reading() as session:
        return status, line_of(desk, session, status)


def backlog(desk: Desk) -> Backlog:
    """All that waits at this desk."""
    status = desk.sync_status()
    with desk.store.reading() as session:
        line = line_of(desk, session, status)
        items = work_items.waiting(session)
        grouped = status.waiting > MOST
        ask = outbox.unsent_by_case if grouped else outbox.unsent
        unsent = ask(session, MOST)
        named = {item.case_id for item in items} | {each.case_id for each in unsent}
        known = queue.of_cases(session, named)
        made = outbox.made_at(session, (item.command_id for item in items))
        rows = [_of_item(item, known, made) for item in items]
        rows.sort(key=lambda row: PLACES[row.reason])
        rows += _of_acts(unsent, known, line)
        papers, size, since = blobs.unsent(session)
        if papers and since is not None:
            rows.append(Listed("papers", since, "", "", None, Reason.PAPERS, papers, size))
        return Backlog(
            now=desk.moment(session),
            status=status,
            line=line,
            rows=tuple(rows),
            acts=status.waiting,
            cases=outbox.unsent_cases(session),
            listed=len(unsent) if grouped else None,
        )


PLACES = {reason: place for place, reason in enumerate(
    (Reason.UNPROVEN, Reason.PAPER_DIFFERS, Reason.OVERTAKEN, Reason.REFUSED, Reason.HELD,
     Reason.RECALL, Reason.VOID_UNTOLD, Reason.DOUBLE, Reason.MESSAGE, Reason.COPY_ANSWERED,
     Reason.COPY_GIVEN,
     Reason.MOVED, Reason.CALLED_OFF, Reason.ELSEWHERE)
)}  # fmt: skip
"""Where what a person must look at stands: what nobody else settles first, what a colleague
overtook before the rest."""


def _of_item(
    item: WorkItem, known: Mapping[str, QueueCase], made: Mapping[str, datetime]
) -> Listed:
    reason = Reason.OVERTAKEN if is_clash(item) else Reason(item.kind)
    since = item.at
    if item.kind in (ItemKind.REFUSED, ItemKind.HELD):
        since = made.get(item.command_id, item.at)
    case = known.get(item.case_id)
    return Listed(item.item_id, since, item.command_kind, item.case_id, case, reason, item=item)


def _of_acts(
    unsent: Iterable[Unsent], known: Mapping[str, QueueCase], line: Hindrance | None
) -> list[Listed]:
    rows, first = list[Listed](), dict[str, str]()
    for each in unsent:
        before = first.get(each.case_id)
        first.setdefault(each.case_id, each.kind)
        if before is not None:
            reason = Reason.FIRST if before == Register.kind else Reason.AFTER
        else:
            reason = Reason.SENDING if line is None else Reason.LINE
        rows.append(
            Listed(
                f"act:{each.device_seq}",
                each.made_at,
                each.kind,
                each.case_id,
                known.get(each.case_id),
                reason,
                count=each.acts,
            )
        )
    return rows


# Two who changed the same.


@dataclass(frozen=True)
class Compared:
    """One of the values that stand side by side: an answer's key, mine and theirs."""

    key: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Clash:
    """What two people wrote, and who: `by` and `at` of theirs, `mine_by` of the refused act (empty
    and None where unknown).

    `rest` counts what else the refused act would have changed: it goes again with either choice.
    """

    sides: tuple[Compared, ...]
    by: str
    at: datetime | None
    mine_by: str
    rest: int


def is_clash(item: WorkItem) -> bool:
    """Whether two values stand side by side, of which a person chooses one."""
    return item.kind is ItemKind.REFUSED and bool(item.key) and item.command_kind == Amend.kind


def clash(desk: Desk, item: WorkItem) -> Clash:
    """The two values of an item that is a clash, and of every other answer that clashes so."""
    with desk.store.reading() as session:
        return _clash(session, desk, item)


def _clash(session: Session, desk: Desk, item: WorkItem) -> Clash:
    stands = view.of_case(session, item.case_id, desk.reference.setting_for)
    mine, base = _refused(session, item)
    theirs = dict[str, tuple[str, Fact]]()
    for fact in stands.confirmed:
        told = fact.payload
        if isinstance(told, Amended) and fact.rev > base:
            theirs |= {key: (value, fact) for key, value in told.changes.items()}
    sides = {
        key: Compared(key, value, theirs[key][0])
        for key, value in mine.changes.items()
        if key in theirs and theirs[key][0] != value
    }
    # What the centre told stands there in any case, and first.
    sides = {item.key: Compared(item.key, item.mine, item.theirs)} | sides
    rest = len(mine.changes.keys() - sides.keys()) + len(mine.documents)
    last = theirs[item.key][1] if item.key in theirs else None
    by, at = (last.actor_name, last.at) if last is not None else ("", None)
    actor = people.find(session, item.actor)
    return Clash(tuple(sides.values()), by, at, actor.name if actor is not None else "", rest)


def _refused(session: Session, item: WorkItem) -> tuple[Amend, int]:
    """The refused act and on which revision it rests; of another desk's what the centre told."""
    command = outbox.find(session, item.command_id)
    if command is not None and isinstance(command.payload, Amend):
        return command.payload, command.base_rev
    return Amend({item.key: item.mine}), -1


def settle(seat: Seat, item_id: str, *, mine: bool) -> None:
    """Choose between two values: theirs stays, or mine takes its place.

    What else the refused act would have changed goes again either way, and the item is done, in one
    transaction; the office's other desks hear of it. Raises Refusal when it is no longer lawful, or
    somebody has chosen already.
    """
    desk = seat.desk

    def work(session: Session) -> WorkItem:
        waiting = (each for each in work_items.waiting(session) if each.item_id == item_id)
        item = next(waiting, None)
        if item is None:
            raise Refusal(_GONE)
        again = _again(session, desk, item, mine=mine)
        if again.changes or again.documents:
            seat.do(session, item.case_id, again)
        if not mine and _is_here(session, desk, item.case_id):
            seat.do(session, item.case_id, KeepTheirs(item.item_id, item.key))
        by, at = seat.staff.staff_id, desk.moment(session)
        work_items.finish(session, item_id, by=by, at=at)
        view.refresh(session, [item.case_id], desk.reference.setting_for)
        return item

    item = desk.store.write(work)
    for draft in act_drafts.of(seat, item.case_id):
        # What was typed is settled with it, and is not laid in again.
        if item.command_id in draft.commands:
            act_drafts.drop(seat, draft)
    desk.nudge()


def _is_here(session: Session, desk: Desk, case_id: str) -> bool:
    """Whether the case is still this office's, and no other one finishes it."""
    case = view.of_case(session, case_id, desk.reference.setting_for).case
    return case is not None and case.state in ACTS[KeepTheirs.kind].states


def _again(session: Session, desk: Desk, item: WorkItem, *, mine: bool) -> Amend:
    refused, _ = _refused(session, item)
    if mine:
        return refused
    taken = {side.key for side in _clash(session, desk, item).sides}
    left = {key: value for key, value in refused.changes.items() if key not in taken}
    return Amend(left, refused.documents)
