"""A desk's acts that a courier brought, done as if they had come by the line; its streams back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import outages, people, pushing
from desktop.centre.arriving import Broken, Fork
from desktop.centre.context import Centre
from desktop.centre.recovering.standing import Phase
from desktop.centre.reference import publication
from desktop.centre.shares import Busy
from desktop.centre.streams import slices_after
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.centre.transacting import transact
from desktop.domain.errors import Refusal
from desktop.domain.office import FIRST_DAY
from desktop.domain.stream import CITY, Topic, office_stream
from desktop.keys import secret_of
from desktop.wire import link
from desktop.wire.arrival import place
from desktop.wire.courier import (
    PATH,
    Answer,
    CourierAnswer,
    CourierAsk,
    Head,
    Question,
    Way,
    head_of,
    key_of,
    opened,
    public_of,
    sealed,
)
from desktop.wire.payloads import Slice

KEY = "courier"
"""Under which key of `Topic.COURIER_KEY` the centre tells to what key files are encrypted."""
_OLDEST, _AHEAD = timedelta(days=90), timedelta(minutes=5)
_ANOTHER = "این پرونده برای مرکز دیگری است."
_BACK = "این پاسخ مرکز است و برای دفتر است، نه برای مرکز."
_UNKNOWN = "مرکز این رایانه را نمی‌شناسد یا امضای آن درست نیست؛ چیزی گرفته نشد."
_REVOKED = "این رایانه از دفتر پس گرفته شده است؛ چیزی گرفته نشد."
_EPOCH = "مرکز پس از ساخته شدن این پرونده بازگردانی شده است؛ دفتر پس از وصل شدن خط همگام می‌شود."
_WHEN = "زمان ساخت این پرونده درست نیست یا بیش از ۹۰ روز از آن گذشته است."
_CLOSED = "مرکز در حال بازگشت از پشتیبان است؛ پس از باز شدن آن دوباره بخوانید."
_FORK = "این رایانه دو نسخه شده است: کارهایی با همین شماره پیش‌تر از رایانهٔ دیگری رسیده است."
_BROKEN = "زنجیرهٔ کارهای این پرونده به آنچه مرکز دارد نمی‌رسد؛ چیزی گرفته نشد."
_BUSY = "مرکز اکنون سرگرم است؛ چند دقیقه بعد دوباره بخوانید. آنچه گرفته شده می‌ماند."
_UNREADABLE = "درون این پرونده خوانده نشد؛ با برنامهٔ تازه‌تری ساخته شده است."


@dataclass(frozen=True)
class Carried:
    """What came of a file: the answer's file, and what its receipt says.

    Of its `acts` so many were `new`, and of these so many `refused`; `last` is the place of the
    desk's last act that the centre has, `facts` how many go back.
    """

    back: bytes
    office: str
    desk: int
    made_at: datetime
    acts: int
    last: int
    new: int
    refused: int
    facts: int


def tell_key(centre: Centre) -> None:
    """Tell all desks to which key they encrypt, where they were not told."""
    public = public_of(secret_of(centre.keys.answers.private))
    told = publication(Topic.COURIER_KEY, KEY, FIRST_DAY, public)
    with centre.writing() as session:
        people.publish(session, [told], centre.clock())


def carry(centre: Centre, file: bytes) -> Carried:
    """Do all that the file brings, in parts that are each kept; read again, it changes nothing.

    Raises Refusal for what is cut, another's, wrongly signed, too old, or of a device that is
    unknown, revoked or copied.
    """
    head = head_of(file)
    if head.way is not Way.OUT:
        raise Refusal(_BACK)
    if head.centre != centre.identity.centre:
        raise Refusal(_ANOTHER)
    question = opened(file, head, key_of(secret_of(centre.keys.answers.private)), Question)
    request = link.SignedRequest(
        PATH, question.body.encode(), question.device_id, question.time, question.centre,
        question.epoch, question.signature,
    )  # fmt: skip
    at = centre.clock()
    device, made_at = _device(centre, request, at)
    try:
        ask = CourierAsk.model_validate_json(question.body)
    except ValidationError:
        raise Refusal(_UNREADABLE) from None
    home = office_stream(device.office)
    if not set(ask.cursors) <= {CITY, home}:
        raise Refusal(_UNKNOWN)
    before = device.head_seq
    accepted = _pushed(centre, device.device_id, ask, before, at)
    with centre.reading() as session:
        slices = _slices(session, centre, ask.cursors, at)
        refused = _refused(session, device.device_id, before)
    body = CourierAnswer(accepted_to=accepted, streams=slices).encode().decode()
    back = _sealed(centre, head, request, body, ask.reply_to, at)
    return Carried(
        back=back,
        office=device.office,
        desk=device.desk,
        made_at=made_at,
        acts=len(ask.commands),
        last=accepted,
        new=accepted - before,
        refused=refused,
        facts=sum(len(each.facts) for each in slices),
    )


def _device(
    centre: Centre, request: link.SignedRequest, at: datetime
) -> tuple[DeviceRow, datetime]:
    """The device that made the request, and when it did. Raises Refusal unless it may ask."""
    with centre.reading() as session:
        device = session.get(DeviceRow, request.device_id)
        closed = centre.recovery.phase(session) is Phase.CLOSED
        if device is not None:
            session.expunge(device)
    try:
        signed = device is not None and link.verifies(
            device.key, request.signature, link.question_of(request)
        )
        made_at = datetime.fromisoformat(request.time)
        fresh = -_OLDEST <= made_at - at <= _AHEAD
    except (UnicodeEncodeError, ValueError, TypeError):
        raise Refusal(_UNKNOWN) from None
    if device is None or not signed:
        raise Refusal(_UNKNOWN)
    if device.revoked_at is not None:
        raise Refusal(_REVOKED)
    if request.epoch != centre.identity.epoch:
        raise Refusal(_EPOCH)
    if closed:
        raise Refusal(_CLOSED)
    if not fresh:
        raise Refusal(_WHEN)
    return device, made_at


def _pushed(centre: Centre, device_id: str, ask: CourierAsk, before: int, at: datetime) -> int:
    """The device's head after all of the commands, so many at a time as one push takes."""
    rest, head = ask.commands, before
    while rest:
        try:
            head = transact(centre, centre.writer, partial(_push, centre, device_id, rest, at))
        except Fork:
            raise Refusal(_FORK) from None
        except Broken:
            raise Refusal(_BROKEN) from None
        except pushing.Revoked:
            raise Refusal(_REVOKED) from None
        except Busy:
            raise Refusal(_BUSY) from None
        left = [text for text in rest if (at_ := place(text)) is None or at_.seq > head]
        if len(left) == len(rest):
            raise Refusal(_BUSY)
        rest = left
    return head


