"""Notices of the unit at this desk: what it has announced, who here has read it, what goes up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.notice import NoticeKind, NoticeRead
from desktop.sql.metadata import table_of
from desktop.store.tables import NoticeReadRow

_READ = NoticeReadRow
_READS = table_of(NoticeReadRow)
_UNTOLD = (
    select(_READS)
    .where(_READS.c.told_at.is_(None))
    .order_by(_READS.c.read_at)
    .limit(bindparam("most"))
)

IS_UNTOLD = exists().where(_READS.c.told_at.is_(None))
"""Whether the centre does not know of one that was read."""


def note_read(session: Session, read: NoticeRead) -> None:
    """Keep that the person has read it; the first time counts."""
    values = {
        "kind": read.kind.value, "key": read.key, "staff_id": read.staff, "read_at": read.read_at,
        "told_at": None,
    }  # fmt: skip
    session.execute(upsert(_READ).values(values).on_conflict_do_nothing())


def read_by(
    session: Session, kind: NoticeKind, staff: str, keys: Iterable[str]
) -> dict[str, datetime]:
    """When the person has read which of the notices, at this desk."""
    query = select(_READ.key, _READ.read_at).where(
        _READ.kind == kind.value, _READ.staff_id == staff, _READ.key.in_(list(keys))
    )
    return {key: read_at for key, read_at in session.execute(query)}


def read_here(session: Session, kind: NoticeKind) -> dict[str, datetime]:
    """Which notices of the kind anybody at this desk has read, and when first."""
    query = select(_READ.key, func.min(_READ.read_at)).where(_READ.kind == kind.value)
    return {key: read_at for key, read_at in session.execute(query.group_by(_READ.key))}


def untold(session: Session, most: int) -> list[NoticeRead]:
    """What the centre does not know yet, the oldest first."""
    return [
        NoticeRead(NoticeKind(row.kind), row.key, row.staff_id, row.read_at)
        for row in session.execute(_UNTOLD, {"most": most})
    ]


def note_told(session: Session, reads: Sequence[NoticeRead], at: datetime) -> None:
    """The centre knows of these."""
    for read in reads:
        session.execute(
            update(_READ)
            .where(
                _READ.kind == read.kind.value,
                _READ.key == read.key,
                _READ.staff_id == read.staff,
            )
            .values(told_at=at)
        )


def tell_again(session: Session, since: datetime) -> None:
    """The centre may not know any more what it was told since then."""
    session.execute(update(_READ).where(_READ.told_at >= since).values(told_at=None))
