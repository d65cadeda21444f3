"""The monthly bulletin as one HTML file without anything outside it, and as CSV."""

from __future__ import annotations

import csv
import io

from jinja2 import Environment, StrictUndefined

from desktop.domain.bulletin import ENOUGH, LEAST, Bulletin, Line, Outages
from desktop.domain.calendar import format_jalali
from desktop.domain.office import ORGANISATION
from desktop.domain.persian import strip_isolates, to_persian_digits
from desktop.settings import resources

HIDDEN = "پنهان"
"""What stands for a hidden count, on screen and in the file for programs."""
_AFTER = ("دریافتی", "سهم پاسخ آنی (٪)", "نادرست، حداکثر (٪)", "میانهٔ روز کاری تا پاسخ")


def html(told: Bulletin) -> str:
    """The whole file."""
    folder = resources() / "bulletin"
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string((folder / "bulletin.html").read_text(encoding="utf-8"))
    return template.render(
        city=ORGANISATION,
        month=told.month,
        first=format_jalali(told.first),
        last=format_jalali(told.last),
        heads=_heads(told),
        whole=_words(told.whole) if told.whole is not None else None,
        saved=_count(told.saved) if told.saved is not None else "",
        correctness=told.correctness,
        outages=[_outages("خط دفترها", told.lines), _outages("سامانهٔ مرکز", told.centre)],
        tables=[(each.heading, [_words(line) for line in each.lines]) for each in told.tables],
        least=to_persian_digits(LEAST),
        enough=to_persian_digits(ENOUGH),
        hidden=HIDDEN,
    )


def csv_text(told: Bulletin) -> str:
    """The same for programs: a line each, Latin digits; empty where nothing is told."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["جدول", "نام", *_heads(told)])
    if told.whole is not None:
        writer.writerow([told.month, *_cells(told.whole)])
    for each in told.tables:
        for line in each.lines:
            writer.writerow([each.heading, *_cells(line)])
    return out.getvalue()


def _outages(of: str, told: Outages) -> str:
    """«خط دفترها ۳ بار و روی هم ۱۴ ساعت قطع بود؛ ۲۱۲ کار دیرتر رسید»."""
    if not told.times:
        return f"{of} قطع نبود"
    late = f"؛ {told.delayed} کار دیرتر رسید" if told.delayed else ""
    return to_persian_digits(f"{of} {told.times} بار و روی هم {told.hours} ساعت قطع بود{late}")


def _heads(told: Bulletin) -> list[str]:
    return [*(column.words for column in told.columns), *_AFTER]


def _cells(line: Line) -> list[str]:
    counts = (HIDDEN if count is None else str(count) for count in line.counts)
    rest = ("" if value is None else str(value) for value in _shares(line))
    return [strip_isolates(line.name), *counts, *rest]


def _shares(line: Line) -> tuple[int | None, ...]:
    return line.share, line.wrong, line.days


def _words(line: Line) -> list[str]:
    counts = (_count(count) for count in line.counts)
    rest = ("" if value is None else to_persian_digits(value) for value in _shares(line))
    return [to_persian_digits(line.name), *counts, *rest]


def _count(count: int | None) -> str:
    return HIDDEN if count is None else to_persian_digits(f"{count:,}").replace(",", "٬")
