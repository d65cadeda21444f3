"""The project's own drawings on paper: the small part of SVG that they are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from desktop.reports.letter.v1.page import Colour, Pen
from desktop.settings import resources

_STEP = re.compile(r"([MLHVCZ])|(-?[0-9.]+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}


@dataclass(frozen=True)
class Figure:
    """A path: steps of absolute numbers, filled or outlined in a colour (None: not)."""

    steps: tuple[tuple[str, tuple[float, ...]], ...]
    fill: Colour | None
    stroke: Colour | None
    stroke_width: float


@dataclass(frozen=True)
class Drawing:
    """Figures in a square of `side` units, y downwards as in SVG."""

    side: float
    figures: tuple[Figure, ...]


def _colour(text: str | None) -> Colour | None:
    if text is None or text == "none":
        return None
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _steps(d: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    found: list[tuple[str, tuple[float, ...]]] = []
    command, numbers = "", list[float]()
    for letter, number in _STEP.findall(d):
        if letter:
            command = letter
        else:
            numbers.append(float(number))
        if command and len(numbers) == _TAKES[command]:
            found.append((command, tuple(numbers)))
            # SVG: more pairs after a move are lines.
            command_after = "L" if command == "M" else command
            command, numbers = ("" if command == "Z" else command_after), []
    return tuple(found)


@lru_cache(maxsize=8)
def drawing(name: str) -> Drawing:
    """The drawing `resources/<name>.svg`, of `path`s with the absolute commands M L H V C Z."""
    root = ElementTree.parse(resources() / f"{name}.svg").getroot()
    figures = tuple(
        Figure(
            _steps(path.get("d", "")),
            _colour(path.get("fill", "#000000")),
            _colour(path.get("stroke")),
            float(path.get("stroke-width", "1")),
        )
        for path in root.iter("{http://www.w3.org/2000/svg}path")
    )
    return Drawing(float(root.get("viewBox", "0 0 64 64").split()[2]), figures)


def draw(
    pen: Pen, art: Drawing, x: float, y: float, size: float, colour: Colour | None = None
) -> None:
    """The drawing in a square of `size` points with its lower left corner at x, y.

    With a `colour` the whole drawing is in it.
    """
    scale = size / art.side

    def place(px: float, py: float) -> tuple[float, float]:
        return x + px * scale, y + size - py * scale

    for figure in art.figures:
        path = pen.path()
        at = (0.0, 0.0)
        for command, numbers in figure.steps:
            if command == "Z":
                path.close()
                continue
            if command == "H":
                numbers = (numbers[0], at[1])
            elif command == "V":
                numbers = (at[0], numbers[0])
            at = numbers[-2], numbers[-1]
            points = [c for i in range(0, len(numbers), 2) for c in place(*numbers[i : i + 2])]
            if command == "M":
                path.moveTo(*points)
            elif command == "C":
                path.curveTo(*points)
            else:
                path.lineTo(*points)
        pen.paint(
            path,
            fill=(colour or figure.fill) if figure.fill else None,
            stroke=(colour or figure.stroke) if figure.stroke else None,
            width=figure.stroke_width * scale,
        )
