"""ارجاع به کمیسیون مادهٔ ۱۰۰ یا مادهٔ ۵, and its ruling (A5, DOMAIN.md §1.0.7–8)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import CommissionNotice
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper


def draw(notice: CommissionNotice) -> bytes:
    """The notice as PDF. Raises Refusal on an unprintable character."""
    article = to_persian_digits(notice.article)
    ruled = bool(notice.number)
    title = "ابلاغ رأی کمیسیون" if ruled else "ارجاع به کمیسیون"
    paper = SmallPaper(notice.head, title, notice.tracking_code, sample=notice.sample)
    number = isolate(to_persian_digits(notice.number)) if ruled else ""
    paper.rows(
        [
            ("تاریخ", format_jalali(notice.told_on)),
            ("کمیسیون", f"مادهٔ {article}"),
            ("نوع خدمت", notice.service),
            ("متقاضی", notice.applicant),
            ("ملک", notice.property),
            ("شمارهٔ رأی", number),
            ("تاریخ رأی", format_jalali(notice.decided_on) if notice.decided_on else ""),
        ]
    )
    if ruled:
        paper.heading("رأی کمیسیون:")
        paragraphs = [notice.result, notice.objection]
    else:
        paper.heading(f"این درخواست به کمیسیون مادهٔ {article} ارجاع شد.")
        paragraphs = [
            notice.note,
            "پرونده تا رأی کمیسیون باز می‌ماند. رأی پس از صدور در همین دفتر ابلاغ می‌شود و با کد "
            "رهگیری بالا پیگیری می‌شود.",
        ]
    for words in filter(None, paragraphs):
        text = to_persian_digits(words.rstrip(" .").replace("*", "")) + "."
        paper.sheet.text(text, BODY, LEADING, side=Side.JUSTIFY)
        paper.sheet.space(LEADING / 3)
    paper.signature("متصدی", notice.clerk)
    return paper.pdf()
