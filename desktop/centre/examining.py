"""All that is wrong with a service file: its text, its examples, its letters, the city's data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from desktop.centre.letter_checks import LetterFault, letter_faults
from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.forms.answers import RECORD_FOUND, RECORD_NONE, check_faults, kept_answers
from desktop.forms.charges import charge_faults, placed
from desktop.forms.examples import ExampleFault, Tested, faults_of, question, tested
from desktop.forms.faults import FaultyFile, FileFault
from desktop.forms.gate_checks import read_by_gates
from desktop.forms.lines import KeyPath
from desktop.forms.loader import load
from desktop.forms.neighbours import neighbour_faults
from desktop.forms.outcomes import outcome_faults
from desktop.forms.raw import Raw
from desktop.forms.source import Source


@dataclass(frozen=True)
class Examined:
    """A file and all that is wrong with it; the service and its examples where it could be read."""

    name: str
    service: Service | None
    faults: tuple[FileFault, ...] = ()
    examples: tuple[Tested, ...] = ()


def examined(
    text: str, name: str, city: City, day: date, others: Mapping[str, Service] | None = None
) -> Examined:
    """The text of the file `name`, examined whole for a day and the city as it is on that day.

    `others` are the services of that day by code, against which digit and links are held; without
    them neither is. Never raises for what a person wrote.
    """
    try:
        service = load(text, name)
    except FaultyFile as error:
        return Examined(name, None, tuple(error.file_faults))
    source = Source(text, name)
    told = list(outcome_faults(Raw(tomllib.loads(source.text))))
    if others is not None:
        told += neighbour_faults(service, others)
    held = others.get(service.code) if others is not None else None
    charged = placed(charge_faults(service, city, held), source.text, name)
    examples = tested(service, day, city)
    wrong = faults_of(examples)
    told += _tried(service, day, wrong)
    told += _unanswered(service, day, city, {fault.number for fault in wrong if fault.undecided})
    # What can't be worked out has no letter.
    if not any(fault.undecided for fault in wrong):
        for letter in _letters(_Trial(source.text, repr(city), day, service, city)):
            told.append((("letter", letter.kind.value, letter.part, letter.line), letter.words))
    faults = source.placed([*charged, *(source.fault(path, words) for path, words in told)])
    return Examined(name, service, tuple(FaultyFile(faults).file_faults), examples)


def _tried(
    service: Service, day: date, wrong: Sequence[ExampleFault]
) -> Iterator[tuple[KeyPath, str]]:
    """What comes out wrong when the examples are filled in and decided."""
    for i, example in enumerate(service.examples):
        kept = kept_answers(service, example.applicant, example.answers, day)
        seen = {"applicant": str(example.applicant), "record": RECORD_FOUND}
        for refusal in check_faults(service, service.checks, seen, kept, day):
            words = f"نمونهٔ «{example.name}» در فرم پذیرفته نمی‌شود: {refusal.words}"
            yield ("example", i, "answers"), words
    for fault in wrong:
        yield ("example", fault.number), fault.words


def _unanswered(
    service: Service, day: date, city: City, undecided: set[int]
) -> Iterator[tuple[KeyPath, str]]:
    """What the form would demand of the examples, their outcome rests on, and they don't say."""
    weighed = _weighed(service, city)
    for i, example in enumerate(service.examples):
        if i in undecided:
            continue
        q = question(service, example, day, city)
        record = RECORD_NONE if q.found.record is None else RECORD_FOUND
        for asked in service.unanswered({**q.conditions, "record": record}):
            if asked.key not in weighed:
                continue
            words = f"نمونهٔ «{example.name}» در فرم پذیرفته نمی‌شود: {asked.label} را وارد کنید."
            yield ("example", i, "answers"), words


def _weighed(service: Service, city: City) -> set[str]:
    """The fields on which an outcome of the service rests: what its gates read, and its sums."""
    tariffs = city.serving(service).tariffs
    charged = [tariffs[key] for use in service.gates for key in use.tariffs if key in tariffs]
    summed = {name for tariff in charged for name in tariff.formula.roots}
    for field_ in reversed(service.fields):
        if field_.key in summed and field_.formula is not None:
            summed |= field_.formula.roots
    conditions = {key for use in service.gates for key in use.when.values}
    return summed | conditions | read_by_gates(service)


@dataclass(frozen=True)
class _Trial:
    """What the letters of a file hang on: its text, the city's data as written, the day."""

    text: str
    data: str
    day: date
    service: Service = field(compare=False)
    city: City = field(compare=False)


# A text is examined as it is typed, again when it is prepared, and again when it is signed.
@lru_cache(maxsize=64)
def _letters(trial: _Trial) -> tuple[LetterFault, ...]:
    return tuple(letter_faults(trial.service, trial.city, trial.day))
