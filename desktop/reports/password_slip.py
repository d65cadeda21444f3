"""برگ گذرواژهٔ یک‌بارمصرف (A5): the one place where a one-time code can be read."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import TEHRAN, format_long, format_time
from desktop.domain.papers import PasswordSlip
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import Side
from desktop.reports.small import SmallPaper

TITLE = "گذرواژهٔ یک‌بارمصرف"
_SIZE, _LEADING = 26.0, 44.0


def draw(slip: PasswordSlip) -> bytes:
    """The slip as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(slip.head, TITLE, "", sample=slip.sample)
    paper.rows(
        [
            ("نام", slip.name),
            ("سمت", slip.role),
            ("دفتر", slip.office),
            ("اعتبار", f"تا {_moment_words(slip)}"),
        ]
    )
    paper.heading("کد ورود")
    # Two groups are read aloud and typed without a slip; the desk takes it with the hyphen too.
    half = len(slip.code) // 2
    shown = isolate(f"{slip.code[:half]}-{slip.code[half:]}")
    paper.sheet.text(shown, _SIZE, _LEADING, Weight.BOLD, Side.CENTRE)
    paper.heading("چه کنید")
    paper.points(
        [
            "در صفحهٔ ورود «کد یک‌بارمصرف دارم» را بزنید و این کد را بنویسید.",
            "گذرواژه‌ای برای خودتان بسازید؛ کسی جز شما آن را نمی‌داند و نمی‌بیند.",
            "این برگ را پس از ورود پاره کنید. گم شد؟ همان دم بگویید تا کد دیگری ساخته شود؛ کد "
            "پیشین بی‌اثر می‌شود.",
        ],
        numbered=True,
    )
    paper.places(
        [("امضای گیرنده", slip.name, 52 * mm, 20 * mm), ("امضای دهنده", slip.by, 52 * mm, 20 * mm)]
    )
    return paper.pdf()


def _moment_words(slip: PasswordSlip) -> str:
    day = format_long(slip.expires.astimezone(TEHRAN).date())
    return to_persian_digits(f"{day}، ساعت {format_time(slip.expires)}")
