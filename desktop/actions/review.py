"""What is decided by people: the expert's decision, returns, amendments, the second look."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import (
    Amend,
    ClearGates,
    RefuseCase,
    ReturnCase,
    SecondLook,
    Withdraw,
)
from desktop.domain.errors import Refusals
from desktop.domain.papers import Defect
from desktop.domain.request import SeenDocument
from desktop.forms.answers import read_entered


def clear(
    seat: Seat,
    case: Case,
    cleared: Mapping[str, str],
    note: str = "",
    entered: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """The expert clears failing gates, each with a reason, and enters what is asked of him.

    `entered` is as typed, by field key. Raises Refusals with every fault of it, Refusal when the
    act is not lawful.
    """
    values = entered_values(seat, case, entered)
    seat.do_one(case.case_id, ClearGates(dict(cleared), note, values), shown=case)


def entered_values(seat: Seat, case: Case, typed: Mapping[str, str]) -> dict[str, str]:
    """The values that the service asks of the expert, by field key, of what was typed.

    Raises Refusals with every fault of them.
    """
    desk = seat.desk
    with desk.store.reading() as session:
        service = desk.reference.service(session, case.request.service, case.request.version)
        kept, faults = read_entered(service, case.conditions, typed, desk.today(session))
    if faults:
        raise Refusals(faults)
    asked = service.expert_fields({**case.conditions, **kept})
    return {field.key: kept.get(field.key, "") for field in asked if field.formula is None}


def refuse(seat: Seat, case: Case, reasons: tuple[str, ...]) -> None:
    """The expert refuses. Raises Refusal."""
    seat.do_one(case.case_id, RefuseCase(reasons), shown=case)


def send_back(seat: Seat, case: Case, comment: str) -> None:
    """The expert returns the case for correction. Raises Refusal."""
    seat.do_one(case.case_id, ReturnCase(comment), shown=case)


def lack_documents(seat: Seat, case_id: str, comment: str, defects: tuple[Defect, ...]) -> None:
    """The counter tells which documents are missing. Raises Refusal."""
    seat.do_one(case_id, ReturnCase(comment, defects))


def amend(
    seat: Seat, case_id: str, changes: Mapping[str, str], documents: tuple[SeenDocument, ...] = ()
) -> None:
    """Changed answers and documents. Raises Refusal."""
    seat.do_one(case_id, Amend(dict(changes), documents))


def withdraw(seat: Seat, case_id: str, reason: str) -> None:
    """The applicant withdraws. Raises Refusal."""
    seat.do_one(case_id, Withdraw(reason))


def look_again(
    seat: Seat,
    case: Case,
    *,
    right: bool,
    comment: str = "",
    part: str = "",
    item: str = "",
    reason: str = "",
) -> None:
    """The supervisor's second look; what is wrong as of `SecondLook`. Raises Refusal."""
    seat.do_one(case.case_id, SecondLook(right, comment, part, item, reason), shown=case)
