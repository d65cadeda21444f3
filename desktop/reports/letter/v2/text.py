"""A line of Persian text: from words as they are stored to cells from left to right.

The steps, in the only order that works: `normalise`, isolate numbers, join, measure, wrap in
logical order (`wrap`), then order each line. What is printed of a text, and which numbers are
islands, is what layout 1 says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bidi import get_display

from desktop.domain.persian import LRI, PDI
from desktop.reports.letter.v1.text import isolate_numbers, normalise
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.shape import RLM, Cell, cells, empty, joined

__all__ = ["MARKS", "isolate_numbers", "normalise", "order", "set_out"]

# A weight as one character, so that a line's weights are a text beside its text.
MARKS = {Weight.REGULAR: "r", Weight.MEDIUM: "m", Weight.BOLD: "b"}
_WEIGHTS = {mark: weight for weight, mark in MARKS.items()}
# Behind each character stand two invisible ones that tell its place. Where they are afterwards
# tells the direction of the run it stands in (UAX #9: BN takes the level before it).
_DIGITS = [chr(code) for code in range(0xE0020, 0xE0080)]
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_BASE = len(_DIGITS)
_PLACES = [high + low for high in _DIGITS for low in _DIGITS]


# A bracket behind an island (rule N0) goes by the last letter before it. The library takes the
# first letter since the island before (servo/unicode-bidi, issue 141). An unseen island behind the
# last letter, and behind that an unseen letter of its direction, make the last one the first.
_BEHIND_ISLAND = re.compile(rf"{PDI}.*[(\[{{«‹]")
_LRM, _ALM = "\u200e", "\u061c"
_LIKE = {"L": _LRM, "AL": _ALM}
_MOST = len(_PLACES) - 1
"""The place of what is not of the line."""


@lru_cache(maxsize=20_000)
def order(text: str) -> tuple[tuple[int, bool], ...]:
    """The places of a line's characters from left to right, and whether each reads leftwards."""
    if len(text) > _MOST:
        raise ValueError(f"a line of {len(text)} characters")
    woven = list(map("".join, zip(text, _PLACES, strict=False)))
    if _BEHIND_ISLAND.search(text):
        for place, like in _last_letters(text):
            woven[place] += "".join(each + _PLACES[_MOST] for each in (LRI, _LRM, PDI, like))
    ordered = str(get_display("".join(woven) + RLM, base_dir="R")).replace(RLM, "", 1)
    found = []
    for first, second, third in zip(ordered[::3], ordered[1::3], ordered[2::3], strict=True):
        if first in _VALUES:
            # Leftwards: the place stands before its character, its digits turned too.
            found.append((_VALUES[second] * _BASE + _VALUES[first], True))
        else:
            found.append((_VALUES[second] * _BASE + _VALUES[third], False))
    return tuple(each for each in found if each[0] < _MOST)


def _last_letters(text: str) -> Iterator[tuple[int, str]]:
    """Where the last letter before each island ends, and the unseen one that is like it."""
    end, like, inside = -1, "", False
    for place, character in enumerate(text):
        kind = unicodedata.bidirectional(character)
        if character == LRI:
            inside = True
            if like:
                yield end, like
            like = ""
        elif character == PDI:
            inside = False
        elif not inside and kind in _LIKE:
            end, like = place, _LIKE[kind]
        elif kind == "NSM" and end == place - 1:
            end = place


Run = tuple[Weight, tuple[Cell, ...]]
# What a reader makes of cells: a number, letters, a space, or signs between them.
_NUMBER, _LETTERS, _SPACE, _SIGNS = "1", "a", "_", "?"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Cells of one weight that a reader takes alike."""

    weight: Weight
    kind: str
    run: tuple[Cell, ...]


@lru_cache(maxsize=20_000)
def set_out(text: str, marks: str) -> tuple[Run, ...]:
    """The runs of a line from left to right, isolates worked off.

    `text` is in logical order, `marks` has a mark of `MARKS` for each of its characters.
    """
    forms = joined(text)
    pieces: list[_Piece] = []
    start, at, leftwards = 0, -1, True
    for place, left in order(text):
        whole = (
            at >= 0
            and left == leftwards
            and place == at + (-1 if left else 1)
            and marks[place] == marks[at]
            and text[place] != " " != text[at]
        )
        if not whole:
            if at >= 0:
                pieces += _between(text, forms, marks, start, at, leftwards=leftwards)
            start, leftwards = place, left
        at = place
    if at >= 0:
        pieces += _between(text, forms, marks, start, at, leftwards=leftwards)
    return tuple(
        (weight, tuple(cell for piece in same for cell in piece.run))
        for weight, same in groupby(_told_apart(pieces), key=lambda piece: piece.weight)
    )


def _between(
    text: str, forms: str, marks: str, start: int, end: int, *, leftwards: bool
) -> tuple[_Piece, ...]:
    """The pieces of what stands between two places of a line, whichever comes first."""
    first, last = min(start, end), max(start, end) + 1
    said, shaped = text[first:last], forms[first:last]
    if LRI in said or PDI in said:
        kept = [i for i in range(first, last) if text[i] not in (LRI, PDI)]
        said, shaped = "".join(text[i] for i in kept), "".join(forms[i] for i in kept)
    return _pieces(shaped, said, _WEIGHTS[marks[first]], leftwards=leftwards) if said else ()


@lru_cache(maxsize=50_000)
def _pieces(forms: str, text: str, weight: Weight, *, leftwards: bool) -> tuple[_Piece, ...]:
    """The cells of a word; the signs at its ends are pieces of their own."""
    run = cells(forms, text, weight, leftwards=leftwards)
    if not leftwards:
        return (_Piece(weight, _NUMBER, run),)
    letters = [i for i, cell in enumerate(run) if _is_letter(cell.glyph.reads)]
    if not letters:
        return (_Piece(weight, _SPACE if text.isspace() else _SIGNS, run),)
    first, last = letters[0], letters[-1] + 1
    parts = ((_SIGNS, run[:first]), (_LETTERS, run[first:last]), (_SIGNS, run[last:]))
    return tuple(_Piece(weight, kind, part) for kind, part in parts if part)


def _is_letter(reads: str) -> bool:
    return reads.isalpha() or unicodedata.category(reads) == "Mn"


def _told_apart(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with an unseen mark around signs, and between a number and what is beside it.

    A reader of the file sees places alone: without the mark it takes the comma after a number, or a
    second number, for the number's own, and copies them the other way round; so two signs in a row,
    and the space behind a comma.
    """
    kinds = "".join(piece.kind for piece in pieces)
    parted: set[int] = set()
    for found in _BETWEEN.finditer(kinds):
        at, end = found.span()
        before, after = kinds[at - 1 : at] == _NUMBER, kinds[end : end + 1] == _NUMBER
        signs = [i for i in range(at, end) if kinds[i] == _SIGNS]
        # A space beside a comma is as easily taken for a part of it, after letters too.
        parted |= {i + side for i in signs for side in (0, 1)}
        if signs or (before and after):
            parted |= ({at} if before else set()) | ({end} if after else set())
    if not parted:
        return pieces
    told: list[_Piece] = []
    for i, piece in enumerate(pieces):
        if i in parted:
            told.append(_Piece(piece.weight, _SIGNS, (empty(RLM),)))
        told.append(piece)
    return told


_BETWEEN = re.compile("[_?]+")
