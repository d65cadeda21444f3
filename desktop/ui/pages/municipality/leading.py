"""Which page of the municipality is a person's for a case as it stands."""

from __future__ import annotations

from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import places

ON_FILE = frozenset({State.IN_REVIEW, State.RECOMMENDED})
"""Where a case is an expert's to decide, or waits for the second person: his file shows it."""


def page_of(case: Case, role: Role) -> places.OfCase:
    """An objection's for the unit whose it is, the file for an expert, else the case's own."""
    laid = case.laid if case.state is State.IN_REVIEW else None
    if laid is not None and role in laid.contested.unit.signs:
        return places.Objection(case.case_id)
    if role is Role.EXPERT and case.state in ON_FILE:
        return places.ReviewFile(case.case_id)
    return places.MunicipalCase(case.case_id)
