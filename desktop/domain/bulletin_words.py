"""The monthly bulletin in words: the same on screen, on its page and in the file for programs."""

from __future__ import annotations

from desktop.domain.bulletin import ENOUGH, LEAST, Bulletin, Line, Outages
from desktop.domain.persian import to_persian_digits

HIDDEN = "پنهان"
"""What stands for a hidden count, on screen and in the file for programs."""
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
_AFTER = ("دریافتی", "سهم پاسخ آنی (٪)", "نادرست، حداکثر (٪)", "میانهٔ روز کاری تا پاسخ")


def heads(told: Bulletin) -> list[str]:
    """The heads of a line's cells after its name."""
    return [*(column.words for column in told.columns), *_AFTER]


def words(line: Line) -> list[str]:
    """A line for reading: its name, its counts, what follows from them; empty is not told."""
    counts = (_count(count) for count in line.counts)
    rest = ("" if value is None else to_persian_digits(value) for value in shares(line))
    return [to_persian_digits(line.name), *counts, *rest]


def shares(line: Line) -> tuple[int | None, ...]:
    """What follows from a line's counts, in the order of its heads."""
    return line.share, line.wrong, line.days


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


def _count(count: int | None) -> str:
    return HIDDEN if count is None else to_persian_digits(f"{count:,}").replace(",", "٬")
