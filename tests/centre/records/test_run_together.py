"""Rows, cells and numbers that ran into one another or moved: told to a person, never guessed."""

from __future__ import annotations

import lzma
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.centre.records.columns import DEBTS, FILES, PROPERTIES, SHEETS, ExportSheet, RowKind
from desktop.centre.records.importer import import_export, stage_export
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import RenewalCode, plate, renewal_code
from desktop.domain.persian import clean
from tests.centre.records.test_cut_and_joined import house
from tests.centre.records.test_never_guessed import FULL, imported
from tests.centre.records.test_unlikely_cells import CODE, DAY, read, reasons
from tests.centre.records.writing import write_records
from tests.spelled import RULES

UNPAID = "رأی قطعی جریمه – پرداخت‌نشده"
OTHER = "2-14-308-28-1-0-0"


def put(folder: Path, sheet: ExportSheet, *lines: str, columns: list[str] | None = None) -> None:
    """The sheet's file with these lines below its headings."""
    text = "\n".join([",".join(columns or sheet.columns), *lines]) + "\n"
    (folder / f"{sheet.title}.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("place", ["first", "second", "last"])
def test_a_quote_that_swallowed_rows_is_told_wherever_the_code_stands(
    sqlite_engine: Engine, tmp_path: Path, place: str
) -> None:
    """A ditto mark in two rows: what lies between them would be one cell."""
    others, codes = FILES.columns[1:], [str(CODE), OTHER, str(CODE)]
    rest = ['",20', "بالکن,8", '",12']
    orders: dict[str, tuple[list[str], list[str]]] = {
        "first": (
            [FILES.columns[0], *others],
            [f"{code},{said},{UNPAID},0" for code, said in zip(codes, rest, strict=True)],
        ),
        "second": (
            ["ردیف", FILES.columns[0], *others],
            [f"1,{code},{said},{UNPAID},0" for code, said in zip(codes, rest, strict=True)],
        ),
        "last": (
            [*others, FILES.columns[0]],
            [f"{said},{UNPAID},0,{code}" for code, said in zip(codes, rest, strict=True)],
        ),
    }
    columns, lines = orders[place]
    with pytest.raises(Refusal, match="ردیف ۲ گیومه‌ای باز"):
        house(sqlite_engine, tmp_path / "x", lambda f: put(f, FILES, *lines, columns=columns))


@pytest.mark.parametrize("said", ["4,5", "4ـ5", "4٬5", "4,2-1", "4,52", "4\u200c5"])
def test_two_numbers_of_a_code_in_one_place_are_no_code(said: str) -> None:
    try:
        read_as = renewal_code(f"2-14-308-{said}").parts
    except Refusal:
        return
    # A stroke between two numbers parts them, as a hyphen does.
    assert said == "4ـ5"
    assert read_as == (2, 14, 308, 4, 5, 0, 0)


def test_thousands_of_a_codes_number_are_marked_by_threes() -> None:
    assert renewal_code("2-14-1,308-۴٬۱۲۳") == RenewalCode(2, 14, 1308, 4123)


@pytest.mark.parametrize(
    "main", ["12,13", "65,4555", "65ـ4555", "65\u200c4555", "1//5", "5-", "--"]
)
def test_what_is_no_one_number_is_no_number_of_a_plate(
    sqlite_engine: Engine, tmp_path: Path, main: str
) -> None:
    with pytest.raises(Refusal):
        plate("2", main, "0")
    record, result = read(sqlite_engine, tmp_path, {(RowKind.PROPERTY, 1, 3): main})
    assert record is not None
    assert record.plate is None
    assert record.unread == ("plate",)
    # Beside its own cell.
    assert {heading for _, heading, _ in result.reasons} == {PROPERTIES.columns[3]}


@pytest.mark.parametrize(
    ("column", "why"), [(1, "بخش نوشته نشده است"), (2, "پلاک اصلی نوشته نشده است")]
)
def test_half_a_plate_is_told(sqlite_engine: Engine, tmp_path: Path, column: int, why: str) -> None:
    record, result = read(sqlite_engine, tmp_path, {(RowKind.PROPERTY, 1, column): ""})
    assert record is not None
    assert record.plate is None
    assert any(why in reason for reason in reasons(result))


def test_a_stroke_between_digits_is_seen_and_one_between_letters_only_stretches() -> None:
    assert clean("۶۵ـ۴۵۵۵") == "65-4555"
    assert clean("٦٥\u200eـ\u200f٤٥٥٥") == "65-4555"
    assert clean("مــنزل ـ 5") == "منزل 5"
    assert clean(clean("1ـ2ـ3")) == clean("1ـ2ـ3") == "1-2-3"


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (RowKind.PERMIT, ["14000101", "14020101", ""]),
        (RowKind.PERMIT, ["14,000,101", "14020101", ""]),
        (RowKind.PERMIT, ["1400.01.01", "1402.01.01", ""]),
        (RowKind.PERMIT, ["14000101", "", ""]),
        (RowKind.CERTIFICATE, ["عدم خلاف", "14030101", "14030701"]),
        (RowKind.CERTIFICATE, ["عدم خلاف", "1403-01-01", "1403-07-01", ""]),
    ],
)
def test_a_paper_whose_day_moved_to_its_number_is_none(
    sqlite_engine: Engine, tmp_path: Path, kind: RowKind, cells: list[str]
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[kind][1][1:] = cells

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.refused == (kind.value,)


@pytest.mark.parametrize(
    "cells", [["14000101", "1400/01/01", "1405/12/29"], ["14030132", "1403/05/01", ""]]
)
def test_a_number_that_can_be_one_stays(
    sqlite_engine: Engine, tmp_path: Path, cells: list[str]
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.PERMIT][1][1:] = cells

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert [permit.number for permit in record.permits] == cells[:1]
    assert not record.doubted


@pytest.mark.parametrize("number", ["14030101", "1403.01.01", "1403/1/1"])
def test_a_hold_numbered_by_a_day_has_no_number(
    sqlite_engine: Engine, tmp_path: Path, number: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.HOLD][1][2] = number

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert [hold.number for hold in record.holds] == [""]


@pytest.mark.parametrize(
    "lines",
    [
        # The thousands of one sum in two cells: the last, blank, stands beyond the headings.
        [f"{CODE},1404,نوسازی,150,000,,,,,"],
        # Of a writer that leaves out the empty cells at a row's end.
        [f"{CODE},1404,نوسازی,۱۵۰,۰۰۰"],
        # Anything moved, where the other rows have none beyond.
        [f"{CODE},1403,نوسازی,9000000,0,,,,", f"{CODE},1404,نوسازی 8,5000000,0,,,,,"],
    ],
)
def test_a_debt_in_cells_too_many_asks_no_money(
    sqlite_engine: Engine, tmp_path: Path, lines: list[str]
) -> None:
    record = house(sqlite_engine, tmp_path / "x", lambda f: put(f, DEBTS, *lines))
    assert [debt.year for debt in record.debts] == [1403] * (len(lines) - 1)
    assert record.refused == ("debt",)


def test_rows_that_all_end_in_a_parter_are_as_they_were_written(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    lines = [f"{CODE},1403,نوسازی,9000000,0,,,,,", f"{CODE},1404,نوسازی,5000000,0,,,,,"]
    record = house(sqlite_engine, tmp_path / "x", lambda f: put(f, DEBTS, *lines))
    assert sorted(debt.principal for debt in record.debts) == [5_000_000, 9_000_000]
    assert not record.doubted


@pytest.mark.parametrize("said", ["Err:502", "#REF", "#DIV/0", "#VALUE", "#n/a", "####", "ERR 511"])
def test_a_cell_in_error_is_one_in_whichever_program(
    sqlite_engine: Engine, tmp_path: Path, said: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.HOLD][1][1] = said

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.refused == ("hold",)


@pytest.mark.parametrize(
    ("column", "said", "name"),
    [
        (11, "8916783130", "built"),
        (17, "999999999", "widening"),
        (10, "1,000,000", "land"),
        (12, "201", "floors"),
        (13, "8916783", "units"),
        (4, "نشانی " * 1000, "address"),
    ],
)
def test_what_is_larger_than_anything_in_the_city_is_unknown(
    sqlite_engine: Engine, tmp_path: Path, column: int, said: str, name: str
) -> None:
    record, _ = read(sqlite_engine, tmp_path, {(RowKind.PROPERTY, 1, column): said})
    assert record is not None
    assert record.unread == (name,)


def test_a_cell_of_a_million_letters_is_its_rows_fault(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.HOLD][1][1] = "م" * 1_000_000

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    assert record.refused == ("hold",)


@pytest.mark.parametrize("filling", [b"\x1a", b"\x00" * 512, b"\x1a\x00\x00"])
def test_what_fills_a_file_up_is_no_row(
    sqlite_engine: Engine, tmp_path: Path, filling: bytes
) -> None:
    def spoil(folder: Path) -> None:
        for path in folder.iterdir():
            path.write_bytes(path.read_bytes() + filling)

    assert not house(sqlite_engine, tmp_path / "x", spoil).doubted


EMPTIED = {
    "بافت تاریخی": (RowKind.PROPERTY, 16, "بله"),
    "تعریض": (RowKind.PROPERTY, 17, "12"),
    "طرح": (RowKind.PROPERTY, 18, "بله"),
    "فوت": (RowKind.OWNER, 5, "بله"),
    "سررسید": (RowKind.DEBT, 5, "1408/01/01"),
    "وضعیت": (RowKind.DEBT, 6, "مادهٔ ۷۷"),
}


@pytest.mark.parametrize("heading", EMPTIED)
def test_a_column_whose_empty_cell_says_something_is_not_emptied_unseen(
    sqlite_engine: Engine, tmp_path: Path, heading: str
) -> None:
    kind, column, said = EMPTIED[heading]

    def filled(text: str) -> Callable[[Path], None]:
        def spoil(folder: Path) -> None:
            sheet = next(each for each in SHEETS if each.kind is kind)
            path = folder / f"{sheet.title}.csv"
            lines = [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
            for line in lines[1:]:
                line[column] = text
            path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")

        return spoil

    for name, text in (("first", said), ("second", "")):
        write_records([FULL], tmp_path / name)
        filled(text)(tmp_path / name)
    import_export(sqlite_engine, tmp_path / "first", DAY, RULES)
    later = stage_export(sqlite_engine, tmp_path / "second", DAY + timedelta(days=1), RULES)
    assert heading in {cause.heading for cause in later.causes}


# What lies beside the files, or is no file.


def test_folders_and_lost_links_beside_the_files_are_nobodys(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def beside(folder: Path) -> None:
        (folder / "کهنه.csv").mkdir()
        (folder / "کارپوشه.xlsx").mkdir()
        (folder / "دور.csv").symlink_to(folder / "nowhere")

    assert not house(sqlite_engine, tmp_path / "x", beside).doubted


@pytest.mark.parametrize("how", ["a folder", "a lost link"])
def test_a_sheet_that_is_no_file_is_missing(
    sqlite_engine: Engine, tmp_path: Path, how: str
) -> None:
    def spoil(folder: Path) -> None:
        path = folder / f"{DEBTS.title}.csv"
        path.unlink()
        path.mkdir() if how == "a folder" else path.symlink_to(folder / "nowhere")

    with pytest.raises(Refusal, match="این فایل نیست: «بدهی‌ها»"):
        house(sqlite_engine, tmp_path / "x", spoil)


def packed(folder: Path, how: int = zipfile.ZIP_DEFLATED) -> Path:
    write_records([FULL], folder)
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", how) as into:
        for each in sorted(folder.iterdir()):
            into.write(each, f"export/{each.name}")
    return path


def test_what_a_mac_packs_beside_each_file_is_its_own(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    path = packed(tmp_path / "x")
    with zipfile.ZipFile(path, "a") as into:
        for sheet in SHEETS:
            into.writestr(f"__MACOSX/export/._{sheet.title}.csv", b"\0\5\x16\7" + b"\0" * 100)
        into.writestr("export/قدیم.csv/", "")
    assert import_export(sqlite_engine, path, DAY, RULES).sheets[RowKind.PROPERTY].kept == 1


def test_a_name_that_no_file_can_have_is_refused_by_name(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    path = packed(tmp_path / "x")
    with zipfile.ZipFile(path, "a") as into:
        into.writestr("ن" * 200 + ".csv", "x")
    with pytest.raises(Refusal, match="نام «نن"):
        import_export(sqlite_engine, path, DAY, RULES)


@pytest.mark.parametrize(
    ("method", "words"), [(97, "به روشی فشرده شده"), (zipfile.ZIP_LZMA, "آسیب دیده")]
)
def test_what_cant_be_unpacked_says_why(
    sqlite_engine: Engine, tmp_path: Path, method: int, words: str
) -> None:
    whole = bytearray(packed(tmp_path / "x", zipfile.ZIP_LZMA).read_bytes())
    if method == zipfile.ZIP_LZMA:
        # Within the packed bytes of the first file.
        whole[120:160] = b"\xff" * 40
        with pytest.raises(lzma.LZMAError):
            lzma.decompress(bytes(whole[120:160]))
    else:
        for mark, at in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
            start = whole.find(mark)
            while start >= 0:
                whole[start + at] = method
                start = whole.find(mark, start + 4)
    path = tmp_path / "again.zip"
    path.write_bytes(whole)
    with pytest.raises(Refusal, match=words):
        import_export(sqlite_engine, path, DAY, RULES)


def test_where_no_property_can_be_read_the_first_row_says_why(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    def spoil(folder: Path) -> None:
        path = folder / f"{PROPERTIES.title}.csv"
        head, line = path.read_text("utf-8-sig").splitlines()
        rest = line.split(",", 1)[1]
        path.write_text(f"{head}\n02014308045,{rest}\n", encoding="utf-8")

    with pytest.raises(Refusal, match="ردیف ۲، «کد نوسازی»: «02014308045»"):
        house(sqlite_engine, tmp_path / "x", spoil)
