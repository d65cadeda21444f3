"""`[letter.answer]`, `[letter.refuse]`, `[letter.debt]`: Jinja2 text, forms/vocabulary.py."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from desktop.domain.letter import LetterKind
from desktop.domain.service import ConditionalValidity, LetterForm, Validity
from desktop.forms.schema.base import Part, Text, When, condition


class SpanPart(Part):
    """`[[letter.answer.span]]`: another number of months than `months`, for some answers."""

    months: Annotated[int, Field(ge=1, le=120)]
    when: Annotated[When, Field(min_length=1)]

    def value(self) -> ConditionalValidity:
        """The span as the program knows it."""
        return ConditionalValidity(self.months, condition(self.when))


class LetterPart(Part):
    """One letter of the service."""

    subject: Text
    addressee: Text
    body: Annotated[str, StringConstraints(min_length=1, max_length=8000)]
    closing: str = ""
    copies: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, max_length=100)]], Field(max_length=8)
    ] = []
    """They stand beside the stamp, whole."""
    validity: Annotated[Validity, Field(strict=False)] = Validity.MONTHS
    months: Annotated[int, Field(ge=0, le=120)] = 0
    until: str = ""
    after: str = ""
    table: str = ""
    attachment: Annotated[str, StringConstraints(max_length=36)] = ""
    """Two lines in the letter's head, which has room for no more."""
    span: list[SpanPart] = []

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
            until=self.until,
            after=self.after,
            table=self.table,
            attachment=self.attachment,
            spans=tuple(part.value() for part in self.span),
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
