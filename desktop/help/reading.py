"""Reading the help's files: laws, kinds, pages, and fields by the pages on which they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from desktop.help.entry import FieldEntry, Help, KeyWords, Law, PageEntry, Picture
from desktop.settings import resources

_LAWS, _KINDS, _PAGES = "laws.toml", "kinds.toml", "pages.toml"
_Sentence = Annotated[str, StringConstraints(min_length=1, max_length=220)]
_Lines = Annotated[list[_Sentence], Field(max_length=3)]
_Table = TypeVar("_Table", bound=BaseModel)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Law(_Part):
    name: _Sentence
    words: _Sentence


class _Kind(_Part):
    """How a kind of field is typed: for every field of the kind that says nothing of its own."""

    how: _Lines = []
    missing: str = ""
    typed: str = ""
    shows: str = ""


class _Key(_Part):
    keys: str
    words: _Sentence


class _Page(_Part):
    title: _Sentence
    what: _Sentence
    next: _Sentence
    keys: list[_Key] = []
    law: str = ""


class _Field(_Part):
    key: str
    title: _Sentence
    what: _Sentence
    kind: str
    how: _Lines = []
    missing: str = ""
    law: str = ""


class _Fields(_Part):
    pages: Annotated[list[str], Field(min_length=1)]
    field: list[_Field]


class _Laws(_Part):
    law: dict[str, _Law]


class _Kinds(_Part):
    kind: dict[str, _Kind]


class _Pages(_Part):
    page: dict[str, _Page]


@cache
def shipped_help() -> Help:
    """The help that ships with the program."""
    return read_help(resources() / "help")


def read_help(folder: Path) -> Help:
    """The help in the folder's files.

    Raises ValueError (pydantic's among them) for a file that is not as it must be, or that names a
    law or kind which there is not.
    """
    laws = {key: Law(one.name, one.words) for key, one in _read(folder / _LAWS, _Laws).law.items()}
    kinds = _read(folder / _KINDS, _Kinds).kind
    pages = {
        name: PageEntry(
            name,
            page.title,
            page.what,
            tuple(KeyWords(each.keys, each.words) for each in page.keys),
            page.next,
            _named(laws, page.law),
        )
        for name, page in _read(folder / _PAGES, _Pages).page.items()
    }
    fields = [
        _field(one, tuple(table.pages), kinds, laws)
        for path in sorted(folder.glob("*.toml"))
        if path.name not in (_LAWS, _KINDS, _PAGES)
        for table in [_read(path, _Fields)]
        for one in table.field
    ]
    return Help(pages, tuple(fields))


def _field(
    one: _Field, pages: tuple[str, ...], kinds: Mapping[str, _Kind], laws: Mapping[str, Law]
) -> FieldEntry:
    if one.kind not in kinds:
        raise ValueError(f"{one.key}: no kind {one.kind!r}")
    kind = kinds[one.kind]
    return FieldEntry(
        one.key,
        one.title,
        pages,
        one.what,
        tuple(one.how or kind.how),
        one.missing or kind.missing,
        one.kind,
        _named(laws, one.law),
        Picture(kind.typed, kind.shows) if kind.shows else None,
    )


def _named(laws: Mapping[str, Law], key: str) -> Law | None:
    if not key:
        return None
    if key not in laws:
        raise ValueError(f"no law {key!r}")
    return laws[key]


def _read(path: Path, table: type[_Table]) -> _Table:
    return table.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
