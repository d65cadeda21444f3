"""The greeting: epoch, time, and whether what the centre has of this desk is what the desk sent."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

from desktop import __version__
from desktop.domain.line import Why
from desktop.store import blobs, doorkeeping, facts, lessons, meta, outbox, work_items
from desktop.store.open import Session, Store
from desktop.sync.apply import Disbelieved
from desktop.sync.call import Caller, Stopped
from desktop.wire import calls
from desktop.wire.payloads import (
    MOST_LEARNING,
    MOST_LOCKED,
    PROTOCOL,
    HelloAnswer,
    HelloAsk,
    LearningBody,
    LockedBody,
)

_LEARNS = timedelta(days=14)
"""So long after a lesson was begun last somebody is said to learn."""


def greet(store: Store, caller: Caller) -> bool:
    """Exchange state and keep the centre's; whether it was told of acts that wait here.

    Raises LineDown, Stopped, Unanswered, Disbelieved.
    """
    with store.reading() as session:
        known = meta.get(session)
        seq, _ = outbox.head(session)
        oldest = outbox.waiting(session).oldest
        held = work_items.held(session)
        now = known.corrected(caller.clock.now())
        locked, learning = _locked(session, now), _learning(session, now)
        cursors = {
            name: at.pos for name, at in facts.cursors(session, streams(known.identity)).items()
        }
    ask = HelloAsk(
        protocol=PROTOCOL,
        client=__version__,
        device_seq=seq,
        cursors=cursors,
        oldest_unsent=oldest,
        disk_free_mb=_free_mb(store),
        backup_at=known.backup_at,
        held=held,
        locked=locked,
        learning=learning,
    )
    answer = caller.ask(calls.HELLO, ask)
    if answer.epoch != known.identity.epoch:
        raise Disbelieved("epoch", f"{answer.epoch} is not {known.identity.epoch}")
    caller.set_clock(answer.time)
    with store.writing() as session:
        _compare_heads(session, answer)
        blobs.ask_again(session)
        meta.change(
            session,
            acked_to=answer.head_seq,
            records_as_of=answer.records_as_of,
            last_heard=answer.time,
            stopped="",
            alarm="",
        )
    return oldest is not None


def _free_mb(store: Store) -> int:
    # Of 0 the centre takes that nobody told: a full disk is told as the least there is.
    return max(1, shutil.disk_usage(store.path.parent).free // 1_000_000)


def _locked(session: Session, now: datetime) -> list[LockedBody]:
    until = {who: tries.locked_until(now) for who, tries in doorkeeping.tries(session).items()}
    told = [LockedBody(staff=who, until=moment) for who, moment in until.items() if moment]
    return told[:MOST_LOCKED]


def _learning(session: Session, now: datetime) -> list[LearningBody]:
    told = lessons.under_way(session, now - _LEARNS)[:MOST_LEARNING]
    return [
        LearningBody(staff=staff, service=service, lesson=lesson + 1)
        for staff, service, lesson in told
    ]


def streams(identity: meta.Identity) -> tuple[str, ...]:
    """The streams that a desk reads: its home's and the city's."""
    return (identity.home, "city")


def _compare_heads(session: Session, answer: HelloAnswer) -> None:
    # A copied or restored store shows here: the centre has commands that were never made in it.
    try:
        ours = outbox.hash_at(session, answer.head_seq)
    except LookupError:
        raise Stopped(Why.FORK) from None
    if ours != answer.head_hash:
        raise Stopped(Why.FORK)
