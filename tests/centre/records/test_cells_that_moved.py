"""Cells that don't stand under their headings, and cells that nobody can work out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine

from desktop.centre.records.columns import SHEETS, ExportSheet, RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.centre.records.report import ImportResult
from desktop.demo.export import lines
from desktop.domain.identifiers import make_bill
from desktop.domain.property import PropertyRecord
from tests.centre.records.test_never_guessed import FULL, imported
from tests.centre.records.test_unlikely_cells import CODE, DAY, HOUSE
from tests.spelled import RULES

BILL = make_bill(12_345_678, 999)
DEBT = ["1404", "نوسازی", "3000000", "50000", "", "قطعی", "", ""]


def test_blank_headings_head_no_column(sqlite_engine: Engine, tmp_path: Path) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.FILE][0] += ["", " "]
        rows[RowKind.FILE][1][4] = "290,000,000"

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.files == ()
    assert record.refused == ("file",)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (1, "4"), (1, "404"), (1, "2025"), (1, "1499"), (1, "1407"),
        (2, "3000000"), (2, "1404/12/29"), (2, "۱۴۰۴"),
        (5, "1434/01/01"), (5, "1416/01/01"),
        (7, "در دست اعتراض"), (8, "قطعی"),
        # So long a number is none that anybody works out.
        (1, "1" + "٬000" * 2000), (3, "9" * 5000), (4, "9" * 5000),
    ],
)  # fmt: skip
def test_a_debt_whose_cells_moved_is_none(
    sqlite_engine: Engine, tmp_path: Path, column: int, said: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.DEBT][1:] = [[str(CODE), *DEBT]]
        rows[RowKind.DEBT][1][column] = said

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.debts == ()
    assert record.refused == ("debt",)
    assert result.sheets[RowKind.DEBT].refused == 1


@pytest.mark.parametrize(
    ("column", "said"),
    [(1, ""), (1, "1300"), (1, "1406"), (2, "عوارض ۱۴۰۴"), (5, "1415/01/01"), (7, BILL)],
)
def test_a_debt_whose_cells_can_be_is_one(
    sqlite_engine: Engine, tmp_path: Path, column: int, said: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.DEBT][1:] = [[str(CODE), *DEBT]]
        rows[RowKind.DEBT][1][column] = said

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert [debt.total for debt in record.debts] == [3_050_000]
    assert not record.doubted


@pytest.mark.parametrize(
    ("kind", "column"), [(RowKind.DEBT, 6), (RowKind.PROPERTY, 16), (RowKind.FILE, 1)]
)
def test_what_is_quoted_is_short_and_has_no_controls(
    sqlite_engine: Engine, tmp_path: Path, kind: RowKind, column: int
) -> None:
    told = tmp_path / "report.csv"

    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[kind][1][column] = "\x00م\x07" * 5000
        rows[kind][1][0] = f"{rows[kind][1][0]}-\x00" if kind is RowKind.FILE else str(CODE)

    _, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert all(len(word) <= 60 for _, word in result.unknown)
    text = told.read_text(encoding="utf-8-sig")
    assert "\x00" not in text
    assert max(map(len, text.splitlines())) < 400


def workbook(
    path: Path,
    cells: dict[tuple[RowKind, int, int], str | int | date],
    errors: set[tuple[RowKind, int, int]] | None = None,
    spread: tuple[RowKind, int, int, int, int] | None = None,
    above: int = 0,
    before: int = 0,
    other: tuple[str, ExportSheet] | None = None,
) -> Path:
    """The full house, `cells` by sheet, row and column otherwise, below and beside blank ones; with
    an `other` sheet of that name and those headings."""
    rows: dict[RowKind, list[list[str | int | date]]] = {
        sheet.kind: [[*sheet.columns]] for sheet in SHEETS
    }
    for kind, line in lines(FULL):
        rows[kind].append([*line])
    for (kind, row, column), said in cells.items():
        line_ = rows[kind][row]
        line_ += [""] * (column + 1 - len(line_))
        line_[column] = said
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title)
            for number, cells_ in enumerate(rows[sheet.kind]):
                page.write_row(above + number, before, cells_)
            for kind, row, column in errors or ():
                if kind is sheet.kind:
                    page.write_formula(above + row, before + column, "=NA()", None, "#N/A")
            if spread and spread[0] is sheet.kind:
                _, first, last, column, total = spread
                at = before + column
                page.merge_range(above + first, at, above + last, at, total)
        if other:
            book.add_worksheet(other[0]).write_row(0, 0, other[1].columns)
    return path


def read(engine: Engine, path: Path) -> tuple[PropertyRecord, ImportResult]:
    result = import_export(engine, path, DAY, RULES)
    with engine.connect() as connection:
        record = find(connection, CODE, None).record
    assert record is not None
    return record, result


def test_cells_beyond_a_workbooks_headings_have_moved(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    moved: dict[tuple[RowKind, int, int], str | int | date] = {
        (RowKind.FILE, 1, 5): 290_000_000,
        (RowKind.PERMIT, 1, 4): "1402/01/01",
    }
    record, _ = read(sqlite_engine, workbook(tmp_path / "export.xlsx", moved))
    assert (record.files, record.permits) == ((), ())
    assert record.refused == ("file", "permit")


@pytest.mark.parametrize(("above", "before"), [(0, 0), (0, 1), (3, 0), (20, 2)])
def test_a_cell_in_error_is_one_wherever_the_sheet_begins(
    sqlite_engine: Engine, tmp_path: Path, above: int, before: int
) -> None:
    wrong = {(RowKind.PERMIT, 1, 3), (RowKind.OWNER, 1, 5)}
    path = workbook(
        tmp_path / "export.xlsx",
        {},
        wrong,
        (RowKind.DEBT, 1, 3, 3, 9_000_000),
        above=above,
        before=before,
    )
    record, result = read(sqlite_engine, path)
    assert record.permits == ()
    assert record.owners[0].dead is None or record.owners[1].dead is None
    # Of a sum over three rows the first alone has it.
    assert [debt.principal for debt in record.debts] == [9_000_000]
    assert result.sheets[RowKind.DEBT].refused == len(HOUSE.debts) - 1


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1900, 1, 1)])
def test_a_day_of_no_calendar_is_no_day(sqlite_engine: Engine, tmp_path: Path, day: date) -> None:
    path = workbook(tmp_path / "export.xlsx", {(RowKind.PERMIT, 1, 3): day})
    record, result = read(sqlite_engine, path)
    assert record.permits == ()
    assert result.sheets[RowKind.PERMIT].refused == 1
