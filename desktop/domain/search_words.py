"""Words by which a case is found, and those that a person typed to find it."""

from __future__ import annotations

import re

from desktop.domain.persian import ZWNJ, clean, fold

_MOST_APART = 8  # words that are tried as one: of more a person does not split a name
# What an index of words takes as one: letters and digits.
_TOKEN = re.compile(r"[^\W_]+")
_LONGEST = 80  # letters; no word is longer, and an index of words ends somewhere


def words(*texts: str) -> str:
    """Folded words to search by, each once: parts of a half-spaced word and the whole of it."""
    found: dict[str, None] = {}
    for text in texts:
        for word in clean(text).split():
            for part in (word, *word.split(ZWNJ)):
                found |= dict.fromkeys(_tokens(part))
    return " ".join(found)


def readings(text: str) -> list[list[str]]:
    """Folded words of what a person typed, a half-spaced word by its parts; and the same with two
    neighbours, or all of them, written as one («میر حسینی», «0913 123»)."""
    parts = [part for word in clean(text).split() for part in word.split(ZWNJ)]
    apart = [token for part in parts for token in _tokens(part)]
    if not 1 < len(apart) <= _MOST_APART:
        return [apart] if apart else []
    joined = [
        [*apart[:at], apart[at] + apart[at + 1], *apart[at + 2 :]] for at in range(len(apart) - 1)
    ]
    return [apart, *joined, ["".join(apart)]]


def _tokens(text: str) -> list[str]:
    return [token[:_LONGEST] for token in _TOKEN.findall(fold(text))]
