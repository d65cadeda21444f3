"""When an office is open: by weekday, on days of their own, on holidays; until when, when next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from desktop.domain.calendar import TEHRAN, WEEKDAYS, OfficeCalendar, format_jalali, weekday
from desktop.domain.errors import Refusal
from desktop.domain.persian import clean, to_persian_digits

MIDNIGHT = 24 * 60
"""The last minute of a day, counted from its first: a span may end with the day."""
_LOOKED_AHEAD = 400
"""So many days are looked through for the next opening: a year with its holidays."""
_BACKWARDS = "پایان کار پیش از آغاز آن است؛ ساعت پس از نیمه‌شب را در روز بعد بنویسید."
_OVERLAP = "دو بازهٔ کار یک روز روی هم می‌افتند؛ یکی را اصلاح کنید."
_UNREAD = "ساعت کار را مانند ۷:۳۰ تا ۱۴:۰۰ بنویسید؛ دو بازه را با «و» جدا کنید."
_TWICE = "{} دو بار در روزهای ویژه آمده است؛ یکی را بردارید."
_SPAN = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?[-–—تا]+([0-9]{1,2})(?::([0-9]{2}))?")
_BETWEEN = re.compile(r"[،,؛]|(?:(?<=[0-9])|\s)و(?=[0-9\s])")


class Span(NamedTuple):
    """From a minute of the day, counted from its beginning, to another; 1440 is the day's end."""

    opens: int
    closes: int


