"""Shapes as operators that are made once: the emblem, and words that no copier may read."""

from __future__ import annotations

from functools import lru_cache

from desktop.reports.letter.v1 import art
from desktop.reports.letter.v1.page import Colour
from desktop.reports.letter.v2.outlines import face
from desktop.reports.letter.v2.wrap import Line

Point = tuple[float, float]


class _Path:
    """Takes a glyph's outline as HarfBuzz tells it, and writes the operators of a PDF."""

    def __init__(self, scale: float) -> None:
        self.operators: list[str] = []
        self.x = self.y = 0.0
        self._scale = scale
        self._at: Point = (0.0, 0.0)

    def _write(self, operator: str, *points: Point) -> None:
        for x, y in points:
            self.operators.append(f"{(x + self.x) * self._scale:.2f}")
            self.operators.append(f"{(y + self.y) * self._scale:.2f}")
        self.operators.append(operator)
        self._at = points[-1] if points else self._at

    def moveTo(self, point: Point) -> None:
        """A new contour."""
        self._write("m", point)

    def lineTo(self, point: Point) -> None:
        """A straight side."""
        self._write("l", point)

    def qCurveTo(self, control: Point, point: Point) -> None:
        """A curve of one control point, as the two that a PDF wants."""
        (x0, y0), (x1, y1), (x2, y2) = self._at, control, point
        first = (x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3)
        second = (x2 + 2 * (x1 - x2) / 3, y2 + 2 * (y1 - y2) / 3)
        self._write("c", first, second, point)

    def curveTo(self, first: Point, second: Point, point: Point) -> None:
        """A curve of two control points."""
        self._write("c", first, second, point)

    def closePath(self) -> None:
        """The end of a contour."""
        self.operators.append("h")


@lru_cache(maxsize=16)
def shapes(line: Line) -> str:
    """The line's letters from the point 0, 0 on, as operators that fill them."""
    first = face(line.runs[0][0])
    path = _Path(line.size / first.units)
    pen = 0
    for weight, run in line.runs:
        shaper = face(weight).shaper
        for cell in run:
            for part in cell.glyph.outline.parts:
                path.x, path.y = pen + part.x, part.y
                shaper.draw_glyph_with_pen(part.glyph, path)
            pen += cell.advance
    return " ".join([*path.operators, "f"])


@lru_cache(maxsize=16)
def emblem(x: float, y: float, size: float, colour: Colour | None = None) -> str:
    """The municipality's emblem in a square of `size` points with its lower left corner at x, y.

    With a `colour` the whole of it is in that one. Colours are left as they were.
    """
    drawing = art.drawing("art/emblem")
    scale = size / drawing.side
    said = ["q"]
    for figure in drawing.figures:
        at = (0.0, 0.0)
        path = []
        for command, numbers in figure.steps:
            if command == "Z":
                path.append("h")
                continue
            if command == "H":
                numbers = (numbers[0], at[1])
            elif command == "V":
                numbers = (at[0], numbers[0])
            at = numbers[-2], numbers[-1]
            for px, py in zip(numbers[::2], numbers[1::2], strict=True):
                path.append(f"{x + px * scale:.2f} {y + size - py * scale:.2f}")
            path.append({"M": "m", "C": "c"}.get(command, "l"))
        if figure.fill:
            said.append(f"{_rgb(colour or figure.fill)} rg")
        if figure.stroke:
            said.append(f"{_rgb(colour or figure.stroke)} RG")
            said.append(f"{figure.stroke_width * scale:.2f} w")
        paint = {(True, False): "f", (False, True): "S", (True, True): "B"}
        said += [*path, paint.get((figure.fill is not None, figure.stroke is not None), "n")]
    return " ".join([*said, "Q"])


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour)
