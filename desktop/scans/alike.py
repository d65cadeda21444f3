"""Whether two PDFs show the same, page by page: what another program wrote anew is told from what
somebody changed."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

from desktop.domain.errors import Refusal
from desktop.scans.pdf import Pixels, each_of_letter, is_bare

_DPI = 150
# Of a square of so many pixels a side the mean may be so many of 255 levels apart, where a line
# stands so many pixels to either side: that much another program moves and rounds a letter (44 at
# most, Ghostscript); another digit is 92 apart.
_SQUARE, _APART = 6, 62
_SHIFTS = (0, -1, 1, -2, 2)
# Of a dot's ink, in whichever colour it has most, the other may lack so many of 255 levels within
# so many dots: 45 at most by Ghostscript, 61 for words in the palest grey, 164 for a further zero.
_REACH, _STRAY = 2, 54


class _Picture(NamedTuple):
    """A page's greys, and how dark each dot is in the colour in which it is darkest."""

    greys: Image.Image
    inks: Image.Image


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether both show the same on every page, on a screen and printed; one that can't be opened
    looks like nothing."""
    try:
        if not is_bare(one):
            return False
        shown, own = (each_of_letter(pdf, _DPI, _picture) for pdf in (one, other))
        if len(shown) != len(own) or not all(map(_same, shown, own)):
            return False
        printed = each_of_letter(one, _DPI, _picture, printed=True)
        return printed == shown or all(map(_same, printed, own))
    except Refusal:
        return False


def _same(ours: _Picture, theirs: _Picture) -> bool:
    if ours.greys.size != theirs.greys.size:
        return False
    if max(_stray(ours.inks, theirs.inks), _stray(theirs.inks, ours.inks)) > _STRAY:
        return False
    apart = Image.new("L", ours.greys.reduce(_SQUARE).size, 255)
    for shift in _SHIFTS:
        there = ImageChops.offset(theirs.greys, shift, 0)
        moved = ImageChops.difference(ours.greys, there).reduce(_SQUARE)
        apart = ImageChops.darker(apart, moved)
        if max(apart.tobytes()) <= _APART:
            return True
    return False


def _stray(ours: Image.Image, theirs: Image.Image) -> int:
    """By how many levels any dot of ours is darker than all of theirs round it."""
    near = theirs.filter(ImageFilter.MinFilter(2 * _REACH + 1))
    return max(ImageChops.subtract(near, ours).tobytes())


def picture_of(page: Pixels) -> Image.Image:
    """A page's greys."""
    return _coloured(page).convert("L")


def _picture(page: Pixels) -> _Picture:
    coloured = _coloured(page)
    red, green, blue = coloured.split()
    return _Picture(coloured.convert("L"), ImageChops.darker(ImageChops.darker(red, green), blue))


def _coloured(page: Pixels) -> Image.Image:
    size = (page.width, page.height)
    drawn = Image.frombuffer("RGBX", size, page.data, "raw", "RGBX", page.stride, 1)
    return drawn.convert("RGB")
