"""A service as a value: its fields, documents, fees, gates, letters and worked examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant


class Effect(StrEnum):
    """What a failing gate asks for; `strictness` orders them (RULES.md §1)."""

    REFUSE = "refuse"
    VISIT = "visit"
    REVIEW = "review"
    PAY = "pay"
    NOTE = "note"

    @property
    def strictness(self) -> int:
        """0 for a note up to 4 for a refusal."""
        return _STRICTNESS.index(self)


_STRICTNESS = (Effect.NOTE, Effect.PAY, Effect.REVIEW, Effect.VISIT, Effect.REFUSE)


class FieldKind(StrEnum):
    """How a field is typed in, checked and kept; every answer is kept as text."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    AREA = "area"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    TICK = "tick"
    NATIONAL_ID = "national-id"
    LEGAL_ID = "legal-id"
    MOBILE = "mobile"
    POSTAL_CODE = "postal-code"


@dataclass(frozen=True)
class Condition:
    """Holds when each key's value is one of its listed values; the empty condition always holds.

    Keys are field keys, `applicant`, or `record` (found, none, or unknown without a line).
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether the answers meet it."""
        return all(answers.get(key, "") in wanted for key, wanted in self.values.items())


ALWAYS = Condition()
NEVER = Condition({"never": ("never",)})


@dataclass(frozen=True)
class Choice:
    """One of a field's choices: what is kept and what is read."""

    value: str
    label: str


@dataclass(frozen=True)
class ServiceField:
    """One input of a service's form.

    `record` is the path in the property's record that fills it (then it is read only). `least` and
    `most` bound numbers; `not_after_today` and `not_before` (another field's key) bound dates.
    """

    key: str
    label: str
    kind: FieldKind
    required: bool = False
    choices: tuple[Choice, ...] = ()
    when: Condition = ALWAYS
    record: str = ""
    least: int | None = None
    most: int | None = None
    longest: int = 200
    not_after_today: bool = False
    not_before: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Document:
    """A document to be seen; `why` follows its title when a condition asks for it («چون وکیل»)."""

    key: str
    title: str
    when: Condition = ALWAYS
    why: str = ""
    numbered: bool = False
    dated: bool = False
    remedy: str = ""


@dataclass(frozen=True)
class GateUse:
    """A gate as a service uses it: its own effect or another, a condition, figures."""

    gate: str
    effect: Effect | None = None
    when: Condition = ALWAYS
    months: int = 0
    scopes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    all_debts: bool = False


class Validity(StrEnum):
    """How long an answer holds: so many months, and at the latest to the end of Esfand or not."""

    MONTHS = "months"
    END_OF_YEAR = "end-of-year"


@dataclass(frozen=True)
class LetterForm:
    """The template of one letter: Jinja2 text; a blank line ends a paragraph."""

    kind: LetterKind
    subject: str
    addressee: str
    body: str
    closing: str = ""
    copies: tuple[str, ...] = ()
    validity: Validity = Validity.MONTHS
    months: int = 0


@dataclass(frozen=True)
class Term:
    """The promise: so many days from receipt, calendar or working; red from day `red_from`."""

    days: int
    working: bool = False
    red_from: int = 0
    basis: str = ""


@dataclass(frozen=True)
class Example:
    """A worked example that must pass: a named record, an applicant and answers, the outcome."""

    name: str
    record: str
    outcome: str
    applicant: Applicant
    answers: Mapping[str, str]
    unchanged: str
    gates: tuple[str, ...] | None


@dataclass(frozen=True)
class Service:
    """A service file in force from `effective`; `version` is 12 hex digits of its sha256."""

    code: str
    title: str
    effective: date
    version: str
    icon: str
    digit: int
    legal_basis: tuple[str, ...]
    applicants: tuple[Applicant, ...]
    purpose: str
    fields: tuple[ServiceField, ...]
    documents: tuple[Document, ...]
    gates: tuple[GateUse, ...]
    letters: Mapping[LetterKind, LetterForm]
    fees: Mapping[str, str]
    term: Term
    declares: bool
    needs_property: bool
    examples: tuple[Example, ...] = ()

    @property
    def asks_consents(self) -> bool:
        """Whether the other owners' consents count (gate `co-owners`)."""
        return any(use.gate == "co-owners" for use in self.gates)

    def field(self, key: str) -> ServiceField:
        """The field with that key; KeyError when there is none."""
        return next(f for f in self.fields if f.key == key)

    def asked_fields(self, answers: Mapping[str, str]) -> tuple[ServiceField, ...]:
        """The fields that these answers (with `applicant`) ask for, in the form's order."""
        return tuple(f for f in self.fields if f.when.holds(answers))

    def asked_documents(self, answers: Mapping[str, str]) -> tuple[Document, ...]:
        """The documents that these answers (with `applicant`) ask for."""
        return tuple(d for d in self.documents if d.when.holds(answers))
