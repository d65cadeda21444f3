"""برگهٔ جمع‌ها: an import of records beside the one in force, to be signed and kept (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.papers import RecordSums
from desktop.reports.small import SmallPaper


def draw(sums: RecordSums) -> bytes:
    """The sheet as PDF. Raises Refusal on an unprintable character."""
    paper = SmallPaper(sums.head, "برگهٔ جمع‌ها", "", sample=sums.sample)
    paper.rows([*sums.pairs, ("تاریخ", format_jalali(sums.told_on))])
    paper.table("تعداد و جمع:", sums.sums)
    if sums.causes:
        paper.heading("چرا نگه داشته شد:")
        paper.points(sums.causes, numbered=True)
    if sums.told:
        paper.heading("سطرهای ایراددار:")
        paper.points(sums.told)
    paper.signature("ناظر شهرداری", sums.supervisor)
    return paper.pdf()
