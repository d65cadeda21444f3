"""Formulas of a service file: names that exist, kinds that fit, sentences that can be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.formula import Formula, FormulaFault, Kind
from desktop.domain.known import RECORD_KINDS, kinds_of, row_kinds
from desktop.forms.faults import near
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw

_WORKED_OUT = (
    FieldKind.WHOLE,
    FieldKind.AREA,
    FieldKind.METRES,
    FieldKind.MONEY,
    FieldKind.DATE,
    FieldKind.TEXT,
    FieldKind.LONG,
)
_PLACE = re.compile(r"\{([^{}]*)\}")
_WORDS = {Kind.NUMBER: "عدد", Kind.DAY: "روز", Kind.TEXT: "متن", Kind.TRUTH: "درست یا نادرست"}


def formula_faults(raw: Raw) -> Faults:
    """What is wrong with the formulas of fields, checks and rules."""
    fields = [part.value() for _, part in raw.fields]
    kinds = kinds_of(fields)
    yield from _worked_out(raw, fields)
    yield from column_faults(raw)
    for i, check in raw.checks:
        at: KeyPath = ("check", i)
        yield from _demand(raw, check.holds, kinds, Kind.TRUTH, (*at, "holds"))
        if check.field not in raw.keys:
            words = f"فیلد «{check.field}» در این خدمت نیست{near(check.field, raw.keys)}."
            yield (*at, "field"), words
    seen = {**kinds, **RECORD_KINDS}
    for i, gate in raw.gates:
        if gate.use != "rule" or not gate.fails:
            continue
        yield from _demand(raw, gate.fails, seen, Kind.TRUTH, ("gate", i, "fails"))
        for key in ("seen", "passes", "letter"):
            yield from _places(getattr(gate, key), gate.fails, ("gate", i, key))


def _worked_out(raw: Raw, fields: list[ServiceField]) -> Faults:
    """A field that is worked out rests on fields above it."""
    by_key = {field.key: n for n, field in enumerate(fields)}
    for i, part in raw.fields:
        if not part.formula:
            continue
        above = kinds_of(fields[: by_key[part.key]])
        yield from _gives(raw, part.kind, part.formula, above, ("field", i, "formula"))


def column_faults(raw: Raw) -> Faults:
    """A column that is worked out rests on columns above it that no row leaves empty."""
    for i, part in raw.fields:
        for j, column in enumerate(part.column):
            if not column.formula:
                continue
            at: KeyPath = ("field", i, "column", j, "formula")
            above = [each.value() for each in part.column[:j]]
            yield from _gives(raw, column.kind, column.formula, row_kinds(above), at)
            rests = Formula(column.formula)
            for inner in above:
                empty = not inner.required and inner.formula is None
                if empty and rests.readable and inner.key in rests.names:
                    words = f"ستون «{inner.key}» می‌تواند خالی بماند؛ به آن required = true بدهید."
                    yield at, words


def _gives(
    raw: Raw, kind: FieldKind, formula: str, kinds: Mapping[str, Kind], at: KeyPath
) -> Faults:
    """What is wrong with the formula of a field or column of that kind."""
    if kind not in _WORKED_OUT:
        known = "، ".join(_WORKED_OUT)
        yield at, f"گونهٔ «{kind}» حساب نمی‌شود؛ kind یکی از اینها باشد: {known}."
        return
    wanted = Kind.DAY if kind is FieldKind.DATE else Kind.NUMBER
    if kind in (FieldKind.TEXT, FieldKind.LONG):
        wanted = Kind.TEXT
    yield from _demand(raw, formula, kinds, wanted, at)


def _demand(raw: Raw, text: str, kinds: Mapping[str, Kind], wanted: Kind, at: KeyPath) -> Faults:
    read = {part.key for _, part in raw.fields}
    try:
        # Of a field that is at fault itself only that is told.
        if any(name.split(".")[0] in set(raw.keys) - read for name in Formula(text).names):
            return
        gives = Formula(text).check(kinds)
    except FormulaFault as fault:
        yield at, str(fault)
        return
    if gives is not wanted:
        yield at, f"این فرمول باید {_WORDS[wanted]} بدهد."


def _places(sentence: str, formula: str, at: KeyPath) -> Faults:
    rests = Formula(formula)
    for name in _PLACE.findall(sentence):
        # What is wrong with the formula itself is told where it stands.
        if rests.readable and name not in rests.names:
            yield at, f"جای {{{name}}} پر نمی‌شود: فرمول این قاعده آن را ندارد."
