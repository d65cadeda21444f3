"""Joins the pages of a document, JPEGs as they are, to one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

_POINTS_AN_INCH = 72


class _Header(BytesIO):
    """A JPEG that is read by parts, for its size; the whole is put in by `_unwrap`."""

    def read(self, size: int | None = -1, /) -> bytes:
        """What ReportLab would write, in base 85 that takes as long as all else, is nothing."""
        return b"" if size == -1 else super().read(size)


class _Jpeg(ImageReader):
    """A picture named by its file.

    ReportLab names by the pixels alone: two plain pages of other sizes would be one.
    """

    def __init__(self, jpeg: bytes) -> None:
        super().__init__(BytesIO(jpeg))
        self._jpeg = jpeg
        # Pictures of papers have no transparent parts.
        self._dataA: None = None

    def _jpeg_fh(self) -> BytesIO:
        """Where its size and colours are read."""
        return _Header(self._jpeg)

    def getRGBData(self) -> bytes:
        """What the name is made of; the picture itself is taken as its file is."""
        return self._jpeg


def bundle(pages: Sequence[bytes], dpi: int) -> bytes:
    """The PDF: each page as large as its JPEG at so many dots an inch; the same bytes each time."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for jpeg in pages:
        picture = _Jpeg(jpeg)
        width, height = (side * _POINTS_AN_INCH / dpi for side in picture.getSize())
        canvas.setPageSize((width, height))
        canvas.drawImage(picture, 0, 0, width, height)
        canvas.showPage()
    _unwrap(canvas, list(dict.fromkeys(pages)))
    canvas.save()
    return out.getvalue()


def _unwrap(canvas: Canvas, jpegs: Sequence[bytes]) -> None:
    """ReportLab writes a JPEG in base 85, a quarter larger, by a switch of the whole program."""
    # The stubs know nothing of a canvas' document.
    inner: Any = canvas
    parts = inner._doc.idToObject.values()
    images: list[Any] = [part for part in parts if isinstance(part, PDFImageXObject)]
    for image, jpeg in zip(images, jpegs, strict=True):
        image.streamContent = jpeg
        image._filters = ("DCTDecode",)
