"""ارجاع به کمیسیون مادهٔ ۱۰۰ یا مادهٔ ۵, and its ruling (A5, DOMAIN.md §1.0.7–8)."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import format_jalali
from desktop.domain.letter import unmarked
from desktop.domain.papers import CommissionNotice
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper

# The term to object runs from the day that is written here by hand.
_HIMSELF = "اینجانب ……………………………………………………"
# Who serves strikes out what is not so.
_OR_ATTORNEY = "{person} یا وکیل او، وکالت‌نامهٔ شمارهٔ …………………… مورخ ……………………،"
_SERVED = (
    "این رأی در تاریخ …………………………… به {receiver} ابلاغ شد. مهلت اعتراض از همین تاریخ آغاز می‌شود"
)


def draw(notice: CommissionNotice) -> bytes:
    """The notice as PDF; of a ruling a sheet for each whom it is served on.

    Raises Refusal on an unprintable character.
    """
    title = "ابلاغ رأی کمیسیون" if notice.number else "ارجاع به کمیسیون"
    paper = SmallPaper(notice.head, title, notice.tracking_code, sample=notice.sample)
    if not notice.number:
        _rows(paper, notice)
        _referral(paper, notice)
        return paper.pdf()
    for at, person in enumerate(notice.against or ("",)):
        if at:
            paper.sheet.turn()
        _rows(paper, notice)
        _ruling(paper, notice, person)
    return paper.pdf()


def _rows(paper: SmallPaper, notice: CommissionNotice) -> None:
    ruled = bool(notice.number)
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


def _ruling(paper: SmallPaper, notice: CommissionNotice, person: str) -> None:
    """The ruling as it was given, and where its receiver writes that he was told."""
    paper.heading("رأی کمیسیون:")
    for words in filter(None, (notice.result, notice.objection)):
        _text(paper, _bare(words))
    paper.heading("ابلاغ:")
    receiver = _OR_ATTORNEY.format(person=_bare(person)) if person else _HIMSELF
    _text(paper, _SERVED.format(receiver=receiver))
    paper.places(
        [
            ("امضا یا اثر انگشت گیرنده", "", 44 * mm, 24 * mm),
            ("ابلاغ‌کننده", notice.clerk, 36 * mm, 24 * mm),
            ("مهر دفتر", "", 38 * mm, 36 * mm),
        ]
    )


def _bare(words: str) -> str:
    """What a person typed: never markup, and one full stop."""
    return to_persian_digits(unmarked(words.rstrip(" .")))


def _text(paper: SmallPaper, words: str) -> None:
    paper.sheet.text(f"{words}.", BODY, LEADING, side=Side.JUSTIFY)
    paper.sheet.space(LEADING / 3)
