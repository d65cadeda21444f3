"""Icons: all that the window names are there, coloured, and mirrored where they should be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.settings import resources
from desktop.ui.icons import MIRRORED, icon, tile
from desktop.ui.palette import TILE_DOT, TILE_GROUND
from desktop.ui.standing.chips import CHIPS

_UI = Path(__file__).resolve().parents[2] / "desktop" / "ui"
# Arguments that carry the name of an icon, wherever they stand.
_CARRIERS = {"icon", "button_icon"}


def _named_icons() -> set[str]:
    names = {look.icon for look in CHIPS.values()} | MIRRORED
    for path in _UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in _CARRIERS:
                if isinstance(node.value, ast.Constant) and node.value.value:
                    names.add(str(node.value.value))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                named = node.func.id in ("IconLabel", "EndIcon")
                if named and node.args and isinstance(node.args[0], ast.Constant):
                    names.add(str(node.args[0].value))
    return names


@pytest.mark.slow
def test_every_named_icon_is_in_the_resources() -> None:
    there = {path.stem for path in (resources() / "icons").glob("*.svg")}
    assert _named_icons() - there == set()


def test_an_unknown_icon_is_a_bug(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", 16, "#000000")


def test_colour_and_ratio_reach_the_pixels(qtbot: QtBot) -> None:
    drawn = icon("check", 16, "#ff0000", 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    image = drawn.toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert inked
    assert all(colour == QColor("#ff0000") for colour in inked)
    assert icon("check", 16, "#ff0000", 2.0) is drawn


def test_the_tile_has_its_ground_at_the_corner_and_its_dot_in_the_middle(qtbot: QtBot) -> None:
    image = tile(24).toImage()
    assert image.pixelColor(0, 0) == QColor(TILE_GROUND)
    assert image.pixelColor(12, 12) == QColor(TILE_DOT)
