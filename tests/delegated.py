"""Delegations, training and stops as the tests need them: put forward by one, signed by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from desktop.actions import delegations, publishing, registry
from desktop.actions import offices as registered
from desktop.centre.tables import FactRow
from desktop.demo.people import OFFICE
from desktop.demo.sample_paper import sample_paper
from desktop.domain.act import Act
from desktop.domain.calendar import iso_jalali
from desktop.domain.delegation import Delegation
from desktop.domain.enforcement import OfficeRule
from desktop.domain.stream import CommandRefused, Topic
from desktop.forms.dated import DatedRule
from desktop.wire.codec import decode_fact
from desktop.wire.publishing import DraftBody, PublicationBody
from tests.houses import MORNING
from tests.publish import WHY, figures, in_force
from tests.town import Town

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
ACT = Act("۱۲", TODAY - timedelta(days=3), "شورای شهر", sample_paper()[0].sha256)


def announce(town: Town) -> Town:
    """The town whose centre was sent the scan of `ACT`."""
    assert registry.send_scan(town.crew.supervisor, sample_paper()[1]) == ACT.scan
    return town


def put(town: Town, draft: DraftBody) -> PublicationBody:
    """The draft in force, its doubts overruled with a reason; all desks have heard."""
    found = publishing.weigh(town.crew.supervisor, draft)
    assert not found.hindrances, found.hindrances
    done = in_force(town.crew, draft, found.warnings)
    town.house.municipality.sync()
    town.house.office.sync()
    return done


def enforce(town: Town, rule: OfficeRule, begins: date, since: date = TOMORROW) -> None:
    """The rule is enforced from a day on."""
    item = DatedRule(rule=rule, begins=iso_jalali(begins), since=iso_jalali(since))
    put(town, figures(town.crew, Topic.ENFORCEMENT, item))


def open_office(town: Town, code: str, name: str, **card: Any) -> str:
    """An office that begins tomorrow, by two signatures; its id."""
    opened = replace(OFFICE, code=code, name=name, office_id=registered.new_office_id(), **card)
    put(town, registered.office_draft([(opened, TOMORROW)]))
    return opened.office_id


def hand_over(
    town: Town,
    *,
    since: date,
    until: date | None = None,
    offices: Sequence[str] = ("21",),
    services: Sequence[str] = ("clearance",),
) -> list[Delegation]:
    """The services handed over to the offices, by two signatures."""
    told = delegations.handed_over(offices, services, since, until, ACT)
    put(town, delegations.delegation_draft(told))
    return told


def refusals(town: Town, stream: str) -> list[tuple[str, str]]:
    """By kind of command, the reason's code of each refusal that a home stream was told of."""
    with town.house.centre.reading() as session:
        own = select(FactRow.canon).where(
            FactRow.stream == stream, FactRow.kind == CommandRefused.kind
        )
        told = [decode_fact(text).payload for text in session.scalars(own.order_by(FactRow.pos))]
    return [(each.command_kind, each.key) for each in told if isinstance(each, CommandRefused)]


__all__ = [
    "ACT",
    "TODAY",
    "TOMORROW",
    "WHY",
    "announce",
    "enforce",
    "hand_over",
    "open_office",
    "put",
    "refusals",
]
