"""The pages that somebody opened last, by their headings: what the box of commands offers first."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.places import Place

_MOST = 5


@dataclass(frozen=True)
class OpenedPage:
    """A page that was opened: where it is, its heading, and its state's icon."""

    place: Place
    words: str
    icon: str


class Opened:
    """The last five, the newest first, each once; another person's are forgotten."""

    def __init__(self) -> None:
        self._pages: list[OpenedPage] = []

    def note(self, page: Page) -> None:
        """This page is left: it was opened."""
        heading = page.heading
        # What nobody is named in is told apart by its state: a draft before there is a name.
        state = heading.chip.words if heading.chip is not None else ""
        parts = (heading.title, heading.second or state) if heading.title else ()
        words = "، ".join(filter(None, parts))
        if not words or isinstance(page.place, places.Search | places.Keys):
            return
        others = [each for each in self._pages if each.place != page.place]
        icon = heading.chip.icon if heading.chip is not None else "history"
        self._pages = [OpenedPage(page.place, words, icon), *others][:_MOST]

    def others(self, than: Place | None) -> list[OpenedPage]:
        """All but the one that shows."""
        return [each for each in self._pages if each.place != than]

    def forget(self) -> None:
        """Somebody else sits here."""
        self._pages.clear()
