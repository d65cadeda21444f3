"""A desk without a line hands its acts to a courier, and takes its streams back from the stick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from desktop.chance import new_id
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.keys import secret_of
from desktop.store import facts, meta, outbox, published
from desktop.store.open import Session, Store
from desktop.store.view import SettingFor
from desktop.sync.apply import Disbelieved, apply_slices
from desktop.sync.call import Clock
from desktop.sync.hello import streams
from desktop.wire import link
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

_MOST = 10_000
_NO_KEY = "مرکز هنوز کلید پیک را به این رایانه نگفته است؛ یک بار با خط وصل شوید."
_OUT = "این پرونده کارهای یک دفتر است و به مرکز برده می‌شود؛ پاسخ مرکز پروندهٔ دیگری است."
_ANOTHERS = "این پاسخ برای رایانهٔ دیگری است؛ در همان رایانه بخوانید."
_UNSIGNED = "این پاسخ به امضای مرکز نیست؛ چیزی خوانده نشد. با پشتیبانی تماس بگیرید."
_NOT_SO = "آنچه در این پاسخ است با آنچه این رایانه دارد یکی نیست؛ چیزی خوانده نشد."


@dataclass(frozen=True)
class Handed:
    """A file for the courier, and what its slip says: how many acts, when the first of them was
    made (UTC)."""

    file: bytes
    ask: str
    acts: int
    oldest: datetime | None
    made_at: datetime


@dataclass(frozen=True)
class Taken:
    """What the centre's file brought; nothing of one that was read before."""

    facts: int
    acts: int


class Courier:
    """The desk's end of a courier's way."""

    def __init__(
        self, store: Store, key: Ed25519PrivateKey, clock: Clock, setting_for: SettingFor
    ) -> None:
        self._store, self._key, self._clock = store, key, clock
        self._setting_for = setting_for

    def hand_over(self, place: str) -> Handed:
        """All that the centre does not have; `place` names the desk for who reads the stick.

        Nothing changes here: it may be made again. Raises Refusal.
        """
        with self._store.reading() as session:
            known = meta.get(session)
            commands = outbox.after(session, known.acked_to, _MOST)
            oldest = outbox.waiting(session).oldest
            own = streams(known.identity)
            cursors = {name: at.pos for name, at in facts.cursors(session, own).items()}
            at = known.corrected(self._clock.now())
            to = _courier_key(session, at)
        identity = known.identity
        ask = CourierAsk(
            ask=new_id(),
            commands=commands,
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
        return Handed(sealed(head, question, to), ask.ask, len(commands), oldest, at)

    def take_back(self, file: bytes) -> Taken:
        """Apply the centre's answer in one transaction; read again it changes nothing.

        Raises Refusal for what is cut, another's, or not signed by the centre.
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
        try:
            return self._store.write(lambda session: self._applied(session, told))
        except Disbelieved as fault:
            raise Refusal(_NOT_SO) from fault

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
            return CourierAnswer.model_validate_json(answer.body)
        except ValidationError:
            raise Refusal(_NOT_SO) from None

    def _applied(self, session: Session, told: CourierAnswer) -> Taken:
        known = meta.get(session)
        last, _ = outbox.head(session)
        if told.accepted_to > last:
            raise Refusal(_NOT_SO)
        acts = max(0, told.accepted_to - known.acked_to)
        if acts:
            meta.change(session, acked_to=told.accepted_to)
        own = streams(known.identity)
        # One after the other: each goes on where the one before it ended.
        pieces = ([each] for each in told.streams)
        brought = [apply_slices(session, piece, own, self._setting_for) for piece in pieces]
        return Taken(sum(each.facts for each in brought), acts)


def _courier_key(session: Session, at: datetime) -> str:
    known = published.in_force(session, Topic.COURIER_KEY, at.date())
    if not known:
        raise Refusal(_NO_KEY)
    return next(iter(known.values())).text
