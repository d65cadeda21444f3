"""Gates of a service file: known, fed with the fields that they read, and not asked twice over."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.form import FieldKind
from desktop.domain.gates import GATES
from desktop.domain.service import Effect, Service
from desktop.forms.conditions import when_faults
from desktop.forms.faults import among, one_of
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema import GatePart, When
from desktop.forms.templates import BODY

# Fields that a gate reads by name, so a service that uses the gate must ask them.
GATE_FIELDS = {
    "inquiry-letter": ("letter_number",),
    "blackout": ("dig_from", "dig_to"),
    "street": ("pavement", "length", "width", "depth"),
    "restoration": ("pavement", "length", "width"),
    "minimum-parcel": ("split", "smallest_part"),
    "named-paper": ("paper", "paper_number"),
}
# Fields that a gate reads where a service asks them.
_READ_TOO = {
    "street": ("main_street", "asphalt_age", "utility_letter"),
    "municipal-paper": ("paper_number",),
}
_NUMBERS = tuple(kind for kind in FieldKind if kind.is_number)
# What a gate takes the answer of a field for that it reads by name.
_READ_AS: Mapping[str, tuple[FieldKind, ...]] = {
    "dig_from": (FieldKind.DATE,),
    "dig_to": (FieldKind.DATE,),
    "length": _NUMBERS,
    "width": _NUMBERS,
    "depth": _NUMBERS,
    "smallest_part": _NUMBERS,
    "asphalt_age": (FieldKind.WHOLE,),
    "main_street": (FieldKind.TICK,),
    "pavement": (FieldKind.CHOICE,),
    "split": (FieldKind.CHOICE,),
    "paper": (FieldKind.CHOICE,),
    "paper_number": (FieldKind.TEXT,),
    "letter_number": (FieldKind.TEXT,),
    BODY: (FieldKind.TEXT,),
}
# The choices of such a field that the gate knows.
_KNOWN_CHOICES = {"paper": {"permit", "completion", "no-violation"}}
# Whose effect `pay` there is a sum for; of a violation only an unpaid fine is one, by its status.
_ASKS_SUMS = ("debt", "restoration", "charge")
_FIGURES = {
    "months": "recent-visit",
    "scopes": "hold",
    "kinds": "certificate",
    "charges": "charge",
    "all_debts": "debt",
    "after": "recent-visit",
    "unless": "building-on-land",
}
# Figures that their gate can do without.
_MAY_LACK = ("all_debts", "after", "unless")


def read_by_gates(service: Service) -> frozenset[str]:
    """Fields whose answers gates read by name; whether a letter came before is not asked here."""
    used = {use.gate for use in service.gates} - {"inquiry-letter"}
    tables = (GATE_FIELDS, _READ_TOO)
    read = {key for table in tables for gate in used for key in table.get(gate, ())}
    ruled = {name for use in service.gates if use.rule for name in use.rule.fails.names}
    return frozenset(read | ruled)


def gate_faults(raw: Raw) -> Faults:
    """What is wrong with each gate, for itself and beside the others."""
    keys = [gate.key for _, gate in raw.gates if gate.key]
    for number, (i, gate) in enumerate(raw.gates):
        at: KeyPath = ("gate", i)
        yield from when_faults(raw, (*at, "when"), gate.when)
        if gate.use not in GATES:
            yield (*at, "use"), f"دروازهٔ «{gate.use}» شناخته نیست{among(gate.use, GATES)}."
            continue
        for key in gate.missing:
            yield at, f"قاعدهٔ خود خدمت کلید {key} را می‌خواهد؛ بیفزایید."
        for key in gate.needless:
            yield (*at, key), f"کلید {key} تنها برای دروازهٔ «rule» است؛ بردارید."
        if gate.key in GATES:
            yield (*at, "key"), f"نام «{gate.key}» از آنِ دروازه‌ای دیگر است؛ نام دیگری بگذارید."
        if keys.count(gate.key) > 1:
            yield (*at, "key"), f"قاعدهٔ «{gate.key}» دو بار آمده است؛ نام دیگری بگذارید."
        yield from _figures(at, gate)
        days = {f.key for _, f in raw.fields if f.kind is FieldKind.DATE}
        if gate.after and gate.use == "recent-visit" and gate.after not in days:
            yield (*at, "after"), one_of("after", gate.after, "تاریخ", days)
        for key in GATE_FIELDS.get(gate.use, ()):
            if key not in raw.keys:
                yield (*at, "use"), f"دروازهٔ «{gate.use}» فیلد «{key}» را می‌خواهد؛ بیفزایید."
        for key in (*GATE_FIELDS.get(gate.use, ()), *_READ_TOO.get(gate.use, ())):
            if key in raw.entered:
                words = f"دروازهٔ «{gate.use}» پیش از کارشناس است و پاسخ «{key}» را همان‌جا می‌خواهد؛"
                yield (*at, "use"), f"{words} by آن را بردارید."
        entry = GATES[gate.use]
        if raw.data.get("needs_property") is False and entry.needs_record and not entry.if_named:
            words = f"دروازهٔ «{gate.use}» سوابق ملک را می‌خواهد و با needs_property = false ملکی"
            yield (*at, "use"), f"{words} پرسیده نمی‌شود؛ یکی از این دو را بردارید."
        if gate.use == "self-declaration" and raw.data.get("declares") is False:
            words = "با declares = false کسی اظهار نمی‌کند؛ declares = true بنویسید."
            yield (*at, "use"), words
        if gate.effect is Effect.PAY and gate.use not in _ASKS_SUMS:
            words = "این دروازه مبلغی نمی‌خواهد و pay نمی‌شود؛ effect دیگری بنویسید یا بردارید."
            yield (*at, "effect"), words
        for tariff in sorted({t for t in gate.charges if gate.charges.count(t) > 1}):
            words = f"تعرفهٔ «{tariff}» دو بار آمده است؛ یکی را بردارید."
            yield (*at, "charges"), words
        for _, other in raw.gates[:number]:
            if _together(gate.when, other.when):
                yield from _asked_twice(at, gate, other)


def _figures(at: KeyPath, gate: GatePart) -> Faults:
    """Figures that one gate alone takes, and that it can't do without."""
    for key, owner in _FIGURES.items():
        given = bool(getattr(gate, key))
        if gate.use == owner and not given and key not in _MAY_LACK:
            yield (*at, "use"), f"دروازهٔ «{owner}» کلید {key} را می‌خواهد؛ بیفزایید."
        elif gate.use != owner and given:
            yield (*at, key), f"کلید {key} تنها برای دروازهٔ «{owner}» است؛ بردارید."


