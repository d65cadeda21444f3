"""The city's other offices: made up, with places, hours and people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from desktop import __version__
from desktop.actions import delegations, publishing, registry, staffing
from desktop.actions import offices as registered
from desktop.actions.desk import Seat
from desktop.centre import founding, people
from desktop.centre.reference import publication
from desktop.centre.shipping import published_card
from desktop.centre.tables import DeviceRow
from desktop.demo.city import city_names, pairs_of_names
from desktop.demo.following import Crew
from desktop.demo.people import OFFICE
from desktop.demo.promises import promised
from desktop.demo.sample_paper import sample_paper
from desktop.domain.act import Act
from desktop.domain.calendar import iso_jalali
from desktop.domain.city_places import PlaceKind, named
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.delegation import Delegation
from desktop.domain.enforcement import OfficeRule
from desktop.domain.hours import Hours, Span
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import FIRST_DAY, OfficeCard, OfficeKind, StepFree
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.stop import Stopped
from desktop.domain.stream import Published, Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.dated import DatedRule
from desktop.forms.published_values import value_text
from desktop.forms.shipped import shipped_city
from desktop.keys import new_key, new_letter_key
from desktop.premises.open import House
from desktop.store.open import Session
from desktop.wire.link import public_hex

OFFICES = 40
"""With the demo's own."""
_SEED = 1390
_FIRST_CODE = 11
_NO_PLACE, _STOPPED, _UNLICENSED, _CONVERTED = "44", "39", "33", "17"
_AGENCIES = ("13", "17", "18", "24", "26", "28", "32", "35", "41", "43", "47", "49")
_SILENT = {"30": timedelta(minutes=48), "39": timedelta(days=3)}
_LEARN, _LOCKED = ("24", "41"), "22"
_LATE_SERVICES = 4
"""So many services are handed over to a کارگزاری later than the others."""
_BODY = "شورای اسلامی شهر یزد"
_ACT = Act("۸۲۱", FIRST_DAY - timedelta(days=12), _BODY)
_REASON = "برابر مصوبه؛ آموزش متصدی‌های این دفترها در جریان است"
_FRAUD = "گزارش گشت نظارت: درخواست بی‌حضور مالک ثبت شده است"
_TRAINER = "مدیریت هماهنگی و نظارت بر ساخت و سازها"
_STEPS = (
    ConversionStep.APPLICATION,
    ConversionStep.LICENCE,
    ConversionStep.PREMISES,
    ConversionStep.EQUIPMENT,
)
_MORNING = Span(7 * 60 + 30, 14 * 60)
_EVENING = Span(16 * 60, 20 * 60)
_LONG = Span(7 * 60 + 30, 19 * 60)
_THURSDAY = Span(7 * 60 + 30, 13 * 60)
_WEEKS = ((_MORNING,), (_MORNING, _EVENING), (_LONG,))


@dataclass(frozen=True)
class MadeUpOffice:
    """An office of the made-up city with who works there: first its manager, then its clerks."""

    card: OfficeCard
    people: tuple[Staff, ...]


def made_up_offices(today: date, count: int = OFFICES) -> list[MadeUpOffice]:
    """All of them but the demo's own, always the same; licences lie about `today`."""
    random, names = Random(_SEED), pairs_of_names(_SEED)
    listed = city_names()
    where = [
        (district["number"], neighbourhood, street)
        for turn in range(count)
        for district in listed["district"]
        for neighbourhood, street in [_turn(district, turn)]
    ]
    made: list[MadeUpOffice] = []
    number = _FIRST_CODE
    while len(made) < count - 1:
        code, number = f"{number}", number + 1
        if code == OFFICE.code:
            continue
        made.append(_office(code, where[len(made)], random, names, today))
    return made


def _turn(district: dict[str, list[str]], turn: int) -> tuple[str, str]:
    places, streets = district["neighbourhoods"], district["streets"]
    return places[turn % len(places)], streets[turn % len(streets)]


