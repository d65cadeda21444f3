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
    f"دست‌کم {ENOUGH} پاسخ بازبینی شده است. از قطعی تنها زمانی شمرده می‌شود که دفتر باز بود، و "
    "قطعی‌ای که هنوز پایان نگرفته است، پس از پایان آن؛ جایی که ساعت کار دفتری معلوم نیست، تنها "
    "شمار قطعی و کارهای دیررسیده گفته می‌شود. "
    f"از نادرست‌های کمتر از {LEAST} تنها سهم حداکثر آن‌ها گفته می‌شود. "
    "هر ماه یک بار شمرده می‌شود و همان می‌ماند: از دو شمارش آن، پنهان‌ها را می‌شد حساب کرد."
)
"""What is hidden, of what nothing is told, what counts of an outage, and that it never changes."""
SAVED = "مراجعهٔ کمتر"
"""Over how many ways to the office nobody had to go again."""
_CORRECT = "درستی پاسخ‌های آنی، از بازبینی به قرعه"
_LINES, _CENTRE = "خط دفترها", "سامانهٔ مرکز"
_AFTER = (
    "دریافتی", "سهم پاسخ آنی (٪)", SAVED, "نادرست، حداکثر (٪)", "میانهٔ روز کاری تا پاسخ",
)  # fmt: skip


def heads(told: Bulletin) -> list[str]:
    """The heads of a line's cells after its name."""
    return [*(column.words for column in told.columns), *_AFTER]


def words(line: Line) -> list[str]:
    """A line for reading: its name, its counts, what follows from them; empty is not told."""
    counts = (_count(count) for count in line.counts)
    rest = ("" if value is None else _count(value) for value in shares(line))
    return [to_persian_digits(line.name), *counts, *rest]


def shares(line: Line) -> tuple[int | None, ...]:
    """What follows from a line's counts, in the order of its heads."""
    return line.share, line.saved, line.wrong, line.days


def saved(told: Bulletin) -> str:
    """«۲۱۲ مراجعهٔ دوباره لازم نشد»; empty where that count is hidden."""
    return f"{_count(told.saved)} مراجعهٔ دوباره لازم نشد" if told.saved else ""


def said(told: Bulletin) -> tuple[str, ...]:
    """What stands over the tables: how right instant answers were, and what outages delayed."""
    return (
        f"{_CORRECT}: {told.correctness}",
        _outages(_LINES, told.lines),
        _outages(_CENTRE, told.centre),
    )


def facts(told: Bulletin) -> tuple[tuple[str, str | int], ...]:
    """The same for programs: what it is, and its words or its number."""
    counted = [
        (f"{of}، {what}", count)
        for of, each in ((_LINES, told.lines), (_CENTRE, told.centre))
        for what, count in (
            ("قطعی، بار", each.times),
            ("قطعی، ساعت کار", each.hours),
            ("کار دیررسیده", each.delayed),
        )
    ]
    return ((_CORRECT, told.correctness), *counted)


def _outages(of: str, told: Outages) -> str:
    """«خط دفترها ۳ بار و در مجموع ۱۴ ساعت کاری قطع بود؛ ۲۱۲ کار دیرتر رسید»."""
    if not told.times:
        return f"{of} قطعی ثبت‌شده‌ای ندارد"
    late = f"؛ {told.delayed} کار دیرتر رسید" if told.delayed else ""
    lasted = f" و در مجموع {told.hours} ساعت کاری" if told.hours else ""
    return to_persian_digits(f"{of} {told.times} بار{lasted} قطع بود{late}")


def _count(count: int | None) -> str:
    return HIDDEN if count is None else to_persian_digits(f"{count:,}").replace(",", "٬")
