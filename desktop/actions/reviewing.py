"""What an expert does with a case: have it, look at all of it, propose, send it back; and who
signs with him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.actions.board import municipal_case
from desktop.actions.desk import Desk, Seat
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.commands import AssignCase, Challenge, Countersign, Recommend, ReturnCase
from desktop.domain.errors import Refusals
from desktop.domain.people import Role
from desktop.domain.recommendation import AskedInstead, ChallengeReason, Recommendation
from desktop.forms import permits
from desktop.forms.answers import read_entered
from desktop.store import people
from desktop.wire import calls
from desktop.wire.reviewing import ReviewFileAnswer, ReviewFileAsk

__all__ = [
    "ReviewFileAnswer",
    "assign",
    "challenge",
    "city",
    "countersign",
    "file",
    "recommend",
    "send_back",
    "signs_beside",
    "take",
]


def file(seat: Seat, case_id: str) -> ReviewFileAnswer:
    """The record of the case's property, its earlier cases, who may decide. Raises LineDown."""
    ask = ReviewFileAsk(actor=seat.staff.staff_id, case_id=case_id)
    return seat.desk.ask(calls.REVIEW_FILE, ask)


def signs_beside(seat: Seat) -> Role:
    """In which role somebody signs what the person proposes today, as this desk has heard."""
    desk = seat.desk
    with desk.store.reading() as session:
        find, today = desk.reference.finding(session), desk.today(session)
        return permits.signs_beside(find, people.everybody(session), seat.staff, today)


def city(desk: Desk) -> City:
    """The municipality's figures of today: reasons, and whether two sign. Raises Refusal."""
    with desk.store.reading() as session:
        return desk.reference.city(session, desk.today(session))


def assign(seat: Seat, case: Case, expert: str, reason: str = "") -> None:
    """The case is that expert's, by staff id; nobody's when empty. Raises Refusal."""
    seat.do_one(case.case_id, AssignCase(expert, reason), shown=case)


def take(seat: Seat, case_id: str) -> None:
    """The case is the person's own. Raises LineDown; Refusal for one that somebody else has."""
    case, _ = municipal_case(seat, case_id)
    assign(seat, case, seat.staff.staff_id)


def recommend(seat: Seat, case: Case, told: Recommendation, typed: Mapping[str, str]) -> None:
    """The expert proposes; `typed` are the values that the service asks of him, as typed.

    Raises Refusals with every fault of them, Refusal when the act is not lawful.
    """
    seat.do_one(case.case_id, proposed(seat, case, told, typed), shown=case)


def proposed(seat: Seat, case: Case, told: Recommendation, typed: Mapping[str, str]) -> Recommend:
    """What `recommend` would send. Raises Refusals with every fault of the typed values."""
    return Recommend(replace(told, entered=_entered(seat, case, typed)))


def _entered(seat: Seat, case: Case, typed: Mapping[str, str]) -> dict[str, str]:
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


def send_back(seat: Seat, case: Case, comment: str) -> None:
    """The office is to correct the request, or to bring what lacks. Raises Refusal."""
    seat.do_one(case.case_id, ReturnCase(comment), shown=case)


def countersign(seat: Seat, case: Case) -> str:
    """The second person agrees; the id of the command that says so. Raises Refusal."""
    return seat.do_one(case.case_id, Countersign(), shown=case).command_id


def challenge(
    seat: Seat, case: Case, item: str, reason: ChallengeReason, wanted: AskedInstead, comment: str
) -> None:
    """The second person does not agree. Raises Refusal."""
    told = Challenge(item, reason.value, wanted.value, comment)
    seat.do_one(case.case_id, told, shown=case)
