"""Draws the pages of a PDF as raw pixels; with `opening`, the only place that uses pypdfium2."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import TypeVar

import pypdfium2

from desktop.domain.errors import Refusal
from desktop.scans.unfolding import DAMAGED, demand_bounded

# The library keeps its state in one place: two threads in it at once end the program. A thread
# that is in it already may close what it gave up on.
ONE_AT_A_TIME = RLock()
_POINTS_AN_INCH = 72
# The long side of a paper's page is at most a plan's, A0, and so many times the short one.
_MOST_POINTS, _MOST_SLENDER = 3_400, 40
_MOST_PICTURES = 300
# Of a letter, however it was printed: A3, and more pages than any has.
_LETTER_POINTS, _LETTER_PAGES = 1_200, 60
_ScaleOf = Callable[[pypdfium2.PdfPage], float]
_Seen = TypeVar("_Seen")


@dataclass(frozen=True)
class Pixels:
    """A page drawn: rows of `stride` bytes, four bytes a pixel: red, green, blue, unused.

    `points` is how wide its paper is, points.
    """

    width: int
    height: int
    stride: int
    data: bytes
    points: float


def drawn(pdf: bytes, width: int) -> list[Pixels]:
    """Every page so many pixels wide. Raises Refusal for what is no PDF, or no paper's."""
    return _looked_at(pdf, lambda page: width / page.get_width(), _as_it_is)


def drawn_at(pdf: bytes, dpi: int) -> list[Pixels]:
    """Every page at so many dots an inch. Raises Refusal as `drawn`."""
    return _looked_at(pdf, lambda _: dpi / _POINTS_AN_INCH, _as_it_is)


def each_of_letter(
    pdf: bytes, dpi: int, look: Callable[[Pixels], _Seen], *, printed: bool = False
) -> list[_Seen]:
    """What `look` makes of each page of a letter's file, at so many dots an inch; as it is
    `printed`, which a file may tell to be otherwise than on a screen.

    One page at a time is drawn. Raises Refusal as `drawn`, and for what is no letter by its size:
    anybody may bring such a file, and make it as large as he likes.
    """
    demand_bounded(pdf)
    demand = partial(_demand_paper, points=_LETTER_POINTS, pages=_LETTER_PAGES)
    return _looked_at(pdf, lambda _: dpi / _POINTS_AN_INCH, look, demand, printed=printed)


def is_bare(pdf: bytes) -> bool:
    """Whether no note and no field lies over its pages: programs do not agree on how those are
    shown, if at all. Raises Refusal as `drawn`."""
    demand_bounded(pdf)
    with _opened(pdf) as document:
        form = pypdfium2.raw.FPDF_GetFormType(document)
        return form == pypdfium2.raw.FORMTYPE_NONE and not any(map(_has_notes, document))


def _has_notes(page: pypdfium2.PdfPage) -> bool:
    found = pypdfium2.raw.FPDFPage_GetAnnotCount(page)
    page.close()
    return bool(found)


def jpegs(pdf: bytes) -> list[bytes]:
    """The pictures that `reports.bundle` joined, as they were, in order. Raises Refusal for what
    another desk sent in the place of such a file and unfolds without end."""
    demand_bounded(pdf)
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


def pictures_in(pdf: bytes) -> int:
    """Of how many pages the PDF is if a picture lies on each; 0 for any other, none, or one of more
    pages than a paper has, or that unfold without end. Nothing is drawn."""
    try:
        demand_bounded(pdf)
    except Refusal:
        return 0
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return 0
        try:
            if len(document) > _MOST_PICTURES:
                return 0
            return len(document) if all(_has_picture(page) for page in document) else 0
        except pypdfium2.PdfiumError:
            return 0
        finally:
            document.close()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)))


def _as_it_is(page: Pixels) -> Pixels:
    return page


def _demand_paper(
    document: pypdfium2.PdfDocument, points: int = _MOST_POINTS, pages: int | None = None
) -> None:
    """Of a page without end its picture would take all memory: another desk may have sent it."""
    count = len(document)
    if pages is not None and count > pages:
        raise Refusal(DAMAGED)
    sizes = [document.get_page_size(number) for number in range(count)]
    if not sizes or not all(_is_a_papers(min(size), max(size), points) for size in sizes):
        raise Refusal(DAMAGED)


def _looked_at(
    pdf: bytes,
    scale_of: _ScaleOf,
    look: Callable[[Pixels], _Seen],
    demand: Callable[[pypdfium2.PdfDocument], None] = _demand_paper,
    *,
    printed: bool = False,
) -> list[_Seen]:
    with _opened(pdf) as document:
        demand(document)
        return [look(_pixels(page, scale_of(page), printed)) for page in document]


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, until the block ends. Raises Refusal where any of it can't be read."""
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            raise Refusal(DAMAGED) from fault
        try:
            yield document
        except pypdfium2.PdfiumError as fault:
            raise Refusal(DAMAGED) from fault
        finally:
            document.close()


def _is_a_papers(short: float, long: float, most: int) -> bool:
    return 0 < long <= most and long <= short * _MOST_SLENDER


def _pixels(page: pypdfium2.PdfPage, scale: float, printed: bool) -> Pixels:
    points = page.get_width()
    flags = pypdfium2.raw.FPDF_PRINTING if printed else 0
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True, extra_flags=flags)
    # The bytes live on without the library's memory.
    pixels = Pixels(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), points)
    page.close()
    return pixels
