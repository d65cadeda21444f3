"""Joining by arabic-reshaper, then HarfBuzz: which glyphs are drawn for a run, and where marks sit.

The reshaper says which form each letter takes; HarfBuzz is given the forms with its own joining
off, and does what the font asks beside that: ligatures, kerning, marks.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import uharfbuzz
from arabic_reshaper import ArabicReshaper

from desktop.domain.drawable import named
from desktop.domain.errors import Refusal
from desktop.domain.persian import LRI, PDI, ZWNJ
from desktop.reports.letter.v2.outlines import WIDEST, Face, Outline, Weight, face, outline

# Isolated forms stay letters: what the font says of a letter it says of its plain glyph. Ligatures
# are HarfBuzz's, which knows on which half of one a mark sits.
_RESHAPER = ArabicReshaper(
    {
        "delete_harakat": False,
        "support_ligatures": False,
        "use_unshaped_instead_of_isolated": True,
    }
)
# Letters of neighbours' alphabets whose forms have no code, or none that the font knows, though it
# has them joined: their forms get places in a private plane.
_FOREIGN = "ؽٮٯټځڅډړڕږښڠڡڪګڬڵںڼڽۂۃۊۍێۏېە"
_PRIVATE = 0xF0000
RLM = "\u200f"
_JOINER = "\u200d"
_FORMS_OFF = {"init": False, "medi": False, "fina": False, "isol": False}


@dataclass(frozen=True, eq=False, slots=True)
class Glyph:
    """What one code draws and what a reader copies of it (`unicode`: the same as a PDF says it).

    There is one object of each (`_glyph`), as of outlines. A bracket reads as it was written,
    though it is drawn as its partner where it reads leftwards.
    """

    outline: Outline
    reads: str
    unicode: str


@cache
def _glyph(drawn: Outline, reads: str) -> Glyph:
    return Glyph(drawn, reads, reads.encode("utf-16-be").hex().upper())


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """A glyph and how far the pen moves on after it, in units of the font."""

    glyph: Glyph
    advance: int


@lru_cache(maxsize=4)
def _foreign(weight: Weight) -> dict[int, int]:
    """Private codes of the forms above → glyphs, as HarfBuzz joins them itself."""
    shaper = face(weight).shaper
    forms: dict[int, int] = {}
    for i, letter in enumerate(_FOREIGN):
        shapes = (letter + _JOINER, _JOINER + letter + _JOINER, _JOINER + letter)
        for form, text in enumerate(shapes):
            glyphs = [c.codepoint for c in _glyphs(shaper, text, "rtl", {}) if c.codepoint > 1]
            empty = shaper.get_nominal_glyph(ord(" "))
            forms[_PRIVATE + 3 * i + form] = next(g for g in glyphs if g != empty)
    return forms


def _learn() -> None:
    """The foreign letters in the reshaper's own list: a form that is the letter itself is none."""
    shaper, codes = face(Weight.REGULAR).shaper, _foreign(Weight.REGULAR)
    for i, letter in enumerate(_FOREIGN):
        plain = shaper.get_nominal_glyph(ord(letter))
        places = [_PRIVATE + 3 * i + form for form in range(3)]
        shapes = ["" if codes[place] == plain else chr(place) for place in places]
        if not shapes[0]:
            # It joins to the right alone: its form between two letters is its last one.
            shapes[1] = ""
        _RESHAPER.letters[letter] = (letter, *shapes)


@lru_cache(maxsize=4)
def _shaper(weight: Weight) -> uharfbuzz.Font:
    """HarfBuzz's font that also knows the private codes."""
    plain, codes = face(weight).shaper, _foreign(weight)
    shaper = uharfbuzz.Font(plain)
    funcs = uharfbuzz.FontFuncs()

    def nominal(_font: object, code: int, _data: object) -> int:
        return codes.get(code) or plain.get_nominal_glyph(code) or 0

    funcs.set_nominal_glyph_func(nominal, None)
    shaper.funcs = funcs
    return shaper


def _glyphs(
    shaper: uharfbuzz.Font, text: str, direction: str, features: dict[str, bool]
) -> list[uharfbuzz.GlyphInfo]:
    return list(_shaped(shaper, text, direction, features).glyph_infos)


def _shaped(
    shaper: uharfbuzz.Font, text: str, direction: str, features: dict[str, bool]
) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = direction
    buffer.script = "Arab" if direction == "rtl" else "Latn"
    buffer.language = "fa"
    # A mark keeps the place of its own letter, so that it is copied where it was written.
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(shaper, buffer, features)
    return buffer


@lru_cache(maxsize=50_000)
def joined(text: str) -> str:
    """The letters of a text in the forms they take beside each other, one for one, in its order.

    A mark breaks no join: it is taken out before and put back after.
    """
    if _FOREIGN[0] not in _RESHAPER.letters:
        _learn()
    marks = [i for i, c in enumerate(text) if unicodedata.category(c) == "Mn"]
    if not marks:
        return str(_RESHAPER.reshape(text))
    letters = iter(str(_RESHAPER.reshape("".join(c for c in text if _is_letter(c)))))
    return "".join(next(letters) if _is_letter(c) else c for c in text)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) != "Mn"


