"""The whole service file: what stands on its top, its fees, terms, links and examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from desktop.domain.decision import Outcome
from desktop.domain.form import FieldKind
from desktop.domain.known import NO
from desktop.domain.people import Applicant
from desktop.domain.persian import clean
from desktop.domain.service import Example, LinkedService, Service, Term
from desktop.forms.schema.base import Code, Key, Part, Read, Shown, Text, When, condition
from desktop.forms.schema.form import CheckPart, DocumentPart, FieldPart
from desktop.forms.schema.gates import GatePart, as_gate
from desktop.forms.schema.letters import LettersPart
from desktop.forms.schema.tariffs import RatesPart, TariffPart, rate_tables

FIRST = ("outside-city", "record", "ambiguous-record", "doubted-record", "record-age")
Family = Literal["building", "property", "street", "utility"]


def _conditions(part: Part) -> Iterator[When]:
    """Every condition that the table and the tables within it write."""
    for name, value in part:
        if name == "when":
            yield value
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, Part):
                yield from _conditions(inner)


class TermPart(Part):
    """`[[term]]`: the promise in days or months from receipt (RULES.md "Deadlines")."""

    days: Annotated[int, Field(ge=0, le=730)] = 0
    months: Annotated[int, Field(ge=0, le=24)] = 0
    working: bool = False
    red_from: Annotated[int, Field(ge=0)] = 0
    red_before: Annotated[int, Field(ge=0)] = 0
    basis: Read = ""
    when: When = {}

    def value(self) -> Term:
        """The term as the program knows it."""
        return Term(
            days=self.days,
            months=self.months,
            working=self.working,
            red_from=self.red_from,
            red_before=self.red_before,
            basis=self.basis,
            when=condition(self.when),
        )


class FeesPart(Part):
    """`[fees]`: for each occasion the key of the tariff; empty means none is taken."""

    office: str = ""
    visit: str = ""


class LinkPart(Part):
    """`[[link]]`: another service that is opened from a case of this one, answers carried over.

    `carry` maps a field of the other form to a field of this one.
    """

    service: Code
    title: Shown
    when: When = {}
    carry: dict[Key, Key] = {}
    give: dict[Key, str] = {}

    def value(self) -> LinkedService:
        """The link as the program knows it."""
        return LinkedService(self.service, self.title, condition(self.when), self.carry, self.give)


class ExamplePart(Part):
    """`[[example]]`: a named record (forms/examples.py), a request, and what must come out.

    With `expert`, what the expert enters: the outcome is then the one after his decision.
    """

    name: Text
    record: str
    outcome: Annotated[Outcome, Field(strict=False)]
    applicant: Annotated[Applicant, Field(strict=False)] = Applicant.OWNER
    answers: dict[str, str] = {}
    expert: dict[str, str] = {}
    unchanged: Literal["yes", "no", ""] = "yes"
    gates: list[str] | None = None

    def value(self) -> Example:
        """The example as the program knows it."""
        return Example(
            name=self.name,
            record=self.record,
            outcome=str(self.outcome),
            applicant=self.applicant,
            answers={key: clean(value) for key, value in self.answers.items()},
            entered={key: clean(value) for key, value in self.expert.items()},
            unchanged=self.unchanged,
            gates=None if self.gates is None else tuple(self.gates),
        )


def _terms(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class ServiceFile(Part):
    """A whole service file."""

    code: Code
    title: Shown
    short: Read = ""
    act: Read = ""
    effective: date
    icon: Code = "file-text"
    digit: Annotated[int, Field(ge=0, le=9)] = 0
    family: Family = "property"
    purpose: Shown
    legal_basis: Annotated[list[Shown], Field(min_length=1)]
    applicants: Annotated[list[Annotated[Applicant, Field(strict=False)]], Field(min_length=1)]
    commission: Literal["", "100", "5"] = ""
    declares: bool = True
    needs_property: bool = True
    debts_at_once: bool = False
    contests: bool = False
    fees: FeesPart
    term: Annotated[list[TermPart], BeforeValidator(_terms), Field(min_length=1)]
    field: list[FieldPart] = []
    check: list[CheckPart] = []
    document: list[DocumentPart] = []
    gate: Annotated[list[Annotated[GatePart, BeforeValidator(as_gate)]], Field(min_length=1)]
    letter: LettersPart
    tariff: list[TariffPart] = []
    rates: RatesPart = {}
    link: list[LinkPart] = []
    example: Annotated[list[ExamplePart], Field(min_length=1)]

    @model_validator(mode="after")
    def _untouched_is_no(self) -> Self:
        """A box that nobody ticks says nothing, and is asked for as «no»."""
        ticks = {part.key for part in self.field if part.kind is FieldKind.TICK}
        for when in _conditions(self):
            for key, values in when.items():
                if key in ticks and NO in values:
                    values.append("")
        return self

    def value(self, version: str) -> Service:
        """The service as the program knows it."""
        fees = {"office": self.fees.office, "visit": self.fees.visit}
        return Service(
            code=self.code,
            title=self.title,
            short=self.short or self.title,
            act=self.act or f"صدور {self.title}",
            effective=self.effective,
            version=version,
            icon=self.icon,
            digit=self.digit,
            family=self.family,
            legal_basis=tuple(self.legal_basis),
            applicants=tuple(self.applicants),
            purpose=self.purpose,
            commission=self.commission,
            fields=tuple(part.value() for part in self.field),
            checks=tuple(part.value() for part in self.check),
            documents=tuple(part.value() for part in self.document),
            gates=tuple(part.value() for part in (*self._first_gates(), *self._own_gates())),
            letters=self.letter.values(),
            fees={occasion: tariff for occasion, tariff in fees.items() if tariff},
            terms=tuple(part.value() for part in self.term),
            links=tuple(part.value() for part in self.link),
            declares=self.declares,
            needs_property=self.needs_property,
            debts_at_once=self.debts_at_once,
            contests=self.contests,
            examples=tuple(part.value() for part in self.example),
            tariffs={part.key: part.value() for part in self.tariff},
            rates=rate_tables(self.rates),
        )

    def _first_gates(self) -> list[GatePart]:
        """What every property service asks before its own gates (RULES.md §3)."""
        own = {part.use for part in self.gate}
        asked = FIRST if self.needs_property else ()
        return [GatePart(use=use) for use in asked if use not in own]

    def _own_gates(self) -> list[GatePart]:
        """The file's gates; wherever standing is asked, an heir's owner must be recorded dead."""
        own = {part.use for part in self.gate}
        asked: list[GatePart] = []
        for part in self.gate:
            asked.append(part)
            if part.use == "standing" and "heir" not in own:
                asked.append(GatePart(use="heir", when=part.when))
        return asked
