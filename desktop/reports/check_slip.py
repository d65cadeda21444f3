"""نتیجهٔ بررسی اصالت: what was said of a letter, for who brought its paper (A5)."""

from __future__ import annotations

from desktop.domain.calendar import TEHRAN, format_long, format_time
from desktop.domain.papers import CheckSlip
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import BODY, LEADING, SmallPaper

_NO_LETTER = (
    "این برگه نامه نیست و جای آن را نمی‌گیرد؛ نتیجه برای همان روز و ساعت است. آنچه بالا آمده همان"
    " است که امضا شده است؛ اگر کاغذ نامه با آن یکسان نیست، آن را نپذیرید."
)


def draw(told: CheckSlip) -> bytes:
    """The paper as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(told.head, "نتیجهٔ بررسی اصالت", "", sample=told.sample)
    local = told.checked_at.astimezone(TEHRAN)
    paper.rows(
        [
            ("نتیجه", told.verdict),
            ("دلیل", told.why),
            ("مغایرت", told.differing),
            ("پرونده", told.file),
            ("ابطال‌ها", told.voids),
            ("زمان بررسی", f"{format_long(local.date())}، {format_time(told.checked_at)}"),
            ("بررسی‌کننده", told.checked_by),
        ]
    )
    if told.rows:
        paper.heading("آنچه در نامه امضا شده است:")
        paper.rows(told.rows)
    paper.sheet.space(LEADING / 2)
    paper.sheet.text(_NO_LETTER, BODY, LEADING, side=Side.JUSTIFY)
    return paper.pdf()
