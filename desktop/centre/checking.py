"""All that is wrong with a service file: its text, its examples, and what it asks of the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.centre.assents import demand_reader
from desktop.centre.context import Centre, day_of
from desktop.centre.tables import DeviceRow
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.forms.blocks import expand
from desktop.forms.charges import charge_faults, placed
from desktop.forms.examples import decided, failing, run
from desktop.forms.faults import FaultyFile, FileFault
from desktop.forms.lines import Lines, written
from desktop.forms.loader import load
from desktop.wire.services import (
    CheckAnswer,
    ExampleBody,
    FaultBody,
    ServiceAsk,
)


@dataclass(frozen=True)
class Tested:
    """An example as it came out: outcome, failing gates (`gate:effect`) and amount, Rial.

    The outcome is empty where it can't be worked out. `words` tell what is otherwise than the
    file says, and are empty where it is right.
    """

    name: str
    wanted: str
    outcome: str
    gates: tuple[str, ...]
    amount: int
    words: str


@dataclass(frozen=True)
class Checked:
    """A file and all that is wrong with it, by line; the service when it could be read.

    That a file could not be read at all has no line.
    """

    name: str
    service: Service | None
    faults: tuple[Refusal, ...]
    examples: tuple[Tested, ...] = ()


def checked(
    text: str, name: str, city: City, day: date, others: Mapping[str, Service] | None = None
) -> Checked:
    """Check the text of the service file `name` as if it held from the day in the city.

    `others` are the services of that day by code: what the file's own version in force brought is
    no other's.
    """
    try:
        service = load(text, name)
    except FaultyFile as error:
        return Checked(name, None, tuple(error.file_faults))
    whole = expand(text, name).text
    lines = Lines(whole)
    wrong = {fault.number: fault.words for fault in run(service, day, city)}
    faults = [
        FileFault(name, lines.of(("example", number)), written(("example", number)), words)
        for number, words in wrong.items()
    ]
    held = (others or {}).get(service.code)
    charged = placed(charge_faults(service, city, held), whole, name)
    # An example that asks for a sum that nobody can work out is not decided.
    examples = () if charged else _tested(service, day, city, wrong)
    ordered = FaultyFile([*faults, *charged]).file_faults
    return Checked(name, service, tuple(ordered), tuple(examples))


def _tested(service: Service, day: date, city: City, wrong: Mapping[int, str]) -> Iterator[Tested]:
    for number, example in enumerate(service.examples):
        try:
            decision = decided(service, example, day, city)
        # What can't be worked out is told as a fault of the example.
        except (Refusal, ArithmeticError, LookupError, TypeError, ValueError):
            yield Tested(example.name, example.outcome, "", (), 0, wrong.get(number, ""))
            continue
        yield Tested(
            example.name,
            example.outcome,
            decision.outcome.value,
            failing(decision),
            decision.amount,
            wrong.get(number, ""),
        )


def check(
    session: Session, centre: Centre, device: DeviceRow, ask: ServiceAsk, at: datetime
) -> CheckAnswer:
    """The file as it is written, checked for its day with the city's data of that day.

    Raises Refusal for who neither prepares nor signs.
    """
    demand_reader(session, device, ask.actor)
    city = centre.reference.city(session, max(ask.day, day_of(at)))
    others = centre.reference.services(session, max(ask.day, day_of(at)))
    found = checked(ask.text, ask.name, city, ask.day, others)
    service = found.service
    return CheckAnswer(
        code=service.code if service else "",
        title=service.title if service else "",
        faults=[_body(fault) for fault in found.faults],
        examples=[
            ExampleBody(
                name=each.name,
                wanted=each.wanted,
                outcome=each.outcome,
                gates=list(each.gates),
                amount=each.amount,
                words=each.words,
            )
            for each in found.examples
        ],
    )


def _body(fault: Refusal) -> FaultBody:
    if isinstance(fault, FileFault):
        return FaultBody(line=fault.line, key=fault.key, words=fault.advice)
    return FaultBody(line=0, key="", words=fault.words)
