"""What time brings about: visits that were missed, terms that lapsed, held commands tried again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, func, insert, literal_column, select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import (
    check_files,
    consulting,
    devices,
    doubting,
    heirs,
    objecting,
    promises,
    visits,
)
from desktop.centre.consultation_tables import OPEN_CONSULTATION, ConsultationRow
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.doing import HELD, Behind, demand_none_held, do, follow, tell
from desktop.centre.heads import sign_heads
from desktop.centre.passing import Gone, tell_elsewhere
from desktop.centre.plausible import Came
from desktop.centre.pushing import actor_of, demand_new_enough
from desktop.centre.records import in_force
from desktop.centre.recovering import adopted, opening
from desktop.centre.recovering.standing import Phase
from desktop.centre.replays import forget_answered
from desktop.centre.shares import Busy
from desktop.centre.streams import hold_city, homes, load_case, load_cases, lock_streams
from desktop.centre.tables import (
    ANSWER_DUE,
    BOOKED,
    HELD_COMMAND,
    LAPSING,
    CaseRow,
    CommandRow,
    DeviceRow,
    DoubleToldRow,
    FactRow,
    HeldSettledRow,
    LetterRow,
    is_settled,
)
from desktop.centre.transacting import transact
from desktop.centre.watching import doubles, offices
from desktop.chance import new_id
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Staff
from desktop.domain.state import AWAITS_CENTRE, State
from desktop.domain.stream import office_stream
from desktop.domain.transitions import MOVES
from desktop.sql.engine import LONG, limited
from desktop.sql.faults import is_line_lost, passes
from desktop.sql.missing import make_missing
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import decode_command, encode_command

DEVICE = "centre"
# Any numbers that no other lock of the centre's database uses: what is done each minute may last,
# and what is done each hour does not wait another hour for it.
_HOURLY, _MINUTELY = 14_041_021, 14_041_023
_NO_REPORT, _NEVER = 2, 7
_SILENT = timedelta(days=10)
"""Working days after a visit in which its report comes."""
# So long letters on records that were taken back are looked for, and what was under way when they
# were may still have rested on them.
_RECALLED, _UNDER_WAY = timedelta(days=3), timedelta(minutes=1)
_SPELL_S = 60.0
_NO_CASE = "چنین پرونده‌ای نیست."
_UNDUE = "این کار دیگر لازم نیست."
_log = logging.getLogger(__name__)
Still = Callable[[Session], bool]
"""Whether what was due still is, asked under the lock of its case."""


def tick(centre: Centre) -> int:
    """Do all that is due by now, each in a transaction of its own; how many acts were done.

    Nothing while another process of the centre is at it, or it waits for what desks give back.
    """
    with centre.reading() as session:
        closed = centre.recovery.phase(session) is Phase.CLOSED
    with alone(centre, _HOURLY) as ours:
        if closed:
            return int(ours and opening.open_if_all_came(centre))
        return _all_due(centre) if ours else 0


def each_minute(centre: Centre) -> int:
    """Do what waits for no hour: tell desks that a letter ended, holds again, or that a device is
    revoked, and decide what waited for records or for the confirmation of a restored centre; how
    many things were done.

    Nothing at a restored centre before that.
    """
    with centre.reading() as session:
        if not centre.recovery.decides(session):
            return 0
    done = 0
    with _apart("the list of letters that no longer hold"):
        done += check_files.tell_changed(centre)
    with _apart("revocations"):
        done += devices.tell_rest(centre)
    with alone(centre, _MINUTELY) as ours:
        return done + (decide_waiting(centre) if ours else 0)


@contextmanager
def alone(centre: Centre, lock: int = _HOURLY) -> Iterator[bool]:
    """Whether no other process does what is due under that lock, for as long as the block lasts.

    A file of SQLite has one process at all times: who opens its folder locks it.
    """
    if centre.writer.dialect.name == "sqlite":
        yield True
        return
    # Of a transaction that does nothing else: it holds up nobody, and ends with its connection. It
    # is silent for as long as there is something to do.
    options = limited(replace(LONG, silence=0))
    with centre.writer.connect().execution_options(**options) as connection:
        yield bool(connection.scalar(select(func.pg_try_advisory_xact_lock(lock))))


def _all_due(centre: Centre) -> int:
    at = centre.clock()
    done = try_held(centre, at) + decide_waiting(centre)
    with _apart("the fees of missed visits"):
        # Of a process that ended before it did.
        done += ask_missed_fees(centre)
    with _apart("the heads of streams"):
        sign_heads(centre)
    with centre.reading() as session:
        if not centre.recovery.decides(session):
            # Acts that were done in the lost time still come again.
            return done
    for source in _SOURCES:
        # What one of them can't read stops no other.
        with _apart(source.__name__):
            done += _brought_about(centre, source)
    done += _weigh_letters(centre)
    with _apart("answers that nobody may ask for again"):
        forget_answered(centre)
    with _apart("the list of letters that no longer hold"):
        check_files.tell_changed(centre)
    return done


def _weigh_letters(centre: Centre) -> int:
    """Weigh letters for as long as all else may wait for it; how many came to stand otherwise."""
    with _apart("letters in doubt"):
        doubting.note_changes(centre)
    until, changed = time.monotonic() + _SPELL_S, 0
    for letter_id, case_id in doubting.unweighed(centre):
        with _apart(f"a letter of case {case_id}"):
            changed += doubting.weigh(centre, letter_id, case_id)
        if time.monotonic() > until:
            break
    return changed


def _brought_about(centre: Centre, source: _Source) -> int:
    """Do all that the source lists; how many acts were done."""
    at = centre.clock()
    with centre.reading() as session:
        due = list(source(session, centre, at))
    return sum(_done(centre, each, at) for each in due)


def pass_on(centre: Centre) -> int:
    """Give the cases that another office finishes by now to it; how many went.

    Whoever else is at it at this moment finds each where it is by then.
    """
    return _brought_about(centre, _to_heirs)


def tell_objections(centre: Centre) -> int:
    """Tell first cases how far the objections to them are; how many were told."""
    return _brought_about(centre, _untold_objections)


@dataclass(frozen=True)
class _Due:
    """An act of the centre that a case waits for; `still` tells whether it is due when its turn
    comes, where the act itself does not."""

    case_id: str
    payload: c.Payload
    still: Still = lambda _: True


_Source: TypeAlias = Callable[[Session, Centre, datetime], Iterator[_Due]]


def _done(centre: Centre, due: _Due, at: datetime) -> bool:
    """Whether the act was done, in a transaction of its own."""
    with _apart(f"case {due.case_id}"):
        return transact(
            centre,
            centre.writer,
            lambda session: act(session, centre, due.case_id, due.payload, at, due.still),
        )
    return False


@contextmanager
def _apart(what: str) -> Iterator[None]:
    """One bad case stops no other, and no start: it stays as it is, and is logged once an hour.

    Raises what tells that the line to the database is lost: everything else would find it so too.
    """
    try:
        yield
    except Exception as fault:
        if is_line_lost(fault.__cause__ if isinstance(fault, Busy) else fault):
            raise
        if isinstance(fault, Busy) or passes(fault):
            _log.info("%s waits for the next time: %s", what, fault)
        else:
            _log.error("%s waits, %s", what, journal.report(fault))


def decide_waiting(centre: Centre) -> int:
    """Decide the cases that were registered while no records were in force; how many were."""
    at = centre.clock()
    waiting = select(CaseRow.case_id, CaseRow.stream).where(
        CaseRow.state.in_([state.value for state in AWAITS_CENTRE])
    )
    with centre.reading() as session:
        if in_force.number(session) is None or not centre.recovery.decides(session):
            return 0
        cases = session.execute(waiting).all()
    return sum(_decide(centre, case_id, stream, at) for case_id, stream in cases)


def ask_missed_fees(centre: Centre, case_ids: Sequence[str] | None = None) -> int:
    """Ask the fees of missed visits whose pictures came, of these cases or of all; how many were
    asked."""
    waiting = select(CaseRow.case_id).where(CaseRow.state == State.VISIT_DUE.value)
    if case_ids is not None:
        waiting = waiting.where(CaseRow.case_id.in_(case_ids))
    with centre.reading() as session:
        ids = session.scalars(waiting).all()
        cases = load_cases(session, ids).values() if ids else ()
        unseen = [each for each in cases if each.door_unseen]
    return sum(_decide(centre, each.case_id, each.stream, centre.clock()) for each in unseen)


def _decide(centre: Centre, case_id: str, name: str, at: datetime) -> bool:
    def decide(session: Session) -> bool:
        stream = lock_streams(session, [name])[name]
        demand_none_held(session, case_id)
        case = load_case(session, case_id)
        return case is not None and follow(session, centre, stream, case, "", at).rev > case.rev

    decided = False
    with _apart(f"case {case_id}"), suppress(Refusal, Behind):
        decided = transact(centre, centre.writer, decide)
    return decided


def take_back(centre: Centre) -> int:
    """Recall the letters that rest on records that were taken back; how many cases were told."""
    return _brought_about(centre, _taken_back)


def _taken_back(session: Session, _: Centre, at: datetime) -> Iterator[_Due]:
    """Cases with letters from while records were in force that were taken back, not yet told so.

    Until each is told, whatever ended the last try: a lock, an act that is held, a kill.
    """
    act = in_force.last_act(session)
    if act is None or act.kind != in_force.BACK or at - act.at > _RECALLED:
        return
    since = in_force.forced_at(session, act.former_id)
    if since is None:
        return
    issued = select(LetterRow.case_id).where(
        *issued_since(since), LetterRow.issued_at <= act.at + _UNDER_WAY
    )
    payload = c.TakeRecordsBack(str(act.words.get("reason", "")))
    for case_id in sorted(set(session.scalars(issued))):
        if _untold(session, case_id, act.at):
            yield _Due(case_id, payload)


def _untold(session: Session, case_id: str, since: datetime) -> bool:
    """Whether the case can be told, and has not been told since then, that its records are gone."""
    # One by one: of many at once PostgreSQL would read every case.
    case = session.scalar(select(CaseRow).where(CaseRow.case_id == case_id))
    if case is None or State(case.state) not in MOVES[f.RecordsTakenBack.kind].since:
        return False
    told = select(FactRow.pos).where(
        FactRow.stream == case.stream,
        FactRow.case_id == case_id,
        FactRow.rev > 0,
        FactRow.kind == f.RecordsTakenBack.kind,
        FactRow.at >= since,
    )
    return session.scalar(told.limit(1)) is None


def issued_since(moment: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Letters that were issued since then and stand."""
    return LetterRow.issued_at >= moment, LetterRow.state != "voided"


