"""Push: commands of one device become facts, in one transaction (SYNC.md "Push")."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import bills, visits
from desktop.centre.conflicts import Overtaken, demand_fresh
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.deciding import consequences
from desktop.centre.people import staff_of
from desktop.centre.projecting import project
from desktop.centre.streams import append, load_facts, lock_streams
from desktop.centre.tables import CaseRow, CommandRow, DeviceRow, PersonRow, StreamRow
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.case import Case, apply, case_of
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.lawful import handle
from desktop.domain.people import Role, Staff
from desktop.domain.setting import Facts, Setting
from desktop.domain.stream import CommandHeld, CommandRefused, office_stream
from desktop.forms.answers import check_request
from desktop.wire.canon import link_hash
from desktop.wire.codec import Unreadable, decode_command, encode_command
from desktop.wire.link import verifies

_MOST_ROUNDS = 4


class Fork(Exception):
    """A sequence number came again with another content: a copied or restored database."""


class Broken(Exception):
    """The chain has a gap or does not verify: the desk sends it again from the head."""


@dataclass(frozen=True)
class Arrived:
    """A command of this push: its text, place in the chain, and the command if it could be read."""

    seq: int
    text: str
    hash: str
    ident: str
    command: c.Command | None


def push(session: Session, centre: Centre, device_id: str, texts: list[str], at: datetime) -> int:
    """Accept the commands; returns the device's head afterwards. Raises Fork or Broken, whole."""
    locked = select(DeviceRow).where(DeviceRow.device_id == device_id).with_for_update()
    device = session.scalars(locked.execution_options(populate_existing=True)).one()
    arrived = _new(session, device, texts)
    home = office_stream(device.office)
    cases = _streams_of(session, arrived)
    streams = lock_streams(session, {home, *cases.values()})
    for item in arrived:
        _take(session, centre, device, item, streams, at)
        device.head_seq, device.head_hash = item.seq, item.hash
    session.flush()
    return device.head_seq


def _new(session: Session, device: DeviceRow, texts: list[str]) -> list[Arrived]:
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
        arrived.append(Arrived(seq, text, chain, ident, command))
    return arrived


def _ident(text: str, chain: str) -> str:
    """The id of a command that could not be read, so that its desk can be told."""
    try:
        return str(json.loads(text)["command_id"])[:36]
    except (ValueError, KeyError, TypeError):
        return f"unread-{chain[:24]}"


def _demand_same(session: Session, device: DeviceRow, seq: int, text: str) -> None:
    kept = session.get(CommandRow, (device.device_id, seq))
    if kept is None or kept.canon != text:
        raise Fork(f"sequence {seq} of {device.device_id}")


def _streams_of(session: Session, arrived: list[Arrived]) -> dict[str, str]:
    """The stream of each known case that the commands touch."""
    ids = {item.command.case_id for item in arrived if item.command}
    rows = session.execute(select(CaseRow.case_id, CaseRow.stream).where(CaseRow.case_id.in_(ids)))
    return {row.case_id: row.stream for row in rows}


