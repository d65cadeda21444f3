"""Layout 1 is frozen: what was sealed in it is drawn as it was, whatever else changes.

Whoever makes one of these fail is about to change letters that banks hold: a new layout is wanted.
"""

from __future__ import annotations

import hashlib
import re
import zlib

import pytest

from desktop.domain.letter import Letter, Release
from desktop.reports.letter import draw
from tests.reports.samples import UNPROVEN, debts, line_letter, words

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+|startxref\s+\d+|\d{10} \d{5} n")


def content(pdf: bytes) -> str:
    """The hash of all that is drawn; how it is packed is zlib's own, and not drawn."""

    def unpacked(found: re.Match[bytes]) -> bytes:
        try:
            return zlib.decompress(found[1])
        except zlib.error:
            return found[1]

    return hashlib.sha256(_LENGTH.sub(b"", _STREAM.sub(unpacked, pdf))).hexdigest()[:16]


DRAWN: dict[str, tuple[Letter, Release | None, int, str]] = {
    "an answer": (line_letter(), UNPROVEN, 1, "388e20114e13c060"),
    "its second copy": (line_letter(), UNPROVEN, 2, "6e1cb22504394441"),
    "its proof": (line_letter(), None, 1, "f991536a2250c39b"),
    "a debt letter": (line_letter(words(table=debts(3))), UNPROVEN, 1, "869fbed73fb26552"),
    "a table over pages": (line_letter(words(table=debts(60))), UNPROVEN, 1, "7b955cabf7e04492"),
    "a sample": (line_letter(words(sample=True)), UNPROVEN, 1, "074e5cb92128ca4f"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_what_was_sealed_is_drawn_the_same(name: str) -> None:
    value, release, copy, kept = DRAWN[name]
    assert content(draw(value, release, layout=1, copy=copy)) == kept