def _listed(session: Session, found: Select[str], payload: c.Payload) -> Iterator[_Due]:
    """An act on each case that is found, and is found again when its turn comes."""
    for case_id in session.scalars(found).all():
        again = found.where(CaseRow.case_id == case_id)
        yield _Due(case_id, payload, partial(_is_found, again))


def _is_found(again: Select[str], session: Session) -> bool:
    return session.scalar(again) is not None


def _unreported(session: Session, centre: Centre, at: datetime) -> Iterator[_Due]:
    """Visits without a report for two days, and those of a week and more.

    A laptop that was not heard since may have theirs: then they wait for it.
    """
    today = day_of(at)
    calendar = centre.reference.city(session, today).calendar
    first, last = (_still_reported(calendar, today, days) for days in (_NO_REPORT, _NEVER))
    first = max(min(first, _all_heard(session, at)), last)
    missed = select(CaseRow.case_id).where(literal_column(BOOKED), CaseRow.slot_day < first)
    return _listed(session, missed, c.MissVisit("cancelled", "گزارش بازدید نرسید"))


def _lapsed(session: Session, _: Centre, at: datetime) -> Iterator[_Due]:
    """Deficiencies whose term is over."""
    lapsed = select(CaseRow.case_id).where(literal_column(LAPSING), CaseRow.lapses_on < day_of(at))
    return _listed(session, lapsed, c.Withdraw("مهلت رفع نقص پایان یافت"))


