"""What lists remember of a person while the window lives: filters, and letters that are chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.ui.places import Place

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.stamping import Chosen
    from desktop.ui.pages.board.figures import Shown, Span


@dataclass
class Remembered:
    """One person's: the filter that holds on the page of a place, and letters that were chosen.

    Letters by their ids, those to be stamped and those to be printed apart. `old_slips` are the
    cases whose visit this person moved and whose new slip is not printed yet. `board` are the
    city's figures as they were told last, by what was asked.
    """

    filters: dict[type[Place], str] = field(default_factory=dict)
    to_stamp: dict[str, Chosen] = field(default_factory=dict)
    to_print: dict[str, Chosen] = field(default_factory=dict)
    old_slips: set[str] = field(default_factory=set)
    board: dict[tuple[Span | None, str, int], Shown] = field(default_factory=dict)
