"""The round stamp of an office, drawn as lines and letters, so that print keeps it sharp."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject

from desktop.domain.errors import Refusal
from desktop.reports.letter.v1 import art
from desktop.reports.letter.v1.fonts import Weight
from desktop.reports.letter.v1.page import QUIET, Colour, Pen, Side
from desktop.reports.letter.v1.wrap import Line, wrap
from desktop.settings import resources


@dataclass(frozen=True)
class Shape:
    """What a stamp looks like: ink, radius in points, how many stars stand between its rings."""

    ink: Colour
    radius: float
    ring: float
    stars: int


@lru_cache(maxsize=16)
def shape(name: str) -> Shape:
    """The stamp of that name in `resources/stamps`. Raises Refusal when there is none."""
    known = {path.stem: path for path in (resources() / "stamps").glob("*.toml")}
    if name not in known:
        raise Refusal(f"مهر «{name}» شناخته نیست.")
    told = tomllib.loads(known[name].read_text(encoding="utf-8"))
    red, green, blue = (int(told["ink"][i : i + 2], 16) / 255 for i in (1, 3, 5))
    return Shape((red, green, blue), told["radius_mm"] * mm, told["ring_mm"] * mm, told["stars"])


def place(pen: Pen, x: float, y: float, radius: float) -> None:
    """Where the stamp will stand, on a proof: a dashed circle around x, y."""
    pen.dashes()
    pen.canvas.circle(x, y, radius, stroke=1, fill=0)
    pen.solid()
    words = wrap("جای مهر", 2 * radius, 9)[0]
    pen.line(words, x + radius, y - 3, Side.CENTRE, 2 * radius, QUIET)


def draw(
    pen: Pen, name: str, organisation: str, office: str, x: float, y: float, *, sample: bool
) -> None:
    """The stamp around x, y: two rings with stars, emblem, organisation, office, «نمونه»."""
    look = shape(name)
    canvas = pen.canvas
    canvas.setStrokeColorRGB(*look.ink)
    canvas.setLineWidth(1.5)
    canvas.circle(x, y, look.radius, stroke=1, fill=0)
    canvas.setLineWidth(0.7)
    inner = look.radius - look.ring
    canvas.circle(x, y, inner, stroke=1, fill=0)
    canvas.saveState()
    canvas.translate(x, y)
    pen.paint(_stars(look), fill=look.ink)
    canvas.restoreState()
    # The canvas forgot the colour that the pen remembers.
    pen.forget()
    emblem = look.radius * 0.42
    art.draw(
        pen, art.drawing("art/emblem"), x - emblem / 2, y + inner * 0.30, emblem, colour=look.ink
    )
    rows = [(organisation, 9.5, Weight.BOLD), (office, 7.5, Weight.MEDIUM)]
    if sample:
        rows.append(("نمونه", 7.5, Weight.BOLD))
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
def _stars(look: Shape) -> PDFPathObject:
    """The stars between the rings, around the point 0, 0."""
    path = PDFPathObject()
    middle, size = look.radius - look.ring / 2, look.ring * 0.30
    for i in range(look.stars):
        turn = 2 * math.pi * i / look.stars
        cx, cy = middle * math.cos(turn), middle * math.sin(turn)
        for corner in range(16):
            reach = size if corner % 2 == 0 else size * 0.62
            angle = turn + math.pi * corner / 8
            point = cx + reach * math.cos(angle), cy + reach * math.sin(angle)
            if corner:
                path.lineTo(*point)
            else:
                path.moveTo(*point)
        path.close()
    return path
