"""Lines of a paragraph: measured on joined words, broken where the whole of it stands best."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from desktop.domain.letter import BOLD
from desktop.domain.persian import LRI, PDI, ZWNJ
from desktop.reports.letter.v2.outlines import Weight, face
from desktop.reports.letter.v2.shape import advance, cells, check
from desktop.reports.letter.v2.text import MARKS, Run, isolate_numbers, normalise, set_out

# An island breaks nowhere, even at its spaces: «۰۳۵ ۳۷۲۵ ۰۰۲۱»; a dash begins no line.
_WORD = re.compile(f"(?:{LRI}[^{PDI}\n]*{PDI}|[^ \n])+(?: [–—](?= |\n|$))?")
WIDEST = 1.8
"""How many times its natural width a space between words is at most, on any line."""
_NARROWEST = 0.75
SHORTEST = 0.12
"""How much of its column the last line of a paragraph takes at least, where it can be had."""
# What a fault costs beside a line's own looseness, which is below one. A line that no space may
# fill is left ragged; sooner that than a word alone on the last line.
_ALONE, _RAGGED, _WIDOW = 10_000.0, 100.0, 30.0
# What two ways of adding up the same widths may differ by, in points.
_HAIR = 0.01
_WEIGHT_OF = {mark: weight for weight, mark in MARKS.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word ready to be set: numbers as islands, its weights, its width in 1/1000 of the size."""

    text: str
    marks: str
    width: float


@dataclass(frozen=True)
class Line:
    """A line in logical order. `width` is in points without stretching; `last` ends a paragraph."""

    text: str
    marks: str
    width: float
    size: float
    last: bool

    @property
    def spaces(self) -> int:
        """How many spaces can be stretched."""
        return self.text.count(" ")

    @property
    def runs(self) -> tuple[Run, ...]:
        """What is drawn, from left to right."""
        return set_out(self.text, self.marks)

    @cached_property
    def space(self) -> float:
        """The natural width of its narrowest space, in points."""
        at = [self.marks[i] for i, c in enumerate(self.text) if c == " "]
        return min((_space(_WEIGHT_OF[mark]) for mark in at), default=0.0) * self.size / 1000

    def stretch(self, column: float) -> float:
        """By how much each space grows so that the line fills the column.

        Nothing where that were beyond `WIDEST`: such a line stays as wide as it is.
        """
        if not self.spaces:
            return 0.0
        wider, most = (column - self.width) / self.spaces, (WIDEST - 1) * self.space
        return min(wider, most) if wider <= most + _HAIR else 0.0


def _width(text: str, marks: str) -> float:
    """In thousandths of the size."""
    runs = set_out(text, marks)
    return sum(advance(run) * 1000 / face(weight).units for weight, run in runs)


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
    return Word(isolated, marks, _width(isolated, marks))


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
    check(frozenset(shown.replace("\n", "")))
    found: list[list[Word]] = [[]]
    at = 0
    for match in _WORD.finditer(shown):
        found += [[] for _ in range(shown.count("\n", at, match.start()))]
        found[-1].append(_word(match[0], marks[match.start() : match.end()]))
        at = match.end()
    return found


def _cut(word: Word, limit: float) -> Iterator[Word]:
    """Pieces of a word that is wider than a whole line, each as wide as fits."""
    start, island = 0, ""
    while start < len(word.text):
        least, most = start + 1, len(word.text)
        while least < most:
            middle = (least + most + 1) // 2
            if _piece(word, start, middle, island).width <= limit:
                least = middle
            else:
                most = middle - 1
        end = least
        # A mark and a half-space stay with their letter.
        while end < len(word.text) and _clings(word.text[end]) and end > start + 1:
            end -= 1
        yield _piece(word, start, end, island)
        island = LRI if _is_open(island + word.text[start:end]) else ""
        start = end


def _clings(character: str) -> bool:
    return character in (ZWNJ, PDI) or unicodedata.category(character) == "Mn"


def _is_open(text: str) -> bool:
    return text.count(LRI) > text.count(PDI)


def _piece(word: Word, start: int, end: int, island: str) -> Word:
    """A part of the word; an island that was cut is one on either line."""
    text = island + word.text[start:end]
    marks = word.marks[start] * len(island) + word.marks[start:end]
    if _is_open(text):
        text, marks = text + PDI, marks + marks[-1]
    return Word(text, marks, _width(text, marks))


@lru_cache(maxsize=8)
def _space(weight: Weight) -> float:
    """A space in thousandths of the size."""
    return advance(cells(" ", " ", weight, leftwards=True)) * 1000 / face(weight).units


