"""Streams and desks' queues as they were written: gapless, each text chained to the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from desktop.centre.tables import CommandRow, DeviceRow, FactRow, OfficeRow, StreamRow
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.domain.stream import CITY, office_of
from desktop.sql.metadata import table_of
from desktop.wire.chain_check import ChainCheck, beside
from desktop.wire.codec import Unreadable, decode_fact

AT_ONCE = 5_000
_FACT, _COMMAND = table_of(FactRow), table_of(CommandRow)
_OFFICE = select(OfficeRow.office_id).where(OfficeRow.office_id == bindparam("office"))
_OF_FACT = ("stream", "pos", "fact_id", "case_id", "rev", "cause", "kind")
_OF_COMMAND = ("command_id", "case_id", "kind")


def streams(session: Session) -> list[str]:
    """The names of all that have facts, or a head."""
    named = session.scalars(select(_FACT.c.stream).distinct())
    return sorted({*named, *session.scalars(select(StreamRow.name))})


def stream(session: Session, name: str) -> Iterator[Discrepancy]:
    """The stream: positions, chain, what stands beside each text, and its end."""
    head = session.get(StreamRow, name)
    if name != CITY and session.scalar(_OFFICE, {"office": office_of(name)}) is None:
        yield Discrepancy(Wrong.HEAD, name, "it is no office's")
    if head is None:
        yield Discrepancy(Wrong.HEAD, name, "it has facts and no head")
    check = ChainCheck(name)
    for row in _facts(session, name):
        yield from check.take(row.pos, row.canon, row.hash)
        yield from beside(f"{name} {row.pos}", row, _OF_FACT, "at")
    if head is not None:
        yield from check.end(head.pos, head.hash)


def _facts(session: Session, name: str) -> Iterator[Any]:
    asked = select(_FACT).where(_FACT.c.stream == name)
    yield from _paged(session, asked, _FACT.c.pos)


def _paged(session: Session, asked: Select[Any], at: Any) -> Iterator[Any]:
    # From wherever the first is: one before the beginning is told as well.
    asked, last = asked.order_by(at), None
    while True:
        behind = asked if last is None else asked.where(at > last)
        rows = session.execute(behind.limit(AT_ONCE)).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = getattr(rows[-1], at.key)


def queues(session: Session) -> list[str]:
    """The ids of all desks, and of whoever else sent something."""
    named = session.scalars(select(_COMMAND.c.device_id).distinct())
    return sorted({*named, *session.scalars(select(DeviceRow.device_id))})


def queue(session: Session, device: str) -> Iterator[Discrepancy]:
    """What the desk sent: sequence, chain and end."""
    head, check = session.get(DeviceRow, device), ChainCheck(device)
    own = select(_COMMAND).where(_COMMAND.c.device_id == device)
    for row in _paged(session, own, _COMMAND.c.device_seq):
        yield from check.take(row.device_seq, row.canon, row.hash)
        # One without a kind was not understood.
        if row.kind:
            yield from beside(f"{device} {row.device_seq}", row, _OF_COMMAND)
    if head is None:
        yield Discrepancy(Wrong.HEAD, device, "nobody's desk sent this")
    else:
        yield from check.end(head.head_seq, head.head_hash)


def texts_of_kind(session: Session, kind: str) -> Iterable[Any]:
    """Stream, place and text of every fact of the kind, of each stream in its order."""
    asked = select(_FACT.c.stream, _FACT.c.pos, _FACT.c.canon).where(_FACT.c.kind == kind)
    in_order = asked.order_by(_FACT.c.stream, _FACT.c.pos)
    return session.execute(in_order.execution_options(yield_per=AT_ONCE))


def payload_of(canon: str) -> object:
    """What a fact's text tells; None where it can't be read, which its chain or a newer program's
    kind explains."""
    try:
        return decode_fact(canon).payload
    except Unreadable:
        return None
