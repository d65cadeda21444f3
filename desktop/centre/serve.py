"""The centre's door: a signed call in, a signed reply out; the same for every link."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, Generic

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import (
    announcing,
    asking,
    blobs,
    board_cases,
    boarding,
    bulletin,
    case_reading,
    check_files,
    checking,
    commissions,
    consultation_list,
    converting,
    desk_people,
    doubt_list,
    drafting,
    elsewhere,
    enrolling,
    heir_named,
    import_forcing,
    import_state,
    importing,
    lessons,
    look_record,
    message_list,
    moved_visits,
    newcomers,
    notices,
    objecting,
    objection_list,
    office_list,
    offices_at_work,
    outages,
    people_list,
    publishing,
    pushing,
    queueing,
    reading_chains,
    reading_log,
    readings,
    rearranging,
    reviewing,
    second_looks,
    stopping,
    trying,
    versions,
    visit_day,
    visit_week,
    watching,
    withdrawing,
    written,
)
from desktop.centre.arriving import Broken, Fork
from desktop.centre.clients import LEAST_CLIENT, TooOld, is_too_old
from desktop.centre.context import Centre, day_of
from desktop.centre.records import in_force
from desktop.centre.recovering import giving
from desktop.centre.recovering.standing import Phase
from desktop.centre.reference import NoFigures
from desktop.centre.replays import CLOCK_LIMIT, answered, keep_answer
from desktop.centre.shares import Busy
from desktop.centre.streams import heads_of, slices_after
from desktop.centre.tables import DeviceRow
from desktop.centre.tick import ask_missed_fees, tell_objections
from desktop.centre.transacting import transact
from desktop.domain.errors import TOO_LARGE, Refusal
from desktop.domain.line import Why
from desktop.domain.stream import CITY, office_stream
from desktop.sql.engine import PATIENT, SHORT, Limits
from desktop.wire import calls, link
from desktop.wire import payloads as p
from desktop.wire.blobs import BlobAnswer, ChunkAsk, ProveAsk
from desktop.wire.bounds import UUID
from desktop.wire.calls import Answered, Asked, Call
from desktop.wire.enrolling import EnrolAnswer, EnrolAsk, ReachAnswer, ReachAsk

_log = logging.getLogger(__name__)
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_LONGEST_VERSION, _MOST = 20, 2**31 - 1


def serve(centre: Centre, request: link.SignedRequest) -> link.Reply:
    """Answer one call, signed. A refusal, a fork or a bug is a reply too; nothing is raised."""
    at = centre.clock()
    try:
        question = link.question_of(request)
    except UnicodeEncodeError:
        told = _fault(link.UNREADABLE, "unreadable", _UNFRAMED, at)
        return link.Reply(told.status, told.body, link.iso(at), "")
    return _signed(centre, question, _answer(centre, request, question, at), at)


def waited(centre: Centre, request: link.SignedRequest, *, grown: bool) -> link.Reply:
    """The answer, signed, to a wait that `serve` let in and that was held since (`centre.api`).

    It says no more than whether there is something to pull: nothing is read for it once more.
    """
    told = _Told(link.OK, p.WaitAnswer(grown=grown).encode())
    return _signed(centre, link.question_of(request), told, centre.clock())


def _signed(centre: Centre, question: bytes, told: _Told, at: datetime) -> link.Reply:
    own, time = centre.identity, link.iso(at)
    said = link.answered(question, told.status, told.body, time, own.centre, own.epoch)
    return link.Reply(told.status, told.body, time, centre.keys.answers.sign(said))


class _Unreadable(Exception):
    """A body that is none of its call's; the number of its faults."""


def _demand_unrevoked(session: Session, device: DeviceRow) -> None:
    own = select(DeviceRow.revoked_at).where(DeviceRow.device_id == device.device_id)
    # Who revokes the machine at which he sits has done so.
    if device.revoked_at is None and session.scalar(own) is not None:
        raise pushing.Revoked


