"""صورت کارمزد دفتر: a month of the office's own fees, by service and by day (A4)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.cash_words import signed
from desktop.domain.money import format_rial, rial_in_words
from desktop.domain.papers import FeeStatement
from desktop.domain.persian import to_persian_digits
from desktop.reports.small import SmallPaper


def draw(told: FeeStatement) -> bytes:
    """The statement as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(told.head, "صورت کارمزد دفتر", "", sample=told.sample, wide=True)
    paper.rows(
        [
            ("ماه", told.month),
            ("وضعیت", told.standing),
            ("صاحب امتیاز", told.holder),
            ("شمارهٔ پروانه", to_persian_digits(told.licence)),
            ("جمع کارمزد", f"{signed(told.total)} ریال"),
            ("به حروف", rial_in_words(told.total) if told.total >= 0 else ""),
            ("تاریخ چاپ", format_jalali(told.told_on)),
        ]
    )
    if told.doubted:
        paper.points([f"{format_rial(told.doubted)} از این جمع در کارت‌خوان یافت نشده است."])
    paper.table("به تفکیک خدمت:", told.services)
    paper.table("به تفکیک روز:", told.days)
    paper.signature("مسئول دفتر", "")
    return paper.pdf()
