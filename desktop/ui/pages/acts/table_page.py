"""A page of one table: what is shown where it is empty, and a form that stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.table import RowsModel, Table, TableColumn, TableFrame
from desktop.ui.widgets.lists.table_cells import Rows
from desktop.ui.widgets.told.empty import EmptyState


class TablePage(LeadsRows, Acting):
    """The table has the keys; without a row the page's main key has them."""

    def __init__(
        self,
        shell: Shell,
        place: Place,
        name: str,
        columns: Sequence[TableColumn],
        empty: EmptyState,
    ) -> None:
        super().__init__(shell, place)
        self._drawn: Rows | None = None
        self.rows = RowsModel(columns, self)
        self.table = Table(name, columns)
        self.table.setModel(self.rows)
        self.frame = TableFrame(self.table)
        self.empty = empty
        self.empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.empty.hide()

    def put(self, *parts: tuple[QWidget, int]) -> None:
        """The parts under each other, each with its share of the height."""
        column = Column(gap=10, margins=(12, 20, 12, 20))
        for part, share in parts:
            column.addWidget(part, share)
        column.addStretch(0)
        self.setLayout(column)

    def draw_rows(self, rows: Rows) -> None:
        """Show these, unless they are what shows; what is chosen stays chosen."""
        if rows != self._drawn:
            self._drawn = rows
            self.table.show_rows(rows)
        elif self.table.row() < 0:
            self.table.choose(0)

    def led_rows(self) -> Table | None:
        """The table, where there is one."""
        return None if self.frame.isHidden() else self.table

    def take_focus(self) -> None:
        """The table; where there is none the page's act."""
        if not self.frame.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.OtherFocusReason)


class WritingPage(TablePage):
    """What is new in the table is written in a form in its place; what is typed is kept.

    `form` is the one that stands open; `about` names the page's drafts among all others.
    """

    form: ActForm | None

    def __init__(
        self,
        shell: Shell,
        place: Place,
        name: str,
        columns: Sequence[TableColumn],
        empty: EmptyState,
        about: str,
    ) -> None:
        super().__init__(shell, place, name, columns, empty)
        self.form = None
        self._narrow = False
        self.drafts = ActDrafts(self, about)
        self.form_place = Scroller(gap=0, margins=(0, 0, 0, 0))
        self.form_place.hide()

    # What a page says for itself.

    def draw(self) -> None:
        """Show the table, or the form, and what goes with it."""
        raise NotImplementedError

    def arrange_bar(self) -> None:
        """The keys of the table, or of the form."""
        raise NotImplementedError

    # The form.

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def take_focus(self) -> None:
        """The form where one is open."""
        first = self.form.first() if self.form is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.form is None:
            super().take_focus()

    def press(self, key: str) -> bool:
        """Esc leaves the form; what is typed is kept."""
        if key == "Esc" and self.form is not None:
            self.close_form()
            return True
        return False

    def show_parts(self, *, any_rows: bool) -> None:
        """The form, the table, or what an empty one says."""
        writing = self.form is not None
        self.frame.setVisible(any_rows and not writing)
        self.empty.setVisible(not any_rows and not writing)
        self.form_place.setVisible(writing)
        self.let_side_stand(not writing)

    def open_form(self, form: ActForm) -> None:
        """Put the form in the table's place."""
        self.form = form
        self.form_place.add(form)
        self.drafts.follow(form)
        form.moves.finished.connect(self._to_main)
        self.draw()
        self.take_focus()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def close_form(self) -> None:
        """Back to the table."""
        if self.stays():
            return
        if self.form is not None:
            self.drafts.close(self.form)
        self.form = None
        clear(self.form_place.content)
        self.draw()
        self.take_focus()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the panel opens by F7 in place of the list."""
        self._narrow = narrow
        self.arrange_bar()

    def arrange_form(self, done: Callable[[], None]) -> bool:
        """The bar of the open form, whose main key does this; whether one is open."""
        if self.form is None or self.bar is None:
            return False
        main = Button(self.form.button, "main", icon=self.form.icon, keys="Ctrl+Enter")
        main.clicked.connect(done)
        leave = Button("انصراف", "second", keys="Esc", tall=True)
        leave.clicked.connect(self.close_form)
        self.bar.arrange(main=main, seconds=[leave])
        return True

    def quiets(self, *others: Button) -> list[Button]:
        """«بازگشت», the others, and the way to a panel that stands where there is room for it."""
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        found = [back, *others]
        if self._narrow and self.side is not None and self.side_stands:
            summary = Button("خلاصه", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            found.append(summary)
        return found
