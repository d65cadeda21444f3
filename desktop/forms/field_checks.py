"""Fields of a service file and columns of its tables: keys that fit their kind and each other."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Sequence

from desktop.domain.form import FieldKind
from desktop.domain.known import kinds_of
from desktop.domain.money import LARGEST_AREA, LARGEST_RIAL, format_number
from desktop.domain.persian import clean
from desktop.domain.record_paths import RECORD_PATHS
from desktop.forms.conditions import when_faults
from desktop.forms.faults import among, no_field
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema import ColumnPart, FieldPart
from desktop.forms.values import LARGEST_METRES, MOST_ROWS

# What conditions, formulas and changes of a request already mean by these names.
_RESERVED = ("applicant", "record", "today", "unchanged", "party", "loop")
_CHOSEN = (FieldKind.CHOICE, FieldKind.CHOICES)
_TEXTS = (FieldKind.TEXT, FieldKind.LONG)
# What an answer of the kind can be at most; rows of a table.
_LARGEST = {
    FieldKind.WHOLE: LARGEST_RIAL,
    FieldKind.MONEY: LARGEST_RIAL,
    FieldKind.AREA: LARGEST_AREA - 1,
    FieldKind.METRES: LARGEST_METRES - 1,
    FieldKind.TABLE: MOST_ROWS,
}


def field_faults(raw: Raw) -> Faults:
    """What is wrong with the fields, each for itself and with those above it."""
    for i, field in raw.fields:
        at: KeyPath = ("field", i)
        above = raw.keys[:i]
        yield from when_faults(
            raw,
            (*at, "when"),
            field.when,
            above=above,
            record=True,
            counter=field.by == "counter",
        )
        if field.record and field.by != "counter":
            words = "آنچه کارشناس وارد می‌کند از سوابق نیست؛ record یا by را بردارید."
            yield (*at, "record"), words
        yield from _asked(at, field)
        yield from _record(at, field)
        yield from _dates(raw, at, field, above)
        yield from _table(at, field)
        if field.formula and (field.record or field.required or field.choices):
            words = "فیلدی که حساب می‌شود نه اجباری است، نه از سوابق و نه گزینه دارد."
            yield (*at, "formula"), f"{words} آن کلید را بردارید."


def _asked(at: KeyPath, asked: FieldPart | ColumnPart) -> Faults:
    """What a field and a column have in common."""
    chosen, number = asked.kind in _CHOSEN, asked.kind.is_number
    if asked.key in _RESERVED or keyword.iskeyword(asked.key):
        yield (*at, "key"), f"نام «{asked.key}» از آنِ برنامه است؛ نام دیگری بگذارید."
    if chosen and len(asked.choices) < 2:
        yield (*at, "kind"), "فیلد انتخابی دست‌کم دو گزینه می‌خواهد: choices را بنویسید."
    if not chosen and asked.choices:
        yield (
            (*at, "choices"),
            "گزینه برای kind = choice یا choices است؛ kind را عوض کنید یا این را بردارید.",
        )
    for part in ("value", "label"):
        written = [getattr(choice, part) for choice in asked.choices]
        for words in alike_words(written, "گزینه‌ها"):
            yield (*at, "choices"), words
    if asked.kind is FieldKind.CHOICES and any("," in c.value for c in asked.choices):
        yield (*at, "choices"), "در value گزینه «,» نمی‌آید؛ بردارید."
    for key in ("least", "most"):
        bound = getattr(asked, key)
        if bound is not None and not number and asked.kind is not FieldKind.TABLE:
            yield (*at, key), f"{key} تنها برای عدد و جدول است؛ بردارید."
        elif bound is not None:
            yield from _reachable(at, asked, key, bound)
    if asked.least is not None and asked.most is not None and asked.least > asked.most:
        yield (*at, "least"), "کمترین مقدار از بیشترین بزرگ‌تر است؛ یکی را درست کنید."
    if "longest" in asked.model_fields_set and asked.kind not in _TEXTS:
        yield (*at, "longest"), "longest تنها برای text و long است؛ بردارید."


def _reachable(at: KeyPath, asked: FieldPart | ColumnPart, key: str, bound: int) -> Faults:
    """A bound that no answer of the kind meets: nobody could fill the field, or it binds none."""
    least = 1 if asked.kind is FieldKind.TABLE and key == "most" else 0
    if not least <= bound <= _LARGEST[asked.kind]:
        span = f"{format_number(least)} تا {format_number(_LARGEST[asked.kind])}"
        yield (*at, key), f"این مرز در گونهٔ «{asked.kind}» از {span} است؛ عدد دیگری بنویسید."


def alike_words(written: Sequence[str], where: str) -> Iterator[str]:
    """Texts that are one when they are kept, or nothing: the one would take the other's place."""
    kept = [clean(text) for text in written]
    twice = next((text for n, text in enumerate(written) if kept[n] in kept[:n]), "")
    if twice and clean(twice):
        yield f"«{twice}» در {where} دو بار آمده است؛ یکی را بردارید."
    if "" in kept:
        yield f"در {where} یکی متنی ندارد که نگه داشته شود؛ بنویسید یا بردارید."


