"""Judges of the text engine that share no code with it: HarfBuzz for forms, Qt for order."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools.ttLib import TTFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from desktop.ui import fonts

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "Vazirmatn-Regular.ttf"
Form = tuple[str, str]
# Brackets that were turned are compared as the pair they belong to.
_PAIRED = str.maketrans(")]}>»", "([{<«")


@lru_cache(maxsize=1)
def _tables() -> tuple[Any, list[str], dict[int, str], dict[str, dict[str, str]]]:
    font = TTFont(str(FONT))
    forms: dict[str, dict[str, str]] = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag in ("init", "medi", "fina"):
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    forms.setdefault(record.FeatureTag, {}).update(table.mapping)
    shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT))))
    return shaper, font.getGlyphOrder(), font.getBestCmap(), forms


def harfbuzz(text: str) -> list[Form]:
    """(letter, form) from left to right, of the letters and marks of a Persian word or phrase."""
    shaper, names, glyphs, forms = _tables()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "fa"
    uharfbuzz.shape(shaper, buffer, {"calt": False, "liga": False, "kern": False})
    ligatures = {glyphs[code]: chr(code) for code in range(0xFEF5, 0xFEFD)}
    marks = {name: chr(c) for c, name in glyphs.items() if unicodedata.category(chr(c)) == "Mn"}
    found: list[Form] = []
    for info in buffer.glyph_infos:
        name, letter = names[info.codepoint], text[info.cluster]
        if name in ligatures:
            found += forms_of(ligatures[name])
        elif name in marks:
            found.append((marks[name], ""))
        elif unicodedata.category(letter) == "Lo":
            base = glyphs[ord(letter)]
            tags = [tag for tag, mapping in forms.items() if mapping.get(base) == name]
            found.append((letter, tags[0] if tags else ("isol" if name == base else name)))
    return found


_TAGS = {"<initial>": "init", "<medial>": "medi", "<final>": "fina", "<isolated>": "isol"}


def forms_of(drawn: str) -> list[Form]:
    """(letter, form) of a presentation form, from left to right; two for a lam-alef.

    An unjoined letter is isolated, a mark has no form.
    """
    tag, *codes = unicodedata.decomposition(drawn).split() or [""]
    if tag not in _TAGS:
        return [(drawn, "isol" if unicodedata.category(drawn) == "Lo" else "")]
    letters = [chr(int(code, 16)) for code in codes]
    if len(letters) == 2:
        return [(letters[1], "fina"), (letters[0], "init" if tag == "<isolated>" else "medi")]
    return [(letters[0], _TAGS[tag])]


def letters_of(drawn: str) -> str:
    """The letters of a presentation form from left to right, as Qt's glyphs name them.

    Vazirmatn makes one glyph of lam and bare alef always, of the others only with `liga`.
    """
    letters = unicodedata.normalize("NFKC", drawn)
    return "ل" if letters == "لا" else letters[::-1]


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