def _late_answers(session: Session, _: Centre, at: datetime) -> Iterator[_Due]:
    """Answers that are late after a visit."""
    late = select(CaseRow.case_id).where(literal_column(ANSWER_DUE), CaseRow.answer_by < day_of(at))
    return _listed(session, late, c.Escalate())


def _promised(session: Session, centre: Centre, at: datetime) -> Iterator[_Due]:
    """Steps whose promise ends."""
    for case_id in promises.may_be_due(session, day_of(at)):
        with _apart(f"case {case_id}"):
            told = promises.due(session, centre, case_id, day_of(at))
            if told is not None:
                yield _Due(case_id, told)


def _all_heard(session: Session, at: datetime) -> date:
    """The first day of which a desk of the municipality may not have told all; of desks that have
    been silent for long nobody waits."""
    row = DeviceRow
    heard = select(func.min(row.heard_at)).where(
        row.office == MUNICIPALITY, row.revoked_at.is_(None), row.heard_at >= at - _SILENT
    )
    oldest = session.scalar(heard)
    return day_of(oldest) if oldest is not None else day_of(at)


def _still_reported(calendar: OfficeCalendar, today: date, days: int) -> date:
    """The first day whose visits may be reported for so many working days more: offices are shut on
    some that follow."""
    first = today
    while calendar.add_working_days(first - timedelta(days=1), days) >= today:
        first -= timedelta(days=1)
    return first


