"""A certificate's fingerprint as six Persian words, to be compared by eye or read out."""

from __future__ import annotations

from functools import cache

from desktop.settings import resources

WORDS = 6
_BITS = 11
_MASK = (1 << _BITS) - 1


def words_of(fingerprint: bytes) -> tuple[str, ...]:
    """Six words for the first 66 bits of a certificate's SHA-256 (32 bytes).

    Who makes another certificate with the same words has some 2^65 to try.
    """
    head = int.from_bytes(fingerprint, "big") >> (len(fingerprint) * 8 - WORDS * _BITS)
    places = [head >> _BITS * (WORDS - 1 - number) & _MASK for number in range(WORDS)]
    return tuple(_list()[place] for place in places)


@cache
def _list() -> tuple[str, ...]:
    """The 2048 words, in an order that is for ever: no two look or sound alike."""
    return tuple((resources() / "fingerprint" / "words.txt").read_text(encoding="utf-8").split())
