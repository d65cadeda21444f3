"""کارت دفتر: one office on a sheet, for a visit or a file (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.card_sheet import CardSheet
from desktop.reports.small import SmallPaper

TITLE = "کارت دفتر"


def draw(sheet: CardSheet) -> bytes:
    """The card as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(sheet.head, TITLE, "", sample=sheet.sample)
    paper.rows(
        [
            ("دفتر", sheet.office),
            ("وضعیت", sheet.standing),
            *sheet.identity,
            ("چاپ", f"{sheet.told_by}، {format_jalali(sheet.told_on)}"),
        ]
    )
    if sheet.hours:
        paper.heading("ساعت کار این هفته:")
        paper.rows(sheet.hours)
    if sheet.services.rows:
        paper.table("واگذاری خدمت:", sheet.services)
    else:
        paper.heading("خدمتی واگذار نشده است.")
    if sheet.desks is not None and sheet.desks.rows:
        paper.table("رایانه‌ها:", sheet.desks)
    return paper.pdf()
