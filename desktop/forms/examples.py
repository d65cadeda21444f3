"""A service file's examples, each put to the file's own gates on a day."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from desktop.domain.city import City
from desktop.domain.decision import Decision, Outcome, decide
from desktop.domain.errors import Refusal
from desktop.domain.gates import AWAITED, Question
from desktop.domain.service import Effect, Example, Service
from desktop.forms.answers import kept_answers
from desktop.forms.example_records import OWNER_ID, example_record

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExampleFault:
    """An example (`number` from 0) that came out otherwise than its file says, or not at all."""

    number: int
    words: str
    undecided: bool = False


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


def question(
    service: Service,
    example: Example,
    day: date,
    city: City,
    entered: Mapping[str, str] = MappingProxyType({}),
) -> Question:
    """The example as a question put on the day: the owner asks unless the record says another.

    `entered` is what the expert has entered by then.
    """
    record = example_record(example.record, day, city)
    unchanged = {"yes": True, "no": False, "": None}[example.unchanged]
    return Question(
        applicant=example.applicant,
        owner_id=OWNER_ID,
        found=record.found,
        day=day,
        city=city,
        code=record.code,
        unchanged=unchanged,
        answers=kept_answers(
            service, example.applicant, example.answers, day, record.found, entered
        ),
    )


def failing(decision: Decision) -> tuple[str, ...]:
    """The failing gates as `gate:effect`, sorted (RULES.md §5)."""
    return tuple(sorted(f"{f.gate}:{f.effect}" for f in decision.failing))


def decided(service: Service, example: Example, day: date, city: City) -> Decision:
    """How the example comes out, after the expert where it says what he enters.

    Raises whatever the file's formulas run into.
    """
    return _come_out(service, example, day, city)[0]


def _come_out(service: Service, example: Example, day: date, city: City) -> tuple[Decision, bool]:
    """How it comes out, and whether it never reaches the expert whose values it gives."""
    decision = decide(service, question(service, example, day, city))
    if not example.entered or decision.outcome is not Outcome.REVIEW:
        return decision, bool(example.entered)
    return _after_expert(service, example, day, city, decision), False


def run(service: Service, day: date, city: City) -> list[ExampleFault]:
    """Put all examples of the file to its gates; what came out otherwise, in Persian."""
    return faults_of(tested(service, day, city))


def faults_of(examples: Sequence[Tested]) -> list[ExampleFault]:
    """Those that came out otherwise, or not at all."""
    return [
        ExampleFault(number, each.words, undecided=not each.outcome)
        for number, each in enumerate(examples)
        if each.words
    ]


def tested(service: Service, day: date, city: City) -> tuple[Tested, ...]:
    """Every example of the file as it comes out on the day."""
    return tuple(_tested(service, example, day, city) for example in service.examples)


def _tested(service: Service, example: Example, day: date, city: City) -> Tested:
    try:
        came, unasked = _come_out(service, example, day, city)
    except Refusal as refusal:
        return _undecided(example, f"حساب نمی‌شود: {refusal.words}")
    # Whatever a file says, its author is told which example it is; the cause stands in the log.
    except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
        _log.warning("example %r can't be worked out", example.name, exc_info=fault)
        return _undecided(example, "حساب نمی‌شود؛ پاسخ‌ها و فرمول‌های آن را بسنجید.")
    gates, words = failing(came), _otherwise(example, came, unasked=unasked)
    told = f"نمونهٔ «{example.name}» {words}" if words else ""
    return Tested(example.name, example.outcome, came.outcome.value, gates, came.amount, told)


def _undecided(example: Example, words: str) -> Tested:
    return Tested(example.name, example.outcome, "", (), 0, f"نمونهٔ «{example.name}» {words}")


def _otherwise(example: Example, came: Decision, *, unasked: bool) -> str:
    """What came out otherwise than the file says, empty when the example is right."""
    why = f"دلیل‌ها: {'، '.join(failing(came)) or 'هیچ'}"
    if unasked:
        return f"به کارشناس نمی‌رسد: «{came.outcome}» شد؛ {why}."
    if came.outcome != example.outcome:
        words = f"باید «{example.outcome}» شود؛ «{came.outcome}» شد"
    elif example.gates is not None and tuple(sorted(example.gates)) != failing(came):
        words = "دلیل‌ها جز آن است که نوشته شده"
    else:
        return ""
    return f"{words}؛ {why}. نمونه یا دروازه‌ها را درست کنید."


def _after_expert(
    service: Service, example: Example, day: date, city: City, before: Decision
) -> Decision:
    """The decision once the expert has entered the example's values and cleared what he may."""
    reviewed = (Effect.REVIEW, Effect.VISIT)
    open_ = [f for f in before.failing if f.effect in reviewed and f.code != AWAITED]
    cleared = {finding.gate: example.name for finding in open_}
    return decide(service, question(service, example, day, city, example.entered), cleared)
