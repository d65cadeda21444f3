"""The list of the city's offices, page by page: what their desks told last, whose conversion is
under way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre import desk_people
from desktop.centre.context import Centre, day_of
from desktop.centre.converting import lacking, soonest, under_way
from desktop.centre.registrars import demand_registrar
from desktop.centre.registry import Office, offices
from desktop.centre.tables import DeviceRow
from desktop.domain.conversion import ConversionStep
from desktop.domain.office import MUNICIPALITY
from desktop.wire.office_list import PAGE, ListedBody, OfficeListAnswer, OfficeListAsk


def office_list(
    session: Session, centre: Centre, device: DeviceRow, ask: OfficeListAsk, at: datetime
) -> OfficeListAnswer:
    """A page of the list. Raises Refusal for who does not look after all offices."""
    demand_registrar(session, centre, device, ask.actor, "")
    today = day_of(at)
    known = [each for each in offices(session, today) if each.office_id != MUNICIPALITY]
    page = known[ask.first : ask.first + PAGE]
    converting = under_way(session, today)
    lacks = {
        each.office_id: [
            *dict.fromkeys(
                step for step, _ in lacking(session, centre, each.office_id, soonest(today))
            )
        ]
        for each in page
        if each.office_id in converting
    }
    return OfficeListAnswer(
        time=at,
        total=len(known),
        offices=[_listed(each, lacks.get(each.office_id)) for each in page],
    )


def _listed(office: Office, lacks: list[ConversionStep] | None) -> ListedBody:
    working = office.working
    backups = [desk.backup_at for desk in working]
    told = [moment for moment in backups if moment is not None]
    return ListedBody(
        office_id=office.office_id,
        desks=len(working),
        heard_at=office.heard_at,
        unsent_since=office.unsent_since,
        disk_mb=min((desk.disk_mb for desk in working if desk.disk_mb), default=0),
        backup_at=min(told, default=None) if len(told) == len(backups) else None,
        lacks=lacks,
        learning=[each for desk in working for each in desk_people.learning(desk.people)],
    )