def _office(
    code: str,
    where: tuple[int, str, str],
    random: Random,
    names: Iterator[tuple[str, str]],
    today: date,
) -> MadeUpOffice:
    district, neighbourhood, street = where
    kind = OfficeKind.AGENCY if code in _AGENCIES else OfficeKind.COUNTER
    place = named(shipped_city().places, PlaceKind.NEIGHBOURHOOD, neighbourhood)
    if place is None:
        raise LookupError(neighbourhood)
    office_id = UUID(int=random.getrandbits(128), version=4).hex
    licensed = today + timedelta(days=random.randint(40, 900))
    placed = code != _NO_PLACE
    card = OfficeCard(
        code=code,
        name=to_persian_digits(f"{_NAMES[kind]} {code}"),
        address=to_persian_digits(f"یزد، {neighbourhood}، {street}، پلاک {random.randint(2, 180)}"),
        phone=f"035372500{code}",
        postal_code=f"{random.choice(place.postal)}{random.randint(11_111, 99_999)}",
        district=district,
        authority=OFFICE.authority,
        sample=True,
        kind=kind,
        office_id=office_id,
        holder=" ".join(next(names)),
        licence=to_persian_digits(f"72-{random.randint(100, 999)}"),
        licence_until=today - timedelta(days=4) if code == _UNLICENSED else licensed,
        neighbourhood=neighbourhood,
        latitude=_near(place.latitude, random) if placed else "",
        longitude=_near(place.longitude, random) if placed else "",
        hours=Hours(week=(random.choice(_WEEKS),) * 5 + ((_THURSDAY,), ())),
        counters=random.randint(1, 4),
        step_free=random.choice(tuple(StepFree)),
    )
    roles = [Role.MANAGER, *[Role.CLERK] * random.randint(1, 2)]
    staff = tuple(_person(card, role, place, names) for place, role in enumerate(roles))
    return MadeUpOffice(card, staff)


def _near(degrees: str, random: Random) -> str:
    """Some hundred metres off at the most."""
    return f"{float(degrees) + random.uniform(-0.004, 0.004):.5f}"


_NAMES = {OfficeKind.AGENCY: "کارگزاری", OfficeKind.COUNTER: "دفتر پیشخوان"}
_TITLES = {Role.MANAGER: "مسئول دفتر", Role.CLERK: "متصدی"}


def _person(card: OfficeCard, role: Role, place: int, names: Iterator[tuple[str, str]]) -> Staff:
    return Staff(
        staff_id=f"{card.code}-{role.value}-{place}",
        name=" ".join(next(names)),
        role=role,
        office=card.own_id,
        title=_TITLES[role],
        national_id=made_up_national_id(900_000 + int(card.code) * 10 + place),
    )


def open_offices(house: House, crew: Crew, offices: Sequence[MadeUpOffice]) -> None:
    """Have the offices at work since the first day, beside the house's own: all rules enforced,
    steps promised, services handed over, people trained; one stopped,
    one on its way to a پیشخوان. In a house to practise in they are to practise in too: no paper of
    theirs is worth anything."""
    centre, moment = house.centre, house.centre.clock()
    own = registered.offices(crew.clerk.desk)[crew.clerk.staff.office]
    offices = [replace(one, card=replace(one.card, training=own.training)) for one in offices]
    with centre.writing() as session:
        founding.found(session, centre, _ACT, moment)
        for office in offices:
            _open(session, office, moment)
    services = _services(crew.supervisor)
    with centre.writing() as session:
        _tell_people(session, offices, services, moment)
    house.put_in_force([*_held(offices, services), *_enforced(), *promised(FIRST_DAY)])
    _begin_tomorrow(crew, offices, services)
    _stop_one(crew, offices)
    _convert_one(crew, offices)
    for running in (house.office, house.municipality):
        running.bell()


def _services(seat: Seat) -> list[Service]:
    found = publishing.held(seat.desk).services
    return [found[code] for code in sorted(found)]


def _open(session: Session, office: MadeUpOffice, moment: datetime) -> None:
    card = office.card
    people.open_office(session, card)
    people.publish(session, [published_card(card, FIRST_DAY)], moment)
    for staff in office.people:
        # Nobody signs in as them here: only the public halves of their keys are of use.
        known = replace(staff, key=public_hex(new_key()), release_key=public_hex(new_letter_key()))
        people.enrol_person(session, known, moment)
    for desk in range(1, card.counters + 1):
        device = _device(card, desk)
        people.enrol_device(session, device, card.own_id, desk, public_hex(new_key()))
        row = session.get_one(DeviceRow, device)
        row.heard_at = row.emptied_at = moment - _SILENT.get(card.code, timedelta())
        row.told_version, row.told_disk_mb = __version__, 61_000
        row.told_backup = row.heard_at - timedelta(hours=3)
    session.flush()


