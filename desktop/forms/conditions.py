"""Conditions of a service file: what they ask is asked, asked before, and can be so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.formula import Formula
from desktop.domain.people import Applicant
from desktop.domain.persian import clean
from desktop.forms.answers import RECORD_FOUND, RECORD_NONE, RECORD_UNKNOWN
from desktop.forms.faults import among, no_field
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema import When
from desktop.forms.values import fault_of_value, stored

APPLICANT, RECORD = "applicant", "record"
SWITCH = ("yes", "no")
_RECORDS = (RECORD_FOUND, RECORD_NONE, RECORD_UNKNOWN)
_NEVER = (FieldKind.CHOICES, FieldKind.TABLE, FieldKind.LONG)


def values_of(field: ServiceField) -> tuple[str, ...]:
    """The only values that the field's answer can have; none where it can have any."""
    if field.kind is FieldKind.TICK:
        return SWITCH
    one = field.kind is FieldKind.CHOICE
    return tuple(choice.value for choice in field.choices) if one else ()


def when_faults(
    raw: Raw,
    at: KeyPath,
    when: When,
    *,
    above: Sequence[str] | None = None,
    record: bool = False,
    counter: bool = False,
) -> Faults:
    """What is wrong with a condition at the path.

    `above` are the keys of fields that are answered by then, without it all are; `record` whether
    what the pre-check said is known there; `counter` whether it is looked at at the counter, where
    nothing is known yet of what the expert enters.
    """
    # Of two fields of one name, which is told by itself, the first is meant.
    fields = {part.key: part.value() for _, part in reversed(raw.fields)}
    known = (*raw.keys, APPLICANT, *((RECORD,) if record else ()))
    for key, values in when.items():
        words = ""
        if key == APPLICANT:
            possible = {str(kind) for kind in Applicant} & raw.applicants
            yield from _never(at, key, values, possible)
        elif key == RECORD and record:
            yield from _never(at, key, values, set(_RECORDS))
        elif key == RECORD:
            words = "شرط «record» تنها برای فیلد، مدرک و سنجش است؛ بردارید."
        elif key not in raw.keys:
            words = no_field(key, known)
        elif counter and key in raw.entered:
            words = f"«{key}» را کارشناس وارد می‌کند و پیش از او پاسخی ندارد؛ بردارید."
        elif above is not None and key not in above:
            words = (
                f"فیلد «{key}» پایین‌تر آمده است؛ شرط تنها از فیلدهای بالاتر می‌پرسد. "
                "آن را بالاتر ببرید."
            )
        elif key in fields:
            yield from _of_field(at, fields[key], values)
        if words:
            yield (*at, key), words


def _of_field(at: KeyPath, field: ServiceField, values: Sequence[str]) -> Faults:
    if field.kind in _NEVER:
        words = f'از پاسخ «{field.key}» شرط نمی‌شود؛ فیلدی با kind = "choice" بگذارید.'
        yield (*at, field.key), words
    else:
        for value in values:
            if words := _answer_words(field, value):
                yield (*at, field.key), words


def _answer_words(field: ServiceField, value: str) -> str:
    """Why the field's answer is never kept as the value; empty where it can be."""
    if possible := values_of(field):
        return _never_words(field.key, value, set(possible))
    words = fault_of_value(field, value)
    if not words and (kept := stored(field, value)) != clean(value):
        words = f"پاسخ «{field.key}» چنین نگه داشته می‌شود: «{kept}»؛ همان را بنویسید."
    return words


def _never(at: KeyPath, key: str, values: Sequence[str], possible: set[str]) -> Faults:
    for value in values:
        if words := _never_words(key, value, possible):
            yield (*at, key), words


def _never_words(key: str, value: str, possible: set[str]) -> str:
    if clean(value) in possible:
        return ""
    return f"«{key}» هیچ‌گاه «{value}» نیست{among(value, possible)}."


def compared_faults(
    raw: Raw, at: KeyPath, formula: Formula, answers: Mapping[str, ServiceField]
) -> Faults:
    """Texts that a formula holds answers against and that none of them can ever be.

    `answers` are what its names stand for: the form's fields, or the columns of a row.
    """
    for names, text in formula.compared:
        if not text and "column" in at:
            continue
        words = [_compared_words(raw, answers, name, text) for name in sorted(names)]
        if all(words):
            yield at, words[0]


def _compared_words(raw: Raw, answers: Mapping[str, ServiceField], name: str, text: str) -> str:
    if name == APPLICANT:
        return _never_words(name, text, {str(kind) for kind in Applicant} & raw.applicants)
    field = answers.get(name)
    # Whether there is an answer at all is asked with ""; of a box of the form there always is one.
    if field is None or (not text and field.kind is not FieldKind.TICK):
        return ""
    return _answer_words(field, text)


def answers_of(fields: Sequence[ServiceField]) -> dict[str, ServiceField]:
    """The form's answers by the names that formulas give them, a column as `table.column`."""
    columns = {f"{field.key}.{inner.key}": inner for field in fields for inner in field.columns}
    return {**{field.key: field for field in fields}, **columns}
