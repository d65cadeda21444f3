"""The hours of visits and the names of districts as the whole window says them, as the desk of who
sits at it has heard; until then what ships."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.actions.city_words import CityWords, city_words
from desktop.domain.counter import Halves
from desktop.ui.work import Changed

if TYPE_CHECKING:
    from desktop.ui.window import Window


@dataclass
class _Kept:
    words: CityWords = field(default_factory=CityWords)


_kept = _Kept()


def keep(words: CityWords) -> bool:
    """From now on the window says it so; whether that is otherwise than before."""
    other, _kept.words = words != _kept.words, words
    return other


def halves_on(day: date) -> Halves:
    """The half-days of the day."""
    return _kept.words.halves(day)


def half_words(day: date, half: int) -> str:
    """«۸:۰۰ تا ۱۱:۰۰»: from when to when that half of the day is."""
    return halves_on(day)[half].words


def district_name(district: int) -> str:
    """«منطقهٔ ۲», or the name that the district has."""
    return _kept.words.district(district)


class CityWording(QObject):
    """Asks whenever figures were published, and has the page drawn anew where it says them."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def look(self) -> None:
        """Ask anew."""
        window, desk = self._window, self._window.seat.desk
        if window.frame is not None:
            window.work.run(window.frame, lambda: city_words(desk), self._show)

    def _show(self, words: CityWords) -> None:
        if keep(words) and (page := self._window.page) is not None:
            page.hear(Changed(published=True))
