"""Sheets of paper: text, rules and drawings laid out first, then drawn at once, page by page."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from desktop.reports.letter.v1.fonts import Weight, font
from desktop.reports.letter.v1.wrap import Line, wrap

INK = (0.10, 0.09, 0.08)
QUIET = (0.33, 0.30, 0.27)
HAIR = (0.62, 0.58, 0.53)
GROUND = (0.955, 0.945, 0.925)
_SAMPLE = (0.925, 0.91, 0.89)
Colour = tuple[float, float, float]

# A font of ReportLab belongs to one document at a time.
_DRAWING = threading.Lock()


class Side(StrEnum):
    """Where the lines of a column stand."""

    RIGHT = "right"
    LEFT = "left"
    CENTRE = "centre"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Paper:
    """A size with margins, all in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def column(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def start(self) -> float:
        """The x of the right edge of the text, where lines begin."""
        return self.width - self.right


# DOMAIN.md §3.1 gives 25 mm at the right for the file's spring and 15 mm at the left.
A4 = Paper(210 * mm, 297 * mm, 14 * mm, 25 * mm, 12 * mm, 18 * mm)
A5 = Paper(148 * mm, 210 * mm, 10 * mm, 14 * mm, 9 * mm, 12 * mm)


class Pen:
    """Draws on one page. Lengths are points, y grows upwards."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._filled: Colour | None = None

    def fill(self, colour: Colour) -> None:
        """The colour of text and surfaces from here on."""
        if colour != self._filled:
            self.canvas.setFillColorRGB(*colour)
            self._filled = colour

    def forget(self) -> None:
        """To be called after the canvas went back to an earlier state: its colour is not known."""
        self._filled = None

    def line(
        self, line: Line, x: float, y: float, side: Side, width: float = 0, colour: Colour = INK
    ) -> None:
        """A line of text on the base line y; x is the right edge of a column `width` wide.

        Only a justified line that is not a paragraph's last is stretched, at its spaces.
        """
        if not line.shaped:
            return
        self.fill(colour)
        stretched = side is Side.JUSTIFY and not line.last and line.spaces > 0
        left = x - line.width
        if side is Side.LEFT:
            left = x - width
        elif side is Side.CENTRE:
            left = x - (width + line.width) / 2
        elif stretched:
            left = x - width
        text = self.canvas.beginText(left, y)
        if stretched:
            text.setWordSpace((width - line.width) / line.spaces)
        for weight, run in line.runs:
            text.setFont(font(weight).fontName, line.size)
            text.textOut(run)
        if stretched:
            text.setWordSpace(0)
        self.canvas.drawText(text)

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: Colour = HAIR) -> None:
        """A thin straight line."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x1, y1, x2, y2)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle; x and y are its lower left corner."""
        self.fill(colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def dashes(self, colour: Colour = HAIR) -> None:
        """Dashed outlines from here on; `solid` ends them."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(0.8)
        self.canvas.setDash(2.5, 2)

    def solid(self) -> None:
        """Whole outlines again."""
        self.canvas.setDash()

    def path(self) -> PDFPathObject:
        """An empty path for `paint`."""
        return self.canvas.beginPath()

    def paint(
        self,
        path: PDFPathObject,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 1,
    ) -> None:
        """The path, filled, outlined or both."""
        if fill is not None:
            self.fill(fill)
        if stroke is not None:
            self.canvas.setStrokeColorRGB(*stroke)
            self.canvas.setLineWidth(width)
        self.canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None))


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
        lines = wrap(text, width, size, weight)
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
        attach: Callable[[Any], None] | None = None,
    ) -> bytes:
        """The pages as a PDF, the same bytes each time; «نمونه» lies under those of samples."""
        across = wrap("نمونه", self.paper.width, self.paper.width / 4, Weight.BOLD)[0]
        font(Weight.REGULAR)
        kept = io.BytesIO()
        with _DRAWING:
            # The types made for ReportLab know neither the font's name nor the document.
            make: Any = Canvas
            canvas = make(
                kept,
                pagesize=(self.paper.width, self.paper.height),
                invariant=1,
                # Bytes are compared over years and machines, and what deflate makes of a stream is
                # its version's own: 69 KB a letter instead of 34, and quicker.
                pageCompression=0,
                initialFontName=Weight.REGULAR.value,
                lang="fa-IR",
            )
            canvas.setTitle(title)
            canvas.setViewerPreference("Direction", "R2L")
            for number, marks in enumerate(self._pages, start=1):
                pen = Pen(canvas)
                if sample:
                    self._across(pen, across)
                frame(pen, number, len(self._pages))
                for mark in marks:
                    mark(pen)
                canvas.showPage()
            if attach is not None:
                attach(canvas._doc)
            canvas.save()
        return kept.getvalue()

    def _across(self, pen: Pen, line: Line) -> None:
        canvas = pen.canvas
        canvas.saveState()
        canvas.translate(self.paper.width / 2, self.paper.height / 2)
        canvas.rotate(38)
        pen.line(line, line.width / 2, -line.size / 4, Side.RIGHT, colour=_SAMPLE)
        canvas.restoreState()
        pen.forget()
