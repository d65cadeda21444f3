"""The check finds each fault planted for it, and none where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from tests.ui import layout_check
from tests.ui.layout_check import find_problems


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is planted stays: it is not waited for."""
    monkeypatch.setattr(layout_check, "_TURNS", 1)


def _page(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    page.resize(400, 300)
    qtbot.addWidget(page)
    page.show()
    return page


def _narrow_label() -> QWidget:
    label = Label("یک جملهٔ بلند که جا نمی‌شود")
    label.setFixedWidth(40)
    return label


def _low_paragraph() -> QWidget:
    label = Label("یک جملهٔ بلند که در دو یا سه سطر می‌آید و جا نمی‌شود", wrap=True)
    label.setFixedSize(120, 20)
    return label


def _elided() -> QWidget:
    label = Label("یک جملهٔ بلند که جا نمی‌شود", elide=True)
    label.setFixedWidth(60)
    return label


def _narrow_button() -> QWidget:
    button = QPushButton("ثبت درخواست تازه")
    button.setFixedWidth(30)
    return button


def _full_line() -> QWidget:
    line = QLineEdit("۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹۰")
    line.setAccessibleName("کد")
    line.setFixedWidth(60)
    return line


def _nameless() -> QWidget:
    return QLineEdit()


def _latin_digits() -> QWidget:
    return Label("پروندهٔ 12")


def _english() -> QWidget:
    return Label("ذخیره در PDF")


def _jumping() -> QWidget:
    return QLabel("۰۵۰۹۰۳-۰۲-۰۰۳۲")


def _low_combo() -> QWidget:
    combo = QComboBox()
    combo.addItem("یک گزینهٔ بسیار بلند")
    combo.setAccessibleName("گزینه")
    combo.setFixedWidth(60)
    return combo


def _narrow_tabs() -> QWidget:
    tabs = QTabBar()
    tabs.addTab("یک نام بسیار بلند برای یک زبانه")
    tabs.setAccessibleName("بخش‌ها")
    tabs.setUsesScrollButtons(False)
    tabs.setElideMode(Qt.TextElideMode.ElideRight)
    tabs.setFixedWidth(60)
    return tabs


def _pushed() -> QWidget:
    place = Scroller()
    wide = Label("پروانه")
    wide.setMinimumWidth(500)
    place.add(wide)
    return place


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_narrow_label, "across"),
        (_low_paragraph, "lines need"),
        (_elided, "cut at its end"),
        (_narrow_button, "button needs"),
        (_full_line, "does not fit"),
        (_nameless, "no name"),
        (_latin_digits, "Latin"),
        (_english, "Latin"),
        (_jumping, "jumps"),
        (_low_combo, "chosen words"),
        (_narrow_tabs, "tab 0"),
        (_pushed, "there is room for"),
    ],
)
def test_a_planted_fault_is_found(qtbot: QtBot, make: Callable[[], QWidget], words: str) -> None:
    problems = find_problems(_page(qtbot, make()))
    assert any(words in problem for problem in problems), problems


def test_things_on_each_other_and_outside_are_found(qtbot: QtBot) -> None:
    one, other = Label("یکم"), Label("دوم")
    page = QWidget()
    QHBoxLayout(page)
    for widget in (one, other):
        widget.setParent(page)
    one.setGeometry(QRect(10, 10, 80, 30))
    other.setGeometry(QRect(50, 20, 800, 30))
    page.resize(300, 100)
    qtbot.addWidget(page)
    page.show()
    problems = "\n".join(find_problems(page))
    assert "lie on each other" in problems
    assert "outside its parent" in problems


def test_a_sound_page_has_no_problem(qtbot: QtBot) -> None:
    line = QLineEdit("۱۲")
    line.setAccessibleName("کد")
    assert find_problems(_page(qtbot, Label("پرونده"), line, Label("کلید F2"))) == []


def test_what_has_its_place_a_moment_later_is_no_fault(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_check, "_TURNS", 12)
    label = _narrow_label()
    page = _page(qtbot, label)
    QTimer.singleShot(100, label, lambda: label.setFixedWidth(300))
    assert find_problems(page) == []
