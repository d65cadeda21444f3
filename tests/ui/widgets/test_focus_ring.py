"""The ring round what has the keys: where it shows, what it leaves free, whom it gives way to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.inputs.tick import Radio, Tick
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.paint.focus_ring import FocusRing, InnerRing
from desktop.ui.widgets.told.headline import Headline


def test_the_ring_shows_by_keyboard_outside_the_button_and_not_by_mouse(qtbot: QtBot) -> None:
    page, inner = QWidget(), QWidget()
    button = Button("چاپ")
    inner.setLayout(Column(button))
    page.setLayout(Column(inner, margins=(20, 20, 20, 20)))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    button.clearFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not button.ring.isVisible()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.ring.isVisible(), "who goes on by keyboard sees where"
    button.clearFocus()
    assert not button.ring.isVisible()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.ring.isVisible()
    assert button.ring.parentWidget() is page
    at = button.mapTo(page, QPoint(0, 0))
    assert button.ring.geometry().topLeft() == at - QPoint(4, 4)
    page.resize(page.width() + 100, page.height() + 40)
    at = button.mapTo(page, QPoint(0, 0))
    assert button.ring.geometry().topLeft() == at - QPoint(4, 4)


@pytest.mark.parametrize("made", [Link, Tick, Radio, ListRow])
def test_words_without_sides_have_air_within_the_ring(
    qtbot: QtBot, made: Callable[[str], QWidget]
) -> None:
    page, pressed = QWidget(), made("دیدن")
    page.setLayout(Column(pressed, margins=(20, 20, 20, 20)))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    pressed.setFocus(Qt.FocusReason.TabFocusReason)
    ring = next(each for each in page.findChildren(FocusRing) if each.isVisible())
    inside = ring.geometry().adjusted(2, 2, -2, -2)
    assert inside.left() <= pressed.geometry().left() - 5
    assert inside.right() >= pressed.geometry().right() + 5


def test_the_ring_of_a_row_stays_off_the_next_ones_words(qtbot: QtBot) -> None:
    page, rows = QWidget(), [ListRow("گواهی عدم خلاف", "از دی"), ListRow("استعلام", "از دی")]
    page.setLayout(Column(*rows, gap=0, margins=(20, 20, 20, 20)))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    rows[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert rows[0].ring.isVisible()
    assert not rows[0].ring.geometry().intersects(rows[1].geometry())


def test_what_comes_after_a_page_was_framed_takes_the_ring(qtbot: QtBot) -> None:
    page = QWidget()
    page.setLayout(Column(QWidget()))
    page.resize(400, 300)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    frame = InnerRing(page)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(frame.isVisible)
    # The page had to ask for what it tells.
    layout = page.layout()
    assert layout is not None
    layout.addWidget(Headline("گواهی آماده شد", "در انتظار مهر", "ok", "file-certificate"))
    qtbot.waitUntil(frame.isHidden)
    assert [each.isVisible() for each in page.findChildren(FocusRing)] == [True]


def test_the_ring_scrolls_with_what_it_surrounds(qtbot: QtBot) -> None:
    area, content, button = QScrollArea(), QWidget(), Button("چاپ")
    content.setLayout(Column(button))
    content.setMinimumHeight(600)
    area.setWidget(content)
    qtbot.addWidget(area)
    with qtbot.waitActive(area):
        area.show()
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.ring.parentWidget() is content
