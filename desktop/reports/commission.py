"""ارجاع به کمیسیون مادهٔ ۱۰۰ یا مادهٔ ۵, and its ruling (A5, DOMAIN.md §1.0.7–8)."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import CommissionNotice
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper

# The term to object runs from the day that is written here by hand.
_SERVED = (
    "این رأی در تاریخ …………………………… به اینجانب ……………………………………………………"
    " ابلاغ شد. مهلت اعتراض از همین تاریخ آغاز می‌شود."
)


def draw(notice: CommissionNotice) -> bytes:
    """The notice as PDF. Raises Refusal on an unprintable character."""
    ruled = bool(notice.number)
    title = "ابلاغ رأی کمیسیون" if ruled else "ارجاع به کمیسیون"
    paper = SmallPaper(notice.head, title, notice.tracking_code, sample=notice.sample)
    number = isolate(to_persian_digits(notice.number)) if ruled else ""
    paper.rows(
        [
            ("تاریخ", format_jalali(notice.told_on)),
            ("کمیسیون", to_persian_digits(f"مادهٔ {notice.article}")),
            ("نوع خدمت", notice.service),
            ("متقاضی", notice.applicant),
            ("ملک", notice.property),
            ("شمارهٔ رأی", number),
            ("تاریخ رأی", format_jalali(notice.decided_on) if notice.decided_on else ""),
        ]
    )
    (_ruling if ruled else _referral)(paper, notice)
    return paper.pdf()


def _referral(paper: SmallPaper, notice: CommissionNotice) -> None:
    """Who sent the request to the commission and why; signed by the expert, not at the counter."""
    article = to_persian_digits(notice.article)
    on = f"، در تاریخ {format_jalali(notice.referred_on)}" if notice.referred_on else ""
    paper.heading(f"این درخواست به کمیسیون مادهٔ {article} ارجاع شد.")
    _text(paper, f"ارجاع‌دهنده: **{notice.referred_by}**، کارشناس شهرسازی{on}")
    if notice.note:
        _text(paper, f"دلیل ارجاع: {_bare(notice.note)}")
    _text(
        paper,
        "پرونده تا رأی کمیسیون باز می‌ماند. رأی پس از صدور در همین دفتر ابلاغ می‌شود و با کد"
        " رهگیری بالا پیگیری می‌شود",
    )
    paper.places([("کارشناس شهرسازی", notice.referred_by, 62 * mm, 24 * mm)])


def _ruling(paper: SmallPaper, notice: CommissionNotice) -> None:
    """The ruling as it was given, and where its receiver writes that he was told."""
    paper.heading("رأی کمیسیون:")
    for words in filter(None, (notice.result, notice.objection)):
        _text(paper, _bare(words))
    paper.heading("ابلاغ:")
    _text(paper, _SERVED.removesuffix("."))
    paper.places(
        [
            ("امضا یا اثر انگشت گیرنده", "", 44 * mm, 24 * mm),
            ("ابلاغ‌کننده", notice.clerk, 36 * mm, 24 * mm),
            ("مهر دفتر", "", 38 * mm, 36 * mm),
        ]
    )


def _bare(words: str) -> str:
    """What a person typed: never markup, and one full stop."""
    return to_persian_digits(words.rstrip(" .").replace("*", ""))


def _text(paper: SmallPaper, words: str) -> None:
    paper.sheet.text(f"{words}.", BODY, LEADING, side=Side.JUSTIFY)
    paper.sheet.space(LEADING / 3)
