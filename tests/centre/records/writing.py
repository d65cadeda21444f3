"""Writes records as an export's folder, and puts them in one order to compare them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from desktop.centre.records.columns import SHEETS, RowKind
from desktop.demo.export import lines
from desktop.domain.property import PropertyRecord


def write_records(
    records: Iterable[PropertyRecord],
    folder: Path,
    more: Mapping[RowKind, Iterable[Sequence[str | int]]] | None = None,
) -> None:
    """The seven CSV files of the records."""
    rows: dict[RowKind, list[Sequence[str | int]]] = {
        sheet.kind: [sheet.columns] for sheet in SHEETS
    }
    for record in records:
        for kind, line in lines(record):
            rows[kind].append(line)
    for kind, extra in (more or {}).items():
        rows[kind].extend(extra)
    folder.mkdir()
    for sheet in SHEETS:
        path = folder / f"{sheet.title}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows[sheet.kind])


def in_order(record: PropertyRecord) -> PropertyRecord:
    """The record with what is attached to it in one order, whatever order it came in."""
    names = ("owners", "permits", "certificates", "files", "debts", "holds")
    sorted_children: dict[str, Any] = {
        name: tuple(sorted(getattr(record, name), key=lambda child: list(map(str, astuple(child)))))
        for name in names
    }
    # Which rows were refused is tried by itself.
    return replace(record, refused=(), **sorted_children)
