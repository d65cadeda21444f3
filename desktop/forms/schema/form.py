"""`[[field]]`, `[[check]]`, `[[document]]`: what the form asks and what must hold of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from desktop.domain.form import Check, Choice, Document, FieldKind, ServiceField
from desktop.domain.formula import Formula
from desktop.domain.persian import clean
from desktop.forms.schema.base import FormulaText, Key, Part, Read, Shown, When, condition, formula


class ChoicePart(Part):
    """A choice: the value that is kept and gates see, and the label that is read."""

    value: Annotated[str, StringConstraints(min_length=1)]
    label: Shown


def _choice(value: object) -> object:
    return {"value": value, "label": value} if isinstance(value, str) else value


class _AskedPart(Part):
    """What a field and a column of a table have in common."""

    key: Key
    label: Shown
    required: bool = False
    choices: list[Annotated[ChoicePart, BeforeValidator(_choice)]] = []
    least: int | None = None
    most: int | None = None
    longest: Annotated[int, Field(ge=1, le=4000)] = 200

    def _choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(clean(c.value), c.label) for c in self.choices)


class ColumnPart(_AskedPart):
    """`[[field.column]]`: one column of a table; `formula` works it out of columns above it."""

    kind: Annotated[FieldKind, Field(strict=False)]
    formula: FormulaText = ""

    def value(self) -> ServiceField:
        """The column as the program knows it."""
        return ServiceField(
            key=self.key,
            label=self.label,
            kind=self.kind,
            required=self.required,
            choices=self._choices(),
            formula=formula(self.formula),
            least=self.least,
            most=self.most,
            longest=self.longest,
        )


class FieldPart(_AskedPart):
    """`[[field]]`: one input of the form, or with `by = "expert"` of the expert's decision."""

    kind: Annotated[FieldKind, Field(strict=False)]
    by: Literal["counter", "expert"] = "counter"
    when: When = {}
    record: str = ""
    formula: FormulaText = ""
    column: list[ColumnPart] = []
    not_after_today: bool = False
    not_before_today: bool = False
    not_before: str = ""
    hint: Read = ""

    def value(self) -> ServiceField:
        """The field as the program knows it."""
        return ServiceField(
            key=self.key,
            label=self.label,
            kind=self.kind,
            required=self.required,
            choices=self._choices(),
            when=condition(self.when),
            record=self.record,
            formula=formula(self.formula),
            columns=tuple(part.value() for part in self.column),
            least=self.least,
            most=self.most,
            longest=self.longest,
            not_after_today=self.not_after_today,
            not_before_today=self.not_before_today,
            not_before=self.not_before,
            hint=self.hint,
            by_expert=self.by == "expert",
        )


class CheckPart(Part):
    """`[[check]]`: a formula that must be true, told beside `field` when it is not."""

    holds: FormulaText
    field: Key
    words: Shown
    when: When = {}

    def value(self) -> Check:
        """The check as the program knows it."""
        return Check(Formula(self.holds), self.field, self.words, condition(self.when))


class DocumentPart(Part):
    """`[[document]]`: a document to be seen; `remedy` says how a missing one is mended.

    `number_field` and `date_field` name the fields that ask the same number and date.
    """

    key: Key
    title: Shown
    when: When = {}
    why: Read = ""
    numbered: bool = False
    dated: bool = False
    remedy: Shown
    scan: bool = False
    number_field: str = ""
    date_field: str = ""

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
            scan=self.scan,
            number_field=self.number_field,
            date_field=self.date_field,
        )
