"""Letters drawn: the number of a layout says which folder draws it; the frozen stay so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter, Release
from desktop.reports.letter.attachment import LAYOUT, know_layout, seal
from desktop.reports.letter.v1 import drawing as v1
from desktop.reports.letter.v2 import drawing as v2
from desktop.wire.canon import content_hash
from desktop.wire.essence import is_line
from desktop.wire.letters import Releaser, sealed

__all__ = ["LAYOUT", "draw", "draw_released", "pages"]

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
    if layout == 1 and not is_line(bytes.fromhex(letter.essence)):
        raise Refusal("قالب این نامه جای این رمزینه را ندارد.")
    if layout == 1 and letter.text.facts is not None:
        raise Refusal("قالب این نامه جدول مشخصات ندارد.")
    return _LAYOUTS[layout](letter, release, copy)


def draw_released(
    letter: Letter, release: Release, releaser: Releaser | None, *, on: date, copy: int
) -> tuple[Release, bytes]:
    """A copy in the newest layout as that person makes it on the day: what it is proven by, and the
    PDF.

    What an earlier program issued has no place for a proof. As `draw`; raises Refusal for who has
    no key for releases.
    """
    if is_line(bytes.fromhex(letter.essence)):
        return release, draw(letter, release, layout=LAYOUT, copy=copy)
    if releaser is None:
        raise Refusal("کلید تأیید نامه ندارید؛ راهبر شما را دوباره معرفی کند.")
    proof = releaser.prove(letter, on, copy)
    blank = draw(letter, replace(release, proof=proof), layout=LAYOUT, copy=copy)
    signature = releaser.sign(sealed(letter.number, copy, content_hash(blank)))
    return replace(release, proof=replace(proof, seal=signature)), seal(blank, signature)


def pages(pdf: bytes) -> int:
    """How many pages a drawn letter has."""
    return len(_PAGE.findall(pdf))
