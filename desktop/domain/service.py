"""A service as a value: its form, fees, gates, letters, terms and worked examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from desktop.domain.calendar import OfficeCalendar, add_months
from desktop.domain.form import ALWAYS, Check, Condition, Document, ServiceField
from desktop.domain.formula import Formula
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.tariff import Tariff


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


@dataclass(frozen=True)
class Rule:
    """A condition of one service alone (RULES.md §3, «others»), with words of its own.

    It fails when the formula is true, or rests on something that nobody said: the careful side.
    `{key}` in a sentence stands for a value of the formula. `letter` is a whole sentence.
    """

    key: str
    fails: Formula
    title: str
    seen: str
    passes: str
    letter: str
    article: str = ""


# What a dig's gate asks to be paid.
RESTORATION = ("restoration", "deposit")


@dataclass(frozen=True)
class GateUse:
    """A gate as a service uses it: its own effect or another, a condition, figures.

    `charges` names the tariffs that the gate asks to be paid, `after` the form's date before which
    a visit saw nothing, `unless` a paper with which the gate passes.
    """

    gate: str
    effect: Effect | None = None
    when: Condition = ALWAYS
    months: int = 0
    scopes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    all_debts: bool = False
    charges: tuple[str, ...] = ()
    rule: Rule | None = None
    after: str = ""
    unless: str = ""

    @property
    def name(self) -> str:
        """What its findings are called."""
        return self.rule.key if self.rule else self.gate

    @property
    def tariffs(self) -> tuple[str, ...]:
        """The tariffs that it asks to be paid; a dig's gate knows its own."""
        return self.charges or (RESTORATION if self.gate == "restoration" else ())


class Validity(StrEnum):
    """How long an answer holds: so many months, and at the latest to the end of Esfand or not.

    `answer` is the day that an answer names (`LetterForm.until`).
    """

    MONTHS = "months"
    END_OF_YEAR = "end-of-year"
    ANSWER = "answer"


@dataclass(frozen=True)
class ConditionalValidity:
    """For how many Jalali months a letter holds where the condition does."""

    months: int
    when: Condition


@dataclass(frozen=True)
class LetterForm:
    """The template of one letter: Jinja2 text; a blank line ends a paragraph.

    It holds `months`, or as long as the first of `spans` says that the answers meet.
    `until` is the key of the date field whose day ends the letter, for `Validity.ANSWER`, or by
    which a sum is paid at the latest, for a debt letter with `Validity.END_OF_YEAR`; `after` that
    of a date from which the months count where it is later than the day of issue; `table` that of a
    table of the form that stands under the text. `attachment` names what goes with it.
    """

    kind: LetterKind
    subject: str
    addressee: str
    body: str
    closing: str = ""
    copies: tuple[str, ...] = ()
    validity: Validity = Validity.MONTHS
    months: int = 0
    until: str = ""
    after: str = ""
    table: str = ""
    attachment: str = ""
    spans: tuple[ConditionalValidity, ...] = ()

    def lasting(self, answers: Mapping[str, str]) -> int:
        """For how many months it holds with these answers (with `applicant`); 0 for no end."""
        return next((span.months for span in self.spans if span.when.holds(answers)), self.months)


@dataclass(frozen=True)
class Term:
    """The promise: so many days (calendar or working) or months from receipt.

    Red from day `red_from` of the term, or for months from `red_before` days before its end.
    """

    days: int = 0
    months: int = 0
    working: bool = False
    red_from: int = 0
    red_before: int = 0
    basis: str = ""
    when: Condition = ALWAYS

    @property
    def red_left(self) -> int | None:
        """With how many days left it is red; None when it never is before it is over."""
        if self.months:
            return self.red_before or None
        return max(0, self.days - self.red_from) if self.red_from else None

    def ends(self, received_on: date, calendar: OfficeCalendar) -> date:
        """The promised day of a request received on that day.

        A term that ends while offices are shut ends on the next day they are open (article 444 of
        the Code of Civil Procedure).
        """
        if self.working:
            return calendar.add_working_days(received_on, self.days)
        if self.months:
            return calendar.first_working_day(add_months(received_on, self.months))
        return calendar.first_working_day(received_on + timedelta(days=self.days))


