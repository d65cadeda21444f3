"""Who may read a case, on what ground, and what they are told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.centre.asking import NO_CASES
from desktop.centre.context import Centre
from desktop.centre.doubt_tables import DoubtedLetterRow
from desktop.centre.people import of_office
from desktop.centre.publication_tables import PublicationEndRow, PublicationItemRow, PublicationRow
from desktop.centre.queueing import SCOPES
from desktop.centre.standing_in import roles_of
from desktop.centre.streams import case_texts, load_case
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.centre.whereabouts import address
from desktop.domain import facts
from desktop.domain.consultation import Consulted
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.stream import Fact, Topic, office_stream
from desktop.wire.codec import decode_fact
from desktop.wire.payloads import CaseAnswer, CaseAsk

_NONE = "چنین پرونده‌ای نیست."
_NOT_YOURS = "این پرونده هیچ‌گاه در کارتابل شما نبوده است؛ ناظر آن را می‌بیند."


class Ground(StrEnum):
    """On what ground somebody may read a case."""

    OFFICE = "office"
    CITY = "city"
    CAME = "came"
    TRIED = "tried"
    DOUBTED = "doubted"


GROUNDS: Mapping[Role, tuple[Ground, ...]] = {
    Role.CLERK: (Ground.OFFICE,),
    Role.MANAGER: (Ground.OFFICE,),
    Role.EXPERT: (Ground.CAME, Ground.TRIED, Ground.DOUBTED),
    Role.SIGNER: (Ground.CAME, Ground.DOUBTED),
    Role.INSPECTOR: (Ground.CAME,),
    Role.PLANNER: (Ground.CAME,),
    Role.FINANCE: (Ground.CAME,),
    Role.SUPERVISOR: (Ground.CITY,),
    Role.ADMIN: (),
    Role.CENTRE: (),
}
"""By role: its own office's; all of the city; what came to the role, then or now (`CAME_BY`); past
requests of a service whose new file waits for a signature, on which that file is tried; and those
whose letter is or was in doubt."""

CAME_BY: Mapping[Role, frozenset[str]] = {
    Role.EXPERT: frozenset({facts.InReview.kind, Consulted.kind}),
    Role.SIGNER: frozenset({facts.Recommended.kind}),
    Role.INSPECTOR: frozenset({facts.SlotBooked.kind}),
    Role.PLANNER: frozenset({facts.SlotBooked.kind}),
    Role.FINANCE: frozenset({facts.PaymentClaimed.kind, facts.FineCleared.kind}),
}
"""By role, the kinds of facts that tell that a case was in its queue. Who had it there may read on
how it went, also where a colleague was first."""


def one_case(
    session: Session, centre: Centre, device: DeviceRow, ask: CaseAsk, __: datetime
) -> CaseAnswer:
    """The facts of one case, to who may read it. Raises Refusal."""
    seen_case(session, centre, device, ask.case_id, ask.actor)
    # An office is told of a property only what its applicant's standing allows.
    own = load_case(session, ask.case_id) if device.office == MUNICIPALITY else None
    where = address(session, own) if own is not None else ""
    return CaseAnswer(facts=case_texts(session, ask.case_id), address=where)


def seen_case(
    session: Session, centre: Centre, device: DeviceRow, case_id: str, actor: str
) -> Ground:
    """On what ground who asks at the device may read the case. Raises Refusal for none."""
    person = of_office(session, device.office).get(actor)
    if person is None:
        raise Refusal(_NONE)
    if not Role(person.role).sees_cases:
        raise Refusal(NO_CASES)
    roles = roles_of(session, centre, person)
    row = session.scalars(select(CaseRow).where(CaseRow.case_id == case_id)).one_or_none()
    # Whether another office has such a case is told to nobody.
    if row is None or not (roles[0].is_municipal or _of_office(session, roles[0], device, row)):
        raise Refusal(_NONE)
    for role in roles:
        for ground in GROUNDS[role]:
            if _HOLDS[ground](session, role, device, row):
                return ground
    raise Refusal(_NOT_YOURS)


def _of_office(_: Session, __: Role, device: DeviceRow, row: CaseRow) -> bool:
    return row.stream == office_stream(device.office)


def _of_city(_: Session, __: Role, device: DeviceRow, ___: CaseRow) -> bool:
    return device.office == MUNICIPALITY


def _came(session: Session, role: Role, _: DeviceRow, row: CaseRow) -> bool:
    # Whatever is in a queue is to be worked on, by whichever way it came there.
    stands = exists().where(CaseRow.case_id == row.case_id, SCOPES[role].holds)
    if session.scalar(select(stands)):
        return True
    told = (decode_fact(text) for text in case_texts(session, row.case_id))
    return any(
        fact.kind in CAME_BY[role] or _laid_before(role, fact) or _escalated_to(role, fact)
        for fact in told
    )


def _laid_before(role: Role, fact: Fact) -> bool:
    """Whether it laid an objection before the role's unit."""
    payload = fact.payload
    if not isinstance(payload, facts.ObjectionLaid):
        return False
    return role in payload.contested.unit.signs


def _escalated_to(role: Role, fact: Fact) -> bool:
    """Whether a step that was late was told to the role."""
    payload = fact.payload
    return isinstance(payload, facts.Escalated) and payload.to == role.value


def _tried(session: Session, _: Role, __: DeviceRow, row: CaseRow) -> bool:
    ended = exists().where(PublicationEndRow.publication_id == PublicationRow.publication_id)
    waits = (
        select(PublicationItemRow.publication_id)
        .join(PublicationRow, PublicationRow.publication_id == PublicationItemRow.publication_id)
        .where(
            PublicationRow.topic == Topic.SERVICE.value,
            PublicationItemRow.key == row.service,
            ~ended,
        )
    )
    return session.scalar(waits.limit(1)) is not None


def _doubted(session: Session, _: Role, __: DeviceRow, row: CaseRow) -> bool:
    own = select(DoubtedLetterRow.letter_id).where(DoubtedLetterRow.case_id == row.case_id)
    return session.scalar(own.limit(1)) is not None


_HOLDS: Mapping[Ground, Callable[[Session, Role, DeviceRow, CaseRow], bool]] = {
    Ground.OFFICE: _of_office,
    Ground.CITY: _of_city,
    Ground.CAME: _came,
    Ground.TRIED: _tried,
    Ground.DOUBTED: _doubted,
}
