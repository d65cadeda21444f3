"""The sample export: what a good import of it holds, from the workbook and from the folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from desktop.centre.records.columns import RowKind
from desktop.centre.records.importer import import_export
from desktop.centre.records.tables import CHANGE, EXPORT, FORCE, RECORD
from desktop.domain.calendar import parse_jalali
from tests.spelled import RULES

SAMPLE = Path(__file__).parents[2] / "data" / "export-sample"
DAY = parse_jalali("1405/09/03")
HOLDS = {
    "property": 600,
    "owner": 877,
    "permit": 620,
    "certificate": 740,
    "file": 84,
    "debt": 243,
    "debt_rial": 3_775_031_000,
    "hold": 23,
    "widened": 23,
    "widening_m2": "521.80",
    "doubted": 3,
}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["export.xlsx", "csv"])
def test_a_good_import_holds_what_it_should(engine: Engine, form: str) -> None:
    result = import_export(engine, SAMPLE / form, DAY, RULES)
    totals = result.totals()
    assert {name: totals[name] for name in HOLDS} == HOLDS
    assert "521٫80" in "\n".join(result.lines()).translate(LATIN)
    assert "3٬775٬031٬000" in "\n".join(result.lines()).translate(LATIN)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(RECORD)) == 600
        assert connection.scalar(select(EXPORT.c.as_of)) == DAY


LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def state(engine: Engine) -> list[tuple[object, ...]]:
    """Every record, every change and every act that put an import into force."""
    with engine.connect() as connection:
        return [
            tuple(row)
            for table, order in ((FORCE, "id"), (RECORD, "code"), (CHANGE, "id"))
            for row in connection.execute(select(table).order_by(table.c[order]))
        ]


@pytest.mark.slow
def test_the_same_export_twice_changes_nothing(sqlite_engine: Engine) -> None:
    import_export(sqlite_engine, SAMPLE / "export.xlsx", DAY, RULES)
    before = state(sqlite_engine)
    result = import_export(sqlite_engine, SAMPLE / "csv", DAY, RULES)
    assert not result.changed
    assert not result.first
    assert state(sqlite_engine) == before


@pytest.mark.slow
def test_the_same_records_of_a_later_day_are_fresh_and_unchanged(sqlite_engine: Engine) -> None:
    import_export(sqlite_engine, SAMPLE / "csv", DAY, RULES)
    later = date(DAY.year + 1, DAY.month, DAY.day)
    result = import_export(sqlite_engine, SAMPLE / "csv", later, RULES)
    assert not result.changed
    with sqlite_engine.connect() as connection:
        assert list(connection.scalars(select(EXPORT.c.as_of).order_by(EXPORT.c.id))) == [
            DAY,
            later,
        ]
        assert connection.scalar(select(func.count()).select_from(CHANGE)) == 0


@pytest.mark.slow
def test_progress_goes_up_to_the_whole(sqlite_engine: Engine) -> None:
    seen: list[tuple[int, int]] = []
    import_export(
        sqlite_engine, SAMPLE / "export.xlsx", DAY, RULES, progress=lambda *step: seen.append(step)
    )
    assert seen == sorted(seen)
    assert seen[-1] == (1000, 1000)
    assert len(seen) > 5
    assert {whole for _, whole in seen} == {1000}


@pytest.mark.slow
def test_the_first_import_lists_no_changes(sqlite_engine: Engine) -> None:
    result = import_export(sqlite_engine, SAMPLE / "csv", DAY, RULES)
    assert result.first
    assert result.changes[RowKind.DEBT].new == 243
    with sqlite_engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(CHANGE)) == 0
