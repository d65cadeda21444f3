"""What an expert's page shows of a case: the case, its file, his queue, what his acts rest on."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions import act_drafts, board, consultations, reviewing
from desktop.actions.board import MunicipalView, QueueAnswer, WorkItem
from desktop.actions.desk import Seat
from desktop.actions.reviewing import ReviewFileAnswer
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.consultation import Consultee
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.service import Service


@dataclass(frozen=True)
class ShownFile:
    """A case with its file, and the person's own queue beside it."""

    seen: MunicipalView
    file: ReviewFileAnswer
    queue: QueueAnswer
    services: dict[str, Service]
    # None until the service's file has come here: then the case is read without its labels.
    service: Service | None
    city: City
    # Who signs after the person, where two do.
    signs: Role
    consultees: tuple[Consultee, ...]
    items: tuple[WorkItem, ...]
    refused: frozenset[str]

    @property
    def case(self) -> Case:
        """The case that is looked at."""
        return self.seen.case

    @property
    def title(self) -> str:
        """The service's title."""
        return self.service.title if self.service else self.case.request.service

    @property
    def article(self) -> str:
        """The commission that the service names, empty for none."""
        return self.service.commission if self.service else ""


def looked_at(seat: Seat, case_id: str, district: int) -> ShownFile:
    """The file as the centre has it; the queue is of one district, 0 for all.

    Raises LineDown; Refusal for a case that is not the person's to see.
    """
    seen, desk = board.municipal_look(seat, case_id), seat.desk
    try:
        service: Service | None = board.service_of(desk, seen.case)
    except Refusal:
        service = None
    mine = (item for item in board.items(desk) if item.case_id == case_id)
    return ShownFile(
        seen=seen,
        file=reviewing.file(seat, case_id),
        queue=board.municipal_queue(seat, holder="mine", district=district),
        services=board.services_known(desk),
        service=service,
        city=reviewing.city(desk),
        signs=reviewing.signs_beside(seat),
        consultees=tuple(consultations.consultees(desk, seen.case)),
        items=tuple(mine),
        refused=act_drafts.refused(seat, case_id),
    )
