"""What the unit announces to offices: a planned outage, a changed rule, lessons that are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.calendar import TEHRAN, format_day_month, format_time, weekday
from desktop.domain.persian import is_blank, to_persian_digits


class About(StrEnum):
    """What an announcement is about."""

    OUTAGE = "outage"
    RULE = "rule"
    TRAINING = "training"
    NOTE = "note"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _ABOUT[self]


_ABOUT = {
    About.OUTAGE: "قطعی برنامه‌ریزی‌شده",
    About.RULE: "تغییر ضابطه",
    About.TRAINING: "آموزش متصدیان",
    About.NOTE: "اطلاع",
}
SHORTEST_WORDS = 10
"""Less than that tells an office nothing."""


@dataclass(frozen=True)
class Announcement:
    """A unit's words to offices (by their ids; none are all), by whom and when (UTC).

    An outage lasts `since` a moment `until` another, where it is of one office alone at `counters`
    of it by their numbers (none are all); lessons of `services` are due before the day
    `due`. `replaces` is the id of an earlier one that is no longer to be read.
    """

    announcement: str
    about: About
    title: str
    words: str
    at: datetime
    by: str
    offices: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    due: date | None = None
    replaces: str = ""
    counters: tuple[int, ...] = ()

    def is_for(self, office: str) -> bool:
        """Whether the office is one of those that it is announced to."""
        return not self.offices or office in self.offices

    def is_over(self, moment: datetime) -> bool:
        """Whether what it is about has passed."""
        today = moment.astimezone(TEHRAN).date()
        ended = self.until is not None and self.until <= moment
        return ended or (self.due is not None and self.due < today)

    def when(self) -> str:
        """«دوشنبه ۹ آذر، ۱۴:۰۰ تا ۱۶:۰۰» of an outage, and its counters; «پیش از ۱۴ آذر» of
        lessons; else empty."""
        if self.since is not None and self.until is not None:
            return span_words(self.since, self.until) + self._counter_words()
        return f"پیش از {format_day_month(self.due)}" if self.due is not None else ""

    def _counter_words(self) -> str:
        if not self.counters:
            return ""
        some = "باجه‌های" if len(self.counters) > 1 else "باجهٔ"
        return to_persian_digits(f"، {some} {' و '.join(map(str, self.counters))}")

    def faults(self, moment: datetime) -> Iterator[tuple[str, str]]:
        """What is wrong with it, each with the name of the part that it stands beside."""
        if is_blank(self.title):
            yield "title", "عنوان اطلاعیه را بنویسید."
        if len(self.words.strip()) < SHORTEST_WORDS:
            yield "words", "متن اطلاعیه را بنویسید."
        if self.about is About.OUTAGE:
            yield from self._outage_faults(moment)
        if self.about is About.TRAINING:
            if not self.services:
                yield "services", "خدمتی را که درس آن خواسته می‌شود برگزینید."
            if self.due is None or self.due <= moment.astimezone(TEHRAN).date():
                yield "due", "روزی که درس تا پیش از آن خواسته می‌شود باید پس از امروز باشد."

    def _outage_faults(self, moment: datetime) -> Iterator[tuple[str, str]]:
        if self.since is None or self.until is None:
            yield "since", "آغاز و پایان قطعی را بنویسید."
            return
        if self.until <= self.since:
            yield "until", "پایان قطعی پیش از آغاز آن است."
        elif self.until <= moment:
            yield "until", "این قطعی گذشته است."
        if self.counters and len(self.offices) != 1:
            yield "counters", "باجه را تنها برای یک دفتر می‌توان نام برد."


def span_words(since: datetime, until: datetime) -> str:
    """From a moment to a moment in Yazd, the day said once where it is one."""
    first, last = since.astimezone(TEHRAN).date(), until.astimezone(TEHRAN).date()
    ends = format_time(until) if first == last else _moment_words(last, until)
    return f"{_moment_words(first, since)} تا {ends}"


def _moment_words(day: date, moment: datetime) -> str:
    return f"{weekday(day)} {format_day_month(day)}، {format_time(moment)}"
