"""Answers to the fields that an example leaves open, as a clerk would type them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.known import text_of_rows
from desktop.domain.people import Applicant
from desktop.domain.property import Found
from desktop.domain.service import Service
from desktop.forms.answers import kept_answers
from desktop.forms.example_records import OWNER_ID
from desktop.forms.values import stored

_WORDS = "نمونه"
_TYPED: Mapping[FieldKind, tuple[str, ...]] = {
    FieldKind.TIME: ("08:30",),
    FieldKind.TICK: ("yes",),
    FieldKind.NATIONAL_ID: (OWNER_ID,),
    FieldKind.LEGAL_ID: ("99990001016",),
    FieldKind.MOBILE: ("09131112233",),
    FieldKind.POSTAL_CODE: ("8915818411",),
}


def answered(
    service: Service,
    applicant: Applicant,
    given: Mapping[str, str],
    day: date,
    found: Found,
    *,
    optional: bool,
) -> dict[str, str]:
    """Answers as kept: those given, and one for every other required field that is asked.

    With `optional` also for those that may stay empty. `found` is what the pre-check found.
    """
    typed = _filled(service.form_fields, given, day, optional=optional)
    # What is not asked of these answers falls out.
    return kept_answers(service, applicant, typed, day, found)


def entered(service: Service, given: Mapping[str, str], day: date) -> dict[str, str]:
    """What the expert enters: what is given, and a value for every other field that he must."""
    own = [field for field in service.fields if field.by_expert]
    return _filled(own, given, day, optional=False)


def _filled(
    fields: Iterable[ServiceField], given: Mapping[str, str], day: date, *, optional: bool
) -> dict[str, str]:
    typed = dict(given)
    for field in fields:
        open_ = field.key not in typed and field.formula is None
        if open_ and (field.required or optional):
            typed[field.key] = _sample(field, day, optional=optional)
    return typed


def _sample(field: ServiceField, day: date, *, optional: bool) -> str:
    """A value that the field takes; empty when it takes none of those that are tried."""
    for typed in _tried(field, day, optional=optional):
        try:
            return stored(field, typed)
        except Refusal:
            continue
    return ""


def _tried(field: ServiceField, day: date, *, optional: bool) -> Iterator[str]:
    if field.kind is FieldKind.TABLE:
        row = {
            inner.key: _sample(inner, day, optional=optional)
            for inner in field.columns
            if inner.formula is None and (inner.required or optional)
        }
        yield text_of_rows([row] * (field.least or 1))
    elif field.choices:
        yield field.choices[0].value
    elif field.kind is FieldKind.DATE:
        yield day.isoformat()
    elif field.kind.is_number:
        yield from map(str, (max(field.least or 0, 2), field.least or 0, field.most or 0))
    elif field.kind in _TYPED:
        yield from _TYPED[field.kind]
    else:
        yield _WORDS[: field.longest]