def _asked_twice(at: KeyPath, gate: GatePart, other: GatePart) -> Faults:
    """What of a gate another asks already, of the same request: all of it, or a sum."""
    if gate.use == other.use and gate.key == other.key and gate.charges == other.charges:
        words = f"دروازهٔ «{gate.use}» با شرط‌هایی آمده که با هم درست می‌شوند؛ یکی را بردارید."
        yield (*at, "use"), words
        return
    asked = {*gate.value().tariffs} & {*other.value().tariffs}
    for tariff in sorted(asked):
        words = f"تعرفهٔ «{tariff}» را دروازهٔ دیگری هم از همان درخواست می‌خواهد؛ یکی را بردارید."
        yield (*at, "charges" if gate.charges else "use"), words


def _together(one: When, other: When) -> bool:
    """Whether both conditions can hold of one request."""
    return all(set(one[key]) & set(other[key]) for key in one.keys() & other.keys())


def read_as_faults(raw: Raw) -> Faults:
    """Fields that gates of the service read by name, and can't read as they are."""
    keys = {
        key for gate in raw.uses for key in (*GATE_FIELDS.get(gate, ()), *_READ_TOO.get(gate, ()))
    }
    for i, field in raw.fields:
        if field.key not in {*keys, BODY}:
            continue
        kinds = _READ_AS.get(field.key, (field.kind,))
        values = {choice.value for choice in field.choices}
        known = _KNOWN_CHOICES.get(field.key, values)
        if field.kind not in kinds:
            told = "، ".join(kinds)
            words = f"«{field.key}» را دروازه‌ها و نامه با kind = {told} می‌خوانند؛ همان را بنویسید."
            yield ("field", i, "kind"), words
        for value in sorted(values - known):
            yield ("field", i, "choices"), f"دروازه «{value}» را نمی‌شناسد{among(value, known)}."
