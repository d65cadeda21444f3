"""What a form asks: fields and their kinds, conditions, cross-checks, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.formula import Formula


class FieldKind(StrEnum):
    """How a field is typed in, checked and kept; every answer is kept as text."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    AREA = "area"
    METRES = "metres"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    TICK = "tick"
    NATIONAL_ID = "national-id"
    LEGAL_ID = "legal-id"
    MOBILE = "mobile"
    POSTAL_CODE = "postal-code"
    TABLE = "table"

    @property
    def is_number(self) -> bool:
        """Whether its answers are numbers that are added, compared and aligned."""
        return self in (FieldKind.WHOLE, FieldKind.AREA, FieldKind.METRES, FieldKind.MONEY)

    @property
    def names_somebody(self) -> bool:
        """Whether its answers are ids of persons or bodies, masked wherever they are only read."""
        return self in (FieldKind.NATIONAL_ID, FieldKind.LEGAL_ID)


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
    """One input of a service's form, or one column of a table.

    `record` is the path in the property's record that fills it, `formula` what works it out of
    other answers, a column of those before it in its row (then it is read only). `least` and `most`
    bound numbers and the rows of a table; `not_after_today`, `not_before_today` and `not_before`
    (another field's key) bound dates. What is `by_expert` is asked of the expert who decides, never
    at the counter.
    """

    key: str
    label: str
    kind: FieldKind
    required: bool = False
    choices: tuple[Choice, ...] = ()
    when: Condition = ALWAYS
    record: str = ""
    formula: Formula | None = None
    columns: tuple[ServiceField, ...] = ()
    least: int | None = None
    most: int | None = None
    longest: int = 200
    not_after_today: bool = False
    not_before_today: bool = False
    not_before: str = ""
    hint: str = ""
    by_expert: bool = False


@dataclass(frozen=True)
class Check:
    """What must hold between answers: the formula, the field beside which it is told, the words."""

    holds: Formula
    field: str
    words: str
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Document:
    """A document to be seen; `why` follows its title when a condition asks for it («زمین وقفی»).

    With `scan` its picture is kept with the case, else that is as the counter likes. `number_field`
    and `date_field` are the fields of the form that ask the same paper's number and date: what is
    given in one place counts in the other.
    """

    key: str
    title: str
    when: Condition = ALWAYS
    why: str = ""
    numbered: bool = False
    dated: bool = False
    remedy: str = ""
    scan: bool = False
    number_field: str = ""
    date_field: str = ""
