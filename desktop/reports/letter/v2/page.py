"""Sheets of paper: text, rules and drawings laid out first, then drawn at once, page by page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.letter import TRAINING
from desktop.reports.letter.v1.page import A4, A5, INK, QUIET, Colour, Paper
from desktop.reports.letter.v1.page import Pen as Figures
from desktop.reports.letter.v2.archive import Filed, archival
from desktop.reports.letter.v2.embed import Embedded
from desktop.reports.letter.v2.figures import shapes
from desktop.reports.letter.v2.outlines import Weight, face
from desktop.reports.letter.v2.shape import bridge
from desktop.reports.letter.v2.tags import BEGIN, END, Tags
from desktop.reports.letter.v2.wrap import Line, wrap

__all__ = [
    "A4",
    "A5",
    "ACCENT",
    "FINE",
    "GROUND",
    "INK",
    "PALE",
    "QUIET",
    "Colour",
    "Frame",
    "Mark",
    "Paper",
    "Pen",
    "Sheet",
    "Side",
]

ACCENT = (0.043, 0.478, 0.459)
FINE = (0.62, 0.58, 0.53)
PALE = (0.945, 0.965, 0.965)
GROUND = (0.955, 0.945, 0.925)
# How far a bridge over a gap stays from what it joins, in points.
_BESIDE = 2.0
_SAMPLE = (0.925, 0.91, 0.89)
_LAID_OVER = (0.80, 0.30, 0.26)
_OVER, _LOW, _SLANT = 8, 0.26, 12
# Of files for archives (ISO 19005-3 rests on PDF 1.7).
_ARCHIVES = (1, 7)
# A canvas begins with a font; this one leaves nothing in the file.
_NO_FONT = SimpleNamespace(
    fontName="Unwritten",
    _dynamicFont=True,
    _multiByte=True,
    face=SimpleNamespace(name="Unwritten"),
)


class Side(StrEnum):
    """Where the lines of a column stand."""

    RIGHT = "right"
    LEFT = "left"
    CENTRE = "centre"
    JUSTIFY = "justify"


class Pen:
    """Draws on one page. Lengths are points, y grows upwards.

    `figures` is the pen of layout 1, for what has no words: the emblem and the code.
    """

    def __init__(
        self, canvas: Canvas, embedded: dict[Weight, Embedded], tags: Tags | None = None
    ) -> None:
        self.canvas = canvas
        self._tags = tags
        self.figures = Figures(canvas)
        self._embedded = embedded

    def line(
        self, line: Line, x: float, y: float, side: Side, width: float = 0, colour: Colour = INK
    ) -> None:
        """A line of text on the base line y; x is the right edge of a column `width` wide.

        Only a justified line that is not a paragraph's last is stretched, at its spaces; one that
        was chosen a little too long is drawn together.
        """
        if not line.text:
            return
        stretch = 0.0
        if side is Side.JUSTIFY and (not line.last or line.width > width):
            stretch = line.stretch(width)
        left = x - line.width - stretch * line.spaces
        if side is Side.LEFT:
            left = x - width
        elif side is Side.CENTRE:
            left = x - (width + line.width) / 2
        self.figures.fill(colour)
        said = [f"BT 1 0 0 1 {left:.3f} {y:.3f} Tm"]
        for weight, run in line.runs:
            said.append(self._font(weight).show(run, line.size, stretch))
        # The stubs do not tell what takes operators as they are.
        canvas: Any = self.canvas
        operators = " ".join([*said, "ET"])
        if self._tags is not None:
            operators = self._tags.line(line, y, operators)
        canvas.addLiteral(operators)

    def bridge(self, left: float, right: float, y: float, size: float) -> None:
        """Let what stands on both sides of a gap be copied as one line, from right to left.

        A reader of the file that meets a wide gap in several lines takes it for one between two
        columns, and reads them one after the other.
        """
        em = face(Weight.REGULAR).units
        # In steps of a quarter of an em, so that a file has few of them.
        steps = int((right - left - 2 * _BESIDE) / size * 4)
        if steps > 0:
            font = self._font(Weight.REGULAR)
            shown = font.show(bridge(steps * em // 4), size, 0)
            canvas: Any = self.canvas
            canvas.addLiteral(f"BT 1 0 0 1 {left + _BESIDE:.3f} {y:.3f} Tm {shown} ET")

    def _font(self, weight: Weight) -> Embedded:
        if weight not in self._embedded:
            self._embedded[weight] = Embedded(weight, f"V{len(self._embedded) + 1}")
        return self._embedded[weight]

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour = FINE,
        thickness: float = 0.6,
    ) -> None:
        """A thin straight line."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x1, y1, x2, y2)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle; x and y are its lower left corner."""
        self.figures.box(x, y, width, height, colour)

    def corners(self, x: float, y: float, width: float, height: float, arm: float) -> None:
        """Two corners of a place that is left free: upper right and lower left."""
        self.rule(x + width - arm, y + height, x + width, y + height)
        self.rule(x + width, y + height - arm, x + width, y + height)
        self.rule(x, y, x + arm, y)
        self.rule(x, y, x, y + arm)

    def dashes(self) -> None:
        """Dashed outlines from here on; `solid` ends them."""
        self.figures.dashes()

    def solid(self) -> None:
        """Whole outlines again."""
        self.figures.solid()


