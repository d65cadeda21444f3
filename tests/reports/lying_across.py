"""What lies across each page of a paper, as shapes: that it is a sample, or for training."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from desktop.domain.letter import TRAINING
from desktop.reports.letter.v2.figures import shapes
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import A4, A5
from desktop.reports.letter.v2.wrap import wrap

SAMPLE = "نمونه"
_OF_WIDTH = {TRAINING: 9, SAMPLE: 4}
_WIDTHS = (A5.width, A4.width, A5.height, A4.height, 2 * A4.width)


def across(pdf: bytes, words: str) -> list[bool]:
    """Of each page, whether the words lie across it."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return [_lie_on(page, words) for page in file.pages]


def _lie_on(page: pikepdf.Page, words: str) -> bool:
    # The file tells its width to four digits; a sheet of this size was made from more.
    width = next(each for each in _WIDTHS if abs(each - float(page.mediabox[2])) < 0.01)
    line = wrap(words, 2 * width, width / _OF_WIDTH[words], Weight.BOLD)[0]
    page.contents_coalesce()
    return shapes(line).encode() in page.Contents.read_bytes()
