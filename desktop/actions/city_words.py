"""How the city tells of visits, by its own figures: the hours of half-days, names of districts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.actions.desk import Desk
from desktop.domain.counter import DISTRICT_NAMES, Halves, district_name
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.store import published


@dataclass(frozen=True)
class CityWords:
    """Half-days by the first day on which they hold, in order; the names that districts have."""

    told: tuple[tuple[date, Halves], ...] = ()
    names: Mapping[int, str] = field(default_factory=lambda: DISTRICT_NAMES)

    def halves(self, day: date) -> Halves:
        """Those of the day; what ships before the first that was said."""
        begun = [halves for first, halves in self.told if first <= day]
        return begun[-1] if begun else Halves()

    def district(self, number: int) -> str:
        """«منطقهٔ ۲», or the name that the district has."""
        return district_name(number, self.names)


def city_words(desk: Desk) -> CityWords:
    """As this desk has heard; what ships before its first sync."""
    with desk.store.reading() as session:
        said = published.all_told(session, Topic.HALF_DAY)
        days = sorted({each.effective_from for each in said})
        city = desk.reference.city
        try:
            names = city(session, desk.today(session)).district_names
        except Refusal:
            return CityWords()
        return CityWords(tuple((day, city(session, day).halves) for day in days), names)
