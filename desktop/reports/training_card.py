"""کارت آموزش: who passed the lessons of a service, in which version of it, and when (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import TrainingCard
from desktop.domain.persian import to_persian_digits
from desktop.reports.small import SmallPaper


def draw(card: TrainingCard) -> bytes:
    """The card as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(card.head, "کارت آموزش", "", sample=card.sample)
    paper.rows(
        [
            ("نام", card.person),
            ("سمت", card.title),
            ("خدمت", card.service),
            ("نسخهٔ خدمت", f"در اجرا از {format_jalali(card.in_force_from)}"),
            ("درس‌ها", to_persian_digits(f"{card.lessons} درس، همه قبول")),
            ("نمره", card.score),
            ("تاریخ قبولی", format_jalali(card.passed_on)),
            ("ثبت در مرکز", card.known),
        ]
    )
    paper.heading("خدمت با ثبت این کارنامه در مرکز برای دارندهٔ آن باز است.")
    paper.points(
        [
            "این کارت تنها برای نگهداری کارمند است؛ ملاک، کارنامهٔ ثبت‌شده در مرکز است.",
            "با تغییر خدمت، درس آن در مهلت اعلام‌شده دوباره گذرانده می‌شود.",
        ]
    )
    paper.signature("دارندهٔ کارت", card.person)
    return paper.pdf()
