"""An inspector's rounds as they are published: where he goes, on which half-days, when not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from desktop.domain.calendar import WEEKDAYS, parse_jalali
from desktop.domain.city import City
from desktop.domain.rota import Absence, HalfDay, Inspector, Rota
from desktop.forms.figures import Count, Day
from desktop.forms.schema.base import Part

Weekday = Literal["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه"]
Half = Annotated[int, Field(ge=1, le=2)]


class AwayPart(Part):
    """Days, both ends in, on which he does not work."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if parse_jalali(self.last) < parse_jalali(self.first):
            raise ValueError("پایان مرخصی پیش از آغاز آن است.")
        return self


class RoundsPart(Part):
    """An inspector's rounds; of one who goes nowhere any more the districts are none.

    `visits` in a half-day, in all districts together; by 0 as many as the figures file says.
    """

    districts: list[Count]
    half_days: dict[Weekday, list[Half]]
    visits: Annotated[int, Field(ge=0)] = 0
    away: list[AwayPart] = []

    def value(self, staff_id: str, city: City) -> Inspector:
        """The rounds as the program knows them."""
        return Inspector(
            staff_id=staff_id,
            districts=frozenset(self.districts),
            half_days=frozenset(
                HalfDay(WEEKDAYS.index(day), half)
                for day, halves in self.half_days.items()
                for half in halves
            ),
            visits=self.visits or city.visits_per_half_day,
            away=tuple(
                Absence(parse_jalali(part.first), parse_jalali(part.last)) for part in self.away
            ),
        )


def rota_of(texts: Mapping[str, str], city: City) -> Rota:
    """The rota of the published texts, by the inspector's id."""
    rounds = {
        staff_id: RoundsPart.model_validate_json(text) for staff_id, text in sorted(texts.items())
    }
    return Rota(
        tuple(part.value(staff_id, city) for staff_id, part in rounds.items()), city.calendar
    )
