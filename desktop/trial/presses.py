"""How many keys that only lead on each service takes from home to the printed paper, in a tour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from desktop.domain.decision import Outcome
from desktop.trial.album import AlbumLine


@dataclass(frozen=True)
class Presses:
    """Of a service: the clerk's to the receipt, and counted apart the manager's to the letter of
    what was answered at once (0 where nothing was), each where it took the most."""

    receipt: int
    stamp: int = 0


_AT_ONCE = {Outcome.ANSWER.value: "answer-copy-1", Outcome.REFUSE.value: "refuse-copy-1"}


def presses_of(kept: Iterable[AlbumLine]) -> dict[str, Presses]:
    """By service what was counted of it."""
    receipts: Counter[str] = Counter()
    stamps: Counter[str] = Counter()
    for line in kept:
        if line.name == "receipt":
            receipts[line.service] = max(receipts[line.service], line.presses)
        elif line.name == _AT_ONCE.get(line.outcome):
            stamps[line.service] = max(stamps[line.service], line.presses)
    return {each: Presses(most, stamps[each]) for each, most in receipts.items() if most}


def presses_told(by_service: Mapping[str, Presses]) -> str:
    """The middle and the most, for whoever plays the tour."""
    receipts = {service: each.receipt for service, each in by_service.items()}
    stamps = [each.stamp for each in by_service.values() if each.stamp]
    worst = max(receipts, key=lambda service: receipts[service])
    middle = f"median {median(receipts.values()):g}, most {receipts[worst]} ({worst})"
    stamped = f"; the stamp and its letter {max(stamps)}" if stamps else ""
    return f"keys from home to the printed paper, but for data: {middle}{stamped}"
