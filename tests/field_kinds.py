"""A field of any kind, for tests that hold all kinds complete."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.form import Choice, FieldKind, ServiceField

CHOICES = (Choice("sale", "قطعی"), Choice("gift", "هبه"))
INNER = [kind for kind in FieldKind if kind is not FieldKind.TABLE]


def of_kind(kind: FieldKind, key: str = "x") -> ServiceField:
    """A field of the kind that an expert must fill; a table has a column of every other kind."""
    field = ServiceField(key, "برچسب", kind, required=True, by_expert=True)
    if kind is FieldKind.TABLE:
        return replace(field, columns=tuple(of_kind(each, each.value) for each in INNER))
    chosen = kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    return replace(field, choices=CHOICES if chosen else ())
