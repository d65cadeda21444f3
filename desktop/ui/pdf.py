"""Pages of a PDF as images; the only place that uses pypdfium2."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import pypdfium2
from PySide6.QtGui import QImage

# The library keeps its state in one place: two threads in it at once end the program.
_ONE_AT_A_TIME = Lock()
_POINTS_AN_INCH = 72
_ScaleOf = Callable[[pypdfium2.PdfPage], float]


def pages(pdf: bytes, width: int) -> list[QImage]:
    """Every page as an image so many pixels wide; from any thread but the window's."""
    return _drawn(pdf, lambda page: width / page.get_width())


def pages_at(pdf: bytes, dpi: int) -> list[QImage]:
    """Every page at so many dots an inch, for a printer; from any thread but the window's."""
    return _drawn(pdf, lambda _: dpi / _POINTS_AN_INCH)


def _drawn(pdf: bytes, scale_of: _ScaleOf) -> list[QImage]:
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_image(page, scale_of(page)) for page in document]
        finally:
            document.close()


def _image(page: pypdfium2.PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    drawn = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )
    # The image lives on without the library's memory.
    copied = drawn.copy()
    page.close()
    return copied
