"""Sends what the centre does not have yet, and applies what it answers."""

from __future__ import annotations

from desktop.store import facts, meta, outbox
from desktop.store.open import Store
from desktop.store.steps import Step
from desktop.store.view import SettingFor
from desktop.sync.apply import Applied, Disbelieved, apply_slices
from desktop.sync.call import Caller
from desktop.sync.hello import streams
from desktop.wire import calls
from desktop.wire.box import boxed
from desktop.wire.payloads import PushAsk


def push(
    store: Store, caller: Caller, setting_for: SettingFor, batch: int, step: Step
) -> Applied | None:
    """One batch up and its answer applied; None when nothing waits. The centre may take only the
    first of it: the rest still waits.

    What is acknowledged, the facts, the cursors and the view change in one local transaction: an
    answer that is lost before it costs a harmless repeat. Raises LineDown, Stopped, Unanswered,
    Disbelieved.
    """
    with store.reading() as session:
        known = meta.get(session)
        waiting = outbox.after(session, known.acked_to, batch)
        commands = boxed(waiting)
        read = streams(known.identity)
        cursors = {name: at.pos for name, at in facts.cursors(session, read).items()}
    if not commands:
        return None
    step("push:read")
    answer = caller.ask(calls.PUSH, PushAsk(commands=commands, cursors=cursors), known)
    step("push:answered")
    with store.writing() as session:
        last, _ = outbox.head(session)
        # A push that moves nothing would be repeated for ever.
        if not known.acked_to < answer.accepted_to <= last:
            raise Disbelieved("position", f"accepted to {answer.accepted_to} of {last}")
        # By the clock as it was set last: the round itself may have put it right.
        heard = meta.get(session).corrected(caller.clock.now())
        meta.change(session, acked_to=answer.accepted_to, last_heard=heard)
        step("push:acked")
        applied = apply_slices(session, answer.streams, read, setting_for, step)
        applied.taken = answer.accepted_to - known.acked_to
        applied.cut = applied.taken < len(commands)
        applied.waited = applied.cut or len(commands) < len(waiting) or len(waiting) == batch
    step("push:committed")
    return applied
