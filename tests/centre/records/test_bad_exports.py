"""What is no whole export is refused in Persian, beside its cause, and nothing is changed."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine, func, select

from desktop.centre.records.columns import DEBTS, SHEETS, RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.centre.records.staging import Cancelled
from desktop.centre.records.tables import RECORD
from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from tests.spelled import RULES

SAMPLE = Path(__file__).parents[2] / "data" / "export-sample"
DAY = parse_jalali("1405/09/03")
DEBTS_FILE = f"{DEBTS.title}.csv"


def no_workbook(folder: Path) -> Path:
    path = folder / "letter.xlsx"
    path.write_bytes(b"Dear sir or madam, " * 500)
    return path


def empty_file(folder: Path) -> Path:
    path = folder / "empty.xlsx"
    path.touch()
    return path


def nothing(folder: Path) -> Path:
    return folder / "nowhere.xlsx"


def cut_workbook(folder: Path) -> Path:
    path = folder / "cut.xlsx"
    whole = (SAMPLE / "export.xlsx").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def repacked(folder: Path, change: Callable[[str, bytes], bytes]) -> Path:
    path = folder / "repacked.xlsx"
    with (
        zipfile.ZipFile(SAMPLE / "export.xlsx") as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            target.writestr(part.filename, change(part.filename, source.read(part)))
    return path


def cut_sheet(folder: Path) -> Path:
    return repacked(
        folder,
        lambda name, text: text[: len(text) // 2] if name.endswith("sheet6.xml") else text,
    )


def workbook_of(folder: Path, leave: RowKind | None = None, rows: bool = True) -> Path:
    path = folder / "made.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for sheet in SHEETS:
            if sheet.kind is not leave:
                page = workbook.add_worksheet(sheet.title)
                if rows:
                    page.write_row(0, 0, sheet.columns)
    return path


def lacking_sheet(folder: Path) -> Path:
    return workbook_of(folder, leave=RowKind.DEBT)


def no_rows(folder: Path) -> Path:
    return workbook_of(folder)


def no_headings(folder: Path) -> Path:
    return workbook_of(folder, rows=False)


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(SAMPLE / "csv", folder / "csv"))


def lacking_file(folder: Path) -> Path:
    path = copied(folder)
    (path / DEBTS_FILE).unlink()
    return path


def empty_folder(folder: Path) -> Path:
    path = folder / "empty"
    path.mkdir()
    return path


def lacking_column(folder: Path) -> Path:
    path = copied(folder)
    text = (path / DEBTS_FILE).read_text(encoding="utf-8-sig")
    (path / DEBTS_FILE).write_text(text.replace("سررسید", "ستون دیگر", 1), encoding="utf-8")
    return path


def empty_csv(folder: Path) -> Path:
    path = copied(folder)
    (path / DEBTS_FILE).write_bytes(b"")
    return path


def cut_csv(folder: Path) -> Path:
    path = copied(folder)
    text = (path / DEBTS_FILE).read_text(encoding="utf-8-sig")
    # In the third cell of a row in the middle.
    end = text.index(",", text.index(",", text.index("\n", len(text) // 2)) + 1) + 3
    (path / DEBTS_FILE).write_text(text[:end], encoding="utf-8", newline="")
    return path


def cut_letter(folder: Path) -> Path:
    path = copied(folder)
    whole = (path / DEBTS_FILE).read_bytes()
    end = whole.index("نوسازی".encode(), len(whole) // 2) + 3
    (path / DEBTS_FILE).write_bytes(whole[:end])
    return path


def other_encoding(folder: Path) -> Path:
    path = copied(folder)
    (path / DEBTS_FILE).write_bytes("کد نوسازی,سال".encode("utf-16"))
    return path


def unknown_encoding(folder: Path) -> Path:
    path = copied(folder)
    text = (path / DEBTS_FILE).read_text(encoding="utf-8-sig")
    (path / DEBTS_FILE).write_bytes(text.encode("cp1252", errors="replace"))
    return path


def no_heading(folder: Path) -> Path:
    path = copied(folder)
    lines = (path / DEBTS_FILE).read_text(encoding="utf-8-sig").splitlines()
    (path / DEBTS_FILE).write_text("\n".join(lines[1:]) + "\n", encoding="utf-8")
    return path


def one_csv(folder: Path) -> Path:
    return copied(folder) / DEBTS_FILE


def locked_workbook(folder: Path) -> Path:
    path = folder / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)
    return path


def open_document(folder: Path) -> Path:
    """As an office suite writes it: what it could not work out would be read as empty, or as 0."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    told = "".join(f' xmlns:{n}="{names}{n}:1.0"' for n in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="float" office:value="0"/>'
    sheet = f'<table:table table:name="{SHEETS[0].title}"><table:table-row>{cell}'
    body = f"<office:spreadsheet>{sheet}</table:table-row></table:table></office:spreadsheet>"
    path = folder / "export.ods"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", "<manifest/>")
        parts.writestr(
            "content.xml",
            f"<office:document-content{told}><office:body>{body}</office:body>"
            "</office:document-content>",
        )
    return path


