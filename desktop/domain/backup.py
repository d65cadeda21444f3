"""A desk's own daily backup: when the last one was made, and why none is made: values."""

from __future__ import annotations

from enum import StrEnum


class BackupFault(StrEnum):
    """Why no backup of a desk's store was made, the last time that it was tried."""

    GONE = "gone"
    """The folder for it is not there: another disk is not, or the network is not."""
    UNWRITABLE = "unwritable"
    """Nothing may be written in the folder."""
    FULL = "full"
    """There is no room on its disk."""
    DAMAGED = "damaged"
    """What was copied could not be read back whole: the store, or the copy's disk, is damaged."""
