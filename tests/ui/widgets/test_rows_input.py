"""The table that is typed: cell by cell, pasted from a sheet, a row taken out and brought back."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.enter import EnterMoves
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.line import TextLine
from desktop.ui.widgets.rows_input import RowsInput
from desktop.ui.widgets.rows_model import TypedColumn
from tests.ui.keyboard import paste, press, type_text

_COLUMNS = (
    TypedColumn("name", "نام قطعه"),
    TypedColumn("area", "مساحت (مترمربع)", "number"),
    TypedColumn("way", "راه", "choice", (("alley", "کوچه"), ("street", "خیابان"))),
)


@pytest.fixture
def form(qtbot: QtBot) -> tuple[QWidget, RowsInput, TextLine]:
    """A table and a line after it, in a form where Enter goes on."""
    window, rows, after = QWidget(), RowsInput(_COLUMNS, 4), TextLine()
    rows.setAccessibleName("قطعات")
    window.setLayout(Column(rows, after, gap=4))
    EnterMoves(window)
    qtbot.addWidget(window)
    window.show()
    rows.setFocus()
    return window, rows, after


def _rows(rows: RowsInput) -> list[dict[str, str]]:
    held: list[dict[str, str]] = json.loads(rows.value() or "[]")
    return held


def _type_row(window: QWidget, name: str, area: str, way: str) -> None:
    for text in (name, area):
        type_text(window, text)
        press(window, Qt.Key.Key_Return)
    type_text(window, way)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)


def test_cells_are_typed_with_enter_after_each_and_an_empty_row_leads_on(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    window, rows, after = form
    _type_row(window, "قطعهٔ یک", "۱۲۰٫۵", "کوچه")
    _type_row(window, "قطعهٔ دو", "120", "خیابان")
    assert _rows(rows) == [
        {"name": "قطعهٔ یک", "area": "120.5", "way": "alley"},
        {"name": "قطعهٔ دو", "area": "120", "way": "street"},
    ]
    press(window, Qt.Key.Key_Return)
    assert after.hasFocus()


def test_a_copy_of_a_sheet_is_pasted_whole_and_taken_back(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    window, rows, _ = form
    paste(window, "الف\t۱۲۰٫۵\tکوچه\nب\t٩٠\tخیابان\n\n")
    assert _rows(rows) == [
        {"name": "الف", "area": "120.5", "way": "alley"},
        {"name": "ب", "area": "90", "way": "street"},
    ]
    rows.undo.click()
    assert rows.value() == ""
    assert rows.undo.isHidden()


def test_a_row_is_taken_out_and_comes_back(form: tuple[QWidget, RowsInput, TextLine]) -> None:
    window, rows, _ = form
    paste(window, "الف\t1\nب\t2\nپ\t3")
    rows.grid.setCurrentIndex(rows.rows.index(1, 0))
    rows.remove.click()
    assert [row["name"] for row in _rows(rows)] == ["الف", "پ"]
    rows.undo.click()
    assert [row["name"] for row in _rows(rows)] == ["الف", "ب", "پ"]
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows.value() == "", "before the paste there was nothing"


def test_no_more_rows_than_the_form_takes(form: tuple[QWidget, RowsInput, TextLine]) -> None:
    window, rows, _ = form
    paste(window, "\n".join(f"{n}\t{n}" for n in range(9)))
    assert len(_rows(rows)) == 4
    assert rows.rows.rowCount() == 4, "no empty row to go on in"


def test_a_draft_comes_back_and_text_that_is_no_rows_empties_it(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    _, rows, _ = form
    rows.set_value('[{"name": "الف", "area": "12.5"}]')
    assert _rows(rows) == [{"name": "الف", "area": "12.5"}]
    assert rows.rows.index(0, 1).data() == "۱۲٫۵"
    rows.set_value("الف")
    assert rows.value() == ""