@dataclass(frozen=True)
class LinkedService:
    """Another service that is opened from a case of this one, with what is known carried over.

    `carry` maps the other form's fields to this one's, `give` to fixed answers.
    """

    service: str
    title: str
    when: Condition
    carry: Mapping[str, str]
    give: Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A worked example that must pass: a named record, an applicant and answers, the outcome.

    With `entered` the outcome is the one after the expert entered these and cleared the rest.
    """

    name: str
    record: str
    outcome: str
    applicant: Applicant
    answers: Mapping[str, str]
    unchanged: str
    gates: tuple[str, ...] | None
    entered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """A service file in force from `effective`; `version` is 12 hex digits of its sha256.

    `short` is its name where room is scarce, `act` what is asked of the municipality («صدور گواهی
    عدم خلاف»), `family` the group it stands in. `terms` are the promises: the first that holds
    counts. `fees` names the tariff for each occasion (`office`, `visit`). `commission` is the
    article of the commission without whose ruling no expert can answer (DOMAIN.md §1.0.8). With
    `debts_at_once` due debts are told by their own letter while a visit or an expert is awaited.
    One that `contests` is an objection: its unit answers it (`domain/contest`).
    `tariffs` and `rates` (Rial) are those that no other service asks; what the municipality has
    published of the same name stands before them (`City.serving`).
    """

    code: str
    title: str
    short: str
    act: str
    effective: date
    version: str
    icon: str
    digit: int
    family: str
    legal_basis: tuple[str, ...]
    applicants: tuple[Applicant, ...]
    purpose: str
    fields: tuple[ServiceField, ...]
    checks: tuple[Check, ...]
    documents: tuple[Document, ...]
    gates: tuple[GateUse, ...]
    letters: Mapping[LetterKind, LetterForm]
    fees: Mapping[str, str]
    terms: tuple[Term, ...]
    links: tuple[LinkedService, ...]
    declares: bool
    needs_property: bool
    examples: tuple[Example, ...] = ()
    commission: str = ""
    debts_at_once: bool = False
    contests: bool = False
    tariffs: Mapping[str, Tariff] = field(default_factory=dict)
    rates: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    @property
    def asks_consents(self) -> bool:
        """Whether the other owners' consents count (gate `co-owners`)."""
        return any(use.gate == "co-owners" for use in self.gates)

    def declared_by(self, applicant: Applicant) -> bool:
        """Whether the applicant is asked that the building stands unchanged: no body can say so."""
        return self.declares and not applicant.is_body

    def asks(self, gate: str, answers: Mapping[str, str]) -> bool:
        """Whether the gate is asked of these answers (with `applicant`)."""
        return any(use.gate == gate and use.when.holds(answers) for use in self.gates)

    @property
    def expert_rests(self) -> frozenset[str]:
        """The form's answers on which what the expert enters, and sees worked out, rests."""
        own = [f for f in self.fields if f.by_expert]
        keys = {f.key for f in own}
        checks = [check for check in self.checks if check.holds.roots & keys]
        conditions = [each.when for each in own] + [check.when for check in checks]
        formulas = [f.formula for f in own if f.formula] + [check.holds for check in checks]
        named = {key for condition in conditions for key in condition.values}
        named |= {name for formula in formulas for name in formula.roots}
        return frozenset(f.key for f in self.form_fields if f.key in named)

    def field(self, key: str) -> ServiceField:
        """The field with that key; KeyError when there is none."""
        return next(f for f in self.fields if f.key == key)

    def asked_fields(self, answers: Mapping[str, str]) -> tuple[ServiceField, ...]:
        """The fields that these answers (with `applicant`) ask for, in the form's order."""
        return tuple(f for f in self.form_fields if f.when.holds(answers))

    def unanswered(self, answers: Mapping[str, str]) -> tuple[ServiceField, ...]:
        """The fields that these answers (with `applicant` and `record`) demand, and lack."""
        demanded = (f for f in self.asked_fields(answers) if f.required and f.formula is None)
        return tuple(f for f in demanded if not answers.get(f.key))

    @property
    def form_fields(self) -> tuple[ServiceField, ...]:
        """What is asked at the counter, in the form's order."""
        return tuple(f for f in self.fields if not f.by_expert)

    def expert_fields(self, answers: Mapping[str, str]) -> tuple[ServiceField, ...]:
        """What the expert enters or sees worked out, for these answers (with `applicant`)."""
        return tuple(f for f in self.fields if f.by_expert and f.when.holds(answers))

    def asked_documents(self, answers: Mapping[str, str]) -> tuple[Document, ...]:
        """The documents that these answers (with `applicant`) ask for."""
        return tuple(d for d in self.documents if d.when.holds(answers))

    def links_of(self, answers: Mapping[str, str]) -> tuple[LinkedService, ...]:
        """The services that may be opened from a case of these answers (with `applicant`)."""
        return tuple(link for link in self.links if link.when.holds(answers))

    def term(self, answers: Mapping[str, str]) -> Term:
        """The promise that holds for these answers: the last one has no condition."""
        return next(t for t in self.terms if t.when.holds(answers))
