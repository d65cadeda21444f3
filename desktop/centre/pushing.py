"""Push: commands of one device become facts, in one transaction (SYNC.md "Push")."""

from __future__ import annotations

import json
import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import visits
from desktop.centre.context import Centre, day_of
from desktop.centre.doing import HELD, Behind, demand_none_held, do, tell
from desktop.centre.people import of_office, staff_of
from desktop.centre.releasing import NOT_SIGNED
from desktop.centre.streams import lock_streams
from desktop.centre.tables import CaseRow, CommandRow, DeviceRow, StreamRow
from desktop.centre.transacting import is_nobodys_bug
from desktop.domain import commands as c
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.stream import office_stream
from desktop.wire.box import boxed
from desktop.wire.canon import link_hash
from desktop.wire.codec import Unreadable, acted, decode_command, unsigned
from desktop.wire.link import verifies


class Fork(Exception):
    """A sequence number came again with another content: a copied or restored database."""


class Broken(Exception):
    """The chain has a gap or does not verify: the desk sends it again from the head."""


@dataclass(frozen=True)
class ArrivedCommand:
    """A command of this push: its text, place in the chain, and the command if it could be read."""

    seq: int
    text: str
    hash: str
    ident: str
    command: c.Command | None


WORK_S = 1.0
"""So long a push may work: others wait for the streams that it holds."""
# PostgreSQL keeps the names of 64 savepoints of a transaction at hand; with more, everybody's
# look-ups go to the disk's cache (its manual, "Subtransactions").
SAVEPOINTS = 60


def push(session: Session, centre: Centre, device_id: str, texts: list[str], at: datetime) -> int:
    """Accept the first of the commands, as many as go into one transaction; the rest comes again.

    Returns the device's head afterwards. Raises Fork or Broken, whole.
    """
    begun = time.monotonic()
    locked = select(DeviceRow).where(DeviceRow.device_id == device_id).with_for_update()
    device = session.scalars(locked.execution_options(populate_existing=True)).one()
    arrived = _new(session, device, boxed(texts))[:SAVEPOINTS]
    home = office_stream(device.office)
    cases = _streams_of(session, arrived)
    streams = lock_streams(session, {home, *cases.values()})
    _lock_visits(session, centre, arrived, at)
    for item in arrived:
        _handle(session, centre, device, item, streams, at)
        device.head_seq, device.head_hash = item.seq, item.hash
        if time.monotonic() - begun > WORK_S:
            break
    session.flush()
    return device.head_seq


def _new(session: Session, device: DeviceRow, texts: list[str]) -> list[ArrivedCommand]:
    """What has not come before, contiguous and chained; raises Fork or Broken."""
    arrived = []
    seq, chain = device.head_seq, device.head_hash
    for text in texts:
        try:
            command = decode_command(text)
            number = command.device_seq
        except Unreadable:
            command, number = None, seq + 1
        if command is not None and number <= device.head_seq:
            _demand_same(session, device, number, text)
            continue
        if number != seq + 1:
            raise Broken(f"sequence {number} after {seq}")
        if command is not None and command.device_id != device.device_id:
            raise Broken("a command of another device")
        seq, chain = number, link_hash(chain, text)
        ident = command.command_id if command else _ident(text, chain)
        arrived.append(ArrivedCommand(seq, text, chain, ident, command))
    return arrived


def _ident(text: str, chain: str) -> str:
    """The id of a command that could not be read, so that its desk can be told."""
    try:
        return str(json.loads(text)["command_id"])[:36]
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"unread-{chain[:24]}"


def _demand_same(session: Session, device: DeviceRow, seq: int, text: str) -> None:
    kept = session.get(CommandRow, (device.device_id, seq))
    if kept is None or kept.canon != text:
        raise Fork(f"sequence {seq} of {device.device_id}")


def _streams_of(session: Session, arrived: list[ArrivedCommand]) -> dict[str, str]:
    """The stream of each known case that the commands touch."""
    ids = {item.command.case_id for item in arrived if item.command}
    rows = session.execute(select(CaseRow.case_id, CaseRow.stream).where(CaseRow.case_id.in_(ids)))
    return {row.case_id: row.stream for row in rows}


def _lock_visits(
    session: Session, centre: Centre, arrived: list[ArrivedCommand], at: datetime
) -> None:
    commands = [item.command for item in arrived if item.command is not None]
    if any(isinstance(command.payload, visits.TOUCHING) for command in commands):
        # Without a rota nothing is booked: each is told so when its turn comes.
        with suppress(Refusal):
            visits.lock_ahead(session, centre.reference.rota(session, day_of(at)), commands)


def _handle(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    item: ArrivedCommand,
    streams: dict[str, StreamRow],
    at: datetime,
) -> None:
    """One command: done, refused or held; never an obstacle to the next."""
    home = streams[office_stream(device.office)]
    heads = {name: (row.pos, row.hash) for name, row in streams.items()}
    state, refusal, report = "done", None, ""
    try:
        with session.begin_nested():
            _do(session, centre, device, item, streams, at)
    except Refusal as no:
        state, refusal = "refused", no
    except Behind:
        state = HELD
    # A bug in one command must not stop a whole office: it is parked, told and logged once.
    except Exception as bug:
        if is_nobodys_bug(session, bug):
            raise
        state, report = HELD, journal.report(bug)
        logging.getLogger(__name__).error("command %s held, report %s", item.seq, report)
    if state != "done":
        for name, (pos, chain) in heads.items():
            streams[name].pos, streams[name].hash = pos, chain
        tell(session, home, item.command, item.ident, refusal, report, at)
    command = item.command
    session.execute(
        insert(CommandRow).values(
            device_id=device.device_id,
            device_seq=item.seq,
            command_id=item.ident,
            case_id=command.case_id if command else "",
            kind=command.kind if command else "",
            state=state,
            received_at=at,
            canon=item.text,
            hash=item.hash,
        )
    )


def _do(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    item: ArrivedCommand,
    streams: dict[str, StreamRow],
    at: datetime,
) -> None:
    command = item.command
    if command is None:
        raise Refusal("این کار را مرکز نشناخت؛ نسخهٔ برنامه‌ها را بسنجید.")
    demand_none_held(session, command.case_id)
    actor = actor_of(session, centre, device, command, item.text)
    do(session, centre, command, actor, streams[office_stream(device.office)], streams, at)


def actor_of(
    session: Session, centre: Centre, device: DeviceRow, command: c.Command, text: str
) -> Staff:
    """Who acts, of the device's own office, with the personal signature where it is asked for.

    `text` is the command as it came: an earlier program signed what it knew of, no more.
    """
    row = of_office(session, device.office).get(command.actor)
    if row is None:
        raise Refusal("این کاربر در این دفتر ثبت نشده است.")
    signed = command.kind not in c.SIGNED_BY_PERSON or verifies(
        row.key, command.person_signature, acted(centre.identity.centre, unsigned(text))
    )
    if not signed:
        raise Refusal(NOT_SIGNED)
    return staff_of(row, device.desk)