def sheet_twice(folder: Path) -> Path:
    path = folder / "twice.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for sheet in SHEETS:
            workbook.add_worksheet(sheet.title).write_row(0, 0, sheet.columns)
        workbook.add_worksheet("بدهي ها").write_row(0, 0, DEBTS.columns)
    return path


def file_twice(folder: Path) -> Path:
    path = copied(folder)
    shutil.copy(path / DEBTS_FILE, path / "بدهي ها.csv")
    return path


def heading_twice(folder: Path) -> Path:
    path = copied(folder)
    text = (path / DEBTS_FILE).read_text(encoding="utf-8-sig")
    rows = [f"{row},بیش" for row in text.splitlines()]
    rows[0] = rows[0].removesuffix("بیش") + "اصل"
    (path / DEBTS_FILE).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def name_twice(folder: Path) -> Path:
    path = folder / "packed.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted((SAMPLE / "csv").glob("*.csv")):
            packed.write(file, f"export/{file.name}")
        packed.write(SAMPLE / "csv" / DEBTS_FILE, f"old/{DEBTS_FILE}")
    return path


def cut_wide(folder: Path) -> Path:
    path = copied(folder)
    text = (path / DEBTS_FILE).read_text(encoding="utf-8-sig").rstrip()
    (path / DEBTS_FILE).write_bytes(text[: text.rindex(",") - 3].encode("utf-16"))
    return path


def control(folder: Path, text: str) -> Path:
    path = copied(folder)
    (path / "جمع.csv").write_text(text, encoding="utf-8")
    return path


def no_control(folder: Path) -> Path:
    return control(folder, "نام,شمار\nبدهی‌ها,245\n")


def odd_control(folder: Path) -> Path:
    return control(folder, "برگه,تعداد,جمع\nچیز دیگر,245,\n")


def unread_control(folder: Path) -> Path:
    return control(folder, "برگه,تعداد,جمع\nبدهی‌ها,بسیار,\n")


def open_quote(folder: Path) -> Path:
    path = copied(folder)
    with (path / DEBTS_FILE).open("a", encoding="utf-8") as file:
        file.write('2-1-1-1,1404,"نوسازی,1000\n')
    return path


