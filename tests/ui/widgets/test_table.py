"""The table of cases: keys, sorting, columns that give way, what readers are told."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import desktop.ui
from desktop.domain.persian import PERSIAN_DIGITS
from desktop.domain.status import Status
from desktop.ui import theme
from desktop.ui.pages.board.tables import Kept
from desktop.ui.palette import Theme
from desktop.ui.registry import load_pages
from desktop.ui.standing.chips import CHIPS
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import ROW, Table, TableFrame
from desktop.ui.widgets.lists.table_cells import (
    Cell,
    RowsModel,
    TableColumn,
    deadline,
    named,
    quiet,
    shown_columns,
)
from desktop.ui.widgets.paint import strokes
from tests.ui.keyboard import click, press, type_text

_AIR = 12
"""Beside a title, px at 100 %."""
_NARROWEST = 739
"""What a page beside the icons at 160 % of a small screen leaves a table, px at 100 %."""
COLUMNS = (
    TableColumn("شماره", 140),
    TableColumn("وضعیت", 150),
    TableColumn("متقاضی", 150, 1),
    TableColumn("خدمت", 120, 1, drop=1),
    TableColumn("مهلت", 120, sortable=False),
    TableColumn("ثبت", 80, drop=2),
)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("کارتابل", COLUMNS)
    model = RowsModel(COLUMNS, made)
    chip = Cell(chip=CHIPS[Status.ISSUED])
    late = deadline("۱ روز گذشته", over=True)
    row = (quiet("۰۵۰۹۰۳-۰۲"), chip, named("فاطمه"), Cell("گواهی"), late, quiet("امروز"))
    model.set_rows([(f"case-{i}", row) for i in range(50)])
    made.setModel(model)
    made.resize(900, 300)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize("look", Theme)
@pytest.mark.parametrize("framed", [True, False])
def test_a_head_has_its_own_ground_in_a_frame_and_in_a_card(
    qtbot: QtBot, qapp: QApplication, look: Theme, framed: bool
) -> None:
    table = Table("کارتابل", COLUMNS)
    table.setModel(RowsModel(COLUMNS, table))
    holder = TableFrame(table) if framed else QWidget()
    if not framed:
        holder.setLayout(Column(table))
    qtbot.addWidget(holder)
    holder.resize(900, 300)
    holder.show()
    theme.apply(qapp, look, 100, motion=False)
    QApplication.processEvents()
    heads, picture = table.horizontalHeader(), holder.grab().toImage()
    at = heads.mapTo(holder, QPoint(heads.width() // 2, 4))
    assert picture.pixelColor(at) == theme.colour("sunk")


def test_the_chosen_row_stays_chosen_wherever_it_is_now(table: Table) -> None:
    (cells,) = {id(row): row for _, row in table.model()._rows}.values()  # type: ignore[attr-defined]
    table.choose(2)
    assert table.key() == "case-2"
    table.show_rows([("case-9", cells), ("case-8", cells), ("case-1", cells), ("case-2", cells)])
    assert (table.key(), table.row()) == ("case-2", 3)
    # It is gone: the last one, where it was the last.
    table.show_rows([("case-9", cells), ("case-1", cells)])
    assert table.key() == "case-1"
    table.show_rows([])
    assert table.key() == ""
    table.show_rows([("case-4", cells)])
    assert table.key() == "case-4"


def test_without_a_mouse_the_table_is_sorted_column_by_column(table: Table) -> None:
    sorted_by: list[tuple[int, bool]] = []
    table.sorted_by.connect(lambda column, ascending: sorted_by.append((column, ascending)))
    control = Qt.KeyboardModifier.ControlModifier
    table.set_sorting(2, ascending=False)
    for _ in range(4):
        press(table, Qt.Key.Key_Left, control)
    # The one that does not sort is passed over; from the last on it begins anew.
    assert sorted_by == [(3, True), (3, False), (5, True), (5, False)]
    press(table, Qt.Key.Key_Left, control)
    press(table, Qt.Key.Key_Right, control)
    assert sorted_by[4:] == [(0, True), (5, False)]


def test_arrows_choose_and_enter_opens(table: Table, qtbot: QtBot) -> None:
    chosen: list[int] = []
    table.chosen.connect(chosen.append)
    table.choose(3)
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Down)
    assert chosen == [3, 4, 5]
    with qtbot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args == [5]
    # Beside the digits lies an Enter of its own.
    with qtbot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert opened.args == [5]


def test_home_and_end_go_to_the_first_and_the_last_row(table: Table) -> None:
    table.choose(7)
    press(table, Qt.Key.Key_End)
    assert table.row() == 49
    press(table, Qt.Key.Key_Home)
    assert table.row() == 0


def test_a_row_far_down_comes_into_sight(table: Table) -> None:
    table.choose(49)
    index = table.currentIndex()
    assert index.row() == 49
    assert table.viewport().rect().intersects(table.visualRect(index))
    table.choose(500)
    assert table.row() == 49


def test_digits_and_letters_are_left_to_the_page(table: Table) -> None:
    table.choose(2)
    type_text(table, "فا2")
    assert table.row() == 2


def test_a_head_sorts_up_then_down_and_one_that_cannot_does_not(table: Table) -> None:
    asked: list[tuple[int, bool]] = []
    table.sorted_by.connect(lambda column, up: asked.append((column, up)))
    heads = table.horizontalHeader()
    for column in (0, 0, 4):
        middle = heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2
        click(heads.viewport(), QPoint(middle, 10))
    assert asked == [(0, True), (0, False)]


def test_columns_leave_from_the_left_and_come_back(table: Table) -> None:
    assert shown_columns(table) == [0, 1, 2, 3, 4, 5]
    table.resize(700, 300)
    assert shown_columns(table) == [0, 1, 2, 3, 4]
    table.resize(600, 300)
    assert shown_columns(table) == [0, 1, 2, 4]
    table.resize(1200, 300)
    assert shown_columns(table) == [0, 1, 2, 3, 4, 5]
    table.resize(1201, 300)
    assert sum(table.columnWidth(c) for c in range(6)) == table.viewport().width()


def test_the_first_column_stands_at_the_right(table: Table) -> None:
    assert table.columnViewportPosition(0) > table.columnViewportPosition(1)


def test_readers_are_told_words_for_chips_too(table: Table) -> None:
    model = table.model()
    told = [model.data(model.index(0, column)) for column in range(6)]
    assert told[1] == CHIPS[Status.ISSUED].words
    assert told[4] == "۱ روز گذشته"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "وضعیت"


def test_the_selected_row_is_grounded_with_a_bar_at_the_right(
    table: Table, qapp: QApplication
) -> None:
    theme.apply(qapp, Theme.DARK)
    table.choose(1)
    image = table.viewport().grab().toImage()
    y = table.rowViewportPosition(1) + table.rowHeight(1) // 2
    assert image.pixelColor(image.width() - 2, y) == QColor(theme.tokens().accent)
    assert image.pixelColor(table.columnViewportPosition(2) + 20, y) == QColor(theme.tokens().sel)
    other = table.rowViewportPosition(2) + table.rowHeight(2) // 2
    assert image.pixelColor(table.columnViewportPosition(2) + 20, other) != QColor(
        theme.tokens().sel
    )


@pytest.mark.parametrize(
    "zoom", [*(pytest.param(at, marks=pytest.mark.long) for at in (90, 160)), 100, 150]
)
@pytest.mark.parametrize(
    "name", ["بانک مسکن، شعبهٔ مرکزی یزد", "سید محمدحسین میرجلیلی یزدی", "زهرا فلاح"]
)
def test_a_name_stands_whole_in_the_narrowest_column_of_names(
    qapp: QApplication, name: str, zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom)
    try:
        room = theme.px(104 - 12)
        kind, lines = strokes.lines_in(name, room, theme.px(ROW) - 1, "body", 500)
        assert " ".join(filter(None, lines)) == name
        assert all(strokes.width_of(line, kind, 500) <= room for line in lines)
    finally:
        theme.apply(qapp, Theme.LIGHT, 100)


def test_no_word_of_a_name_is_left_alone_where_both_lines_have_room() -> None:
    words = "بانک مسکن، شعبهٔ مرکزی یزد"
    for wide in range(90, strokes.width_of(words, "cap", 500)):
        _, (first, second) = strokes.lines_in(words, wide, 34, "body", 500)
        assert f"{first} {second}" == words
        assert second != "یزد", wide


def test_a_row_too_low_for_two_lines_has_one() -> None:
    assert strokes.lines_in("بانک مسکن، شعبهٔ مرکزی یزد", 92, 27)[1][1] == ""


@pytest.mark.parametrize("words", ["نادرست، حداکثر (٪)", "میانهٔ روز کاری تا پاسخ", "وصولی (ریال)"])
def test_a_head_that_just_fits_is_not_cut(qapp: QApplication, words: str) -> None:
    metrics = theme.metrics("small", 500)
    wide = strokes.width_of(words, "small", 500)
    for room in range(wide - 3, wide + 4):
        for each in strokes.two_lines(words, room, "small", 500):
            assert metrics.elidedText(each, Qt.TextElideMode.ElideRight, room) == each, room


def test_a_second_line_never_begins_with_a_number_alone() -> None:
    words = "خیرآباد، خیابان کاشانی، کوچهٔ ۷۷، پلاک ۱۵۰"
    for wide in range(60, strokes.width_of(words)):
        first, second = strokes.two_lines(words, wide)
        assert second[:1] not in set(PERSIAN_DIGITS), (wide, first, second)


@pytest.mark.parametrize("zoom", [100, 150])
def test_only_a_row_that_needs_a_second_line_is_high(
    qtbot: QtBot, qapp: QApplication, zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom, motion=False)
    columns = (TableColumn("نوبت", 100), TableColumn("نشانی", 200, 1))
    made = Table("بازدیدها", columns, tall=52)
    long = "یزد، صفائیه، بلوار شهید دکتر محمدجواد باهنر، کوچهٔ شهید زارع بیدکی، پلاک ۱۲۳"
    model = PagedRows(columns, lambda first, count: None, made)
    made.setModel(model)
    made.resize(theme.px(420), theme.px(300))
    qtbot.addWidget(made)
    made.show()
    model.set_count(3)
    model.put(0, [(quiet("شنبه"), Cell(words, wraps=True)) for words in ("کوتاه", long, "کوتاه")])
    heights = [made.rowHeight(row) for row in range(3)]
    assert heights == [theme.px(ROW), theme.px(52), theme.px(ROW)]
    # Where the window grows wide enough it is as low as the others, and comes back.
    made.resize(theme.px(1300), theme.px(300))
    assert {made.rowHeight(row) for row in range(3)} == {theme.px(ROW)}
    made.resize(theme.px(420), theme.px(300))
    assert made.rowHeight(1) == theme.px(52)
    model.set_count(1)
    model.put(0, [(quiet("شنبه"), Cell("کوتاه", wraps=True))])
    assert made.rowHeight(0) == theme.px(ROW)


def _columns(value: object) -> Iterator[TableColumn]:
    """The columns that a page's module says, alone, in tuples or in tables that are kept."""
    if isinstance(value, TableColumn):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _columns(each)
    elif isinstance(value, Kept):
        yield from value.columns


