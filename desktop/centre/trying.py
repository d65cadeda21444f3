"""A service file tried on past requests: what it would answer otherwise than the one in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.assents import demand_reader
from desktop.centre.context import Centre, day_of
from desktop.centre.deciding import question_of
from desktop.centre.streams import load_case
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.decision import Decision, decide
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms.answers import RECORD_FOUND
from desktop.forms.catalogue import published_service
from desktop.forms.charges import charge_faults
from desktop.forms.examples import failing
from desktop.forms.loader import load
from desktop.wire.services import (
    ServiceAsk,
    TriedBody,
    TryAnswer,
)

LAST = 200
"""How many of the newest requests are put again."""


@dataclass(frozen=True)
class Again:
    """A past request put again today, as if it were new, on the records of today."""

    decision: Decision
    unanswered: tuple[str, ...]


def tried(
    session: Session, centre: Centre, device: DeviceRow, ask: ServiceAsk, at: datetime
) -> TryAnswer:
    """Put the last requests of the service to the version in force on the day and to the file.

    Both are asked anew, so that only the file makes a difference. Raises FaultyFile for a file with
    faults, Refusals where the city of that day lacks a tariff of it.
    """
    demand_reader(session, centre, device, ask.actor)
    new = load(ask.text, ask.name)
    day = max(ask.day, day_of(at))
    city = centre.reference.city(session, day)
    held = centre.reference.holding(session, Topic.SERVICE, day).get(new.code)
    old = published_service(held.text, held.version) if held else None
    lacking = [Refusal(fault.words) for fault in charge_faults(new, city, old)]
    if lacking:
        raise Refusals(lacking)
    asked = select(CaseRow.case_id).where(CaseRow.service == new.code)
    newest = asked.order_by(CaseRow.registered_at.desc(), CaseRow.case_id.desc()).limit(LAST)
    count = same = 0
    others = []
    for case_id in session.scalars(newest):
        case = load_case(session, case_id)
        if case is None:
            continue
        count += 1
        after = _again(session, new, case, city, at)
        before = _again(session, old, case, city, at) if old else None
        if before is not None and _alike(before.decision, after.decision):
            same += 1
        else:
            others.append(_tried(case, before, after))
    return TryAnswer(asked=count, same=same, others=others)


def _again(session: Session, service: Service, case: Case, city: City, at: datetime) -> Again:
    """What a visit, a payment or an expert settled since then does not count."""
    request = case.request
    fresh = replace(case, report=None, cleared={}, paid={}, entered={})
    q = question_of(session, fresh, service, city, at)
    conditions = {**q.answers, "applicant": str(request.party.kind), "record": RECORD_FOUND}
    unanswered = service.unanswered(conditions)
    return Again(decide(service, q), tuple(asked.label for asked in unanswered))


def _alike(old: Decision, new: Decision) -> bool:
    return (old.outcome, old.amount, failing(old)) == (new.outcome, new.amount, failing(new))


def _tried(case: Case, before: Again | None, after: Again) -> TriedBody:
    old, new = before.decision if before else None, after.decision
    return TriedBody(
        case_id=case.case_id,
        tracking=case.request.tracking,
        before=old.outcome.value if old else "",
        after=new.outcome.value,
        amount_before=old.amount if old else 0,
        amount_after=new.amount,
        gates_before=list(failing(old)) if old else [],
        gates_after=list(failing(new)),
        unanswered=list(after.unanswered),
    )