def _take(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    item: Arrived,
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
    # A bug in one command must not stop a whole office: it is parked, told and logged once.
    except Exception as bug:  # noqa: BLE001
        state, report = "held", journal.report(bug)
        logging.getLogger(__name__).error("command %s held, report %s", item.seq, report)
    if state != "done":
        for name, (pos, chain) in heads.items():
            streams[name].pos, streams[name].hash = pos, chain
        _tell(session, centre, home, device, item, refusal, report, at)
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


def _tell(
    session: Session,
    centre: Centre,
    home: StreamRow,
    device: DeviceRow,
    item: Arrived,
    refusal: Refusal | None,
    report: str,
    at: datetime,
) -> None:
    command = item.command
    kind, case_id = (command.kind, command.case_id) if command else ("", "")
    if refusal is None:
        told: CommandHeld | CommandRefused = CommandHeld(kind, case_id, report)
    elif isinstance(refusal, Overtaken):
        told = CommandRefused(
            kind, case_id, refusal.words, refusal.key, refusal.mine, refusal.theirs
        )
    else:
        told = CommandRefused(kind, case_id, refusal.words, refusal.field or "")
    append(
        session,
        home,
        [told],
        case_id="",
        rev=0,
        cause=item.ident,
        actor=CENTRE_ACTOR,
        at=at,
    )


def _do(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    item: Arrived,
    streams: dict[str, StreamRow],
    at: datetime,
) -> None:
    command = item.command
    if command is None:
        raise Refusal("این کار را مرکز نشناخت؛ نسخهٔ برنامه‌ها را بسنجید.")
    _demand_not_held(session, command)
    actor = _actor(session, device, command)
    known = load_facts(session, command.case_id)
    case = case_of(known)
    if case is not None:
        demand_fresh(command, case, known)
    setting = _setting(session, centre, case, command, actor, at)
    facts = _completed(session, case, setting, handle(case, command, actor, setting))
    stream = streams[case.stream if case else office_stream(device.office)]
    case = _append(session, stream, case, facts, command, actor, at)
    for _ in range(_MOST_ROUNDS):
        following = consequences(session, centre, case, at)
        if not following:
            break
        case = _append(session, stream, case, following, command, CENTRE_ACTOR, at)


def _append(
    session: Session,
    stream: StreamRow,
    case: Case | None,
    payloads: Facts,
    command: c.Command,
    actor: Staff,
    at: datetime,
) -> Case:
    """The facts, and what they change beside: the next decision rests on it."""
    facts = append(
        session,
        stream,
        payloads,
        case_id=command.case_id,
        rev=case.rev if case else 0,
        cause=command.command_id,
        actor=actor,
        at=at,
    )
    for fact in facts:
        case = apply(case, fact)
    if case is None:
        raise ValueError("a command made no fact")
    project(session, case, facts)
    return case


def _demand_not_held(session: Session, command: c.Command) -> None:
    held = select(CommandRow.command_id).where(
        CommandRow.case_id == command.case_id, CommandRow.state == "held"
    )
    if session.scalars(held.limit(1)).one_or_none() is not None:
        raise Refusal("کار پیشین این پرونده نزد مرکز متوقف است؛ تا رفع آن صبر کنید.")


def _actor(session: Session, device: DeviceRow, command: c.Command) -> Staff:
    row = session.get(PersonRow, command.actor)
    if row is None or row.office != device.office:
        raise Refusal("این کاربر در این دفتر ثبت نشده است.")
    if command.kind in c.SIGNED_BY_PERSON:
        unsigned = encode_command(replace(command, person_signature=""), signed=False)
        if not verifies(row.key, command.person_signature, unsigned.encode()):
            raise Refusal("امضای شخصی این کار درست نیست؛ دوباره با گذرواژه انجام دهید.")
    return staff_of(row, device.desk)


def _setting(
    session: Session,
    centre: Centre,
    case: Case | None,
    command: c.Command,
    actor: Staff,
    at: datetime,
) -> Setting:
    day = day_of(at)
    payload = command.payload
    if isinstance(payload, c.Register):
        request = payload.request
        service = centre.reference.service(session, request.service, request.version)
        current = centre.reference.in_force(session, request.service, request.received_on)
        if service.version != current.version:
            raise Refusal("فرم این خدمت دگرگون شده است؛ درخواست را با فرم تازه ثبت کنید.")
        faults = check_request(service, request, day)
        if faults:
            raise Refusals(list(faults))
    elif case is not None:
        service = centre.reference.service(session, case.request.service, case.request.version)
    else:
        raise Refusal("چنین پرونده‌ای نیست.")
    releasers = select(PersonRow.staff_id).where(
        PersonRow.office == actor.office,
        PersonRow.role.in_([Role.CLERK.value, Role.MANAGER.value]),
    )
    return Setting(
        service=service,
        city=centre.reference.city(session, day),
        today=day,
        releasers=len(session.scalars(releasers).all()),
        authorised=centre.reference.authorised(session, actor.staff_id, service.code, day),
    )


def _completed(session: Session, case: Case | None, setting: Setting, facts: Facts) -> Facts:
    """What only the centre knows: whether a slot is free, whose it is, whether a bill is spent."""
    completed: list[f.CaseFact] = []
    for fact in facts:
        match fact:
            case f.SlotBooked(slot=slot):
                visits.take(session, slot, setting.city)
                fact = replace(fact, inspector=visits.inspector_of(session, slot))
            case f.SlotMoved(slot=slot) if case is not None and case.slot is not None:
                visits.take(session, slot, setting.city)
                visits.give_back(session, case.slot)
                fact = replace(fact, inspector=visits.inspector_of(session, slot))
            case f.AmountPaid(key=key) if case is not None:
                sum_ = next(o for o in case.owed if o.key == key)
                bills.settle_pair(session, case, sum_)
            case f.VisitMissed() | f.Withdrawn() if case is not None and case.slot is not None:
                if case.slot.day > setting.today:
                    visits.give_back(session, case.slot)
            case _:
                pass
        completed.append(fact)
    return tuple(completed)
