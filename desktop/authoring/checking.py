"""Checking service files: what the centre's check finds in each, told line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop.authoring.holding import Holding
from desktop.centre.checking import Checked, checked
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load_all
from desktop.forms.shipped import shipped_city

_UNREADABLE = "این پرونده خوانده نشد؛ نشانی و اجازهٔ آن را ببینید."


def check(files: Sequence[Path], holding: Holding, day: date) -> Iterator[Checked]:
    """Each file in turn; the files that ship, and how they go together, when none is named.

    A file that ships is held against the figures that ship, any other against `holding`.
    """
    if not files:
        try:
            load_all(SERVICES)
        except FaultyFile as error:
            yield Checked(SERVICES.name, None, tuple(error.file_faults))
    for path in files or sorted(SERVICES.glob("*.toml")):
        ours = path.resolve().parent == SERVICES.resolve()
        yield _checked(path, Holding({}, shipped_city()) if ours else holding, day)


def read_file(path: Path) -> str:
    """The text of a service file. Raises Refusal for one that can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Refusal(f"{path.name}: {_UNREADABLE}") from fault


def _checked(path: Path, holding: Holding, day: date) -> Checked:
    try:
        text = read_file(path)
    except Refusal as no:
        return Checked(path.name, None, (no,))
    return checked(text, path.name, holding.city, day, holding.services)


def whole(path: Path, holding: Holding, day: date) -> tuple[Service, str]:
    """The service and the text that is published. Raises Refusals with all that is wrong."""
    found = _checked(path, holding, day)
    if found.service is None or found.faults:
        raise Refusals(list(found.faults))
    return found.service, whole_text(path)


def told(found: Checked) -> list[str]:
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
