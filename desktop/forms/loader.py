"""Reading service files: a service, or all faults of the file at once, each with its line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.forms.checks import cross_faults, near
from desktop.forms.lines import KeyPath, Lines, written
from desktop.forms.schema import (
    DocumentPart,
    ExamplePart,
    FeesPart,
    FieldPart,
    GatePart,
    LetterPart,
    Part,
    ServiceFile,
    TermPart,
)

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
    "dict_type": "جدولی میان دو آکولاد بنویسید.",
    "model_type": "جدولی از کلیدها بنویسید.",
    "string_too_short": "خالی نماند.",
    "too_short": "دست‌کم یک مورد لازم است.",
}
_TABLES: dict[str, type[Part]] = {
    "field": FieldPart,
    "document": DocumentPart,
    "gate": GatePart,
    "letter": LetterPart,
    "example": ExamplePart,
    "term": TermPart,
    "fees": FeesPart,
}


class FileFault(Refusal):
    """A fault of a service file: its line, its key, and what to do about it."""

    def __init__(self, file: str, line: int, key: str, words: str) -> None:
        place = f"سطر {to_persian_digits(line)}"
        where = f"{file}، {place}، {key}" if key else f"{file}، {place}"
        super().__init__(f"{where}: {words}", field=key)
        self.file = file
        self.line = line
        self.key = key
        self.advice = words


class FaultyService(Refusals):
    """All that is wrong with one service file, or with several, by line."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__(list(faults))
        self.file_faults = faults


def load(text: str, name: str) -> Service:
    """The service in the text of the file `name`.

    Raises FaultyService with every fault. The version is 12 hex digits of the text's sha256.
    """
    lines = Lines(text)
    faults = [
        FileFault(name, line, written(path), "این کلید دو بار نوشته شده است؛ یکی را بردارید.")
        for path, line in lines.twice
    ]
    try:
        data = tomllib.loads(lines.without(text) if faults else text)
    except tomllib.TOMLDecodeError as error:
        faults.append(_syntax_fault(name, text, str(error)))
        raise FaultyService(_in_order(faults)) from None
    service: Service | None = None
    try:
        service = ServiceFile.model_validate(data).value(_version(text.encode()))
    except ValidationError as error:
        faults += _shape_faults(name, lines, error.errors())
    faults += [_placed(name, text, lines, path, words) for path, words in cross_faults(data)]
    if service is None or faults:
        raise FaultyService(_in_order(faults))
    return service


def load_all(folder: Path) -> dict[str, Service]:
    """Every `*.toml` of the folder by service code, in the order of digit and title.

    Raises FaultyService with the faults of all files; a file's name is its service's code.
    """
    services: list[Service] = []
    faults: list[FileFault] = []
    digits: dict[int, str] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            text = file.read_bytes().decode("utf-8")
            service = load(text, file.name)
        except UnicodeDecodeError:
            faults.append(FileFault(file.name, 1, "", "پرونده باید با UTF-8 ذخیره شده باشد."))
            continue
        except FaultyService as error:
            faults += error.file_faults
            continue
        lines = Lines(text)
        if service.code != file.stem:
            words = f"نام پرونده باید «{service.code}.toml» باشد."
            faults.append(FileFault(file.name, lines.of(("code",)), "code", words))
        taken = digits.setdefault(service.digit, file.name) if service.digit else file.name
        if taken != file.name:
            words = f"این رقم را «{taken}» دارد؛ رقم دیگری بگذارید."
            faults.append(FileFault(file.name, lines.of(("digit",)), "digit", words))
        services.append(service)
    if faults:
        raise FaultyService(faults)
    services.sort(key=lambda s: (s.digit or 10, s.title))
    return {service.code: service for service in services}


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _in_order(faults: list[FileFault]) -> list[FileFault]:
    return sorted(faults, key=lambda fault: fault.line)


def _syntax_fault(name: str, text: str, message: str) -> FileFault:
    place = _PLACE.search(message)
    last = max(1, len(text.splitlines()))
    line = int(place[1]) if place and place[1] else last
    known = [words for start, words in _SYNTAX.items() if message.startswith(start)]
    return FileFault(name, line, "", known[0] if known else "نوشتار این سطر TOML نیست.")


def _shape_faults(name: str, lines: Lines, errors: list[ErrorDetails]) -> Iterator[FileFault]:
    for error in errors:
        path: KeyPath = error["loc"]
        words = _shape_words(error)
        yield FileFault(name, lines.of(path), written(path), words)


def _shape_words(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    given = error["input"]
    if kind == "extra_forbidden":
        table, key = str(error["loc"][0]), str(error["loc"][-1])
        part = _TABLES.get(table, ServiceFile) if len(error["loc"]) > 1 else ServiceFile
        close = near(key, list(part.model_fields))
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
    return _SHAPE.get(kind, "این مقدار پذیرفته نیست.")


def _placed(name: str, text: str, lines: Lines, path: KeyPath, words: str) -> FileFault:
    """A template's fault comes with its own line as the path's last part."""
    inner = 0
    if path[0] == "letter" and isinstance(path[-1], int):
        inner, path = path[-1], path[:-1]
    line = lines.of(path)
    if inner:
        opening = text.splitlines()[line - 1].rstrip()
        line += inner if opening.endswith(('"""', "'''")) else inner - 1
    return FileFault(name, line, written(path), words)
