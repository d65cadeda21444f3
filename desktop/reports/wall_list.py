"""فهرست دیواری: by neighbourhood the offices that do a service (A4)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import WallList
from desktop.reports.small import SmallPaper


def draw(listed: WallList) -> bytes:
    """The list as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(listed.head, "دفترهای نزدیک", "", sample=listed.sample, wide=True)
    paper.rows([("برای", listed.service), ("تا تاریخ", format_jalali(listed.told_on))])
    paper.table("فاصله‌ها در خط مستقیم و از میانهٔ محله است:", listed.places, larger=True)
    paper.table("نشانی و ساعت کار؛ در روزهای تعطیل پیش از رفتن تلفن کنید:", listed.offices)
    return paper.pdf()
