"""Joining: each word's letters in the forms they take beside each other."""

from __future__ import annotations

from functools import lru_cache

from arabic_reshaper import ArabicReshaper

from desktop.reports.letter.v1.fonts import LAM_ALEFS, Weight, advances

# By default the reshaper deletes hamza, tashdid and tanwin and makes one sign of some words.
_RESHAPER = ArabicReshaper(
    {"delete_harakat": False, "ARABIC LIGATURE ALLAH": False, "RIAL SIGN": False}
)


@lru_cache(maxsize=50_000)
def shape(text: str) -> str:
    """The text in presentation forms, still in logical order. Shape first, order after."""
    return str(_RESHAPER.reshape(text))


def letters(form: str) -> int:
    """How many characters of the text a character of `shape` stands for."""
    return 2 if form in LAM_ALEFS else 1


@lru_cache(maxsize=50_000)
def measure(shaped: str, weight: Weight) -> float:
    """Width in thousandths of the size. Raises Refusal on a character without a glyph."""
    return sum(advances(shaped, weight))
