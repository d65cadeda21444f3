"""Pages of a PDF as images of the window's kind."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.scans import pdf as drawing

_POINTS_A_METRE = 72 / 0.0254


def pages(pdf: bytes, width: int) -> list[QImage]:
    """Every page as an image so many pixels wide; from any thread but the window's."""
    return [_image(page) for page in drawing.drawn(pdf, width)]


def pages_at(pdf: bytes, dpi: int) -> list[QImage]:
    """Every page at so many dots an inch, for a printer; from any thread but the window's."""
    return [_image(page) for page in drawing.drawn_at(pdf, dpi)]


def _image(page: drawing.Pixels) -> QImage:
    held = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGBX8888)
    # A copy: the image must not point into bytes that somebody else owns.
    image = held.copy()
    image.setDotsPerMeterX(round(page.width / (page.points / _POINTS_A_METRE)))
    return image
