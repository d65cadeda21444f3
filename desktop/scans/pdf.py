"""Draws the pages of a PDF as raw pixels; with `opening`, the only place that uses pypdfium2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

import pypdfium2

# The library keeps its state in one place: two threads in it at once end the program. A thread
# that is in it already may close what it gave up on.
ONE_AT_A_TIME = RLock()
_POINTS_AN_INCH = 72
_ScaleOf = Callable[[pypdfium2.PdfPage], float]


@dataclass(frozen=True)
class Pixels:
    """A page drawn: rows of `stride` bytes, four bytes a pixel: red, green, blue, unused."""

    width: int
    height: int
    stride: int
    data: bytes


def drawn(pdf: bytes, width: int) -> list[Pixels]:
    """Every page so many pixels wide."""
    return _drawn(pdf, lambda page: width / page.get_width())


def drawn_at(pdf: bytes, dpi: int) -> list[Pixels]:
    """Every page at so many dots an inch."""
    return _drawn(pdf, lambda _: dpi / _POINTS_AN_INCH)


def jpegs(pdf: bytes) -> list[bytes]:
    """The pictures that `reports.bundle` joined, as they were, in order."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [
                bytes(part.get_data(decode_simple=False))
                for page in document
                for part in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
            ]
        finally:
            document.close()


def _drawn(pdf: bytes, scale_of: _ScaleOf) -> list[Pixels]:
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_pixels(page, scale_of(page)) for page in document]
        finally:
            document.close()


def _pixels(page: pypdfium2.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    # The bytes live on without the library's memory.
    pixels = Pixels(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    page.close()
    return pixels
