"""Where a case of this office stands, for the pages that lead it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.actions.desk import OLD_PROGRAM, UNPROVEN, Desk
from desktop.domain.city import City
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.store import meta, people, work_items
from desktop.store.view import View
from desktop.store.work_items import ItemKind, WorkItem

__all__ = ["ItemKind", "View", "WorkItem"]


@dataclass(frozen=True)
class Standing:
    """A case, its service, what a person must look at, and who of the office may always release.

    `releases` tells whether the centre takes a stamp of this program at all, from anybody.
    `service` is None only for a case that is not here, such as one whose registration the centre
    refused: then `items` say why.
    """

    view: View
    service: Service | None
    items: tuple[WorkItem, ...]
    managers: tuple[str, ...]
    names: dict[str, str]
    city: City
    today: date
    releases: bool

    def against(self, letter_id: str) -> str:
        """Why nobody may stamp or print the letter at this desk; empty where somebody may."""
        if letter_id in self.view.unproven:
            return UNPROVEN
        return "" if self.releases else OLD_PROGRAM


def of_case(desk: Desk, case_id: str) -> Standing:
    """The case's standing now. Raises Refusal when its service has not come here."""
    with desk.store.reading() as session:
        seen = desk.look(session, case_id)
        service = None
        if seen.case is not None:
            request = seen.case.request
            service = desk.reference.service(session, request.service, request.version)
        today = desk.today(session)
        known = meta.get(session)
        office = known.identity.office
        staff = people.everybody(session)
        return Standing(
            view=seen,
            service=service,
            items=tuple(work_items.waiting(session, case_id)),
            managers=tuple(p.name for p in staff if p.role is Role.MANAGER and p.office == office),
            names={p.staff_id: p.name for p in staff},
            city=desk.reference.city(session, today),
            today=today,
            releases=known.releases,
        )