@lru_cache(maxsize=4_096)
def check(characters: frozenset[str]) -> None:
    """Raises Refusal that names the characters without a glyph: they would be boxes on paper."""
    font = face(Weight.REGULAR)
    missing = sorted(c for c in characters if c not in (LRI, PDI) and not font.has(c))
    if missing:
        told = "، ".join(named(c) for c in missing)
        raise Refusal(f"در این متن {told} هست که روی کاغذ نمی‌آید؛ آن را بردارید.")


@lru_cache(maxsize=50_000)
def cells(forms: str, text: str, weight: Weight, *, leftwards: bool) -> tuple[Cell, ...]:
    """The cells of a run, from left to right; `forms` are those of the `text`, one for one."""
    direction = "rtl" if leftwards else "ltr"
    buffer = _shaped(_shaper(weight), forms, direction, _FORMS_OFF)
    groups: list[tuple[int, list[tuple[int, int, int, int]]]] = []
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        told = (info.codepoint, at.x_advance, at.x_offset, at.y_offset)
        if groups and groups[-1][0] == info.cluster:
            groups[-1][1].append(told)
        else:
            groups.append((info.cluster, [told]))
    starts = sorted(cluster for cluster, _ in groups)
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    font = face(weight)
    found: list[Cell] = []
    for cluster, glyphs in groups:
        found += _of_cluster(font, text[cluster : ends[cluster]], glyphs, leftwards=leftwards)
    return tuple(found)


def _of_cluster(
    font: Face, text: str, glyphs: list[tuple[int, int, int, int]], *, leftwards: bool
) -> list[Cell]:
    """Glyphs and letters that belong together, paired off.

    Readers turn a run of Persian around letter by letter, and the two letters of one ligature the
    wrong way. So one glyph reads as one letter, and what is left over stands on empty glyphs.
    """
    if text == ZWNJ:
        return [empty(ZWNJ)]
    if len(glyphs) > len(text):
        return [_laid_over(font, glyphs, text)] if len(text) == 1 else _all(font, glyphs, text)
    if not leftwards:
        # A reader takes the letters of a Latin ligature as they stand.
        rest = len(text) - len(glyphs)
        reads = [text[: rest + 1], *text[rest + 1 :]]
        return [_cell(font, glyph, read) for glyph, read in zip(glyphs, reads, strict=True)]
    backwards = text[::-1]
    spare = len(text) - len(glyphs)
    if spare > 1 and len(glyphs) == 1:
        return _spread(glyphs[0], backwards)
    helpers = [empty(c) for c in backwards[:spare]]
    pairs = zip(glyphs, backwards[spare:], strict=True)
    return helpers + [_cell(font, glyph, read) for glyph, read in pairs]


def _spread(glyph: tuple[int, int, int, int], backwards: str) -> list[Cell]:
    """A ligature of many letters, each with its share of the width: of two equal letters in one
    place («الله») a reader drops one as a shadow.
    """
    number, advance, x, y = glyph
    share, rest = divmod(advance, len(backwards))
    first = Cell(_glyph(outline(((number, x, y),), share + rest), backwards[0]), share + rest)
    return [first, *(Cell(_glyph(outline((), share), c), share) for c in backwards[1:])]


def _all(font: Face, glyphs: list[tuple[int, int, int, int]], text: str) -> list[Cell]:
    """More glyphs than letters: laid over each other, the rest of the letters before them."""
    over = _laid_over(font, glyphs, text[0])
    return [*map(empty, text[:0:-1]), over]


def _laid_over(font: Face, glyphs: list[tuple[int, int, int, int]], reads: str) -> Cell:
    parts, pen = [], 0
    for glyph, advance, x, y in glyphs:
        parts.append((glyph, pen + x, y))
        pen += advance
    return Cell(_glyph(outline(tuple(parts), pen), reads), pen)


def _cell(font: Face, glyph: tuple[int, int, int, int], reads: str) -> Cell:
    number, advance, x, y = glyph
    # A mark that was moved is an outline of its own; a letter that was kerned stays the font's.
    width = advance if x or y else font.width(number)
    return Cell(_glyph(outline(((number, x, y),), width), reads), advance)


@lru_cache(maxsize=256)
def empty(reads: str) -> Cell:
    """Nothing to be seen that reads as a letter."""
    return Cell(_glyph(outline((), 0), reads), 0)


def bridge(width: int) -> tuple[Cell, ...]:
    """A mark of order as wide as a gap of so many units of the font, with nothing to be seen.

    Several where the gap is wider than a glyph of a font file can be, as on a sheet of A3.
    """
    pieces = [WIDEST] * (width // WIDEST) + [width % WIDEST] * (width % WIDEST > 0)
    return tuple(Cell(_glyph(outline((), piece), RLM), piece) for piece in pieces)


def advance(run: tuple[Cell, ...]) -> int:
    """How wide a run is, in units of the font."""
    return sum(cell.advance for cell in run)
