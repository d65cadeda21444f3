"""Tells the centre who passed all lessons of a service at this desk."""

from __future__ import annotations

import logging

from desktop.store import lessons
from desktop.store.open import Store
from desktop.sync.call import Caller, Unanswered
from desktop.wire import calls
from desktop.wire.offices import LessonAsk

_log = logging.getLogger(__name__)


def tell_passed(store: Store, caller: Caller) -> bool:
    """Tell what the centre does not know yet; whether it took any of it.

    What it refuses in words is kept with them, and is not asked again. Raises LineDown, Stopped,
    Disbelieved, and Unanswered where it is to be tried again.
    """
    took = False
    while True:
        with store.reading() as session:
            record = lessons.untold(session)
        if record is None:
            return took
        since, refused = None, ""
        try:
            ask = LessonAsk.model_validate_json(record.ask)
            since = caller.ask(calls.LESSON, ask).since
            took = True
        except Unanswered as fault:
            if not fault.words or fault.why.puts_off:
                raise
            _log.warning("a lesson's record was refused: %s", fault)
            refused = fault.words
        with store.writing() as session:
            lessons.told(session, record.sheet_id, since, refused)
