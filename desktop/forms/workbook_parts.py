"""What a workbook's parts say that its reader hides: cells in error, how far its cells reach."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from python_calamine import CalamineSheet

from desktop.domain.errors import Refusal
from desktop.domain.money import format_number

MAIN_PART = "xl/workbook.xml"
"""What every workbook of the kind that is read has."""
ERROR = "#N/A"
"""What stands for a cell in error, or for a formula that nobody has worked out: no value."""
_CHUNK = 1 << 22
_MOST_CELLS = 40_000_000
"""So many cells between the first and the last hold the whole city; a reader keeps room for all."""
_LARGEST = 4 << 30
"""Bytes of all that is packed in one file."""
_TEXTS, _MOST_TEXTS = "xl/sharedStrings.xml", 1 << 30
"""The part with all texts of a workbook, which a reader keeps whole, and its bytes at the most."""
# Some writers put a name space before each name, and either kind of quote around what one says.
_N = rb"(?:\w+:)?"
_TAG = re.compile(rb"""(?:\w+:)?(\w+)=["']([^"']*)["']""")
_SHEET = re.compile(rb"<" + _N + rb"sheet\s[^>]*>")
_RELATION = re.compile(rb"<" + _N + rb"Relationship\s[^>]*>")
_ROW = re.compile(rb"<" + _N + rb"""row\b[^>]*?\br=["'](\d{1,9})["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,9})["']""")
_FAR = re.compile(rb"""\br=["']([A-Z]{2,3})\d""")
_BEGUN = re.compile(rb"<" + _N + rb"(?:c|row)\s")
_WRONG = re.compile(rb"<" + _N + rb"""c\s[^>]*\bt=["']e["'][^>]*>""")
_UNWORKED = re.compile(
    rb"<%(n)bc\s[^>]*>\s*<%(n)bf\b(?:[^>]*/>|[^>]*>[^<]*</%(n)bf>)"
    rb"\s*(?:<%(n)bv\s*/>|<%(n)bv></%(n)bv>)?\s*</%(n)bc>" % {b"n": _N}
)
# A formula that was worked out and says nothing: a text without a letter.
_EMPTY = re.compile(rb"<" + _N + rb"""c\s[^>]*\bt=["']str["'][^>]*>.*<(?:\w+:)?v\b""", re.DOTALL)
# What every such cell has, looked for first: most sheets have none.
_HINTS = (b't="e"', b"t='e'", b"<f", b":f")
_CELL = 1 << 17
"""No cell is longer, in bytes: it holds 32,767 characters at the most."""


def errors_in(source: Path) -> Mapping[str, Mapping[int, frozenset[int]]]:
    """By sheet and row the columns, all from 0, whose cells say nothing though something stands.

    A reader gives them as empty, which says something else. Of what is no zipped workbook nothing
    is known. Raises Refusal for a sheet that no reader could hold.
    """
    if not zipfile.is_zipfile(source):
        return {}
    found: dict[str, Mapping[int, frozenset[int]]] = {}
    try:
        with zipfile.ZipFile(source) as parts:
            for title, part in _sheets(parts).items():
                found[title] = _errors(parts, part, title)
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError):
        # Told by whoever opens it.
        return {}
    return found


def rows_with_errors(
    cells: CalamineSheet, errors: Mapping[int, frozenset[int]]
) -> Iterator[list[object]]:
    """The sheet's rows as they are read, with `ERROR` wherever `errors_in` found a cell.

    Blank columns before the first cell, which a reader leaves out, are there: all places are the
    sheet's own.
    """
    _, before = cells.start or (0, 0)
    for number, line in enumerate(cells.iter_rows()):
        row: list[object] = [*[""] * before, *line]
        for column in errors.get(number, ()):
            if column < len(row):
                row[column] = ERROR
        yield row


def demand_readable(source: Path) -> None:
    """Raises Refusal for a workbook that no reader could hold, before one tries."""
    if not zipfile.is_zipfile(source):
        return
    try:
        with zipfile.ZipFile(source) as parts:
            refuse_too_large(source, parts)
            texts = sum(p.file_size for p in parts.infolist() if p.filename == _TEXTS)
    except zipfile.BadZipFile:
        # Told by whoever opens it.
        return
    if texts > _MOST_TEXTS:
        raise Refusal(f"«{source.name}» بزرگ‌تر از آن است که خوانده شود.")


def refuse_too_large(source: Path, packed: zipfile.ZipFile) -> None:
    """Raises Refusal when what is packed in the file would be larger than anybody can read."""
    if sum(part.file_size for part in packed.infolist()) > _LARGEST:
        raise Refusal(f"«{source.name}» بزرگ‌تر از آن است که خوانده شود.")


def _sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by its title."""
    known = set(parts.namelist())
    if MAIN_PART not in known:
        return {}
    relations = {}
    for tag in _RELATION.findall(parts.read("xl/_rels/workbook.xml.rels")):
        said = dict(_TAG.findall(tag))
        target = said.get(b"Target", b"").decode().lstrip("/")
        path = target if target.startswith("xl/") else str(PurePosixPath("xl") / target)
        relations[said.get(b"Id", b"")] = path
    found = {}
    for tag in _SHEET.findall(parts.read(MAIN_PART)):
        said = dict(_TAG.findall(tag))
        part = relations.get(said.get(b"id", b""), "")
        if part in known:
            found[html.unescape(said.get(b"name", b"").decode())] = part
    return found


def _errors(parts: zipfile.ZipFile, part: str, title: str) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    rows, columns = 0, 26
    for cells in _chunks(parts, part):
        rows = max(rows, *map(int, _ROW.findall(cells)), 0)
        if far := _FAR.findall(cells):
            columns = max(columns, *map(_column, far))
        if rows * columns > _MOST_CELLS:
            raise Refusal(
                f"برگهٔ «{title}» خانه‌ای بسیار دور از داده‌ها دارد، تا ردیف {format_number(rows)} و "
                f"ستون {format_number(columns)}؛ آن را پاک کنید و دوباره ذخیره کنید."
            )
        if not any(hint in cells for hint in _HINTS):
            continue
        unworked = (tag for tag in _UNWORKED.findall(cells) if not _EMPTY.match(tag))
        for tag in (*_WRONG.findall(cells), *unworked):
            place = _PLACE.search(tag)
            if place is None:
                raise Refusal(
                    f"برگهٔ «{title}» خانه‌ای دارد که حساب نشده است و جای آن در فایل نیست؛ آن را در "
                    "اکسل باز کنید، درست کنید و دوباره ذخیره کنید."
                )
            found.setdefault(int(place[2]) - 1, set()).add(_column(place[1]) - 1)
    return {row: frozenset(columns) for row, columns in found.items()}


def _chunks(parts: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end between two cells."""
    left = b""
    with parts.open(part) as file:
        while piece := file.read(_CHUNK):
            whole = left + piece
            begun = [each.start() for each in _BEGUN.finditer(whole, max(0, len(whole) - _CELL))]
            end = begun[-1] if begun else 0
            if end > 0:
                yield whole[:end]
                left = whole[end:]
            else:
                left = whole
    yield left


def _column(letters: bytes) -> int:
    """The column's number from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
