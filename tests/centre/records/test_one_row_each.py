"""A bill and a file of Article 100 are one row: a second that says otherwise is nobody's to ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.centre.records.columns import RowKind
from desktop.centre.records.report import ImportResult
from desktop.domain.identifiers import make_bill, make_payment
from desktop.domain.property import PropertyRecord
from tests.centre.records.test_never_guessed import imported
from tests.centre.records.test_unlikely_cells import CODE

BILL = make_bill(12_345_678, 999)
PAYMENT = make_payment(3_050_000, 1404, 1, BILL)
DEBT = ["1404", "نوسازی", "3000000", "50000", "", "قطعی", BILL, PAYMENT]
FINE = ["اضافه بنا", "20", "رأی قطعی جریمه – پرداخت‌نشده", "290000000"]


def twice(
    engine: Engine, folder: Path, kind: RowKind, first: list[str], changes: dict[int, str]
) -> tuple[PropertyRecord, ImportResult]:
    """The house with that row, and once more with other cells."""
    second = [changes.get(at, cell) for at, cell in enumerate(first)]

    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[kind][1:] = [[str(CODE), *first], [str(CODE), *second]]

    return imported(engine, folder / "export", spoil)


@pytest.mark.parametrize(
    "other",
    [
        {4: "1405/01/01"},
        {1: "پسماند"},
        {0: "1403"},
        {5: "پرداخت شده"},
        {2: "3050000", 3: "0"},
        {4: "1405/01/01", 6: f"0{BILL}", 7: f"0{PAYMENT}"},
    ],
)
def test_a_bill_in_two_rows_is_asked_once(
    sqlite_engine: Engine, tmp_path: Path, other: dict[int, str]
) -> None:
    record, result = twice(sqlite_engine, tmp_path, RowKind.DEBT, DEBT, other)
    assert [debt.total for debt in record.debts] == [3_050_000]
    assert record.doubted
    assert result.sheets[RowKind.DEBT].refused == 1


@pytest.mark.parametrize(
    ("other", "debts"),
    # The same once read, another bill, and ids that name nothing.
    [({0: "۱۴۰۴"}, 1), ({7: make_payment(3_050_000, 1404, 2, BILL)}, 2), ({6: "", 7: ""}, 2)],
)
def test_rows_of_two_bills_are_two_debts(
    sqlite_engine: Engine, tmp_path: Path, other: dict[int, str], debts: int
) -> None:
    record, _ = twice(sqlite_engine, tmp_path, RowKind.DEBT, DEBT, other)
    assert len(record.debts) == debts
    assert not record.doubted


@pytest.mark.parametrize(
    ("other", "files", "doubted"),
    [
        ({2: "رأی قطعی جریمه – پرداخت‌شده"}, 1, True),
        ({3: "29000000"}, 1, True),
        ({0: "اضافهٔ بنا", 3: "29000000"}, 1, True),
        ({0: "اضافه‌بنا", 1: "20.00"}, 1, False),
        ({0: "بالکن"}, 2, False),
        ({1: "12"}, 2, False),
    ],
)
def test_a_file_in_two_rows_is_an_experts(
    sqlite_engine: Engine,
    tmp_path: Path,
    other: dict[int, str],
    files: int,
    *,
    doubted: bool,
) -> None:
    record, _ = twice(sqlite_engine, tmp_path, RowKind.FILE, FINE, other)
    assert len(record.files) == files
    assert record.doubted is doubted
