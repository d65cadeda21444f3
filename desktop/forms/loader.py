"""Reading service files: a service, or all faults of the file at once, each with its line."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from desktop.domain.service import Service
from desktop.forms.blocks import expand
from desktop.forms.checks import cross_faults
from desktop.forms.faults import (
    FaultyFile,
    FileFault,
    shape_faults,
    syntax_fault,
    twice_faults,
)
from desktop.forms.lines import KeyPath, Lines, written
from desktop.forms.schema import (
    CheckPart,
    DocumentPart,
    ExamplePart,
    FeesPart,
    FieldPart,
    GatePart,
    LetterPart,
    LinkPart,
    Part,
    ServiceFile,
    TariffPart,
    TermPart,
)

_TABLES: dict[str, type[Part]] = {
    "": ServiceFile,
    "field": FieldPart,
    "check": CheckPart,
    "link": LinkPart,
    "document": DocumentPart,
    "gate": GatePart,
    "letter": LetterPart,
    "example": ExamplePart,
    "term": TermPart,
    "tariff": TariffPart,
    "fees": FeesPart,
}


@lru_cache(maxsize=128)
def load(text: str, name: str) -> Service:
    """The service in the text of the file `name`, which may still include blocks.

    Raises FaultyFile with every fault. The version is 12 hex digits of the whole text's sha256.
    """
    whole = expand(text, name)
    text, faults = whole.text, list(whole.faults)
    lines = Lines(text)
    faults += twice_faults(name, lines)
    try:
        data = tomllib.loads(lines.without(text) if faults else text)
    except tomllib.TOMLDecodeError as error:
        faults.append(syntax_fault(name, text, str(error)))
        raise FaultyFile(faults) from None
    service: Service | None = None
    try:
        service = ServiceFile.model_validate(data).value(_version(text.encode()))
    except ValidationError as error:
        told = [{**one, "loc": _as_written(data, one["loc"])} for one in error.errors()]
        faults += shape_faults(name, lines, told, _TABLES)
    faults += [_placed(name, text, lines, path, words) for path, words in cross_faults(data)]
    if service is None or faults:
        raise FaultyFile(faults)
    return service


def load_all(folder: Path) -> dict[str, Service]:
    """Every `*.toml` of the folder by service code, in the order of digit and title.

    Raises FaultyFile with the faults of all files; a file's name is its service's code.
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
        except FaultyFile as error:
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
        raise FaultyFile(faults)
    services.sort(key=lambda s: (s.digit or 10, s.title))
    return {service.code: service for service in services}


def _as_written(data: Mapping[str, object], path: KeyPath) -> KeyPath:
    """The path as the file has it: one term is a table, not the first of several."""
    single = path[:2] == ("term", 0) and isinstance(data.get("term"), dict)
    return ("term", *path[2:]) if single else path


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


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
