"""The paper that stands in for a citizen's where a made-up request must have one: «نمونه» on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from desktop.domain.letter import LetterHead
from desktop.domain.request import PHOTOS, DocumentFile
from desktop.reports.bundle import bundle
from desktop.reports.small import SmallPaper
from desktop.scans.opening import open_pages
from desktop.scans.page import DPI, page_of
from desktop.wire.blobs import name_of

_HEAD = LetterHead(
    organisation="مرجع نمونه",
    office="دبیرخانه",
    address="یزد، میدان آزادی",
    phone="03536260000",
    postal_code="8913613111",
)
_LINES = (
    "شهرداری یزد؛ با سلام و احترام",
    "خواهشمند است وضعیت ملک موضوع درخواست را به این مرجع اعلام فرمایید.",
    "این برگه نمونه است و به جای نامهٔ اصلی گذاشته شده است.",
)
_PHOTO_LINES = ("این برگه نمونه است و به جای عکس محل گذاشته شده است.",)


@lru_cache(maxsize=1)
def sample_paper() -> tuple[DocumentFile, bytes]:
    """The file as a request names it, and its content: drawn, scanned, joined as real ones are."""
    return _scanned("نامهٔ درخواست", _LINES, copies=1)


@lru_cache(maxsize=1)
def sample_photos() -> tuple[DocumentFile, bytes]:
    """What stands in for the pictures of a visit, in the same way."""
    return _scanned("عکس محل بازدید", _PHOTO_LINES, copies=PHOTOS)


def _scanned(title: str, lines: Sequence[str], *, copies: int) -> tuple[DocumentFile, bytes]:
    paper = SmallPaper(_HEAD, title, "", sample=True)
    paper.points(lines)
    drawn = open_pages(paper.pdf(), "نمونه.pdf")
    pages = [page_of(image).jpeg for image in drawn.pages] * copies
    content = bundle(pages, DPI)
    return DocumentFile(name_of(content), len(content), len(pages)), content
