"""گزارش بازدید: what an inspector measured and saw, on paper (A4)."""

from __future__ import annotations

from desktop.domain.papers import ReportPaper
from desktop.reports.small import SmallPaper


def draw(report: ReportPaper) -> bytes:
    """The report as PDF, on as many pages as it needs. Raises Refusal for what has no glyph."""
    paper = SmallPaper(
        report.head, "گزارش بازدید", report.tracking_code, sample=report.sample, wide=True
    )
    paper.rows(report.about)
    for section in report.sections:
        paper.heading(section.title)
        paper.rows(section.rows)
    paper.signature("مأمور بازدید", report.inspector)
    return paper.pdf()
