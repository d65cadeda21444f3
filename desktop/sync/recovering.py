"""Gives a centre that was restored from a backup what this desk has and the backup has not."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from desktop.domain.stream import CITY
from desktop.store import blobs, facts, meta, notices, readings
from desktop.store.open import Store
from desktop.sync.apply import Disbelieved
from desktop.sync.call import Caller
from desktop.wire import calls
from desktop.wire.canon import link_hash
from desktop.wire.heads import SignedHead
from desktop.wire.payloads import PullAsk
from desktop.wire.recovery import (
    MOST_BYTES,
    MOST_FACTS,
    GiveBackAsk,
    HeadBody,
    ReachedBody,
    RecoveryAsk,
)

_log = logging.getLogger(__name__)


def give_back(store: Store, caller: Caller, epoch: str, *, leave: bool = False) -> None:
    """Give back, of this desk's streams, the facts above the centre's heads; go on in its epoch.
    With `leave` also where the centre has opened without some: those are nobody's any more.

    What the desk sent and the centre lost is sent again by the next greeting. Raises LineDown,
    Stopped, Unanswered, and Disbelieved: for a centre that never was in the epoch that is known
    here, whose streams went on otherwise than what came here, or that has opened without what is
    here.
    """
    own = caller.of(epoch)
    with store.reading() as session:
        known = meta.get(session)
    identity = known.identity
    told = own.ask(calls.RECOVERY, RecoveryAsk(epoch=identity.epoch))
    if told.epoch != epoch or identity.epoch not in told.former:
        raise Disbelieved("epoch", f"{told.epoch} does not go on from {identity.epoch}")
    _log.warning("the centre was restored: its epoch is %s, was %s", epoch, identity.epoch)
    reached = {each.stream: each for each in told.reached}
    if set(reached) != {CITY, identity.home}:
        raise Disbelieved("stream", f"{sorted(reached)} were not asked for")
    for stream in () if told.open and leave else sorted(reached):
        for pos in _given(store, own, reached[stream], opened=told.open):
            _log.info("the centre has %s to %s again", stream, pos)
    if told.open and not leave:
        _demand_same(store, own, (CITY, identity.home))
    own.ask(
        calls.RECOVERY,
        RecoveryAsk(epoch=identity.epoch, given=True, records_as_of=known.records_as_of),
    )
    with store.writing() as session:
        meta.change(session, epoch=epoch)
        blobs.offer_again(session)
        notices.tell_again(session, told.copied_at)
        # One of what was told: where the centre lacks more it says from where.
        readings.note_told(session, max(0, known.readings_told - 1))


def _given(store: Store, caller: Caller, reached: ReachedBody, *, opened: bool) -> Iterator[int]:
    """Give what lies behind what the centre has, in parts; how far it has it after each."""
    stream, pos, chain = reached.stream, reached.pos, reached.hash
    with store.reading() as session:
        cursor = facts.cursors(session, [stream])[stream]
    last, head = cursor.pos, cursor.signed
    while pos < last:
        if opened:
            raise Disbelieved("epoch", f"the centre went on without {stream} {pos + 1} to {last}")
        if head is None:
            raise Disbelieved("position", f"no signed head shows {stream} to {last}")
        with store.reading() as session:
            if facts.hash_at(session, stream, pos) != chain:
                raise Disbelieved("chain", f"{stream} at {pos}")
            texts = facts.texts_between(session, stream, pos, last, MOST_FACTS)
        ask = GiveBackAsk(stream=stream, after=pos, facts=_fitting(texts), head=_body(head))
        answer = caller.ask(calls.GIVE_BACK, ask)
        if answer.pos <= pos:
            raise Disbelieved("position", f"{stream} given to {answer.pos}, was at {pos}")
        pos, chain = answer.pos, answer.hash
        yield pos


def _demand_same(store: Store, caller: Caller, streams: tuple[str, ...]) -> None:
    """Raise Disbelieved where the centre has gone on, farther than what is here, from another
    beginning: before it is sent anything."""
    with store.reading() as session:
        cursors = facts.cursors(session, streams)
    asked = PullAsk(cursors={name: at.pos for name, at in cursors.items()})
    for piece in caller.ask(calls.PULL, asked).streams:
        chain = cursors[piece.stream].hash
        for text in piece.facts:
            chain = link_hash(chain, text)
        if chain != piece.hash:
            raise Disbelieved("epoch", f"the centre went on otherwise than {piece.stream} here")


def _fitting(texts: list[str]) -> list[str]:
    """The first of them, as many as go into a call, at least one."""
    size = 0
    for number, text in enumerate(texts):
        size += len(text.encode())
        if number and size > MOST_BYTES:
            return texts[:number]
    return texts


def _body(head: SignedHead) -> HeadBody:
    return HeadBody(
        pos=head.pos, hash=head.hash, epoch=head.epoch, at=head.at, signature=head.signature
    )
