"""The shape of a service file, key by key; what a file may say and nothing else (DESIGN.md §5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from desktop.domain.decision import Outcome
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.persian import clean
from desktop.domain.service import (
    ALWAYS,
    Choice,
    Condition,
    Document,
    Effect,
    Example,
    FieldKind,
    GateUse,
    LetterForm,
    Service,
    ServiceField,
    Term,
    Validity,
)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Values = Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
When = dict[str, Values]


class Part(BaseModel):
    """A table of the file: unknown keys are faults, and nothing is read as what it isn't."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ChoicePart(Part):
    """A choice: the value that is kept and gates see, and the label that is read."""

    value: Annotated[str, StringConstraints(min_length=1)]
    label: Text


def _choice(value: object) -> object:
    return {"value": value, "label": value} if isinstance(value, str) else value


class FieldPart(Part):
    """`[[field]]`: one input of the form."""

    key: Key
    label: Text
    kind: Annotated[FieldKind, Field(strict=False)]
    required: bool = False
    choices: list[Annotated[ChoicePart, BeforeValidator(_choice)]] = []
    when: When = {}
    record: str = ""
    least: int | None = None
    most: int | None = None
    longest: Annotated[int, Field(ge=1, le=4000)] = 200
    not_after_today: bool = False
    not_before: str = ""
    hint: str = ""

    def value(self) -> ServiceField:
        """The field as the program knows it."""
        return ServiceField(
            key=self.key,
            label=self.label,
            kind=self.kind,
            required=self.required,
            choices=tuple(Choice(clean(c.value), c.label) for c in self.choices),
            when=condition(self.when),
            record=self.record,
            least=self.least,
            most=self.most,
            longest=self.longest,
            not_after_today=self.not_after_today,
            not_before=self.not_before,
            hint=self.hint,
        )


class DocumentPart(Part):
    """`[[document]]`: a document to be seen; `remedy` says how a missing one is mended."""

    key: Key
    title: Text
    when: When = {}
    why: str = ""
    numbered: bool = False
    dated: bool = False
    remedy: Text

    def value(self) -> Document:
        """The document as the program knows it."""
        return Document(
            key=self.key,
            title=self.title,
            when=condition(self.when),
            why=self.why,
            numbered=self.numbered,
            dated=self.dated,
            remedy=self.remedy,
        )


class GatePart(Part):
    """`[[gate]]`: a gate of RULES.md §2 as this service uses it."""

    use: str
    effect: Annotated[Effect | None, Field(strict=False)] = None
    when: When = {}
    months: Annotated[int, Field(ge=0, le=120)] = 0
    scopes: list[Literal["all", "transfer", "build", "any"]] = []
    kinds: list[Literal["completion", "no-violation"]] = []
    all_debts: bool = False

    def value(self) -> GateUse:
        """The use as the program knows it."""
        return GateUse(
            gate=self.use,
            effect=self.effect,
            when=condition(self.when),
            months=self.months,
            scopes=tuple(self.scopes),
            kinds=tuple(self.kinds),
            all_debts=self.all_debts,
        )


class LetterPart(Part):
    """`[letter.answer]`, `[letter.refuse]`, `[letter.debt]`: Jinja2 text, forms/vocabulary.py."""

    subject: Text
    addressee: Text
    body: Annotated[str, StringConstraints(min_length=1, max_length=8000)]
    closing: str = ""
    copies: list[Text] = []
    validity: Annotated[Validity, Field(strict=False)] = Validity.MONTHS
    months: Annotated[int, Field(ge=0, le=120)] = 0

    def value(self, kind: LetterKind) -> LetterForm:
        """The form as the program knows it."""
        return LetterForm(
            kind=kind,
            subject=self.subject,
            addressee=self.addressee,
            body=self.body,
            closing=self.closing,
            copies=tuple(self.copies),
            validity=self.validity,
            months=self.months,
        )


class LettersPart(Part):
    """`[letter]`: an answer and a refusal always, a debt letter where a gate can ask for money."""

    answer: LetterPart
    refuse: LetterPart
    debt: LetterPart | None = None

    def values(self) -> dict[LetterKind, LetterForm]:
        """The letters by kind."""
        parts = {
            LetterKind.ANSWER: self.answer,
            LetterKind.REFUSAL: self.refuse,
            LetterKind.DEBT: self.debt,
        }
        return {kind: part.value(kind) for kind, part in parts.items() if part is not None}


class TermPart(Part):
    """`[term]`: the promise in days from receipt (RULES.md "Deadlines")."""

    days: Annotated[int, Field(ge=1, le=730)]
    working: bool = False
    red_from: Annotated[int, Field(ge=0)] = 0
    basis: str = ""

    def value(self) -> Term:
        """The term as the program knows it."""
        return Term(self.days, self.working, self.red_from, self.basis)


class FeesPart(Part):
    """`[fees]`: for each occasion the key of the city's tariff; empty means none is taken."""

    office: str = ""
    visit: str = ""


class ExamplePart(Part):
    """`[[example]]`: a named record (forms/examples.py), a request, and what must come out."""

    name: Text
    record: str
    outcome: Annotated[Outcome, Field(strict=False)]
    applicant: Annotated[Applicant, Field(strict=False)] = Applicant.OWNER
    answers: dict[str, str] = {}
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
            unchanged=self.unchanged,
            gates=None if self.gates is None else tuple(self.gates),
        )


class ServiceFile(Part):
    """A whole service file."""

    code: Code
    title: Text
    effective: date
    icon: Code = "file-text"
    digit: Annotated[int, Field(ge=0, le=9)] = 0
    purpose: Text
    legal_basis: Annotated[list[Text], Field(min_length=1)]
    applicants: Annotated[list[Annotated[Applicant, Field(strict=False)]], Field(min_length=1)]
    declares: bool = True
    needs_property: bool = True
    fees: FeesPart
    term: TermPart
    field: list[FieldPart] = []
    document: list[DocumentPart] = []
    gate: Annotated[list[GatePart], Field(min_length=1)]
    letter: LettersPart
    example: Annotated[list[ExamplePart], Field(min_length=1)]

    def value(self, version: str) -> Service:
        """The service as the program knows it."""
        fees = {"office": self.fees.office, "visit": self.fees.visit}
        return Service(
            code=self.code,
            title=self.title,
            effective=self.effective,
            version=version,
            icon=self.icon,
            digit=self.digit,
            legal_basis=tuple(self.legal_basis),
            applicants=tuple(self.applicants),
            purpose=self.purpose,
            fields=tuple(part.value() for part in self.field),
            documents=tuple(part.value() for part in self.document),
            gates=tuple(part.value() for part in self.gate),
            letters=self.letter.values(),
            fees={occasion: tariff for occasion, tariff in fees.items() if tariff},
            term=self.term.value(),
            declares=self.declares,
            needs_property=self.needs_property,
            examples=tuple(part.value() for part in self.example),
        )


def condition(when: When) -> Condition:
    """The condition that a `when` table writes."""
    if not when:
        return ALWAYS
    return Condition({key: tuple(clean(value) for value in values) for key, values in when.items()})
