"""The table that is typed: cell by cell, pasted from a sheet, a row taken out and brought back."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.rows_input import RowsInput
from desktop.ui.widgets.inputs.rows_model import TypedColumn
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from tests.ui.keyboard import Modifier, paste, press, type_text

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


def test_the_enter_beside_the_digits_goes_from_cell_to_cell_too(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    window, rows, after = form
    for text in ("قطعهٔ یک", "120", "کوچه"):
        type_text(window, text)
        press(window, Qt.Key.Key_Enter, Modifier.KeypadModifier)
    press(window, Qt.Key.Key_Enter, Modifier.KeypadModifier)
    assert _rows(rows) == [{"name": "قطعهٔ یک", "area": "120", "way": "alley"}]
    press(window, Qt.Key.Key_Enter, Modifier.KeypadModifier)
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
    assert "۵ سطر آخر" in _told(rows)
    type_text(window, "ب")
    assert "وارد نشد" not in _told(rows)


def _told(rows: RowsInput) -> str:
    return " ".join(label.text() for label in rows.findChildren(Label) if not label.isHidden())


def test_columns_over_the_end_are_told_and_empty_ones_are_none(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    window, rows, _ = form
    paste(window, "الف\t1\tکوچه\t\t \nب\t2\tکوچه\t\t")
    assert "وارد نشد" not in _told(rows)
    paste(window, "الف\t1\tکوچه\tکوچهٔ دراز\tدو")
    assert "۲ ستون آخر" in _told(rows)


def test_a_cell_of_a_sheet_with_lines_in_it_is_one_cell(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    window, rows, _ = form
    paste(window, '"الف\nشمالی"\t120\tکوچه\r\n"ب ""۲"""\t90\tخیابان\r\n')
    assert [row["name"] for row in _rows(rows)] == ["الف شمالی", 'ب "۲"'.replace("۲", "2")]
    rows.undo.click()
    paste(window, '12"\t120\nب\t90')
    assert [row["name"] for row in _rows(rows)] == ['12"', "ب"]


def test_the_cell_that_is_open_counts_as_it_stands(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    """Ctrl+Enter and the F-keys leave no cell first."""
    window, rows, _ = form
    told: list[str] = []
    rows.edited.connect(lambda: told.append(rows.value()))
    type_text(window, "قطعهٔ یک")
    assert _rows(rows) == [{"name": "قطعهٔ یک"}]
    assert told[-1] == rows.value()
    press(window, Qt.Key.Key_Return)
    type_text(window, "12")
    assert _rows(rows) == [{"name": "قطعهٔ یک", "area": "12"}]
    press(window, Qt.Key.Key_Escape)
    assert _rows(rows) == [{"name": "قطعهٔ یک"}]
    assert told[-1] == rows.value()


_PRICED = (
    TypedColumn("width", "عرض", "number"),
    TypedColumn("price", "بها (ریال)", "money"),
    TypedColumn("sum", "جمع (ریال)", "money", computed=True),
    TypedColumn("note", "توضیح"),
)


def _sum(row: Mapping[str, str]) -> dict[str, str]:
    both = row.get("width", ""), row.get("price", "")
    return {"sum": str(int(both[0]) * int(both[1])) if all(both) else ""}


@pytest.fixture
def priced(qtbot: QtBot) -> tuple[QWidget, RowsInput]:
    """A table of two rows at most, one of whose columns is worked out of the two before it."""
    window, rows = QWidget(), RowsInput(_PRICED, 2, _sum)
    window.setLayout(Column(rows, gap=4))
    qtbot.addWidget(window)
    window.show()
    rows.setFocus()
    return window, rows


def test_a_column_is_worked_out_as_one_types_and_passed_over(
    priced: tuple[QWidget, RowsInput],
) -> None:
    window, rows = priced
    for text in ("3", "1250000000", "سبز", "2"):
        type_text(window, text)
        press(window, Qt.Key.Key_Return)
    assert _rows(rows) == [
        {"width": "3", "price": "1250000000", "sum": "3750000000", "note": "سبز"},
        {"width": "2"},
    ]
    cell = rows.rows.index(0, 2)
    assert cell.data() == "۳٬۷۵۰٬۰۰۰٬۰۰۰"
    assert not rows.rows.flags(cell) & Qt.ItemFlag.ItemIsEditable
    # Where the cursor is put on it all the same, Enter goes on and typing changes nothing.
    rows.grid.setCurrentIndex(cell)
    type_text(window, "9")
    assert _rows(rows)[0]["sum"] == "3750000000"
    press(window, Qt.Key.Key_Return)
    assert rows.grid.currentIndex().column() == 3
    # Behind the last cell comes the first, never the one that nobody types.
    rows.grid.setCurrentIndex(rows.rows.index(1, 1))
    type_text(window, "4")
    press(window, Qt.Key.Key_Return)
    assert (rows.grid.currentIndex().row(), rows.grid.currentIndex().column()) == (1, 3)
    rows.undo.click()
    assert _rows(rows)[1] == {"width": "2"}


def test_what_is_pasted_or_drafted_is_worked_out_anew(priced: tuple[QWidget, RowsInput]) -> None:
    window, rows = priced
    paste(window, "۳\t۵۰۰\t۹۹۹۹\tالف\n۴\t\t۷۷")
    assert [row.get("sum", "") for row in _rows(rows)] == ["1500", ""]
    rows.set_value('[{"width": "2", "price": "10", "sum": "999"}, {"sum": "5"}]')
    assert _rows(rows) == [{"width": "2", "price": "10", "sum": "20"}], "a sum alone is no row"


def test_a_draft_comes_back_and_text_that_is_no_rows_empties_it(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    _, rows, _ = form
    rows.set_value('[{"name": "الف", "area": "12.5"}]')
    assert _rows(rows) == [{"name": "الف", "area": "12.5"}]
    assert rows.rows.index(0, 1).data() == "۱۲٫۵"
    rows.set_value("الف")
    assert rows.value() == ""


def test_what_is_worked_out_follows_the_cell_that_is_open(
    priced: tuple[QWidget, RowsInput],
) -> None:
    window, rows = priced
    type_text(window, "2")
    press(window, Qt.Key.Key_Return)
    type_text(window, "50")
    assert _rows(rows) == [{"width": "2", "price": "50", "sum": "100"}]


def test_a_choice_that_is_half_typed_is_made_when_its_cell_is_left(
    form: tuple[QWidget, RowsInput, TextLine],
) -> None:
    window, rows, _ = form
    rows.grid.setCurrentIndex(rows.rows.index(0, 2))
    type_text(window, "خیا")
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    press(window, Qt.Key.Key_Return)
    assert _rows(rows) == [{"way": "street"}]
