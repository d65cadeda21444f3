"""A dirty export, made by seed, comes out as it should; so does everything that is told of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.centre.records.tables import RECORD
from desktop.domain.identifiers import renewal_code
from tests.centre.records.dirt import make_dirty
from tests.centre.records.dirty import TODAY, Told
from tests.centre.records.writing import in_order
from tests.spelled import RULES


def told_rows(report: Path) -> list[Told]:
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    with report.open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    assert all(reason for *_, reason, _, _ in rows)
    return [(sheet, int(number), column, outcome) for sheet, number, column, _, outcome, _ in rows]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("form", ["workbook", "folder"])
@pytest.mark.slow
def test_what_comes_out_is_what_should(
    sqlite_engine: Engine, tmp_path: Path, form: str, seed: int
) -> None:
    dirty = make_dirty(seed)
    source = tmp_path / "export"
    if form == "workbook":
        dirty.write_workbook(source)
    else:
        dirty.write_folder(source)
    report = tmp_path / "report.csv"
    result = import_export(sqlite_engine, source, TODAY, RULES, report_path=report)

    with sqlite_engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(RECORD)) == len(dirty.records)
        for code, expected in dirty.records.items():
            found = find(connection, renewal_code(code), None).record
            assert found is not None, code
            assert in_order(found) == in_order(expected)
    told = told_rows(report)
    assert sorted(told) == sorted(dirty.told)
    assert sum(count.doubles for count in result.sheets.values()) == dirty.doubles
    assert result.doubted == sum(record.doubted for record in dirty.records.values())
    for count in result.sheets.values():
        assert count.read == count.kept + count.doubles + count.refused


@pytest.mark.slow
def test_both_databases_hold_the_same(engine: Engine, tmp_path: Path) -> None:
    dirty = make_dirty(7)
    dirty.write_folder(tmp_path / "export")
    import_export(engine, tmp_path / "export", TODAY, RULES)
    with engine.connect() as connection:
        for code, expected in dirty.records.items():
            found = find(connection, renewal_code(code), None).record
            assert found is not None
            assert in_order(found) == in_order(expected)
    again = import_export(engine, tmp_path / "export", TODAY, RULES)
    assert not again.changed
    assert again.export_id is None
