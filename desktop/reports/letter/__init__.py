"""Letters drawn: the number of a layout says which folder draws it; the frozen stay so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter, Release
from desktop.reports.letter.attachment import LAYOUT, know_layout
from desktop.reports.letter.v1 import drawing as v1
from desktop.reports.letter.v2 import drawing as v2

__all__ = ["LAYOUT", "draw", "pages"]

# As our own files name a page, in no packed part of them; the node of all pages is «/Pages».
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LAYOUTS: Mapping[int, Callable[[Letter, Release | None, int], bytes]] = {1: v1.draw, 2: v2.draw}


def draw(letter: Letter, release: Release | None, *, layout: int, copy: int) -> bytes:
    """The letter as PDF, the same bytes on every desk; without a release a proof.

    Raises Refusal for a layout that is unknown, older than training, or without a place for all
    words of the letter, for an unknown stamp and for a character without a glyph, ValueError when
    words and essence differ.
    """
    know_layout(layout)
    if layout == 1 and letter.text.head.training:
        raise Refusal("قالب این نامه برای آموزش نیست.")
    if layout == 1 and letter.text.facts is not None:
        raise Refusal("قالب این نامه جدول مشخصات ندارد.")
    return _LAYOUTS[layout](letter, release, copy)


def pages(pdf: bytes) -> int:
    """How many pages a drawn letter has."""
    return len(_PAGE.findall(pdf))