def _late_replies(session: Session, _: Centre, at: datetime) -> Iterator[_Due]:
    """Replies of other bodies that are late."""
    row = ConsultationRow
    late = select(row.case_id, row.consultation_id).where(
        literal_column(f"consultation.{OPEN_CONSULTATION}"),
        row.reply_by < day_of(at),
        row.late.is_(False),
    )
    for case_id, ident in session.execute(late):
        yield _Due(case_id, c.TellLateReply(ident))


def _doubles(session: Session, _: Centre, at: datetime) -> Iterator[_Due]:
    """Each of two offices with open cases for one thing is told of the other's, once."""
    pairs = doubles(session, untold=True)
    names = offices(session, day_of(at)) if pairs else {}
    for pair in pairs:
        for row, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if session.get(DoubleToldRow, (row.stream, row.case_id, other.tracking)) is None:
                office = names.get(other.stream, other.stream)
                yield _Due(row.case_id, c.TellDouble(office, other.tracking, pair.shared))


def _untold_objections(session: Session, _: Centre, __: datetime) -> Iterator[_Due]:
    """Cases that have not heard of an objection."""
    return (_Due(*each) for each in objecting.due(session))


def _to_heirs(session: Session, centre: Centre, at: datetime) -> Iterator[_Due]:
    """Cases that another office finishes."""
    return (_Due(*each) for each in heirs.due(session, centre, at))


_SOURCES: tuple[_Source, ...] = (
    _unreported,
    _lapsed,
    _late_answers,
    _promised,
    _late_replies,
    _doubles,
    _taken_back,
    _untold_objections,
    _to_heirs,
)
"""All that time brings about."""


def act(
    session: Session,
    centre: Centre,
    case_id: str,
    payload: c.Payload,
    at: datetime,
    still: Still = lambda _: True,
) -> bool:
    """One act of the centre on a case, in its own chain; False when it is due or lawful no more."""
    try:
        with session.begin_nested():
            act_for(session, centre, CENTRE_ACTOR, case_id, payload, at, still)
    except (Refusal, Behind) as no:
        _log.info("not now: %s", no)
        return False
    return True


