"""The centre's devices in a file beside its keys: who was enrolled or revoked after a copy of the
database was made is known again by it.

A line a device, and one more as it is revoked; none is ever taken away.
"""

from __future__ import annotations

from pathlib import Path

from desktop.centre import devices
from desktop.centre.context import Centre
from desktop.domain.stream import DeviceTold
from desktop.premises import line_file
from desktop.premises.centre_file import DEVICES


def note(folder: Path, centre: Centre) -> None:
    """Add to the file of the data folder what it does not tell yet. Raises OSError."""
    with centre.reading() as session:
        told = devices.all_told(session)
    line_file.add(folder / DEVICES, told)


def read(folder: Path) -> list[DeviceTold] | None:
    """What the file of the data folder tells, in its order; None for no file. Of two devices with
    one number the former never came to work, and is left out."""
    told = line_file.read(folder / DEVICES, DeviceTold)
    if told is None:
        return None
    holds = {(each.office, each.desk): each.device_id for each in told}
    return [each for each in told if holds[each.office, each.desk] == each.device_id]
