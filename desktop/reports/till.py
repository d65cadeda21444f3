"""برگ صندوق: a day's cash book, to be signed and kept with the terminal's roll (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali, format_long
from desktop.domain.papers import TillSheet
from desktop.reports.small import SmallPaper


def draw(sheet: TillSheet) -> bytes:
    """The sheet as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(sheet.head, "برگ صندوق", "", sample=sheet.sample)
    paper.rows(
        [
            ("روز", format_long(sheet.day)),
            ("وضعیت", sheet.standing),
            ("تاریخ چاپ", format_jalali(sheet.told_on)),
        ]
    )
    paper.table("جمع به تفکیک ثبت‌کننده و نوع (ریال):", sheet.sums)
    paper.table("سنجش با کارت‌خوان و بانک (ریال):", sheet.counts)
    if sheet.notes:
        paper.heading("توضیح:")
        paper.points(sheet.notes)
    paper.table("ردیف‌ها:", sheet.entries)
    paper.signature("مسئول دفتر", sheet.manager)
    return paper.pdf()
