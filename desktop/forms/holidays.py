"""The official holidays as a text (CSV: date, title, kind), read and written."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from desktop.domain.calendar import format_jalali, iso_jalali, parse_jalali
from desktop.domain.errors import Refusal
from desktop.forms.faults import FaultyFile, FileFault

HOLIDAYS = "holidays.csv"
_HEADING = ("date", "title", "kind")


@dataclass(frozen=True)
class Holiday:
    """A holiday; `kind` is `official`, or `estimated` where the moon has the last word."""

    title: str
    kind: str


def read_holidays(text: str) -> dict[date, Holiday]:
    """The holidays by day. Raises FaultyFile with every fault and its line."""
    days: dict[date, Holiday] = {}
    faults: list[FileFault] = []
    rows = csv.reader(StringIO(text.removeprefix("\ufeff")))
    for line, row in enumerate(rows, start=1):
        if line == 1 or not row:
            continue
        try:
            if len(row) != len(_HEADING):
                raise Refusal("هر سطر سه خانه دارد: روز، مناسبت، رسمی یا برآوردی.")
            days[parse_jalali(row[0])] = Holiday(row[1], row[2])
        except Refusal as refusal:
            faults.append(FileFault(HOLIDAYS, line, "", refusal.words))
    if faults:
        raise FaultyFile(faults)
    return days


def holiday_changes(old: Mapping[date, Holiday], new: Mapping[date, Holiday]) -> Iterator[str]:
    """What the new ones change, a sentence a day: those that come, that go, of another occasion."""
    said: list[tuple[str, Callable[[date], bool]]] = [
        ("تعطیل می‌شود", lambda day: day not in old),
        ("دیگر تعطیل نیست", lambda day: day not in new),
        ("مناسبت یا گونهٔ آن تغییر می‌کند", lambda day: day in old and day in new),
    ]
    for words, which in said:
        for day in sorted(day for day in {**old, **new} if old.get(day) != new.get(day)):
            if which(day):
                title = (new.get(day) or old[day]).title
                yield f"{format_jalali(day)} {words}: {title}."


def write_holidays(days: Mapping[date, Holiday], said: str) -> str:
    """The text. Its heading says when it was said: a calendar may become again what it was."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*_HEADING, said))
    for day, holiday in sorted(days.items()):
        writer.writerow((iso_jalali(day), holiday.title, holiday.kind))
    return text.getvalue()
