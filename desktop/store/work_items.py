"""What a person must look at: refused acts with both values, held acts, letters to be voided."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.applying import case_of
from desktop.domain.commands import Amend, PayDue, PayFee, Register
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.facts import (
    ActedElsewhere,
    Amended,
    ConflictSettled,
    DoubleTold,
    HandedOver,
    LetterIssued,
    LetterPrinted,
    LetterReleased,
    LetterVoided,
    MessageFailed,
    MessageResent,
    ObjectionTold,
    PassedOn,
    RecordsTakenBack,
    RulingObjected,
    SecondLooked,
    SlotBooked,
    SlotMoved,
    TakenOver,
    VisitMissed,
    VisitReported,
    Withdrawn,
)
from desktop.domain.office import MUNICIPALITY
from desktop.domain.paper import CopyAnswered
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold, still_to_tell
from desktop.domain.request import Payment
from desktop.domain.stream import CommandHeld, CommandRefused, Fact
from desktop.domain.told_paper import PaperTold
from desktop.sql.metadata import table_of
from desktop.store import facts, meta, outbox, queue, releases
from desktop.store.tables import OutboxRow, WorkItemRow
from desktop.wire.canon import canon


class ItemKind(StrEnum):
    """Why it is here: the centre refused, an error parked it, a letter is recalled, a double, a
    letter's release that nobody's key signed, a message that did not reach the citizen, an act of
    the office that the case came from, a visit that the municipality moved, one that it called off,
    somebody to be told that a letter is void, what a supervisor said to one more copy, a paper that
    shows something else than its code, a copy that another office gave."""

    REFUSED = "refused"
    HELD = "held"
    RECALL = "recall"
    DOUBLE = "double"
    UNPROVEN = "unproven"
    MESSAGE = "message"
    ELSEWHERE = "elsewhere"
    MOVED = "moved"
    CALLED_OFF = "called-off"
    VOID_UNTOLD = "void-untold"
    COPY_ANSWERED = "copy-answered"
    PAPER_DIFFERS = "paper-differs"
    COPY_GIVEN = "copy-given"

    @property
    def ends_by_itself(self) -> bool:
        """Whether it ends with what it asks for (a letter voided), and nobody ticks it off."""
        return self in (ItemKind.RECALL, ItemKind.UNPROVEN, ItemKind.VOID_UNTOLD)


@dataclass(frozen=True)
class WorkItem:
    """One thing to look at; `key`, `mine`, `theirs` are set when two values stand side by side.

    `centre_words` are the centre's own, where it gave some; `detail` is what the fact told besides,
    by name. The sentence that people read is made of both (`ui/standing/work_items`).
    """

    item_id: str
    kind: ItemKind
    case_id: str
    command_id: str
    command_kind: str
    actor: str
    centre_words: str
    key: str
    mine: str
    theirs: str
    detail: Mapping[str, str]
    at: datetime
    done: bool


def keep(session: Session, fact: Fact) -> None:
    """Keep the item that the fact asks for, if it asks for one."""
    add = ITEMS.get(type(fact.payload))
    if add is not None:
        add(session, fact, fact.payload)


def _refused(session: Session, fact: Fact, told: CommandRefused) -> None:
    # It may have been held before: it waits no more.
    session.execute(
        update(WorkItemRow)
        .where(
            WorkItemRow.case_id == told.case_id,
            WorkItemRow.command_id == fact.cause,
            WorkItemRow.kind == ItemKind.HELD.value,
            WorkItemRow.done_at.is_(None),
        )
        .values(done_at=fact.at, done_by="")
    )
    _add(
        session, fact, ItemKind.REFUSED, told.case_id, told.command_kind,
        told.words, told.key, told.mine, told.theirs, detail=_of_own(session, fact.cause),
    )  # fmt: skip


def _of_own(session: Session, command_id: str) -> dict[str, str]:
    """What nobody else tells of an act of this desk: the money that was taken with it, and from
    whom, which without its fact no till counts; whose request it was, which now has no case."""
    command = outbox.find(session, command_id)
    if command is not None and isinstance(command.payload, Register):
        request = command.payload.request
        return {"applicant": request.party.name, "tracking": request.tracking}
    if command is None or not isinstance(command.payload, PayFee | PayDue):
        return {}
    begun = outbox.request_of(session, command.case_id)
    payer = begun.party.name if begun is not None else ""
    return _of_payment(command.payload.payment) | {"from": payer}


def _of_payment(paid: Payment) -> dict[str, str]:
    return {
        "amount": str(paid.amount),
        "method": paid.method,
        "reference": paid.reference,
        "paid_on": paid.paid_on.isoformat(),
    }


def _held(session: Session, fact: Fact, told: CommandHeld) -> None:
    detail = {"report": told.report}
    _add(session, fact, ItemKind.HELD, told.case_id, told.command_kind, detail=detail)


def _looked(session: Session, fact: Fact, told: SecondLooked) -> None:
    if told.recall:
        detail = {"comment": told.comment}
        _add(session, fact, ItemKind.RECALL, fact.case_id, told.kind, detail=detail)


def _taken_back(session: Session, fact: Fact, told: RecordsTakenBack) -> None:
    detail = {"reason": told.reason}
    _add(session, fact, ItemKind.RECALL, fact.case_id, told.kind, detail=detail)


def _ruling_objected(session: Session, fact: Fact, told: RulingObjected) -> None:
    if told.recall:
        detail = {"reopened": "yes"}
        _add(session, fact, ItemKind.RECALL, fact.case_id, told.kind, detail=detail)


def _objection_told(session: Session, fact: Fact, told: ObjectionTold) -> None:
    if told.recall:
        detail = {"contested": told.contested.value, "tracking": told.tracking}
        _add(session, fact, ItemKind.RECALL, fact.case_id, told.kind, detail=detail)


def _double(session: Session, fact: Fact, told: DoubleTold) -> None:
    detail = {"office": told.office, "tracking": told.tracking, "shared": told.shared.value}
    _add(session, fact, ItemKind.DOUBLE, fact.case_id, told.kind, detail=detail)


def _released(session: Session, fact: Fact, told: LetterReleased) -> None:
    known = facts.of_case(session, fact.case_id).facts
    if any(each.fact_id == fact.fact_id for each in releases.unproven(session, known)):
        detail = {"number": _number(known, told.letter_id), "name": fact.actor_name}
        _add(session, fact, ItemKind.UNPROVEN, fact.case_id, told.kind, detail=detail)


def _number(known: Iterable[Fact], letter_id: str) -> str:
    issued = (each.payload.letter for each in known if isinstance(each.payload, LetterIssued))
    return next((letter.number for letter in issued if letter.letter_id == letter_id), "")


def proven_after_all(session: Session) -> list[str]:
    """End what stands here of releases that are proven now; their cases.

    At a desk that heard of a release before it heard of the key.
    """
    ended = []
    for item in waiting(session):
        if item.kind is not ItemKind.UNPROVEN:
            continue
        wrong = releases.unproven(session, facts.of_case(session, item.case_id).facts)
        if all(fact.fact_id != item.item_id for fact in wrong):
            finish(session, item.item_id, by="", at=item.at)
            ended.append(item.case_id)
    return ended


def _recalled(session: Session, fact: Fact, told: LetterRecalled) -> None:
    detail = {"recalled": told.reason}
    _add(session, fact, ItemKind.RECALL, fact.case_id, told.kind, detail=detail)


def _upheld(session: Session, fact: Fact, _: LetterUpheld) -> None:
    # What else asks for the letter's end stays.
    own = WorkItemRow.command_kind == LetterRecalled.kind
    _end(session, fact, WorkItemRow.kind == ItemKind.RECALL.value, own)


def _voided(session: Session, fact: Fact, told: LetterVoided) -> None:
    # What the supervisor asked for is done, what was not proven is over; nobody need tick it off.
    _end(session, fact, WorkItemRow.kind.in_((ItemKind.RECALL.value, ItemKind.UNPROVEN.value)))
    known = (each.payload for each in facts.of_case(session, fact.case_id).facts)
    if told.letter_id in {
        each.letter_id for each in known if isinstance(each, HandedOver | CopyGiven)
    }:
        _ask_to_tell(session, fact, told.letter_id)


def _handed_over(session: Session, fact: Fact, told: HandedOver) -> None:
    if told.void:
        _ask_to_tell(session, fact, told.letter_id)


def _ask_to_tell(session: Session, fact: Fact, letter_id: str) -> None:
    """Ask that whoever has a void letter is told, as the case stands by that fact."""
    known = facts.of_case(session, fact.case_id).facts
    case = case_of(each for each in known if each.rev <= fact.rev)
    if case is None:
        return
    number = case.letter(letter_id).letter.number
    for to in still_to_tell(case, case.letter(letter_id)):
        key = untold_key(letter_id, to)
        detail = {"number": number, "to": to, "letter_id": letter_id}
        _add(
            session, fact, ItemKind.VOID_UNTOLD, fact.case_id, LetterVoided.kind,
            key=key, detail=detail, ident=f"{fact.fact_id}/{to}",
        )  # fmt: skip


def untold_key(letter_id: str, to: str) -> str:
    """What names somebody who is to be told that the letter is void."""
    return f"{letter_id}/{to}"


def _void_told(session: Session, fact: Fact, told: VoidTold) -> None:
    own = WorkItemRow.key == untold_key(told.letter_id, told.to)
    _end(session, fact, WorkItemRow.kind == ItemKind.VOID_UNTOLD.value, own)


def _copy_answered(session: Session, fact: Fact, told: CopyAnswered) -> None:
    detail = {"allowed": "yes" if told.allowed else "", "comment": told.comment}
    _add(session, fact, ItemKind.COPY_ANSWERED, fact.case_id, told.kind, detail=detail)


def _copy_given(session: Session, fact: Fact, told: CopyGiven) -> None:
    detail = {"place": told.place, "copy": str(told.copy), "reason": told.reason}
    _add(session, fact, ItemKind.COPY_GIVEN, fact.case_id, told.ask_id, detail=detail)


def _copy_printed(session: Session, fact: Fact, _: LetterPrinted) -> None:
    # What was allowed is done.
    _end(session, fact, WorkItemRow.kind == ItemKind.COPY_ANSWERED.value)


def _paper_told(session: Session, fact: Fact, told: PaperTold) -> None:
    key = f"{told.number}/{told.copy}"
    # What was said of that copy before is said anew, or was a mistake.
    session.execute(
        update(WorkItemRow)
        .where(
            WorkItemRow.kind == ItemKind.PAPER_DIFFERS.value,
            WorkItemRow.key == key,
            WorkItemRow.done_at.is_(None),
        )
        .values(done_at=fact.at, done_by=fact.actor)
    )
    if not told.names or meta.get(session).identity.office == MUNICIPALITY:
        # The unit sees it on a page of its own (`centre.watching`).
        return
    detail = {
        "number": told.number,
        "names": "\n".join(told.names),
        "name": fact.actor_name,
        "scanned": "yes" if told.scanned else "",
    }
    case_id = queue.case_of_letter(session, told.number)
    detail["case"] = "yes" if case_id else ""
    _add(session, fact, ItemKind.PAPER_DIFFERS, case_id, told.kind, key=key, detail=detail)


def _message_failed(session: Session, fact: Fact, told: MessageFailed) -> None:
    detail = {"occasion": told.occasion, "mobile": told.mobile, "cause": told.cause}
    kind = ItemKind.MESSAGE
    _add(session, fact, kind, fact.case_id, told.kind, key=told.message_id, detail=detail)


def _message_resent(session: Session, fact: Fact, told: MessageResent) -> None:
    _end(
        session,
        fact,
        WorkItemRow.kind == ItemKind.MESSAGE.value,
        WorkItemRow.key == told.message_id,
    )


def _slot_moved(session: Session, fact: Fact, told: SlotMoved) -> None:
    # What was said of the place before is over.
    _visit_told(session, fact, told)
    if told.by_city:
        slot, inspector = told.slot, told.inspector
        detail = {"day": slot.day.isoformat(), "half": str(slot.half), "inspector": inspector}
        detail |= {"reason": told.reason}
        _add(session, fact, ItemKind.MOVED, fact.case_id, told.kind, detail=detail)


def _visit_missed(session: Session, fact: Fact, told: VisitMissed) -> None:
    _visit_told(session, fact, told)
    if told.cause == "cancelled":
        detail = {"reason": told.note}
        _add(session, fact, ItemKind.CALLED_OFF, fact.case_id, told.kind, detail=detail)


def _visit_told(session: Session, fact: Fact, _: object) -> None:
    told = (ItemKind.MOVED.value, ItemKind.CALLED_OFF.value)
    _end(session, fact, WorkItemRow.kind.in_(told))


def _amended(session: Session, fact: Fact, told: Amended) -> None:
    # What the centre refused has come about all the same: at another desk somebody chose it.
    for key, value in told.changes.items():
        which = (WorkItemRow.key == key, WorkItemRow.mine == value)
        _chosen(session, fact, *which, done=told.changes)


def _conflict_settled(session: Session, fact: Fact, told: ConflictSettled) -> None:
    # Somebody chose at another desk of the office: what stands there already stays.
    _chosen(session, fact, WorkItemRow.item_id == told.item, done=())


def _chosen(
    session: Session, fact: Fact, *which: ColumnElement[bool], done: Collection[str]
) -> None:
    """A choice between two values ends the question; but what else this desk's own act would have
    changed nobody else knows: it is still asked for, without what is `done`."""
    asked = (WorkItemRow.kind == ItemKind.REFUSED.value, *which)
    open_ = (WorkItemRow.case_id == fact.case_id, WorkItemRow.done_at.is_(None))
    for row in session.scalars(select(WorkItemRow).where(*open_, *asked)):
        made = outbox.find(session, row.command_id)
        if made is None or not isinstance(made.payload, Amend):
            continue
        left = len(made.payload.changes.keys() - {row.key, *done}) + len(made.payload.documents)
        if left:
            row.words, row.key, row.mine, row.theirs = "", "", "", ""
            row.detail = canon({"left": str(left)})
    session.flush()
    # What was made another question has no key.
    _end(session, fact, *asked, WorkItemRow.key != "")


def _passed_on(session: Session, fact: Fact, _: PassedOn) -> None:
    # What was to be done about the case is done where it went; what the centre refused stays.
    _end(
        session, fact, WorkItemRow.kind.not_in((ItemKind.REFUSED.value, ItemKind.HELD.value)), by=""
    )


def _taken_over(session: Session, fact: Fact, _: TakenOver) -> None:
    # What was open about it where it came from is open here. Where it was here before, what ended
    # only because it left is open again; what somebody ticked off stays so.
    known = [each for each in facts.of_case(session, fact.case_id).facts if each.rev < fact.rev]
    left = [each.at for each in known if isinstance(each.payload, PassedOn)]
    session.execute(
        update(WorkItemRow)
        .where(
            WorkItemRow.case_id == fact.case_id,
            WorkItemRow.done_by == "",
            WorkItemRow.done_at.in_(left),
        )
        .values(done_at=None)
    )
    for each in known:
        if not isinstance(each.payload, PassedOn | TakenOver):
            keep(session, each)


def _acted_elsewhere(session: Session, fact: Fact, told: ActedElsewhere) -> None:
    detail = {"office": told.name, "act": told.act}
    if told.payment is not None:
        detail |= _of_payment(told.payment)
    _add(session, fact, ItemKind.ELSEWHERE, fact.case_id, told.act, detail=detail)


ITEMS: Mapping[type[object], Callable[[Session, Fact, Any], None]] = {
    CommandRefused: _refused,
    CommandHeld: _held,
    SecondLooked: _looked,
    RecordsTakenBack: _taken_back,
    RulingObjected: _ruling_objected,
    ObjectionTold: _objection_told,
    DoubleTold: _double,
    LetterReleased: _released,
    LetterVoided: _voided,
    HandedOver: _handed_over,
    LetterRecalled: _recalled,
    LetterUpheld: _upheld,
    VoidTold: _void_told,
    CopyAnswered: _copy_answered,
    CopyGiven: _copy_given,
    LetterPrinted: _copy_printed,
    PaperTold: _paper_told,
    Amended: _amended,
    SlotMoved: _slot_moved,
    SlotBooked: _visit_told,
    VisitMissed: _visit_missed,
    VisitReported: _visit_told,
    Withdrawn: _visit_told,
    MessageFailed: _message_failed,
    MessageResent: _message_resent,
    ConflictSettled: _conflict_settled,
    PassedOn: _passed_on,
    TakenOver: _taken_over,
    ActedElsewhere: _acted_elsewhere,
}
"""Facts that ask a person to look, or end what was asked."""


def _add(
    session: Session,
    fact: Fact,
    kind: ItemKind,
    case_id: str,
    command_kind: str,
    words: str = "",
    key: str = "",
    mine: str = "",
    theirs: str = "",
    *,
    detail: Mapping[str, str] | None = None,
    ident: str = "",
) -> None:
    # A case that comes back brings what was asked of it here before.
    session.execute(
        upsert(WorkItemRow)
        .values(
            item_id=ident or fact.fact_id,
            kind=kind.value,
            case_id=case_id,
            command_id=fact.cause,
            command_kind=command_kind,
            actor=_actor(session, fact),
            words=words,
            key=key,
            mine=mine,
            theirs=theirs,
            detail=canon(dict(detail or {})),
            at=fact.at,
            done_by="",
        )
        .on_conflict_do_nothing()
    )


def _end(session: Session, fact: Fact, *which: ColumnElement[bool], by: str | None = None) -> None:
    """The open items of the fact's case that are `which` are dealt with, by its actor or `by`."""
    session.execute(
        update(WorkItemRow)
        .where(WorkItemRow.case_id == fact.case_id, WorkItemRow.done_at.is_(None), *which)
        .values(done_at=fact.at, done_by=fact.actor if by is None else by)
    )


