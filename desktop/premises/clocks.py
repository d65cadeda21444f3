"""What tells the time: the machine, one that is wrong, or one that stands where it is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop.actions.desk import Clock


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)


@dataclass
class WrongClock:
    """A machine's clock that is wrong by so many seconds."""

    seconds: float

    def now(self) -> datetime:
        """The moment that it shows, UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.seconds)


class SteppingClock:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was put to, UTC."""
        return self.moment.astimezone(UTC)


class HouseClock:
    """A house's clock: another one's while it is set, so that a past day can be made."""

    def __init__(self, own: Clock) -> None:
        self._own = own
        self.other: Clock | None = None

    def now(self) -> datetime:
        """The moment, UTC."""
        return (self.other or self._own).now()
