"""فهرست بازدیدهای روز: an inspector's visits in the order in which they are made (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_long
from desktop.domain.identifiers import phone_words
from desktop.domain.papers import PlannedVisit, VisitRound
from desktop.domain.persian import to_persian_digits
from desktop.reports.small import LEADING, SmallPaper


def draw(planned: VisitRound) -> bytes:
    """The list as PDF, on as many pages as it needs. Raises Refusal on an unprintable character."""
    paper = SmallPaper(planned.head, "فهرست بازدیدهای روز", "", sample=planned.sample)
    count = to_persian_digits(f"{len(planned.visits)} بازدید")
    whose = planned.inspector or "همهٔ مأموران"
    paper.rows([("روز", format_long(planned.day)), ("مأمور بازدید", whose), ("شمار", count)])
    before, number = planned.inspector, 0
    for visit in planned.visits:
        number += 1
        if visit.inspector and visit.inspector != before:
            if before:
                paper.sheet.turn()
            before, number = visit.inspector, 1
            paper.heading(f"مأمور بازدید: {visit.inspector}")
        rows = [row for row in _rows(visit) if row[1]]
        # A visit is read at a glance: it is not parted by the end of a page.
        paper.sheet.fit((len(rows) + 2) * LEADING)
        paper.heading(to_persian_digits(f"{number}) {visit.window}"))
        paper.rows(rows)
    return paper.pdf()


def _rows(visit: PlannedVisit) -> list[tuple[str, str]]:
    return [
        ("نشانی", to_persian_digits(visit.address)),
        ("ملک", visit.property),
        ("متقاضی", to_persian_digits(visit.applicant)),
        ("تلفن", phone_words(visit.phone)),
        ("حاضر در محل", to_persian_digits(visit.attending)),
        ("خدمت", visit.service),
        ("کد رهگیری", visit.tracking_code),
    ]