def _join(chosen: Sequence[Word], size: float, space_mark: str, *, last: bool) -> Line:
    text = " ".join(word.text for word in chosen)
    # A space between two words of one weight takes it, so that a bold phrase is one run.
    marks = chosen[0].marks if chosen else ""
    for before, word in zip(chosen, chosen[1:], strict=False):
        same = before.marks[-1] == word.marks[0]
        marks += (before.marks[-1] if same else space_mark) + word.marks
    return Line(text, marks, _width(text, marks) * size / 1000 if text else 0.0, size, last)


@lru_cache(maxsize=4_000)
def _wrapped(
    text: str, width: float, size: float, weight: Weight, *, justified: bool
) -> tuple[Line, ...]:
    limit = width * 1000 / size
    space = _space(weight)
    lines: list[Line] = []
    for hard in words(text, weight):
        fitting: list[Word] = []
        for word in hard:
            fitting += _cut(word, limit) if word.width > limit else (word,)
        ends = (_best if justified else _first)([word.width for word in fitting], space, limit)
        start = 0
        for end in ends:
            last = end == len(fitting)
            lines.append(_join(fitting[start:end], size, MARKS[weight], last=last))
            start = end
    return tuple(lines)


def wrap(
    text: str,
    width: float,
    size: float,
    weight: Weight = Weight.REGULAR,
    *,
    justified: bool = False,
) -> list[Line]:
    """The lines of a text in a column of `width` points at `size` points.

    `**…**` is bold, a line break is kept, a word breaks only if it is wider than the column. Lines
    to be `justified` are chosen over the whole paragraph, so that none is loose and the last is no
    single word. Raises Refusal on a character that the font has no glyph for.
    """
    return list(_wrapped(text, width, size, weight, justified=justified))


def balanced(text: str, column: float, size: float, weight: Weight = Weight.REGULAR) -> list[Line]:
    """The text in as few lines as `wrap` takes, each about as long as the others: for a name."""
    lines = wrap(text, column, size, weight)
    while len(lines) > 1:
        column -= size / 2
        narrower = wrap(text, column, size, weight)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _first(widths: list[float], space: float, limit: float) -> list[int]:
    """Where lines end if each takes what fits."""
    ends, taken = [], 0.0
    for i, width in enumerate(widths):
        if i and taken + space + width > limit:
            ends.append(i)
            taken = width
        else:
            taken += width + (space if i else 0.0)
    return [*ends, len(widths)]


def _best(widths: list[float], space: float, limit: float) -> list[int]:
    """Where lines end if the paragraph as a whole is to cost least (Knuth and Plass's way)."""
    count = len(widths)
    if not count:
        return [0]
    least: list[float] = [0.0] + [float("inf")] * count
    before = [0] * (count + 1)
    for start in range(count):
        cost, natural = least[start], -space
        for end in range(start + 1, count + 1):
            natural += space + widths[end - 1]
            gaps = end - start - 1
            if gaps and natural - gaps * space * (1 - _NARROWEST) > limit:
                break
            told = cost + _cost(natural, gaps, space, limit, last=end == count, alone=not start)
            # Of equals the one with fuller lines before.
            if told <= least[end]:
                least[end], before[end] = told, start
    ends, end = [], count
    while end:
        ends.append(end)
        end = before[end]
    return ends[::-1]


def _cost(
    natural: float, gaps: int, space: float, limit: float, *, last: bool, alone: bool
) -> float:
    """What a line costs: nothing when its spaces are natural, up to one at the widest allowed."""
    if last and not gaps and not alone:
        return _ALONE
    if last and natural <= limit:
        return 0.05 + (_WIDOW if not alone and natural < SHORTEST * limit else 0.0)
    if not gaps:
        return 0.05 + _RAGGED * (1 + max(0.0, (limit - natural) / limit))
    wider = (limit - natural) / (gaps * space)
    if wider < 0:
        return 0.05 + (wider / (1 - _NARROWEST)) ** 2
    if wider <= WIDEST - 1:
        return 0.05 + (wider / (WIDEST - 1)) ** 2
    return 0.05 + _RAGGED * (1 + (limit - natural) / limit)


def natural(text: str, size: float, weight: Weight = Weight.REGULAR) -> tuple[float, float]:
    """(width of the longest hard line, width of the longest word) in points."""
    space = _space(weight)
    rows = words(text, weight)
    line = max(sum(w.width for w in row) + space * max(0, len(row) - 1) for row in rows)
    word = max((w.width for row in rows for w in row), default=0.0)
    return line * size / 1000, word * size / 1000