def _actor(session: Session, fact: Fact) -> str:
    # The one whose act it was; another desk's outbox is not here, but the fact names its actor.
    made = session.scalar(select(OutboxRow.actor).where(OutboxRow.command_id == fact.cause))
    return made or fact.actor


def waiting(session: Session, case_id: str | None = None) -> list[WorkItem]:
    """Items nobody has dealt with, oldest first; of one case or of all."""
    query = select(WorkItemRow).where(WorkItemRow.done_at.is_(None)).order_by(WorkItemRow.at)
    if case_id is not None:
        query = query.where(WorkItemRow.case_id == case_id)
    return [_item(row) for row in session.scalars(query)]


def count(session: Session) -> int:
    """How many wait."""
    query = select(func.count()).select_from(WorkItemRow).where(WorkItemRow.done_at.is_(None))
    return session.scalar(query) or 0


def refused_money(session: Session) -> list[WorkItem]:
    """Refused acts with which money was taken, that nobody has dealt with; the oldest first."""
    items = (item for item in waiting(session) if item.kind is ItemKind.REFUSED)
    return [item for item in items if "amount" in item.detail]


def held(session: Session) -> int:
    """How many acts of this desk an error parked that nobody has dealt with."""
    query = select(func.count()).select_from(WorkItemRow)
    parked = query.where(WorkItemRow.kind == ItemKind.HELD, WorkItemRow.done_at.is_(None))
    return session.scalar(parked) or 0