Mark = Callable[[Pen], None]
# (pen, page from 1, pages): what stands on each page around the text.
Frame = Callable[[Pen, int, int], None]


class Sheet:
    """A paper being laid out from top to bottom, over as many pages as it needs.

    The text of the first page begins at `first`, of the others at `other`, and ends above `bottom`
    (all y in points). Nothing is drawn before `pdf`, so what can't be printed stops it before.
    """

    def __init__(self, paper: Paper, first: float, other: float, bottom: float) -> None:
        self.paper = paper
        self.y = first
        self.bottom = bottom
        self._other = other
        self._pages: list[list[Mark]] = [[]]

    @property
    def room(self) -> float:
        """How much of the page is left."""
        return self.y - self.bottom

    @property
    def pages(self) -> int:
        """How many it needs so far."""
        return len(self._pages)

    @property
    def whole(self) -> float:
        """How much an empty further page holds."""
        return self._other - self.bottom

    def turn(self) -> None:
        """A new page."""
        self._pages.append([])
        self.y = self._other

    def fit(self, height: float) -> None:
        """A new page unless the height fits on this one (or on none)."""
        if self.room + 0.01 < height <= self.whole:
            self.turn()

    def space(self, height: float) -> None:
        """Air; none at the head of a page."""
        self.y = max(self.bottom, self.y - height) if self._pages[-1] else self.y

    def put(self, mark: Mark) -> None:
        """Something drawn on this page."""
        self._pages[-1].append(mark)

    def text(
        self,
        text: str,
        size: float,
        leading: float,
        weight: Weight = Weight.REGULAR,
        side: Side = Side.RIGHT,
        *,
        indent: float = 0,
        colour: Colour = INK,
        keep: float = 0,
    ) -> None:
        """A paragraph over the column, less `indent` at the right; never one line alone on a page.

        `keep` is the height of what must stand on the same page as the paragraph's end.
        """
        width = self.paper.column - indent
        right = self.paper.start - indent
        lines = wrap(text, width, size, weight, justified=side is Side.JUSTIFY)
        for i, line in enumerate(lines):
            left = len(lines) - i
            if left == len(lines) and left > 1:
                self.fit(min(left, 2) * leading + (keep if left == 2 else 0))
            elif left == 2:
                self.fit(2 * leading + keep)
            elif left == 1 and len(lines) == 1:
                self.fit(leading + keep)
            else:
                self.fit(leading)
            self.set(line, right, leading, side, width, colour)

    def set(
        self,
        line: Line,
        right: float,
        leading: float,
        side: Side,
        width: float,
        colour: Colour = INK,
    ) -> None:
        """One line at the cursor, which moves below it."""
        base = self.y - (leading + line.size * 0.5) / 2
        self.put(lambda pen: pen.line(line, right, base, side, width, colour))
        self.y -= leading

    def pdf(
        self,
        title: str,
        frame: Frame,
        *,
        sample: bool,
        training: bool = False,
        attach: Callable[[Any], None] | None = None,
        filed: Filed | None = None,
    ) -> bytes:
        """The pages as a PDF, the same bytes each time; `filed` one for archives.

        «نمونه» lies under those of samples; under those for training that they are none.
        """
        part = Part(self, frame, sample=sample, training=training)
        return pdf_of(title, [part], attach, filed)

    def draw(self, pen: Pen, page: int) -> None:
        """The page of this number, counted from 1."""
        for mark in self._pages[page - 1]:
            mark(pen)


