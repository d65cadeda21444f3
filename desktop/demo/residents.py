"""The made-up people and companies of the demo city: valid ids that no office ever gave out."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from desktop.domain.made_up import made_up_legal_id, made_up_national_id
from desktop.domain.property import Owner

_SERIALS = 999_999
_SHARES = {
    1: ("6",),
    2: ("3", "3"),
    3: ("2", "2", "2"),
    4: ("1.5", "1.5", "1.5", "1.5"),
}


class Residents:
    """Draws owners: mostly one or two people, some recorded as dead, some companies."""

    def __init__(self, random: Random, names: dict[str, Any], properties: int) -> None:
        self._random = random
        self._names = names
        self._people = min(_SERIALS, max(10, properties * 6 // 5))

    def owners(self) -> tuple[Owner, ...]:
        """The owners of one property; their shares sum to six dang."""
        random = self._random
        if random.random() < 0.015:
            company = random.randrange(len(self._names["companies"]))
            words = str(self._names["companies"][company])
            return (Owner("", words, made_up_legal_id(1000 + company), Decimal(6)),)
        count = random.choices((1, 2, 3, 4), (62, 28, 7, 3))[0]
        serials = random.sample(range(1, self._people + 1), count)
        return tuple(
            self._person(serial, Decimal(dang))
            for serial, dang in zip(serials, _SHARES[count], strict=True)
        )

    def _person(self, serial: int, dang: Decimal) -> Owner:
        # One serial is one person: the same name wherever they own.
        old = "zoroastrian_" if serial % 12 == 0 else ""
        first = self._names[f"{old}first_names"]
        last = self._names[f"{old}last_names"]
        return Owner(
            first_name=first[serial * 7 % len(first)],
            last_name=last[serial * 11 % len(last)],
            person_id=made_up_national_id(serial),
            dang=dang,
            dead=serial % 150 == 0,
        )
