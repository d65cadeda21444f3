"""What an export says in a way that could be two things is nobody's answer: a person looks."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
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
from desktop.domain.errors import Refusal
from desktop.domain.property import (
    Article100File,
    Certificate,
    Hold,
    Permit,
    PropertyRecord,
)
from tests.centre.records.test_unlikely_cells import CODE, DAY, HOUSE, read, reasons
from tests.spelled import RULES

FULL = replace(
    HOUSE,
    built=Decimal(180),
    permits=(Permit("2-1147", date(2024, 5, 1), date(2027, 5, 1)),),
    certificates=(Certificate("پایان کار", "18273", date(2025, 1, 1), None),),
    files=(Article100File("اضافه بنا", Decimal(20), "رأی قطعی جریمه – پرداخت‌نشده", 290_000_000),),
    holds=(Hold("شعبهٔ ۳", "1907", date(2024, 9, 1), "همه", None),),
)
Spoil = Callable[[dict[RowKind, list[list[str]]]], None]


def imported(engine: Engine, folder: Path, spoil: Spoil) -> tuple[PropertyRecord, ImportResult]:
    """The house out of a folder of files whose lines were spoilt, as other programs write them."""
    rows = {sheet.kind: [",".join(sheet.columns).split(",")] for sheet in SHEETS}
    for kind, line in lines(FULL):
        rows[kind].append([*map(str, line)])
    spoil(rows)
    folder.mkdir()
    for sheet in SHEETS:
        text = "\n".join(",".join(row) for row in rows[sheet.kind])
        (folder / f"{sheet.title}.csv").write_text(text + "\n", encoding="utf-8-sig")
    result = import_export(engine, folder, DAY, RULES, report_path=folder.parent / "report.csv")
    with engine.connect() as connection:
        record = find(connection, CODE, None).record
    assert record is not None
    return record, result


def test_a_row_with_more_cells_than_headings_is_none(sqlite_engine: Engine, tmp_path: Path) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.FILE][1][4] = "290,000,000"
        # Nothing beyond the headings is nothing.
        rows[RowKind.HOLD][1] += ["", " "]

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.files == ()
    assert record.doubted
    assert record.refused == ("file",)
    assert len(record.holds) == 1
    assert any("خانهٔ بیشتری" in reason for reason in reasons(result))


def test_a_propertys_own_row_with_more_cells_says_nothing_of_it(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.PROPERTY][1][4] = "بلوار طالقانی, پلاک ۴"

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.doubted
    assert {"built", "deed", "use", "address"} <= set(record.unread)
    assert record.built == 0
    assert record.address == ""
    assert len(record.owners) == 2
    assert result.sheets[RowKind.PROPERTY].told == 1


def test_a_row_that_is_broken_in_a_cell_is_none_but_a_short_one_stands(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        code, number, issued, expires = rows[RowKind.PERMIT][1]
        rows[RowKind.PERMIT][1:] = [[code, f"{number[:3]}\n{number[3:]}", issued, expires]]
        # An end that is left out where it is empty, as some writers do.
        rows[RowKind.HOLD][1] = rows[RowKind.HOLD][1][:5]

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.permits == ()
    assert record.refused == ("permit",)
    assert any("شکسته" in reason for reason in reasons(result))
    assert [hold.ends for hold in record.holds] == [None]


def test_a_row_that_says_only_whose_it_is_says_that_there_is_none(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        for kind, sheet in ((s.kind, s) for s in SHEETS if s.kind is not RowKind.PROPERTY):
            empty = ["ندارد", "-", *[""] * len(sheet.columns)]
            rows[kind][1:] = [[rows[kind][1][0], *empty[: len(sheet.columns) - 1]]]

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert (record.permits, record.holds, record.debts, record.owners) == ((), (), (), ())
    assert not record.doubted
    count = result.sheets[RowKind.PERMIT]
    assert (count.read, count.silent, count.kept) == (1, 1, 0)


@pytest.mark.parametrize(
    ("kind", "column", "error"),
    [
        (RowKind.PROPERTY, 4, "#N/A"),
        (RowKind.PROPERTY, 8, "#REF!"),
        (RowKind.OWNER, 1, "#NAME?"),
        (RowKind.PERMIT, 1, "#n/a"),
        (RowKind.DEBT, 2, "#VALUE!"),
        (RowKind.HOLD, 1, "#DIV/0!"),
        (RowKind.HOLD, 2, "#N/A"),
    ],
)
def test_a_cell_in_error_is_no_text(
    sqlite_engine: Engine, tmp_path: Path, kind: RowKind, column: int, error: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[kind][1][column] = error

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.doubted
    assert "#" not in repr(record)
    assert "این خانه خطا دارد یا حساب نشده است." in reasons(result)


@pytest.mark.parametrize("said", ["نامشخص", "نا‌معلوم", "NULL", "----", "—", "؟", "0", "بدون شماره"])
@pytest.mark.parametrize("column", [1, 2])
def test_an_authority_or_number_that_nobody_knows_is_none(
    sqlite_engine: Engine, tmp_path: Path, column: int, said: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.HOLD][1][column] = said

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    (hold,) = record.holds
    assert "" in (hold.authority, hold.number)
    assert hold.placed is not None


@pytest.mark.parametrize(
    ("kind", "column", "said"),
    [
        (RowKind.HOLD, 5, "1300/01/01"),
        (RowKind.HOLD, 5, "1348/10/11"),
        (RowKind.HOLD, 5, "1402/01/01"),
        (RowKind.HOLD, 3, "1450/06/10"),
        (RowKind.PERMIT, 2, "1450/01/01"),
        (RowKind.PERMIT, 3, "1446/01/01"),
        (RowKind.CERTIFICATE, 3, "1450/03/01"),
        (RowKind.DEBT, 5, "1450/01/01"),
        (RowKind.FILE, 4, "0"),
        (RowKind.FILE, 4, "FALSE"),
        (RowKind.DEBT, 3, "خیر"),
    ],
)
def test_a_day_or_a_sum_that_can_t_be_makes_no_row(
    sqlite_engine: Engine, tmp_path: Path, kind: RowKind, column: int, said: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[kind][1][column] = said

    record, result = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.doubted
    assert record.refused == (kind.value,)
    assert result.sheets[kind].refused == 1


@pytest.mark.parametrize(
    ("built", "kept"),
    [("180.5", "180.50"), ("1.250", None), ("1/250", None), ("۱٫۲۵۰", None), ("1,250", "1250.00")],
)
def test_three_places_may_be_thousands(
    sqlite_engine: Engine, tmp_path: Path, built: str, kept: str | None
) -> None:
    record, _ = read(sqlite_engine, tmp_path, {(RowKind.PROPERTY, 1, 11): built})
    assert record is not None
    assert ("built" in record.unread) is (kept is None)
    assert record.built == Decimal(kept or 0)


def test_what_a_formula_found_true_is_no_number(sqlite_engine: Engine, tmp_path: Path) -> None:
    cells: dict[tuple[RowKind, int, int], str] = {
        (RowKind.PROPERTY, 1, 11): False,  # type: ignore[dict-item]
        (RowKind.PROPERTY, 1, 16): True,  # type: ignore[dict-item]
    }
    record, _ = read(sqlite_engine, tmp_path, cells)
    assert record is not None
    assert record.unread == ("built",)
    assert record.historic


def test_a_formula_that_comes_to_nothing_is_empty(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title)
            page.write_row(0, 0, list(sheet.headings))
            own = [line for kind, line in lines(FULL) if kind is sheet.kind]
            for number, line in enumerate(own, 1):
                page.write_row(number, 0, line)
            if sheet.kind is RowKind.HOLD:
                page.write_formula(1, 5, '=IF(A1="","",A1)', None, "")
    # As a spreadsheet writes a text without a letter.
    again = tmp_path / "again.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(again, "w") as new:
        for part in old.infolist():
            content = old.read(part.filename)
            new.writestr(part, content.replace(b'<c r="F2"><f>', b'<c r="F2" t="str"><f>'))
    import_export(sqlite_engine, again, DAY, RULES)
    with sqlite_engine.connect() as connection:
        record = find(connection, CODE, None).record
    assert record is not None
    assert [hold.ends for hold in record.holds] == [None]
    assert not record.doubted


def test_a_second_part_of_a_sheet_is_not_left_unread(sqlite_engine: Engine, tmp_path: Path) -> None:
    imported(sqlite_engine, tmp_path / "export", lambda rows: None)
    debts = (tmp_path / "export" / "بدهی‌ها.csv").read_bytes()
    (tmp_path / "export" / "بدهی‌ها (2).csv").write_bytes(debts)
    with pytest.raises(Refusal, match=r"بدهی‌ها \(2\)"):
        import_export(sqlite_engine, tmp_path / "export", DAY, RULES)


def test_what_was_packed_is_one_export(sqlite_engine: Engine, tmp_path: Path) -> None:
    imported(sqlite_engine, tmp_path / "export", lambda rows: None)
    read(sqlite_engine, tmp_path, {})
    book, packed = tmp_path / "export.xlsx", tmp_path / "سوابق آذر.zip"
    with zipfile.ZipFile(packed, "w") as into:
        into.write(book, "خروجی/export.xlsx")
    assert import_export(sqlite_engine, packed, DAY, RULES).sheets[RowKind.PROPERTY].kept == 1
    with zipfile.ZipFile(packed, "a") as into:
        for path in (tmp_path / "export").glob("*.csv"):
            into.write(path, path.name)
    with pytest.raises(Refusal, match="بیش از یک خروجی"):
        import_export(sqlite_engine, packed, DAY, RULES)
    few = tmp_path / "کم.zip"
    with zipfile.ZipFile(few, "w") as into:
        into.write(tmp_path / "export" / "املاک.csv", "املاک.csv")
    with pytest.raises(Refusal, match="در «کم»"):
        import_export(sqlite_engine, few, DAY, RULES)


@pytest.mark.parametrize(("encoding", "spoilt"), [("utf-8", b"\xff"), ("utf-16-le", b"")])
def test_a_file_in_another_writing_is_told_as_that(
    sqlite_engine: Engine, tmp_path: Path, encoding: str, spoilt: bytes
) -> None:
    imported(sqlite_engine, tmp_path / "export", lambda rows: None)
    path = tmp_path / "export" / "مالکین.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_bytes(text.encode(encoding)[:-1] + spoilt + text[-1].encode(encoding))
    if not spoilt:
        path.write_bytes(text.encode(encoding))
        assert import_export(sqlite_engine, tmp_path / "export", DAY, RULES).changed is False
        return
    with pytest.raises(Refusal, match="به رمز UTF-8 نیست"):
        import_export(sqlite_engine, tmp_path / "export", DAY, RULES)


def test_the_report_hands_no_formula_on(sqlite_engine: Engine, tmp_path: Path) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.OWNER].append(['=HYPERLINK("http://x")', *rows[RowKind.OWNER][1][1:]])

    imported(sqlite_engine, tmp_path / "export", spoil)
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not any(cell.startswith("=") for cell in cells)
    assert any(cell.startswith("'=") for cell in cells)
