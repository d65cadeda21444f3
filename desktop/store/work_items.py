"""What a person must look at: refused acts with both values, held acts, letters to be voided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from desktop.domain.facts import DoubleTold, LetterVoided, RecordsTakenBack, SecondLooked
from desktop.domain.stream import CommandHeld, CommandRefused, Fact
from desktop.store.tables import OutboxRow, WorkItemRow
from desktop.wire.canon import canon


class ItemKind(StrEnum):
    """Why it is here: the centre refused, an error parked it, a letter is recalled, a double."""

    REFUSED = "refused"
    HELD = "held"
    RECALL = "recall"
    DOUBLE = "double"


@dataclass(frozen=True)
class WorkItem:
    """One thing to look at; `key`, `mine`, `theirs` are set when two values stand side by side.

    `words` are the centre's to a person, where it gave some; `detail` is what the fact told
    besides, by name, for whoever makes a sentence of it.
    """

    item_id: str
    kind: ItemKind
    case_id: str
    command_id: str
    command_kind: str
    actor: str
    words: str
    key: str
    mine: str
    theirs: str
    detail: Mapping[str, str]
    at: datetime
    done: bool


def take(session: Session, fact: Fact) -> None:
    """Keep the item that the fact asks for, if it asks for one."""
    match fact.payload:
        case CommandRefused() as refused:
            _add(
                session, fact, ItemKind.REFUSED, refused.case_id, refused.command_kind,
                refused.words, refused.key, refused.mine, refused.theirs,
            )  # fmt: skip
        case CommandHeld() as held:
            _add(
                session, fact, ItemKind.HELD, held.case_id, held.command_kind,
                detail={"report": held.report},
            )  # fmt: skip
        case SecondLooked(recall=True, comment=comment):
            _add(
                session, fact, ItemKind.RECALL, fact.case_id, SecondLooked.kind,
                detail={"comment": comment},
            )  # fmt: skip
        case RecordsTakenBack(reason=reason):
            _add(
                session, fact, ItemKind.RECALL, fact.case_id, RecordsTakenBack.kind,
                detail={"reason": reason},
            )  # fmt: skip
        case DoubleTold(office=office, tracking=tracking, shared=shared):
            told = {"office": office, "tracking": tracking, "shared": shared.value}
            _add(session, fact, ItemKind.DOUBLE, fact.case_id, DoubleTold.kind, detail=told)
        case LetterVoided():
            # What the supervisor asked for is done; nobody need tick it off.
            session.execute(
                update(WorkItemRow)
                .where(
                    WorkItemRow.case_id == fact.case_id,
                    WorkItemRow.kind == ItemKind.RECALL.value,
                    WorkItemRow.done_at.is_(None),
                )
                .values(done_at=fact.at, done_by=fact.actor)
            )


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
) -> None:
    session.execute(
        insert(WorkItemRow).values(
            item_id=fact.fact_id,
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


def open_of(session: Session, case_id: str) -> bool:
    """Whether the centre refused or held an act of the case and nobody has dealt with it."""
    found = session.scalar(
        select(WorkItemRow.item_id)
        .where(
            WorkItemRow.case_id == case_id,
            WorkItemRow.done_at.is_(None),
            WorkItemRow.kind.in_((ItemKind.REFUSED.value, ItemKind.HELD.value)),
        )
        .limit(1)
    )
    return found is not None


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
        words=row.words,
        key=row.key,
        mine=row.mine,
        theirs=row.theirs,
        detail=json.loads(row.detail),
        at=row.at,
        done=row.done_at is not None,
    )
