"""اطلاع به متقاضی (A5): his request goes on at another office than he came to."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import GoesOnNotice
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper


def draw(notice: GoesOnNotice) -> bytes:
    """The notice as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(notice.head, "اطلاع به متقاضی", notice.tracking_code, sample=notice.sample)
    paper.rows(
        [
            ("تاریخ", format_jalali(notice.told_on)),
            ("نوع خدمت", notice.service),
            ("متقاضی", notice.applicant),
            ("ملک", notice.property),
            ("زمان تقریبی پاسخ", f"تا {format_jalali(notice.answer_by)}"),
        ]
    )
    paper.sheet.space(LEADING / 2)
    paper.sheet.text(
        f"درخواست شما که در **{notice.former}** ثبت شده بود، از این پس در **{notice.name}** پیگیری"
        f" می‌شود ({notice.act}). کد رهگیری، مهلت پاسخ و آنچه پرداخته‌اید به جای خود باقی است.",
        BODY,
        LEADING,
        side=Side.JUSTIFY,
    )
    paper.sheet.space(LEADING / 2)
    told = (("نشانی", notice.address), ("تلفن", notice.phone), ("ساعت کار", notice.hours))
    paper.rows([(label, words) for label, words in told if words])
    paper.signature("متصدی", notice.clerk)
    return paper.pdf()
