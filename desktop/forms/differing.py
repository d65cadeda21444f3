"""What one version of a service says otherwise than another, in words, difference by difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeVar

from desktop.domain.counter import FEES
from desktop.domain.form import Check, Choice, Condition, Document, FieldKind, ServiceField
from desktop.domain.formula import Formula
from desktop.domain.money import format_number, format_rial
from desktop.domain.people import Applicant
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.service import (
    ConditionalValidity,
    Effect,
    GateUse,
    LinkedService,
    Rule,
    Service,
    Term,
    Validity,
)
from desktop.domain.tariff import Purse, Tariff
from desktop.domain.wordings import TITLES
from desktop.domain.words import EFFECTS
from desktop.forms.differing_words import ENDS, KINDS, LABELS, RECORD, SO

_Item = TypeVar("_Item")
_NOTHING_SAID = "تنها توضیح‌ها، نمونه‌ها یا فاصله‌های پرونده تغییر کرد؛ فرم، دلیل‌ها و نامه‌ها همان است."
_SENTENCE = re.compile(r"(?<=[.؛:؟!])\s+|\n\s*\n|(?<=%})\s*|\s*(?={%)")
_TEXTS = ("body", "closing")
_TABLES = (
    "fields", "documents", "checks", "gates", "letters", "fees", "terms", "links", "tariffs",
    "rates",
)  # fmt: skip
# Told apart: the day and the version by who publishes, examples are the file's own proof.
_UNTOLD = frozenset({"code", "version", "effective", "examples", *_TABLES})


def differences(old: Service | None, new: Service) -> list[str]:
    """What `new` says otherwise than `old`, one Persian sentence each; never empty.

    Examples don't count. Where only they, remarks or spaces differ that is said; `old` is None for
    a code that nobody had.
    """
    if old is None:
        counts = (
            f"{len(new.fields)} پرسش، {len(new.documents)} مدرک، {len(new.gates)} دلیل، "
            f"{len(new.letters)} الگوی نامه"
        )
        return [f"خدمت تازه است؛ این کد هنوز به خدمتی داده نشده است: {to_persian_digits(counts)}."]
    return list(_Teller(old, new).all()) or [_NOTHING_SAID]


class _Teller:
    """Tells two versions apart; conditions are read with the words of both forms."""

    def __init__(self, old: Service, new: Service) -> None:
        self._old, self._new = old, new
        self._labels = {"applicant": "متقاضی", "record": "سابقهٔ ملک"}
        self._choices = {("applicant", str(kind)): kind.word for kind in Applicant}
        self._choices |= {("record", key): word for key, word in RECORD.items()}
        for field in (*old.fields, *new.fields):
            self._labels[field.key] = field.label
            self._choices |= {(field.key, c.value): c.label for c in field.choices}

    def all(self) -> Iterator[str]:
        """Every difference, in the order of the file."""
        old, new = self._old, self._new
        yield from self._changed("خدمت", old, new, _UNTOLD)
        yield from self._table("پرسش", old.fields, new.fields, _key, _labelled)
        yield from self._table("مدرک", old.documents, new.documents, _key, _titled)
        yield from self._table("سنجش", old.checks, new.checks, _worded, _worded)
        yield from self._gates(old.gates, new.gates)
        yield from self._letters()
        yield from self._fees()
        yield from self._table(
            "تعرفهٔ", tuple(old.tariffs.values()), tuple(new.tariffs.values()), _key, _titled
        )
        yield from self._rates()
        yield from self._table("مهلت", old.terms, new.terms, self._asked, self._term)
        yield from self._table("پیوند", old.links, new.links, lambda k: k.service, _titled)

    def _table(
        self,
        noun: str,
        old: Sequence[_Item],
        new: Sequence[_Item],
        key: Callable[[_Item], str],
        called: Callable[[_Item], str],
    ) -> Iterator[str]:
        """Items that came, went or changed, matched by their keys; a new order of those that stay.

        Several of one key are matched in their order.
        """
        before, after = _numbered(old, key), _numbered(new, key)
        for place, item in before.items():
            if place not in after:
                yield f"{noun} {called(item)} برداشته شد."
        for place, item in after.items():
            if place not in before:
                yield f"{noun} {called(item)} افزوده شد{self._about(item)}."
            else:
                yield from self._changed(f"{noun} {called(before[place])}", before[place], item)
        kept = [place for place in after if place in before]
        if kept != [place for place in before if place in after]:
            yield f"ترتیب تغییر کرد: {noun} {join_and([called(after[place]) for place in kept])}."

    def _about(self, item: object) -> str:
        """What is worth telling of something new: what is asked how, and when."""
        kind = getattr(item, "kind", None)
        words = [KINDS[kind]] if isinstance(kind, FieldKind) else []
        words += [SO["required"]] if getattr(item, "required", False) else []
        # A gate and a term are called by their condition already.
        asked = "" if isinstance(item, (GateUse, Term)) else self._asked(item)
        return f" ({'، '.join([*words, asked] if asked else words)})" if words or asked else ""

    def _changed(
        self, about: str, old: object, new: object, untold: frozenset[str] = frozenset({"key"})
    ) -> Iterator[str]:
        """Every part of a value that differs, whatever parts it has."""
        for part in fields(new):  # type: ignore[arg-type]
            before, after = getattr(old, part.name), getattr(new, part.name)
            if part.name not in untold and before != after:
                yield from self._part(about, part.name, before, after)

    def _part(self, about: str, name: str, before: object, after: object) -> Iterator[str]:
        if isinstance(after, bool):
            word = SO.get(name, f"«{name}»")
            yield f"{about}: {word} شد." if after else f"{about}: دیگر {word} نیست."
        elif name == "columns" and isinstance(before, tuple) and isinstance(after, tuple):
            yield from self._table(f"{about}: ستون", before, after, _key, _labelled)
        elif isinstance(before, Rule) and isinstance(after, Rule):
            yield from self._changed(about, before, after)
        else:
            label = LABELS.get(name, name)
            yield from _turned(f"{about}: {label}", self._said(before), self._said(after))

    def _said(self, value: object) -> str:
        """A value as a person reads it; empty for nothing."""
        match value:
            case None | "" | () | 0:
                return ""
            case Formula():
                return value.text
            case Condition():
                return "، ".join(self._wanted(key, wanted) for key, wanted in value.values.items())
            case Choice():
                own = value.label == value.value
                return value.label if own else f"{value.label} ({value.value})"
            case FieldKind():
                return KINDS[value]
            case Purse():
                return value.word
            case Effect():
                return EFFECTS[value]
            case Validity():
                return ENDS[value]
            case ConditionalValidity():
                return f"{format_number(value.months)} ماه ({self._said(value.when)})"
            case Applicant():
                return value.word
            case str():
                return value if value.isascii() else to_persian_digits(value)
            case int():
                return format_number(value)
            case tuple():
                return "، ".join(self._said(each) for each in value)
            case Mapping():
                return "، ".join(f"{key}: {self._said(each)}" for key, each in value.items())
        return str(value)

    def _wanted(self, key: str, wanted: Sequence[str]) -> str:
        words = [self._choices.get((key, value), value) for value in wanted]
        return f"{self._labels.get(key, key)}: {' یا '.join(words)}"

    def _asked(self, item: object) -> str:
        """The condition under which an item counts; empty when always."""
        return self._said(getattr(item, "when", None)) if getattr(item, "when", None) else ""

    def _gates(self, old: Sequence[GateUse], new: Sequence[GateUse]) -> Iterator[str]:
        """Gates are matched by name and condition; what is left of a name, in its order."""

        def key(use: GateUse) -> str:
            return f"{use.name}|{self._asked(use)}"

        same = {key(use) for use in old} & {key(use) for use in new}
        # Of the others only the name counts, so that a changed condition is told as that.
        yield from self._table(
            "دلیل", old, new, lambda use: key(use) if key(use) in same else use.name, self._gate
        )

    def _gate(self, use: GateUse) -> str:
        title = use.rule.title if use.rule else TITLES.get(use.gate, use.gate)
        told = [EFFECTS[use.effect]] if use.effect else []
        told += [self._asked(use)] if self._asked(use) else []
        return f"«{title}» ({'، '.join(told)})" if told else f"«{title}»"

    def _term(self, term: Term) -> str:
        length = (
            f"{format_number(term.months)} ماه"
            if term.months
            else f"{format_number(term.days)} روز{' کاری' if term.working else ''}"
        )
        return f"{length} ({self._asked(term)})" if self._asked(term) else length

    def _letters(self) -> Iterator[str]:
        old, new = self._old.letters, self._new.letters
        for kind in dict.fromkeys((*old, *new)):
            before, after = old.get(kind), new.get(kind)
            if before is None or after is None:
                yield f"{kind.word} {'افزوده' if before is None else 'برداشته'} شد."
                continue
            yield from self._changed(kind.word, before, after, frozenset({"kind", *_TEXTS}))
            yield from _text(kind.word, before.body, after.body)
            yield from _text(f"{kind.word}، {LABELS['closing']}", before.closing, after.closing)

    def _fees(self) -> Iterator[str]:
        old, new = self._old.fees, self._new.fees
        for occasion in dict.fromkeys((*old, *new)):
            before, after = old.get(occasion, ""), new.get(occasion, "")
            if before != after:
                yield from _turned(f"{FEES.get(occasion, occasion)}: تعرفهٔ", before, after)

    def _rates(self) -> Iterator[str]:
        old, new = self._old.rates, self._new.rates
        for table in dict.fromkeys((*old, *new)):
            before, after = old.get(table, {}), new.get(table, {})
            for key in dict.fromkeys((*before, *after)):
                if before.get(key) != after.get(key):
                    rials = (rates.get(key) for rates in (before, after))
                    was, becomes = ("" if r is None else format_rial(int(r)) for r in rials)
                    yield from _turned(f"نرخ {table}[{key}]", was, becomes)


def _key(item: ServiceField | Document | Tariff) -> str:
    return item.key


def _labelled(item: ServiceField) -> str:
    return f"«{item.label}»"


def _titled(item: Document | LinkedService | Tariff) -> str:
    return f"«{item.title}»"


def _worded(item: Check) -> str:
    return f"«{item.words}»"


def _numbered(items: Sequence[_Item], key: Callable[[_Item], str]) -> dict[tuple[str, int], _Item]:
    found: dict[tuple[str, int], _Item] = {}
    counts: dict[str, int] = {}
    for item in items:
        name = key(item)
        counts[name] = counts.get(name, 0) + 1
        found[name, counts[name]] = item
    return found


def _turned(about: str, before: str, after: str) -> Iterator[str]:
    if not before:
        yield f"{about} «{after}» افزوده شد."
    elif not after:
        yield f"{about} «{before}» برداشته شد."
    else:
        yield f"{about} از «{before}» به «{after}» تغییر کرد."


def _text(about: str, old: str, new: str) -> Iterator[str]:
    """Sentence by sentence: what stands in place of what, what came and what went."""
    if old == new:
        return
    before, after = _sentences(old), _sentences(new)
    if before == after:
        yield f"{about}: تنها فاصله‌ها یا سطرها تغییر کرد."
    changes = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    for act, first, last, start, end in changes:
        if act == "equal":
            continue
        for gone, come in zip_longest(before[first:last], after[start:end]):
            if gone is None:
                yield f"{about}: جملهٔ «{come}» افزوده شد."
            elif come is None:
                yield f"{about}: جملهٔ «{gone}» برداشته شد."
            else:
                yield f"{about}: به جای «{gone}» آمده است «{come}»."


def _sentences(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in _SENTENCE.split(text))
    return [to_persian_digits(part) for part in parts if part]
