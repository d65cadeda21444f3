"""What the municipality and the office ask for: a tariff is a formula, a charge its sum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.formula import Formula


class Purse(StrEnum):
    """Whose money it is; the two are never mixed (RULES.md §3, «Fees»)."""

    OFFICE = "office"
    MUNICIPALITY = "municipality"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return {"office": "دفتر", "municipality": "شهرداری"}[self.value]


@dataclass(frozen=True)
class Tariff:
    """A tariff of the city: its formula gives Rial from a form's answers and the city's rates."""

    key: str
    title: str
    purse: Purse
    formula: Formula


@dataclass(frozen=True)
class Charge:
    """A sum that a tariff gives for a request, whole Rial, and how it was worked out.

    `how` is empty where the sum is a plain figure.
    """

    key: str
    title: str
    purse: Purse
    amount: int
    how: str = ""
