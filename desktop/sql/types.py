"""Column types whose stored text is the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator


class IsoDate(TypeDecorator[date]):
    """A day as `2026-11-24`: the text's order is the days' order."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """The text that is stored. A datetime is refused with TypeError: it is no day."""
        if value is None:
            return None
        if isinstance(value, datetime):
            raise TypeError("a day is expected, not an instant")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The day of the stored text."""
        return None if value is None else date.fromisoformat(value)


class UtcInstant(TypeDecorator[datetime]):
    """An instant as `2026-11-24T16:05:53.000000Z`, always UTC; the text's order is time's."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text that is stored. Without a time zone it is refused with TypeError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant needs its time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The instant, in UTC, of the stored text."""
        return None if value is None else datetime.fromisoformat(value)
