"""اندیکاتور نامه‌ها و فهرست درخواست‌ها: a register of a time, to be kept (A4)."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import RegisterSheet
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter.v2 import table
from desktop.reports.letter.v2.page import A4
from desktop.reports.small import A4_LANDSCAPE, SmallPaper

_UPRIGHT = 5
"""So many columns are read on an upright sheet."""
_NONE = "در این مدت چیزی ثبت نشده است."


def draw(told: RegisterSheet) -> bytes:
    """The register as PDF, on as many pages as it needs. Raises Refusal on an unprintable
    character."""
    size = A4_LANDSCAPE if len(told.table.columns) > _UPRIGHT else A4
    paper = SmallPaper(told.head, told.title, "", sample=told.sample, paper=size)
    count = to_persian_digits(f"{len(told.table.rows)} ردیف")
    printed = format_jalali(told.told_on)
    paper.rows(
        [
            ("مدت", told.period),
            ("دفترها", told.offices),
            ("شمار", count),
            ("تاریخ چاپ", printed),
        ]
    )
    if told.table.rows:
        paper.sheet.space(2 * mm)
        table.put(paper.sheet, told.table)
    else:
        paper.points([_NONE])
    return paper.pdf()
