"""گزارش وضعیت شهر: the numbers and tables of the supervisor's board (A4)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import CityReport
from desktop.reports.small import A4_LANDSCAPE, SmallPaper


def draw(told: CityReport) -> bytes:
    """The report as PDF, on as many pages as it needs. Raises Refusal on an unprintable
    character."""
    title = "گزارش وضعیت شهر"
    paper = SmallPaper(told.head, title, "", sample=told.sample, paper=A4_LANDSCAPE)
    paper.rows([("بازه", told.about), *told.numbers, ("تاریخ چاپ", format_jalali(told.told_on))])
    for name, each in told.tables:
        paper.table(f"{name}:", each)
    return paper.pdf()
