"""The code of a letter: layout 1's squares, where nothing else comes into their white border."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.reports.letter.v1.qr import QUIET_ZONE, draw, from_code, modules, to_code

__all__ = ["border", "draw", "from_code", "to_code"]


def border(text: str, size: float) -> float:
    """How much white a code of that size wants around it, and a hair more."""
    return QUIET_ZONE * size / len(modules(text)) + 0.4 * mm
