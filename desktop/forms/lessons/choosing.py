"""Which of a service's examples are its lessons."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.decision import Outcome
from desktop.domain.service import Example, Service

MOST = 5
_ORDER = tuple(Outcome)


def lesson_examples(service: Service) -> tuple[Example, ...]:
    """One for each outcome, then others whose reason, applicant or answers differ; five at most.

    What only the expert's word decides can't be foreseen at the counter.
    """
    possible = [example for example in service.examples if not example.entered]
    chosen: list[Example] = []
    for outcome in _ORDER:
        first = next((each for each in possible if each.outcome == outcome), None)
        chosen += [first] if first is not None else []
    chosen += _others(possible, chosen)
    kept = chosen[:MOST]
    return tuple(sorted(kept, key=lambda each: _ORDER.index(Outcome(each.outcome))))


def _others(possible: list[Example], chosen: list[Example]) -> Iterator[Example]:
    """What tells something that those before did not: who asks first, then the record."""
    asked = {each.applicant for each in chosen}
    for example in possible:
        if example not in chosen and example.applicant not in asked:
            asked.add(example.applicant)
            yield example
    for example in possible:
        if example not in chosen and example.applicant in {each.applicant for each in chosen}:
            yield example
