"""Sends citizens' papers after the acts that name them, chunk by chunk, resumed where it broke."""

from __future__ import annotations

import logging
import time

from desktop.store import blobs, meta, outbox
from desktop.store.open import Store
from desktop.store.steps import Step
from desktop.sync.call import Caller
from desktop.wire import blobs as wire
from desktop.wire import calls

_log = logging.getLogger(__name__)
_BUDGET_S = 1.0


def send(store: Store, caller: Caller, step: Step) -> bool:
    """Send what waits for about a second, or until a person acts; whether some still waits.

    Raises LineDown, Stopped, Unanswered.
    """
    until = time.monotonic() + _BUDGET_S
    while True:
        with store.reading() as session:
            name = blobs.next_to_send(session)
            content = blobs.read(session, name) if name else None
        if name is None or content is None:
            return False
        if wire.name_of(content) != name:
            _log.error("a kept paper is not what its name says: %s", name)
            _mark(store, name, blobs.BROKEN)
            continue
        if not _send_one(store, caller, name, content, until, step):
            return True


def _send_one(
    store: Store, caller: Caller, name: str, content: bytes, until: float, step: Step
) -> bool:
    """Whether the paper is done with; false when others' turn came."""
    answer = caller.ask(calls.BLOB_STATE, wire.BlobAsk(sha256=name))
    if not answer.asked:
        if _acts_wait(store):
            # The act that names it was made since this round pushed.
            return False
        _mark(store, name, blobs.UNASKED)
        return True
    while not answer.stored:
        if answer.word:
            answer = caller.ask(calls.BLOB_PROVE, _proof(store, name, answer.word, content))
            step("blob:proven")
            continue
        number = answer.next
        ask = wire.ChunkAsk(sha256=name, number=number, content=wire.chunk_of(content, number))
        answer = caller.ask(calls.BLOB_PUT, ask)
        step("blob:sent")
        if not answer.stored and (time.monotonic() > until or _acts_wait(store)):
            return False
    _mark(store, name, blobs.STORED)
    step("blob:stored")
    return time.monotonic() <= until and not _acts_wait(store)


def _proof(store: Store, name: str, word: str, content: bytes) -> wire.ProveAsk:
    with store.reading() as session:
        own = meta.get(session).identity
    return wire.ProveAsk(sha256=name, proof=wire.proof_of(own.centre, own.home, word, content))


def _acts_wait(store: Store) -> bool:
    with store.reading() as session:
        return outbox.head(session)[0] > meta.get(session).acked_to


def _mark(store: Store, name: str, state: str) -> None:
    with store.writing() as session:
        blobs.mark(session, name, state)
