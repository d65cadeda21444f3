"""Asks the centre for newer keys and a newer list, by which letters are checked at this desk."""

from __future__ import annotations

from datetime import timedelta

from desktop.store import check_files, meta
from desktop.store.open import Store
from desktop.sync.call import Caller
from desktop.wire import calls
from desktop.wire.check_files import CheckFilesAsk

# Whether or not a letter ended: a list tells its day too.
_OLD = timedelta(hours=1)


def are_old(store: Store, caller: Caller) -> bool:
    """Whether the centre was not asked within the hour, or never."""
    with store.reading() as session:
        files = check_files.held(session)
        at = meta.get(session).corrected(caller.clock.now())
    # Also where this machine's clock was put back since.
    return files is None or abs(at - files.asked_at) > _OLD


def renew(store: Store, caller: Caller) -> None:
    """Ask, and keep what is newer. Raises LineDown, Stopped, Unanswered, Disbelieved."""
    with store.reading() as session:
        tag = check_files.tag(session)
    told = caller.ask(calls.CHECK_FILES, CheckFilesAsk(tag=tag))
    with store.writing() as session:
        at = meta.get(session).corrected(caller.clock.now())
        check_files.take(session, told.tag, told.keys, told.ended, at)
