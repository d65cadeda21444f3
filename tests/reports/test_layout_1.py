"""Layout 1 is frozen: what was sealed in it is drawn as it was, whatever else changes.

Whoever makes one of these fail is about to change letters that banks hold: a new layout is wanted.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable

import pytest

from desktop.reports.letter import draw
from tests.reports.samples import RELEASE, debts, letter, words

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+|startxref\s+\d+|\d{10} \d{5} n")


def _content(pdf: bytes) -> str:
    """The hash of all that is drawn; how it is packed is zlib's own, and not drawn."""

    def unpacked(found: re.Match[bytes]) -> bytes:
        try:
            return zlib.decompress(found[1])
        except zlib.error:
            return found[1]

    return hashlib.sha256(_LENGTH.sub(b"", _STREAM.sub(unpacked, pdf))).hexdigest()[:16]


DRAWN: dict[str, tuple[Callable[[], bytes], str]] = {
    "an answer": (lambda: draw(letter(), RELEASE, layout=1, copy=1), "388e20114e13c060"),
    "its second copy": (lambda: draw(letter(), RELEASE, layout=1, copy=2), "6e1cb22504394441"),
    "its proof": (lambda: draw(letter(), None, layout=1, copy=1), "f991536a2250c39b"),
    "a debt letter": (lambda: draw(letter(words(table=debts(3))), RELEASE, layout=1, copy=1), "869fbed73fb26552"),
    "a table over pages": (
        lambda: draw(letter(words(table=debts(60))), RELEASE, layout=1, copy=1), "7b955cabf7e04492",
    ),
    "a sample": (lambda: draw(letter(words(sample=True)), RELEASE, layout=1, copy=1), "074e5cb92128ca4f"),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_what_was_sealed_is_drawn_the_same(name: str) -> None:
    drawn, kept = DRAWN[name]
    assert _content(drawn()) == kept
