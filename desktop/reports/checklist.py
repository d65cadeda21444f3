"""فهرست مدارک: what a citizen brings for a service, in plain words (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.money import format_rial
from desktop.domain.papers import Checklist
from desktop.domain.persian import to_persian_digits
from desktop.reports.small import SmallPaper


def draw(checklist: Checklist) -> bytes:
    """The list as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(checklist.head, "فهرست مدارک", "", sample=checklist.sample)
    visit = f"{format_rial(checklist.visit_fee)}، اگر بازدید لازم شود"
    paper.rows(
        [
            ("نوع خدمت", checklist.service),
            ("برای", to_persian_digits(checklist.purpose)),
            ("متقاضی", checklist.applicant),
            ("کارمزد دفتر", format_rial(checklist.fee) if checklist.fee else "ندارد"),
            ("هزینهٔ بازدید", visit if checklist.visit_fee else ""),
            ("زمان پاسخ", checklist.promise),
            ("تاریخ", format_jalali(checklist.told_on)),
        ]
    )
    paper.heading("همراه بیاورید (اصل هر مدرک):")
    paper.points([needed.words for needed in checklist.needed], numbered=True)
    paper.heading("کد نوسازی یا پلاک ثبتی ملک، و شمارهٔ همراه خود را هم بدانید.")
    return paper.pdf()