@dataclass(frozen=True)
class _Told:
    """An answer that is not signed yet; `read` is the question of a person who was told something
    that is kept as read, with what was told."""

    status: int
    body: bytes
    read: tuple[p.Body, p.Body] | None = None


def _answer(centre: Centre, request: link.SignedRequest, question: bytes, at: datetime) -> _Told:
    route = ROUTES.get(request.path)
    if route is None:
        return _fault(link.UNREADABLE, "no-such-call", NO_SUCH_CALL_WORDS, at)
    # Nothing is read from the database for what is no call of a desk.
    if len(request.body) > route.call.most:
        return _fault(link.UNREADABLE, "too-large", TOO_LARGE, at)
    asked_at = _moment(request.time)
    if asked_at is None or not _framed(request):
        return _fault(link.UNREADABLE, "unreadable", _UNFRAMED, at)
    own = (centre.identity.centre, centre.identity.epoch)
    if not route.stranger and (request.centre, request.epoch) != own:
        return _fault(link.ELSEWHERE, "elsewhere", _ELSEWHERE, at, epoch=centre.identity.epoch)
    engine = centre.writer if route.call.writes else centre.reader

    @cache
    def brought() -> p.Body:
        """The body, read once: also where the transaction is done again. Raises _Unreadable."""
        try:
            body: p.Body = route.call.ask.model_validate_json(request.body, strict=True)
        except ValidationError as fault:
            raise _Unreadable(fault.error_count()) from fault
        return body

    def answer(session: Session) -> _Told:
        device = _asker(session, route, request, brought)
        if device is None and centre.recovery.phase(session) is Phase.CLOSED:
            # It may have been enrolled since the copy was made: other desks bring word of it.
            return _fault(link.BUSY, "recovering", RECOVERING_WORDS, at)
        refused = _unfit(device, request, question, asked_at, at)
        if refused is not None or device is None:
            return refused or _fault(link.UNSIGNED, "unknown-device", _UNKNOWN, at)
        if not route.recovers and centre.recovery.phase(session) is Phase.CLOSED:
            return _fault(link.BUSY, "recovering", RECOVERING_WORDS, at)
        if not route.call.writes or route.call.repeatable:
            return done(session, device)
        earlier = answered(session, request, question, asked_at)
        if earlier is not None:
            return _Told(*earlier)
        try:
            with session.begin_nested():
                told = done(session, device)
        except Refusal as no:
            # What was refused stays so, whatever would let it pass in the next minutes.
            centre.put_off_nothing(session)
            told = _refused(no, at)
        keep_answer(session, request, question, told.status, told.body)
        return told

    def done(session: Session, device: DeviceRow) -> _Told:
        ask = brought()
        readings.demand_own(session, centre, device, ask, at)
        with _office_share(centre, route.call, device):
            made = route.handler(session, centre, device, ask, at)
        if isinstance(made, Refusal):
            return _refused(made, at)
        if route.call.writes and request.path != calls.PUSH.path:
            # A push holds the device from its beginning; what another call did since it was let in
            # is not kept when the device was revoked meanwhile.
            _demand_unrevoked(session, device)
        kept = readings.is_kept(request.path, ask, writes=route.call.writes)
        return _Told(link.OK, made.encode(), (ask, made) if kept else None)

    try:
        # Before anything is asked of the database: whoever is stuck there holds no more of it.
        with centre.shares.of(request.device_id):
            told = transact(centre, engine, answer, route.limits)
            if told.read is not None:
                # Before it is told: what is not kept as read is what nobody can look up.
                ask, made = told.read

                def keep(session: Session) -> None:
                    readings.keep(session, centre, request, ask, made, at)

                transact(centre, centre.writer, keep)
            return told
    except giving.AnothersTurn as fault:
        _log.info("%s waits: %s", request.path, fault)
        return _fault(link.BUSY, "recovering", RECOVERING_WORDS, at)
    except NoFigures as fault:
        _log.warning("%s waits: %s", request.path, fault)
        return _fault(link.BUSY, Why.NO_FIGURES, _NO_FIGURES, at)
    except Busy as fault:
        _log.info("busy: %s", fault)
        return _fault(link.BUSY, "busy", BUSY_WORDS, at)
    except Refusal as no:
        return _refused(no, at)
    except _Unreadable as fault:
        # What the centre itself makes wrongly is no fault of who asks: that is a bug, below.
        _log.info("unreadable body of %s: %s faults", request.path, fault)
        return _fault(link.UNREADABLE, "unreadable", "درخواست خوانده نشد.", at)
    except pushing.Revoked:
        return _fault(link.REVOKED, "revoked", _REVOKED, at)
    except Fork:
        return _fault(link.FORK, "fork", _FORK, at)
    except Broken as fault:
        _log.warning("broken chain from %s: %s", request.device_id, fault)
        return _fault(link.UNREADABLE, "broken-chain", "زنجیرهٔ کارها گسسته است.", at)
    # The door stays open for the other desks whatever one call ran into; it is logged once.
    except Exception as bug:  # noqa: BLE001
        report = journal.report(bug)
        return _fault(link.BROKEN, "bug", bug_words(report), at, report)


