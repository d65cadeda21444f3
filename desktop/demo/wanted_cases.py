"""Requests with a wanted end: for a service and outcome a property of the city that gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from desktop.centre.records.lookup import find
from desktop.demo.city import make_city
from desktop.demo.filling import Asker, body_for, fill, plate_of
from desktop.domain.calendar import iso_jalali, parse_jalali
from desktop.domain.city import City
from desktop.domain.decision import Outcome, decide
from desktop.domain.form import FieldKind
from desktop.domain.gates import Question
from desktop.domain.identifiers import RenewalCode, renewal_code
from desktop.domain.property import Owner, PropertyRecord
from desktop.domain.service import Example, Service
from desktop.forms.answers import Filled, kept_answers
from desktop.forms.example_records import OTHER_ID
from desktop.premises.open import House

_WEEKS_AHEAD = (1, 4, 8)
ORDER = (Outcome.ANSWER, Outcome.PAY, Outcome.VISIT, Outcome.REVIEW, Outcome.REFUSE)
_STRANGER = Owner("جواد", "حاتمی", OTHER_ID, Decimal(0))


@dataclass(frozen=True)
class WantedCase:
    """A request and the outcome that it will have."""

    service: Service
    outcome: Outcome
    filled: Filled


def outcomes_of(service: Service) -> tuple[Outcome, ...]:
    """What the service can answer at once, by its own examples."""
    possible = {Outcome(each.outcome) for each in service.examples if not each.entered}
    return tuple(outcome for outcome in ORDER if outcome in possible)


class CaseSource:
    """Finds requests in the house's city of so many properties, each on a property of its own."""

    def __init__(
        self, house: House, figures: City, *, properties: int, seed: int, day: date
    ) -> None:
        self._house, self._figures, self._day = house, figures, day
        city = make_city(properties, seed, day)
        self._records = [item.record for item in city if _is_plain(item.record)]
        self._taken: set[str] = set()
        self._letters = 0

    def request(self, service: Service, outcome: Outcome, record: str = "") -> WantedCase:
        """A filled form that comes out so, as an example on that record where one is named.

        Raises LookupError when the city has none.
        """
        for example in service.examples:
            other = example.outcome != outcome or record not in ("", example.record)
            if other or example.entered:
                continue
            for answers in _to_come(service, example.answers, self._day):
                for asker in self._askers(service, replace(example, answers=answers)):
                    if self._comes_out(service, asker) is outcome:
                        self._taken.add(asker.code)
                        filled = fill(service, asker, self._figures, self._day)
                        return WantedCase(service, outcome, filled)
        raise LookupError(f"no property gives {service.code}: {outcome}")

    def _askers(self, service: Service, example: Example) -> Iterator[Asker]:
        """Who could ask as the example does, on every property that is still free."""
        self._letters += 1
        asker = Asker(
            applicant=example.applicant,
            owner=_STRANGER,
            record=None,
            code="",
            answers={k: v for k, v in example.answers.items() if k != "letter_number"},
            unchanged=example.unchanged or "yes",
            body=body_for(service, example.applicant, self._figures),
            letter_number=f"1405/{4100 + self._letters}",
        )
        free = [r for r in self._records if str(r.code) not in self._taken]
        if _of_the_whole(service):
            free.sort(key=lambda record: record.code.is_unit)
        unknown = replace(free[0].code, block=free[0].code.block + 300, parcel=self._letters)
        match example.record:
            case "none":
                yield replace(asker, owner=free[0].owners[0], code=str(unknown))
            case "outside-city":
                for district in self._figures.where:
                    code = replace(unknown, district=district)
                    yield replace(asker, owner=free[0].owners[0], code=str(code))
            case "ambiguous":
                # The code of one property and the plate of another.
                for record, other in pairwise(free):
                    both = replace(asker, code=str(record.code), plate=other.plate)
                    yield replace(both, owner=record.owners[0])
            case "other-owner":
                for record in free:
                    yield replace(asker, record=record, code=str(record.code))
            case _:
                for record in free:
                    own = replace(asker, owner=record.owners[0], record=record)
                    for answers in _of_its_own(record, asker.answers):
                        yield replace(own, code=str(record.code), answers=answers)

    def _comes_out(self, service: Service, asker: Asker) -> Outcome:
        code: RenewalCode = renewal_code(asker.code)
        with self._house.centre.reading() as session:
            found = find(session, code, plate_of(asker))
        filled = fill(service, asker, self._figures, self._day)
        question = Question(
            applicant=asker.applicant,
            owner_id=asker.owner.person_id,
            found=found,
            day=self._day,
            city=self._figures,
            code=code,
            unchanged={"yes": True, "no": False}.get(filled.unchanged),
            answers=kept_answers(service, asker.applicant, filled.answers, self._day, found),
        )
        return decide(service, question).outcome


def _to_come(
    service: Service, answers: Mapping[str, str], today: date
) -> Iterator[Mapping[str, str]]:
    """The answers; where days that must lie ahead are over, those and the later ones moved on
    together, some weeks farther should the first be ones on which it comes out otherwise."""
    dated = [each for each in service.fields if each.kind is FieldKind.DATE]
    days = {each.key: parse_jalali(answers[each.key]) for each in dated if answers.get(each.key)}
    ahead = [days[each.key] for each in dated if each.not_before_today and each.key in days]
    if not ahead or min(ahead) >= today:
        yield answers
        return
    for weeks in _WEEKS_AHEAD:
        later = today + timedelta(weeks=weeks) - min(ahead)
        moved = {key: iso_jalali(day + later) for key, day in days.items() if day >= min(ahead)}
        yield {**answers, **moved}


def _of_the_whole(service: Service) -> bool:
    """Whether it is asked for a whole plot or house, a flat only where nothing else will do.

    What is built is, and what is asked of all owners.
    """
    return service.family == "building" or service.asks_consents


def _of_its_own(record: PropertyRecord, answers: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The answers with the number of each paper of the property, where they name one."""
    if "paper_number" in answers:
        numbers = [permit.number for permit in record.permits]
        numbers += [certificate.number for certificate in record.certificates]
        for number in numbers:
            yield {**answers, "paper_number": number}
    yield answers


def _is_plain(record: PropertyRecord) -> bool:
    """One living person owns it and its plate is whole, so that the form is typed as it stands."""
    owners = record.owners
    return len(owners) == 1 and len(owners[0].person_id) == 10 and record.plate is not None
