"""After how many wrong passwords a person is locked out of a desk, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TRIES = 5
"""Wrong passwords in a row after which a person is locked."""
LOCKED = timedelta(minutes=30)
"""How long, from the last of them. A lock without an end would let anybody shut an office: five
wrong words at the door, and nobody who could open it sits inside."""


@dataclass(frozen=True)
class Tries:
    """Wrong passwords in a row at one desk, the last of them at a moment (UTC)."""

    wrong: int
    last_at: datetime

    def locked_until(self, moment: datetime) -> datetime | None:
        """Until when the person is locked; None for who is not, or no more."""
        until = self.last_at + LOCKED
        return until if self.wrong >= TRIES and moment < until else None

    def once_more(self, moment: datetime) -> Tries:
        """With another wrong one. After a lock has ended it is counted from one again."""
        over = self.wrong >= TRIES and self.locked_until(moment) is None
        return Tries(1 if over else self.wrong + 1, moment)


@dataclass(frozen=True)
class KeptOut:
    """Somebody is kept out of one desk by who leads it, while the centre can't be told."""

    since: datetime
    by: str
    cause: str
