"""اعلام نقص مدارک (A5, DOMAIN.md §3.3 d)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.letter import Table
from desktop.domain.papers import DeficiencyNotice
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter.v2 import table
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper


def draw(notice: DeficiencyNotice) -> bytes:
    """The notice as PDF, on a second page where it needs one. Raises Refusal on an unprintable
    character."""
    paper = SmallPaper(notice.head, "اعلام نقص مدارک", notice.tracking_code, sample=notice.sample)
    paper.rows(
        [
            ("تاریخ", format_jalali(notice.told_on)),
            ("نوع خدمت", notice.service),
            ("متقاضی", notice.applicant),
            ("ملک", notice.property),
            ("زمان تقریبی پاسخ", f"تا {format_jalali(notice.answer_by)}"),
        ]
    )
    if notice.defects:
        paper.heading("مدارک زیر ناقص است یا ارائه نشده است:")
        rows = tuple(
            (to_persian_digits(i), defect.document, defect.fault, defect.remedy)
            for i, defect in enumerate(notice.defects, start=1)
        )
        columns = ("ردیف", "عنوان مدرک", "ایراد", "راه رفع")
        table.put(paper.sheet, Table(columns, rows, numeric=(0,)))
        paper.sheet.space(LEADING / 2)
    if notice.comment:
        paper.heading("توضیح:" if notice.defects else "برای ادامهٔ رسیدگی:")
        paper.sheet.text(notice.comment, BODY, LEADING, side=Side.JUSTIFY)
        paper.sheet.space(LEADING / 2)
    paper.sheet.text(
        f"مهلت رفع نقص: **تا {format_jalali(notice.until)}**؛"
        " در غیر این صورت درخواست مختومه خواهد شد.",
        BODY,
        LEADING,
        side=Side.JUSTIFY,
    )
    paper.signature(notice.capacity, notice.clerk)
    return paper.pdf()
