"""Searching the help: by folded text, what is nearest to where one stands first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.persian import fold, folded_words
from desktop.help.entry import Entry, FieldEntry, Help


@dataclass(frozen=True)
class Where:
    """Where one stands: the page, the fields that show there, those that it may ask for."""

    page: str
    shown: Collection[str] = ()
    asked: Collection[str] = ()


def find(help_: Help, typed: str, where: Where) -> list[Entry]:
    """The entries that hold every word typed: this page's first, then this service's, then all.

    Within each, one that is called just so stands first, then those that hold them in the title.
    """
    words = folded_words(typed)
    if not words:
        return []
    entries: list[Entry] = [*help_.pages.values(), *help_.fields]
    ranked = [(_rank(entry, words, where), entry) for entry in entries]
    found = [(rank, entry) for rank, entry in ranked if rank is not None]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _rank(entry: Entry, words: list[str], where: Where) -> tuple[int, bool, bool] | None:
    title, text = _folded(entry)
    if not all(word in text for word in words):
        return None
    named = title == "".join(words)
    return _distance(entry, where), not named, not all(word in title for word in words)


def _distance(entry: Entry, where: Where) -> int:
    if not isinstance(entry, FieldEntry):
        return 0 if entry.page == where.page else 2
    if where.page not in entry.pages:
        return 2
    if entry.key in where.shown:
        return 0
    return 1 if entry.key in where.asked else 2


@lru_cache(maxsize=1_000)
def _folded(entry: Entry) -> tuple[str, str]:
    """The title, and all of the entry, as they are searched."""
    parts = [entry.title, entry.what]
    if isinstance(entry, FieldEntry):
        parts += [*entry.how, entry.missing]
    else:
        parts += [entry.next, *(key.words for key in entry.keys)]
    if entry.law is not None:
        parts += [entry.law.name, entry.law.words]
    return fold(entry.title), fold(" ".join(parts))