BAD = (
    (no_workbook, "کارپوشهٔ اکسل نیست"),
    (empty_file, "خالی است"),
    (nothing, "چنین فایل"),
    (cut_workbook, "بریده شده"),
    (cut_sheet, DEBTS.title),
    (lacking_sheet, f"این برگه نیست: «{DEBTS.title}»"),
    (no_rows, "هیچ ملکی نیست"),
    (no_headings, "سرستون هم ندارد"),
    (lacking_file, f"این فایل نیست: «{DEBTS.title}»"),
    (empty_folder, "هیچ فایل CSV نیست"),
    (lacking_column, "این ستون نیست: «سررسید»"),
    (empty_csv, f"«{DEBTS.title}» خالی است"),
    (cut_csv, f"«{DEBTS_FILE}» از میانه بریده شده"),
    (cut_letter, f"«{DEBTS_FILE}» به رمز UTF-8 نیست یا از میانه بریده"),
    (other_encoding, "این ستون نیست: «نوع بدهی»"),
    (unknown_encoding, "سرستون‌های «بدهی‌ها» در ۳۰ سطر نخست"),
    (no_heading, "سطری با نام ستون‌ها"),
    (one_csv, "یک فایل CSV است؛ پوشه‌ای را بدهید"),
    (locked_workbook, "کارپوشهٔ اکسل نیست"),
    (open_document, "به قالب xlsx نیست؛ آن را به این قالب ذخیره کنید"),
    (sheet_twice, "دو برگه یک نام دارند: «بدهی‌ها» و «بدهي ها»"),
    (file_twice, "دو فایل یک نام دارند: «بدهي ها» و «بدهی‌ها»"),
    (heading_twice, f"در «{DEBTS.title}» این ستون دو بار آمده است: «اصل»"),
    (name_twice, f"دو فایل «{DEBTS_FILE}» هست"),
    (cut_wide, f"«{DEBTS_FILE}» از میانه بریده شده"),
    (no_control, "سرستون‌های آن «برگه»، «تعداد» و «جمع» است"),
    (odd_control, "از «چیز دیگر» می‌گوید"),
    (unread_control, "عدد «بدهی‌ها» در برگهٔ «جمع» خوانده نشد"),
    (open_quote, f"«{DEBTS_FILE}» بریده یا ناخواناست"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("make", "words"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_it_is_refused_and_nothing_changes(
    sqlite_engine: Engine, tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    source = make(tmp_path)
    report = tmp_path / "report.csv"
    with pytest.raises(Refusal, match=words):
        import_export(sqlite_engine, source, DAY, RULES, report_path=report)
    assert count(sqlite_engine) == 0
    assert not list(tmp_path.glob("report*"))


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(RECORD)) or 0


@pytest.mark.slow
def test_a_bad_export_leaves_the_records_that_are_there(engine: Engine, tmp_path: Path) -> None:
    import_export(engine, SAMPLE / "csv", DAY, RULES)
    with pytest.raises(Refusal):
        import_export(engine, cut_csv(tmp_path), DAY, RULES)
    assert count(engine) == 600


@pytest.mark.parametrize("step", [1, 4, 6])
@pytest.mark.slow
def test_a_person_may_stop_it_and_nothing_changes(
    engine: Engine, tmp_path: Path, step: int
) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked >= step

    with pytest.raises(Cancelled, match="چیزی تغییر نکرد"):
        import_export(
            engine,
            SAMPLE / "csv",
            DAY,
            RULES,
            cancelled=cancelled,
            report_path=tmp_path / "report.csv",
        )
    assert count(engine) == 0
    assert not list(tmp_path.glob("report*"))


def test_a_report_that_cannot_be_written_is_told_first(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="گزارش را نمی‌توان"):
        import_export(
            sqlite_engine,
            SAMPLE / "csv",
            DAY,
            RULES,
            report_path=tmp_path / "nowhere" / "report.csv",
        )
    assert count(sqlite_engine) == 0


@pytest.mark.slow
def test_sheets_and_columns_may_come_in_any_order_and_be_more(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    source = copied(tmp_path)
    path = source / DEBTS_FILE
    rows = [
        line.rsplit(",", 1) for line in path.read_text(encoding="utf-8-sig").splitlines() if line
    ]
    path.write_text("\n".join(f"{last},بیش,{rest}" for rest, last in rows) + "\n", encoding="utf-8")
    path.rename(source / "بدهی ها.csv")
    (source / "یادداشت.csv").write_text("هیچ\n", encoding="utf-8")
    result = import_export(sqlite_engine, source, DAY, RULES)
    assert result.totals()["debt_rial"] == 3_775_031_000


@pytest.mark.slow
def test_a_cell_in_error_is_no_empty_one(sqlite_engine: Engine, tmp_path: Path) -> None:
    """What a spreadsheet could not work out would else be read as nothing built."""
    area, fault = b'<c r="L3"><v>153</v></c>', b'<c r="L3" t="e"><v>#N/A</v></c>'

    def change(name: str, text: bytes) -> bytes:
        return text.replace(area, fault) if name.endswith("sheet1.xml") else text

    with (SAMPLE / "csv" / f"{SHEETS[0].title}.csv").open(encoding="utf-8-sig", newline="") as file:
        code = list(csv.reader(file))[2][0]
    for source, unread in ((SAMPLE / "export.xlsx", False), (repacked(tmp_path, change), True)):
        import_export(sqlite_engine, source, DAY, RULES)
        with sqlite_engine.connect() as connection:
            record = find(connection, renewal_code(code), None).record
        assert record is not None
        assert ("built" in record.unread) is unread
        assert record.doubted is unread