@dataclass(frozen=True)
class Part:
    """A paper of a document: its pages, what frames each, and whether they are a sample's or for
    training; `words` are what lies across instead."""

    sheet: Sheet
    frame: Frame
    sample: bool
    training: bool = False
    words: str = ""

    def draw(self, canvas: Any, embedded: dict[Weight, Embedded], tags: Tags | None = None) -> None:
        """Its pages, numbered by themselves; with `tags` their words are marked."""
        paper, pages = self.sheet.paper, self.sheet.pages
        across = self.across
        for page in range(1, pages + 1):
            canvas.setPageSize((paper.width, paper.height))
            pen = Pen(canvas, embedded, tags)
            if tags is not None:
                canvas.addLiteral(BEGIN)
            if across is not None:
                _lay_across(pen, paper, across, over=bool(self.words))
            with tags.framing(page, paper.height / 2) if tags is not None else nullcontext():
                self.frame(pen, page, pages)
            self.sheet.draw(pen, page)
            if tags is not None:
                canvas.addLiteral(END)
            canvas.showPage()

    @property
    def across(self) -> Line | None:
        """What lies aslant under each page, where there is more room than across it."""
        if not (self.sample or self.training or self.words):
            return None
        words, of_width = (TRAINING, 9) if self.training else (self.words or "نمونه", 4)
        of_width = _OVER if self.words else of_width
        width = self.sheet.paper.width
        return wrap(words, 2 * width, width / of_width, Weight.BOLD)[0]


def pdf_of(
    title: str,
    parts: Sequence[Part],
    attach: Callable[[Any], None] | None = None,
    filed: Filed | None = None,
) -> bytes:
    """Papers one after the other as one PDF, the same bytes each time; `filed` one for archives."""
    pdfmetrics.registerFont(_NO_FONT)
    kept = io.BytesIO()
    paper = parts[0].sheet.paper
    # The types made for ReportLab know neither the font's name nor the document.
    make: Any = Canvas
    canvas = make(
        kept,
        pagesize=(paper.width, paper.height),
        invariant=1,
        # Bytes are compared over years and machines, and what deflate makes of a stream is its
        # version's own.
        pageCompression=0,
        pdfVersion=_ARCHIVES if filed is not None else None,
        initialFontName=_NO_FONT.fontName,
        lang="fa-IR",
    )
    canvas.setTitle(title)
    canvas.setViewerPreference("Direction", "R2L")
    embedded: dict[Weight, Embedded] = {}
    tags = Tags() if filed is not None else None
    for part in parts:
        part.draw(canvas, embedded, tags)
    for font in embedded.values():
        font.add(canvas._doc)
    if filed is not None and tags is not None:
        archival(canvas, title, filed)
        tags.add(canvas._doc)
    if attach is not None:
        attach(canvas._doc)
    canvas.save()
    return kept.getvalue()


def _lay_across(pen: Pen, paper: Paper, line: Line, *, over: bool = False) -> None:
    """The line as shapes, not as letters: a reader would take them for words of the text.

    What is laid `over` another paper stands lower and in red, as what lies there already is grey.
    """
    # The stubs do not tell what takes operators as they are.
    canvas: Any = pen.canvas
    canvas.saveState()
    pen.figures.fill(_LAID_OVER if over else _SAMPLE)
    canvas.translate(paper.width / 2, paper.height * (_LOW if over else 0.5))
    canvas.rotate(_SLANT if over else 38)
    canvas.translate(-line.width / 2, -line.size / 4)
    canvas.addLiteral(shapes(line))
    canvas.restoreState()
    pen.figures.forget()
