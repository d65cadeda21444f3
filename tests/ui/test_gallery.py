"""The components page at every zoom and in every theme: nothing cut, nothing unnamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.palette import Theme
from tests.ui import gallery, gallery_page, gallery_parts
from tests.ui.layout_check import find_problems

# Colours cut nothing.
_ONE = [
    Theme.LIGHT,
    *(pytest.param(name, marks=pytest.mark.long) for name in (Theme.DARK, Theme.HIGH_CONTRAST)),
]


@pytest.mark.slow
@pytest.mark.parametrize("name", _ONE)
@pytest.mark.parametrize("build", [gallery.build, gallery_parts.build])
def test_no_component_is_cut_at_any_zoom(
    qapp: QApplication, qtbot: QtBot, build: Callable[[], QWidget], name: Theme
) -> None:
    page = build()
    qtbot.addWidget(page)
    for zoom in (90, 100, 150, 160):
        gallery.show(qapp, page, name, zoom)
        assert find_problems(page) == [], f"{name} at {zoom} %"


@pytest.mark.long
def test_the_pictures_are_saved(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    page = gallery.build()
    qtbot.addWidget(page)
    gallery.show(qapp, page, Theme.LIGHT, 100)
    picture = page.grab()
    assert picture.save(str(tmp_path / "components.png"))
    assert (picture.width(), picture.height()) > (1000, 700)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(Theme))
@pytest.mark.parametrize("zoom", [90, 100])
def test_a_whole_page_of_the_kit_fits_the_smallest_window(
    qapp: QApplication, qtbot: QtBot, name: Theme, zoom: int
) -> None:
    theme.apply(qapp, name, zoom)
    page = gallery_page.build()
    qtbot.addWidget(page)
    page.show()
    qapp.processEvents()
    assert (page.width(), page.height()) == (1366, 768)
    assert find_problems(page) == []
