"""Conditions of a service file: what they ask is asked, asked before, and can be so."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.form import FieldKind, ServiceField
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
    elif possible := values_of(field):
        yield from _never(at, field.key, values, set(possible))
    else:
        for value in values:
            words = fault_of_value(field, value)
            if not words and (kept := stored(field, value)) != clean(value):
                words = f"پاسخ «{field.key}» چنین نگه داشته می‌شود: «{kept}»؛ همان را بنویسید."
            if words:
                yield (*at, field.key), words


def _never(at: KeyPath, key: str, values: Sequence[str], possible: set[str]) -> Faults:
    for value in values:
        if clean(value) not in possible:
            yield (*at, key), f"«{key}» هیچ‌گاه «{value}» نیست{among(value, possible)}."
