"""Look-up by code and plate, on both sides of every rule of `record` and `ambiguous-record`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.centre.records.columns import RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.in_force import as_of
from desktop.centre.records.lookup import find
from desktop.demo.export import lines
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.property import Found, LookUp, PropertyRecord
from tests.centre.records.writing import write_records
from tests.spelled import RULES

DAY = date(2026, 11, 24)
LAND = RenewalCode(1, 2, 3, 4)
BUILDING = replace(LAND, building=1)
FLAT = replace(BUILDING, flat=2)
SHOP = replace(BUILDING, shop=5)
ALONE = RenewalCode(1, 2, 3, 9, 1, 7)
SHARED, OWN, NOBODYS = Plate(2, 65, 4555), Plate(2, 65, 0), Plate(2, 65, 1)
PLATES = {LAND: SHARED, BUILDING: SHARED, FLAT: SHARED, SHOP: None, ALONE: OWN}


@pytest.fixture
def records(engine: Engine, tmp_path: Path) -> Engine:
    (_, line), *_ = lines(PropertyRecord(ALONE, OWN))
    bare = {RowKind.PROPERTY: [(*line[:3], "", *line[4:])]}
    kept = [PropertyRecord(code, plate) for code, plate in PLATES.items() if code != ALONE]
    write_records(kept, tmp_path / "x", bare)
    import_export(engine, tmp_path / "x", DAY, RULES)
    return engine


def look(engine: Engine, code: RenewalCode | None, plate: Plate | None) -> Found:
    with engine.connect() as connection:
        return find(connection, code, plate)


def codes(found: Found) -> tuple[RenewalCode | None, RenewalCode | None, RenewalCode | None]:
    parts = (found.record, found.building, found.land)
    record, building, land = (part.code if part else None for part in parts)
    return record, building, land


@pytest.mark.parametrize(
    ("code", "plate", "expected"),
    [
        # By the code, with the building and the land above it as far as they are recorded.
        (LAND, None, (LAND, None, None)),
        (BUILDING, None, (BUILDING, None, LAND)),
        (FLAT, None, (FLAT, BUILDING, LAND)),
        (SHOP, None, (SHOP, BUILDING, LAND)),
        (ALONE, None, (ALONE, None, None)),
        # A plate shared by several, one of them the code's, is no ambiguity.
        (FLAT, SHARED, (FLAT, BUILDING, LAND)),
        # A plate that matches nothing takes nothing from the code.
        (FLAT, NOBODYS, (FLAT, BUILDING, LAND)),
        (SHOP, NOBODYS, (SHOP, BUILDING, LAND)),
        # By the plate, where there is no code or no record has it. A missing sub-plate is 0.
        (None, OWN, (ALONE, None, None)),
        (replace(FLAT, flat=9), OWN, (ALONE, None, None)),
    ],
)
@pytest.mark.slow
def test_found(
    records: Engine,
    code: RenewalCode | None,
    plate: Plate | None,
    expected: tuple[RenewalCode | None, ...],
) -> None:
    found = look(records, code, plate)
    assert found.match is LookUp.FOUND
    assert found.as_of == DAY
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("code", "plate", "match", "told"),
    [
        (None, None, LookUp.NONE, None),
        (replace(FLAT, flat=9), None, LookUp.NONE, None),
        (replace(FLAT, flat=9), NOBODYS, LookUp.NONE, None),
        (None, NOBODYS, LookUp.NONE, None),
        # Code and plate match different properties: the code's is told.
        (FLAT, OWN, LookUp.AMBIGUOUS, FLAT),
        (ALONE, SHARED, LookUp.AMBIGUOUS, ALONE),
        # The code's property has no plate, and the plate is another's.
        (SHOP, OWN, LookUp.AMBIGUOUS, SHOP),
        # No match by the code, several by the plate.
        (None, SHARED, LookUp.AMBIGUOUS, None),
        (replace(FLAT, flat=9), SHARED, LookUp.AMBIGUOUS, None),
    ],
)
def test_not_found(
    records: Engine,
    code: RenewalCode | None,
    plate: Plate | None,
    match: LookUp,
    told: RenewalCode | None,
) -> None:
    found = look(records, code, plate)
    assert found.match is match
    assert found.as_of == DAY
    assert codes(found)[0] == told


def test_without_records_it_says_so(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(Refusal, match="منتظر سوابق"):
            find(connection, LAND, None)
        assert as_of(connection) is None
