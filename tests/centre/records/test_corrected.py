"""What upheld objections put right lies on the record until an export carries it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.centre.records.importer import stage_export
from desktop.centre.records.overlay import correct
from desktop.domain.contest import Contested, Corrected, Correction, person_key, sign_of
from desktop.domain.import_causes import CauseKind
from desktop.domain.property import Owner
from tests.centre.records.test_newer_export import CODE, DAY, DEBT, HOUSE, LATER, house, load
from tests.centre.records.writing import write_records
from tests.spelled import RULES

TRACKING = "21-050903-01-0009-1"
MUCH_LATER = LATER + timedelta(days=30)


def land(value: str, former: Decimal = HOUSE.land) -> Correction:
    return Correction(Contested.LAND, value, f"{former:.2f}")


def lay(engine: Engine, *corrections: Correction, on: date = DAY) -> None:
    with engine.begin() as connection:
        for each in corrections:
            correct(connection, CODE, Corrected(each, on, TRACKING))


def test_it_lies_until_an_export_says_the_same(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, DAY, HOUSE)
    lay(engine, land("268.40"))
    assert house(engine).land == Decimal("268.40")
    assert sign_of(house(engine).corrected, Contested.LAND)
    # An export that has not heard of it says what it said before: that is no contradiction.
    result = load(engine, tmp_path, LATER, replace(HOUSE, built=Decimal("1.00")))
    assert CauseKind.CORRECTED not in {cause.kind for cause in result.causes}
    assert house(engine).land == Decimal("268.40")
    load(engine, tmp_path, MUCH_LATER, replace(HOUSE, land=Decimal("268.40")))
    carried = house(engine)
    assert (carried.land, carried.corrected) == (Decimal("268.40"), ())


def test_an_export_that_says_another_value_is_told_and_changes_nothing(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    engine = sqlite_engine
    load(engine, tmp_path, DAY, HOUSE)
    lay(engine, land("268.40"))
    write_records([replace(HOUSE, land=Decimal("300.00"))], tmp_path / "other")
    staged = stage_export(engine, tmp_path / "other", LATER, RULES)
    (told,) = [cause for cause in staged.causes if cause.kind is CauseKind.CORRECTED]
    assert told.count == 1
    assert "مساحت عرصه" in told.words.limit
    assert house(engine).land == Decimal("268.40")


def test_what_a_person_let_stand_is_told_once(sqlite_engine: Engine, tmp_path: Path) -> None:
    engine = sqlite_engine
    load(engine, tmp_path, DAY, HOUSE)
    lay(engine, land("268.40"))
    for later, area, told in ((1, "300.00", 1), (2, "300.00", 0), (3, "301.00", 1)):
        house_now = replace(HOUSE, land=Decimal(area))
        result = load(engine, tmp_path, LATER + timedelta(days=later), house_now)
        causes = [cause for cause in result.causes if cause.kind is CauseKind.CORRECTED]
        assert len(causes) == told, later
        assert house(engine).land == Decimal("268.40")


def test_an_owner_who_has_sold_since_is_no_more_to_be_put_right(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    engine = sqlite_engine
    load(engine, tmp_path, DAY, HOUSE)
    wrong = HOUSE.owners[0]
    right = Correction(Contested.OWNER, "0076229645", "", person_key(wrong.person_id), "ع", "د")
    lay(engine, right)
    buyer = replace(HOUSE, owners=(replace(wrong, person_id="4420123456"),))
    for later, told in ((1, 1), (2, 0)):
        result = load(engine, tmp_path, LATER + timedelta(days=later), buyer)
        causes = [cause for cause in result.causes if cause.kind is CauseKind.CORRECTED]
        assert len(causes) == told
        assert house(engine).owners == buyer.owners
    assert house(engine).corrected == ()


def test_a_later_one_takes_the_place_of_the_first(sqlite_engine: Engine, tmp_path: Path) -> None:
    engine = sqlite_engine
    load(engine, tmp_path, DAY, HOUSE)
    lay(engine, land("268.40"), land("270.00", Decimal("268.40")))
    assert house(engine).land == Decimal("270.00")
    assert len(house(engine).corrected) == 1
    result = load(engine, tmp_path, LATER, replace(HOUSE, built=Decimal("1.00")))
    assert CauseKind.CORRECTED not in {cause.kind for cause in result.causes}


def test_sums_uses_and_owners_are_put_right_too(sqlite_engine: Engine, tmp_path: Path) -> None:
    engine = sqlite_engine
    load(engine, tmp_path, DAY, HOUSE)
    wrong = HOUSE.owners[0]
    lay(
        engine,
        Correction(Contested.DEBT, "1000000", str(DEBT.total), DEBT.key),
        Correction(Contested.USE, "تجاری", HOUSE.use),
        Correction(Contested.OWNER, "0076229645", "", person_key(wrong.person_id), "علی", "دهقان"),
    )
    right = house(engine)
    assert [debt.total for debt in right.debts if debt.key == DEBT.key] == [1_000_000]
    assert right.use == "تجاری"
    assert right.owners == (Owner("علی", "دهقان", "0076229645", wrong.dang),)
    # A sum of nothing is no debt.
    lay(engine, Correction(Contested.DEBT, "0", "1000000", DEBT.key))
    assert DEBT.key not in {debt.key for debt in house(engine).debts}


@pytest.mark.parametrize(
    ("total", "stands", "laid"),
    [(3_050_000, 1_000_000, True), (1_000_000, 1_000_000, False)],
)
def test_a_debt_that_is_spelled_otherwise_stays_corrected(
    sqlite_engine: Engine, tmp_path: Path, total: int, stands: int, *, laid: bool
) -> None:
    engine = sqlite_engine
    levy = replace(DEBT, kind="عوارض نوسازی")
    load(engine, tmp_path, DAY, replace(HOUSE, debts=(levy,)))
    lay(engine, Correction(Contested.DEBT, "1000000", str(levy.total), levy.key))
    now = replace(levy, kind="عوارض\u200cنوسازی", principal=total, penalty=0)
    load(engine, tmp_path, LATER, replace(HOUSE, debts=(now,)))
    assert [debt.total for debt in house(engine).debts] == [stands]
    assert bool(house(engine).corrected) is laid
