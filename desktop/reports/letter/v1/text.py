"""A line of Persian text: from words as they are stored to glyphs from left to right.

The steps, in the only order that works: `normalise`, isolate numbers, shape and measure, wrap in
logical order (`wrap`), then `visual` for each line.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from bidi import get_display

from desktop.domain.persian import LRI, PDI, ZWNJ
from desktop.reports.letter.v1.fonts import Weight, split_lam_alef

# Marks of order and format that nobody sees (Unicode's Cf but half-space and isolates), tatweel.
_DROPPED = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u0640\u06dd\u070f\u08e2\u180e\u200b\u200d-\u200f\u202a-\u202e"
    "\u2060-\u2065\u2067\u2068\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_FOLDED = {
    0x064A: "ی",
    0x0649: "ی",
    0x0643: "ک",
    # One letter; after a letter that does not join it would take a form that the font lacks.
    ord("ۀ"): "ه\u0654",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
}
_PRESENTATION = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
_SPACE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u202f\u205f\u3000\ud800-\udfff]"
)
_NUMBER = re.compile(r"[+]?[0-9۰-۹]+(?:[-‐‑–/.:,٫٬*]+[0-9۰-۹]+)+|[+][0-9۰-۹]+")
_LATIN = re.compile("[A-Za-z]")
_HALF_SPACES = re.compile(f"(?<=[ \n]){ZWNJ}+|{ZWNJ}+(?=[ \n]|$)|^{ZWNJ}+")


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """The text as it is printed: Persian letters, no invisible marks but half-spaces and isolates.

    Unlike `domain.persian.clean` it leaves digits as they are read and keeps line breaks and spaces
    that do not break; controls become spaces.
    """
    text = _PRESENTATION.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text)).translate(_FOLDED)
    text = _SPACE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _HALF_SPACES.sub("", text)
    return "\n".join(map(_closed, text.split("\n"))) if LRI in text or PDI in text else text


def _closed(line: str) -> str:
    """The line with each island ended in it, and no end without a beginning."""
    depth, kept = 0, []
    for c in line:
        if c == LRI:
            depth += 1
        elif c == PDI:
            if not depth:
                continue
            depth -= 1
        kept.append(c)
    return "".join(kept) + PDI * depth


def isolate_numbers(word: str) -> str:
    """The word with each number of several groups as an island that reads from left to right.

    After a Persian letter the groups of `۷۲-۱۱-۱۴۰۸` would else stand in reverse. A word with Latin
    letters keeps its own order, and one that is an island already stays.
    """
    if LRI in word or _LATIN.search(word):
        return word
    return _NUMBER.sub(lambda number: f"{LRI}{number[0]}{PDI}", word)


# Each character is followed by an invisible one that tells its weight. The order of the two after
# reordering tells the direction of the run it stands in (UAX #9: BN takes the level before it).
MARKS = {Weight.REGULAR: "\u2060", Weight.MEDIUM: "\u2061", Weight.BOLD: "\u2062"}
_WEIGHTS = {mark: weight for weight, mark in MARKS.items()}
_END = "\u200f"
_OPENING, _CLOSING = "([{<«‹≤", ")]}>»›≥"
_MIRRORED = dict(zip(_OPENING + _CLOSING, _CLOSING + _OPENING, strict=True))


@lru_cache(maxsize=20_000)
def visual(shaped: str, marks: str) -> tuple[tuple[Weight, str], ...]:
    """The runs of a line from left to right, one weight each; brackets turned where they read
    leftwards, isolates worked off.

    `shaped` is one line in logical order, `marks` has a mark of `MARKS` for each of its characters.
    """
    woven = "".join(c + mark for c, mark in zip(shaped, marks, strict=True)) + _END
    ordered = str(get_display(woven, base_dir="R")).replace(_END, "", 1)
    drawn: list[tuple[Weight, str]] = []
    for first, second in zip(ordered[::2], ordered[1::2], strict=True):
        if first in _WEIGHTS:
            weight, character = _WEIGHTS[first], _MIRRORED.get(second, second)
        else:
            weight, character = _WEIGHTS[second], first
        if character not in (LRI, PDI):
            drawn.append((weight, character))
    return tuple(
        (weight, split_lam_alef("".join(character for _, character in run)))
        for weight, run in groupby(drawn, key=lambda pair: pair[0])
    )