NO_SUCH_CALL_WORDS = "مرکز این درخواست را نمی‌شناسد."
_UNFRAMED = "این درخواست به شکل درخواست‌های مرکز نیست."
_ELSEWHERE = "این درخواست برای مرکز دیگری است، یا مرکز از نو برپا شده است."
_UNKNOWN = "این باجه نزد مرکز ثبت نشده است."
RECOVERING_WORDS = (
    "مرکز از نسخهٔ پشتیبان بازگردانده شده است و نخست آنچه را دفترها دارند پس می‌گیرد؛ "
    "خودکار دوباره پرسیده می‌شود."
)
BUSY_WORDS = "مرکز مشغول است؛ خودکار دوباره پرسیده می‌شود."
_NO_FIGURES = "ساعت مرکز درست نیست؛ تا درست شدن آن خودکار دوباره پرسیده می‌شود."
_REVOKED = "این باجه از کار برکنار شده است."
_FORK = "این پایگاه داده رونوشت یا بازگردانی باجهٔ دیگری است؛ ارسال متوقف شد. با ناظر تماس بگیرید."


def bug_words(report: str) -> str:
    """What a desk is told of a bug at the centre that was logged under that code."""
    return f"در مرکز خطای پیش‌بینی‌نشده‌ای رخ داد. کد گزارش: {report}"


def _fault(
    status: int,
    code: str,
    words: str,
    at: datetime,
    report: str = "",
    field: str = "",
    epoch: str = "",
) -> _Told:
    fault = p.Fault(code=code, words=words, time=at, report=report, field=field, epoch=epoch)
    return _Told(status, fault.encode())


def _refused(no: Refusal, at: datetime) -> _Told:
    if isinstance(no, TooOld):
        return _fault(link.TOO_OLD, "too-old", no.words, at)
    return _fault(link.UNREADABLE, "refused", no.words, at, field=no.field or "")


def _office_share(
    centre: Centre, call: Call[Any, Any], device: DeviceRow
) -> AbstractContextManager[None]:
    """A part of what the office may do at once, all strangers having one; to read it needs none."""
    return centre.office_shares.of(device.office or "a stranger") if call.writes else nullcontext()


def _asker(
    session: Session,
    route: _Route[Any, Any],
    request: link.SignedRequest,
    brought: Callable[[], p.Body],
) -> DeviceRow | None:
    """The device that asks; who is not one yet signs with the key that the call brings."""
    if not route.stranger:
        return session.get(DeviceRow, request.device_id)
    ask = brought()
    if not isinstance(ask, ReachAsk | EnrolAsk):
        raise TypeError(f"{request.path} brings no key")
    return DeviceRow(device_id=request.device_id, key=ask.key)


