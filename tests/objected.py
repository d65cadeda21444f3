"""Objections as they are put in at the counter of a town."""

from __future__ import annotations

from datetime import date

from desktop.actions import intake, objections
from desktop.actions.desk import Seat
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.contest import Contested
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from tests.town import Town

GROUNDS = "سند تک‌برگ مساحت دیگری دارد"


def today(town: Town) -> date:
    return town.clock.moment.astimezone(TEHRAN).date()


def object_to(
    town: Town,
    record: PropertyRecord,
    contested: Contested,
    first: str = "",
    applicant: Applicant = Applicant.OWNER,
    seat: Seat | None = None,
    **answers: str,
) -> Case:
    """An objection, put in at the counter; as the centre has laid it."""
    clerk = seat or town.crew.clerk
    service = objections.service_of(clerk.desk)
    assert service is not None
    asker = Asker(
        applicant=applicant,
        owner=record.owners[0],
        record=record,
        code=str(record.code),
        answers={"contested": contested.value, "grounds": GROUNDS, **answers},
        unchanged="",
        body="",
        letter_number="",
    )
    filled = fill(service, asker, intake.figures(clerk.desk), today(town))
    case_id = intake.register(clerk, service, filled, linked_to=first).case_id
    town.house.office.sync()
    return case_now(clerk, case_id)
