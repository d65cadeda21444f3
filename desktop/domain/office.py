"""An office of the city as its papers show it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.domain.letter import LetterHead

CITY = "یزد"
ORGANISATION = f"شهرداری {CITY}"
MUNICIPALITY = "municipality"
# Two are what a tracking code needs to be long enough, twenty what every table holds.
_CODE = re.compile(r"[0-9]{2,20}")


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


def is_office_code(text: str) -> bool:
    """Whether an office can go by it: tracking codes and letter numbers begin with it."""
    return bool(_CODE.fullmatch(text))


def within_city(address: str) -> str:
    """An address as one says it inside the city: without the city's own name before it."""
    return address.removeprefix(f"{CITY}، ")
