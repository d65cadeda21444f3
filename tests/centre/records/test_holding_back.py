"""What holds an import back, on both sides of each limit, and what its two numbers are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from desktop.centre.records import in_force
from desktop.centre.records.columns import RowKind
from desktop.centre.records.importer import import_export, stage_export
from desktop.centre.records.lookup import find
from desktop.centre.records.report import ImportResult
from desktop.domain.identifiers import RenewalCode
from desktop.domain.property import Article100File, Certificate, Debt, Hold, Permit, PropertyRecord
from tests.centre.records.writing import write_records
from tests.spelled import RULES, FileStatus, HoldScope

DAY = date(2026, 11, 24)
NEXT = DAY + timedelta(days=1)
DEBT = Debt(1404, "نوسازی", 1_000_000, 0, None, "قطعی", "", "")
HOLD = Hold("شعبهٔ 3", "77", DAY, HoldScope.ALL, None)
FILE = Article100File("بالکن", Decimal("3.00"), FileStatus.REPORTED, 0)


def lot(number: int, **changes: object) -> PropertyRecord:
    """A property that owes one debt."""
    record = PropertyRecord(RenewalCode(1, 1, 1, number), deed="تک‌برگ", use="مسکونی", debts=(DEBT,))
    return replace(record, **changes)  # type: ignore[arg-type]


CITY = [lot(number) for number in range(1, 101)]


@pytest.fixture
def engine_in_force(sqlite_engine: Engine, tmp_path: Path) -> Engine:
    """A hundred properties with a debt each are in force; one has a hold, one a file."""
    records = [replace(CITY[0], holds=(HOLD,)), replace(CITY[1], files=(FILE,)), *CITY[2:]]
    write_records(records, tmp_path / "first")
    import_export(sqlite_engine, tmp_path / "first", DAY, RULES)
    return sqlite_engine


def staged(
    engine: Engine,
    folder: Path,
    records: list[PropertyRecord],
    more: dict[RowKind, list[tuple[str | int, ...]]] | None = None,
    control: str = "",
) -> ImportResult:
    """The records as tomorrow's export, beside what is in force."""
    source = folder / f"export-{len(list(folder.iterdir()))}"
    write_records(records, source, more or {})
    if control:
        (source / "جمع.csv").write_text(control, encoding="utf-8")
    return stage_export(engine, source, NEXT, RULES)


def kinds(result: ImportResult) -> set[str]:
    return {str(cause.kind) for cause in result.causes}


def whole() -> list[PropertyRecord]:
    """The records that are in force."""
    return [replace(CITY[0], holds=(HOLD,)), replace(CITY[1], files=(FILE,)), *CITY[2:]]


def test_what_is_staged_answers_nothing_until_it_is_put_into_force(
    engine_in_force: Engine, tmp_path: Path
) -> None:
    result = staged(engine_in_force, tmp_path, whole()[:50])
    assert result.causes
    with engine_in_force.connect() as connection:
        assert in_force.as_of(connection) == DAY
        found = find(connection, CITY[90].code, None)
    assert found.as_of == DAY
    assert found.record == CITY[90]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [(0, set()), (2, set()), (3, {"properties-end", "debts-end", "debt-sum-ends"})],
)
def test_two_percent_of_properties_and_debts_may_end(
    engine_in_force: Engine, tmp_path: Path, gone: int, expected: set[str]
) -> None:
    assert kinds(staged(engine_in_force, tmp_path, whole()[: 100 - gone])) == expected


def test_debts_that_end_are_counted_gross(engine_in_force: Engine, tmp_path: Path) -> None:
    other = replace(DEBT, year=1399)
    moved = [*whole()[:90], *(lot(n, debts=(other,)) for n in range(91, 101))]
    result = staged(engine_in_force, tmp_path, moved)
    # As many debts as before and the same sum: ten ended all the same.
    assert result.totals()["debt_rial"] == 100_000_000
    assert kinds(result) == {"debts-end", "debt-sum-ends"}
    assert result.changes[RowKind.DEBT].cleared == 10


@pytest.mark.parametrize("status", ["پرداخت شده", "بخشوده", "ابطال"])
def test_debts_that_a_word_settles_end_too(
    engine_in_force: Engine, tmp_path: Path, status: str
) -> None:
    paid = [*whole()[:90], *(lot(n, debts=(replace(DEBT, status=status),)) for n in range(91, 101))]
    assert kinds(staged(engine_in_force, tmp_path, paid)) == {"debts-end", "debt-sum-ends"}


