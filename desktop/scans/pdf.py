"""Draws the pages of a PDF as raw pixels; with `opening`, the only place that uses pypdfium2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

import pypdfium2

from desktop.domain.errors import Refusal

# The library keeps its state in one place: two threads in it at once end the program. A thread
# that is in it already may close what it gave up on.
ONE_AT_A_TIME = RLock()
_POINTS_AN_INCH = 72
# The long side of a paper's page is at most a plan's, A0, and so many times the short one.
_MOST_POINTS, _MOST_SLENDER = 3_400, 40
_DAMAGED = "این فایل آسیب‌دیده است و باز نمی‌شود؛ از فرستنده بخواهید آن را دوباره پیوست کند."
_ScaleOf = Callable[[pypdfium2.PdfPage], float]


@dataclass(frozen=True)
class Pixels:
    """A page drawn: rows of `stride` bytes, four bytes a pixel: red, green, blue, unused."""

    width: int
    height: int
    stride: int
    data: bytes


def drawn(pdf: bytes, width: int) -> list[Pixels]:
    """Every page so many pixels wide. Raises Refusal for what is no PDF, or no paper's."""
    return _drawn(pdf, lambda page: width / page.get_width())


def drawn_at(pdf: bytes, dpi: int) -> list[Pixels]:
    """Every page at so many dots an inch. Raises Refusal as `drawn`."""
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


def is_of_pictures(pdf: bytes, pages: int) -> bool:
    """Whether it is a PDF of so many pages, and a picture lies on each. None is drawn."""
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return False
        try:
            return len(document) == pages and all(_has_picture(page) for page in document)
        except pypdfium2.PdfiumError:
            return False
        finally:
            document.close()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)))


def _drawn(pdf: bytes, scale_of: _ScaleOf) -> list[Pixels]:
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            raise Refusal(_DAMAGED) from fault
        try:
            _demand_paper(document)
            return [_pixels(page, scale_of(page)) for page in document]
        except pypdfium2.PdfiumError as fault:
            raise Refusal(_DAMAGED) from fault
        finally:
            document.close()


def _demand_paper(document: pypdfium2.PdfDocument) -> None:
    """Of a page without end its picture would take all memory: another desk may have sent it."""
    sizes = [document.get_page_size(number) for number in range(len(document))]
    if not sizes or not all(_is_a_papers(min(size), max(size)) for size in sizes):
        raise Refusal(_DAMAGED)


def _is_a_papers(short: float, long: float) -> bool:
    return 0 < long <= _MOST_POINTS and long <= short * _MOST_SLENDER


def _pixels(page: pypdfium2.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    # The bytes live on without the library's memory.
    pixels = Pixels(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    page.close()
    return pixels
