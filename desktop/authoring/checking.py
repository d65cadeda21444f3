"""Checking service files from the command line: files are read here, judged at the centre."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop.authoring.holding import Holding
from desktop.centre.examining import Examined, examined
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load_all, name_faults
from desktop.forms.reading import read_text
from desktop.forms.shipped import shipped_city
from desktop.forms.source import Source


def check(files: Sequence[Path], holding: Holding, day: date) -> Iterator[Examined]:
    """Each file in turn; the files that ship, and how they go together, when none is named.

    A file that ships is held against the figures and services that ship, any other against
    `holding`.
    """
    ours = Holding({}, shipped_city())
    try:
        ours = Holding(load_all(SERVICES), ours.city)
    except FaultyFile as error:
        if not files:
            yield Examined(SERVICES.name, None, tuple(error.file_faults))
    for path in files or sorted(SERVICES.glob("*.toml")):
        ships = path.resolve().parent == SERVICES.resolve()
        yield _checked(path, ours if ships else holding, day)


def _checked(path: Path, holding: Holding, day: date) -> Examined:
    try:
        text = read_text(path)
    except FaultyFile as error:
        return Examined(path.name, None, tuple(error.file_faults))
    found = examined(text, path.name, holding.city, day, holding.services)
    if found.service is None:
        return found
    misnamed = name_faults(found.service.code, Source(text, path.name))
    return Examined(path.name, found.service, (*misnamed, *found.faults))


def whole(path: Path, holding: Holding, day: date) -> tuple[Service, str]:
    """The service and the text that is published. Raises FaultyFile with all that is wrong."""
    found = _checked(path, holding, day)
    if found.service is None or found.faults:
        raise FaultyFile(found.faults)
    return found.service, whole_text(path)


def lines_of(found: Examined) -> list[str]:
    """Lines for a person: one when all is well, else one for each fault."""
    service = found.service
    if found.faults or service is None:
        return [fault.words for fault in found.faults]
    outcomes = "، ".join(dict.fromkeys(example.outcome for example in service.examples))
    counts = to_persian_digits(
        f"{len(service.fields)} پرسش، {len(service.documents)} مدرک، {len(service.gates)} دلیل، "
        f"{len(service.examples)} نمونه"
    )
    return [f"{found.name}: درست است. {service.title}: {counts} ({outcomes})."]
