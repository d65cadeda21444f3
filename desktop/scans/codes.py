"""Codes in pictures of paper: a photograph, a scan, the pages of a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageFilter, UnidentifiedImageError

from desktop.domain.errors import Refusal
from desktop.scans.alike import picture_of
from desktop.scans.opening import DAMAGES, FORMATS
from desktop.scans.pdf import each_of_letter

LARGEST_PICTURE = 40_000_000
_NO_PICTURE = "این فایل عکس یا پرونده‌ای نیست که باز شود."
_MOST_PIXELS = 80_000_000
# The side of a paper of A4 at 400 dots an inch: more only takes longer.
_LARGEST_SIDE = 4_700
_GRAIN = 0.7
_DPI = 200


def codes_in_picture(content: bytes) -> list[str]:
    """The text of each QR in a picture. Raises Refusal for what is none."""
    if len(content) > LARGEST_PICTURE:
        raise Refusal("این عکس بزرگ‌تر از آن است که خوانده شود.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise Refusal("این عکس بزرگ‌تر از آن است که خوانده شود.")
            image.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
            grey = image.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, *DAMAGES):
        raise Refusal(_NO_PICTURE) from None
    return codes_in(grey)


def codes_on_pages(pdf: bytes) -> list[str]:
    """The text of each QR on the pages of a PDF, each once. Raises Refusal for what is none."""
    pages = each_of_letter(pdf, _DPI, lambda page: codes_in(picture_of(page)))
    return list(dict.fromkeys(code for page in pages for code in page))


def codes_in(grey: Image.Image) -> list[str]:
    """The text of each QR in a picture of greys, each once: two pages of a letter have the same."""
    # Made anew each time: what outlives the library at the end it complains of.
    only = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for seen in _tries(grey):
        found = zxingcpp.read_barcodes(seen, formats=only)
        if found:
            return list(dict.fromkeys(each.text for each in found))
    return []


def _tries(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is, then with its grain smoothed: specks of a copier hide what lies under them."""
    yield grey
    yield grey.filter(ImageFilter.GaussianBlur(_GRAIN))
