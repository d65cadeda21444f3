"""Theme and zoom: what changes, what never does."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import fonts, theme
from desktop.ui.palette import GROUNDS, THEMES, Ground, Theme
from desktop.ui.style import PARTS, Part, style_sheet
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", list(Theme))
def test_no_style_sheet_has_a_hole_left(name: Theme, part: Part) -> None:
    filled = style_sheet(part, THEMES[name], lambda n: round(n))
    assert not re.search(r"\$|#\d+(-\d+)?#", filled)
    assert "{" in filled


@pytest.mark.parametrize(("asked", "got"), [(20, 90), (90, 90), (125, 125), (999, 160)])
def test_zoom_is_held_between_90_and_160(qapp: QApplication, asked: int, got: int) -> None:
    theme.apply(qapp, Theme.LIGHT, asked)
    assert theme.zoom() == got


def test_lengths_and_fonts_follow_the_zoom(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT, 150)
    assert (theme.px(34), theme.px(0), theme.px(0.2)) == (51, 0, 1)
    assert theme.font("body").pointSizeF() == pytest.approx(15.75)


def test_the_font_is_our_own(qtbot: QtBot) -> None:
    for weight in (400, 500, 700):
        info = QFontInfo(theme.font("body", weight))
        assert info.family() == fonts.FAMILY
        assert info.weight() == weight


def test_nothing_is_smaller_than_nine_points() -> None:
    assert min(theme.POINTS.values()) >= 9


def test_a_widget_made_before_keeps_up_even_if_it_was_never_shown(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, Theme.LIGHT, 160)
    label, line = Label("پرونده"), TextLine()
    qtbot.addWidget(label)
    qtbot.addWidget(line)
    theme.apply(qapp, Theme.DARK, 90)
    label.show()
    line.show()
    assert label.font().pointSizeF() == pytest.approx(10.5 * 0.9)
    assert line.font().pointSizeF() == pytest.approx(10.5 * 0.9)
    assert line.height() == theme.px(34)


def test_less_motion_is_none(qapp: QApplication) -> None:
    theme.apply(qapp, motion=True)
    assert theme.motion_ms() == 120
    theme.apply(qapp, motion=False)
    assert theme.motion_ms() == 0


@pytest.mark.parametrize("name", list(Theme))
@pytest.mark.parametrize("ground", list(GROUNDS))
def test_words_keep_their_colour_on_every_ground(
    qapp: QApplication, qtbot: QtBot, name: Theme, ground: Ground
) -> None:
    theme.apply(qapp, name)
    label, page = Label("▮▮▮", "headline", "refuse"), QWidget()
    theme.ground(page, ground)
    page.setLayout(Column(label))
    qtbot.addWidget(page)
    page.show()
    picture = page.grab().toImage()
    wide, high = range(picture.width()), range(picture.height())
    seen = {picture.pixelColor(x, y).name() for x in wide for y in high}
    assert theme.colour("refuse").name() in seen
    assert picture.pixelColor(0, 0) == theme.colour(ground)


def test_a_weight_or_role_given_before_the_first_showing_stays(qtbot: QtBot) -> None:
    label = Label("کد ملی", "small", "text2")
    qtbot.addWidget(label)
    label.set_role("refuse")
    label.set_weight(500)
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(Column(label))
    page.show()
    assert label.font().weight() == 500
    assert label.font().pointSizeF() == pytest.approx(9.5)
