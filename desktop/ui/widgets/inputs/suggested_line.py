"""A line of words with a list of those that are known; what stands in no list may be typed too."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.persian import clean
from desktop.ui.widgets.inputs.line import as_shown
from desktop.ui.widgets.inputs.list_choice import ListChoice


class SuggestedLine(ListChoice):
    """As a list choice, but what was typed stays; the value is the words themselves."""

    types = True

    def __init__(self, words: Sequence[str] = (), *, placeholder: str = "") -> None:
        super().__init__([], placeholder=placeholder)
        self.set_words(words)

    def set_words(self, words: Sequence[str]) -> None:
        """Suggest these."""
        typed = self.text()
        self.set_options([(each, as_shown(each)) for each in words])
        self.setText(typed)

    def value(self) -> str:
        """What stands there, clean."""
        return clean(self.text())

    def raw(self) -> str:
        """The same."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Fill the line; nothing is signalled."""
        self._chosen = value if value in dict(self.options()) else ""
        self.setText(as_shown(value))

    def _settle(self) -> None:
        """What was typed stays as it is: whoever reads the value tells what is wrong with it."""
