"""برگ نوبت بازدید (A5, in large print A4; DOMAIN.md §3.3 e)."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.calendar import TEHRAN, format_jalali, format_long, format_time
from desktop.domain.identifiers import phone_words
from desktop.domain.papers import Slip
from desktop.reports.letter.v2.page import pdf_of
from desktop.reports.small import SmallPaper

_TITLE = "برگ نوبت بازدید"


def draw(slip: Slip) -> bytes:
    """The slip as PDF, on a second page where it needs one. Raises Refusal on an unprintable
    character."""
    return _laid_out(slip).pdf()


def draw_all(slips: Sequence[Slip]) -> bytes:
    """Slips one after the other, each on pages of its own, as one PDF; raises as `draw`."""
    return pdf_of(_TITLE, [_laid_out(slip).part() for slip in slips])


def _laid_out(slip: Slip) -> SmallPaper:
    paper = SmallPaper(slip.head, _TITLE, slip.tracking_code, sample=slip.sample, large=slip.large)
    paper.rows(
        [
            ("روز", format_long(slip.day)),
            ("ساعت", slip.window),
            ("محدوده", slip.district),
            ("مأمور بازدید", slip.inspector),
        ]
    )
    made = slip.made_at.astimezone(TEHRAN).date()
    paper.heading("درخواست و ملک")
    paper.rows(
        [
            ("نوع خدمت", slip.service),
            ("متقاضی", slip.applicant),
            ("ملک", slip.property),
            ("نشانی", slip.address),
            ("حاضر در محل", slip.attending),
            ("هزینهٔ بازدید", slip.fee),
            ("تاریخ این برگ", f"{format_jalali(made)}، ساعت {format_time(slip.made_at)}"),
        ]
    )
    paper.heading("یادآوری")
    phone = phone_words(slip.head.phone)
    paper.points(
        [
            f"حضور {slip.whose} یا نمایندهٔ او و در دسترس بودن اصل {slip.paper} الزامی است.",
            "در صورت عدم حضور، نوبت باطل و هزینهٔ بازدید مجدد دریافت می‌شود.",
            f"برای لغو یا جابه‌جایی نوبت، پیش از روز بازدید با دفتر تماس بگیرید (تلفن {phone})"
            " یا با همین برگ به دفتر مراجعه کنید.",
        ]
    )
    return paper
