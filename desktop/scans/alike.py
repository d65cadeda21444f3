"""Whether two PDFs show the same, page by page: what another program wrote anew is told from what
somebody changed."""

from __future__ import annotations

from PIL import Image, ImageChops

from desktop.domain.errors import Refusal
from desktop.scans.pdf import Pixels, each_of_letter

_DPI = 150
# Of a square of so many pixels a side the mean may be so many of 255 levels apart, where a line
# stands so many pixels to either side: that much another program moves and rounds a letter (44 at
# most, Ghostscript); another digit is 92 apart.
_SQUARE, _APART = 6, 62
_SHIFTS = (0, -1, 1, -2, 2)


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether both show the same on every page; one that can't be opened looks like nothing."""
    try:
        ours, theirs = (each_of_letter(pdf, _DPI, picture_of) for pdf in (one, other))
    except Refusal:
        return False
    return len(ours) == len(theirs) and all(map(_same, ours, theirs))


def _same(ours: Image.Image, theirs: Image.Image) -> bool:
    if ours.size != theirs.size:
        return False
    apart = Image.new("L", ours.reduce(_SQUARE).size, 255)
    for shift in _SHIFTS:
        moved = ImageChops.difference(ours, ImageChops.offset(theirs, shift, 0)).reduce(_SQUARE)
        apart = ImageChops.darker(apart, moved)
        if max(apart.tobytes()) <= _APART:
            return True
    return False


def picture_of(page: Pixels) -> Image.Image:
    """A page's greys."""
    size = (page.width, page.height)
    return Image.frombuffer("RGBX", size, page.data, "raw", "RGBX", page.stride, 1).convert("L")
