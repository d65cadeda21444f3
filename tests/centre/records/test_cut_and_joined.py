"""Files that were cut, broken or joined in an editor, and what lies beside an export's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine

from desktop.centre.records.columns import DEBTS, FILES, RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.domain.errors import Refusal
from desktop.domain.property import PropertyRecord
from tests.centre.records.test_cells_that_moved import read, workbook
from tests.centre.records.test_never_guessed import FULL, imported
from tests.centre.records.test_unlikely_cells import CODE, DAY
from tests.centre.records.writing import write_records
from tests.spelled import RULES

FINED = f"{CODE},اضافه بنا,20,رأی قطعی جریمه – پرداخت‌نشده"


def house(engine: Engine, folder: Path, spoil: Callable[[Path], None]) -> PropertyRecord:
    """The full house out of a folder that somebody spoilt."""
    write_records([FULL], folder)
    spoil(folder)
    import_export(engine, folder, DAY, RULES)
    with engine.connect() as connection:
        record = find(connection, CODE, None).record
    assert record is not None
    return record


def put(folder: Path, *rows: str, end: str = "\n") -> None:
    """The file of Article 100, with these rows and that end."""
    text = "\n".join([",".join(FILES.columns), *rows]) + end
    (folder / f"{FILES.title}.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("fine", ["2900", "290000000", ""])
def test_a_last_row_whose_line_is_not_ended_is_cut(
    sqlite_engine: Engine, tmp_path: Path, fine: str
) -> None:
    record = house(sqlite_engine, tmp_path / "export", lambda f: put(f, f"{FINED},{fine}", end=""))
    assert record.files == ()
    assert record.refused == ("file",)


def test_where_no_files_last_line_is_ended_none_is_cut(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def spoil(folder: Path) -> None:
        for path in folder.iterdir():
            path.write_bytes(path.read_bytes().rstrip(b"\r\n"))

    record = house(sqlite_engine, tmp_path / "export", spoil)
    assert not record.doubted
    assert len(record.files) == 1


def test_a_row_that_is_broken_in_its_last_cell_is_none(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    record = house(
        sqlite_engine, tmp_path / "export", lambda f: put(f, f"{FINED},290", "000000", FINED + ",7")
    )
    assert [file.fine for file in record.files] == [7]
    assert record.refused == ("file",)


@pytest.mark.parametrize("rows", [(f'{CODE},",12,برائت,0', f'{CODE},",20,برائت,0')])
def test_a_quote_that_swallowed_rows_is_told_with_its_row(
    sqlite_engine: Engine, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal, match="ردیف ۲ گیومه‌ای باز"):
        house(sqlite_engine, tmp_path / "export", lambda f: put(f, *rows))


def test_an_address_of_two_lines_is_one_cell(sqlite_engine: Engine, tmp_path: Path) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.PROPERTY][1][4] = '"یزد\n2-14 کوچهٔ ۲"'

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.address == "یزد 2-14 کوچهٔ 2"


@pytest.mark.parametrize("name", ["ادامه", "بدهی ۱۴۰۴", "Sheet8"])
def test_another_sheet_with_a_sheets_headings_is_refused_by_name(
    sqlite_engine: Engine, tmp_path: Path, name: str
) -> None:
    def beside(folder: Path) -> None:
        shutil.copy(folder / f"{DEBTS.title}.csv", folder / f"{name}.csv")

    with pytest.raises(Refusal, match=f"«{name}» ستون‌های «بدهی‌ها»"):
        house(sqlite_engine, tmp_path / "export", beside)
    path = workbook(tmp_path / "export.xlsx", {}, other=(name, DEBTS))
    with pytest.raises(Refusal, match=f"«{name}» ستون‌های «بدهی‌ها»"):
        read(sqlite_engine, path)


def test_other_sheets_are_nobodys(sqlite_engine: Engine, tmp_path: Path) -> None:
    def beside(folder: Path) -> None:
        (folder / "راهنما.csv").write_text("کد نوسازی,توضیح\n1-1-1-1,ب\n", encoding="utf-8")

    assert not house(sqlite_engine, tmp_path / "export", beside).doubted


def test_a_workbook_beside_the_files_is_another_export(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def beside(folder: Path) -> None:
        xlsxwriter.Workbook(folder / "1405-09.xlsx").close()

    with pytest.raises(Refusal, match=r"«1405-09\.xlsx»"):
        house(sqlite_engine, tmp_path / "export", beside)


@pytest.mark.parametrize(
    ("said", "built", "doubted"),
    [("", 0, True), ("-", 0, True), ("ندارد", 0, True), ("0", 0, False), ("180", 180, False)],
)
def test_a_building_says_how_large_it_is(
    sqlite_engine: Engine, tmp_path: Path, said: str, built: int, *, doubted: bool
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.PROPERTY][1][11] = said

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.built == Decimal(built)
    assert record.doubted is doubted
    assert record.unread == (("built",) if doubted else ())


def test_bare_land_needs_no_built_area(sqlite_engine: Engine, tmp_path: Path) -> None:
    land = str(CODE.land_code)

    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        own = rows[RowKind.PROPERTY][1]
        rows[RowKind.PROPERTY].append([land, *own[1:11], "", *own[12:]])

    imported(sqlite_engine, tmp_path / "export", spoil)
    with sqlite_engine.connect() as connection:
        bare = find(connection, CODE.land_code, None).record
    assert bare is not None
    assert not bare.doubted
