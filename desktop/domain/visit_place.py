"""Whether a visit was reported from where the property is, as far as anybody knows where that is.

Desk and centre ask here alike (decision 134).
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.city import City
from desktop.domain.city_places import Point, in_address
from desktop.domain.nearest_words import distance_words
from desktop.domain.place import metres

NO_PLACE = (
    "جای این ملک دانسته است: عرض و طول جغرافیایی گزارش را بنویسید، "
    "یا در «توضیح مختصات» بگویید چرا ندارد."
)
"""What is said of a report without a place, of a property whose place is known."""
UNJUDGED = (
    "جای گزارش با جای ملک سنجیده نشد: جای ملک در سوابق نیست "
    "و نشانی، خیابان یا محله‌ای از فهرست شهر را نمی‌برد."
)
"""What the expert is told where nobody can tell whether a report is of the property."""
_ADDRESS, _AROUND = "نشانی", "میانهٔ خیابان یا محلهٔ نشانی"


@dataclass(frozen=True)
class PropertyPlace:
    """Where a property lies: its place on record, else the middles of the streets and the
    neighbourhood that its address names.

    A report is of it that was made so many metres `within` the nearest of these.
    """

    points: tuple[Point, ...]
    within: int
    surveyed: bool

    def why_not(self, here: Point) -> str:
        """Why nobody can tell that what was reported from there is the property; empty where it
        was near. `here` is empty in both halves where the report does not say."""
        if not all(here):
            return NO_PLACE
        away = min(metres(point, here) for point in self.points)
        if away <= self.within:
            return ""
        far, of = distance_words(away), _ADDRESS if self.surveyed else _AROUND
        return f"جای ثبت {far} با {of} فاصله دارد؛ دلیل بنویسید یا «نشانی با محل یکی نبود»."


def property_place(
    recorded: Point, address: str, neighbourhood: str, city: City
) -> PropertyPlace | None:
    """Where the property lies, by the records (empty halves: they do not tell it) or by what its
    address names; None where neither says it."""
    if all(recorded):
        return PropertyPlace((recorded,), city.visit_metres, surveyed=True)
    named = in_address(city.places, address, neighbourhood)
    if not named:
        return None
    points = tuple(place.point for place in named)
    return PropertyPlace(points, city.named_place_metres, surveyed=False)