_TROUBLE = (ItemKind.REFUSED, ItemKind.HELD, ItemKind.UNPROVEN)
_ITEMS = table_of(WorkItemRow)
_TROUBLED = select(_ITEMS.c.item_id, _ITEMS.c.kind, _ITEMS.c.command_id).where(
    _ITEMS.c.case_id == bindparam("case"),
    _ITEMS.c.done_at.is_(None),
    _ITEMS.c.kind.in_([kind.value for kind in _TROUBLE]),
)


def open_of(session: Session, case_id: str, confirmed: Iterable[Fact]) -> bool:
    """Whether the centre refused or held an act of the case, or a release of its letter is not
    proven, and nobody has dealt with it; `confirmed` are the case's facts.

    What was held and is among them by now was done after all: nobody need tick that off.
    """
    open_ = False
    for item in session.execute(_TROUBLED, {"case": case_id}).all():
        done = (fact for fact in confirmed if fact.cause == item.command_id)
        fact = next(done, None) if item.kind == ItemKind.HELD.value else None
        if fact is None:
            open_ = True
        else:
            finish(session, item.item_id, by="", at=fact.at)
    return open_


def refused(session: Session, case_id: str) -> list[str]:
    """The ids of the case's commands that the centre refused, whether dealt with or not."""
    ids = session.scalars(
        select(WorkItemRow.command_id).where(
            WorkItemRow.case_id == case_id, WorkItemRow.kind == ItemKind.REFUSED.value
        )
    )
    return list(ids)


