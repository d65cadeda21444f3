"""فهرست دیواری: by neighbourhood the offices that do a service (A4)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import WallList
from desktop.reports.letter.v2 import table
from desktop.reports.small import SmallPaper


def draw(listed: WallList) -> bytes:
    """The list as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(
        listed.head, "نزدیک‌ترین دفترها به ترتیب محله", "", sample=listed.sample, wide=True
    )
    paper.rows([("برای", listed.service), ("تا تاریخ", format_jalali(listed.told_on))])
    paper.sheet.space(8)
    table.put(paper.sheet, listed.offices)
    paper.heading("فاصله از میانهٔ محله و مستقیم است. پیش از رفتن در روز تعطیل تلفن کنید.")
    return paper.pdf()
