"""A list that only the centre knows: asked as the page opens; Enter opens the chosen row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui.page import Shell
from desktop.ui.pages.acts.table_page import TablePage
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Rows
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed


class AskedPage(TablePage):
    """The first rows of what the centre told, and how many more there are."""

    down: ClassVar[str]
    """What is said without a line."""
    icon: ClassVar[str]
    """The main key's, with rows."""

    def __init__(
        self,
        shell: Shell,
        place: Place,
        name: str,
        columns: Sequence[TableColumn],
        empty: EmptyState,
    ) -> None:
        super().__init__(shell, place, name, columns, empty)
        self._opens: Mapping[str, Place] = {}
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.ask)
        self.fault.hide()
        self.more = Banner("", "neutral", icon="info-circle")
        self.more.hide()
        self.table.opened.connect(lambda _: self.open_one())
        self.frame.hide()

    # What a page says for itself.

    def ask(self) -> None:
        """Ask the centre: `show_rows` once it answers, else `failed`."""
        raise NotImplementedError

    # The list.

    def lay(self, *above: QWidget) -> None:
        """The parts under each other; these above the list."""
        chosen = [(each, 0) for each in above]
        self.put((self.fault, 0), *chosen, (self.more, 0), (self.frame, 1), (self.empty, 0))
        self._arrange()

    def enter(self) -> None:
        """Ask the centre."""
        self.setFocus()
        self.ask()

    def refresh(self, changed: Changed) -> None:
        """A round ended, or the day changed."""
        self.ask()

    def press(self, key: str) -> bool:
        """F5 asks again."""
        if key == "F5":
            self.ask()
            return True
        return False

    def failed(self, no: Refusal) -> None:
        """Say why nothing newer is shown."""
        self.fault.set_words(self.down if no.words == NO_LINE else no.words)
        self.fault.show()

    def show_rows(self, rows: Rows, opens: Mapping[str, Place], more: str) -> None:
        """Show what the centre told; `opens` is by row where it leads, `more` tells of the rest."""
        self.fault.hide()
        stood = self.table.hasFocus() or self.hasFocus()
        self._opens = opens
        self.draw_rows(rows)
        self.frame.setVisible(bool(opens))
        self.empty.setVisible(not opens)
        self.more.set_words(to_persian_digits(more))
        self.more.setVisible(bool(more))
        self._arrange()
        if stood:
            self.take_focus()

    def open_one(self) -> None:
        """Enter: what the chosen row is about."""
        place = self._opens.get(self.table.key())
        if place is not None:
            self.shell.go(place)

    def _arrange(self) -> None:
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        if self._opens:
            again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
            again.clicked.connect(self.ask)
            main = Button("رسیدگی", "main", icon=self.icon, keys="Ctrl+Enter", also="Enter")
            main.clicked.connect(self.open_one)
            self.bar.arrange(main=main, quiets=[back, again])
        else:
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self.ask)
            self.bar.arrange(main=main, quiets=[back])
