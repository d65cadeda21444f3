"""All keys of the window on one page (Ctrl+/)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.key_table import KEY_TABLE, KeyUse
from desktop.ui.page import Heading, Page, Shell
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Grid, Row
from desktop.ui.widgets.told.keycap import KeyCaps


class KeysPage(Page):
    """Read and left again with Esc."""

    listens = frozenset()
    rail = ""

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._cards = [_card(heading, uses) for heading, uses in KEY_TABLE.items()]
        scroller = Scroller(margins=(14, 20, 14, 20))
        grid = Grid(2, gap=12, row_gap=12)
        grid.put([(card, 1) for card in self._cards])
        scroller.content.addLayout(grid)
        self.setLayout(Column(scroller, gap=0))
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(shell.back)
        assert self.bar is not None
        self.bar.arrange(quiets=[back])
        self.set_heading(Heading("همهٔ میانبرها"))

    def enter(self) -> None:
        """Nothing is typed here."""
        self.setFocus()


def _card(heading: str, uses: Sequence[KeyUse]) -> QWidget:
    card = Card(heading)
    for use in uses:
        row = Row(gap=10)
        row.addWidget(Label(use.words, wrap=True, middle=True), 1)
        row.addWidget(KeyCaps(use.keys, "text"))
        card.body.addLayout(row)
    return card