@pytest.mark.parametrize("zoom", [100, 150])
def test_every_column_has_room_for_its_title(qapp: QApplication, zoom: int) -> None:
    for municipal in (False, True):
        load_pages(municipal=municipal)
    pages = [module for name, module in sys.modules.items() if name.startswith(desktop.ui.__name__)]
    columns = {c for page in pages for value in vars(page).values() for c in _columns(value)}
    assert len(columns) > 100
    theme.apply(qapp, Theme.LIGHT, zoom, motion=False)
    cut = set()
    for column in columns:
        room = theme.px(column.width) - theme.px(_AIR)
        two = column.wraps or bool(column.under)
        lines = strokes.two_lines(column.title, room, "small", 500) if two else (column.title,)
        cut |= {column.title for line in lines if strokes.width_of(line, "small", 500) > room}
    theme.apply(qapp, Theme.LIGHT, 100, motion=False)
    assert cut == set()


def _tables(value: object) -> Iterator[tuple[TableColumn, ...]]:
    if isinstance(value, Kept):
        yield value.columns
    elif isinstance(value, tuple) and value and all(isinstance(c, TableColumn) for c in value):
        yield value


def test_what_stays_of_every_table_has_room_in_the_narrowest_window() -> None:
    for municipal in (False, True):
        load_pages(municipal=municipal)
    pages = [module for name, module in sys.modules.items() if name.startswith(desktop.ui.__name__)]
    tables = {t for page in pages for value in vars(page).values() for t in _tables(value)}
    assert len(tables) > 20
    wide = {tuple(c.title for c in t): sum(c.width for c in t if not c.drop) for t in tables}
    assert {titles: px for titles, px in wide.items() if px > _NARROWEST} == {}
