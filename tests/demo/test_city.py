"""The demo city: always the same, valid, nobody's, about today, and a mix of what a day brings."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.centre.schema import upgrade_centre
from desktop.demo.city import MadeUpCity, Scenario, make_city
from desktop.demo.export import write_folder
from desktop.demo.workbook import write_workbook
from desktop.domain.identifiers import bill_id, billed_amount, legal_id, national_id, payment_id
from desktop.domain.made_up import made_up_legal_id, made_up_national_id
from desktop.domain.persian import clean
from desktop.domain.property import FULL_DANG
from desktop.sql.engine import writer
from tests.spelled import RULES

TODAY = date(2026, 11, 24)
CITY = make_city(3000, 11, TODAY)
PROPERTIES = list(CITY)


def test_a_city_has_as_many_properties_as_asked_each_with_its_own_code() -> None:
    assert len({item.record.code for item in PROPERTIES}) == 3000
    assert [len(list(make_city(n, 11, TODAY))) for n in (1, 2, 7)] == [1, 2, 7]
    with pytest.raises(ValueError, match="at least one"):
        make_city(0, 11, TODAY)


@pytest.mark.long
def test_the_same_seed_makes_the_same_city_and_another_seed_another() -> None:
    assert list(make_city(3000, 11, TODAY)) == PROPERTIES
    assert list(make_city(3000, 12, TODAY)) != PROPERTIES


@pytest.mark.slow
def test_the_same_city_on_a_later_day_has_moved_with_it() -> None:
    later = list(make_city(3000, 11, TODAY + timedelta(days=30)))
    for one, other in zip(PROPERTIES, later, strict=True):
        assert one.record.code == other.record.code
        if one.record.last_visit is not None and other.record.last_visit is not None:
            assert other.record.last_visit - one.record.last_visit == timedelta(days=30)


def test_ids_are_valid_and_nobodys_and_shares_are_whole() -> None:
    for item in PROPERTIES:
        owners = item.record.owners
        assert sum((owner.dang for owner in owners), Decimal(0)) == FULL_DANG
        for owner in owners:
            if len(owner.person_id) == 11:
                assert legal_id(owner.person_id) == owner.person_id
            else:
                assert national_id(owner.person_id) == owner.person_id
                assert owner.person_id.startswith("999")
        for debt in item.record.debts:
            paid = billed_amount(payment_id(debt.payment_id, bill_id(debt.bill_id)))
            assert paid == debt.total
    assert made_up_national_id(1) != made_up_national_id(2)
    assert made_up_legal_id(10) != made_up_legal_id(11)


def test_one_id_is_one_person() -> None:
    names: dict[str, set[str]] = {}
    for item in PROPERTIES:
        for owner in item.record.owners:
            names.setdefault(owner.person_id, set()).add(owner.name)
    assert all(len(found) == 1 for found in names.values())


def test_text_is_in_the_form_in_which_it_is_stored() -> None:
    for item in PROPERTIES:
        record = item.record
        texts = [record.address, record.neighbourhood, record.use, *(o.name for o in record.owners)]
        texts += [hold.authority for hold in record.holds]
        assert [clean(text) for text in texts] == texts


def test_every_scenario_is_there_and_most_are_clean() -> None:
    found = Counter(item.scenario for item in PROPERTIES)
    assert set(found) == set(Scenario)
    assert 0.55 < found[Scenario.CLEAN] / len(PROPERTIES) < 0.72
    assert 0.07 < found[Scenario.DEBT] / len(PROPERTIES) < 0.14


@pytest.mark.slow
@pytest.mark.parametrize("write", [write_folder, write_workbook])
def test_its_export_is_imported_whole(tmp_path: Path, write: object) -> None:
    city = make_city(400, 3, TODAY)
    source = tmp_path / "export"
    assert callable(write)
    write(city, source)
    engine = writer(tmp_path / "centre.sqlite")
    try:
        check_import(engine, city, source)
    finally:
        engine.dispose()


def check_import(engine: Engine, city: MadeUpCity, source: Path) -> None:
    upgrade_centre(engine)
    totals = import_export(engine, source, TODAY, RULES).totals()
    assert (totals["property"], totals["refused"], totals["told"]) == (400, 0, 0)
    with engine.connect() as connection:
        for item in city:
            record = find(connection, item.record.code, None).record
            assert record is not None
            assert (record.address, record.plate) == (item.record.address, item.record.plate)
            assert (record.land, record.built) == (item.record.land, item.record.built)
            assert set(record.owners) == set(item.record.owners)
            assert set(record.debts) == set(item.record.debts)
            assert set(record.certificates) == set(item.record.certificates)


def test_what_has_a_permit_was_not_built_without_one() -> None:
    without = {
        bool(item.record.permits)
        for item in PROPERTIES
        for file in item.record.files
        if file.violation == "بدون پروانه"
    }
    assert without == {False}
