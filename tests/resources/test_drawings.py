"""Fonts, icons and drawings: there, whole, under their licences, and such as Qt can draw."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QFontDatabase
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).parents[2] / "resources"
ICONS = sorted((RESOURCES / "icons").glob("*.svg"))
ART = sorted((RESOURCES / "art").glob("*.svg"))
FONTS = sorted((RESOURCES / "fonts").glob("*.ttf"))

# What the pages name: rail, chips, banners, services, buttons (the look's sections 5 and 6).
NAMED = {
    "alert-circle", "alert-triangle", "arrow-back-up", "arrow-left", "arrow-right",
    "arrows-exchange", "ban", "building", "building-bank", "calendar-check", "calendar-event",
    "cash-banknote", "chart-bar", "check", "chevron-down", "chevron-left", "circle-check",
    "clipboard-check", "clock", "clock-exclamation", "cloud-upload", "coins", "credit-card",
    "database", "edit", "eye", "eye-check", "eye-off", "file-certificate", "file-off",
    "file-plus", "file-text", "gavel", "help-circle", "home", "inbox", "info-circle",
    "list-details", "lock", "mail", "map-pin", "notes", "paperclip", "pencil", "phone", "plus",
    "printer", "receipt", "rubber-stamp", "scan", "school", "scissors", "search", "send",
    "shovel", "table", "trash", "user", "user-check", "user-plus", "walk", "wifi-off", "x",
    "zoom-in", "zoom-out",
}  # fmt: skip
SANDS = {"#FAF3E4", "#F1E6D3", "#E5D7BF", "#D3BE9E", "#B99F7B", "#7B6549"}
TURQUOISES = {"#2BA8A0", "#0B7A75"}


def test_every_icon_that_pages_name_is_here() -> None:
    assert {path.stem for path in ICONS} >= NAMED


def test_no_icon_of_foreign_money() -> None:
    assert not [path.stem for path in ICONS if re.search("coin$|dollar|euro|receipt-", path.stem)]


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_takes_colour_and_stroke(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("currentColor") == 1
    assert text.count('stroke-width="2"') == 1
    assert ElementTree.fromstring(text).get("viewBox") == "0 0 24 24"


@pytest.mark.parametrize("path", [*ICONS, *ART], ids=lambda path: path.stem)
def test_qt_draws_it(path: Path, qapp: QApplication) -> None:
    assert QSvgRenderer(str(path)).isValid()


def test_the_sign_in_drawing_has_six_sands_and_two_turquoises() -> None:
    drawing = (RESOURCES / "art" / "sign-in.svg").read_text(encoding="utf-8")
    assert set(re.findall("#[0-9A-F]{6}", drawing)) == SANDS | TURQUOISES


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_has_all_persian_letters_marks_and_digits(path: Path, qapp: QApplication) -> None:
    with TTFont(path) as font:
        known = set(font.getBestCmap())
    text = "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی۰۱۲۳۴۵۶۷۸۹،؛؟٪٫٬«»–…\u0654\u064b\u200c"
    assert [character for character in text if ord(character) not in known] == []
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    assert [family for family in families if family.startswith("Vazirmatn")]


def test_three_weights_and_the_licences() -> None:
    assert [path.stem for path in FONTS] == [
        "Vazirmatn-Bold",
        "Vazirmatn-Medium",
        "Vazirmatn-Regular",
    ]
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts/OFL.txt").read_text(encoding="utf-8")
    assert "MIT License" in (RESOURCES / "icons/LICENSE").read_text(encoding="utf-8")
