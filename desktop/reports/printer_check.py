"""برگ آزمایشی چاپگر (A4): small and large letters, thin lines, the four corners of the sheet."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.papers import PrinterCheck
from desktop.domain.persian import isolate
from desktop.reports.small import SmallPaper

_CODE, _DAY = isolate("۲-۱۴-۳۰۸-۲۷-۱-۰-۰"), isolate("۱۴۰۵/۰۹/۰۳")
_LETTERS = (
    f"گواهی عدم خلاف ساختمان، پلاک ثبتی ۱۲۳۴ فرعی از ۵۶۷ اصلی، کد نوسازی {_CODE}.",
    f"مبلغ ۴٬۵۰۰٬۰۰۰ ریال (چهار میلیون و پانصد هزار ریال)، تاریخ {_DAY}.",
    "مؤسسهٔ رأفت، مسئول، آیین، هیئت، ژاله، چاپ، گچ، پژوهش؛ «نمونه»؟",
    "۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹",
)


def draw(check: PrinterCheck) -> bytes:
    """The page as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(check.head, check.title, "", sample=False, large=True)
    paper.rows(
        [
            ("رایانه", check.desk),
            ("چاپگر", isolate(check.printer)),
            ("زمان", check.at),
        ]
    )
    paper.heading("موارد زیر را بررسی کنید")
    paper.points(
        [
            "نشان و نوشته‌ها پررنگ و بی‌لکه است و بریده نشده است.",
            "گوشه‌های جای امضا و جای مهر، پایین برگ، دیده می‌شود.",
            "سطرهای زیر خوانا و حرف‌ها به هم پیوسته است.",
        ],
        numbered=True,
    )
    paper.heading("نمونهٔ نوشته")
    paper.points(_LETTERS)
    paper.places([("جای امضا", "", 70 * mm, 26 * mm), ("جای مهر", "", 70 * mm, 26 * mm)])
    return paper.pdf()
