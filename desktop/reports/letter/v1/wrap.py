"""Lines of a paragraph: measured on joined words, broken in logical order, ordered one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.letter import BOLD
from desktop.domain.persian import LRI, PDI, ZWNJ
from desktop.reports.letter.v1.fonts import Weight, advances
from desktop.reports.letter.v1.shape import letters, measure, shape
from desktop.reports.letter.v1.text import MARKS, isolate_numbers, normalise, visual

# An island breaks nowhere, even at its spaces: «۰۳۵ ۳۷۲۵ ۰۰۲۱».
_WORD = re.compile(f"(?:{LRI}[^{PDI}\n]*{PDI}|[^ \n])+")


@dataclass(frozen=True)
class Word:
    """A word ready to be set: joined, its weights as marks, its width in 1/1000 of the size."""

    shaped: str
    marks: str
    width: float


@dataclass(frozen=True)
class Line:
    """A line in logical order. `width` is in points without stretching; `last` ends a paragraph."""

    shaped: str
    marks: str
    width: float
    size: float
    last: bool

    @property
    def spaces(self) -> int:
        """How many spaces can be stretched."""
        return self.shaped.count(" ")

    @property
    def runs(self) -> tuple[tuple[Weight, str], ...]:
        """What is drawn, from left to right."""
        return visual(self.shaped, self.marks)


def _width(shaped: str, marks: str) -> float:
    if len(set(marks)) == 1:
        return measure(shaped, _weight(marks[0]))
    return sum(advances(c, _weight(m))[0] for c, m in zip(shaped, marks, strict=True))


_WEIGHT_OF = {mark: weight for weight, mark in MARKS.items()}


def _weight(mark: str) -> Weight:
    return _WEIGHT_OF[mark]


@lru_cache(maxsize=50_000)
def _word(text: str, marks: str) -> Word:
    isolated = isolate_numbers(text)
    if isolated != text:
        spread, source = [], iter(marks)
        mark = marks[0]
        for c in isolated:
            mark = mark if c in (LRI, PDI) else next(source)
            spread.append(mark)
        marks = "".join(spread)
    shaped = shape(isolated)
    if len(set(marks)) == 1:
        marks = marks[0] * len(shaped)
    else:
        taken, at = [], 0
        for form in shaped:
            taken.append(marks[at])
            at += letters(form)
        marks = "".join(taken)
    return Word(shaped, marks, _width(shaped, marks))


def _marked(text: str, weight: Weight) -> tuple[str, str]:
    """The text without `**` and a mark of weight for each of its characters."""
    plain, bold = MARKS[weight], MARKS[Weight.BOLD]
    shown, marks, at = [], [], 0
    for span in BOLD.finditer(text):
        shown += [text[at : span.start()], span[1]]
        marks += [plain * (span.start() - at), bold * len(span[1])]
        at = span.end()
    shown.append(text[at:])
    marks.append(plain * (len(text) - at))
    return "".join(shown), "".join(marks)


def words(text: str, weight: Weight) -> list[list[Word]]:
    """The words of each hard line of the text; a weight of its own where `**` stand around it.

    Raises Refusal on a character that the font has no glyph for.
    """
    shown, marks = _marked(normalise(text), weight)
    found: list[list[Word]] = [[]]
    at = 0
    for match in _WORD.finditer(shown):
        found += [[] for _ in range(shown.count("\n", at, match.start()))]
        found[-1].append(_word(match[0], marks[match.start() : match.end()]))
        at = match.end()
    return found


def _cut(word: Word, limit: float) -> Iterator[Word]:
    """Pieces of a word that is wider than a whole line, each as wide as fits."""
    each = [advances(c, _weight(m))[0] for c, m in zip(word.shaped, word.marks, strict=True)]
    start, width, island = 0, 0.0, ""
    for i, (c, advance) in enumerate(zip(word.shaped, each, strict=True)):
        if i > start and width + advance > limit and advance and c != ZWNJ:
            yield _piece(word, start, i, width, island)
            island = LRI if _is_open(island + word.shaped[start:i]) else ""
            start, width = i, 0.0
        width += advance
    yield _piece(word, start, len(each), width, island)


def _is_open(text: str) -> bool:
    return text.count(LRI) > text.count(PDI)


def _piece(word: Word, start: int, end: int, width: float, island: str) -> Word:
    """A part of the word; an island that was cut is one on either line."""
    shaped = island + word.shaped[start:end]
    marks = word.marks[start] * len(island) + word.marks[start:end]
    if _is_open(shaped):
        shaped, marks = shaped + PDI, marks + marks[-1]
    return Word(shaped, marks, width)


@lru_cache(maxsize=8)
def _space(weight: Weight) -> float:
    return advances(" ", weight)[0]


def _join(chosen: list[Word], size: float, space_mark: str, last: bool) -> Line:
    shaped = " ".join(word.shaped for word in chosen)
    # A space between two words of one weight takes it, so that a bold phrase is one run.
    marks = chosen[0].marks if chosen else ""
    for before, word in zip(chosen, chosen[1:], strict=False):
        same = before.marks[-1] == word.marks[0]
        marks += (before.marks[-1] if same else space_mark) + word.marks
    return Line(shaped, marks, _width(shaped, marks) * size / 1000 if shaped else 0.0, size, last)


def wrap(text: str, width: float, size: float, weight: Weight = Weight.REGULAR) -> list[Line]:
    """The lines of a text in a column of `width` points at `size` points.

    `**…**` is bold, a line break is kept, a word breaks only if it is wider than the column. Raises
    Refusal on a character that the font has no glyph for.
    """
    mark, space = MARKS[weight], _space(weight)
    limit = width * 1000 / size
    lines: list[Line] = []
    for hard in words(text, weight):
        chosen: list[Word] = []
        taken = 0.0
        for whole in hard:
            for word in _cut(whole, limit) if whole.width > limit else (whole,):
                needed = word.width + (space if chosen else 0.0)
                if chosen and taken + needed > limit:
                    lines.append(_join(chosen, size, mark, last=False))
                    chosen, taken, needed = [], 0.0, word.width
                chosen.append(word)
                taken += needed
        lines.append(_join(chosen, size, mark, last=True))
    return lines


def natural(text: str, size: float, weight: Weight = Weight.REGULAR) -> tuple[float, float]:
    """(width of the longest hard line, width of the longest word) in points."""
    space = _space(weight)
    rows = words(text, weight)
    line = max(sum(w.width for w in row) + space * max(0, len(row) - 1) for row in rows)
    word = max((w.width for row in rows for w in row), default=0.0)
    return line * size / 1000, word * size / 1000
