"""The help as a value: entries of pages and fields, the articles of law, how each kind is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """An article of law by its name, and what it says in a line or two of our own words."""

    name: str
    words: str


@dataclass(frozen=True)
class Picture:
    """What a field's picture shows: a value as somebody types it, and a sentence about it."""

    typed: str
    shows: str


@dataclass(frozen=True)
class FieldEntry:
    """What a field is (at most two sentences), how it is typed, and what to do without it.

    `key` and the pages tell which field; of fields with the same key there the `title`, which is
    the field's label. `kind` names how it is typed, `how` gives at most three lines.
    """

    key: str
    title: str
    pages: tuple[str, ...]
    what: str
    how: tuple[str, ...]
    missing: str
    kind: str
    law: Law | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class KeyWords:
    """A key of a page that no button shows, and what it does there."""

    keys: str
    words: str


@dataclass(frozen=True)
class PageEntry:
    """What a page is for, its keys that no button shows, and what comes next.

    `page` is the name of the page's class of places.
    """

    page: str
    title: str
    what: str
    keys: tuple[KeyWords, ...]
    next: str
    law: Law | None = None


Entry = FieldEntry | PageEntry


@dataclass(frozen=True)
class Help:
    """All entries: the pages' by their names, the fields' in the order of their files."""

    pages: Mapping[str, PageEntry]
    fields: tuple[FieldEntry, ...]

    def field(self, page: str, key: str, title: str = "") -> FieldEntry | None:
        """The entry of a field of the page; of several with its key the one with its label."""
        found = [each for each in self.fields if each.key == key and page in each.pages]
        named = (each for each in found if each.title == title)
        return next(named, found[0] if found else None)
