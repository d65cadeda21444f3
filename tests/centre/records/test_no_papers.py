"""A row that says in some way that there is no paper, or no authority, is neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.centre.records.columns import RowKind
from tests.centre.records.test_never_guessed import FULL, Spoil, imported
from tests.centre.records.test_unlikely_cells import CODE, reasons

PERMIT, CERTIFICATE = ["1403/02/12", "1406/02/11"], ["1403/10/12", ""]


def saying(kind: RowKind, *cells: str) -> Spoil:
    """The house's row of that kind says this beyond its code."""

    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[kind][1] = [str(CODE), *cells]

    return spoil


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (RowKind.PERMIT, ["0", "-", "ندارد"]),
        (RowKind.PERMIT, ["NULL", "", ""]),
        (RowKind.PERMIT, ["نامشخص", "", "1406/02/11"]),
        *((RowKind.PERMIT, [said, *PERMIT]) for said in ("فاقد پروانه", "ابطال شد", "x", "لغو")),
        (RowKind.CERTIFICATE, ["پایان کار", "ندارد", "ندارد", "ندارد"]),
        (RowKind.CERTIFICATE, ["پایان کار", "", "", "1406/01/01"]),
        (RowKind.CERTIFICATE, ["پایان کار", "باطل شد", *CERTIFICATE]),
        # What was meant to stand one cell further right.
        (RowKind.PERMIT, ["1398/01/01", "1402/01/01", ""]),
        (RowKind.CERTIFICATE, ["عدم خلاف", "1398/01/01", "1398/07/01", ""]),
    ],
)
def test_a_row_that_tells_of_no_paper_is_refused(
    sqlite_engine: Engine, tmp_path: Path, kind: RowKind, cells: list[str]
) -> None:
    record, result = imported(sqlite_engine, tmp_path / "export", saying(kind, *cells))
    assert record.doubted
    assert record.refused == (kind.value,)
    assert result.sheets[kind].refused == 1


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (RowKind.PERMIT, ["", "1403/02/12", ""]),
        (RowKind.PERMIT, ["صادر نشده", "1403/02/12", ""]),
        (RowKind.PERMIT, ["ش/12", "", ""]),
        (RowKind.PERMIT, ["1402/14/3", *PERMIT]),
        (RowKind.CERTIFICATE, ["پایان کار", "18273", "", ""]),
    ],
)
def test_a_number_or_a_day_of_issue_makes_a_paper(
    sqlite_engine: Engine, tmp_path: Path, kind: RowKind, cells: list[str]
) -> None:
    record, _ = imported(sqlite_engine, tmp_path / "export", saying(kind, *cells))
    assert not record.doubted


@pytest.mark.parametrize(
    ("column", "said"),
    [
        *((1, said) for said in ("ثبت نشده", "در دست اقدام", "فاقد", "مرجع نامشخص", "نا مشخص.")),
        *((1, said) for said in ("12", "1403/01/01", "?")),
        *((2, said) for said in ("ثبت نشده", "متعاقبا", "تلفنی", "شماره", "1403/01/01", "///")),
    ],
)
def test_a_hold_without_an_authority_or_number_is_told_as_that(
    sqlite_engine: Engine, tmp_path: Path, column: int, said: str
) -> None:
    def spoil(rows: dict[RowKind, list[list[str]]]) -> None:
        rows[RowKind.HOLD][1][column] = said

    record, _ = imported(sqlite_engine, tmp_path / "export", spoil)
    (hold,) = record.holds
    known = ("شعبهٔ 3", FULL.holds[0].number)
    assert (hold.authority, hold.number) == tuple(
        "" if at == column else each for at, each in enumerate(known, 1)
    )


def test_what_is_not_taken_for_a_holds_number_is_told(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    cells = ("12", "متعاقبا", "1403/01/01", "همه", "")
    _, result = imported(sqlite_engine, tmp_path / "export", saying(RowKind.HOLD, *cells))
    assert {
        "مرجع توقیف نامی ندارد؛ نامعلوم شمرده شد.",
        "شمارهٔ توقیف شماره نیست؛ نامعلوم شمرده شد.",
    } <= (reasons(result))
