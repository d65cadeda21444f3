"""What a gate looks at and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.city import City
from desktop.domain.formula import Values
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.people import Applicant
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import Found, PropertyRecord
from desktop.domain.record_words import RecordWords
from desktop.domain.service import Effect, GateUse

Value = str | int
AWAITED = "awaited"
"""The code of whatever rests on a value that the expert has still to enter."""
UNASKED = "unasked"
"""The code of what looks at a record, of a request that names no property that has one."""


@dataclass(frozen=True)
class Question:
    """A request put to the records on a day.

    `owner_id` is the id of the person who would own; `consenting` the ids of owners who consent;
    `settled` what the case has paid of which sum (Rial, by key); `letter_used` whether the asking
    body's letter number came before; `foreign` whether `owner_id` is a foreigner's code. After a
    visit `visited` is true: what it left open is an expert's question, not another visit's.
    `known` and `labels` are what formulas rest on, `shown` how answers are read, `gates` what the
    service asks, `awaited` the names whose values the expert has still to enter, all set by
    `decide`.
    """

    applicant: Applicant
    owner_id: str
    found: Found
    day: date
    city: City
    code: RenewalCode | None = None
    plate: Plate | None = None
    unchanged: bool | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    consenting: tuple[str, ...] = ()
    settled: Mapping[str, int] = field(default_factory=dict)
    letter_used: bool = False
    foreign: bool = False
    visited: bool = False
    known: Values = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    gates: frozenset[str] = frozenset()
    awaited: frozenset[str] = frozenset()

    @property
    def words(self) -> RecordWords:
        """What the words of the records mean."""
        return self.city.words

    @property
    def record(self) -> PropertyRecord:
        """The property's record; only gates that need one may ask."""
        if self.found.record is None:
            raise LookupError("no record was found for this request")
        return self.found.record

    @property
    def conditions(self) -> Mapping[str, str]:
        """The answers as conditions see them."""
        return {**self.answers, "applicant": str(self.applicant)}


@dataclass(frozen=True)
class Owed:
    """A sum that a gate asks, in Rial: a debt, a fine, a restoration fee or a deposit.

    `how` tells how a tariff's sum came about.
    """

    key: str
    title: str
    year: int
    principal: int
    penalty: int
    bill_id: str = ""
    payment_id: str = ""
    how: str = ""

    @property
    def name(self) -> str:
        """«نوسازی سال ۱۴۰۵»: of several years each is told apart."""
        return self.title + (to_persian_digits(f" سال {self.year}") if self.year else "")

    @property
    def amount(self) -> int:
        """Principal and penalty, Rial."""
        return self.principal + self.penalty


@dataclass(frozen=True)
class Finding:
    """What one gate found: passed, or failed with an effect; a reason code and its values.

    `margin` is the number of days between the day and the gate's boundary, where it has one.
    """

    gate: str
    code: str
    effect: Effect | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    owed: tuple[Owed, ...] = ()
    margin: int | None = None

    @property
    def passed(self) -> bool:
        """Whether the gate passes."""
        return self.effect is None


# A gate gives None when it is not asked of this request.
Gate = Callable[[Question, GateUse], Finding | None]