def test_sums_that_shrink_end_by_what_is_taken_off(engine_in_force: Engine, tmp_path: Path) -> None:
    less = [
        *whole()[:90],
        *(lot(n, debts=(replace(DEBT, principal=1000),)) for n in range(91, 101)),
    ]
    result = staged(engine_in_force, tmp_path, less)
    assert kinds(result) == {"debt-sum-ends"}
    assert result.changes[RowKind.DEBT].sum_ended == 9_990_000


@pytest.mark.slow
def test_any_hold_or_file_that_ends_is_told(engine_in_force: Engine, tmp_path: Path) -> None:
    result = staged(engine_in_force, tmp_path, list(CITY))
    assert kinds(result) == {"holds-end", "files-end"}
    assert all(cause.needs_two for cause in result.causes)


@pytest.mark.parametrize("kind", [RowKind.DEBT, RowKind.FILE, RowKind.HOLD])
@pytest.mark.slow
def test_money_holds_and_files_that_belong_to_nobody(
    engine_in_force: Engine, tmp_path: Path, kind: RowKind
) -> None:
    nobodys: dict[RowKind, tuple[str | int, ...]] = {
        RowKind.DEBT: ("", 1404, "نوسازی", 700_000, 50_000, "", "قطعی", "", ""),
        RowKind.FILE: ("", "بالکن", "3", FileStatus.FINE_UNPAID, 900_000),
        RowKind.HOLD: ("5-9-9-9", "شعبهٔ 3", "8", "1405/01/05", HoldScope.ALL, ""),
    }
    result = staged(engine_in_force, tmp_path, whole(), {kind: [nobodys[kind]]})
    assert kinds(result) == {"orphans"}
    (cause,) = result.causes
    amounts = {RowKind.DEBT: 750_000, RowKind.FILE: 900_000, RowKind.HOLD: 0}
    assert (cause.count, cause.amount) == (1, amounts[kind])


@pytest.mark.slow
def test_an_owner_or_permit_of_nobody_holds_nothing_back_by_itself(
    engine_in_force: Engine, tmp_path: Path
) -> None:
    more: dict[RowKind, list[tuple[str | int, ...]]] = {RowKind.PERMIT: [("5-9-9-9", "12", "", "")]}
    assert kinds(staged(engine_in_force, tmp_path, whole(), more)) == set()


@pytest.mark.parametrize(("refused", "expected"), [(4, set()), (5, {"refused"})])
def test_one_percent_of_rows_and_at_least_five_may_not_be_refused(
    engine_in_force: Engine, tmp_path: Path, refused: int, expected: set[str]
) -> None:
    code = str(CITY[5].code)
    rows: list[tuple[str | int, ...]] = [(code, str(n), "1405/13/01", "") for n in range(refused)]
    assert kinds(staged(engine_in_force, tmp_path, whole(), {RowKind.PERMIT: rows})) == expected


@pytest.mark.slow
@pytest.mark.parametrize(("odd", "expected"), [(4, set()), (5, {"unknown-words"})])
def test_words_that_no_list_knows_hold_it_back_from_five_on(
    engine_in_force: Engine, tmp_path: Path, odd: int, expected: set[str]
) -> None:
    renamed = [
        replace(record, debts=(replace(DEBT, status="معلق‌مانده"),)) if i < odd else record
        for i, record in enumerate(whole())
    ]
    result = staged(engine_in_force, tmp_path, renamed)
    assert kinds(result) == expected
    assert all("معلق‌مانده" in cause.words.limit for cause in result.causes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("control", "held"),
    [
        ("برگه,تعداد,جمع\nبدهی‌ها,100,100000000\nاملاک,100,\n", False),
        ("برگه;تعداد;جمع\nبدهی‌ها;۱۰۰;۱۰۰٬۰۰۰٬۰۰۰\n", False),
        ("برگه,تعداد,جمع\nبدهی‌ها,101,100000000\n", True),
        ("برگه,تعداد,جمع\nبدهی‌ها,100,100000001\n", True),
        ("برگه,تعداد\nتوقیف‌ها,2\n", True),
    ],
)
def test_control_totals_that_are_there_must_agree(
    engine_in_force: Engine, tmp_path: Path, control: str, held: bool
) -> None:
    result = staged(engine_in_force, tmp_path, whole(), control=control)
    assert kinds(result) == ({"control"} if held else set())


def test_a_first_import_compares_with_nothing(sqlite_engine: Engine, tmp_path: Path) -> None:
    result = staged(sqlite_engine, tmp_path, whole()[:3])
    assert result.first
    assert result.causes == ()