def _moment(text: str) -> datetime | None:
    """The moment of a request; None for what is not written as a desk writes it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and link.iso(moment) == text else None


def _framed(request: link.SignedRequest) -> bool:
    """Whether who asks is named as devices are, and the signature is as long as one."""
    return bool(UUID.fullmatch(request.device_id) and _SIGNATURE.fullmatch(request.signature))


def _unfit(
    device: DeviceRow | None,
    request: link.SignedRequest,
    question: bytes,
    asked_at: datetime,
    at: datetime,
) -> _Told | None:
    """Why the call is not taken: unknown, revoked, wrongly signed, or a clock far off."""
    if device is None:
        return _fault(link.UNSIGNED, "unknown-device", _UNKNOWN, at)
    if not link.verifies(device.key, request.signature, question):
        return _fault(link.UNSIGNED, "unsigned", "امضای باجه درست نیست.", at)
    if device.revoked_at is not None:
        return _fault(link.REVOKED, "revoked", _REVOKED, at)
    if abs(at - asked_at) > CLOCK_LIMIT:
        return _fault(link.CLOCK, "clock", "ساعت این رایانه درست نیست.", at)
    return None


def _hello(
    s: Session, centre: Centre, device: DeviceRow, ask: p.HelloAsk, at: datetime
) -> p.HelloAnswer | Refusal:
    outages.note_silence(s, centre, device, at)
    device.heard_at = at
    device.told_version = ask.client[:_LONGEST_VERSION]
    device.told_oldest = ask.oldest_unsent
    device.told_disk_mb = min(max(ask.disk_free_mb, 0), _MOST)
    device.told_backup = ask.backup_at
    device.told_held = min(max(ask.held, 0), _MOST)
    device.told_people = desk_people.text_of(ask)
    if ask.device_seq == device.head_seq:
        device.emptied_at = at
    if is_too_old(ask.client):
        return TooOld()
    home = office_stream(device.office)
    card = centre.reference.office(s, device.office).on(day_of(at))
    return p.HelloAnswer(
        protocol=min(ask.protocol, p.PROTOCOL),
        least_client=LEAST_CLIENT,
        epoch=centre.identity.epoch,
        time=at,
        office=card.code,
        desk=device.desk,
        home=home,
        streams=[CITY, home],
        head_seq=device.head_seq,
        head_hash=device.head_hash,
        records_as_of=in_force.as_of(s),
    )


def _blob_put(
    s: Session, centre: Centre, device: DeviceRow, ask: ChunkAsk, at: datetime
) -> BlobAnswer:
    return _weighed(s, centre, blobs.receive(s, centre, device, ask, at))


def _blob_prove(
    s: Session, centre: Centre, device: DeviceRow, ask: ProveAsk, at: datetime
) -> BlobAnswer:
    return _weighed(s, centre, blobs.prove(s, centre, device, ask, at))


def _weighed(s: Session, centre: Centre, answer: BlobAnswer) -> BlobAnswer:
    """The same, and what waits for the picture of a door is done once it is kept."""
    if doors := s.info.pop(blobs.DOORS, ()):
        centre.after(s, partial(ask_missed_fees, centre, doors))
    return answer


def _slices(
    s: Session, centre: Centre, device: DeviceRow, cursors: dict[str, int], at: datetime
) -> list[p.Slice]:
    _demand_own(device, cursors)
    return slices_after(s, centre, cursors, at)


def _demand_own(device: DeviceRow, cursors: dict[str, int]) -> None:
    if not set(cursors) <= {CITY, office_stream(device.office)}:
        raise Refusal("این جریان از آنِ دفتر دیگری است.")


def _push(
    s: Session, centre: Centre, device: DeviceRow, ask: p.PushAsk, at: datetime
) -> p.PushAnswer:
    before = device.head_seq
    accepted = pushing.push(s, centre, device.device_id, ask.commands, at)
    outages.note_silence(s, centre, device, at)
    outages.note_late(s, device, ask.commands, before, at)
    device.heard_at = at
    if s.info.pop(objecting.UNTOLD, False):
        centre.after(s, partial(tell_objections, centre))
    return p.PushAnswer(accepted_to=accepted, streams=_slices(s, centre, device, ask.cursors, at))


def _pull(
    s: Session, centre: Centre, device: DeviceRow, ask: p.PullAsk, at: datetime
) -> p.PullAnswer:
    return p.PullAnswer(streams=_slices(s, centre, device, ask.cursors, at))


def _wait(
    s: Session, centre: Centre, device: DeviceRow, ask: p.WaitAsk, at: datetime
) -> p.WaitAnswer:
    """At once, however it is: who holds the call (`centre.api`) asks again when one has grown."""
    _demand_own(device, ask.cursors)
    heads = heads_of(s, ask.cursors)
    return p.WaitAnswer(grown=any(heads[name] > cursor for name, cursor in ask.cursors.items()))


@dataclass(frozen=True)
class _Route(Generic[Asked, Answered]):
    """What answers a call. A Refusal that is given, not raised, keeps what was written.

    A `stranger` may ask: who knows neither the centre's id nor is known to it. `recovers` is what a
    restored centre answers before it has back what desks have.
    """

    call: Call[Asked, Answered]
    handler: Callable[[Session, Centre, DeviceRow, Asked, datetime], Answered | Refusal]
    stranger: bool = False
    recovers: bool = False

    @property
    def limits(self) -> Limits:
        """By how long a desk waits for it."""
        return PATIENT if self.call.held_s else SHORT


def _reach(
    s: Session, centre: Centre, device: DeviceRow, ask: ReachAsk, at: datetime
) -> ReachAnswer:
    return enrolling.reach(s, centre, LEAST_CLIENT, at)


def _enrol(
    s: Session, centre: Centre, device: DeviceRow, ask: EnrolAsk, at: datetime
) -> EnrolAnswer | Refusal:
    return enrolling.enrol(s, centre, device.device_id, ask, at)


def _answering(*routes: _Route[Any, Any]) -> dict[str, _Route[Any, Any]]:
    return {route.call.path: route for route in routes}


ROUTES = _answering(
    _Route(calls.REACH, _reach, stranger=True),
    _Route(calls.ENROL, _enrol, stranger=True),
    _Route(calls.ENROL_PERSON, enrolling.enrol_person),
    _Route(calls.HELLO, _hello),
    _Route(calls.PUSH, _push),
    _Route(calls.PULL, _pull),
    _Route(calls.WAIT, _wait),
    _Route(calls.RECOVERY, giving.recovery, recovers=True),
    _Route(calls.GIVE_BACK, giving.give_back, recovers=True),
    _Route(calls.PRECHECK, asking.precheck),
    _Route(calls.PROPERTY_PLACE, asking.property_place),
    _Route(calls.SLOTS, asking.free_slots),
    _Route(calls.DRAFT_LETTER, drafting.draft_letter),
    _Route(calls.COMMISSIONS, commissions.commissions),
    _Route(calls.VISIT_WEEK, visit_week.week),
    _Route(calls.VISIT_DAY, visit_day.day),
    _Route(calls.VISITS_TO_MOVE, rearranging.to_move),
    _Route(calls.MOVE_VISITS, rearranging.move),
    _Route(calls.VISITS_MOVED, moved_visits.told),
    _Route(calls.VISIT_CALLED, moved_visits.called),
    _Route(calls.CONSULTATIONS, consultation_list.consultation_list),
    _Route(calls.RECALLS, doubt_list.recalls),
    _Route(calls.OBJECTIONS, objection_list.waiting),
    _Route(calls.OBJECTION, objection_list.one),
    _Route(calls.CASE, case_reading.one_case),
    _Route(calls.REVIEW_FILE, reviewing.review_file),
    _Route(calls.QUEUE, queueing.queue),
    _Route(calls.BOARD, boarding.board),
    _Route(calls.BOARD_CASES, board_cases.cases),
    _Route(calls.BULLETIN, bulletin.told),
    _Route(calls.SECOND_LOOKS, second_looks.second_looks),
    _Route(calls.LOOK_RECORD, look_record.look_record),
    _Route(calls.CHECK_FILES, check_files.told),
    _Route(calls.ELSEWHERE, elsewhere.look),
    _Route(calls.COPY_ELSEWHERE, elsewhere.give),
    _Route(calls.VERIFY, asking.verify),
    _Route(calls.WATCH, watching.watch),
    _Route(calls.BLOB_STATE, blobs.state),
    _Route(calls.BLOB_PUT, _blob_put),
    _Route(calls.BLOB_PROVE, _blob_prove),
    _Route(calls.SCAN, blobs.announce),
    _Route(calls.BLOB_READ, blobs.read),
    _Route(calls.SERVICES, versions.services),
    _Route(calls.SERVICE_VERSION, versions.version),
    _Route(calls.SERVICE_CHECK, checking.check),
    _Route(calls.SERVICE_LETTERS, written.letters),
    _Route(calls.SERVICE_TRY, trying.tried),
    _Route(calls.WEIGH, publishing.weighed),
    _Route(calls.PUBLICATIONS, publishing.publications),
    _Route(calls.PUBLISHED_BY, versions.published_by),
    _Route(calls.PREPARE, publishing.prepare),
    _Route(calls.SIGN, publishing.sign),
    _Route(calls.DECLINE, publishing.decline),
    _Route(calls.WITHDRAW, withdrawing.withdraw),
    _Route(calls.STOP, stopping.stop),
    _Route(calls.STOP_WHOLLY, stopping.stop_wholly),
    _Route(calls.HEIR, heir_named.name_heir),
    _Route(calls.OPEN_CASES, heir_named.open_cases),
    _Route(calls.LESSON, lessons.passed),
    _Route(calls.OFFICES, offices_at_work.at_work),
    _Route(calls.OFFICE_LIST, office_list.office_list),
    _Route(calls.PEOPLE, people_list.people_list),
    _Route(calls.ENROL_CODE, offices_at_work.give_code),
    _Route(calls.NEWCOMERS, newcomers.put_forward),
    _Route(calls.CODE_BACK, newcomers.take_code_back),
    _Route(calls.REVOKE, offices_at_work.revoke),
    _Route(calls.CONVERSION, converting.conversion),
    _Route(calls.CONVERSION_STEP, converting.record_step),
    _Route(calls.ANNOUNCE, announcing.announce),
    _Route(calls.NOTICES_READ, notices.keep_read),
    _Route(calls.MESSAGES, message_list.message_list),
    _Route(calls.NOTICE_READERS, notices.readers),
    _Route(calls.READINGS, reading_chains.told),
    _Route(calls.READING_LOG, reading_log.log),
    _Route(calls.READER, reading_log.reader),
    _Route(calls.ASK_READER, reading_log.ask_reader),
    _Route(calls.REPLY_READING, reading_log.reply),
    _Route(calls.RECORDS_UPLOAD, importing.upload),
    _Route(calls.RECORDS_READ, importing.read),
    _Route(calls.RECORDS_STOP, importing.stop),
    _Route(calls.RECORDS_STATE, import_state.state),
    _Route(calls.RECORDS_ROWS, import_state.rows),
    _Route(calls.RECORDS_FORCE, import_forcing.force),
    _Route(calls.RECORDS_BACK, import_forcing.back),
    _Route(calls.RECORDS_KEPT, import_state.kept),
    _Route(calls.RECORDS_LIFT, import_forcing.lift),
)
