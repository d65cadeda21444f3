"""Reading service files: a service, or all faults of the file at once, each with its line."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from desktop.domain.service import Service
from desktop.forms.checks import cross_faults
from desktop.forms.faults import FaultyFile, FileFault, shape_faults, twice_faults
from desktop.forms.lines import KeyPath
from desktop.forms.neighbours import digit_faults, link_faults, tariff_faults, title_faults
from desktop.forms.reading import demand_sized, read_text
from desktop.forms.schema import TABLES, ServiceFile
from desktop.forms.source import Source
from desktop.forms.syntax import syntax_fault

_DEEPEST = 12
_DEEP = "کروشه‌ها یا عددهای این پرونده بیش از اندازه‌اند؛ با پروندهٔ تازه بسنجید."


def _is_deep(data: object) -> bool:
    """Whether tables lie within tables deeper than any that a service has: «a.a.a… = 1»."""
    level: list[object] = [data]
    for _ in range(_DEEPEST):
        tables = [each.values() for each in level if isinstance(each, dict)]
        lists = [each for each in level if isinstance(each, list)]
        level = [item for each in (*tables, *lists) for item in each]
    return bool(level)


@lru_cache(maxsize=128)
def load(text: str, name: str) -> Service:
    """The service in the text of the file `name`, which may still include blocks.

    Raises FaultyFile with every fault. The version is 12 hex digits of the whole text's sha256.
    """
    demand_sized(text, name)
    source = Source(text, name)
    faults = [*source.block_faults, *twice_faults(name, source.lines)]
    try:
        data = tomllib.loads(source.lines.without(source.text) if faults else source.text)
    except tomllib.TOMLDecodeError as error:
        faults.append(syntax_fault(name, source.text, str(error)))
        raise FaultyFile(source.placed(faults)) from None
    except (RecursionError, ValueError):
        raise FaultyFile([FileFault(name, 1, "", _DEEP)]) from None
    if _is_deep(data):
        raise FaultyFile([FileFault(name, 1, "", _DEEP)])
    service: Service | None = None
    try:
        service = ServiceFile.model_validate(data).value(_version(source.text.encode()))
    except ValidationError as error:
        told = [{**one, "loc": _as_written(data, one["loc"])} for one in error.errors()]
        faults += shape_faults(name, source.lines, told, TABLES)
    faults += [source.fault(path, words) for path, words in cross_faults(data)]
    if service is None or faults:
        raise FaultyFile(source.placed(faults))
    return service


def name_faults(code: str, source: Source) -> list[FileFault]:
    """A file whose name is not its service's code."""
    if source.name == f"{code}.toml":
        return []
    words = f"نام پرونده و کد خدمت یکی است: نام پرونده را «{code}.toml» بگذارید."
    return [source.fault(("code",), words)]


def load_all(folder: Path) -> dict[str, Service]:
    """Every `*.toml` of the folder by service code, in the order of digit and title.

    Raises FaultyFile with the faults of all files, and with what does not go together.
    """
    read: list[tuple[Service, Source]] = []
    faults: list[FileFault] = []
    files = sorted(folder.glob("*.toml"))
    for file in files:
        try:
            text = read_text(file)
            read.append((load(text, file.name), Source(text, file.name)))
        except FaultyFile as error:
            faults += error.file_faults
    services = {service.code: service for service, _ in read}
    for number, (service, source) in enumerate(read):
        faults += name_faults(service.code, source)
        before = [other for other, _ in read[:number]]
        told = [
            *title_faults(service, before),
            *digit_faults(service, before),
            *tariff_faults(service, before),
        ]
        if len(read) == len(files):
            # Of a file that can't be read nobody knows what a link to it may carry.
            told += link_faults(service, services)
        faults += [source.fault(path, words) for path, words in told]
    if faults:
        raise FaultyFile(faults)
    by_key = sorted(services.values(), key=lambda s: (s.digit or 10, s.title))
    return {service.code: service for service in by_key}


def _as_written(data: Mapping[str, object], path: KeyPath) -> KeyPath:
    """The path as the file has it: one term is a table, not the first of several."""
    single = path[:2] == ("term", 0) and isinstance(data.get("term"), dict)
    return ("term", *path[2:]) if single else path


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
