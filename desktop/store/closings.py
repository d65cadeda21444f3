"""Days that were closed, as facts and the outbox tell them; and their registers, as drawn."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.calendar import TEHRAN
from desktop.domain.commands import CloseDay
from desktop.domain.day_register import Closing, DayClosed
from desktop.domain.stream import CommandHeld
from desktop.store import meta, people
from desktop.store.tables import FactRow, OutboxRow, RegisterFileRow
from desktop.wire.canon import content_hash
from desktop.wire.codec import decode_command, decode_fact

NEWEST = 60
"""So many closed days are read where nobody asks for more: about two months."""
_AT_ONCE = 8


def closings(session: Session, limit: int | None = NEWEST) -> list[Closing]:
    """The days closed last, the newest day first; those that the centre lacks among them.

    Without a limit all of them.
    """
    home = meta.get(session).identity.home
    told = session.scalars(
        select(FactRow.canon)
        .where(FactRow.kind == DayClosed.kind, FactRow.stream == home)
        .order_by(FactRow.at.desc(), FactRow.pos.desc())
        .limit(limit)
    )
    found = [*_closings(told), *_waiting(session)]
    return sorted(found, key=lambda each: each.register.day, reverse=True)


def closing_of(session: Session, day: date) -> Closing | None:
    """How the centre took the day's close, however long ago; None where it has none."""
    home = meta.get(session).identity.home
    told = session.scalars(
        select(FactRow.canon)
        .where(FactRow.kind == DayClosed.kind, FactRow.stream == home)
        .where(FactRow.at >= datetime.combine(day, time(), TEHRAN))
        .order_by(FactRow.at, FactRow.pos)
        .execution_options(yield_per=_AT_ONCE)
    )
    # Days are closed in their order: the first that is not before it decides.
    first = next((each for each in _closings(told) if each.register.day >= day), None)
    return first if first is not None and first.register.day == day else None


def _closings(told: Iterable[str]) -> Iterator[Closing]:
    for canon in told:
        fact = decode_fact(canon)
        if isinstance(fact.payload, DayClosed):
            yield Closing(fact.payload.register, fact.actor_name, fact.payload.sha256)


def _waiting(session: Session) -> list[Closing]:
    settled = (
        select(FactRow.pos)
        .where(FactRow.cause == OutboxRow.command_id, FactRow.kind != CommandHeld.kind)
        .exists()
    )
    closing = select(OutboxRow.canon).where(OutboxRow.kind == CloseDay.kind, ~settled)
    # Years of acts are not gone through for the few that the centre lacks or holds.
    unsent = closing.where(OutboxRow.device_seq > meta.get(session).acked_to)
    held = select(FactRow.cause).where(FactRow.kind == CommandHeld.kind)
    parked = closing.where(OutboxRow.command_id.in_(held))
    found = []
    for canon in dict.fromkeys((*session.scalars(unsent), *session.scalars(parked))):
        command = decode_command(canon)
        actor = people.find(session, command.actor)
        if isinstance(command.payload, CloseDay):
            name = actor.name if actor is not None else ""
            told = command.payload
            found.append(Closing(told.register, name, told.sha256, waiting=True))
    return found


def keep_file(session: Session, day: date, pdf: bytes, at: datetime) -> str:
    """Keep a register's bytes under their sha256, which is returned; once only."""
    sha256 = named(pdf)
    values = {"sha256": sha256, "day": day, "drawn_at": at, "pdf": zlib.compress(pdf)}
    session.execute(upsert(RegisterFileRow).values(values).on_conflict_do_nothing())
    return sha256


def named(pdf: bytes) -> str:
    """What names a register's bytes."""
    return content_hash(pdf)


def file(session: Session, sha256: str) -> bytes | None:
    """The register with that sha256; None where it was drawn at another desk."""
    row = session.get(RegisterFileRow, sha256)
    return None if row is None else zlib.decompress(row.pdf)


def damaged(session: Session) -> Iterator[str]:
    """The names of registers whose bytes are not what the name says."""
    rows = select(RegisterFileRow.sha256, RegisterFileRow.pdf)
    for sha256, kept in session.execute(rows.execution_options(yield_per=_AT_ONCE)):
        try:
            whole = named(zlib.decompress(kept)) == sha256
        except zlib.error:
            whole = False
        if not whole:
            yield sha256
