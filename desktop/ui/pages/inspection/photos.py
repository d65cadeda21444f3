"""What the file of each picture of a visit says: when it was taken, how far from the property."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.actions.documents import HeldPage
from desktop.domain.calendar import format_day_month
from desktop.domain.nearest_words import distance_words
from desktop.domain.persian import to_persian_digits
from desktop.domain.place import metres

_UNTOLD = "فایل آن ساعت و جا ندارد"


def photo_lines(
    pages: Sequence[HeldPage], point: tuple[str, str] | None, visited_on: date | None
) -> list[str]:
    """A line a picture: «عکس ۱: ساعت ۱۰:۳۲، ۲۰ متر از ملک»; `point` is the property's place.

    The day stands with it where it is another one than the visit's.
    """
    return [
        to_persian_digits(f"عکس {number}: {_told(page, point, visited_on)}")
        for number, page in enumerate(pages, start=1)
    ]


def _told(page: HeldPage, point: tuple[str, str] | None, visited_on: date | None) -> str:
    parts = []
    if page.taken is not None and page.taken != visited_on:
        parts.append(format_day_month(page.taken))
    if page.hour:
        parts.append(f"ساعت {page.hour}")
    if page.place is not None and point is not None:
        parts.append(f"{distance_words(metres(point, page.place))} از ملک")
    return "، ".join(parts) or _UNTOLD
