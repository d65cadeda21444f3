"""Hours as an inspector types them."""

from __future__ import annotations

import re
from datetime import date, datetime

from desktop.domain.calendar import TEHRAN
from desktop.domain.persian import to_latin_digits

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:٫.]?([0-5][0-9])")


def read_time(text: str) -> tuple[int, int] | None:
    """Hour and minute of «۱۰:۳۰» or «1030»; None when it is no time."""
    found = _TIME.fullmatch(to_latin_digits(text).strip())
    return (int(found[1]), int(found[2])) if found else None


def local(moment: datetime) -> datetime:
    """That moment by the clocks in Yazd."""
    return moment.astimezone(TEHRAN)


def moment_of(day: date, text: str) -> datetime:
    """That hour of the day in Yazd; midnight for what is no time."""
    hour, minute = read_time(text) or (0, 0)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)
