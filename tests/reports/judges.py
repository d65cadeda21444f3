"""Judges of the text engine: HarfBuzz alone for glyphs and places, Qt for order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import uharfbuzz
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.text import normalise
from desktop.ui import fonts

ROOT = Path(__file__).parents[2]
Placed = tuple[int, int, int]
"""A glyph of the font, and where it stands from the left end of its word, in units of the font."""
# Brackets that were turned are compared as the pair they belong to.
_PAIRED = str.maketrans(")]}>»", "([{<«")
_WORD = re.compile("[\u0621-\u065f\u0670-\u06d3\u200c]+")
# Letters of neighbours' alphabets, marks on a lam-alef, marks inside a word.
_RARE = ("ڵە", "ټښځ", "ێ", "بێژە", "خڵۆ", "ډېر", "ګړى", "لّا", "ملّا", "سَلامٌ", "مُحَمَّد", "رأیِ")


@lru_cache(maxsize=4)
def _shaper(weight: Weight) -> uharfbuzz.Font:
    path = ROOT / "resources" / "fonts" / f"{weight.value}.ttf"
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))


def placed(word: str, weight: Weight) -> list[Placed]:
    """Each glyph of a Persian word as HarfBuzz lays it out by itself, from the letters alone."""
    shaper = _shaper(weight)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "fa"
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(shaper, buffer, {})
    empty = shaper.get_nominal_glyph(ord(" "))
    found, pen = [], 0
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint != empty:
            found.append((info.codepoint, pen + at.x_offset, at.y_offset))
        pen += at.x_advance
    return found


@lru_cache(maxsize=1)
def every_word() -> tuple[str, ...]:
    """All Persian words that ship: in letters, forms, papers, names of the demo, sentences."""
    files = [
        *(ROOT / "desktop").rglob("*.toml"),
        *(ROOT / "resources").rglob("*.toml"),
        *(ROOT / "desktop").rglob("*.py"),
        Path(__file__).parent / "vocabulary.txt",
    ]
    texts = (path.read_text(encoding="utf-8") for path in files)
    found = {normalise(word) for text in texts for word in _WORD.findall(text)} | {*_RARE}
    # HarfBuzz makes one sign of the name of God; joining is the reshaper's, which is told not to.
    return tuple(sorted(word for word in found if word and "الله" not in word))


def seen(characters: list[str]) -> str:
    """What is compared of an order: no marks, no controls, a bracket as its pair."""
    kept = [c for c in characters if unicodedata.category(c) not in ("Mn", "Cf")]
    return "".join(kept).translate(_PAIRED)


@lru_cache(maxsize=1)
def _qt_font() -> QFont:
    fonts.register()
    font = fonts.font(48)
    for feature in ("liga", "calt"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def qt_order(line: str) -> str:
    """The characters of a right-to-left line from left to right, as Qt lays them out."""
    layout = QTextLayout(line, _qt_font())
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    laid = layout.createLine()
    laid.setLineWidth(1_000_000)
    layout.endLayout()
    every = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
    placed = sorted(
        (position.x(), index)
        for run in laid.glyphRuns(-1, -1, every)
        for position, index in zip(run.positions(), run.stringIndexes(), strict=True)
    )
    # A mark is told at the place of its letter: once is enough.
    return seen([line[index] for index in dict.fromkeys(index for _, index in placed)])
