"""The fonts of paper: embedded, checked for glyphs, and readable when text is copied out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from desktop.domain.errors import Refusal
from desktop.domain.persian import LRI, PDI, ZWNJ
from desktop.settings import resources


class Weight(StrEnum):
    """A cut of Vazirmatn; the value is its file's and the PDF font's name."""

    REGULAR = "Vazirmatn-Regular"
    MEDIUM = "Vazirmatn-Medium"
    BOLD = "Vazirmatn-Bold"


# A lam-alef ligature stands for two letters, and readers of PDF reverse them. So it is drawn as an
# empty glyph that reads as the alef, then the ligature that reads as the lam alone.
_ALEFS = {
    "\ufefb": "ا", "\ufefc": "ا", "\ufef5": "آ", "\ufef6": "آ",
    "\ufef7": "أ", "\ufef8": "أ", "\ufef9": "إ", "\ufefa": "إ",
}  # fmt: skip
_EMPTY = {alef: chr(0xE000 + i) for i, alef in enumerate(sorted(set(_ALEFS.values())))}
LAM_ALEFS = frozenset(_ALEFS)
_SPLIT = {ord(ligature): _EMPTY[alef] + ligature for ligature, alef in _ALEFS.items()}
_READS = {ord(empty): alef for alef, empty in _EMPTY.items()} | {
    ord(ligature): "ل" for ligature in _ALEFS
}
# Marks of order that are worked off before drawing.
_WORKED_OFF = frozenset((LRI, PDI))


def split_lam_alef(visual: str) -> str:
    """The text of a line, left to right, with each lam-alef as the two codes described above."""
    return visual.translate(_SPLIT)


def _reading(code: int) -> str:
    return _READS.get(code) or unicodedata.normalize("NFKC", chr(code))


def _to_unicode(font: str, subset: Sequence[int]) -> str:
    """The map from codes of a font subset to what a reader copies: letters, not their forms.

    Takes the place of ReportLab's, which names presentation forms that no search finds.
    """
    rows = [
        f"<{i:02X}> <{_reading(code).encode('utf-16-be').hex().upper()}>"
        for i, code in enumerate(subset)
    ]
    # A section holds at most a hundred rows (Adobe technical note 5014, §1.4.1).
    sections = [
        f"{len(rows[i : i + 100])} beginbfchar\n" + "\n".join(rows[i : i + 100]) + "\nendbfchar"
        for i in range(0, len(rows), 100)
    ]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({font}) /Ordering ({font}) /Supplement 0 >> def\n"
        f"/CMapName /{font} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n"
    )
    tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return head + "\n".join(sections) + tail


@lru_cache(maxsize=1)
def _registered() -> dict[Weight, ttfonts.TTFont]:
    # ReportLab looks the maker up in its module at each save, there is nowhere to hand it in.
    reportlab: Any = ttfonts
    reportlab.makeToUnicodeCMap = _to_unicode
    found = {}
    for weight in Weight:
        path = resources() / "fonts" / f"{weight.value}.ttf"
        font = ttfonts.TTFont(weight.value, str(path), asciiReadable=False)
        for empty in _EMPTY.values():
            font.face.charToGlyph[ord(empty)] = font.face.charToGlyph[ord(ZWNJ)]
            font.face.charWidths[ord(empty)] = 0
        pdfmetrics.registerFont(font)
        found[weight] = font
    return found


def font(weight: Weight) -> ttfonts.TTFont:
    """The registered font of a weight."""
    return _registered()[weight]


@lru_cache(maxsize=8)
def _widths(weight: Weight) -> dict[str, float]:
    face = font(weight).face
    ours = set(_READS) - {ord(ligature) for ligature in LAM_ALEFS}
    known = {chr(c): float(face.charWidths[c]) for c in face.charToGlyph if c not in ours}
    return known | dict.fromkeys(_WORKED_OFF, 0.0)


def advances(text: str, weight: Weight) -> list[float]:
    """The width of each character in thousandths of the size.

    Raises Refusal naming the characters without a glyph: they would be boxes on paper.
    """
    widths = _widths(weight)
    try:
        return [widths[c] for c in text]
    except KeyError:
        missing = "، ".join(
            f"«{unicodedata.normalize('NFKC', c)}» (U+{ord(c):04X})"
            for c in dict.fromkeys(c for c in text if c not in widths)
        )
        raise Refusal(
            f"این نویسه‌ها را نمی‌توان چاپ کرد: {missing}. آن‌ها را از متن بردارید."
        ) from None


def ascent(weight: Weight) -> float:
    """The font's ascent in thousandths of the size."""
    return float(font(weight).face.ascent)
