"""An office of the city as its papers show it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.letter import LetterHead

CITY = "یزد"
ORGANISATION = f"شهرداری {CITY}"
MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class OfficeCard:
    """Who the office is; `authority` names the act by which it answers for the municipality.

    Papers of a `sample` office say «نمونه».
    """

    code: str
    name: str
    address: str
    phone: str
    postal_code: str
    district: int
    authority: str
    sample: bool

    @property
    def head(self) -> LetterHead:
        """The head of its letters and papers."""
        return LetterHead(ORGANISATION, self.name, self.address, self.phone, self.postal_code)


def within_city(address: str) -> str:
    """An address as one says it inside the city: without the city's own name before it."""
    return address.removeprefix(f"{CITY}، ")
