"""Faults of a file that a person writes: each with its line, its key, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.forms.lines import KeyPath, Lines, written

_SHAPE = {
    "string_type": "متنی میان دو گیومهٔ انگلیسی بنویسید.",
    "int_type": "عددی درست و بی‌گیومه بنویسید.",
    "bool_type": "true یا false بنویسید، بی‌گیومه.",
    "date_type": "روز را مانند 2026-01-10 و بی‌گیومه بنویسید.",
    "list_type": "فهرستی میان دو کروشه بنویسید.",
    "dict_type": "جدولی از کلید و مقدار بنویسید.",
    "model_type": "جدولی از کلیدها بنویسید.",
    "string_too_short": "خالی است؛ متن آن را بنویسید.",
    "too_short": "دست‌کم یک مورد بنویسید.",
}
_TWICE = "این کلید دو بار نوشته شده است؛ یکی را بردارید."


class FileFault(Refusal):
    """A fault of a file: its line (from 1), its key, and what to do."""

    def __init__(self, file: str, line: int, key: str, words: str) -> None:
        place = f"سطر {to_persian_digits(line)}"
        where = f"{file}، {place}، {key}" if key else f"{file}، {place}"
        super().__init__(f"{where}: {words}", field=key)
        self.file = file
        self.line = line
        self.key = key
        self.advice = words


class FaultyFile(Refusals):
    """All that is wrong with a file, or with several, by line."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.file_faults = sorted(faults, key=lambda fault: (fault.file, fault.line))
        super().__init__(list(self.file_faults))


def near(word: str, known: Iterable[object]) -> str:
    """«؛ شاید «…»» when a known word is spelt much alike, else nothing."""
    words = [str(k) for k in known]
    close = get_close_matches(word, words, n=1)
    close += [each for each in words if len(word) > 2 and each.startswith(word)]
    return f"؛ شاید «{close[0]}»" if close else ""


def among(word: str, known: Iterable[object]) -> str:
    """«؛ شاید «…»» as `near`, else all that there is to take."""
    words = sorted(map(str, known))
    return near(word, words) or (f"؛ هست: {'، '.join(words)}" if words else "؛ بردارید")


def no_field(key: str, keys: Iterable[str]) -> str:
    """The sentence about a field that the service does not ask."""
    close = near(key, keys) or "؛ نام یکی از فیلدهای این پرونده را بنویسید"
    return f"فیلد «{key}» در این خدمت نیست{close}."


def one_of(key: str, given: str, kind: str, fields: Iterable[str]) -> str:
    """The sentence about a key that names no field of the kind that it wants."""
    known = list(fields)
    close = among(given, known) if known else "؛ چنین فیلدی بسازید"
    return f"{key} نام فیلدی از گونهٔ {kind} است{close}."


def twice_faults(name: str, lines: Lines) -> list[FileFault]:
    """A fault for each key that was written twice."""
    return [FileFault(name, line, written(path), _TWICE) for path, line in lines.twice]


def shape_faults(
    name: str,
    lines: Lines,
    errors: Iterable[Mapping[str, Any]],
    tables: Mapping[str, type[BaseModel]],
) -> Iterator[FileFault]:
    """A fault for each pydantic error; `tables` maps a table's name to its part.

    Names are as written without brackets: `field`, `field.column`; the file's own is "".
    """
    for error in errors:
        path: KeyPath = error["loc"]
        yield FileFault(name, lines.of(path), written(path), shape_words(error, tables))


def shape_words(error: Mapping[str, Any], tables: Mapping[str, type[BaseModel]]) -> str:
    """What is wrong with one value by pydantic's error, and what to write instead."""
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(error["loc"], tables)
    if kind == "missing":
        return _missing_key(error["loc"], tables)
    if kind in ("enum", "literal_error"):
        known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        close = near(str(given), known)
        listed = "، ".join(word or '""' for word in known)
        return f"«{given}» پذیرفته نیست{close}؛ یکی از این‌ها را بنویسید: {listed}."
    if kind == "string_pattern_mismatch":
        dash = "زیرخط (_)" if "_" in str(context.get("pattern")) else "خط پیوند (-)"
        return f"«{given}» پذیرفته نیست؛ تنها حروف کوچک انگلیسی، رقم و {dash} بنویسید."
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = to_persian_digits(str(context.get("ge", context.get("le"))))
        side = "بزرگ‌تر" if "ge" in context else "کوچک‌تر"
        return f"این عدد باید {limit} یا {side} باشد."
    if kind == "string_too_long":
        limit = to_persian_digits(str(context["max_length"]))
        return f"متن از {limit} نویسه بلندتر است؛ کوتاه کنید."
    if kind == "too_long":
        limit = to_persian_digits(context["max_length"])
        return f"بیش از {limit} مورد پذیرفته نیست؛ کم کنید."
    if kind == "value_error":
        refusal = context.get("error")
        return str(refusal)
    return _of_shape(error["loc"], kind, given)


def _of_shape(path: KeyPath, kind: str, given: object) -> str:
    key = str(path[-1])
    if kind == "date_type" and isinstance(given, str):
        return _day_words(given)
    if "when" in path[:-1] or key == "when":
        return 'شرط را چنین بنویسید، مقدارها میان گیومه: when = { کلید = "مقدار" }.'
    if kind == "list_type" and isinstance(given, dict):
        return f"نام این جدول را با دو کروشه بنویسید: [[{key}]]."
    if kind in ("model_type", "dict_type") and isinstance(given, list):
        return f"نام این جدول را با یک کروشه بنویسید: [{'.'.join(map(str, path))}]."
    return _SHAPE.get(kind, "این مقدار پذیرفته نیست؛ نمونهٔ آن را در پروندهٔ تازه ببینید.")


def _day_words(given: str) -> str:
    """A day between quotes; one that is Jalali is told as the Gregorian day that is meant."""
    try:
        return jalali_day_words(given, parse_jalali(given))
    except Refusal:
        return _SHAPE["date_type"]


def jalali_day_words(given: str, day: date) -> str:
    """A Jalali day where a Gregorian one is wanted."""
    return f"«{given}» روز شمسی است؛ میلادی آن را بی‌گیومه بنویسید: {day.isoformat()}."


def _names(path: KeyPath) -> list[str]:
    return [part for part in path if isinstance(part, str)]


def _missing_key(path: KeyPath, tables: Mapping[str, type[BaseModel]]) -> str:
    table = ".".join(_names(path))
    if table in tables:
        return f"جدول «{table}» لازم است؛ بیفزایید."
    return f"کلید «{path[-1]}» لازم است؛ بیفزایید."


def _unknown_key(path: KeyPath, tables: Mapping[str, type[BaseModel]]) -> str:
    """A key that its table does not have: misspelt, written in another's place, or no key."""
    *above, key = _names(path)
    while ".".join(above) not in tables:
        above.pop()
    table = ".".join(above)
    own = tables[table].model_fields
    if close := near(key, own):
        return f"این کلید شناخته نیست{close}."
    owners = [name for name, part in tables.items() if key in part.model_fields]
    if "" in owners:
        return f"کلید «{key}» جایش بالای پرونده است، پیش از نخستین جدول؛ به آن‌جا ببرید."
    if owners:
        named = " یا ".join(f"«{name}»" for name in owners)
        return f"کلید «{key}» از آنِ جدول {named} است؛ به آن‌جا ببرید یا بردارید."
    return f"این کلید شناخته نیست؛ بردارید یا یکی از این‌ها را بنویسید: {'، '.join(own)}."
