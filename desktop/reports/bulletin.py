"""The monthly bulletin as one HTML file without anything outside it, and as CSV."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from desktop.domain.bulletin import ENOUGH, LEAST, Bulletin, Line, Outages
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.office import ORGANISATION
from desktop.domain.persian import isolate, strip_isolates, to_persian_digits
from desktop.settings import resources

HIDDEN = "پنهان"
"""What stands for a hidden count, on screen and in the file for programs."""
AFTER = ("دریافتی", "سهم پاسخ آنی (٪)", "نادرست، حداکثر (٪)", "میانهٔ روز کاری تا پاسخ")
"""The heads of the columns after those of the counts."""
TOO_FEW = "شمار این ماه چنان کم است که از آن می‌شد کسی را شناخت؛ جمع شهر گفته نمی‌شود."
"""In place of the line of the whole city."""
UNTOLD = "این جدول گفته نمی‌شود: شمارهای کم آن را از جمع‌ها می‌شد حساب کرد."
"""In place of a table's lines."""
NOTE = to_persian_digits(
    f"شمارهای کمتر از {LEAST}، و هر شماری که آن‌ها را با آن می‌شد حساب کرد، «{HIDDEN}» است. "
    f"میانهٔ روز کاری تنها جایی گفته می‌شود که دست‌کم {ENOUGH} پاسخ بوده است، و درستی جایی که "
    f"دست‌کم {ENOUGH} پاسخ بازبینی شده است."
)
"""What is hidden, and of what nothing is told."""


def write(told: Bulletin, path: Path) -> None:
    """Write it as the name ends: as CSV, else as a page. A file that is there is replaced, once all
    of the new one is written. Raises Refusal where it can't be written."""
    # Programs take CSV for UTF-8 by its first bytes.
    is_csv = path.suffix.lower() == ".csv"
    content = csv_text(told).encode("utf-8-sig") if is_csv else html(told).encode()
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as fault:
        raise Refusal(f"{isolate(path.name)}: در این پوشه نمی‌توان نوشت.") from fault
    finally:
        partial.unlink(missing_ok=True)


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
        heads=heads(told),
        whole=words(told.whole) if told.whole is not None else None,
        saved=saved(told),
        said=said(told),
        too_few=TOO_FEW,
        tables=[(each.heading, [words(line) for line in each.lines]) for each in told.tables],
        untold=UNTOLD,
        note=NOTE,
        hidden=HIDDEN,
    )


def csv_text(told: Bulletin) -> str:
    """The same for programs: a line each, Latin digits; empty where nothing is told."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["جدول", "نام", *heads(told)])
    if told.whole is not None:
        writer.writerow([told.month, *_cells(told.whole)])
    for each in told.tables:
        for line in each.lines:
            writer.writerow([each.heading, *_cells(line)])
    return out.getvalue()


def saved(told: Bulletin) -> str:
    """«۲۱۲ مراجعهٔ دوباره لازم نشد»; empty where that count is hidden."""
    return f"{_count(told.saved)} مراجعهٔ دوباره لازم نشد" if told.saved else ""


def said(told: Bulletin) -> tuple[str, ...]:
    """What stands over the tables: how right instant answers were, and what outages delayed."""
    return (
        f"درستی پاسخ‌های آنی، از بازبینی به قرعه: {told.correctness}",
        _outages("خط دفترها", told.lines),
        _outages("سامانهٔ مرکز", told.centre),
    )


def _outages(of: str, told: Outages) -> str:
    """«خط دفترها ۳ بار و روی هم ۱۴ ساعت قطع بود؛ ۲۱۲ کار دیرتر رسید»."""
    if not told.times:
        return f"{of} قطع نبود"
    late = f"؛ {told.delayed} کار دیرتر رسید" if told.delayed else ""
    return to_persian_digits(f"{of} {told.times} بار و روی هم {told.hours} ساعت قطع بود{late}")


def heads(told: Bulletin) -> list[str]:
    """The heads of a line's cells after its name."""
    return [*(column.words for column in told.columns), *AFTER]


def _cells(line: Line) -> list[str]:
    counts = (HIDDEN if count is None else str(count) for count in line.counts)
    rest = ("" if value is None else str(value) for value in _shares(line))
    return [strip_isolates(line.name), *counts, *rest]


def _shares(line: Line) -> tuple[int | None, ...]:
    return line.share, line.wrong, line.days


def words(line: Line) -> list[str]:
    """A line for reading: its name, its counts, what follows from them; empty is not told."""
    counts = (_count(count) for count in line.counts)
    rest = ("" if value is None else to_persian_digits(value) for value in _shares(line))
    return [to_persian_digits(line.name), *counts, *rest]


def _count(count: int | None) -> str:
    return HIDDEN if count is None else to_persian_digits(f"{count:,}").replace(",", "٬")
