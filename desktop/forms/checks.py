"""What a service file must be besides its shape: names that exist, letters that say enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError

from desktop.domain.gates import GATES
from desktop.domain.people import Applicant
from desktop.domain.service import Effect, FieldKind
from desktop.forms.examples import RECORDS
from desktop.forms.faults import near
from desktop.forms.lines import KeyPath
from desktop.forms.record_paths import RECORD_PATHS
from desktop.forms.schema import (
    DocumentPart,
    ExamplePart,
    FieldPart,
    GatePart,
    LetterPart,
    Part,
    TermPart,
    When,
)
from desktop.forms.values import fault_of_value
from desktop.forms.vocabulary import Template, missing_names

Faults = Iterator[tuple[KeyPath, str]]
P = TypeVar("P", bound=Part)

FIRST_GATES = ("outside-city", "record", "ambiguous-record", "doubted-record", "record-age")
PAYING_GATES = ("violation", "debt", "restoration")
# Fields that a gate reads by name, so a service that uses the gate must ask them.
GATE_FIELDS = {
    "inquiry-letter": ("letter_number",),
    "blackout": ("dig_from", "dig_to"),
    "street": ("pavement", "length", "width", "depth"),
    "restoration": ("pavement", "length", "width"),
    "minimum-parcel": ("split", "smallest_part"),
}
# What a letter must print, so that nobody is left without it (RULES.md §1, end of §3).
MUST_PRINT = {
    "answer": ("as_of", "notes"),
    "refuse": ("as_of", "reasons", "objection"),
    "debt": ("as_of", "debt.amount", "objection"),
}
_SWITCHES = ("yes", "no")


class Raw:
    """A file's tables as far as each is well shaped by itself; faults of shape are told apart.

    Cross checks look at what can be read, so one misspelt key hides no other fault.
    """

    def __init__(self, data: dict[str, object]) -> None:
        self.data = data
        self.keys = [_name(item, "key") for item in self.items("field")]
        self.uses = [_name(item, "use") for item in self.items("gate")]
        self.fields = self._read("field", FieldPart)
        self.documents = self._read("document", DocumentPart)
        self.gates = self._read("gate", GatePart)
        self.examples = self._read("example", ExamplePart)
        letters = data.get("letter")
        tables = letters if isinstance(letters, dict) else {}
        read = {kind: _one(LetterPart, table) for kind, table in tables.items()}
        self.letters = {kind: part for kind, part in read.items() if part is not None}
        named = data.get("applicants")
        self.applicants = {str(a) for a in named} if isinstance(named, list) else set[str]()

    def items(self, name: str) -> list[object]:
        """The tables of an array as written; none when it is no array."""
        items = self.data.get(name)
        return items if isinstance(items, list) else []

    def _read(self, name: str, part: type[P]) -> list[tuple[int, P]]:
        read = ((i, _one(part, item)) for i, item in enumerate(self.items(name)))
        return [(i, p) for i, p in read if p is not None]


def _name(item: object, key: str) -> str:
    return str(item.get(key, "")) if isinstance(item, dict) else ""


def _one(part: type[P], table: object) -> P | None:
    try:
        return part.model_validate(table)
    except ValidationError:
        return None


def cross_faults(data: dict[str, object]) -> Faults:
    """All faults between the parts of a file, each with its path and a sentence that advises."""
    raw = Raw(data)
    yield from _repeated(raw)
    yield from _fields(raw)
    for i, document in raw.documents:
        yield from _when(raw, ("document", i, "when"), document.when)
    yield from _gates(raw)
    yield from _letters(raw)
    yield from _examples(raw)
    term = _one(TermPart, data.get("term"))
    if term is not None and term.red_from > term.days:
        yield ("term", "red_from"), "روز هشدار از خود مهلت دیرتر است."


def _repeated(raw: Raw) -> Faults:
    for name in ("field", "document"):
        seen: set[str] = set()
        for i, item in enumerate(raw.items(name)):
            key = _name(item, "key")
            if key and key in seen:
                yield (name, i, "key"), f"کلید «{key}» دو بار آمده است؛ نام دیگری بگذارید."
            seen.add(key)


def _fields(raw: Raw) -> Faults:
    for i, field in raw.fields:
        at: KeyPath = ("field", i)
        yield from _when(raw, (*at, "when"), field.when)
        chosen = field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        if chosen and len(field.choices) < 2:
            yield (*at, "kind"), "فیلد انتخابی دست‌کم دو گزینه می‌خواهد: choices را بنویسید."
        if not chosen and field.choices:
            yield (*at, "choices"), "گزینه تنها برای فیلدی است که kind آن choice یا choices است."
        values = [choice.value for choice in field.choices]
        if len(set(values)) < len(values):
            yield (*at, "choices"), "یک مقدار در گزینه‌ها دو بار آمده است."
        if field.record and field.record not in RECORD_PATHS:
            words = f"سابقهٔ ملک «{field.record}» ندارد{near(field.record, RECORD_PATHS)}."
            yield (*at, "record"), words
        if field.not_before and field.not_before not in raw.keys:
            words = f"فیلد «{field.not_before}» در این خدمت نیست{near(field.not_before, raw.keys)}."
            yield (*at, "not_before"), words
        dated = field.not_after_today or field.not_before
        if dated and field.kind is not FieldKind.DATE:
            yield (*at, "kind"), "not_after_today و not_before تنها برای فیلد تاریخ است."
        if field.least is not None and field.most is not None and field.least > field.most:
            yield (*at, "least"), "کمترین مقدار از بیشترین بزرگ‌تر است."


def _when(raw: Raw, at: KeyPath, when: When) -> Faults:
    fields = dict((f.key, f) for _, f in raw.fields)
    for key, values in when.items():
        if key == "applicant":
            known = {str(a) for a in Applicant} & raw.applicants
        elif key == "record":
            known = {"found", "none", "unknown"}
        elif key not in raw.keys:
            words = f"شرط از فیلد «{key}» می‌گوید که در این خدمت نیست{near(key, raw.keys)}."
            yield (*at, key), words
            continue
        elif key in fields and fields[key].choices:
            known = {choice.value for choice in fields[key].choices}
        elif key in fields and fields[key].kind is FieldKind.TICK:
            known = set(_SWITCHES)
        else:
            continue
        for value in values:
            if value not in known:
                words = f"«{key}» هیچ‌گاه «{value}» نیست{near(value, known)}."
                yield (*at, key), words


def _gates(raw: Raw) -> Faults:
    for i, gate in raw.gates:
        at: KeyPath = ("gate", i)
        yield from _when(raw, (*at, "when"), gate.when)
        if gate.use not in GATES:
            yield (*at, "use"), f"دروازهٔ «{gate.use}» شناخته نیست{near(gate.use, GATES)}."
            continue
        figures = {"months": "recent-visit", "scopes": "hold", "kinds": "certificate"}
        for figure, owner in figures.items():
            given = bool(getattr(gate, figure))
            if gate.use == owner and not given:
                yield (*at, "use"), f"دروازهٔ «{owner}» کلید {figure} را می‌خواهد."
            elif gate.use != owner and given:
                yield (*at, figure), f"کلید {figure} تنها برای دروازهٔ «{owner}» است."
        if gate.all_debts and gate.use != "debt":
            yield (*at, "all_debts"), "کلید all_debts تنها برای دروازهٔ «debt» است."
        for key in GATE_FIELDS.get(gate.use, ()):
            if key not in raw.keys:
                yield (*at, "use"), f"دروازهٔ «{gate.use}» فیلد «{key}» را می‌خواهد؛ بیفزایید."
    if raw.data.get("needs_property", True) and raw.uses and tuple(raw.uses[:5]) != FIRST_GATES:
        words = f"خدمتی که ملک می‌خواهد نخست اینها را می‌پرسد: {'، '.join(FIRST_GATES)}."
        yield ("gate", 0), words


def _can_pay(raw: Raw) -> bool:
    return any(g.use in PAYING_GATES and g.effect in (None, Effect.PAY) for _, g in raw.gates)


def _letters(raw: Raw) -> Faults:
    tables = raw.data.get("letter")
    if _can_pay(raw) and isinstance(tables, dict) and "debt" not in tables:
        yield ("letter",), "دروازه‌ای از این خدمت پول می‌خواهد؛ نامهٔ بدهی [letter.debt] لازم است."
    fields = frozenset((*raw.keys, "body"))
    for kind, letter in raw.letters.items():
        at: KeyPath = ("letter", kind)
        named: set[str] = set()
        readable = True
        sources = {"subject": letter.subject, "addressee": letter.addressee}
        sources |= {"body": letter.body, "closing": letter.closing}
        for key, source in sources.items():
            template = Template(source, fields)
            named |= template.names
            readable &= template.readable
            for line, words in template.faults:
                yield (*at, key, line), words
        if not readable:
            continue
        for name in missing_names(named, MUST_PRINT.get(kind, ())):
            yield (*at, "body"), f"این نامه باید {{{{ {name} }}}} را بنویسد."
        limited = letter.months or letter.validity == "end-of-year"
        if limited and "valid_until" not in named:
            yield (*at, "body"), "نامه اعتبار دارد و باید {{ valid_until }} را بنویسد."


def _examples(raw: Raw) -> Faults:
    fields = {part.key: part.value() for _, part in raw.fields}
    for i, example in raw.examples:
        at: KeyPath = ("example", i)
        if example.record not in RECORDS:
            words = f"سابقهٔ نمونهٔ «{example.record}» نداریم{near(example.record, RECORDS)}."
            yield (*at, "record"), words
        if raw.applicants and example.applicant not in raw.applicants:
            yield (*at, "applicant"), f"«{example.applicant}» در applicants این خدمت نیست."
        for key, value in example.answers.items():
            if key == "body":
                continue
            if key not in raw.keys:
                words = f"فیلد «{key}» در این خدمت نیست{near(key, raw.keys)}."
                yield (*at, "answers", key), words
            elif key in fields and (fault := fault_of_value(fields[key], value)):
                yield (*at, "answers", key), fault
        for gate in example.gates or ():
            name = gate.partition(":")[0]
            # A misspelt gate is told where it stands; its examples are no faults of their own.
            if name not in raw.uses and set(raw.uses) <= set(GATES):
                yield (*at, "gates"), f"این خدمت دروازهٔ «{name}» را نمی‌پرسد."
