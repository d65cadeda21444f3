"""Tells the centre who looked at which case at this desk."""

from __future__ import annotations

from desktop.store import readings
from desktop.store.open import Store
from desktop.sync.apply import Disbelieved
from desktop.sync.call import Caller
from desktop.wire import calls
from desktop.wire.readings import MOST_LINES, TellReadingsAsk


def tell_readings(store: Store, caller: Caller) -> None:
    """Tell what the centre does not have yet. Raises LineDown, Stopped, Unanswered, Disbelieved."""
    went_back = False
    while True:
        with store.reading() as session:
            untold = readings.untold(session, MOST_LINES)
        if untold is None:
            return
        ask = TellReadingsAsk(
            after=untold.after, before=untold.before, lines=list(untold.lines), hash=untold.hash
        )
        taken_to = caller.ask(calls.READINGS, ask).taken_to
        last = untold.after + len(untold.lines)
        # A centre that was restored lacks what it had: told anew, once.
        back = taken_to < untold.after
        if taken_to == untold.after or taken_to > last or (back and went_back):
            raise Disbelieved("position", f"looks taken to {taken_to} of {untold.after} to {last}")
        went_back = went_back or back
        with store.writing() as session:
            readings.note_told(session, taken_to)
