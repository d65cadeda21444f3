"""What a formula may rest on: a form's answers, the property's record, the city's rates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.formula import PartKind, Value
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import PropertyRecord
from desktop.domain.record_paths import RECORD_PATHS

_RECORD = "record."
TODAY, APPLICANT = "today", "applicant"
NO = "no"
"""What a box says that is not ticked."""
RECORD_KINDS: Mapping[str, PartKind] = {_RECORD + path: e.kind for path, e in RECORD_PATHS.items()}
"""The names of a record's values, for gates: a form does not see them."""
SEEN_AS: Mapping[FieldKind, PartKind] = {
    FieldKind.TEXT: PartKind.TEXT,
    FieldKind.LONG: PartKind.TEXT,
    FieldKind.WHOLE: PartKind.NUMBER,
    FieldKind.AREA: PartKind.NUMBER,
    FieldKind.METRES: PartKind.NUMBER,
    FieldKind.MONEY: PartKind.NUMBER,
    FieldKind.DATE: PartKind.DAY,
    FieldKind.TIME: PartKind.NUMBER,
    FieldKind.CHOICE: PartKind.TEXT,
    FieldKind.CHOICES: PartKind.TEXT,
    FieldKind.TICK: PartKind.TEXT,
    FieldKind.NATIONAL_ID: PartKind.TEXT,
    FieldKind.LEGAL_ID: PartKind.TEXT,
    FieldKind.MOBILE: PartKind.TEXT,
    FieldKind.POSTAL_CODE: PartKind.TEXT,
    FieldKind.TABLE: PartKind.TABLE,
}
"""What a formula sees of an answer of each kind."""


def kinds_of(fields: Iterable[ServiceField]) -> dict[str, PartKind]:
    """What each name is that a form's formula may use; a column is `table.column`.

    Times are minutes since midnight, `today` the day of receipt or of the decision.
    """
    kinds = {TODAY: PartKind.DAY, APPLICANT: PartKind.TEXT}
    for field in fields:
        kinds[field.key] = SEEN_AS[field.kind]
        for inner in field.columns:
            number = SEEN_AS[inner.kind] is PartKind.NUMBER
            kinds[f"{field.key}.{inner.key}"] = PartKind.NUMBERS if number else PartKind.TEXTS
    return kinds


def row_kinds(columns: Iterable[ServiceField]) -> dict[str, PartKind]:
    """What each name is that a formula across a table's row may use."""
    return {inner.key: SEEN_AS[inner.kind] for inner in columns}


def values_of(
    fields: Iterable[ServiceField], answers: Mapping[str, str], today: date, applicant: str
) -> dict[str, Value]:
    """The answers as kept, as a formula sees them; what was not answered is left out, but for a box
    that nobody ticked."""
    values: dict[str, Value] = {TODAY: today, APPLICANT: applicant}
    for field in fields:
        text = answers.get(field.key, "") or (NO if field.kind is FieldKind.TICK else "")
        if text:
            values[field.key] = value_of(field, text)
    return values


def words_of(fields: Iterable[ServiceField], answers: Mapping[str, str]) -> dict[str, str]:
    """How an answer is read whose value is none that a person has chosen: a choice by its label, a
    box by yes and no, a time by the clock; so the cells of a column, by `table.column`."""
    words: dict[str, str] = {}
    for field in fields:
        text = answers.get(field.key, "")
        labels = {choice.value: choice.label for choice in field.choices}
        if field.kind is FieldKind.TICK:
            words[field.key] = "بله" if text == "yes" else "خیر"
        elif field.kind is FieldKind.TIME and text:
            words[field.key] = to_persian_digits(text)
        elif labels and text:
            words[field.key] = "، ".join(labels.get(each, each) for each in text.split(","))
        rows = rows_of(text) if field.kind is FieldKind.TABLE else []
        for inner in field.columns:
            typed = [row for row in rows if row.get(inner.key)]
            cells = [words_of((inner,), row).get(inner.key, "") for row in typed]
            if cells and all(cells):
                words[f"{field.key}.{inner.key}"] = "، ".join(cells)
    return words


def value_of(field: ServiceField, text: str) -> Value:
    """One kept answer. Raises ValueError for what was never kept by this program."""
    if field.kind is FieldKind.TABLE:
        return tuple(row_values(field.columns, row) for row in rows_of(text))
    if field.kind.is_number:
        return Decimal(text)
    if field.kind is FieldKind.TIME:
        hour, minute = text.split(":")
        return Decimal(int(hour) * 60 + int(minute))
    return date.fromisoformat(text) if field.kind is FieldKind.DATE else text


def row_values(columns: Iterable[ServiceField], row: Mapping[str, str]) -> dict[str, Value]:
    """The cells of a row as kept, as a formula sees them; empty ones are left out."""
    return {inner.key: value_of(inner, row[inner.key]) for inner in columns if row.get(inner.key)}


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a table as kept: a list of column key → text. Raises ValueError for no rows."""
    try:
        rows = json.loads(text) if text else []
    except RecursionError:
        raise ValueError("no rows of a table") from None
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise ValueError("no rows of a table")
    return rows


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values())


def text_of_rows(rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as they are kept: canonical JSON."""
    return json.dumps(list(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_values(record: PropertyRecord | None) -> dict[str, Value]:
    """The record as a formula sees it, `record.land` and so on; what it lacks is left out."""
    if record is None:
        return {}
    values: dict[str, Value] = {}
    for path, entry in RECORD_PATHS.items():
        text = entry.read(record)
        if not text:
            continue
        if entry.kind is PartKind.NUMBER:
            values[_RECORD + path] = Decimal(text)
        else:
            values[_RECORD + path] = (
                date.fromisoformat(text) if entry.kind is PartKind.DAY else text
            )
    return values
