"""توقف خدمات شهرداری: an office takes no request, or a person does nothing, from a moment on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.persian import is_blank, to_persian_digits


class Stopped(StrEnum):
    """Who is stopped: an office, by its id, or a member of staff."""

    OFFICE = "office"
    PERSON = "person"


@dataclass(frozen=True)
class Stop:
    """Since a moment (UTC), and until another once it was lifted; why, and by which act.

    What was issued before is handed over all the same, but of a `whole` one: while that holds no
    letter is stamped, voided, printed or handed over at the office; who is named its heir does
    that. `before` are the spans of stops that were lifted on the day on which this one begins: a
    day has one text, and what a desk did in them without a line comes later.
    """

    subject: Stopped
    who: str
    since: datetime
    cause: str
    act: Act
    until: datetime | None = None
    before: tuple[tuple[datetime, datetime], ...] = ()
    whole: bool = False

    def holds(self, moment: datetime) -> bool:
        """Whether it holds at that moment, or one that went before it did."""
        own = self.since <= moment and (self.until is None or moment < self.until)
        return own or any(since <= moment < until for since, until in self.before)

    def lasts(self, day: date) -> bool:
        """Whether it holds at the day's end: whom it stops does nothing then, or no longer."""
        begun = self.since.astimezone(TEHRAN).date() <= day
        return begun and (self.until is None or self.until.astimezone(TEHRAN).date() > day)

    def keeps_letters(self, moment: datetime) -> bool:
        """Whether nothing is done with letters at the office at that moment."""
        return self.whole and self.since <= moment and self.holds(moment)

    def after(self, earlier: Stop | None) -> Stop:
        """The stop as it is told in the place of that one, of the same day or before."""
        if earlier is None or earlier.until is None:
            return self
        days = {each.astimezone(TEHRAN).date() for each in (earlier.until, self.since)}
        if len(days) > 1:
            return self
        return replace(self, before=(*earlier.before, (earlier.since, earlier.until)))

    @property
    def words(self) -> str:
        """«از ۱ آذر، ۱۰:۴۲: اعتبار پروانه پایان یافته است»."""
        day = format_day_month(self.since.astimezone(TEHRAN).date())
        return f"از {day}، {format_time(self.since)}: {to_persian_digits(self.cause)}"

    def faults(self) -> Iterator[str]:
        """What is wrong with it by itself."""
        if is_blank(self.cause):
            yield "علت توقف را بنویسید."
        if self.until is not None and self.until <= self.since:
            yield "پایان توقف پیش از آغاز آن است."
