"""Exports as other systems and people write them: what is understood comes out as the plain one."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine, select

from desktop.centre.records.columns import CODE, DEBTS, PROPERTIES, SHEETS, ExportSheet
from desktop.centre.records.importer import import_export
from desktop.centre.records.tables import RECORD
from desktop.domain.calendar import parse_jalali
from tests.spelled import RULES

SAMPLE = Path(__file__).parents[2] / "data" / "export-sample" / "csv"
DAY = parse_jalali("1405/09/03")
Rows = list[list[str]]
Rewrite = Callable[[Rows], bytes]


def text_of(rows: Rows, parter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=parter, lineterminator=end).writerows(rows)
    return out.getvalue()


def semicolons(rows: Rows) -> bytes:
    return text_of(rows, ";").encode()


def tabs(rows: Rows) -> bytes:
    return text_of(rows, "\t").encode("utf-8-sig")


def old_mac(rows: Rows) -> bytes:
    return text_of(rows, end="\r").encode()


def utf16(rows: Rows) -> bytes:
    return text_of(rows, "\t").encode("utf-16")


def utf16_without_a_mark(rows: Rows) -> bytes:
    return text_of(rows).encode("utf-16-le")


def windows_arabic(rows: Rows) -> bytes:
    # That code page has no Persian ye and no other digits: as it is typed there.
    latin = "0123456789" * 2
    typed = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ی٬٫", f"{latin}ي,.")
    return text_of([[cell.translate(typed) for cell in row] for row in rows]).encode("cp1256")


def titled(rows: Rows) -> bytes:
    above = [["شهرداری یزد، گزارش نوسازی"], ["تاریخ گزارش", "1405/09/03"], []]
    return text_of([*above, *rows]).encode("utf-8-sig")


def blank_above(rows: Rows) -> bytes:
    return text_of([[""] * len(rows[0])] * 4 + rows).encode()


def quoted(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


WAYS = (
    semicolons, tabs, old_mac, utf16, utf16_without_a_mark, windows_arabic, titled, blank_above,
    quoted,
)  # fmt: skip


def rows_of(sheet: ExportSheet) -> Rows:
    with (SAMPLE / f"{sheet.title}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def bodies(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.code: row.body for row in connection.execute(select(RECORD))}


@pytest.mark.parametrize("write", WAYS, ids=lambda way: way.__name__)
@pytest.mark.slow
def test_each_way_of_writing_a_folder_is_understood(
    sqlite_engine: Engine, tmp_path: Path, write: Rewrite
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for sheet in SHEETS:
        (folder / f"{sheet.title}.csv").write_bytes(write(rows_of(sheet)))
    totals = import_export(sqlite_engine, folder, DAY, RULES).totals()
    assert (totals["property"], totals["debt"], totals["debt_rial"]) == (600, 243, 3_775_031_000)
    assert (totals["owner"], totals["widening_m2"]) == (877, "521.80")


@pytest.mark.slow
def test_a_last_row_in_wide_letters_may_end_early(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Systems leave out the empty cells at a row's end; only one without an end is cut."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "export"))
    (folder / f"{DEBTS.title}.csv").write_bytes(
        text_of([*rows_of(DEBTS)[:-1], rows_of(DEBTS)[-1][:-2]]).encode("utf-16")
    )
    assert import_export(sqlite_engine, folder, DAY, RULES).totals()["debt"] == 243


@pytest.mark.slow
def test_the_ways_of_writing_may_differ_from_file_to_file(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for sheet, write in zip(SHEETS, WAYS, strict=False):
        (folder / f"{sheet.title}.csv").write_bytes(write(rows_of(sheet)))
    assert import_export(sqlite_engine, folder, DAY, RULES).totals()["debt"] == 243


def workbook(path: Path, debts_merged: bool = False, titles: bool = False) -> Path:
    """The sample as a workbook; one property's debts under one merged code, titles above."""
    with xlsxwriter.Workbook(path) as book:
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title)
            rows = rows_of(sheet)
            top = 3 if titles else 0
            if titles:
                page.merge_range(0, 0, 0, 4, "شهرداری یزد")
                page.write(1, 0, "گزارش نوسازی")
            if sheet is DEBTS and debts_merged:
                rows = [rows[0], *sorted(rows[1:], key=lambda row: row[0])]
            for number, row in enumerate(rows):
                page.write_row(top + number, 0, row)
            if sheet is DEBTS and debts_merged:
                for first, last in runs(rows):
                    page.merge_range(top + first, 0, top + last, 0, rows[first][0])
    return path


def runs(rows: Rows) -> list[tuple[int, int]]:
    """First and last of rows that follow each other with one code."""
    found: list[tuple[int, int]] = []
    start = 1
    for i in range(2, len(rows) + 1):
        if i == len(rows) or rows[i][0] != rows[start][0]:
            if i - 1 > start:
                found.append((start, i - 1))
            start = i
    return found


@pytest.mark.slow
def test_a_code_merged_over_several_rows_is_the_code_of_each(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    assert runs([[CODE], *sorted(rows_of(DEBTS)[1:])])
    result = import_export(
        sqlite_engine, workbook(tmp_path / "m.xlsx", debts_merged=True), DAY, RULES
    )
    assert result.totals()["debt_rial"] == 3_775_031_000
    assert result.causes == ()


@pytest.mark.slow
def test_titles_above_the_headings_of_a_workbook_are_passed_over(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    result = import_export(sqlite_engine, workbook(tmp_path / "t.xlsx", titles=True), DAY, RULES)
    assert result.totals()["property"] == 600


@pytest.mark.slow
def test_a_folder_may_come_packed(sqlite_engine: Engine, tmp_path: Path) -> None:
    packed = shutil.make_archive(str(tmp_path / "export"), "zip", SAMPLE)
    assert import_export(sqlite_engine, Path(packed), DAY, RULES).totals()["hold"] == 23


@pytest.mark.slow
def test_a_year_of_construction_is_read_where_an_export_has_it(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "export"))
    rows = rows_of(PROPERTIES)
    for row in rows:
        row.append("سال ساخت" if row is rows[0] else "۱۳۵۰")
    (folder / f"{PROPERTIES.title}.csv").write_text(text_of(rows), encoding="utf-8")
    import_export(sqlite_engine, folder, DAY, RULES)
    assert all('"year_built":1350' in body for body in bodies(sqlite_engine).values())
