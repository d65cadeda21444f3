"""آموزش متصدیان: offices by services, on one sheet of A3 or on several of A4."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import format_long
from desktop.domain.papers import TrainingSheet
from desktop.reports.letter.v2 import table
from desktop.reports.letter.v2.page import Paper
from desktop.reports.small import A4_LANDSCAPE, SmallPaper

_A3 = Paper(420 * mm, 297 * mm, 10 * mm, 14 * mm, 9 * mm, 12 * mm)
_LEGEND = (
    "عدد: شمار متصدیان آموزش‌دیده؛ «ندارد»: خدمت واگذار شده و متصدی آموزش‌دیده ندارد؛ «در درس»: "
    "ندارد و کسی در حال آموزش است؛ "
    "روز: خدمت تغییر کرده و درس تازه تا آن روز لازم است؛ «—»: واگذار نشده است."
)


def draw(sheet: TrainingSheet) -> bytes:
    """The sheets as PDF. Raises Refusal on an unprintable character."""
    size = _A3 if sheet.wide else A4_LANDSCAPE
    paper = SmallPaper(sheet.head, "آموزش متصدیان", "", sample=sheet.sample, paper=size)
    day = ("روز", format_long(sheet.day))
    paper.rows([day, ("شمار", sheet.count), ("نشانه‌ها", _LEGEND)])
    for number, each in enumerate(sheet.tables):
        if number:
            paper.sheet.turn()
        table.put(paper.sheet, each)
    return paper.pdf()
