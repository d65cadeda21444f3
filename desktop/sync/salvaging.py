"""Sends what a dead machine did to a centre that was restored since, and went on without what that
machine had heard: nothing is read, and what its streams hold stays where it is."""

from __future__ import annotations

from desktop.store import beside, meta, outbox
from desktop.store.open import Store
from desktop.store.steps import go_on
from desktop.sync.apply import Disbelieved
from desktop.sync.blobs import send
from desktop.sync.call import Caller, NewEpoch
from desktop.sync.hello import greet
from desktop.sync.readings import tell_readings
from desktop.sync.recovering import give_back
from desktop.wire import calls
from desktop.wire.box import MOST_COMMANDS, boxed
from desktop.wire.payloads import PushAsk


def send_all(store: Store, caller: Caller) -> int:
    """Send the acts that the centre lacks by now, their papers, and who looked; how many acts.

    Raises LineDown, Stopped, Unanswered, Disbelieved.
    """
    try:
        greet(store, caller)
    except NewEpoch as told:
        give_back(store, caller, told.epoch, leave=True)
        greet(store, caller)
    acts = 0
    while taken := _push(store, caller):
        acts += taken
    with store.reading() as session:
        looks = beside.waiting(session).looks
    if looks:
        tell_readings(store, caller)
    while send(store, caller, go_on):
        pass
    return acts


def _push(store: Store, caller: Caller) -> int:
    """One batch up; of how many acts the centre has the outcome by it."""
    with store.reading() as session:
        known = meta.get(session)
        commands = boxed(outbox.after(session, known.acked_to, MOST_COMMANDS))
    if not commands:
        return 0
    # Behind its cursors the centre's streams went on otherwise.
    answer = caller.ask(calls.PUSH, PushAsk(commands=commands, cursors={}), known)
    with store.writing() as session:
        last, _ = outbox.head(session)
        if not known.acked_to < answer.accepted_to <= last:
            raise Disbelieved("position", f"accepted to {answer.accepted_to} of {last}")
        meta.change(session, acked_to=answer.accepted_to)
    return answer.accepted_to - known.acked_to
