"""The centre's devices in a file beside its keys: who was enrolled or revoked after a copy of the
database was made is known again by it.

A line a device, and one more as it is revoked; none is ever taken away.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from desktop.centre import devices
from desktop.centre.context import Centre
from desktop.centre.recovering.standing import Phase
from desktop.domain.stream import DeviceTold
from desktop.premises.centre_file import DEVICES
from desktop.wire.canon import canon
from desktop.wire.codec import Unreadable, plain, read_as

_log = logging.getLogger(__name__)


def note(folder: Path, centre: Centre) -> None:
    """Add to the file of the data folder what it does not tell yet. Raises OSError."""
    path = folder / DEVICES
    with centre.reading() as session:
        texts = [canon(plain(told)) for told in devices.all_told(session)]
    before = path.read_bytes() if path.exists() else b""
    known = set(before.decode(errors="replace").splitlines())
    new = "".join(f"{text}\n" for text in texts if text not in known).encode()
    if not new:
        return
    # A line that was cut off ends here; of two processes at once each adds its own.
    begun = b"\n" if before and not before.endswith(b"\n") else b""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(begun + new)
        file.flush()
        os.fsync(file.fileno())


def take_while_closed(folder: Path, centre: Centre) -> list[DeviceTold]:
    """Have the centre know what the file tells, at any time before it takes acts again after a
    restore: another machine's may be found, and put to this one's. Those that it did not know so.
    """
    with centre.writing() as session:
        if centre.recovery.phase(session) is not Phase.CLOSED:
            return []
        return [told for told in read(folder) or () if devices.take(session, told)]


def read(folder: Path) -> list[DeviceTold] | None:
    """What the file of the data folder tells, in its order; None for no file. Of two devices with
    one number the former never came to work, and is left out."""
    path = folder / DEVICES
    if not path.exists():
        return None
    told = list(_lines(path))
    holds = {(each.office, each.desk): each.device_id for each in told}
    return [each for each in told if holds[each.office, each.desk] == each.device_id]


def _lines(path: Path) -> Iterator[DeviceTold]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield read_as(DeviceTold, line.decode())
        except (Unreadable, UnicodeDecodeError):
            # Cut off as the machine ended: what it tells is in a later line too.
            _log.warning("%s: line %d can't be read", path.name, number)
