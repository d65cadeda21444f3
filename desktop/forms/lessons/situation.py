"""An example as it stands before a clerk: other people, another property, what is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from desktop.domain.calendar import parse_jalali
from desktop.domain.city import City
from desktop.domain.decision import Decision, decide
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.gates import Question
from desktop.domain.people import Applicant
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import Found, Owner
from desktop.domain.service import Example, Service
from desktop.forms.answers import Checked, Filled, check, conditions, kept_answers
from desktop.forms.example_records import example_record
from desktop.forms.filling import Asker, body_for, fill
from desktop.forms.lessons.citizens import Citizens, draw, mobile
from desktop.forms.recorded import record_answers

_DAYS_BEFORE = 3
_LARGEST_COUNT = 4
# What is in a paper's number: as much as a person copies without a slip.
_NUMBERS = (1_000, 9_999)


@dataclass(frozen=True)
class Situation:
    """What is right to be filled in, what the records hold, and what they answer on the day.

    `said` are the values that the records fill in by themselves, by the fields' keys.
    """

    service: Service
    example: Example
    day: date
    filled: Filled
    checked: Checked
    question: Question
    decision: Decision

    @property
    def found(self) -> Found:
        """What a look-up finds."""
        return self.question.found

    @property
    def said(self) -> Mapping[str, str]:
        """Field key → value of what the records say."""
        record = self.found.record
        if record is None:
            return {}
        return record_answers(self.service, record, self.found.building)


def without_scans(service: Service) -> Service:
    """The service as a lesson asks it: nobody has a citizen's paper to put on a scanner."""
    return replace(
        service, documents=tuple(replace(each, scan=False) for each in service.documents)
    )


def situation(
    service: Service, example: Example, variant: int, today: date, city: City
) -> Situation:
    """The example in one of its variants, told by a number; the same one for the same number.

    What was drawn is kept only where the form takes it and the outcome is the example's. Raises
    Refusal for an example whose form nobody could fill in.
    """
    random = Random(f"{service.code}:{service.version}:{example.name}:{variant}")
    lesson = without_scans(service)
    for day in _days(example, today):
        plain = _Drawn(lesson, example, day, city, random)
        try:
            return plain.varied()
        except Refusal as refusal:
            told = refusal
    raise told


def _days(example: Example, today: date) -> Iterator[date]:
    """Today; else, of an example with days of its own, shortly before the first of them."""
    yield today
    days = [day for text in example.answers.values() if (day := _day(text)) is not None]
    if days:
        yield min(days) - timedelta(days=_DAYS_BEFORE)


def _day(text: str) -> date | None:
    try:
        return parse_jalali(text)
    except Refusal:
        return None


