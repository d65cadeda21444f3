"""Bounds of a service's fields that none of its examples tries: told, never forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop.domain.form import ServiceField
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.forms.blocks import shared_from
from desktop.forms.lines import Lines
from desktop.forms.values import UNITS


@dataclass(frozen=True)
class Untested:
    """A bound with its line (from 1), its key and the sentence about it."""

    line: int
    key: str
    words: str


def untested(text: str, service: Service) -> Iterator[Untested]:
    """The bounds of numbers in the file's own text that no example's answer stands on.

    Bounds of the blocks that it shares with others are not its examples' to try.
    """
    lines, shared = Lines(text), shared_from(text)
    for number, field in enumerate(service.fields):
        if not field.kind.is_number or field.formula is not None:
            continue
        tried = {_number(each.answers.get(field.key, "")) for each in service.examples}
        for key, bound in (("least", field.least), ("most", field.most)):
            line = lines.of(("field", number, key))
            own = lines.of(("field", number)) < line < shared
            if bound and own and Decimal(bound) not in tried:
                yield Untested(line, f"field[{number + 1}].{key}", _words(field, bound))


def _number(answer: str) -> Decimal | None:
    try:
        return Decimal(answer)
    except InvalidOperation:
        return None


def _words(field: ServiceField, bound: int) -> str:
    size = to_persian_digits(f"{bound} {UNITS.get(field.kind, '')}".strip())
    return f"{field.label}: نمونه‌ای با {size} ندارید؛ مرز آزموده نمی‌شود"
