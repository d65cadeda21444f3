"""برگهٔ نشانی: the nearest office that does a service, when it is open, what to bring (A5)."""

from __future__ import annotations

from desktop.domain.papers import OfficeSlip
from desktop.reports.small import SmallPaper


def draw(slip: OfficeSlip) -> bytes:
    """The slip as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(slip.head, "نزدیک‌ترین دفتر", "", sample=slip.sample)
    paper.rows(
        [
            ("برای", slip.service),
            ("دفتر", slip.office),
            ("نشانی", slip.address),
            ("تلفن", slip.phone),
            ("باز می‌شود", slip.opens),
            ("ساعت کار", slip.hours),
            ("فاصله", slip.distance),
            ("ورودی", "بدون پله" if slip.step_free else ""),
        ]
    )
    if slip.unusual:
        paper.heading("در روزهای پیش رو:")
        paper.points(slip.unusual)
    paper.heading("با خود بیاورید:")
    paper.points(slip.bring)
    paper.heading(f"این برگه در {slip.told} چاپ شده است؛ فاصله مستقیم است.")
    return paper.pdf()
