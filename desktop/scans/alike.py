"""Whether two PDFs show the same, page by page: what another program wrote anew is told from what
somebody changed."""

from __future__ import annotations

from PIL import Image, ImageChops

from desktop.domain.errors import Refusal
from desktop.scans.pdf import Pixels, drawn_at

_DPI = 110
# Of a square of so many pixels a side the mean may be so many of 255 levels apart: less is how
# another program rounds the edge of a letter, more is another letter.
_SQUARE, _APART = 6, 26


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether both show the same on every page; one that can't be opened looks like nothing."""
    try:
        ours, theirs = drawn_at(one, _DPI), drawn_at(other, _DPI)
    except Refusal:
        return False
    return len(ours) == len(theirs) and all(map(_same, ours, theirs))


def _same(one: Pixels, other: Pixels) -> bool:
    ours, theirs = _grey(one), _grey(other)
    if ours.size != theirs.size:
        return False
    apart = ImageChops.difference(ours, theirs).reduce(_SQUARE)
    return max(apart.tobytes()) <= _APART


def _grey(page: Pixels) -> Image.Image:
    size = (page.width, page.height)
    return Image.frombuffer("RGBX", size, page.data, "raw", "RGBX", page.stride, 1).convert("L")
