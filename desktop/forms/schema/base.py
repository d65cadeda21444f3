"""What all tables of a file have in common: names, texts, conditions, and no unknown key."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from desktop.domain.form import ALWAYS, Condition
from desktop.domain.formula import Formula
from desktop.domain.persian import clean, to_persian_digits


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Shown = Annotated[Text, AfterValidator(to_persian_digits)]
"""What people read as it stands: its digits are theirs, whichever were typed."""
Read = Annotated[str, AfterValidator(to_persian_digits)]
"""The same where there may be nothing."""
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
FormulaText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Values = Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
When = dict[str, Values]


class Part(BaseModel):
    """A table of the file: unknown keys are faults, and nothing is read as what it isn't."""

    model_config = ConfigDict(extra="forbid", strict=True)


def condition(when: When) -> Condition:
    """The condition that a `when` table writes."""
    if not when:
        return ALWAYS
    return Condition({key: tuple(clean(value) for value in values) for key, values in when.items()})


def formula(text: str) -> Formula | None:
    """The formula of the text; None for an empty one."""
    return Formula(text) if text else None
