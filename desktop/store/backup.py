"""A copy of an open store in one file elsewhere, read back whole before it counts."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from desktop.domain.backup import BackupFault
from desktop.domain.errors import Refusal
from desktop.sql.engine import beside_of, copy_file, reader
from desktop.sql.faults import is_full
from desktop.sql.migrate import check_file
from desktop.store.open import Store

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_GONE = (FileNotFoundError, NotADirectoryError)


class NotBackedUp(Exception):
    """No backup was made; `fault` tells why."""

    def __init__(self, fault: BackupFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def back_up(store: Store, target: Path, step: Callable[[], None]) -> None:
    """Copy the store as it is at this moment, whoever works in it meanwhile, to a new file.

    It is encrypted as the store is, by a key that is not in it. `step` is called every 2 MB; what
    it raises ends it. Raises NotBackedUp; the file is there only when all of it was read back.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        # Its own error, before the driver's, which tells less.
        partial.touch(mode=0o600)
        try:
            copy_file(store.reader, partial, step)
            _read_back(store, partial)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as fault:
        raise NotBackedUp(_fault_of(fault)) from fault
    except DBAPIError as fault:
        raise NotBackedUp(BackupFault.FULL if is_full(fault) else BackupFault.DAMAGED) from fault


def _read_back(store: Store, copy: Path) -> None:
    engine = reader(beside_of(store.place, copy))
    try:
        check_file(engine)
    except Refusal as no:
        raise NotBackedUp(BackupFault.DAMAGED) from no
    finally:
        engine.dispose()


def _fault_of(fault: OSError) -> BackupFault:
    if fault.errno in _NO_ROOM:
        return BackupFault.FULL
    return BackupFault.GONE if isinstance(fault, _GONE) else BackupFault.UNWRITABLE
