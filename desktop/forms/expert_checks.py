"""What a service asks of its expert: one always looks, and what waits for him is sure to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.formula import Formula
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema import FieldPart, GatePart, When

_LATER = 'این فرمول بر پاسخ کارشناس است؛ by = "expert" را به این فیلد هم بدهید.'
_UNSEEN = "کارشناس پرونده را با دروازهٔ «expert» می‌بیند؛ آن را با همین شرط در gate بیاورید."
MAY_BE_EMPTY = "«{key}» را کارشناس می‌تواند خالی بگذارد؛ به آن required = true بدهید."


def expert_faults(raw: Raw) -> Faults:
    """What is wrong with the fields that are `by = "expert"`, and with what rests on them."""
    fields = {part.key: part for _, part in raw.fields}
    looks = [g for _, g in raw.gates if g.use == "expert" and g.effect in (None, "review")]
    for i, part in raw.fields:
        at: KeyPath = ("field", i)
        by_expert = part.key in raw.entered
        if by_expert and not any(_always(gate, part.when) for gate in looks):
            yield (*at, "by"), _UNSEEN
        if not by_expert and _rests(part.formula) & raw.entered:
            yield (*at, "formula"), _LATER
    for at, formula in _waiting(raw):
        for key in sorted(_rests(formula) & raw.entered):
            if key in fields and _may_be_empty(fields[key]):
                yield at, MAY_BE_EMPTY.format(key=key)


def _always(gate: GatePart, when: When) -> bool:
    """Whether the gate is asked wherever the field is."""
    return all(_within(when, key, values) for key, values in gate.when.items())


def _within(when: Mapping[str, list[str]], key: str, values: list[str]) -> bool:
    return key in when and set(when[key]) <= set(values)


def _rests(formula: str) -> set[str]:
    rests = Formula(formula)
    return set(rests.roots) if formula and rests.readable else set()


def _waiting(raw: Raw) -> Iterator[tuple[KeyPath, str]]:
    """The formulas that wait for what the expert enters; tariffs are told in `forms.charges`."""
    for i, gate in raw.gates:
        yield ("gate", i, "fails"), gate.fails
    for i, part in raw.fields:
        if part.key in raw.entered:
            yield ("field", i, "formula"), part.formula


def _may_be_empty(part: FieldPart) -> bool:
    return not part.required and not part.formula
