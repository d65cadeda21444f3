"""How many keys that only lead on a service takes in a tour, from home to its papers and acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median

from desktop.domain.decision import Outcome
from desktop.trial.album import AlbumLine


@dataclass(frozen=True)
class Presses:
    """Of a service, each from home and where it took the most, 0 where nothing was counted: the
    clerk's to the receipt, until all that is owed is paid, to a visit's slip, until a letter is
    handed over; and the manager's to the letter of what was answered at once. `usual` is the middle
    of all its receipts."""

    receipt: int = 0
    usual: float = 0
    stamp: int = 0
    paid: int = 0
    slip: int = 0
    handed: int = 0


_AT_ONCE = {Outcome.ANSWER.value: "answer-copy-1", Outcome.REFUSE.value: "refuse-copy-1"}
PAID, HANDED = "payment-taken", "letter-handed-over"
_COUNTED = {"receipt": "receipt", "slip": "slip", PAID: "paid", HANDED: "handed"}


def presses_of(kept: Iterable[AlbumLine]) -> dict[str, Presses]:
    """By service what was counted of it."""
    most: dict[str, Presses] = {}
    receipts: dict[str, list[int]] = {}
    for line in kept:
        at_once = line.name == _AT_ONCE.get(line.outcome)
        counted = "stamp" if at_once else _COUNTED.get(line.name)
        if counted and line.presses:
            before = most.get(line.service, Presses())
            larger = max(getattr(before, counted), line.presses)
            most[line.service] = replace(before, **{counted: larger})
            if counted == "receipt":
                receipts.setdefault(line.service, []).append(line.presses)
    return {code: replace(most[code], usual=median(counts)) for code, counts in receipts.items()}


def presses_told(by_service: Mapping[str, Presses]) -> str:
    """The middle of the services, as each usually is and where each takes the most; the most."""
    receipts = {service: each.receipt for service, each in by_service.items()}
    worst = max(receipts, key=lambda service: receipts[service])
    usual = median(each.usual for each in by_service.values())
    middle = f"median {usual:g} ({median(receipts.values()):g} of each one's longest)"
    middle += f", most {receipts[worst]} ({worst})"
    others = {
        "the stamp and its letter": [each.stamp for each in by_service.values()],
        "a debt paid": [each.paid for each in by_service.values()],
        "a visit booked": [each.slip for each in by_service.values()],
        "a letter handed over": [each.handed for each in by_service.values()],
    }
    told = "".join(f"; {words} {max(counts)}" for words, counts in others.items() if any(counts))
    return f"keys from home to the printed paper, but for data: {middle}{told}"
