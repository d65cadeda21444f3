"""The model of a long list: a true number of rows, cells only for what is looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.lists.paged_rows import PAGE, PagedRows
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn

COLUMNS = (TableColumn("شماره", 120), TableColumn("متقاضی", 160))
MILLION = 1_000_000


class Pages:
    """Answers at once, and keeps what it was asked."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.asked: list[tuple[int, int]] = []
        self.at_once = at_once
        self.model = PagedRows(COLUMNS, self.ask)

    def ask(self, first: int, count: int) -> None:
        self.asked.append((first, count))
        if self.at_once:
            self.answer(first, count)

    def answer(self, first: int, count: int, word: str = "") -> None:
        rows = [(Cell(f"{word}{first + i}"), Cell("نام")) for i in range(count)]
        self.model.put(first, rows)

    def words(self, row: int) -> object:
        return self.model.data(self.model.index(row, 0))


def test_a_million_rows_have_a_true_scroll_bar_and_few_pages(qtbot: QtBot) -> None:
    pages = Pages()
    table = Table("پرونده‌ها", COLUMNS)
    qtbot.addWidget(table)
    table.setModel(pages.model)
    table.resize(400, 400)
    table.show()
    pages.model.set_count(MILLION)
    QApplication.processEvents()
    bar = table.verticalScrollBar()
    assert bar.maximum() > MILLION * 30
    bar.setValue(bar.maximum())
    table.grab()
    assert pages.words(MILLION - 1) == str(MILLION - 1)
    assert len(pages.asked) <= 4
    last_first = (MILLION - 1) // PAGE * PAGE
    assert (last_first, MILLION - last_first) in pages.asked


def test_a_page_is_asked_once_and_empty_until_it_comes() -> None:
    pages = Pages(at_once=False)
    pages.model.set_count(100)
    assert pages.words(3) == ""
    assert pages.words(4) == ""
    assert pages.asked == [(0, PAGE)]
    pages.answer(0, PAGE)
    assert pages.words(3) == "3"
    assert pages.words(99) == ""
    assert pages.asked[-1] == (PAGE, 100 - PAGE)


def test_a_renewed_list_shows_the_old_rows_until_the_new_ones_are_there() -> None:
    pages = Pages()
    pages.model.set_count(10)
    assert pages.words(2) == "2"
    pages.at_once = False
    pages.model.set_count(10)
    assert pages.words(2) == "2"
    assert len(pages.asked) == 2
    pages.answer(0, 10, "تازه ")
    assert pages.words(2) == "تازه 2"


def test_only_so_many_pages_are_held() -> None:
    pages = Pages()
    pages.model.set_count(MILLION)
    for row in range(0, PAGE * 200, PAGE):
        pages.words(row)
    asked = len(pages.asked)
    pages.words(0)
    assert len(pages.asked) == asked + 1


def test_columns_have_their_titles_and_rows_a_tooltip() -> None:
    pages = Pages()
    pages.model.set_count(1)
    assert pages.model.headerData(1, Qt.Orientation.Horizontal) == "متقاضی"
    tip = pages.model.data(pages.model.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert tip == "نام"
