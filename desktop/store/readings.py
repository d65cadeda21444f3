"""The chain of looks at cases that were made at this desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from desktop.domain.reading import Reading
from desktop.store import meta
from desktop.store.tables import CaseRow, MetaRow, ReadingRow
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.readings import line_text, read_line

# SQLite takes so many values in one question and no more.
_AT_ONCE = 500
_TOLD = select(MetaRow.readings_told).scalar_subquery()
IS_UNTOLD = exists().where(ReadingRow.seq > _TOLD)
"""Whether the centre lacks one."""


@dataclass(frozen=True)
class Untold:
    """Lines that the centre does not have: texts after the place `after`, whose hash is `before`;
    `hash` is that of the last."""

    after: int
    before: str
    lines: tuple[str, ...]
    hash: str


def keep(session: Session, looks: Iterable[Reading]) -> None:
    """Put the looks at the chain's end, in their order."""
    chain = meta.get(session).identity.device_id
    last = session.execute(
        select(ReadingRow.seq, ReadingRow.hash).order_by(ReadingRow.seq.desc()).limit(1)
    ).one_or_none()
    seq, held = last if last is not None else (0, GENESIS)
    rows = []
    for look in looks:
        seq += 1
        text = line_text(chain, seq, look)
        held = link_hash(held, text)
        rows.append({"seq": seq, "at": look.at, "canon": text, "hash": held})
    if rows:
        session.execute(insert(ReadingRow), rows)


def untold(session: Session, most: int) -> Untold | None:
    """The first of those that the centre does not have; None where it has all."""
    told = meta.get(session).readings_told
    row = ReadingRow
    query = select(row.canon, row.hash).where(row.seq > told).order_by(row.seq).limit(most)
    lines = session.execute(query).all()
    if not lines:
        return None
    before = session.scalar(select(row.hash).where(row.seq == told)) or GENESIS
    return Untold(told, before, tuple(line.canon for line in lines), lines[-1].hash)


def note_told(session: Session, seq: int) -> None:
    """The centre has them up to there."""
    meta.change(session, readings_told=seq)


def between(
    session: Session, since: datetime, before: datetime, most: int
) -> tuple[list[Reading], int]:
    """The newest looks of that time (UTC), the newest first, and how many there are in all."""
    within = (ReadingRow.at >= since, ReadingRow.at < before)
    query = select(ReadingRow.canon).where(*within).order_by(ReadingRow.seq.desc()).limit(most)
    looks = [read_line(text)[2] for text in session.scalars(query)]
    count = session.scalar(select(func.count()).select_from(ReadingRow).where(*within))
    return looks, count or 0


def numbers(session: Session, cases: Collection[str]) -> dict[str, str]:
    """By case that is here: its tracking code, without hyphens."""
    found: dict[str, str] = {}
    named = sorted(cases)
    for at in range(0, len(named), _AT_ONCE):
        query = select(CaseRow.case_id, CaseRow.tracking).where(
            CaseRow.case_id.in_(named[at : at + _AT_ONCE])
        )
        found.update((case_id, tracking) for case_id, tracking in session.execute(query))
    return found