def of_commands(session: Session, command_ids: Iterable[str]) -> dict[str, WorkItem]:
    """By command those that the centre refused or an error parked, whether dealt with or not."""
    row, ids = WorkItemRow, list(command_ids)
    kinds = (ItemKind.HELD.value, ItemKind.REFUSED.value)
    found = select(row).where(row.command_id.in_(ids), row.kind.in_(kinds)).order_by(row.at)
    return {each.command_id: _item(each) for each in session.scalars(found)}


def finish(session: Session, item_id: str, by: str, at: datetime) -> str:
    """Mark an item as dealt with; its case's id, whose row is to be refreshed after it.

    Raises LookupError when there is no such item; one already finished stays as it was.
    """
    row = session.get(WorkItemRow, item_id)
    if row is None:
        raise LookupError(f"no work item {item_id}")
    session.execute(
        update(WorkItemRow)
        .where(WorkItemRow.item_id == item_id, WorkItemRow.done_at.is_(None))
        .values(done_at=at, done_by=by)
    )
    return row.case_id


def _item(row: WorkItemRow) -> WorkItem:
    return WorkItem(
        item_id=row.item_id,
        kind=ItemKind(row.kind),
        case_id=row.case_id,
        command_id=row.command_id,
        command_kind=row.command_kind,
        actor=row.actor,
        centre_words=row.words,
        key=row.key,
        mine=row.mine,
        theirs=row.theirs,
        detail=json.loads(row.detail),
        at=row.at,
        done=row.done_at is not None,
    )
