"""What lists remember of a person: filters over a restart too, the rest while the window lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from desktop.ui.places import Place

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.stamping import Chosen
    from desktop.domain.papers import PackPart
    from desktop.ui.pages.board.figures import Shown, Span

SLIP, RECEIPT = "برگ نوبت", "رسید ثبت"
"""What is printed by itself as soon as it can be."""


@dataclass
class Remembered:
    """One person's: the filter that holds on the page of a place, and letters that were chosen.

    Letters by their ids, those to be stamped and those to be printed apart. `old_slips` are the
    cases whose visit this person moved and whose new slip is not printed yet; `unprinted` those
    that he left before what was to be printed of them came out, each with that paper's name.
    `board` are the city's figures as they were told last, by what was asked. `district` is the one
    whose cases an expert goes through, empty for all. `out_of_pack` is what the pack that an
    inspector prints leaves out, `left_out` the cases that are no part of a citizen's one payment.
    """

    person: str
    district: str = ""
    to_stamp: dict[str, Chosen] = field(default_factory=dict)
    to_print: dict[str, Chosen] = field(default_factory=dict)
    old_slips: set[str] = field(default_factory=set)
    unprinted: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    out_of_pack: set[PackPart] = field(default_factory=set)
    board: dict[tuple[Span | None, str, int], Shown] = field(default_factory=dict)
    _filters: dict[type[Place], str] = field(default_factory=dict)

    def filter_of(self, page: type[Place]) -> str:
        """The filter that holds on the pages of a place, at a start the one chosen last; or empty.

        It may be one that a program before this one had: a page asks whether it still has it.
        """
        if page not in self._filters:
            self._filters[page] = str(QSettings().value(self._key(page), ""))
        return self._filters[page]

    def hold_filter(self, page: type[Place], name: str) -> None:
        """This one holds while the window lives: another page asked for it, nobody chose it."""
        self._filters[page] = name

    def choose_filter(self, page: type[Place], name: str) -> None:
        """The person chose this one: it holds at the next start as well."""
        self.hold_filter(page, name)
        QSettings().setValue(self._key(page), name)

    def _key(self, page: type[Place]) -> str:
        return f"filters/{self.person}/{page.__name__}"
