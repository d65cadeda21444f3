"""One signed call to the centre: the clock put right once, faults told apart."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Lock
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from desktop.domain.errors import TOO_LARGE
from desktop.domain.line import Why
from desktop.store import meta
from desktop.store.meta import Identity
from desktop.store.open import Store
from desktop.sync.apply import Disbelieved
from desktop.wire.calls import Answered, Asked, Call
from desktop.wire.link import (
    BUSY,
    CLOCK,
    ELSEWHERE,
    FORK,
    OK,
    REVOKED,
    TOO_OLD,
    UNSIGNED,
    Link,
    Reply,
    SignedRequest,
    is_answer,
    sign_request,
)
from desktop.wire.payloads import Fault, answer_in

_log = logging.getLogger(__name__)
_AMISS = 500
_PAUSES_S = (0.1, 0.3, 0.9)
# As finely as a request tells its moment, and more than many acts at once make of it.
_TICK, _PUT_BACK = timedelta(milliseconds=1), timedelta(minutes=1)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_jitter = Random()
STOPS = {FORK: Why.FORK, REVOKED: Why.REVOKED, TOO_OLD: Why.TOO_OLD}
_FAULTS = {BUSY: Why.BUSY, CLOCK: Why.CLOCK, UNSIGNED: Why.UNSIGNED}


class Clock(Protocol):
    """This machine's clock."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...


class Stopped(Exception):
    """The centre won't have this desk's queue: `why` is a fork, revoked or too old."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Unanswered(Exception):
    """The centre answered with a fault of its own or of ours; the call is tried again later.

    `words` are the centre's to a person when it said no, beside the input `field` if it named one;
    else they are empty.
    """

    def __init__(
        self, detail: str, words: str = "", field: str = "", why: Why = Why.BROKEN
    ) -> None:
        super().__init__(detail)
        self.words = words
        self.field = field
        self.why = why


class NewEpoch(Disbelieved):
    """The centre itself says that it is in another epoch: it was restored from a backup."""

    def __init__(self, epoch: str, known: str) -> None:
        super().__init__("epoch", f"{epoch} is not {known}")
        self.epoch = epoch


class Caller:
    """Signs calls with the device's key and this store's corrected time, and believes no answer
    that the centre did not sign for that very call."""

    def __init__(
        self, store: Store, link: Link, key: Ed25519PrivateKey, clock: Clock, epoch: str = ""
    ) -> None:
        self._store = store
        self._link = link
        self._key = key
        self._epoch = epoch
        self.clock = clock
        self._signing = Lock()
        self._signed_at = _BEGINNING

    def of(self, epoch: str) -> Caller:
        """One that calls the centre in that epoch, whatever the store knows."""
        return Caller(self._store, self._link, self._key, self.clock, epoch)

    def ask(
        self, call: Call[Asked, Answered], body: Asked, known: meta.Meta | None = None
    ) -> Answered:
        """The centre's answer; `known` is the store's state where it was read a moment ago.

        Raises LineDown, Stopped, Unanswered, Disbelieved (NewEpoch).
        """
        text = body.encode()
        if len(text) > call.most:
            # The centre would cut it off before it could say why.
            raise Unanswered(f"{call.path}: more than {call.most} bytes", TOO_LARGE)
        reply = self._patiently(call.path, text, known)
        if reply.status == CLOCK:
            fault = _read(reply, Fault)
            if fault.time is None:
                raise Unanswered(f"{call.path}: {fault.code} without the centre's time")
            self.set_clock(fault.time)
            reply = self._patiently(call.path, text)
        if reply.status != OK:
            fault = _read(reply, Fault)
            if reply.status in STOPS:
                raise Stopped(STOPS[reply.status])
            why = _FAULTS.get(reply.status, Why.BROKEN)
            if reply.status == BUSY and fault.code in (Why.RECOVERING, Why.NO_FIGURES):
                why = Why(fault.code)
            words = fault.words if fault.code == "refused" or why.puts_off else ""
            detail = f"{call.path}: {reply.status} {fault.code} {fault.report}".rstrip()
            raise Unanswered(detail, words, fault.field, why)
        return _read(reply, call.answer)

    def _state(self) -> meta.Meta:
        with self._store.reading() as session:
            return meta.get(session)

    def set_clock(self, centre: datetime) -> None:
        """Keep the difference between the centre's moment and this machine's."""
        offset = round((centre - self.clock.now()).total_seconds() * 1000)
        with self._store.writing() as session:
            meta.change(session, clock_offset_ms=offset)

    def _patiently(self, path: str, body: bytes, known: meta.Meta | None = None) -> Reply:
        """The reply; of a centre that is busy with this desk's other calls, a little later."""
        reply = self._send(path, body, known)
        for pause in _PAUSES_S:
            if reply.status != BUSY:
                break
            time.sleep(_jitter.uniform(pause / 2, pause))
            reply = self._send(path, body)
        return reply

    def _send(self, path: str, body: bytes, known: meta.Meta | None = None) -> Reply:
        held = known or self._state()
        at = self._moment(held.corrected(self.clock.now()))
        own = held.identity
        request = sign_request(
            self._key,
            own.device_id,
            path,
            body,
            at,
            centre=own.centre,
            epoch=self._epoch or own.epoch,
        )
        return _believed(own, request, self._link.call(request))

    def _moment(self, now: datetime) -> datetime:
        """When the request is signed: not when the one before was, so that no two are the same.

        Of the same bytes the centre does the second time nothing. A clock that was put back goes on
        from where it is.
        """
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        with self._signing:
            if timedelta() <= self._signed_at - now < _PUT_BACK:
                now = self._signed_at + _TICK
            self._signed_at = now
        return now


def _believed(own: Identity, request: SignedRequest, reply: Reply) -> Reply:
    """What of the reply is the centre's. Raises Disbelieved for an answer to no call of ours.

    That something is amiss is believed from anybody in the line: then it is Unanswered, and no word
    of it is shown to a person.
    """
    if is_answer(request, reply, own.answers_key):
        return reply
    if reply.status >= _AMISS:
        return replace(reply, body=_without_words(reply))
    if reply.status != OK and not reply.signature:
        raise Unanswered(f"{request.path}: {reply.status} by whatever stands in between")
    if reply.status == ELSEWHERE:
        fault = _read(reply, Fault)
        if is_answer(request, reply, own.answers_key, fault.epoch):
            raise NewEpoch(fault.epoch, request.epoch)
    raise Disbelieved("signature", f"{request.path}: an answer {reply.status} of somebody else")


def _without_words(reply: Reply) -> bytes:
    try:
        fault = answer_in(reply.body, Fault)
    except ValidationError:
        _log.warning("unreadable answer, status %s, %s bytes", reply.status, len(reply.body))
        fault = Fault(code="", words="")
    # For the log alone: by which code the centre's own log tells of it.
    return Fault(code=fault.code, words="", report=fault.report).encode()


def _read(reply: Reply, model: type[Answered]) -> Answered:
    try:
        return answer_in(reply.body, model)
    except ValidationError as fault:
        _log.warning("unreadable answer, status %s, %s bytes", reply.status, len(reply.body))
        raise Unanswered(f"status {reply.status}, not a {model.__name__}") from fault