def act_for(
    session: Session,
    centre: Centre,
    actor: Staff,
    case_id: str,
    payload: c.Payload,
    at: datetime,
    still: Still = lambda _: True,
) -> None:
    """One act on a case in the centre's own chain, in that person's name.

    Raises Refusal, or Behind, when it is not lawful, or is `still` due no more.
    """
    device = own_device(session)
    own = homes(session, [case_id]).get(case_id, ())
    heir = {office_stream(payload.office)} if isinstance(payload, c.PassOn) else set()
    streams = lock_streams(session, {*own, *heir})
    # Read under the lock: who held it before may have done what makes this undue.
    case = load_case(session, case_id)
    if not own or case is None:
        raise Refusal(_NO_CASE)
    if not still(session):
        raise Refusal(_UNDUE)
    command = c.Command(
        command_id=new_id(),
        case_id=case_id,
        device_id=DEVICE,
        device_seq=device.head_seq + 1,
        actor=actor.staff_id,
        base_rev=case.rev,
        made_at=at,
        payload=payload,
    )
    demand_none_held(session, case_id)
    do(session, centre, command, actor, streams[own[0]], streams, at)
    text = encode_command(command)
    device.head_seq, device.head_hash = command.device_seq, link_hash(device.head_hash, text)
    session.execute(
        insert(CommandRow).values(
            device_id=DEVICE,
            device_seq=command.device_seq,
            command_id=command.command_id,
            case_id=case_id,
            kind=command.kind,
            state="done",
            received_at=at,
            canon=text,
            hash=device.head_hash,
        )
    )


def own_device(session: Session) -> DeviceRow:
    """The centre's own row among the devices, locked."""
    locked = select(DeviceRow).where(DeviceRow.device_id == DEVICE).with_for_update()
    device = session.scalars(locked).one_or_none()
    if device is not None:
        return device
    # Nobody signs for it: what it does never comes through the door.
    row = {"office": DEVICE, "desk": 0, "key": "", "head_seq": 0, "head_hash": GENESIS}
    make_missing(session, DeviceRow, {"device_id": DEVICE, **row})
    return session.scalars(locked).one()


def try_held(centre: Centre, at: datetime) -> int:
    """Try held commands again, in the order in which they came; how many are settled now."""
    settled = is_settled()
    query = (
        select(CommandRow.device_id, CommandRow.device_seq)
        .where(literal_column(f"command.{HELD_COMMAND}"), ~settled)
        .order_by(CommandRow.received_at, CommandRow.device_id, CommandRow.device_seq)
    )
    with centre.reading() as session:
        held = session.execute(query).all()
    return sum(_again(centre, device_id, seq, at) for device_id, seq in held)


def _again(centre: Centre, device_id: str, seq: int, at: datetime) -> bool:
    def settle(session: Session) -> None:
        row = session.get_one(CommandRow, (device_id, seq))
        device = session.get_one(DeviceRow, device_id)
        command = decode_command(row.canon)
        home = office_stream(device.office)
        if isinstance(command.payload, (*visits.SELLING, *consulting.NUMBERING)):
            hold_city(session)
        streams = lock_streams(session, {home, *homes(session, [row.case_id]).get(row.case_id, ())})
        if session.get(HeldSettledRow, (device_id, row.command_id)) is not None:
            # Somebody else tried it meanwhile.
            return
        state, refusal = "done", None
        given = adopted.outcomes(session, centre, [row.command_id]).get(row.command_id)
        if given is not None and given != HELD:
            # Done before a restore, and its facts came back.
            told = {"device_id": device_id, "command_id": row.command_id, "settled_at": at}
            session.add(HeldSettledRow(**told, state=given))
            return
        try:
            with session.begin_nested():
                demand_new_enough(device, command)
                demand_none_held(session, row.case_id, row.command_id)
                actor = actor_of(session, centre, device, command, row.canon, row.received_at)
                came = Came(row.received_at, device.emptied_at)
                do(session, centre, command, actor, streams[home], streams, at, came)
        except Refusal as no:
            state, refusal = "refused", no
        if refusal is not None:
            streams = lock_streams(session, streams)
            tell(session, streams[home], command, row.command_id, refusal, "", at)
        if isinstance(refusal, Gone):
            tell_elsewhere(session, streams, command, refusal.told, at)
        session.add(
            HeldSettledRow(
                device_id=device_id, command_id=row.command_id, state=state, settled_at=at
            )
        )

    settled = False
    # Still broken it stays held, told once before and logged again under the same code.
    with _apart(f"held act {seq} of {device_id}"), suppress(Behind):
        transact(centre, centre.writer, settle)
        settled = True
    return settled
