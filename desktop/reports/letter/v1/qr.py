"""QR codes as one path of merged rows."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

import segno
from reportlab.lib.units import mm

from desktop.reports.letter.v1.page import INK, Pen

# Below this the code is lost on a bad copy (measured on printed and scanned pages).
LEAST_MODULE = 0.49 * mm
QUIET_ZONE = 4
# What is coded looks random (a signature), so no mask is better than another and none is tried out.
_MASK = 3


@lru_cache(maxsize=256)
def modules(text: str) -> tuple[bytes, ...]:
    """The rows of the code, a byte a module (1 dark), without the quiet zone; error level M.

    `text` in digits, capitals and a few marks takes the small alphanumeric mode.
    """
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    return tuple(bytes(row) for row in code.matrix)


def draw(pen: Pen, text: str, x: float, y: float, size: float, least: float = LEAST_MODULE) -> None:
    """The code in a square of `size` points with its lower left corner at x, y, on white.

    The quiet zone lies around the square. Raises ValueError when a module would be smaller than
    `least` points.
    """
    rows = modules(text)
    module = size / len(rows)
    if module < least - 0.01:
        raise ValueError(f"modules of {module / mm:.2f} mm are too small to be read from a copy")
    edge = QUIET_ZONE * module
    pen.box(x - edge, y - edge, size + 2 * edge, size + 2 * edge, (1, 1, 1))
    dark = []
    for i, row in enumerate(rows):
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            # A hair of overlap, or white lines show between the rows on some screens.
            dark.append(f"{start} {len(rows) - 1 - i} {end - start} 1.01 re")
            start = end
    pen.fill(INK)
    canvas = pen.canvas
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(module, module)
    # Whole numbers of modules as they are: ReportLab's formatting took half of the letter's time.
    canvas.addLiteral("\n".join(dark) + "\nf")
    canvas.restoreState()


def to_code(data: bytes) -> str:
    """Bytes as base32 without padding: letters and digits, the densest that QR readers agree on."""
    return base64.b32encode(data).decode().rstrip("=")


def from_code(text: str) -> bytes:
    """The bytes of `to_code`. Raises ValueError when the text is no such code."""
    bare = "".join(text.split()).upper()
    try:
        return base64.b32decode(bare + "=" * (-len(bare) % 8))
    except binascii.Error as fault:
        raise ValueError(str(fault)) from fault
