"""What an expert sees of a case beside its facts: its record, earlier cases, who may decide."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import assigning
from desktop.centre.asking import municipal
from desktop.centre.case_reading import seen_case
from desktop.centre.context import Centre, day_of
from desktop.centre.people import of_office, staff_of
from desktop.centre.records import in_force
from desktop.centre.records.lookup import find
from desktop.centre.streams import load_case
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.centre.ties import tie_of
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.property import Found, LookUp
from desktop.domain.record_sheet import record_sections
from desktop.wire.reviewing import (
    EarlierBody,
    ExpertBody,
    ReviewFileAnswer,
    ReviewFileAsk,
    SheetSectionBody,
)

MOST_EARLIER = 100
"""So many earlier cases are told, the newest."""


def review_file(
    session: Session, centre: Centre, device: DeviceRow, ask: ReviewFileAsk, at: datetime
) -> ReviewFileAnswer:
    """The record, earlier cases and experts, to who may read the case at the municipality.

    Raises Refusal.
    """
    municipal(session, centre, device, ask.actor)
    seen_case(session, centre, device, ask.case_id, ask.actor)
    case = load_case(session, ask.case_id)
    if case is None:
        raise Refusal("چنین پرونده‌ای نیست.")
    staff = staff_of(of_office(session, device.office)[ask.actor])
    day, finding = day_of(at), centre.reference.finding(session)
    found, held = _found(session, case, day), assigning.counts(session)
    earlier, total = _earlier(session, case)
    tie = tie_of(session, case, staff)
    here = assigning.at_work(session, finding, day, at)
    return ReviewFileAnswer(
        as_of=in_force.as_of(session),
        match=found.match.value,
        sections=[SheetSectionBody(**asdict(each)) for each in record_sections(found)],
        earlier=earlier,
        earlier_total=total,
        experts=[
            ExpertBody(staff_id=row.staff_id, name=row.name, cases=held.get(row.staff_id, 0))
            for row in here
        ],
        tie=tie.value if tie else "",
        stands_in_for=sorted(assigning.stood_in_for(session, finding, staff, day, at)),
    )


def _found(session: Session, case: Case, day: date) -> Found:
    request = case.request
    code = renewal_code(request.code) if request.code else None
    if code is not None or request.plate is not None:
        # Before any records none is found.
        with suppress(Refusal):
            return find(session, code, request.plate)
    return Found(day, LookUp.NONE)


def _earlier(session: Session, case: Case) -> tuple[list[EarlierBody], int]:
    """Other cases of the property, by the code that was found or given."""
    if not case.code:
        return [], 0
    of_it = (CaseRow.code == case.code, CaseRow.case_id != case.case_id)
    total = session.scalar(select(func.count()).select_from(CaseRow).where(*of_it)) or 0
    newest = select(CaseRow).where(*of_it).order_by(CaseRow.received_on.desc(), CaseRow.case_id)
    told = [
        EarlierBody(
            case_id=row.case_id,
            tracking=row.tracking,
            service=row.service,
            status=row.status,
            state=row.state,
            received_on=row.received_on,
            applicant=row.applicant,
        )
        for row in session.scalars(newest.limit(MOST_EARLIER))
    ]
    return told, total
