"""فهرست دفترها: the city's offices as the registry shows them, with their telephones (A4)."""

from __future__ import annotations

from desktop.domain.calendar import TEHRAN, format_jalali, format_time
from desktop.domain.papers import OfficeList
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter.v2 import table
from desktop.reports.small import SmallPaper


def draw(listed: OfficeList) -> bytes:
    """The list as PDF, on as many pages as it needs. Raises Refusal on an unprintable character."""
    paper = SmallPaper(listed.head, "فهرست دفترها", "", sample=listed.sample, wide=True)
    day = format_jalali(listed.told_at.astimezone(TEHRAN).date())
    count = to_persian_digits(f"{len(listed.offices.rows)} دفتر")
    paper.rows(
        [
            ("در این فهرست", listed.looked_for or "همهٔ دفترها"),
            ("شمار", count),
            ("تاریخ گزارش", f"{day} ساعت {format_time(listed.told_at)}"),
        ]
    )
    paper.sheet.space(paper.leading / 2)
    table.put(paper.sheet, listed.offices)
    return paper.pdf()