@dataclass(frozen=True)
class SpecialDay:
    """What holds on one day in the place of its weekday, and of a holiday; no spans: it is shut."""

    day: date
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Hours:
    """The spans of each weekday from Saturday on, and days of their own."""

    week: tuple[tuple[Span, ...], ...] = ((),) * 7
    special: tuple[SpecialDay, ...] = ()

    def on(self, day: date, calendar: OfficeCalendar) -> tuple[Span, ...]:
        """The spans of the day: its own where it has some, none on a holiday, else its weekday's.

        A Friday is what the week says of it: it is no holiday of an office that opens on it.
        """
        for each in self.special:
            if each.day == day:
                return each.spans
        if day in calendar.holidays:
            return ()
        return self.week[WEEKDAYS.index(weekday(day))]

    def open_until(self, moment: datetime, calendar: OfficeCalendar) -> datetime | None:
        """Until when it is open, in Yazd; None where it is shut. A span that ends with the day goes
        on with one that begins the next."""
        local = moment.astimezone(TEHRAN)
        day, minute = local.date(), local.hour * 60 + local.minute
        closes = next(
            (s.closes for s in self.on(day, calendar) if s.opens <= minute < s.closes), None
        )
        if closes is None:
            return None
        for _ in range(_LOOKED_AHEAD):
            if closes < MIDNIGHT:
                break
            first = next(iter(self.on(day + timedelta(days=1), calendar)), None)
            if first is None or first.opens:
                break
            day, closes = day + timedelta(days=1), first.closes
        return moment_of(day, closes)

    def open_since(self, moment: datetime, calendar: OfficeCalendar) -> datetime | None:
        """Since when it is open, in Yazd; None where it is shut."""
        local = moment.astimezone(TEHRAN)
        day, minute = local.date(), local.hour * 60 + local.minute
        opens = next(
            (s.opens for s in self.on(day, calendar) if s.opens <= minute < s.closes), None
        )
        if opens is None:
            return None
        for _ in range(_LOOKED_AHEAD):
            if opens:
                break
            last = next(reversed(self.on(day - timedelta(days=1), calendar)), None)
            if last is None or last.closes < MIDNIGHT:
                break
            day, opens = day - timedelta(days=1), last.opens
        return moment_of(day, opens)

    def next_opening(self, moment: datetime, calendar: OfficeCalendar) -> datetime | None:
        """When it opens next after the moment, in Yazd; None where it does not within a year."""
        local = moment.astimezone(TEHRAN)
        for ahead in range(_LOOKED_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for span in self.on(day, calendar):
                opens = moment_of(day, span.opens)
                # What goes on over midnight does not open then.
                if (
                    opens > local
                    and self.open_until(opens - timedelta(minutes=1), calendar) is None
                ):
                    return opens
        return None

    def with_days(self, days: Collection[date], spans: tuple[Span, ...] | None) -> Hours:
        """With these days as days of their own, or (None) as their weekday says again."""
        kept = [each for each in self.special if each.day not in days]
        added = [SpecialDay(day, spans) for day in days] if spans is not None else []
        special = sorted((*kept, *added), key=lambda each: each.day)
        return replace(self, special=tuple(special))

    @property
    def faults(self) -> Iterator[str]:
        """What nobody may say of an office's hours."""
        for title, spans in zip(WEEKDAYS, self.week, strict=True):
            yield from (f"{title}: {words}" for words in span_faults(spans))
        seen: set[date] = set()
        for each in self.special:
            told = format_jalali(each.day)
            yield from (f"{told}: {words}" for words in span_faults(each.spans))
            if each.day in seen:
                yield _TWICE.format(told)
            seen.add(each.day)


class DaysRun(NamedTuple):
    """Days in a row, first and last, that are days of their own with the same spans."""

    first: date
    last: date
    spans: tuple[Span, ...]


def runs(special: Iterable[SpecialDay]) -> list[DaysRun]:
    """The days of their own by their order, those in a row with the same spans as one."""
    found: list[DaysRun] = []
    for each in sorted(special, key=lambda one: one.day):
        before = found[-1] if found else None
        follows = before is not None and each.day - before.last == timedelta(days=1)
        if before is not None and follows and before.spans == each.spans:
            found[-1] = before._replace(last=each.day)
        else:
            found.append(DaysRun(each.day, each.day, each.spans))
    return found


def span_faults(spans: Sequence[Span]) -> Iterator[str]:
    """What is wrong with the spans of one day, in their order."""
    end = 0
    for span in spans:
        if not 0 <= span.opens < span.closes <= MIDNIGHT:
            yield _BACKWARDS
            return
        if span.opens < end:
            yield _OVERLAP
            return
        end = span.closes


def read_spans(text: str) -> tuple[Span, ...]:
    """The spans of a day as a person writes them: «۷:۳۰ تا ۱۴:۰۰ و ۱۶–۲۰», empty where it is shut.

    Raises Refusal.
    """
    typed = clean(text)
    if typed in ("", "تعطیل", "بسته", "-"):
        return ()
    spans = [_read_span(part) for part in _BETWEEN.split(typed)]
    for words in span_faults(spans):
        raise Refusal(words, field="hours")
    return tuple(spans)


def read_stretch(text: str) -> Span:
    """One span that may end on the next day: «۲۲ تا ۲» closes at 26 o'clock.

    One of more than half a day is two hours that changed places. Raises Refusal.
    """
    told = _read_span(clean(text))
    if told.closes <= told.opens:
        told = Span(told.opens, told.closes + MIDNIGHT)
        if told.closes - told.opens > MIDNIGHT // 2:
            raise Refusal(_UNREAD, field="hours")
    if told.opens >= MIDNIGHT:
        raise Refusal(_UNREAD, field="hours")
    return told


def _read_span(part: str) -> Span:
    found = _SPAN.fullmatch(re.sub(r"\s", "", part))
    if found is None:
        raise Refusal(_UNREAD, field="hours")
    begins, ends = (int(found[1]), int(found[2] or 0)), (int(found[3]), int(found[4] or 0))
    if max(begins[1], ends[1]) > 59 or max(begins[0], ends[0]) > 24:
        raise Refusal(_UNREAD, field="hours")
    return Span(begins[0] * 60 + begins[1], ends[0] * 60 + ends[1])


def spans_words(spans: Sequence[Span]) -> str:
    """«۷:۳۰ تا ۱۴:۰۰ و ۱۶:۰۰ تا ۲۰:۰۰», or «بسته»."""
    # Right to left a dash would be read the other way round.
    told = (f"{_clock(span.opens)} تا {_clock(span.closes)}" for span in spans)
    return to_persian_digits(" و ".join(told)) or "بسته"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def moment_of(day: date, minute: int) -> datetime:
    """The moment in Yazd, so many minutes after the day began."""
    return datetime.combine(day, time(), TEHRAN) + timedelta(minutes=minute)
