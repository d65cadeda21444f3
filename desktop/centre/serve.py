"""The centre's door: a signed call in, a reply out; the same for every link."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import (
    asking,
    blobs,
    boarding,
    checking,
    import_forcing,
    import_state,
    importing,
    publishing,
    pushing,
    queueing,
    trying,
    versions,
    watching,
    withdrawing,
    written,
)
from desktop.centre.context import Centre
from desktop.centre.records import in_force
from desktop.centre.streams import slice_after
from desktop.centre.tables import DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.stream import CITY, office_stream
from desktop.wire import blobs as wire_blobs
from desktop.wire import link
from desktop.wire import payloads as p
from desktop.wire import publishing as wire_publishing
from desktop.wire import records as wire_records
from desktop.wire import services as wire_services
from desktop.wire import watch as wire_watch

_CLOCK_LIMIT = timedelta(minutes=5)
LEAST_CLIENT = "0.1.0"
_Answer = Callable[[Session, Centre, DeviceRow, bytes, datetime], p.Body]
_Ask = TypeVar("_Ask", bound=p.Body)


def serve(centre: Centre, request: link.SignedRequest) -> link.Reply:
    """Answer one call. A refusal, a fork or a bug is a reply too; nothing is raised."""
    at = centre.clock()
    route = _ROUTES.get(request.path)
    if route is None:
        return _fault(link.UNREADABLE, "no-such-call", "مرکز این درخواست را نمی‌شناسد.", at)
    answer, writes = route
    engine = centre.writer if writes else centre.reader
    try:
        with Session(engine) as session, session.begin():
            device = session.get(DeviceRow, request.device_id)
            refused = _unfit(device, request, at)
            if refused is not None or device is None:
                return refused or _fault(link.UNSIGNED, "unknown-device", _UNKNOWN, at)
            body = answer(session, centre, device, request.body, at).encode()
        centre.go_on(session)
        return link.Reply(link.OK, body)
    except Refusal as no:
        return _fault(link.UNREADABLE, "refused", no.words, at, field=no.field or "")
    except ValidationError as fault:
        return _fault(link.UNREADABLE, "unreadable", f"درخواست خوانده نشد: {fault.title}", at)
    except pushing.Fork:
        return _fault(link.FORK, "fork", _FORK, at)
    except pushing.Broken as fault:
        logging.getLogger(__name__).warning("broken chain from %s: %s", request.device_id, fault)
        return _fault(link.UNREADABLE, "broken-chain", "زنجیرهٔ کارها گسسته است.", at)
    # The door stays open for the other desks whatever one call ran into; it is logged once.
    except Exception as bug:  # noqa: BLE001
        report = journal.report(bug)
        words = f"در مرکز خطای پیش‌بینی‌نشده‌ای رخ داد. کد گزارش: {report}"
        return _fault(link.BROKEN, "bug", words, at, report)


_UNKNOWN = "این باجه نزد مرکز ثبت نشده است."
_FORK = "این پایگاه داده رونوشت یا بازگردانی باجهٔ دیگری است؛ ارسال متوقف شد. ناظر را خبر کنید."


def _fault(
    status: int, code: str, words: str, at: datetime, report: str = "", field: str = ""
) -> link.Reply:
    fault = p.Fault(code=code, words=words, time=at, report=report, field=field)
    return link.Reply(status, fault.encode())


def _unfit(
    device: DeviceRow | None, request: link.SignedRequest, at: datetime
) -> link.Reply | None:
    """Why the call is not taken: unknown, revoked, wrongly signed, or a clock far off."""
    if device is None:
        return _fault(link.UNSIGNED, "unknown-device", _UNKNOWN, at)
    text = link.signed_text(request.path, request.body, request.device_id, request.time)
    if not link.verifies(device.key, request.signature, text):
        return _fault(link.UNSIGNED, "unsigned", "امضای باجه درست نیست.", at)
    if device.revoked_at is not None:
        return _fault(link.REVOKED, "revoked", "این باجه از کار برکنار شده است.", at)
    if abs(at - datetime.fromisoformat(request.time)) > _CLOCK_LIMIT:
        return _fault(link.CLOCK, "clock", "ساعت این رایانه درست نیست.", at)
    return None


def _hello(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    ask = p.HelloAsk.model_validate_json(body)
    device.heard_at = at
    home = office_stream(device.office)
    return p.HelloAnswer(
        protocol=min(ask.protocol, p.PROTOCOL),
        least_client=LEAST_CLIENT,
        epoch=centre.epoch(s),
        time=at,
        office=device.office,
        desk=device.desk,
        home=home,
        streams=[CITY, home],
        head_seq=device.head_seq,
        head_hash=device.head_hash,
        centre_key=centre.key.public,
        records_as_of=in_force.as_of(s),
    )


def _slices(
    s: Session, centre: Centre, device: DeviceRow, cursors: dict[str, int], at: datetime
) -> list[p.Slice]:
    allowed = {CITY, office_stream(device.office)}
    if not set(cursors) <= allowed:
        raise Refusal("این جریان از آنِ دفتر دیگری است.")
    epoch = centre.epoch(s)
    return [
        slice_after(s, name, cursors.get(name, 0), centre.key, epoch, at)
        for name in sorted(cursors)
    ]


def _push(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    ask = p.PushAsk.model_validate_json(body)
    accepted = pushing.push(s, centre, device.device_id, ask.commands, at)
    device.heard_at = at
    return p.PushAnswer(accepted_to=accepted, streams=_slices(s, centre, device, ask.cursors, at))


def _pull(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    ask = p.PullAsk.model_validate_json(body)
    return p.PullAnswer(streams=_slices(s, centre, device, ask.cursors, at))


def _precheck(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    return asking.precheck(s, centre, device, p.PrecheckAsk.model_validate_json(body), at)


def _slots(s: Session, centre: Centre, _: DeviceRow, body: bytes, at: datetime) -> p.Body:
    return asking.free_slots(s, centre, p.SlotsAsk.model_validate_json(body), at)


def _case(s: Session, _: Centre, device: DeviceRow, body: bytes, __: datetime) -> p.Body:
    return asking.one_case(s, device, p.CaseAsk.model_validate_json(body))


def _queue(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    return queueing.queue(s, centre, device, p.QueueAsk.model_validate_json(body), at)


def _board(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    return boarding.board(s, centre, device, p.BoardAsk.model_validate_json(body), at)


def _watch(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    return watching.watch(s, centre, device, wire_watch.WatchAsk.model_validate_json(body), at)


def _verify(s: Session, _: Centre, __: DeviceRow, body: bytes, ___: datetime) -> p.Body:
    return asking.verify(s, p.VerifyAsk.model_validate_json(body))


# Path → (answer, whether it writes).
def _blob_state(s: Session, _: Centre, device: DeviceRow, body: bytes, __: datetime) -> p.Body:
    return blobs.state(s, device, wire_blobs.BlobAsk.model_validate_json(body))


def _blob_chunk(s: Session, _: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
    return blobs.take(s, device, wire_blobs.ChunkAsk.model_validate_json(body), at)


def _blob_read(s: Session, _: Centre, device: DeviceRow, body: bytes, __: datetime) -> p.Body:
    return blobs.read(s, device, wire_blobs.ReadAsk.model_validate_json(body))


def _of(
    ask: type[_Ask], answer: Callable[[Session, Centre, DeviceRow, _Ask, datetime], p.Body]
) -> _Answer:
    """The answer to a call whose body is read as that ask."""

    def read(s: Session, centre: Centre, device: DeviceRow, body: bytes, at: datetime) -> p.Body:
        return answer(s, centre, device, ask.model_validate_json(body), at)

    return read


_ROUTES: dict[str, tuple[_Answer, bool]] = {
    "/v1/hello": (_hello, True),
    "/v1/push": (_push, True),
    "/v1/pull": (_pull, False),
    "/v1/precheck": (_precheck, True),
    "/v1/slots": (_slots, False),
    "/v1/case": (_case, False),
    "/v1/queue": (_queue, False),
    "/v1/board": (_board, False),
    "/v1/verify": (_verify, False),
    wire_watch.WATCH: (_watch, False),
    wire_blobs.STATE: (_blob_state, False),
    wire_blobs.PUT: (_blob_chunk, True),
    wire_blobs.READ: (_blob_read, False),
    wire_services.SERVICES: (_of(wire_services.MunicipalAsk, versions.services), False),
    wire_services.VERSION: (_of(wire_services.VersionAsk, versions.version), False),
    wire_services.CHECK: (_of(wire_services.ServiceAsk, checking.check), False),
    wire_services.LETTERS: (_of(wire_services.ServiceAsk, written.letters), False),
    wire_services.TRY: (_of(wire_services.ServiceAsk, trying.tried), False),
    wire_publishing.WEIGH: (_of(wire_publishing.WeighAsk, publishing.weighed), False),
    wire_publishing.LIST: (_of(wire_publishing.PublicationsAsk, publishing.publications), False),
    wire_publishing.PREPARE: (_of(wire_publishing.PrepareAsk, publishing.prepare), True),
    wire_publishing.SIGN: (_of(wire_publishing.SignAsk, publishing.sign), True),
    wire_publishing.DECLINE: (_of(wire_publishing.SignAsk, publishing.decline), True),
    wire_publishing.WITHDRAW: (_of(wire_publishing.WithdrawAsk, withdrawing.withdraw), True),
    wire_records.UPLOAD: (_of(wire_records.UploadAsk, importing.upload), True),
    wire_records.READ: (_of(wire_records.ReadAsk, importing.read), True),
    wire_records.STOP: (_of(wire_records.ExportAsk, importing.stop), True),
    wire_records.STATE: (_of(wire_records.ActorAsk, import_state.state), False),
    wire_records.ROWS: (_of(wire_records.RowsAsk, import_state.rows), False),
    wire_records.FORCE: (_of(wire_records.ForceAsk, import_forcing.force), True),
    wire_records.BACK: (_of(wire_records.BackAsk, import_forcing.back), True),
    wire_records.KEPT: (_of(wire_records.ActorAsk, import_state.kept), False),
    wire_records.LIFT: (_of(wire_records.LiftAsk, import_forcing.lift), True),
}
