"""Fields of a form, Enter through it, several lines, errors with words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.calendar import from_jalali
from desktop.ui import theme
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Section
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.told.banner import ErrorList
from tests.ui.keyboard import paste, press, type_text

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Put widgets on a page that lives as long as the test."""
    pages = []

    def made(*widgets: QWidget) -> QWidget:
        page = QWidget()
        page.setLayout(Column(*widgets))
        page.resize(500, 400)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
        pages.append(page)
        return page

    return made


def test_an_error_stands_under_the_field_and_goes_with_a_new_value(
    show: Show, qtbot: QtBot
) -> None:
    field = FormField("کد ملی", DigitsLine(10), key="national_id")
    show(field)
    field.set_error("کد ملی باید ۱۰ رقم باشد؛ اکنون ۹ رقم است.")
    assert field.state() == "error"
    assert field.fault.isVisible()
    assert "۱۰ رقم" in field.control.accessibleDescription()
    field.set_value("4421234567")
    assert field.error() is None
    assert not field.fault.isVisible()


def test_what_was_refused_is_said_until_something_is_typed(show: Show, qtbot: QtBot) -> None:
    field = FormField("کد ملی", DigitsLine(10))
    show(field)
    field.control.setFocus()
    type_text(field, "ب")
    assert field.fault.words.text() == "اینجا فقط رقم نوشته می‌شود."
    type_text(field, "4")
    assert not field.fault.isVisible()


def test_a_text_too_long_is_cut_with_words(show: Show, qtbot: QtBot) -> None:
    field = FormField("نشانی", TextLine(max_length=200))
    show(field)
    field.control.setFocus()
    paste(field, "ا" * 10_000)
    assert field.fault.words.text() == "بیش از ۲۰۰ نویسه جا نمی‌شود؛ بقیه وارد نشد."
    assert len(field.value()) == 200


def test_from_the_records_is_tinted_dated_and_not_typed(show: Show, qtbot: QtBot) -> None:
    field = FormField("کاربری", TextLine())
    show(field)
    field.set_from_records("مسکونی", from_jalali(1405, 9, 2))
    assert field.state() == "records"
    assert "۱۴۰۵/۰۹/۰۲" in field.control.toolTip()
    field.set_error("با سند یکی نیست.")
    field.set_error(None)
    assert field.state() == "records"


def test_the_amount_is_told_in_words_under_the_field(show: Show, qtbot: QtBot) -> None:
    field = FormField("مبلغ", MoneyLine())
    show(field)
    field.set_value(450_000)
    assert field.hint.text() == "چهارصد و پنجاه هزار ریال"
    assert field.hint.isVisible()


def test_the_label_names_the_input_and_optional_is_a_word(show: Show, qtbot: QtBot) -> None:
    field = FormField("تلفن", DigitsLine(11), optional=True)
    show(field)
    assert field.control.accessibleName() == "تلفن"
    (optional,) = (label for label in field.findChildren(Label) if label.text() == "اختیاری")
    assert optional.isVisible()


@pytest.fixture
def form(show: Show) -> tuple[QWidget, list[FormField], EnterMoves]:
    fields = [
        FormField("نام", TextLine()),
        FormField("کاربری", TextLine()),
        FormField("مرحله", Segments([("a", "پی"), ("b", "اسکلت")])),
        FormField("تاریخ", DateLine(date(2026, 11, 24))),
        FormField("شرح", Prose()),
    ]
    fields[1].set_from_records("مسکونی", date(2026, 11, 23))
    page = show(*fields)
    return page, fields, EnterMoves(page)


def test_enter_goes_on_past_the_records_and_shift_enter_back(
    form: tuple[QWidget, list[FormField], EnterMoves],
) -> None:
    page, fields, _ = form
    fields[0].control.setFocus()
    visited = []
    for _ in range(3):
        press(page, Qt.Key.Key_Return)
        visited.append(QApplication.focusWidget())
    assert visited == [fields[2].control, fields[3].control, fields[4].control]
    fields[3].control.setFocus()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is fields[0].control


