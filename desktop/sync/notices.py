"""Tells the centre which notices the people at this desk have read."""

from __future__ import annotations

from desktop.store import meta, notices
from desktop.store.open import Store
from desktop.sync.call import Caller
from desktop.wire import calls
from desktop.wire.notices import MOST_READS, NoticesReadAsk, ReadBody


def tell_read(store: Store, caller: Caller) -> None:
    """Tell what the centre does not know yet. Raises LineDown, Stopped, Unanswered, Disbelieved."""
    while True:
        with store.reading() as session:
            reads = notices.untold(session, MOST_READS)
        if not reads:
            return
        bodies = [
            ReadBody(kind=one.kind, key=one.key, staff=one.staff, read_at=one.read_at)
            for one in reads
        ]
        caller.ask(calls.NOTICES_READ, NoticesReadAsk(reads=bodies))
        with store.writing() as session:
            at = meta.get(session).corrected(caller.clock.now())
            notices.note_told(session, reads, at)