class _Drawn:
    """One lesson being drawn: people and property first, then answer after answer."""

    def __init__(
        self, service: Service, example: Example, day: date, city: City, random: Random
    ) -> None:
        self._service, self._example, self._random = service, example, random
        self._day, self._city = day, city
        made = example_record(example.record, day, city)
        company = example.applicant is Applicant.COMPANY
        self._people: Citizens = draw(random, made.code, company=company)
        self._found = self._people.found(made.found)
        self._code = self._people.placed(made.code)
        self._mobile = mobile(random)
        low, high = _NUMBERS
        self._numbers = {
            each.key: to_persian_digits(random.randint(low, high))
            for each in service.documents
            if each.numbered and not each.number_field
        }

    def varied(self) -> Situation:
        """With as much drawn anew as the form takes. Raises Refusal where it takes not even what
        the example says."""
        answers = self._typed()
        found = self._stands(answers)
        if isinstance(found, Refusal):
            raise found
        said = found.said
        for field in self._service.form_fields:
            if field.key in self._example.answers or field.key in said or field.formula:
                continue
            drawn = self._draw(field) if self._is_answered(field, found) else None
            if drawn is None:
                continue
            other = self._stands({**answers, field.key: drawn})
            if isinstance(other, Situation):
                answers[field.key], found = drawn, other
        return found

    def _is_answered(self, field: ServiceField, found: Situation) -> bool:
        """Whether somebody says something there: a tick is asked whether it is set or not."""
        if field.kind is not FieldKind.TICK:
            return field.key in found.filled.answers
        return field.when.holds({**conditions(found.filled), **found.checked.answers})

    def _typed(self) -> dict[str, str]:
        """The example's answers as the form gives them: a tick that is not set says nothing."""
        ticks = {f.key for f in self._service.form_fields if f.kind is FieldKind.TICK}
        said = self._example.answers.items()
        return {key: text for key, text in said if key not in ticks or text == "yes"}

    def _stands(self, answers: Mapping[str, str]) -> Situation | Refusal:
        filled = self._fill(answers)
        checked = check(self._service, filled, self._day)
        if checked.faults:
            return checked.faults[0]
        kept = kept_answers(
            self._service, filled.applicant, checked.answers, self._day, self._found
        )
        question = Question(
            applicant=filled.applicant,
            owner_id=checked.party.owner_id,
            found=self._found,
            day=self._day,
            city=self._city,
            code=self._code,
            unchanged=True if filled.unchanged == "yes" else None,
            answers=kept,
        )
        decision = decide(self._service, question)
        if decision.outcome != self._example.outcome:
            return Refusal(f"«{self._example.name}»: {decision.outcome}")
        return Situation(
            self._service, self._example, self._day, filled, checked, question, decision
        )

    def _fill(self, answers: Mapping[str, str]) -> Filled:
        example, record = self._example, self._found.record
        asker = Asker(
            applicant=example.applicant,
            owner=self._people.owner,
            record=record,
            code=str(self._code),
            answers=answers,
            unchanged="yes" if example.unchanged == "yes" else "",
            body=example.answers.get("body")
            or body_for(self._service, example.applicant, self._city),
            letter_number=str(answers.get("letter_number", "1405/1")),
        )
        filled = fill(self._service, asker, self._city, self._day, None)
        documents = [
            replace(each, number=self._numbers.get(each.key, each.number))
            for each in filled.documents
        ]
        # The examples' other owners have not come along.
        party = {**filled.party, **self._proxy(filled.party)}
        return replace(filled, party=party, documents=documents, consents=())

    def _proxy(self, party: Mapping[str, str]) -> dict[str, str]:
        """Another one in place of who always asks for others, and another number to call."""
        own = {"mobile": self._mobile} if party.get("mobile") else {}
        applicant, proxy = self._example.applicant, self._people.proxy
        if applicant.is_body:
            return own | {"carrier_id": proxy.person_id}
        if applicant.represents or applicant.holds or applicant is Applicant.BUYER:
            own |= _named(proxy)
        return own

    def _draw(self, field: ServiceField) -> str | None:
        """Something else that may be answered there; None where the usual answer stays."""
        random = self._random
        low, high = _NUMBERS
        match field.kind:
            case FieldKind.CHOICE:
                return random.choice(field.choices).value
            case FieldKind.CHOICES:
                count = random.randint(1, min(2, len(field.choices)))
                drawn = random.sample([choice.value for choice in field.choices], count)
                # As the form keeps them: in the order in which they stand.
                return ",".join(each.value for each in field.choices if each.value in drawn)
            case FieldKind.WHOLE:
                return str(random.randint(max(field.least or 1, 1), _LARGEST_COUNT))
            case FieldKind.MOBILE:
                return mobile(random)
            case FieldKind.TEXT if field.key.endswith("number"):
                return to_persian_digits(random.randint(low, high))
            case FieldKind.TICK if not field.required:
                return random.choice(("yes", ""))
        return None


def _named(person: Owner) -> dict[str, str]:
    return {
        "person_id": person.person_id,
        "first_name": person.first_name,
        "last_name": person.last_name,
    }
