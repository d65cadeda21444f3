"""Where the headings of a sheet stand, and which of its columns is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from desktop.centre.records.columns import ExportSheet
from desktop.domain.errors import Refusal
from desktop.domain.persian import fold, join_and, to_persian_digits

SOUGHT = 30
"""So many rows of a sheet are looked through for its headings: a title may stand above them."""
ABSENT = -1
"""The place of an optional column that an export does not have."""


def heading_row(sheet: ExportSheet, rows: Iterable[Sequence[str]]) -> int:
    """Which of the first rows (from 0) holds the headings: the first with most of the sheet's.

    Raises Refusal where none does, saying what the sheet lacks or that it is empty.
    """
    sought = list(rows)
    found = [len(_places(row).keys() & {fold(name) for name in sheet.columns}) for row in sought]
    best = max(found, default=0)
    if best:
        return found.index(best)
    if not any(cell.strip() for row in sought for cell in row):
        raise Refusal(f"«{sheet.title}» خالی است؛ سرستون هم ندارد.")
    shown = to_persian_digits(SOUGHT)
    raise Refusal(
        f"سرستون‌های «{sheet.title}» در {shown} سطر نخست آن یافت نشد؛ سطری با نام ستون‌ها"
        f" ({join_and([f'«{name}»' for name in sheet.columns[:3]])} و …) بالای داده‌ها بگذارید."
    )


def places_of(sheet: ExportSheet, headings: Sequence[str]) -> list[int]:
    """The place of each of the sheet's headings among these; ABSENT for an optional one.

    Raises Refusal, naming them, when columns are missing.
    """
    places = _places(headings)
    named = Counter(fold(heading) for heading in headings)
    twice = [f"«{name}»" for name in sheet.headings if named[fold(name)] > 1]
    if twice:
        raise Refusal(f"در «{sheet.title}» این ستون دو بار آمده است: {join_and(twice)}")
    lacking = [f"«{name}»" for name in sheet.columns if fold(name) not in places]
    if lacking:
        raise Refusal(f"در «{sheet.title}» این ستون نیست: {join_and(lacking)}")
    return [places.get(fold(name), ABSENT) for name in sheet.headings]


def width_of(headings: Sequence[str]) -> int:
    """How many columns are headed: blank cells after the last heading head nothing."""
    return max((i for i, heading in enumerate(headings, 1) if heading.strip()), default=0)


def in_order(cells: Sequence[str], places: Sequence[int]) -> list[str]:
    """The cells in the order of the sheet's headings; empty for what an export does not have."""
    return [cells[place] if place != ABSENT else "" for place in places]


def _places(headings: Sequence[str]) -> dict[str, int]:
    """By folded heading its place; of two alike the first counts."""
    return {fold(heading): i for i, heading in reversed(list(enumerate(headings)))}
