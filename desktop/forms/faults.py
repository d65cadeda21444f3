"""Faults of a file that a person writes: each with its line, its key, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.forms.lines import KeyPath, Lines, written

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SYNTAX = {
    "Expected '=' after a key": "پس از نام کلید «=» بیاورید.",
    "Invalid value": "مقدار خوانده نمی‌شود؛ متن را میان دو گیومهٔ انگلیسی بنویسید.",
    "Invalid statement": "این سطر نه کلید است، نه جدول و نه توضیح.",
    "Cannot overwrite a value": "این کلید پیش‌تر نوشته شده است؛ یکی را بردارید.",
    "Cannot declare": "این جدول پیش‌تر آمده است؛ یکی را بردارید.",
    "Unterminated string": "گیومهٔ پایان متن جا افتاده است.",
    "Illegal character": "متن یک‌سطری در همان سطر باید بسته شود.",
    "Expected newline": "در هر سطر یک کلید بنویسید.",
    "Unclosed array": "کروشهٔ پایان فهرست جا افتاده است.",
    "Unclosed inline table": "آکولاد پایان جا افتاده است.",
}
_SHAPE = {
    "missing": "این کلید لازم است؛ بیفزایید.",
    "string_type": "متنی میان دو گیومهٔ انگلیسی بنویسید.",
    "int_type": "عددی بی‌گیومه بنویسید.",
    "bool_type": "true یا false بنویسید.",
    "date_type": "روز را مانند 2026-01-10 و بی‌گیومه بنویسید.",
    "list_type": "فهرستی میان دو کروشه بنویسید.",
    "dict_type": "جدولی از کلید و مقدار بنویسید.",
    "model_type": "جدولی از کلیدها بنویسید.",
    "string_too_short": "خالی نماند.",
    "too_short": "دست‌کم یک مورد لازم است.",
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
    close = get_close_matches(word, [str(k) for k in known], n=1)
    return f"؛ شاید «{close[0]}»" if close else ""


def twice_faults(name: str, lines: Lines) -> list[FileFault]:
    """A fault for each key that was written twice."""
    return [FileFault(name, line, written(path), _TWICE) for path, line in lines.twice]


def syntax_fault(name: str, text: str, message: str) -> FileFault:
    """The fault in what the TOML reader said."""
    place = _PLACE.search(message)
    last = max(1, len(text.splitlines()))
    line = int(place[1]) if place and place[1] else last
    known = [words for start, words in _SYNTAX.items() if message.startswith(start)]
    return FileFault(name, line, "", known[0] if known else "نوشتار این سطر TOML نیست.")


def shape_faults(
    name: str,
    lines: Lines,
    errors: Iterable[Mapping[str, Any]],
    tables: Mapping[str, type[BaseModel]],
) -> Iterator[FileFault]:
    """A fault for each pydantic error; `tables` maps a table's name ("" the file's) to its part."""
    for error in errors:
        path: KeyPath = error["loc"]
        yield FileFault(name, lines.of(path), written(path), shape_words(error, tables))


def shape_words(error: Mapping[str, Any], tables: Mapping[str, type[BaseModel]]) -> str:
    """What is wrong with one value by pydantic's error, and what to write instead."""
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    if kind == "extra_forbidden":
        table = str(error["loc"][0]) if len(error["loc"]) > 1 else ""
        close = near(str(error["loc"][-1]), tables.get(table, tables[""]).model_fields)
        return f"این کلید شناخته نیست{close}." if close else "این کلید شناخته نیست؛ بردارید."
    if kind in ("enum", "literal_error"):
        known = str(context.get("expected", "")).replace(" or ", "، ").replace(", ", "، ")
        return f"«{given}» پذیرفته نیست؛ یکی از اینها را بنویسید: {known}."
    if kind == "string_pattern_mismatch":
        return f"«{given}» پذیرفته نیست؛ تنها حروف کوچک انگلیسی، رقم و خط پیوند."
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = to_persian_digits(str(context.get("ge", context.get("le"))))
        side = "بزرگ‌تر" if "ge" in context else "کوچک‌تر"
        return f"این عدد باید {limit} یا {side} باشد."
    if kind == "string_too_long":
        return f"متن از {to_persian_digits(str(context['max_length']))} نویسه بلندتر است."
    if kind == "value_error":
        refusal = context.get("error")
        return str(refusal)
    return _SHAPE.get(kind, "این مقدار پذیرفته نیست.")