def _record(at: KeyPath, field: FieldPart) -> Faults:
    if not field.record:
        return
    path = RECORD_PATHS.get(field.record)
    if path is None:
        words = f"سابقهٔ ملک «{field.record}» ندارد{among(field.record, RECORD_PATHS)}."
        yield (*at, "record"), words
    elif field.kind not in _TEXTS and kinds_of([field.value()])[field.key] is not path.kind:
        words = f'«{field.record}» سوابق با kind = "{field.kind}" مطابقت ندارد؛ kind را عوض کنید.'
        yield (*at, "record"), words


def _dates(raw: Raw, at: KeyPath, field: FieldPart, above: Sequence[str]) -> Faults:
    other = field.not_before
    if other and other not in raw.keys:
        yield (*at, "not_before"), no_field(other, raw.keys)
    elif other and other not in above:
        words = f"فیلد «{other}» پایین‌تر آمده است؛ آن را بالاتر ببرید تا سنجیده شود."
        yield (*at, "not_before"), words
    elif other and any(f.key == other and f.kind is not FieldKind.DATE for _, f in raw.fields):
        yield (*at, "not_before"), f"فیلد «{other}» تاریخ نیست؛ نام یک فیلد تاریخ را بنویسید."
    dated = field.not_after_today or other or field.not_before_today
    if dated and field.kind is not FieldKind.DATE:
        yield (*at, "kind"), "not_after_today و not_before تنها برای فیلد تاریخ است؛ بردارید."


def _table(at: KeyPath, field: FieldPart) -> Faults:
    if field.kind is FieldKind.TABLE and not field.column:
        yield (*at, "kind"), "جدول ستون می‌خواهد؛ [[field.column]] بیفزایید."
    elif field.column and field.kind is not FieldKind.TABLE:
        words = 'تنها جدول ستون دارد؛ kind = "table" بنویسید یا ستون‌ها را بردارید.'
        yield (*at, "kind"), words
    seen: set[str] = set()
    for j, column in enumerate(field.column):
        place: KeyPath = (*at, "column", j)
        yield from _asked(place, column)
        if column.key in seen:
            yield (*place, "key"), f"ستون «{column.key}» دو بار آمده است؛ نام دیگری بگذارید."
        seen.add(column.key)
        if column.formula and (column.required or column.choices):
            words = "ستونی که حساب می‌شود نه اجباری است و نه گزینه دارد؛ آن کلید را بردارید."
            yield (*place, "formula"), words
        if column.kind is FieldKind.TABLE:
            yield (*place, "kind"), "ستون خود جدول نمی‌شود؛ kind دیگری بنویسید."