def test_enter_in_prose_is_a_new_line_and_tab_reaches_what_enter_skips(
    form: tuple[QWidget, list[FormField], EnterMoves],
) -> None:
    page, fields, _ = form
    fields[4].control.setFocus()
    type_text(page, "يك")
    press(page, Qt.Key.Key_Return)
    type_text(page, "۲")
    assert fields[4].value() == "یک\n2"
    fields[0].control.setFocus()
    press(page, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is fields[1].control


def test_enter_in_the_last_field_finishes_and_presses_nothing(show: Show, qtbot: QtBot) -> None:
    line, button = TextLine(), Button("ثبت", "main")
    line.setAccessibleName("نام")
    body = QWidget()
    body.setLayout(Column(line))
    page = show(body, button)
    moves = EnterMoves(body)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    line.setFocus()
    with qtbot.waitSignal(moves.finished):
        press(page, Qt.Key.Key_Return)
    assert pressed == []
    button.setFocus()
    press(page, Qt.Key.Key_Return)
    assert pressed == [1]


def test_prose_takes_ten_thousand_characters_up_to_its_limit(show: Show, qtbot: QtBot) -> None:
    prose = Prose(max_length=2000)
    show(prose)
    prose.setFocus()
    with qtbot.waitSignal(prose.refused):
        paste(prose, "كلمه " * 2000 + "\x00\u202e")
    assert len(prose.toPlainText()) == 2000
    assert "ك" not in prose.toPlainText()
    prose.set_state("readonly")
    before = prose.toPlainText()
    type_text(prose, "ب")
    assert prose.toPlainText() == before


def test_the_error_list_jumps_to_the_field(show: Show, qtbot: QtBot) -> None:
    errors = ErrorList()
    page = show(errors)
    errors.set_errors([("a", "نام را وارد کنید."), ("b", "کد پستی ۱۰ رقم است.")])
    assert errors.title.text() == "۲ مورد را اصلاح کنید:"
    errors.focus_first()
    with qtbot.waitSignal(errors.jump) as jump:
        press(page, Qt.Key.Key_Return)
    assert jump.args == ["a"]
    errors.set_errors([])
    assert not errors.isVisible()


def test_a_section_folds_to_its_summary_and_opens_again(show: Show, qtbot: QtBot) -> None:
    section = Section(1, "متقاضی")
    line = TextLine()
    section.add(line)
    show(section)
    section.fold("فاطمه دهقان، مالک")
    assert not line.isVisible()
    assert section.summed.isVisible()
    with qtbot.waitSignal(section.opened):
        section.edit.click()
    assert line.isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("zoom", [90, 160])
def test_a_folded_part_takes_two_lines_however_much_stands_in_it(
    show: Show, qapp: QApplication, zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom)
    section = Section(1, "مشخصات")
    pieces = [f"پرسش {n}: پاسخی به درازای چند واژه" for n in range(1, 21)]
    section.fold(*pieces)
    show(section).resize(900, 400)
    QApplication.processEvents()
    summed = section.summed
    assert summed.height() <= 2 * summed.fontMetrics().lineSpacing() + 2
    shown = summed.words()
    assert shown.startswith(pieces[0])
    assert re.search(r" و [۰-۹]+ مورد دیگر$", shown)
    assert all(piece in summed.accessibleName() for piece in pieces)
    section.fold(*pieces[:1])
    assert summed.words() == pieces[0]
    section.fold("آ" * 10_000)
    QApplication.processEvents()
    assert summed.heightForWidth(summed.width()) <= 2 * summed.fontMetrics().lineSpacing()


def test_what_remains_goes_round_and_ends_ready(show: Show, qtbot: QtBot) -> None:
    remains = Remains()
    show(remains)
    remains.set_lines([("date", "تاریخ گزارش", "error"), ("fee", "کارمزد", "fee")])
    jumps: list[str] = []
    remains.jump.connect(jumps.append)
    for _ in range(3):
        remains.go_next()
    assert jumps == ["date", "fee", "date"]
    # The fee is named apart, so that the list of faults counts what the bar counts.
    assert remains.sentence() == "۱ مورد و کارمزد مانده"
    remains.set_lines([("fee", "کارمزد", "fee")])
    assert remains.sentence() == "کارمزد مانده"
    remains.set_lines([])
    assert remains.sentence() == "آمادهٔ ثبت"
