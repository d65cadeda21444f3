"""A desk without a line hands its acts to a courier, and takes its streams back from the stick."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from desktop import __version__
from desktop.chance import new_id
from desktop.domain.calendar import LAST_DAY
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.stream import Topic
from desktop.keys import secret_of
from desktop.store import blobs, check_files, facts, meta, outbox, published
from desktop.store.open import Session, Store
from desktop.store.view import SettingFor
from desktop.sync.apply import Disbelieved, apply_slices
from desktop.sync.call import Clock
from desktop.sync.hello import streams
from desktop.wire import link
from desktop.wire.check_files import CheckFilesAnswer
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
from desktop.wire.payloads import Slice, answer_in

_log = logging.getLogger(__name__)
_MOST, _MOST_ANEW, _MOST_OUT = 10_000, 100_000, 100_000_000
# No copy is older that becomes the centre, and some days more.
_LOST = timedelta(days=100)
_STOPPED = {
    Why.FORK.value: "این رایانه دو نسخه شده است و کارهای آن گرفته نمی‌شود؛ با پشتیبانی تماس بگیرید.",
    Why.REVOKED.value: "این رایانه از دفتر پس گرفته شده است و کارهای آن گرفته نمی‌شود.",
}
_NO_KEY = "مرکز هنوز کلید پیک را به این رایانه نگفته است؛ یک بار با خط وصل شوید."
_OUT = "این فایل کارهای یک دفتر است و به مرکز برده می‌شود؛ پاسخ مرکز فایل دیگری است."
_ANOTHERS = "این پاسخ برای رایانهٔ دیگری است؛ در همان رایانه بخوانید."
_UNSIGNED = "این پاسخ به امضای مرکز نیست؛ چیزی خوانده نشد. با پشتیبانی تماس بگیرید."
_NOT_SO = "آنچه در این پاسخ است با آنچه این رایانه دارد یکی نیست؛ چیزی خوانده نشد."


@dataclass(frozen=True)
class Handed:
    """A file for the courier, and what its slip says: how many acts, when the first of them was
    made (UTC); how many acts are `left` for the next file, how many papers stay until a line is
    there."""

    file: bytes
    ask: str
    acts: int
    left: int
    papers: int
    oldest: datetime | None
    made_at: datetime


@dataclass(frozen=True)
class Taken:
    """What the centre's file brought; nothing of one that was read before. There is `more` at the
    centre than a stick carries; with a `gap` another answer comes before this one."""

    facts: int
    acts: int
    more: bool = False
    gap: bool = False


class Courier:
    """The desk's end of a courier's way."""

    def __init__(
        self, store: Store, key: Ed25519PrivateKey, clock: Clock, setting_for: SettingFor
    ) -> None:
        self._store, self._key, self._clock = store, key, clock
        self._setting_for = setting_for

    def hand_over(self, place: str, *, also_revoked: bool = False, anew: bool = False) -> Handed:
        """All that the centre does not have; `place` names the desk for who reads the stick.

        Nothing changes here: it may be made again. Raises Refusal; with `also_revoked` not where
        the device was taken back, for what somebody at the centre agrees to take all the same.
        `anew` is for a centre that was restored since: also what it had, as long as copies last.
        """
        with self._store.reading() as session:
            known = meta.get(session)
            if not (also_revoked and known.stopped == Why.REVOKED.value):
                _demand_going(known)
            at, acked_to = known.corrected(self._clock.now()), known.acked_to
            if anew:
                acked_to = min(acked_to, outbox.before(session, at - _LOST))
            commands = outbox.after(session, acked_to, _MOST_ANEW if anew else _MOST)
            commands, waiting = _carried(commands), outbox.waiting(session, acked_to)
            acked_hash = outbox.hash_at(session, acked_to)
            papers, _, _ = blobs.unsent(session)
            # What it was told since that copy is no more.
            own = () if anew else streams(known.identity)
            cursors = {name: at.pos for name, at in facts.cursors(session, own).items()}
            to = _courier_key(session)
        identity = known.identity
        ask = CourierAsk(
            ask=new_id(),
            client=__version__,
            acked_to=acked_to,
            acked_hash=acked_hash,
            commands=commands,
            whole=len(commands) == waiting.count,
            oldest=waiting.oldest,
            cursors=cursors,
            reply_to=public_of(secret_of(self._key)),
        )
        request = link.sign_request(
            self._key,
            identity.device_id,
            PATH,
            ask.encode(),
            at,
            centre=identity.centre,
            epoch=identity.epoch,
        )
        question = Question(
            device_id=identity.device_id,
            time=request.time,
            centre=request.centre,
            epoch=request.epoch,
            signature=request.signature,
            body=request.body.decode(),
        )
        head = Head(Way.OUT, identity.centre, identity.device_id, place, ask.ask)
        return Handed(
            file=sealed(head, question, to),
            ask=ask.ask,
            acts=len(commands),
            left=waiting.count - len(commands),
            papers=papers,
            oldest=waiting.oldest,
            made_at=at,
        )

    def take_back(self, file: bytes) -> Taken:
        """Apply the centre's answer, piece by piece; read again it changes nothing.

        Raises Refusal for what is cut, another's, or not signed by the centre; and where the centre
        says no for good to this desk, which is kept and told as by the line.
        """
        head = head_of(file)
        if head.way is not Way.BACK:
            raise Refusal(_OUT)
        with self._store.reading() as session:
            identity = meta.get(session).identity
        if (head.centre, head.device) != (identity.centre, identity.device_id):
            raise Refusal(_ANOTHERS)
        answer = opened(file, head, key_of(secret_of(self._key)), Answer)
        told = self._believed(answer, identity)
        acts = self._store.write(lambda session: self._acknowledged(session, told))
        with self._store.reading() as session:
            _demand_going(meta.get(session))
        brought, gap = 0, False
        # The last piece of a stream says whether anything stands behind it.
        more = any({each.stream: each.more for each in told.streams}.values())
        # One after the other, each kept: read again it goes on where it ended.
        for piece in told.streams:
            came = self._store.write(partial(self._applied, piece))
            brought += came or 0
            gap |= came is None
        if told.check is not None:
            self._store.write(partial(_checks_by, told.check, datetime.fromisoformat(answer.time)))
        return Taken(brought, acts, more, gap)

    def _believed(self, answer: Answer, identity: meta.Identity) -> CourierAnswer:
        """What the centre answered to a question of this very device."""
        question = answer.question.encode()
        said = link.answered(
            question, link.OK, answer.body.encode(), answer.time, identity.centre, answer.epoch
        )
        own = link.verifies(link.public_hex(self._key), answer.question_signature, question)
        if not own or not link.verifies(identity.answers_key, answer.signature, said):
            raise Refusal(_UNSIGNED)
        try:
            return answer_in(answer.body, CourierAnswer)
        except ValidationError:
            raise Refusal(_NOT_SO) from None

    def _acknowledged(self, session: Session, told: CourierAnswer) -> int:
        """How many acts are known to be at the centre since. Raises Refusal, the queue stopped for
        good, where the centre has others under this device's name, or will have none."""
        known = meta.get(session)
        _demand_going(known)
        why = told.stopped
        if not why:
            try:
                same = outbox.hash_at(session, told.accepted_to) == told.accepted_hash
            except LookupError:
                same = False
            why = "" if same else Why.FORK.value
        if why:
            _log.error("a courier brings that the centre stopped the queue: %s", why)
            meta.change(session, stopped=why)
            return 0
        acts = max(0, told.accepted_to - known.acked_to)
        if acts:
            meta.change(session, acked_to=told.accepted_to)
        return acts

    def _applied(self, piece: Slice, session: Session) -> int | None:
        """How many facts it brought that were not here; None where others come before them."""
        own = streams(meta.get(session).identity)
        at = facts.cursors(session, own).get(piece.stream)
        if at is not None and piece.after < at.pos < piece.pos:
            # The line, or another stick, brought its first part: the rest is under the same head.
            left = piece.facts[at.pos - piece.after :]
            piece = piece.model_copy(update={"after": at.pos, "facts": left})
        if at is not None and piece.after > at.pos:
            return None
        try:
            return apply_slices(session, [piece], own, self._setting_for).facts
        except Disbelieved as fault:
            _log.error("a courier's answer is not believed: %s", fault)
            raise Refusal(_NOT_SO) from fault


def _checks_by(told: CheckFilesAnswer, at: datetime, session: Session) -> None:
    """Keep what letters are checked by, unless the line brought newer ones since."""
    before = check_files.held(session)
    if before is None or before.asked_at < at:
        check_files.take(session, told.tag, told.keys, told.ended, at)


def _carried(commands: list[str]) -> list[str]:
    """The first of them, as many as a stick carries well."""
    size = 0
    for count, text in enumerate(commands):
        size += len(text)
        if size > _MOST_OUT:
            return commands[: max(1, count)]
    return commands


def _demand_going(known: meta.Meta) -> None:
    """Raise Refusal where the centre stopped this desk's queue for good."""
    if known.stopped in _STOPPED:
        raise Refusal(_STOPPED[known.stopped])


def _courier_key(session: Session) -> str:
    # Whatever the day is here: a clock that is wrong hides no key.
    known = published.in_force(session, Topic.COURIER_KEY, LAST_DAY)
    if not known:
        raise Refusal(_NO_KEY)
    return next(iter(known.values())).text
