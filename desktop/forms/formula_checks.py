"""Formulas of a service file: names that exist, kinds that fit, sentences that can be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.formula import Formula, FormulaFault, PartKind
from desktop.domain.known import RECORD_KINDS, kinds_of, row_kinds
from desktop.forms.conditions import answers_of, compared_faults
from desktop.forms.faults import among, near, no_field
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw

_PLACE = re.compile(r"\{([^{}]*)\}")
_WORDS = {
    PartKind.NUMBER: "عدد",
    PartKind.DAY: "روز",
    PartKind.TEXT: "متن",
    PartKind.TRUTH: "درست یا نادرست",
}
_GIVES = {
    FieldKind.DATE: PartKind.DAY,
    FieldKind.TEXT: PartKind.TEXT,
    FieldKind.LONG: PartKind.TEXT,
    FieldKind.WHOLE: PartKind.NUMBER,
    FieldKind.AREA: PartKind.NUMBER,
    FieldKind.METRES: PartKind.NUMBER,
    FieldKind.MONEY: PartKind.NUMBER,
}


def formula_faults(raw: Raw) -> Faults:
    """What is wrong with the formulas of fields, checks and rules."""
    fields = [part.value() for _, part in raw.fields]
    kinds, answers = kinds_of(fields), answers_of(fields)
    yield from _worked_out(raw, fields)
    yield from _column_faults(raw)
    for i, check in raw.checks:
        at: KeyPath = ("check", i)
        yield from _demand(raw, check.holds, kinds, PartKind.TRUTH, (*at, "holds"), answers)
        if check.field not in raw.keys:
            yield (*at, "field"), no_field(check.field, raw.keys)
    seen = {**kinds, **RECORD_KINDS}
    for i, gate in raw.gates:
        if gate.use != "rule" or not gate.fails:
            continue
        yield from _demand(raw, gate.fails, seen, PartKind.TRUTH, ("gate", i, "fails"), answers)
        for key in ("seen", "passes", "letter"):
            yield from _places(getattr(gate, key), gate.fails, ("gate", i, key))


def _worked_out(raw: Raw, fields: list[ServiceField]) -> Faults:
    """A field that is worked out rests on fields above it."""
    by_key = {field.key: n for n, field in enumerate(fields)}
    for i, part in raw.fields:
        if not part.formula:
            continue
        above = fields[: by_key[part.key]]
        kinds, answers = kinds_of(above), answers_of(above)
        yield from _gives(raw, part.kind, part.formula, kinds, ("field", i, "formula"), answers)


def _column_faults(raw: Raw) -> Faults:
    """A column that is worked out rests on columns above it that no row leaves empty."""
    for i, part in raw.fields:
        for j, column in enumerate(part.column):
            if not column.formula:
                continue
            at: KeyPath = ("field", i, "column", j, "formula")
            above = [each.value() for each in part.column[:j]]
            cells = {each.key: each for each in above}
            yield from _gives(raw, column.kind, column.formula, row_kinds(above), at, cells)
            rests = Formula(column.formula)
            for inner in above:
                empty = not inner.required and inner.formula is None
                if empty and rests.readable and inner.key in rests.names:
                    words = f"ستون «{inner.key}» می‌تواند خالی بماند؛ به آن required = true بدهید."
                    yield at, words


def _gives(
    raw: Raw,
    kind: FieldKind,
    formula: str,
    kinds: Mapping[str, PartKind],
    at: KeyPath,
    answers: Mapping[str, ServiceField],
) -> Faults:
    """What is wrong with the formula of a field or column of that kind."""
    if kind not in _GIVES:
        known = "، ".join(_GIVES)
        yield at, f"گونهٔ «{kind}» حساب نمی‌شود؛ kind یکی از این‌ها باشد: {known}."
        return
    yield from _demand(raw, formula, kinds, _GIVES[kind], at, answers)


def _demand(
    raw: Raw,
    text: str,
    kinds: Mapping[str, PartKind],
    wanted: PartKind,
    at: KeyPath,
    answers: Mapping[str, ServiceField],
) -> Faults:
    read = {part.key for _, part in raw.fields}
    formula = Formula(text)
    try:
        # Of a field that is at fault itself only that is told.
        if any(name.split(".")[0] in set(raw.keys) - read for name in formula.names):
            return
        unknown = list(_unknown(raw, sorted(formula.names - kinds.keys()), kinds, at))
        gives = wanted if unknown else formula.check(kinds)
    except FormulaFault as fault:
        yield at, str(fault)
        return
    for words in unknown:
        yield at, words
    if gives is not wanted:
        yield at, f"این فرمول باید {_WORDS[wanted]} بدهد؛ آن را درست کنید."
    yield from compared_faults(raw, at, formula, answers)


def _unknown(
    raw: Raw, names: list[str], kinds: Mapping[str, PartKind], at: KeyPath
) -> Iterator[str]:
    """Why each name is not known there, and what to do about it."""
    tables = {c.key: f.key for _, f in raw.fields for c in f.column}
    for name in names:
        first = name.split(".")[0]
        if "column" in at:
            close = near(name, kinds) or "؛ نام ستونی را بنویسید که در همان جدول بالاتر است"
            yield f"نام «{name}» در این فرمول شناخته نیست{close}."
        elif name in RECORD_KINDS:
            path = name.partition(".")[2]
            yield (
                f'فرم سوابق را نمی‌بیند: به جای «{name}» فیلدی با record = "{path}" بسازید '
                "و نام آن را بنویسید."
            )
        elif first in raw.keys and first not in kinds:
            yield (
                f"فیلد «{first}» پایین‌تر آمده است؛ فرمول تنها از فیلدهای بالاتر حساب می‌کند. "
                "آن را بالاتر ببرید."
            )
        elif name in tables:
            column = f"{tables[name]}.{name}"
            yield f"«{name}» ستون جدول است؛ با نام جدول بنویسید، مانند sum({column})."
        else:
            close = near(name, kinds) or "؛ نام یکی از فیلدها را بنویسید"
            yield f"نام «{name}» در این فرمول شناخته نیست{close}."


def _places(sentence: str, formula: str, at: KeyPath) -> Faults:
    rests = Formula(formula)
    for name in _PLACE.findall(sentence):
        # What is wrong with the formula itself is told where it stands.
        if rests.readable and name not in rests.names:
            close = among(name, rests.names)
            yield at, f"جای {{{name}}} پر نمی‌شود: فرمول این قاعده آن را ندارد{close}."
