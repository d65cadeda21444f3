"""What stands on the paper that goes with a courier's stick, and on the centre's receipt for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.letter import LetterHead


@dataclass(frozen=True)
class CourierSlip:
    """برگهٔ پیک (A5): what a desk handed over on a stick, or what the centre read of it.

    `mark` names the file, the same on both papers. `read` is None on the desk's: how many acts were
    new, how many of them refused, how many facts go back, who read it.
    """

    head: LetterHead
    place: str
    mark: str
    acts: int
    oldest: datetime | None
    made_at: datetime
    made_by: str
    sample: bool
    read: CourierRead | None = None


@dataclass(frozen=True)
class CourierRead:
    """What the centre did with a courier's file, at that moment (UTC)."""

    new: int
    refused: int
    facts: int
    at: datetime
