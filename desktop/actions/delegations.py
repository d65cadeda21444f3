"""Handing services over to offices: drafts made ready to be signed, and what is known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.actions.desk import Desk
from desktop.chance import new_id
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation
from desktop.domain.staffing import StaffTerm
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.domain.training import Training
from desktop.forms.finder_offices import Ready
from desktop.forms.published_values import value_text
from desktop.wire.publishing import DraftBody, ItemBody


def delegation_draft(delegations: Sequence[Delegation]) -> DraftBody:
    """Delegations, or their ends, made ready to be signed."""
    items = [ItemBody(key=one.key, day=one.since, text=value_text(one)) for one in delegations]
    return DraftBody(publication=new_id(), topic=Topic.DELEGATION, items=items)


def handed_over(
    offices: Sequence[str],
    services: Sequence[str],
    since: date,
    until: date | None,
    act: Act,
    *,
    replaces: bool = False,
) -> list[Delegation]:
    """Each of the services to each of the offices (by their ids), by one act."""
    return [
        Delegation(office, service, since, until, act, replaces=replaces)
        for office in offices
        for service in services
    ]


@dataclass(frozen=True)
class Delegated:
    """What is handed over and who may do it on a day, as this desk has heard of the whole city.

    `delegations` are by (office id, service); `ready` tells by service and office who is trained.
    """

    day: date
    delegations: dict[tuple[str, str], Delegation]
    ready: Ready


def on_day(desk: Desk, day: date | None = None) -> Delegated:
    """What holds on the day (today: None)."""
    with desk.store.reading() as session:
        reference = desk.reference
        on = day or desk.today(session)
        told = reference.values(session, Topic.DELEGATION, Delegation, on).values()
        ready = reference.ready(session, on)
    held = {(one.office, one.service): one for one in told if one.holds(on)}
    return Delegated(on, held, ready)


def history(desk: Desk, office: str) -> list[Delegation]:
    """All that was ever said of the office's services and not withdrawn, the newest day first."""
    with desk.store.reading() as session:
        told = desk.reference.delegations(session)
    own = [one for one in told if one.office == office]
    return sorted(own, key=lambda one: (one.since, one.service), reverse=True)


def trainings(desk: Desk, day: date | None = None) -> list[Training]:
    """The last record of each person and service up to the day."""
    with desk.store.reading() as session:
        on = day or desk.today(session)
        return list(desk.reference.values(session, Topic.TRAINING, Training, on).values())


def terms(desk: Desk, day: date | None = None) -> Mapping[str, StaffTerm]:
    """By staff id, the terms that were published up to the day."""
    with desk.store.reading() as session:
        on = day or desk.today(session)
        return desk.reference.values(session, Topic.STAFF, StaffTerm, on)


def stops(desk: Desk) -> dict[str, Stop]:
    """By office id or staff id, the stops that hold now."""
    with desk.store.reading() as session:
        moment = desk.moment(session)
        told = desk.reference.values(session, Topic.STOP, Stop, desk.today(session))
    return {who: stop for who, stop in told.items() if stop.holds(moment)}
