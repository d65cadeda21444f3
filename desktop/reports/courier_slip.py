"""برگهٔ پیک: what a desk without a line handed over, and the centre's receipt for it (A5)."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.calendar import TEHRAN, format_long, format_time
from desktop.domain.courier_paper import CourierSlip
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper

_OUT = (
    "فایل رمز شده است و تنها مرکز آن را باز می‌کند؛ گم شدن حافظه چیزی را آشکار یا از دفتر کم "
    "نمی‌کند. پاسخ مرکز را روی همان حافظه برگردانید و در همین رایانه بخوانید."
)
_READ = (
    "پاسخ مرکز روی همین حافظه است؛ تنها در رایانهٔ همان باجه باز می‌شود. دوباره خواندن آن چیزی را "
    "دو بار ثبت نمی‌کند."
)
_MORE = "در یک فایل جا نشد؛ با فایل بعدی دفتر می‌آید"


def draw(told: CourierSlip) -> bytes:
    """The paper as PDF. Raises Refusal on an unprintable character."""
    title = "رسید پیک" if told.read is not None else "برگهٔ سپردن به پیک"
    paper = SmallPaper(told.head, title, "", sample=told.sample)
    rows = [
        ("باجه", told.place),
        ("نشان فایل", isolate(told.mark)),
        ("کارها", _count(told.acts)),
        ("در فایل بعدی", _count(told.left) if told.left else ""),
        ("تصویر مدرک", f"{_count(told.papers)}، با وصل شدن خط" if told.papers else ""),
        ("نخستین کار", _moment(told.oldest) if told.oldest is not None else ""),
        ("ساخته شد", _moment(told.made_at)),
        ("به دست", told.made_by),
    ]
    if (read := told.read) is not None:
        rows += [
            ("نزد مرکز است", _count(read.taken)),
            ("پذیرفته نشد", _count(read.refused) if read.refused else ""),
            ("در نوبت", _count(read.held) if read.held else ""),
            ("گرفته نشد", read.stopped),
            ("خبرهای برگشتی", _count(read.facts)),
            ("ماندهٔ خبرها", _MORE if read.more else ""),
            ("خوانده شد", _moment(read.at)),
        ]
    paper.rows(rows)
    paper.sheet.space(LEADING / 2)
    words = _READ if told.read is not None else _OUT
    paper.sheet.text(words, BODY, LEADING, side=Side.JUSTIFY)
    return paper.pdf()


def _count(number: int) -> str:
    return to_persian_digits(f"{number:,}")


def _moment(at: datetime) -> str:
    local = at.astimezone(TEHRAN)
    return to_persian_digits(f"{format_long(local.date())}، {format_time(at)}")
