"""توقف خدمات شهرداری: an office takes no request, or a person does nothing, from a moment on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.persian import to_persian_digits


class Stopped(StrEnum):
    """Who is stopped: an office, by its id, or a member of staff."""

    OFFICE = "office"
    PERSON = "person"


@dataclass(frozen=True)
class Stop:
    """Since a moment (UTC), and until another once it was lifted; why, and by which act.

    What was issued before is handed over all the same.
    """

    subject: Stopped
    who: str
    since: datetime
    cause: str
    act: Act
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.since <= moment and (self.until is None or moment < self.until)

    @property
    def words(self) -> str:
        """«از ۱ آذر، ۱۰:۴۲: اعتبار پروانه پایان یافته است»."""
        day = format_day_month(self.since.astimezone(TEHRAN).date())
        return f"از {day}، {format_time(self.since)}: {to_persian_digits(self.cause)}"

    def faults(self) -> Iterator[str]:
        """What is wrong with it by itself."""
        if not self.cause.strip():
            yield "سبب توقف را بنویسید."
        if self.until is not None and self.until <= self.since:
            yield "پایان توقف پیش از آغاز آن است."