def _tell_people(
    session: Session, offices: Sequence[MadeUpOffice], services: Sequence[Service], moment: datetime
) -> None:
    """Some learn what is handed over tomorrow; somebody has forgotten his password."""
    for office in offices:
        told, row = [], session.get_one(DeviceRow, _device(office.card, 1))
        if office.card.code in _LEARN:
            late = services[-_LATE_SERVICES:]
            told = [
                {"staff": clerk.staff_id, "service": service.code, "lesson": lesson}
                for lesson, clerk in enumerate(office.people[1:], start=1)
                for service in late
            ]
        locked = [office.people[-1].staff_id] if office.card.code == _LOCKED else []
        until = (moment + timedelta(minutes=20)).isoformat()
        if told or locked:
            whole = {"learning": told, "locked": [{"staff": s, "until": until} for s in locked]}
            row.told_people = json.dumps(whole)


def _device(card: OfficeCard, desk: int) -> str:
    return f"{card.own_id[:24]}-{desk:03}"


def _held(offices: Sequence[MadeUpOffice], services: Sequence[Service]) -> Iterator[Published]:
    random = Random(_SEED + 1)
    for office in offices:
        card = office.card
        early = services[:-_LATE_SERVICES] if card.kind is OfficeKind.AGENCY else services
        for service in early:
            one = Delegation(card.own_id, service.code, FIRST_DAY, None, _ACT)
            yield publication(Topic.DELEGATION, one.key, FIRST_DAY, value_text(one))
        for staff in office.people:
            term = StaffTerm(staff.staff_id, card.own_id, staff.role.value, FIRST_DAY)
            yield publication(Topic.STAFF, staff.staff_id, FIRST_DAY, value_text(term))
        for clerk in office.people[1:]:
            for service in early[: len(early) - random.choice((0, 0, 1, 2))]:
                record = Training(
                    clerk.staff_id, service.code, service.version, FIRST_DAY - timedelta(days=5),
                    _TRAINER, TrainingWay.PAPER,
                )  # fmt: skip
                yield publication(Topic.TRAINING, record.key, FIRST_DAY, value_text(record))


def _enforced() -> Iterator[Published]:
    for rule in OfficeRule:
        day = iso_jalali(FIRST_DAY)
        told = DatedRule(rule=rule, begins=day, since=day)
        text = told.model_dump_json()
        yield publication(Topic.ENFORCEMENT, told.about, FIRST_DAY, text)


def _begin_tomorrow(
    crew: Crew, offices: Sequence[MadeUpOffice], services: Sequence[Service]
) -> None:
    """The rest of the services, to whoever is a کارگزاری still; prepared and signed."""
    seat = crew.supervisor
    today = publishing.held(seat.desk).day
    agencies = [o.card.own_id for o in offices if o.card.kind is OfficeKind.AGENCY]
    if not agencies:
        return
    act = Act("۱۲۴۷", today - timedelta(days=6), _BODY, _sent(seat))
    told = delegations.handed_over(
        agencies,
        [service.code for service in services[-_LATE_SERVICES:]],
        today + timedelta(days=1),
        None,
        act,
    )
    draft = delegations.delegation_draft(told)
    weighed = publishing.weigh(seat, draft)
    prepared = publishing.prepare(seat, draft, weighed.warnings, _REASON)
    publishing.sign(crew.second, prepared)


def _stop_one(crew: Crew, offices: Sequence[MadeUpOffice]) -> None:
    for office in offices:
        if office.card.code == _STOPPED:
            seat, today = crew.supervisor, publishing.held(crew.supervisor.desk).day
            act = Act("۱۲۵۰", today, "مدیریت هماهنگی و نظارت بر ساخت و سازها", _sent(seat))
            staffing.stop(seat, Stopped.OFFICE, office.card.own_id, _FRAUD, act)


def _convert_one(crew: Crew, offices: Sequence[MadeUpOffice]) -> None:
    """The papers of one that is to become a پیشخوان are all there; its counters are to be tried."""
    seat = crew.supervisor
    today = publishing.held(seat.desk).day
    for office in offices:
        if office.card.code != _CONVERTED:
            continue
        signers = {ConversionStep.APPLICATION: office.card.holder}
        for place, step in enumerate(_STEPS):
            done = StepDone(
                step,
                number=f"1405/{31 + place}",
                dated=today - timedelta(days=20 - place),
                signed_by=signers.get(step, crew.second.staff.name),
                scan=_sent(seat),
                until=today + timedelta(days=900) if step is ConversionStep.LICENCE else None,
            )
            registry.record_step(seat, office.card.own_id, done)


def _sent(seat: Seat) -> str:
    return registry.send_scan(seat, sample_paper()[1])
