"""Formulas of a service file: names that exist, kinds that fit, sentences that can be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.formula import Formula, FormulaFault, Kind
from desktop.domain.known import RECORD_KINDS, kinds_of
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
        if part.kind not in _WORKED_OUT:
            kinds = "، ".join(_WORKED_OUT)
            words = f"فیلدی از گونهٔ «{part.kind}» حساب نمی‌شود؛ kind یکی از اینها باشد: {kinds}."
            yield ("field", i, "formula"), words
            continue
        above = kinds_of(fields[: by_key[part.key]])
        wanted = Kind.DAY if part.kind is FieldKind.DATE else Kind.NUMBER
        if part.kind in (FieldKind.TEXT, FieldKind.LONG):
            wanted = Kind.TEXT
        yield from _demand(raw, part.formula, above, wanted, ("field", i, "formula"))


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
    try:
        named = Formula(formula).names
    except FormulaFault:
        # Told where the formula stands.
        return
    for name in _PLACE.findall(sentence):
        if name not in named:
            yield at, f"جای {{{name}}} پر نمی‌شود: فرمول این قاعده آن را ندارد."
