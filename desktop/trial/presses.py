"""How many keys that only lead on each service takes from home to the printed paper, in a tour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from desktop.domain.decision import Outcome
from desktop.trial.album import AlbumLine


@dataclass(frozen=True)
class Presses:
    """Of one request: the clerk's to the receipt, and the manager's to the letter that the service
    answered it with at once (0 where it did not)."""

    receipt: int
    stamp: int = 0

    @property
    def whole(self) -> int:
        """From home to the last paper that came out at once."""
        return self.receipt + self.stamp


_AT_ONCE = {Outcome.ANSWER: "answer-copy-1", Outcome.REFUSE: "refuse-copy-1"}


def presses_of(kept: Iterable[AlbumLine]) -> dict[str, Presses]:
    """By service its request that took the most, of those that were counted."""
    counted: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for line in kept:
        if line.presses:
            counted[line.service, line.outcome].setdefault(line.name, line.presses)
    most: dict[str, Presses] = {}
    for (service, outcome), papers in counted.items():
        if "receipt" not in papers:
            continue
        letter = _AT_ONCE.get(Outcome(outcome), "")
        one = Presses(papers["receipt"], papers.get(letter, 0))
        most[service] = max(one, most.get(service, one), key=lambda each: each.whole)
    return most


def presses_told(by_service: Mapping[str, Presses]) -> str:
    """The middle and the most, for whoever plays the tour."""
    whole = {service: each.whole for service, each in by_service.items()}
    stamps = [each.stamp for each in by_service.values() if each.stamp]
    worst = max(whole, key=lambda service: whole[service])
    told = f"keys from home to the printed paper, but for data: median {median(whole.values()):g}"
    stamped = f", of them the stamp {median(stamps):g}" if stamps else ""
    return f"{told}{stamped}, most {whole[worst]} ({worst})"
