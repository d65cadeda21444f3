"""برگهٔ نشانی: the nearest office that does a service, when it is open, what to bring (A5)."""

from __future__ import annotations

from desktop.domain.nearest_words import NO_STEP
from desktop.domain.papers import OfficeSlip
from desktop.reports.small import BODY, SmallPaper

_SIZES = (12.5, 11.0, BODY)
"""Points: it is read on the way, as large as one sheet holds it."""


def draw(slip: OfficeSlip) -> bytes:
    """The slip as PDF. Raises Refusal on an unprintable character."""
    for size in _SIZES:
        paper = _laid_out(slip, size)
        if paper.sheet.pages == 1:
            break
    return paper.pdf()


def _laid_out(slip: OfficeSlip, body: float) -> SmallPaper:
    paper = SmallPaper(slip.head, "نزدیک‌ترین دفتر", "", sample=slip.sample, body=body)
    paper.rows(
        [
            ("برای", slip.service),
            ("دفتر", slip.office),
            ("نشانی", slip.address),
            ("تلفن", slip.phone),
            ("باز می‌شود", slip.opens),
            ("ساعت کار", slip.hours),
            ("فاصله", slip.distance),
            ("ورودی", NO_STEP if slip.step_free else ""),
        ]
    )
    if slip.unusual:
        paper.heading("در روزهای پیش رو:")
        paper.points(slip.unusual)
    paper.heading("با خود بیاورید:")
    paper.points(slip.bring)
    paper.heading(f"چاپ: {slip.told}؛ فاصله مستقیم است.")
    return paper
