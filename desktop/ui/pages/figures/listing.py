"""The figures of one kind: a line to search in, a table with the columns of the sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.actions.municipal_data import Figure, KindLook
from desktop.domain.calendar import format_jalali
from desktop.domain.money import format_number
from desktop.domain.persian import fold, isolate, to_persian_digits
from desktop.forms import sheet_cells as sheet
from desktop.forms.sheets import SINCE, FiguresSheet, sheet_of
from desktop.ui.pages.figures.kind_list import KindList
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.led import SearchedByTyping
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, RowsModel, TableColumn, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState

_NONE = ("چیزی در این فهرست نیست", "جست‌وجوی دیگری بنویسید.")
_EMPTY = ("هنوز چیزی در این فهرست نیست", "نخستین را با «ردیف تازه» بسازید.")
# What tells of a figure to the program, not to a person who has its title beside it.
_UNSHOWN = (sheet.CODE, sheet.KEY)
# What gives way where there is no room for all columns; it stands in the form and beside the list.
_DROPS = {sheet.POSTAL: 1, sheet.LATITUDE: 2, sheet.LONGITUDE: 3, sheet.LISTED: 4}
_MONEY = (sheet.AMOUNT, sheet.RIAL)
_ROW = 44


class FigureList(SearchedByTyping, KindList):
    """What is to come stands first, with its day."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        of = sheet_of(kind)
        assert isinstance(of, FiguresSheet)
        self._headings = [column.heading for column in of.columns if column.heading != SINCE]
        shown = [each for each in of.names if each not in _UNSHOWN]
        # What names it; of a tariff and a service that is the title beside the key.
        self._first = shown[-1] if shown else self._headings[1]
        self.look: KindLook | None = None
        self.shown: list[Figure] = []
        self._key = ""
        columns = [
            TableColumn(
                each.heading,
                min(62 + 2 * each.width, 130),
                each.width,
                _DROPS.get(each.heading, 0),
                sortable=False,
            )
            for each in of.columns
            if each.heading not in (SINCE, *_UNSHOWN)
        ]
        columns.append(TableColumn(SINCE, 116, sortable=False))
        self.typed = TextLine(placeholder=f"جست‌وجو در {of.title}", icon="search")
        self.typed.setAccessibleName(f"جست‌وجو در {of.title}")
        self.typed.edited.connect(self._typed)
        self.model = RowsModel(columns, self)
        self.table = Table(of.title, columns, row_height=_ROW)
        self.table.setModel(self.model)
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.opened.emit())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(*_NONE, icon="search")
        self.empty.hide()
        self.note = Banner("", "pay", icon="alert-triangle")
        self.note.hide()
        column = Column(self.typed, self.note, gap=8)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)

    def show_look(self, look: KindLook) -> None:
        """Show the kind as it stands; the same row stays chosen."""
        self.look = look
        self.note.set_words(look.note)
        self.note.setVisible(bool(look.note))
        self._list()

    def searched(self) -> str:
        """What is looked for."""
        return self.typed.value()

    def keys(self) -> QWidget:
        """The table."""
        return self.table

    @property
    def figure(self) -> Figure | None:
        """The figure of the chosen row."""
        row = self.table.row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def point(self, key: str) -> None:
        """Choose the row of a figure."""
        keys = [each.key for each in self.shown]
        if keys:
            self.table.choose(keys.index(key) if key in keys else 0)

    def _typed(self) -> None:
        self._list()
        self.looked.emit()

    def _list(self) -> None:
        if self.look is None:
            return
        words = fold(self.typed.value()).split()
        self.shown = [each for each in self.look.figures if each.speaks_of(words)]
        self.model.set_rows([(each.key, self._cells(each)) for each in self.shown])
        self.frame.setVisible(bool(self.shown))
        title, detail = _NONE if self.look.figures else _EMPTY
        self.empty.words.setText(title)
        self.empty.detail.setText(detail)
        self.empty.setVisible(not self.shown)
        self.point(self._key)
        self._chose(self.table.row())

    def _cells(self, figure: Figure) -> list[Cell]:
        cells = []
        for heading, text in zip(self._headings, figure.cells, strict=True):
            if heading in _UNSHOWN:
                continue
            words = self.look.named.get(text, "") if self.look is not None else ""
            words = words or _shown(heading, text)
            cells.append(named(words) if heading == self._first else Cell(words, wraps=True))
        day = isolate(format_jalali(figure.since)) if figure.since else "از آغاز"
        if figure.coming:
            cells.append(Cell(day, "visit", 500, icon="calendar-event", said="از روز آینده"))
        else:
            cells.append(quiet(day))
        return cells

    def _chose(self, _row: int) -> None:
        if self.figure is not None:
            self._key = self.figure.key
        self.chosen.emit()


def _shown(heading: str, text: str) -> str:
    if heading in _MONEY:
        return format_number(int(text)) if text.isdecimal() else "فرمول"
    return to_persian_digits(text) or "—"
