"""A letter on screen: the same margin on all sides, and nothing ever lies on its paper."""

from __future__ import annotations

from itertools import groupby

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.palette import Theme
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.papers.letter_frame import LetterFrame
from tests.ui.keyboard import press, type_text


def letter_page(wide: int = 1240) -> QImage:
    """An A4 page whose text reaches from the left margin, 18 mm, to the right one, 25 mm."""
    page = QImage(wide, round(wide * 297 / 210), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    unit = wide / 210
    painter.fillRect(QRectF(18 * unit, 14 * unit, 167 * unit, 271 * unit), Qt.GlobalColor.black)
    painter.end()
    return page


def _kind(colour: QColor) -> str:
    if colour == QColor("white"):
        return "paper"
    # Ground and edges are of sand; where text begins it is grey.
    return "text" if colour.red() == colour.blue() else "ground"


def runs(frame: LetterFrame, y: int) -> list[tuple[str, int]]:
    """What is met from left to right: how many pixels of paper, text and ground."""
    shot = frame.viewport().grab().toImage()
    row = [_kind(shot.pixelColor(x, y)) for x in range(shot.width())]
    return [(kind, len(list(same))) for kind, same in groupby(row)]


@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("size", [(420, 500), (649, 492), (1254, 340)])
def test_a_letter_to_be_read_has_equal_margins_and_ground_on_all_sides(
    qtbot: QtBot, qapp: QApplication, size: tuple[int, int], zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom, motion=False)
    frame = LetterFrame(for_reading=True)
    frame.resize(*size)
    qtbot.addWidget(frame)
    frame.show()
    frame.set_pages([letter_page()])
    frame.to_start()
    kinds, wide = zip(*runs(frame, frame.viewport().height() - 40), strict=True)
    assert kinds == ("ground", "paper", "text", "paper", "ground")
    assert wide[1] == pytest.approx(wide[3], abs=2)
    assert min(wide[0], wide[4]) >= theme.px(14) - 2
    # The paper begins in view, and its keys lie beside it.
    frame.verticalScrollBar().setValue(0)
    top = frame.viewport().grab().toImage().pixelColor(wide[0] + wide[1], theme.px(14) - 3)
    assert top != QColor("white")
    keys = frame._keys.geometry().translated(-frame.viewport().x(), 0)
    assert keys.left() >= 0
    assert keys.right() < wide[0]


@pytest.mark.parametrize(("high", "past"), [(340, True), (700, False)])
def test_in_a_low_place_a_letter_opens_at_its_words_and_pageup_shows_its_head(
    qtbot: QtBot, high: int, past: bool
) -> None:
    frame = LetterFrame(for_reading=True)
    frame.resize(1254, high)
    qtbot.addWidget(frame)
    frame.show()
    frame.set_pages([letter_page()])
    frame.to_start()
    at = frame.verticalScrollBar().value()
    assert (at > 0) is past
    # Less than its head is left out: whom it is to stands in view.
    assert at <= 0.11 * frame.whole_height()
    frame.page_up()
    assert frame.verticalScrollBar().value() == 0


@pytest.mark.parametrize("near", [-1, 0, 2])
def test_nothing_ever_lies_on_a_page(qtbot: QtBot, near: int) -> None:
    frame = LetterFrame(for_reading=True)
    frame.resize(774, 512)
    qtbot.addWidget(frame)
    frame.show()
    frame.set_pages([letter_page(), letter_page()])
    frame.zoom_by(near)
    frame.to_start()
    page = frame.viewport().rect().adjusted(theme.px(44), 0, 0, 0)
    assert not page.intersects(frame._keys.geometry().translated(-frame.viewport().x(), 0))
    ((_, first), *_) = frame._places()
    begins = frame._left(first.width())
    words = frame._words.geometry().translated(-frame.viewport().x(), 0)
    assert not frame._words.isVisible() or words.left() >= begins + first.width()
    # Closer than it has room it begins at the right, where lines do.
    assert begins + first.width() <= frame.viewport().width() - theme.px(14)


def test_a_letter_is_shown_as_large_as_on_paper(qtbot: QtBot) -> None:
    frame = LetterFrame(for_reading=True)
    frame.resize(900, 600)
    qtbot.addWidget(frame)
    frame.show()
    page = letter_page()
    # Of A4: 210 mm.
    page.setDotsPerMeterX(round(page.width() / 0.210))
    frame.set_pages([page])
    frame.setFocus()
    press(frame, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    shown = 0.210 / 0.0254 * frame.physicalDpiX()
    (place,) = frame._places()
    assert place[1].width() == pytest.approx(shown, abs=2)
    assert frame._size.text() == "اندازهٔ کاغذ"
    type_text(frame, "0")
    assert frame._size.text() == "تمام صفحه"


def test_what_fits_the_width_still_does_in_a_window_of_another_size(qtbot: QtBot) -> None:
    frame = LetterFrame()
    frame.resize(120, 60)
    qtbot.addWidget(frame)
    frame.show()
    frame.set_pages([letter_page()])
    frame.fit_width()
    frame.resize(1254, 340)
    assert wide_of(frame) > frame.viewport().width() / 3, "it can be read"
    frame.zoom_by(-99)
    frame.resize(1200, 340)
    assert wide_of(frame) < frame.viewport().width() / 3, "whole: a person wanted it so"


def wide_of(frame: LetterFrame) -> int:
    ((_, size),) = frame._places()
    return size.width()


@pytest.mark.slow
def test_a_mark_is_seen_whole_wherever_the_page_is_scrolled_to(qtbot: QtBot) -> None:
    frame = LetterFrame(for_reading=True)
    frame.resize(1254, 340)
    qtbot.addWidget(frame)
    frame.show()
    blank = QImage(1240, 1754, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    frame.set_pages([blank])
    frame.set_mark("ابطال شد")
    for _ in range(3):
        shot = frame.viewport().grab().toImage()
        middle = shot.height() // 2
        reds = [y for y in range(shot.height()) if is_red(shot, y)]
        assert reds[0] < middle < reds[-1]
        assert reds[0] > 0, "not cut above"
        assert reds[-1] < shot.height() - 1, "nor below"
        frame.page_down()


def is_red(shot: QImage, y: int) -> bool:
    """Whether the mark's colour is met in that row."""
    row = (shot.pixelColor(x, y) for x in range(0, shot.width(), 2))
    return any(each.saturation() > 90 and each.lightness() > 60 for each in row)


def test_a_page_in_a_low_place_comes_as_near_as_its_place_is_wide(qtbot: QtBot) -> None:
    frame = LetterFrame()
    qtbot.addWidget(frame)
    frame.resize(1200, 300)
    frame.show()
    frame.set_pages([letter_page()])
    frame.zoom_by(99)
    assert frame.page_width() >= 1000


def test_the_bar_stands_on_the_ground_of_the_pages(qtbot: QtBot, qapp: QApplication) -> None:
    frame, page = LetterFrame(for_reading=True), QWidget()
    page.setLayout(Column(frame))
    page.resize(600, 300)
    qtbot.addWidget(page)
    page.show()
    frame.set_pages([letter_page()])
    for look in Theme:
        theme.apply(qapp, look, 100, motion=False)
        QApplication.processEvents()
        shot = page.grab().toImage()
        # Beside the handle, which never reaches the strip's own edge.
        at_bar, at_page = shot.pixelColor(0, 280), shot.pixelColor(frame.viewport().x() + 10, 280)
        assert frame.verticalScrollBar().isVisible()
        assert at_bar == at_page == QColor(theme.tone("neutral").ground)
