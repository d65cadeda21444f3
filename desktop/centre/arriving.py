"""What a push brings: which texts are new, in which place of the device's chain, and understood.

A text whose device and sequence number can be read has its place for good, whatever else it says:
what is not understood of it is refused in words, once. One without a place is refused with all that
came beside it, each time alike.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from desktop.centre.tables import CommandRow, DeviceRow
from desktop.domain import commands as c
from desktop.sql.metadata import table_of
from desktop.wire import arrival
from desktop.wire.arrival import Misread
from desktop.wire.bounds import UUID
from desktop.wire.canon import link_hash
from desktop.wire.codec import Unreadable

_COMMAND = table_of(CommandRow)
_TAKEN_IDS = select(_COMMAND.c.command_id).where(
    _COMMAND.c.device_id == bindparam("device"),
    _COMMAND.c.command_id.in_(bindparam("ids", expanding=True)),
)
_NOT_KNOWN = "این کار را مرکز نشناخت؛ نسخهٔ برنامه‌ها را بسنجید."
_TAKEN = "شناسهٔ این کار پیش از این به کار رفته است؛ دوباره انجامش دهید."


READ_S = 0.3
"""So long the texts of a push are read: what no longer can be done in its second comes again, and
would be read again."""


class Fork(Exception):
    """A sequence number came again with another content: a copied or restored database."""


class Broken(Exception):
    """The chain has a gap, or a text no place in it: nothing that came is taken."""


@dataclass(frozen=True)
class ArrivedCommand:
    """A command of this push: its text, place in the chain, and the command if it is one.

    `refused` says why it is none, to a person; `ident` is what the answer names as its cause.
    """

    seq: int
    text: str
    hash: str
    ident: str
    command: c.Command | None
    refused: str = ""


def new(session: Session, device: DeviceRow, texts: Iterable[str]) -> list[ArrivedCommand]:
    """The first of what has not come before, contiguous and chained; as many as can be read in
    `READ_S`, at least one. Raises Fork or Broken, whole."""
    arrived: list[tuple[arrival.Placed, str, str]] = []
    seq, chain = device.head_seq, device.head_hash
    for text in texts:
        placed = arrival.place(text)
        if placed is None:
            raise Broken(f"no place after {seq}")
        if placed.device_id != device.device_id:
            raise Broken("a command of another device")
        if placed.seq <= device.head_seq:
            _demand_same(session, device, placed.seq, text)
            continue
        if placed.seq != seq + 1:
            raise Broken(f"sequence {placed.seq} after {seq}")
        seq, chain = placed.seq, link_hash(chain, text)
        arrived.append((placed, text, chain))
    return _named_apart(session, device, list(_read_some(arrived)))


def _read_some(placed: list[tuple[arrival.Placed, str, str]]) -> Iterator[ArrivedCommand]:
    begun = time.monotonic()
    for number, each in enumerate(placed):
        if number and time.monotonic() - begun > READ_S:
            return
        yield _read(*each)


def _read(placed: arrival.Placed, text: str, chain: str) -> ArrivedCommand:
    try:
        command = arrival.read(placed, text)
    except Misread as no:
        words = no.words
    except Unreadable:
        words = _NOT_KNOWN
    else:
        return ArrivedCommand(placed.seq, text, chain, command.command_id, command)
    said = placed.envelope.get("command_id")
    named = isinstance(said, str) and UUID.fullmatch(said)
    return ArrivedCommand(
        placed.seq, text, chain, str(said) if named else _by_place(chain), None, words
    )


def _by_place(chain: str) -> str:
    """What names a command that has no name of its own: no other's chain ever has this value."""
    return f"unread-{chain[:24]}"


def _named_apart(
    session: Session, device: DeviceRow, arrived: list[ArrivedCommand]
) -> list[ArrivedCommand]:
    """A command under the name of another of its device's is none: what came of that one would be
    told of both."""
    idents = [item.ident for item in arrived]
    asked = {"device": device.device_id, "ids": idents}
    taken = set(session.scalars(_TAKEN_IDS, asked)) if idents else set()
    apart = []
    for item in arrived:
        if item.ident in taken:
            named = _by_place(item.hash)
            item = replace(item, ident=named, command=None, refused=item.refused or _TAKEN)
        taken.add(item.ident)
        apart.append(item)
    return apart


def _demand_same(session: Session, device: DeviceRow, seq: int, text: str) -> None:
    kept = session.get(CommandRow, (device.device_id, seq))
    if kept is None or kept.canon != text:
        raise Fork(f"sequence {seq} of {device.device_id}")
