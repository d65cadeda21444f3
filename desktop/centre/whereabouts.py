"""Where a visit goes: the property's address on record, else the one that the form gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.records import in_force
from desktop.centre.records.codec import from_json
from desktop.centre.records.tables import RECORD
from desktop.domain.case import Case

_ANSWER = "address"


def addresses(session: Session, cases: Iterable[Case]) -> dict[str, str]:
    """By case id; empty for a property of which neither records nor form say where it is."""
    held = {case.case_id: case for case in cases}
    codes = {case_id: _code(case) for case_id, case in held.items()}
    known = _on_record(session, set(filter(None, codes.values())))
    return {
        case_id: known.get(codes[case_id], "") or case.request.answers.get(_ANSWER, "")
        for case_id, case in held.items()
    }


def _code(case: Case) -> str:
    """The property that was found, which a plate alone may have named."""
    return (case.decision.code if case.decision else "") or case.request.code


def _on_record(session: Session, codes: set[str]) -> Mapping[str, str]:
    present = in_force.number(session)
    if present is None or not codes:
        return {}
    rows = session.execute(
        select(RECORD.c.code, RECORD.c.body).where(
            RECORD.c.code.in_(codes), in_force.holds(present)
        )
    )
    return {code: from_json(body).address for code, body in rows}
