"""What made-up citizens ask a counter for all day, in the mix of DOMAIN.md §6.5."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random

from desktop.demo.city import CityProperty
from desktop.demo.filling import Asker, body_for
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.domain.service import Service

# What a counter is asked for all day; tests and the plain tour keep to them.
BUSIEST = ("no-violation", "inquiry", "transfer", "clearance", "building-permit")
_NO_RECORD, _WRONG_OWNER, _UNDECLARED = 0.11, 0.03, 0.02


def chosen(services: Mapping[str, Service], only: Collection[str]) -> dict[str, Service]:
    """The services of these codes, all of them for none. Raises Refusal for an unknown code."""
    unknown = [code for code in only if code not in services]
    if unknown:
        raise Refusal(f"خدمت «{unknown[0]}» شناخته نیست: {'، '.join(services)}.")
    return {code: each for code, each in services.items() if not only or code in only}


def requests(
    city: Iterable[CityProperty],
    services: Mapping[str, Service],
    figures: City,
    seed: int,
    *,
    only: Collection[str] = BUSIEST,
) -> Iterator[tuple[Service, Asker]]:
    """Endless requests on the city's properties, in the mix of DOMAIN.md §6.5.

    They are for the services of `only`; empty means all but objections, which rest on another
    request.
    """
    random = Random(seed)
    wanted = chosen(services, only)
    services = {code: each for code, each in wanted.items() if only or not each.contests}
    records = [item.record for item in city if _has_person(item.record)]
    number = 0
    while True:
        random.shuffle(records)
        for record in records:
            number += 1
            yield _request(random, record, records, services, figures, number)


def _is_day(service: Service, key: str) -> bool:
    return service.field(key).kind is FieldKind.DATE


def _has_person(record: PropertyRecord) -> bool:
    return bool(record.owners) and len(record.owners[0].person_id) == 10


def _request(
    random: Random,
    record: PropertyRecord,
    records: list[PropertyRecord],
    services: Mapping[str, Service],
    figures: City,
    number: int,
) -> tuple[Service, Asker]:
    service = random.choice(list(services.values()))
    allowed = [k for k in service.applicants if k not in (Applicant.COMPANY, Applicant.WAQF)]
    applicant = Applicant.OWNER if random.random() < 0.6 else random.choice(allowed)
    if applicant not in service.applicants:
        applicant = random.choice(allowed)
    owner = record.owners[0]
    if random.random() < _WRONG_OWNER:
        owner = random.choice(records).owners[0]
    # As somebody could ask who stands in the service's own examples.
    answers = dict(random.choice(service.examples).answers) if service.code not in BUSIEST else {}
    answers = {k: v for k, v in answers.items() if not _is_day(service, k)}
    if any(f.key == "building" for f in service.fields):
        answers["building"] = "finished" if record.built else "land"
        answers["deal"] = random.choice(["sale", "sale", "gift", "settlement", "mortgage"])
    asker = Asker(
        applicant=applicant,
        owner=owner,
        record=record,
        code=str(record.code),
        answers=answers,
        body=body_for(service, applicant, figures, random.randrange(len(figures.bodies))),
        letter_number=f"1405/{number}",
    )
    if random.random() < _NO_RECORD:
        unknown = replace(record.code, sub_district=900 + number % 90)
        return service, replace(asker, record=None, code=str(unknown))
    if random.random() < _UNDECLARED:
        return service, replace(asker, unchanged="no")
    return service, asker
