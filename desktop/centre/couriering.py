"""A desk's acts that a courier brought, done as if they had come by the line; its streams back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import check_files, objecting, outages, people, pushing
from desktop.centre.arriving import Broken, Fork
from desktop.centre.context import Centre
from desktop.centre.recovering import standing
from desktop.centre.recovering.standing import Phase
from desktop.centre.reference import publication
from desktop.centre.shares import Busy
from desktop.centre.streams import slices_after
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.centre.tick import tell_objections
from desktop.centre.transacting import transact
from desktop.domain import calendar
from desktop.domain.calendar import TEHRAN, format_jalali, format_time
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.office import FIRST_DAY
from desktop.domain.persian import to_persian_digits
from desktop.domain.stream import CITY, Topic, office_stream
from desktop.keys import secret_of
from desktop.wire import bounds, link
from desktop.wire.arrival import place
from desktop.wire.canon import GENESIS
from desktop.wire.check_files import CheckFilesAnswer, CheckFilesAsk
from desktop.wire.courier import (
    PATH,
    Answer,
    CourierAnswer,
    CourierAsk,
    Head,
    Question,
    Way,
    demand_key,
    head_of,
    key_of,
    opened,
    public_of,
    sealed,
)
from desktop.wire.payloads import Slice

KEY = "courier"
"""Under which key of `Topic.COURIER_KEY` the centre tells to what key files are encrypted."""
_OLDEST, _AHEAD = timedelta(days=90), timedelta(days=1)
_LONGEST_VERSION = 20
_MOST_BACK = 20_000_000
_ANOTHER = "این فایل برای مرکز دیگری است."
_BACK = "این پاسخ مرکز است و برای دفتر است، نه برای مرکز."
_UNKNOWN = "مرکز این رایانه را نمی‌شناسد یا امضای آن درست نیست؛ چیزی گرفته نشد."
_EPOCH = (
    "مرکز پس از ساخته شدن این فایل بازگردانی شده است؛ دفتر پس از وصل شدن خط همگام می‌شود. فایل "
    "رایانه‌ای که دیگر کار نمی‌کند با --agreed خوانده می‌شود."
)
_LACKS = (
    "میان آنچه مرکز دارد و این فایل کارهایی هست که در فایل نیست؛ فایل را از حافظهٔ همان رایانه با "
    "salvage --into و --agreed بسازید."
)
_WHEN = (
    "زمان ساخت این فایل درست نیست یا بیش از ۹۰ روز از آن گذشته است: ساعت رایانهٔ دفتر {} بوده و "
    "اکنون {} است."
)
_CLOSED = "مرکز در حال بازگشت از پشتیبان است؛ پس از باز شدن آن دوباره بخوانید."
_BROKEN = "زنجیرهٔ کارهای این فایل به آنچه مرکز دارد نمی‌رسد؛ چیزی گرفته نشد."
_BUSY = "مرکز اکنون سرگرم است؛ چند دقیقه بعد دوباره بخوانید. آنچه گرفته شده می‌ماند."
_UNREADABLE = "درون این فایل خوانده نشد؛ با برنامهٔ تازه‌تری ساخته شده است."


@dataclass(frozen=True)
class Carried:
    """What came of a file: the answer's file, and what its receipt says.

    Of its `acts` the centre has so many (`taken`) by now, of these so many were not lawful
    (`refused`) or wait (`held`); `facts` go back, and there are `more` than a stick carries. With
    `stopped` (`fork`, `revoked`) nothing was taken; the first of the acts was made at `oldest`, as
    their desk says.
    """

    back: bytes
    ask: str
    office: str
    desk: int
    made_at: datetime
    acts: int
    taken: int = 0
    refused: int = 0
    held: int = 0
    facts: int = 0
    more: bool = False
    stopped: str = ""
    oldest: datetime | None = None


class _Stopped(Exception):
    """The desk's queue is not taken, now or ever: `why` as in the answer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def tell_key(centre: Centre) -> None:
    """Tell all desks to which key they encrypt, where they were not told; not before a restored
    centre has back what desks have."""
    public = public_of(secret_of(centre.keys.answers.private))
    told = publication(Topic.COURIER_KEY, KEY, FIRST_DAY, public)

    def tell(session: Session) -> None:
        if centre.recovery.phase(session) is not Phase.CLOSED:
            people.publish(session, [told], centre.clock())

    transact(centre, centre.writer, tell)


