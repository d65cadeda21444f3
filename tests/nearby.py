"""A made-up city of forty offices for what looks for the nearest: published as the centre tells it.

Places, hours, delegations and training are of every sort, by a seed; the demo's own office is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from desktop.centre import people
from desktop.centre.context import Centre
from desktop.centre.reference import publication
from desktop.demo.people import OFFICE
from desktop.domain.act import Act
from desktop.domain.calendar import iso_jalali
from desktop.domain.city_places import CityPlace, PlaceKind
from desktop.domain.delegation import Delegation
from desktop.domain.enforcement import OfficeRule
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.domain.nearest import FinderOffice, terms_of
from desktop.domain.office import FIRST_DAY, OfficeCard, OfficeKind, StepFree
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Published, Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.dated import DatedRule
from desktop.forms.published_values import value_text
from desktop.forms.shipped import shipped_city
from desktop.premises.open import House
from desktop.wire.cards import card_text
from tests.houses import MORNING
from tests.shipped import SHIPPED

TODAY = MORNING.date()
ACT = Act("۱۲", TODAY - timedelta(days=3), "شورای شهر", "0" * 64)
PLAIN = Hours((*((Span(450, 1200),),) * 5, (Span(450, 780),), ()))
_SPLIT = Hours((*((Span(480, 810), Span(960, 1140)),) * 5, (), ()))
_LATE = Hours(((Span(960, 1440),),) * 7)
_NIGHT = Hours(((Span(0, 90), Span(1320, 1440)),) * 7)
_AROUND = 0.006


@dataclass(frozen=True)
class Nearby:
    """An office with what it may do: by service the delegations, and the services it is trained
    for."""

    card: OfficeCard
    delegations: tuple[Delegation, ...]
    trained: tuple[str, ...]


def nearby(count: int = 40, seed: int = 17) -> list[Nearby]:
    """So many offices; the first is the demo's own, plain and with everything."""
    random = Random(seed)
    places = [p for p in shipped_city().places if p.kind is PlaceKind.NEIGHBOURHOOD]
    services = SHIPPED
    own = replace(
        OFFICE,
        office_id=OFFICE.code,
        kind=OfficeKind.COUNTER,
        neighbourhood="نعیم‌آباد",
        latitude="31.886500",
        longitude="54.394800",
        hours=PLAIN,
        counters=2,
        step_free=StepFree.YES,
    )
    first = Nearby(own, tuple(_given("21", code) for code in services), tuple(services))
    codes = [f"{number:02}" for number in range(1, count + 2) if number != 21][: count - 1]
    return [first, *(_made(random, code, random.choice(places), services) for code in codes)]


def _made(random: Random, code: str, near: CityPlace, services: Mapping[str, Service]) -> Nearby:
    north = float(near.latitude) + random.uniform(-_AROUND, _AROUND)
    east = float(near.longitude) + random.uniform(-_AROUND, _AROUND)
    shut = SpecialDay(TODAY + timedelta(days=1))
    hours = random.choice(
        (PLAIN, PLAIN, PLAIN, _SPLIT, _LATE, _NIGHT, replace(PLAIN, special=(shut,)))
    )
    kind = random.choice((OfficeKind.COUNTER, OfficeKind.AGENCY))
    card = OfficeCard(
        code, f"دفتر {kind.word} {code}", f"یزد، {near.name}، کوچهٔ {random.randint(1, 60)}",
        f"0353{random.randint(6_000_000, 8_999_999)}", "8911134567", 1, "صورت‌جلسهٔ نمونه",
        sample=True, kind=kind, office_id=f"office{code}", neighbourhood=near.name,
        latitude=f"{north:.6f}", longitude=f"{east:.6f}", hours=hours, counters=2,
        step_free=random.choice(list(StepFree)),
    )  # fmt: skip
    if code == "07":
        card = replace(card, latitude="", longitude="")
    if code == "08":
        card = replace(card, hours=None)
    own = card.own_id
    given: list[Delegation] = []
    for service in services:
        ends = TODAY + timedelta(days=random.randint(-2, 4))
        given += random.choice(
            (
                (_given(own, service),),
                (_given(own, service),),
                (_given(own, service, until=ends),),
                (_given(own, service, since=max(ends, TODAY + timedelta(days=1))),),
                (),
            )
        )
    known = [service for service in services if random.random() < 0.9]
    return Nearby(card, tuple(given), tuple(known))


def _given(
    office: str, service: str, since: date = FIRST_DAY, until: date | None = None
) -> Delegation:
    return Delegation(office, service, since, until, ACT)


def facts(offices: list[Nearby], services: Mapping[str, Service]) -> list[Published]:
    """All that is published of them: cards, delegations, a clerk each with his training."""
    told = []
    for each in offices:
        own = each.card.own_id
        told.append(publication(Topic.OFFICE, own, FIRST_DAY, card_text(each.card)))
        told += [
            publication(Topic.DELEGATION, one.key, one.since, value_text(one))
            for one in each.delegations
        ]
        clerk = StaffTerm(f"clerk-of-{own}", own, Role.CLERK, FIRST_DAY)
        told.append(publication(Topic.STAFF, clerk.staff, FIRST_DAY, value_text(clerk)))
        for code in each.trained:
            record = Training(
                clerk.staff,
                code,
                services[code].version,
                FIRST_DAY,
                "مرکز آموزش",
                TrainingWay.PAPER,
            )
            told.append(publication(Topic.TRAINING, record.key, FIRST_DAY, value_text(record)))
    return told


def publish(centre: Centre, offices: list[Nearby]) -> None:
    """The centre tells of them."""
    with centre.writing() as session:
        services = centre.reference.services(session, TODAY)
        people.publish(session, facts(offices, services), centre.clock())


def finder_of(offices: list[Nearby]) -> list[FinderOffice]:
    """The same as values, without a centre."""
    return [
        FinderOffice(
            each.card,
            {
                code: terms_of([one for one in each.delegations if one.service == code])
                for code in each.trained
                if any(one.service == code for one in each.delegations)
            },
        )
        for each in offices
    ]


def settle(house: House, offices: list[Nearby] | None = None) -> list[Nearby]:
    """The city has these offices (forty without any), and both desks have heard."""
    settled = offices if offices is not None else nearby()
    publish(house.centre, settled)
    for desk in (house.office, house.municipality):
        while desk.sync().more:
            pass
    return settled


def rule(house: House, enforced: OfficeRule) -> None:
    """The rule is enforced since yesterday."""
    since = iso_jalali(TODAY - timedelta(days=1))
    item = DatedRule(rule=enforced, begins=since, since=since)
    _tell(house, publication(Topic.ENFORCEMENT, item.about, item.day, item.model_dump_json()))


def take_back(house: House, office: str, service: str) -> None:
    """The service is no longer handed over to the office from today on."""
    ended = Delegation(office, service, TODAY, None, ACT, withdrawn=True)
    _tell(house, publication(Topic.DELEGATION, ended.key, TODAY, value_text(ended)))


def _tell(house: House, fact: Published) -> None:
    with house.centre.writing() as session:
        people.publish(session, [fact], house.centre.clock())
    house.office.sync()
