"""Which offices have hours of their own on a day of the calendar, and where each line leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from desktop.actions.municipal_data import KindLook
from desktop.domain.hours import Span
from desktop.domain.office_words import hours_words, some_offices
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.places import Place

_MOST = 4
"""So many kinds of hours are told one by one; the offices of the others are counted."""


class SpecialLine(NamedTuple):
    """«۳۸ دفتر», «۹:۰۰ تا ۱۳:۰۰», and the place of these offices."""

    who: str
    hours: str
    place: Place


def special_lines(look: KindLook, day: date) -> list[SpecialLine]:
    """A line for the offices that have the same hours then, the most of them first: it leads to the
    office, or to all that have hours of their own on the day."""
    held: dict[tuple[Span, ...], list[str]] = {}
    for office, spans in look.special.get(day, {}).items():
        held.setdefault(tuple(spans), []).append(office)
    groups = sorted(held.items(), key=lambda each: -len(each[1]))
    every = places.Offices(day=day)
    told = [
        SpecialLine(_who(look, offices), hours_words(spans), _place(offices, every))
        for spans, offices in groups[:_MOST]
    ]
    left = [office for _, offices in groups[_MOST:] for office in offices]
    if left:
        told.append(SpecialLine(_who(look, left), "ساعت‌های دیگر", every))
    return told


def _place(offices: Sequence[str], every: Place) -> Place:
    return places.Office(offices[0]) if len(offices) == 1 else every


def _who(look: KindLook, offices: Sequence[str]) -> str:
    if len(offices) == 1:
        return some_offices([look.codes[offices[0]]])
    return to_persian_digits(f"{len(offices)} دفتر")