def _push(
    centre: Centre, device_id: str, commands: list[str], at: datetime, session: Session
) -> int:
    device = session.get_one(DeviceRow, device_id)
    before = device.head_seq
    accepted = pushing.push(session, centre, device_id, commands, at)
    outages.note_late(session, device, commands, before, at)
    return accepted


def _slices(
    session: Session, centre: Centre, cursors: Mapping[str, int], at: datetime
) -> list[Slice]:
    """All that the streams hold after the cursors, piece by piece. Raises Refusal for a cursor
    beyond a stream's end."""
    found: list[Slice] = []
    while cursors:
        pieces = slices_after(session, centre, cursors, at)
        found += pieces
        cursors = {each.stream: each.pos for each in pieces if each.more}
    return found


def _refused(session: Session, device_id: str, before: int) -> int:
    """How many of the acts after that place were not lawful."""
    row = CommandRow
    asked = (row.device_id == device_id, row.device_seq > before, row.state == "refused")
    return session.scalar(select(func.count()).select_from(row).where(*asked)) or 0


def _sealed(
    centre: Centre,
    head: Head,
    request: link.SignedRequest,
    body: str,
    reply_to: str,
    at: datetime,
) -> bytes:
    """The answer's file, signed over the question as any answer is."""
    question, time, own = link.question_of(request), link.iso(at), centre.identity
    said = link.answered(question, link.OK, body.encode(), time, own.centre, own.epoch)
    answer = Answer(
        question=question.decode(),
        question_signature=request.signature,
        epoch=own.epoch,
        time=time,
        signature=centre.keys.answers.sign(said),
        body=body,
    )
    return sealed(replace(head, way=Way.BACK, size=0), answer, reply_to)
