"""Who may put what forward: of people never of himself, a manager only of his own office's; rounds
who plans visits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pydantic import ValidationError
from sqlalchemy.orm import Session

from desktop.centre.assents import PLANNERS, PREPARERS, demand_reader
from desktop.centre.context import Centre
from desktop.centre.people import ids_of
from desktop.centre.standing_in import roles_of
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.staffing import Authority, StaffTerm
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.domain.training import Training
from desktop.forms.published_values import published_value
from desktop.wire.publishing import DraftBody

_OWN = "نقش خودتان را دیگری باید بدهد."
_OTHERS = "این شخص از دفتر شما نیست."
READ_OWN = (Role.MANAGER, *PLANNERS)
_DEPUTISED = frozenset(role.value for role in Role if role.has_deputy)
_BY_OFFICES = (Topic.STAFF, Topic.AUTHORISATION)


def preparers(topic: Topic) -> Collection[Role]:
    """Who may sign a draft of the topic first."""
    if topic in _BY_OFFICES:
        return (*PREPARERS, Role.MANAGER, Role.ADMIN)
    return (*PREPARERS, *PLANNERS) if topic is Topic.ROTA else PREPARERS


def demand_weigher(
    session: Session, centre: Centre, device: DeviceRow, actor: str, draft: DraftBody
) -> None:
    """Raise Refusal unless the asker may know what the draft would change."""
    row = session.get(PersonRow, actor)
    own = row is not None and row.office == device.office
    if own and row is not None and Role(row.role) in preparers(draft.topic):
        if row.role == Role.MANAGER:
            _demand_of_office(session, draft, row.office)
        return
    demand_reader(session, centre, device, actor)


def reads_own_alone(session: Session, centre: Centre, device: DeviceRow, actor: str) -> bool:
    """Whether the asker is told of his own publications alone, as a manager or a planner is.

    Raises Refusal for who may not know what waits for a second signature.
    """
    row = session.get(PersonRow, actor)
    own = row is not None and row.office == device.office
    if row is not None and own and row.role in READ_OWN:
        return all(role in READ_OWN for role in roles_of(session, centre, row))
    if row is None or not own or not Role(row.role).keeps_accounts:
        demand_reader(session, centre, device, actor)
    return False


def demand_not_own(session: Session, draft: DraftBody, person: Staff) -> None:
    """Raise Refusal where somebody puts forward, or takes back, what he himself is or may."""
    texts = [item.text for item in draft.items]
    demand_not_about(session, draft.topic, texts, person)
    if person.role is Role.MANAGER:
        _demand_of_office(session, draft, person.office)


def demand_not_about(session: Session, topic: Topic, texts: Iterable[str], person: Staff) -> None:
    """Raise Refusal where these texts of the topic are about the person himself."""
    if not ids_of(session, person).isdisjoint(_staff_of(topic, texts)):
        raise Refusal(_OWN)


def _demand_of_office(session: Session, draft: DraftBody, office: str) -> None:
    told = _staff_of(draft.topic, [item.text for item in draft.items])
    rows = (session.get(PersonRow, staff) for staff in told)
    if any(row is None or row.office != office for row in rows):
        raise Refusal(_OTHERS)


def _staff_of(topic: Topic, texts: Iterable[str]) -> Iterator[str]:
    """Whom the texts are about, and to whom they give a role as its deputy.

    What can't be read is told of by the weighing.
    """
    kinds: dict[Topic, type[StaffTerm | Authority | Training | Stop]] = {
        Topic.STAFF: StaffTerm,
        Topic.AUTHORISATION: Authority,
        Topic.TRAINING: Training,
        Topic.STOP: Stop,
    }
    kind = kinds.get(topic)
    if kind is None:
        return
    for text in texts:
        try:
            told = published_value(kind, text)
        except ValidationError:
            continue
        yield told.who if isinstance(told, Stop) else told.staff
        if isinstance(told, StaffTerm) and told.role in _DEPUTISED:
            yield from told.deputies
