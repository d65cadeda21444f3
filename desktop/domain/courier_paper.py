"""What stands on the paper that goes with a courier's stick, and on the centre's receipt for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.letter import LetterHead


@dataclass(frozen=True)
class CourierSlip:
    """برگهٔ پیک (A5): what a desk handed over on a stick, or what the centre read of it.

    `mark` names the file, the same on both papers; acts that are `left` wait for the next one,
    `papers` for a line. `read` is None on the desk's.
    """

    head: LetterHead
    place: str
    mark: str
    acts: int
    left: int
    papers: int
    oldest: datetime | None
    made_at: datetime
    made_by: str
    sample: bool
    read: CourierRead | None = None


@dataclass(frozen=True)
class CourierRead:
    """What the centre did with a courier's file, at that moment (UTC): how many of its acts it has
    by now, how many of these were not lawful or wait there, how many facts go back, and
    whether that is not all; `stopped` why it takes none of this desk, in words."""

    taken: int
    refused: int
    held: int
    facts: int
    more: bool
    stopped: str
    at: datetime