def carry(centre: Centre, file: bytes, agreed: str = "") -> Carried:
    """Do all that the file brings, in parts that are each kept; read again, it changes nothing.

    What a revoked device brings, or one that knew the centre before it was restored, is taken only
    where somebody `agreed`, by the name that is kept with the device: it stays revoked, and nothing
    that its streams held is. Raises Refusal for what is cut, another's, wrongly signed, too old, or
    of an unknown device.
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
    device, made_at = _device(centre, request, at, agreed)
    ask = _read(question.body)
    former = request.epoch != centre.identity.epoch
    if former:
        # Behind its cursors the streams went on otherwise.
        ask = ask.model_copy(update={"cursors": {}})
    if (head.ask, head.device) != (ask.ask, device.device_id):
        raise Refusal(_UNREADABLE)
    if not set(ask.cursors) <= {CITY, office_stream(device.office)}:
        raise Refusal(_UNKNOWN)
    carried = Carried(b"", ask.ask, device.office, device.desk, made_at, len(ask.commands))
    try:
        if device.revoked_at is not None and not agreed:
            raise _Stopped(Why.REVOKED.value)
        push = partial(_push, centre, device.device_id, ask, made_at, at, agreed, former)
        accepted, chain = _pushed(centre, device.device_id, ask, push, former=former)
    except _Stopped as no:
        told = CourierAnswer(accepted_to=0, accepted_hash=GENESIS, streams=[], stopped=no.why)
        back = _sealed(centre, head, request, told, ask.reply_to, at)
        return replace(carried, back=back, stopped=no.why, oldest=ask.oldest)
    slices = transact(centre, centre.reader, partial(_slices, centre, ask.cursors, at))
    states = transact(centre, centre.reader, partial(_states, device.device_id, _places(ask)))
    # A desk without a line for days has no other way to hear which letters ended.
    check = transact(centre, centre.reader, partial(_check_files, centre, device, at))
    told = CourierAnswer(accepted_to=accepted, accepted_hash=chain, streams=slices, check=check)
    return replace(
        carried,
        back=_sealed(centre, head, request, told, ask.reply_to, at),
        taken=sum(states.values()),
        refused=states.get("refused", 0),
        held=states.get("held", 0),
        facts=sum(len(each.facts) for each in slices),
        more=any({each.stream: each.more for each in slices}.values()),
    )


def _check_files(
    centre: Centre, device: DeviceRow, at: datetime, session: Session
) -> CheckFilesAnswer | None:
    """What letters are checked by; None of a centre that has no key for it today, which it logs,
    or no city yet: what the desk did is taken all the same."""
    try:
        return check_files.told(session, centre, device, CheckFilesAsk(tag=""), at)
    except (Busy, Refusal):
        return None


def _read(body: str) -> CourierAsk:
    try:
        ask = CourierAsk.model_validate_json(body, strict=True)
        # An answer that nobody can open is found out before anything is done.
        demand_key(ask.reply_to)
    except (ValidationError, ValueError):
        raise Refusal(_UNREADABLE) from None
    return ask


def _device(
    centre: Centre, request: link.SignedRequest, at: datetime, agreed: str
) -> tuple[DeviceRow, datetime]:
    """The device that made the request, and when it did. Raises Refusal unless it may ask."""
    with centre.reading() as session:
        device = session.get(DeviceRow, request.device_id)
        closed = centre.recovery.phase(session) is Phase.CLOSED
        known = {centre.identity.epoch}
        if agreed and (restored := standing.current(session)) is not None:
            known.update(restored.lives.split())
        if device is not None:
            session.expunge(device)
    try:
        signed = device is not None and link.verifies(
            device.key, request.signature, link.question_of(request)
        )
        made_at = datetime.fromisoformat(request.time)
        if not bounds.FIRST_DAY <= made_at.date() <= calendar.LAST_DAY:
            raise ValueError("a moment beyond any calendar")
        fresh = -_OLDEST <= made_at - at <= _AHEAD
    except (UnicodeEncodeError, ValueError, TypeError):
        raise Refusal(_UNKNOWN) from None
    if device is None or not signed:
        raise Refusal(_UNKNOWN)
    if request.epoch not in known:
        raise Refusal(_EPOCH)
    if closed:
        raise Refusal(_CLOSED)
    if not fresh:
        raise Refusal(_WHEN.format(_moment(made_at), _moment(at)))
    return device, made_at


def _moment(at: datetime) -> str:
    local = at.astimezone(TEHRAN)
    return to_persian_digits(f"{format_jalali(local.date())}، {format_time(local)}")


def _pushed(
    centre: Centre,
    device_id: str,
    ask: CourierAsk,
    push: Callable[[list[str], Session], tuple[int, str, bool]],
    *,
    former: bool,
) -> tuple[int, str]:
    """The device's head after all of the commands, and the chain there; so many at a time as one
    push takes. Raises _Stopped, Refusal."""
    try:
        transact(centre, centre.reader, partial(_demand_same, device_id, ask, former))
        rest, untold = ask.commands, False
        while True:
            head, chain, new = transact(centre, centre.writer, partial(push, rest))
            untold |= new
            left = [text for text in rest if (at_ := place(text)) is None or at_.seq > head]
            if not left:
                break
            if len(left) == len(rest):
                raise Refusal(_BUSY)
            rest = left
    except Fork:
        raise _Stopped(Why.FORK.value) from None
    except pushing.Revoked:
        raise _Stopped(Why.REVOKED.value) from None
    except Broken:
        raise Refusal(_BROKEN) from None
    except Busy:
        raise Refusal(_BUSY) from None
    if untold:
        tell_objections(centre)
    return head, chain


def _demand_same(device_id: str, ask: CourierAsk, former: bool, session: Session) -> None:
    """Raise Fork where the centre has other acts of the device under the same places, or the desk
    was told of some that the centre never had; Refusal where a restored one has lost them."""
    row = CommandRow
    kept = dict(
        session.execute(
            select(row.device_seq, row.canon).where(
                row.device_id == device_id, row.device_seq > ask.acked_to
            )
        ).all()
    )
    for text in ask.commands:
        placed = place(text)
        if placed is not None and kept.get(placed.seq, text) != text:
            raise Fork(f"sequence {placed.seq} of {device_id}")
    own = select(row.hash).where(row.device_id == device_id, row.device_seq == ask.acked_to)
    there = session.scalar(own) if ask.acked_to else ask.acked_hash
    if there is None and former:
        raise Refusal(_LACKS)
    if there != ask.acked_hash:
        raise Fork(f"sequence {ask.acked_to} of {device_id}")


def _seq(text: str) -> int:
    placed = place(text)
    return placed.seq if placed is not None else 0


def _push(
    centre: Centre,
    device_id: str,
    ask: CourierAsk,
    made_at: datetime,
    at: datetime,
    agreed: str,
    former: bool,
    commands: list[str],
    session: Session,
) -> tuple[int, str, bool]:
    """What a call by the line does and notes; the head, the chain there, whether an objection has
    moved."""
    device = session.get_one(DeviceRow, device_id, with_for_update=True)
    before = device.head_seq
    device.told_version, device.heard_at = ask.client[:_LONGEST_VERSION], at
    revoked_at = device.revoked_at
    if agreed and (revoked_at is not None or former):
        # For this alone, and seen by nobody else: it is over with the transaction.
        device.revoked_at, device.salvaged_by = None, agreed
        session.flush()
    pushing.push(session, centre, device_id, commands, at)
    device.revoked_at = revoked_at
    outages.note_late(session, device, commands, before, at)
    device.told_oldest = None if ask.whole else ask.oldest
    is_last = not commands or _seq(commands[-1]) <= device.head_seq
    if ask.whole and is_last and (device.emptied_at is None or device.emptied_at < made_at):
        # What was made before it is all here.
        device.emptied_at = min(made_at, at)
    return device.head_seq, device.head_hash, bool(session.info.pop(objecting.UNTOLD, False))


def _slices(
    centre: Centre, cursors: Mapping[str, int], at: datetime, session: Session
) -> list[Slice]:
    """What the streams hold after the cursors, piece by piece, as much as a stick carries well.

    Raises Refusal for a cursor beyond a stream's end.
    """
    found: list[Slice] = []
    size = 0
    while cursors and size < _MOST_BACK:
        pieces = slices_after(session, centre, cursors, at)
        found += pieces
        size += sum(len(text) for each in pieces for text in each.facts)
        cursors = {each.stream: each.pos for each in pieces if each.more}
    return found


def _places(ask: CourierAsk) -> list[int]:
    return [seq for text in ask.commands if (seq := _seq(text))]


def _states(device_id: str, places: Sequence[int], session: Session) -> dict[str, int]:
    """How many of the acts at these places are in which state by now."""
    if not places:
        return {}
    row = CommandRow
    asked = select(row.state, func.count()).where(
        row.device_id == device_id, row.device_seq.between(min(places), max(places))
    )
    return {state: count for state, count in session.execute(asked.group_by(row.state))}


def _sealed(
    centre: Centre,
    head: Head,
    request: link.SignedRequest,
    told: CourierAnswer,
    reply_to: str,
    at: datetime,
) -> bytes:
    """The answer's file, signed over the question as any answer is."""
    question, time, own = link.question_of(request), link.iso(at), centre.identity
    body = told.encode()
    said = link.answered(question, link.OK, body, time, own.centre, own.epoch)
    answer = Answer(
        question=question.decode(),
        question_signature=request.signature,
        epoch=own.epoch,
        time=time,
        signature=centre.keys.answers.sign(said),
        body=body.decode(),
    )
    return sealed(replace(head, way=Way.BACK, size=0), answer, reply_to)
