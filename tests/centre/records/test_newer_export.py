"""A newer export is the whole picture: what is new, changed and ended, counted and listed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update

from desktop.centre.records.codec import child_text
from desktop.centre.records.columns import RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.in_force import as_of
from desktop.centre.records.lookup import find
from desktop.centre.records.overlay import keep, note_visit, settle
from desktop.centre.records.report import ChangeCount, ImportResult
from desktop.centre.records.tables import CHANGE, OVERLAY
from desktop.demo.export import lines
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.property import (
    Article100File,
    Debt,
    Hold,
    LookUp,
    Owner,
    Permit,
    PropertyRecord,
)
from tests.centre.records.writing import write_records
from tests.spelled import RULES, DebtStatus, FileStatus

DAY = date(2026, 11, 24)
LATER = DAY + timedelta(days=20)
CODE = RenewalCode(2, 14, 308, 27, 1)
DEBT = Debt(1404, "نوسازی", 3_000_000, 50_000, None, DebtStatus.FINAL, "", "")
FINE = Article100File("اضافه بنا", Decimal("12.00"), FileStatus.FINE_UNPAID, 90_000_000)
HOUSE = PropertyRecord(
    CODE,
    Plate(2, 65, 4555),
    address="یزد، بلوار طالقانی",
    land=Decimal("240.50"),
    built=Decimal("180.00"),
    last_visit=DAY - timedelta(days=400),
    owners=(Owner("فاطمه", "دهقان", "0499370899", Decimal(6)),),
    permits=(Permit("2-1147", DAY - timedelta(days=900), None),),
    debts=(DEBT, replace(DEBT, year=1403)),
    files=(FINE,),
)
LAND = PropertyRecord(RenewalCode(2, 14, 308, 28), land=Decimal("300.00"))


def load(engine: Engine, folder: Path, day: date, *records: PropertyRecord) -> ImportResult:
    source = folder / f"export-{len(list(folder.iterdir()))}"
    write_records(records, source)
    return import_export(engine, source, day, RULES)


def house(engine: Engine) -> PropertyRecord:
    with engine.connect() as connection:
        record = find(connection, CODE, None).record
    assert record is not None
    return record


@pytest.mark.slow
def test_changes_are_counted_and_listed(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, HOUSE, LAND)
    newer = replace(
        HOUSE,
        built=Decimal("200.00"),
        owners=(
            Owner("علی", "دهقان", "0076229645", Decimal("1.5")),
            replace(HOUSE.owners[0], dang=Decimal("4.5")),
        ),
        debts=(HOUSE.debts[1],),
    )
    other = replace(LAND, code=RenewalCode(2, 14, 308, 29))
    result = load(engine, tmp_path, LATER, newer, other)
    assert {kind: change for kind, change in result.changes.items() if change != ChangeCount()} == {
        RowKind.PROPERTY: ChangeCount(new=1, changed=1, ended=1, cleared=1),
        RowKind.OWNER: ChangeCount(new=1, changed=1),
        RowKind.DEBT: ChangeCount(ended=1, cleared=1, sum_ended=3_050_000),
    }
    assert house(engine) == newer
    with engine.connect() as connection:
        assert as_of(connection) == LATER
        assert find(connection, LAND.code, None).match is LookUp.NONE
        assert find(connection, other.code, None).match is LookUp.FOUND
        listed = connection.execute(
            select(CHANGE.c.code, CHANGE.c.kind, CHANGE.c.change).order_by(CHANGE.c.id)
        ).all()
    assert sorted(tuple(row) for row in listed) == sorted(
        [
            (str(CODE), "property", "changed"),
            (str(CODE), "owner", "changed"),
            (str(CODE), "owner", "new"),
            (str(CODE), "debt", "ended"),
            (str(other.code), "property", "new"),
            (str(LAND.code), "property", "ended"),
        ]
    )


def test_an_older_export_is_refused(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, LATER, HOUSE)
    with pytest.raises(Refusal, match="خروجی قدیمی"):
        load(engine, tmp_path, DAY, LAND)
    assert house(engine).code == CODE


def test_rows_that_differ_in_a_half_space_only_are_one(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    (_, line), *_ = lines(replace(HOUSE, address="یزد، بلوار طالقانی، کوچه‌بیوک"))
    again = (*line[:4], "يزد، بلوار طالقاني، كوچه بيوك", *line[5:])
    other = (*line[:4], "یزد، بلوار طالقانی، کوچه بلوک", *line[5:])
    write_records([], tmp_path / "x", {RowKind.PROPERTY: [line, again, again, other]})
    count = import_export(sqlite_engine, tmp_path / "x", DAY, RULES).sheets[RowKind.PROPERTY]
    assert (count.kept, count.doubles, count.refused) == (1, 2, 1)


def test_a_doubt_that_goes_is_a_change(sqlite_engine: Engine, tmp_path: Path) -> None:
    write_records(
        [HOUSE], tmp_path / "first", {RowKind.PERMIT: [(str(CODE), "5", "1404/13/01", "")]}
    )
    import_export(sqlite_engine, tmp_path / "first", DAY, RULES)
    assert house(sqlite_engine).doubted
    result = load(sqlite_engine, tmp_path, DAY, HOUSE)
    assert result.changes[RowKind.PROPERTY] == ChangeCount(changed=1)
    assert not house(sqlite_engine).doubted


def test_paid_debts_fines_and_visits_lie_over_every_look_up(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, HOUSE, replace(LAND, code=replace(CODE, flat=1)))
    seen = DAY + timedelta(days=2)
    with engine.begin() as connection:
        settle(connection, CODE, DEBT.key, seen)
        settle(connection, CODE, DEBT.key, seen)
        settle(connection, CODE, FINE.key, seen)
        note_visit(connection, CODE, seen - timedelta(days=1), Decimal("1.00"), Decimal("1.00"))
        note_visit(connection, CODE, seen, None, Decimal("191.00"))
    record = house(engine)
    assert record.debts == (HOUSE.debts[1],)
    assert record.files == (replace(FINE, settled=True),)
    assert (record.last_visit, record.land, record.built) == (
        seen,
        HOUSE.land,
        Decimal("191.00"),
    )
    with engine.connect() as connection:
        found = find(connection, replace(CODE, flat=1), None)
        assert found.building == record
        assert connection.scalar(select(func.count()).select_from(OVERLAY)) == 4


@pytest.mark.parametrize(("planned", "use"), [("مسکونی", "مسکونی"), ("", "تجاری")])
def test_a_visits_counts_are_laid_and_its_use_where_no_record_names_one(
    engine: Engine, tmp_path: Path, planned: str, use: str
) -> None:
    load(engine, tmp_path, DAY, replace(HOUSE, floors=2, units=4, use=planned))
    with engine.begin() as connection:
        note_visit(connection, CODE, DAY + timedelta(days=1), floors=3, use="تجاری")
    record = house(engine)
    assert (record.floors, record.units, record.use) == (3, 4, use)


@pytest.mark.parametrize(("built", "unread"), [("0.00", ("built",)), ("180.00", ())])
def test_what_stands_unmeasured_is_no_bare_land(
    sqlite_engine: Engine, tmp_path: Path, built: str, unread: tuple[str, ...]
) -> None:
    """A building under way, of which the inspector told no area and the records know none."""
    load(sqlite_engine, tmp_path, DAY, replace(HOUSE, built=Decimal(built)))
    with sqlite_engine.begin() as connection:
        note_visit(connection, CODE, DAY + timedelta(days=1), unmeasured=True)
    assert (house(sqlite_engine).built, house(sqlite_engine).unread) == (Decimal(built), unread)


def test_a_visit_noted_by_an_earlier_version_is_still_laid(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, replace(HOUSE, floors=2))
    day = DAY + timedelta(days=1)
    old = {"built": "191.00", "day": day.isoformat(), "land": None}
    with engine.begin() as connection:
        note_visit(connection, CODE, day, floors=9)
        connection.execute(update(OVERLAY).values(body=json.dumps(old)))
    record = house(engine)
    assert (record.built, record.floors) == (Decimal("191.00"), 2)


def test_the_same_export_again_leaves_overlays(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, HOUSE)
    with engine.begin() as connection:
        settle(connection, CODE, DEBT.key, DAY)
        note_visit(connection, CODE, DAY)
    load(engine, tmp_path, LATER, HOUSE)
    assert house(engine).debts == (HOUSE.debts[1],)
    assert house(engine).last_visit == DAY


def test_a_newer_export_that_holds_them_ends_overlays(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, HOUSE)
    with engine.begin() as connection:
        settle(connection, CODE, DEBT.key, DAY)
        settle(connection, CODE, FINE.key, DAY)
        settle(connection, CODE, HOUSE.debts[1].key, DAY)
        note_visit(connection, CODE, DAY, built=Decimal("191.00"))
    newer = replace(
        HOUSE,
        debts=(HOUSE.debts[1],),
        files=(replace(FINE, status=FileStatus.FINE_PAID),),
        last_visit=DAY,
        built=Decimal("192.00"),
    )
    load(engine, tmp_path, LATER, newer)
    with engine.connect() as connection:
        lying = OVERLAY.c.until.is_(None)
        kept = connection.execute(select(OVERLAY.c.kind, OVERLAY.c.body).where(lying)).all()
    assert [HOUSE.debts[1].key in body for _, body in kept] == [True]
    assert house(engine).built == Decimal("192.00")
    assert house(engine).debts == ()


@pytest.mark.slow
@pytest.mark.parametrize("lacking", ["unread row", "no property"])
def test_what_was_paid_stays_paid_where_an_export_lacks_its_row_for_once(
    sqlite_engine: Engine, tmp_path: Path, lacking: str
) -> None:
    """A row that nobody could read, or that was left out, was not paid by that."""
    load(sqlite_engine, tmp_path, DAY, HOUSE, LAND)
    with sqlite_engine.begin() as connection:
        settle(connection, CODE, DEBT.key, DAY)
        settle(connection, CODE, FINE.key, DAY)
    lacks = [LAND]
    more = {}
    if lacking == "unread row":
        lacks.append(replace(HOUSE, debts=HOUSE.debts[1:], files=()))
        rows = [line for kind, line in lines(HOUSE) if kind is RowKind.DEBT]
        more = {RowKind.DEBT: [(*rows[0][:3], "نامعلوم", *rows[0][4:])]}
    write_records(lacks, tmp_path / "lacking", more)
    import_export(sqlite_engine, tmp_path / "lacking", LATER, RULES)
    load(sqlite_engine, tmp_path, LATER + timedelta(days=1), HOUSE, LAND)
    assert house(sqlite_engine).debts == (HOUSE.debts[1],)
    assert house(sqlite_engine).files == (replace(FINE, settled=True),)


BILLED = replace(DEBT, bill_id="6284299325660", payment_id="2938350477")
LEVY = replace(DEBT, kind="عوارض نوسازی")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "paid", "now", "stands"),
    [
        # Another payment id for the same bill: less is left, or more was laid on it.
        (BILLED, 3_050_000, replace(BILLED, principal=70_000, payment_id="70477"), "otherwise"),
        (BILLED, 3_050_000, replace(BILLED, penalty=90_000, payment_id="2938350999"), "otherwise"),
        (BILLED, 0, replace(BILLED, penalty=90_000, payment_id="2938350999"), "otherwise"),
        # Without ids the sum alone tells it.
        (DEBT, 3_050_000, replace(DEBT, penalty=90_000), "otherwise"),
        (DEBT, 3_050_000, replace(DEBT, penalty=0), "paid"),
        (DEBT, 3_050_000, DEBT, "paid"),
        (BILLED, 3_050_000, BILLED, "paid"),
        # The same pair of ids, or the same without them, in other words.
        (BILLED, 3_050_000, replace(BILLED, kind="عوارض نو‌سازی"), "paid"),
        (BILLED, 3_050_000, replace(BILLED, bill_id="0" + BILLED.bill_id), "paid"),
        (LEVY, 3_050_000, replace(LEVY, kind="عوارض\u200cنوسازی"), "paid"),
        # What may be it: its ids came or went, its year lost two digits.
        (BILLED, 3_050_000, DEBT, "otherwise"),
        (DEBT, 3_050_000, BILLED, "otherwise"),
        (replace(LEVY, kind="عوارضنوسازی", year=4), 3_050_000, LEVY, "otherwise"),
        # Another year, another bill: nobody paid that.
        (BILLED, 3_050_000, replace(BILLED, year=1405, payment_id="29383504"), "owed"),
        (BILLED, 3_050_000, replace(BILLED, bill_id="6284299325661"), "owed"),
    ],
)
def test_what_was_paid_and_comes_in_another_sum_is_nobodys_to_ask(
    sqlite_engine: Engine, tmp_path: Path, before: Debt, paid: int, now: Debt, stands: str
) -> None:
    """Neither the whole of it, as if nothing came, nor nothing, as if that were all."""
    load(sqlite_engine, tmp_path, DAY, replace(HOUSE, debts=(before,)))
    with sqlite_engine.begin() as connection:
        settle(connection, CODE, before.key, DAY, "case", paid)
    assert house(sqlite_engine).debts == ()
    # However often it comes so.
    for days in (1, 2, 3):
        load(sqlite_engine, tmp_path, LATER + timedelta(days=days), replace(HOUSE, debts=(now,)))
        left = house(sqlite_engine).debts
        assert left == {
            "otherwise": (replace(now, paid_otherwise=True),), "paid": (), "owed": (now,),
        }[stands]  # fmt: skip


def test_its_settled_row_ends_what_was_paid_in_another_sum(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, replace(HOUSE, debts=(BILLED,)))
    with engine.begin() as connection:
        settle(connection, CODE, BILLED.key, DAY, "case", BILLED.total)
    paid = replace(BILLED, status=DebtStatus.SETTLED, payment_id="2938350999")
    load(engine, tmp_path, LATER, replace(HOUSE, debts=(paid,)))
    with engine.connect() as connection:
        assert not connection.scalar(select(OVERLAY.c.id).where(OVERLAY.c.until.is_(None)))


def test_a_fine_that_was_paid_and_comes_in_another_sum_is_nobodys_to_ask(
    engine: Engine, tmp_path: Path
) -> None:
    load(engine, tmp_path, DAY, HOUSE)
    with engine.begin() as connection:
        settle(connection, CODE, FINE.key, DAY, "case", FINE.fine)
    for other in ({"fine": 95_000_000}, {"area": Decimal("12.50")}, {"violation": "تخلف ساختمانی"}):
        now = replace(FINE, **other)
        load(engine, tmp_path, LATER, replace(HOUSE, files=(now,)))
        assert house(engine).files == (replace(now, paid_otherwise=True),)
    # In other spelling it is the same.
    now = replace(FINE, violation="اضافه\u200cبنا")
    load(engine, tmp_path, LATER, replace(HOUSE, files=(now,)))
    assert house(engine).files == (replace(now, settled=True),)


def test_a_row_that_is_spelled_otherwise_is_no_other_row(engine: Engine, tmp_path: Path) -> None:
    hold = Hold("شعبهٔ ۳", "1907", DAY, "همه", None)
    was = replace(HOUSE, debts=(BILLED, LEVY), holds=(hold,))
    load(engine, tmp_path, DAY, was)
    now = replace(
        was,
        debts=(replace(BILLED, kind="نوسازی ملک"), replace(LEVY, kind="عوارض\u200cنوسازی")),
        files=(replace(FINE, violation="اضافه\u200cبنا"),),
        holds=(replace(hold, authority="شعبه ۳"),),
    )
    result = load(engine, tmp_path, LATER, now)
    assert result.changes[RowKind.DEBT] == ChangeCount(changed=2)
    assert result.changes[RowKind.FILE] == ChangeCount(changed=1)
    assert result.changes[RowKind.HOLD] == ChangeCount(changed=1)


def test_what_was_kept_and_is_back_in_other_spelling_stands_once(
    engine: Engine, tmp_path: Path
) -> None:
    load(engine, tmp_path, DAY, replace(HOUSE, files=()))
    with engine.begin() as connection:
        keep(
            connection, str(CODE), RowKind.FILE, json.loads(child_text(RowKind.FILE, FINE)), DAY, 1
        )
    assert house(engine).files == (FINE,)
    now = replace(FINE, violation="اضافه\u200cبنا")
    load(engine, tmp_path, LATER, replace(HOUSE, files=(now,)))
    assert house(engine).files == (now,)
