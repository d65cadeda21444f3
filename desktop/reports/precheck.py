"""برگهٔ پیش‌بررسی: what the records would say today, what is missing and what it costs (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.money import format_rial
from desktop.domain.papers import Precheck
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper

_NO_LETTER = (
    "این برگه پاسخ شهرداری نیست و اعتباری ندارد؛ پاسخ پس از ثبت درخواست و بر پایهٔ سوابق همان روز"
    " صادر می‌شود."
)


def draw(told: Precheck) -> bytes:
    """The paper as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(told.head, "برگهٔ پیش‌بررسی", "", sample=told.sample)
    paper.rows(
        [
            ("نوع خدمت", told.service),
            ("متقاضی", told.applicant),
            ("ملک", told.property),
            ("سوابق شهرداری", told.found),
            ("نتیجه، اگر امروز ثبت شود", told.answer),
            ("کارمزد دفتر", format_rial(told.fee) if told.fee else "ندارد"),
            ("هزینهٔ بازدید", format_rial(told.visit_fee) if told.visit_fee else ""),
            ("بدهی‌ها", format_rial(told.owed) if told.owed else ""),
            ("زمان پاسخ", told.promise),
            ("تاریخ", format_jalali(told.told_on)),
        ]
    )
    if told.reasons:
        paper.heading("دلیل این نتیجه:")
        paper.points([to_persian_digits(reason) for reason in told.reasons], numbered=True)
    if told.missing:
        paper.heading("مدارکی که هنوز نیاورده‌اید:")
        paper.points([needed.words for needed in told.missing], numbered=True)
    paper.sheet.space(LEADING / 2)
    paper.sheet.text(_NO_LETTER, BODY, LEADING, side=Side.JUSTIFY)
    return paper.pdf()
