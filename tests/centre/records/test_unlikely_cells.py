"""Cells that say what can't be, or what could be two things: told to a person, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine

from desktop.centre.records.columns import SHEETS, RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.centre.records.report import ImportResult
from desktop.demo.export import lines
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.property import Debt, Owner, PropertyRecord
from tests.spelled import RULES, DebtStatus

DAY = date(2026, 11, 24)
CODE = RenewalCode(2, 14, 308, 27, 1)
DEBT = Debt(1404, "نوسازی", 3_000_000, 50_000, None, DebtStatus.FINAL, "", "")
HOUSE = PropertyRecord(
    CODE,
    Plate(2, 65, 4555),
    address="یزد، بلوار طالقانی",
    latitude="31.897412",
    longitude="54.356814",
    land=Decimal("240.50"),
    last_visit=DAY - timedelta(days=400),
    owners=(
        Owner("فاطمه", "دهقان", "0499370899", Decimal(2)),
        Owner("علی", "دهقان", "0076229645", Decimal(4)),
    ),
    debts=(DEBT, replace(DEBT, year=1403), replace(DEBT, year=1402)),
)


def read(
    engine: Engine,
    folder: Path,
    cells: dict[tuple[RowKind, int, int], str],
    spread: tuple[RowKind, int, int, int, int] | None = None,
) -> tuple[PropertyRecord | None, ImportResult]:
    """The house out of a workbook in which `cells`, by sheet, row and column, say something else.

    `spread` merges cells of a sheet: its first and last row, its column, what they say together.
    """
    rows: dict[RowKind, list[list[str | int]]] = {
        sheet.kind: [list(sheet.headings)] for sheet in SHEETS
    }
    for kind, line in lines(HOUSE):
        rows[kind].append(list(line))
    for (kind, row, column), text in cells.items():
        rows[kind][row][column] = text
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title)
            for number, line in enumerate(rows[sheet.kind]):
                page.write_row(number, 0, line)
            if spread and spread[0] is sheet.kind:
                _, top, bottom, column, said = spread
                page.merge_range(top, column, bottom, column, said)
    result = import_export(engine, path, DAY, RULES)
    with engine.connect() as connection:
        return find(connection, CODE, None).record, result


def reasons(result: ImportResult) -> set[str]:
    return {reason for _, _, reason in result.reasons}


@pytest.mark.parametrize(
    ("latitude", "kept", "told"),
    [
        ("31.897412", "31.897412", False),
        ("۳۱٫۸۹۷۴۱۲", "31.897412", False),
        ("31/897412", "31.897412", False),
        ("0", "", False),
        ("-", "", False),
        ("3531234.5", "", True),
        ("31°53'51\"", "", True),
        ("-31.8", "", True),
        ("<b>31</b>", "", True),
    ],
)
def test_a_place_that_is_none_is_told_and_shown_on_no_map(
    sqlite_engine: Engine, tmp_path: Path, latitude: str, kept: str, told: bool
) -> None:
    record, result = read(sqlite_engine, tmp_path, {(RowKind.PROPERTY, 1, 20): latitude})
    assert record is not None
    assert record.latitude == kept
    assert ("مختصات خوانده نشد." in reasons(result)) is told
    assert not record.doubted


def test_shares_that_were_divided_are_a_whole_all_the_same(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    """A third and two thirds of six dang, each times what a spreadsheet makes of them."""
    record, _ = read(
        sqlite_engine,
        tmp_path,
        {(RowKind.OWNER, 1, 4): "1.99999999999999978", (RowKind.OWNER, 2, 4): "4.0000000000000004"},
    )
    assert record is not None
    assert sorted(owner.dang for owner in record.owners) == [Decimal(2), Decimal(4)]
    assert not record.doubted


@pytest.mark.parametrize("share", ["۲/۱ ۴", "2,4", "۲٬۴", "دو", "2-4"])
def test_a_share_that_is_none_is_nobodys(sqlite_engine: Engine, tmp_path: Path, share: str) -> None:
    record, result = read(sqlite_engine, tmp_path, {(RowKind.OWNER, 1, 4): share})
    assert record is not None
    assert [owner.dang for owner in record.owners] == [Decimal(4)]
    assert record.doubted
    assert result.sheets[RowKind.OWNER].refused == 1


@pytest.mark.parametrize("main", ["65/4555", "65-4555", "۶۵ / ۴۵۵۵", "65 4555"])
def test_two_numbers_of_a_plate_in_one_cell_are_neither(
    sqlite_engine: Engine, tmp_path: Path, main: str
) -> None:
    record, result = read(sqlite_engine, tmp_path, {(RowKind.PROPERTY, 1, 2): main})
    assert record is None or record.plate is None
    assert "دو عدد در یک خانهٔ پلاک نوشته شده است." in reasons(result)


def test_a_sum_spread_over_several_debts_is_the_first_ones_alone(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    """Nobody knows what of it each year is; thrice the sum is certainly owed by nobody."""
    record, result = read(sqlite_engine, tmp_path, {}, (RowKind.DEBT, 1, 3, 3, 9_000_000))
    assert record is not None
    assert [debt.principal for debt in record.debts] == [9_000_000]
    assert record.doubted
    assert result.sheets[RowKind.DEBT].refused == 2
