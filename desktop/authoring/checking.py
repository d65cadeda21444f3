"""Checking service files: what is wrong in the file, in its examples, and against the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.authoring.holding import Holding
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.charges import charge_faults, placed
from desktop.forms.examples import run
from desktop.forms.faults import FaultyFile, FileFault
from desktop.forms.lines import Lines, written
from desktop.forms.loader import load, load_all
from desktop.forms.shipped import shipped_city

_UNREADABLE = "این پرونده خوانده نشد؛ نشانی و اجازهٔ آن را ببینید."


@dataclass(frozen=True)
class Checked:
    """A file and all that is wrong with it, in Persian sentences; the service when it is read."""

    name: str
    service: Service | None
    faults: tuple[str, ...]


def check(files: Sequence[Path], holding: Holding, day: date) -> Iterator[Checked]:
    """Each file in turn; the files that ship, and how they go together, when none is named.

    A file that ships is held against the figures that ship, any other against `holding`.
    """
    if not files:
        try:
            load_all(SERVICES)
        except FaultyFile as error:
            yield Checked(SERVICES.name, None, tuple(f.words for f in error.file_faults))
    for path in files or sorted(SERVICES.glob("*.toml")):
        ours = path.resolve().parent == SERVICES.resolve()
        yield _checked(path, Holding({}, shipped_city()) if ours else holding, day)


def _checked(path: Path, holding: Holding, day: date) -> Checked:
    try:
        service = load(path.read_text(encoding="utf-8"), path.name)
    except FaultyFile as error:
        return Checked(path.name, None, tuple(fault.words for fault in error.file_faults))
    except (OSError, UnicodeDecodeError):
        return Checked(path.name, None, (f"{path.name}: {_UNREADABLE}",))
    text, city = whole_text(path), holding.city
    lines = Lines(text)
    told = ((("example", fault.number), fault.words) for fault in run(service, day, city))
    faults = [FileFault(path.name, lines.of(at), written(at), words) for at, words in told]
    charged = charge_faults(service, city, holding.services.get(service.code))
    faults += placed(charged, text, path.name)
    return Checked(path.name, service, tuple(fault.words for fault in faults))


def whole(path: Path, holding: Holding, day: date) -> tuple[Service, str]:
    """The service and the text that is published. Raises Refusals with all that is wrong."""
    checked = _checked(path, holding, day)
    if checked.service is None or checked.faults:
        raise Refusals([Refusal(words) for words in checked.faults])
    return checked.service, whole_text(path)


def told(checked: Checked) -> list[str]:
    """Lines for a person: one when all is well, else one for each fault."""
    service = checked.service
    if checked.faults or service is None:
        return list(checked.faults)
    outcomes = "، ".join(dict.fromkeys(example.outcome for example in service.examples))
    counts = to_persian_digits(
        f"{len(service.fields)} پرسش، {len(service.documents)} مدرک، {len(service.gates)} دلیل، "
        f"{len(service.examples)} نمونه"
    )
    return [f"{checked.name}: درست است. {service.title}: {counts} ({outcomes})."]
