"""Words drawn as filled shapes: what must be seen over a page and read by no copier."""

from __future__ import annotations

from functools import lru_cache

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
