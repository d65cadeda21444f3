"""Fetches what the streams hold after the cursors, and applies it."""

from __future__ import annotations

from desktop.store import facts, meta
from desktop.store.open import Store
from desktop.store.steps import Step
from desktop.store.view import SettingFor
from desktop.sync.apply import Applied, apply_slices
from desktop.sync.call import Caller
from desktop.sync.hello import streams
from desktop.wire import calls
from desktop.wire.payloads import PullAsk


def pull(store: Store, caller: Caller, setting_for: SettingFor, step: Step) -> Applied:
    """One answer's facts, cursors and view in one local transaction.

    Raises LineDown, Stopped, Unanswered, Disbelieved.
    """
    with store.reading() as session:
        known = meta.get(session)
        read = streams(known.identity)
        cursors = {name: at.pos for name, at in facts.cursors(session, read).items()}
    step("pull:read")
    answer = caller.ask(calls.PULL, PullAsk(cursors=cursors), known)
    step("pull:answered")
    with store.writing() as session:
        applied = apply_slices(session, answer.streams, read, setting_for, step)
        # By the clock as it was set last: the round itself may have put it right.
        meta.change(session, last_heard=meta.get(session).corrected(caller.clock.now()))
    step("pull:committed")
    return applied
