"""A newer export of the made-up city, by seed: a clean one, and one as bad as real ones can be."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from desktop.centre.records.columns import (
    CERTIFICATES,
    DEBTS,
    HOLDS,
    OWNERS,
    PROPERTIES,
    ExportSheet,
)
from desktop.demo.city import CityProperty, MadeUpCity
from desktop.demo.export import write_folder

_NEW_DEBTS = 9
_NO_CODE, _BAD_IDS, _BAD_DATES, _BAD_VISITS, _LOST_HOLDS = 4, 9, 7, 12, 2
_LOST_DEBTS = 0.05


def write_newer(city: MadeUpCity, folder: Path, seed: int) -> None:
    """Writes the city with some debts that came since, and nothing lost."""
    write_folder(_newer(city, seed), folder)


def _newer(city: MadeUpCity, seed: int) -> list[CityProperty]:
    held = list(city)
    owing = [place for place, item in enumerate(held) if item.record.debts]
    for place in Random(seed).sample(owing, min(_NEW_DEBTS, len(owing))):
        held[place] = _owing_more(held[place])
    return held


def _owing_more(item: CityProperty) -> CityProperty:
    first = item.record.debts[0]
    more = replace(first, year=first.year - 1, bill_id="", payment_id="")
    return replace(item, record=replace(item.record, debts=(*item.record.debts, more)))


def write_dirty(city: MadeUpCity, folder: Path, seed: int) -> None:
    """Writes the newer city as an export that is held back: debts and holds are lost, merged cells
    leave debts without a property, cells can't be read."""
    random = Random(seed)
    write_folder(_newer(city, seed), folder)

    def debts(rows: list[list[str]]) -> list[list[str]]:
        # The smallest: what is lost by count is not much by sum.
        by_sum = sorted(rows, key=lambda row: int(row[3]) + int(row[4]))
        lost = round(len(rows) * _LOST_DEBTS)
        for row in by_sum[lost : lost + _NO_CODE]:
            row[0] = ""
        return [row for row in rows if row not in by_sum[:lost]]

    def spoil(column: int, cells: int, text: str) -> Callable[[list[list[str]]], list[list[str]]]:
        def spoilt(rows: list[list[str]]) -> list[list[str]]:
            for row in random.sample(rows, min(cells, len(rows) // 20)):
                row[column] = text
            return rows

        return spoilt

    _rewrite(folder, DEBTS, debts)
    _rewrite(folder, HOLDS, lambda rows: rows[_LOST_HOLDS:])
    _rewrite(
        folder, PROPERTIES, spoil(PROPERTIES.columns.index("تاریخ آخرین بازدید"), _BAD_VISITS, "0")
    )
    _rewrite(folder, OWNERS, spoil(3, _BAD_IDS, "1234567890"))
    _rewrite(folder, CERTIFICATES, spoil(3, _BAD_DATES, "1404/13/40"))


def _rewrite(
    folder: Path, sheet: ExportSheet, change: Callable[[list[list[str]]], list[list[str]]]
) -> None:
    path = folder / f"{sheet.title}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *change(rows)])
