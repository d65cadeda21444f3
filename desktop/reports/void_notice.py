"""اعلام ابطال نامه (A5): for each who had a letter, that it is void and is to be brought back."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.recall import VoidNotice
from desktop.reports.letter.v2.page import Part, Side, pdf_of
from desktop.reports.small import BODY, LEADING, SmallPaper

_TITLE = "اعلام ابطال نامه"


def draw(notice: VoidNotice) -> bytes:
    """A page for each of them, as one PDF. Raises Refusal on an unprintable character."""
    return pdf_of(_TITLE, [_page(notice, to) for to in notice.to])


def _page(notice: VoidNotice, to: str) -> Part:
    paper = SmallPaper(notice.head, _TITLE, notice.tracking_code, sample=notice.sample)
    paper.rows(
        [
            ("به", to_persian_digits(to)),
            ("تاریخ", format_jalali(notice.told_on)),
            ("شمارهٔ نامه", isolate(to_persian_digits(notice.number))),
            ("تاریخ نامه", format_jalali(notice.issued_on)),
            ("موضوع", to_persian_digits(notice.subject)),
            ("ملک", to_persian_digits(notice.property)),
        ]
    )
    paper.sheet.space(LEADING / 2)
    paper.sheet.text(
        f"این نامه **از {format_jalali(notice.void_since)} باطل است** و استناد به آن اعتباری "
        f"ندارد. دلیل: {to_persian_digits(notice.reason)}. اصل نامه و رونوشت‌های آن را به این دفتر "
        "بازگردانید؛ اگر نامه به جای دیگری داده شده است، همین اعلام را به آنجا نیز برسانید.",
        BODY,
        LEADING,
        side=Side.JUSTIFY,
    )
    if notice.check_at:
        paper.sheet.text(
            f"وضعیت هر نامه با رمزینهٔ آن در {isolate(notice.check_at)} دیده می‌شود.",
            BODY,
            LEADING,
            side=Side.JUSTIFY,
        )
    paper.signature("مسئول دفتر", notice.manager)
    return paper.part()
