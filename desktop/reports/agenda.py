"""دستور جلسهٔ کمیسیون: the cases of a session of the commission of Article 100 or 5 (A5)."""

from __future__ import annotations

from desktop.domain.calendar import format_long
from desktop.domain.papers import AgendaCase, SessionAgenda
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.small import LEADING, SmallPaper


def draw(agenda: SessionAgenda) -> bytes:
    """The agenda as PDF, on as many pages as it needs. Raises Refusal on what can't be printed."""
    paper = SmallPaper(agenda.head, "دستور جلسهٔ کمیسیون", "", sample=agenda.sample)
    paper.rows(
        [
            ("کمیسیون", to_persian_digits(f"مادهٔ {agenda.article}")),
            ("شمارهٔ جلسه", isolate(to_persian_digits(agenda.session))),
            ("روز جلسه", format_long(agenda.held_on)),
            ("شمار پرونده", to_persian_digits(len(agenda.cases))),
        ]
    )
    for number, case in enumerate(agenda.cases, start=1):
        rows = [row for row in _rows(case) if row[1]]
        # A case is dealt with at a glance: it is not parted by the end of a page.
        paper.sheet.fit((len(rows) + 2) * LEADING)
        paper.heading(to_persian_digits(f"{number}) {case.applicant}"))
        paper.rows(rows)
    return paper.pdf()


def _rows(case: AgendaCase) -> list[tuple[str, str]]:
    return [
        ("کد رهگیری", case.tracking_code),
        ("کد نوسازی", case.property),
        ("خدمت", case.service),
        ("رأی بدوی", to_persian_digits(case.waits)),
    ]
