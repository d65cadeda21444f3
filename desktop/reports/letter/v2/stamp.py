"""The round stamp of an office, drawn as lines and letters, so that print keeps it sharp."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from desktop.reports.letter.v1.stamp import Shape, shape
from desktop.reports.letter.v2.figures import emblem
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import QUIET, Pen, Side
from desktop.reports.letter.v2.wrap import Line, wrap

__all__ = ["draw", "place", "shape"]


def place(pen: Pen, x: float, y: float, radius: float) -> None:
    """Where the stamp will stand, on a proof: a dashed circle around x, y."""
    pen.dashes()
    pen.canvas.circle(x, y, radius, stroke=1, fill=0)
    pen.solid()
    words = wrap("جای مهر", 2 * radius, 9)[0]
    pen.line(words, x + radius, y - 3, Side.CENTRE, 2 * radius, QUIET)


def draw(
    pen: Pen,
    name: str,
    organisation: str,
    office: str,
    x: float,
    y: float,
    *,
    sample: bool,
    training: bool = False,
) -> None:
    """The stamp around x, y: two rings with stars, emblem, organisation, office, «نمونه».

    In one for training stands in its place that it is worth nothing.
    """
    look = shape(name)
    # The stubs do not tell what takes operators as they are.
    canvas: Any = pen.canvas
    canvas.setStrokeColorRGB(*look.ink)
    canvas.setLineWidth(1.5)
    canvas.circle(x, y, look.radius, stroke=1, fill=0)
    canvas.setLineWidth(0.7)
    inner = look.radius - look.ring
    canvas.circle(x, y, inner, stroke=1, fill=0)
    canvas.saveState()
    canvas.translate(x, y)
    pen.figures.fill(look.ink)
    canvas.addLiteral(_stars(look))
    canvas.restoreState()
    # The canvas forgot the colour that the pen remembers.
    pen.figures.forget()
    size = look.radius * 0.42
    canvas.addLiteral(emblem(x - size / 2, y + inner * 0.30, size, look.ink))
    rows = [(organisation, 9.5, Weight.BOLD), (office, 7.5, Weight.MEDIUM)]
    if sample or training:
        rows.append(("فاقد اعتبار" if training else "نمونه", 7.5, Weight.BOLD))
    lines = [line for words, size, weight in rows for line in _fitted(words, size, weight, inner)]
    base = y + inner * 0.26
    for line in lines:
        base -= line.size * 1.4
        pen.line(line, x + inner, base, Side.CENTRE, 2 * inner, look.ink)


def _fitted(words: str, size: float, weight: Weight, inner: float) -> list[Line]:
    """The words in at most two lines that stay inside the ring, smaller if they must be."""
    lines = wrap(words, 1.72 * inner, size, weight)
    while len(lines) > 2 and size > 4:
        size -= 0.5
        lines = wrap(words, 1.72 * inner, size, weight)
    return lines[:2]


@lru_cache(maxsize=16)
def _stars(look: Shape) -> str:
    """The stars between the rings, around the point 0, 0, as operators that are made once."""
    path = []
    middle, size = look.radius - look.ring / 2, look.ring * 0.30
    for i in range(look.stars):
        turn = 2 * math.pi * i / look.stars
        cx, cy = middle * math.cos(turn), middle * math.sin(turn)
        for corner in range(16):
            reach = size if corner % 2 == 0 else size * 0.62
            angle = turn + math.pi * corner / 8
            x, y = cx + reach * math.cos(angle), cy + reach * math.sin(angle)
            path.append(f"{x:.2f} {y:.2f} {'l' if corner else 'm'}")
        path.append("h")
    return "\n".join([*path, "f"])