def test_every_cause_reads_as_persian_with_its_limit(
    engine_in_force: Engine, tmp_path: Path
) -> None:
    more: dict[RowKind, list[tuple[str | int, ...]]] = {
        RowKind.DEBT: [("", 1404, "نوسازی", 700_000, 0, "", "چیز", "", "")] * 6,
        RowKind.PERMIT: [(str(CITY[9].code), str(n), "1405/13/01", "") for n in range(6)],
    }
    odd = [replace(r, debts=(replace(DEBT, status="چیز"),)) for r in CITY[:30]]
    result = staged(engine_in_force, tmp_path, odd, more, "برگه,تعداد\nمالکین,9\n")
    assert kinds(result) >= {"orphans", "refused", "unknown-words", "control", "properties-end"}
    for cause in result.causes:
        told = cause.words
        for words in (told.cause, told.limit, told.consequence):
            assert words.strip()
            assert not any(c.isascii() and c.isalnum() for c in words), words


@pytest.mark.parametrize(
    ("now", "held"),
    [
        ({"ends": DAY}, True),
        ({"ends": DAY + timedelta(days=900)}, True),
        ({"scope": HoldScope.BUILD}, True),
        ({"scope": "همهٔ معاملات"}, True),
        ({"authority": "شعبه 3"}, False),
    ],
)
def test_a_hold_that_ends_sooner_or_stands_against_less_is_told(
    engine_in_force: Engine, tmp_path: Path, now: dict[str, Any], *, held: bool
) -> None:
    records = whole()
    records[0] = replace(records[0], holds=(replace(HOLD, **now),))
    result = staged(engine_in_force, tmp_path, records)
    assert kinds(result) == ({"holds-end"} if held else set())


def test_a_hold_that_stands_on_longer_is_not_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    short = replace(HOLD, ends=DAY, scope=HoldScope.BUILD)
    write_records([replace(CITY[0], holds=(short,)), *CITY[1:]], tmp_path / "first")
    import_export(sqlite_engine, tmp_path / "first", DAY, RULES)
    assert kinds(staged(sqlite_engine, tmp_path, whole())) == set()


@pytest.mark.parametrize(
    "now",
    [{"status": FileStatus.FINE_PAID}, {"status": FileStatus.ACQUITTED}, {"fine": 1}],
)
@pytest.mark.parametrize(("closed", "held"), [(2, False), (3, True)])
def test_files_may_be_closed_up_to_two_percent(
    sqlite_engine: Engine, tmp_path: Path, now: dict[str, Any], closed: int, *, held: bool
) -> None:
    fined = replace(FILE, status=FileStatus.FINE_UNPAID, fine=90_000_000)
    city = [replace(each, files=(fined,)) for each in CITY]
    write_records(city, tmp_path / "first")
    import_export(sqlite_engine, tmp_path / "first", DAY, RULES)
    later = [replace(each, files=(replace(fined, **now),)) for each in city[:closed]]
    result = staged(sqlite_engine, tmp_path, [*later, *city[closed:]])
    assert [(str(cause.kind), cause.count) for cause in result.causes] == (
        [("files-end", closed)] if held else []
    )


@pytest.mark.parametrize(
    "now",
    [{"status": "در دست اعتراض"}, {"due": DAY + timedelta(days=900)}, {"principal": 0}],
)
@pytest.mark.parametrize(("moved", "held"), [(2, False), (3, True)])
def test_debts_that_are_asked_no_more_end_by_their_sum(
    engine_in_force: Engine, tmp_path: Path, now: dict[str, Any], moved: int, *, held: bool
) -> None:
    less = [replace(each, debts=(replace(DEBT, **now),)) for each in whole()[:moved]]
    result = staged(engine_in_force, tmp_path, [*less, *whole()[moved:]])
    assert kinds(result) == ({"debt-sum-ends"} if held else set())


@pytest.mark.parametrize(
    ("heading", "lost"),
    [
        ("اعیان", {"built": Decimal(0)}),
        ("تاریخ انقضا", {"permits": (Permit("12", DAY, None),)}),
        ("اعتبار", {"certificates": (Certificate("عدم خلاف", "7", DAY, None),)}),
    ],
)
@pytest.mark.parametrize(("rows", "held"), [(2, False), (3, True)])
def test_a_column_that_is_emptied_is_told(
    sqlite_engine: Engine, tmp_path: Path, heading: str, lost: dict[str, Any], rows: int, held: bool
) -> None:
    built = [
        replace(
            each,
            built=Decimal(180),
            permits=(Permit("12", DAY, NEXT),),
            certificates=(Certificate("عدم خلاف", "7", DAY, NEXT),),
        )
        for each in CITY
    ]
    write_records(built, tmp_path / "first")
    import_export(sqlite_engine, tmp_path / "first", DAY, RULES)
    later = [*(replace(each, **lost) for each in built[:rows]), *built[rows:]]
    result = staged(sqlite_engine, tmp_path, later)
    assert [cause.heading for cause in result.causes] == ([heading] if held else [])
    assert all("خالی شده است" in cause.words.cause for cause in result.causes)
