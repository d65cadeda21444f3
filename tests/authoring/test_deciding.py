"""The sample export and its 500 requests: every row's four columns come out right."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.centre.records.importer import import_export
from desktop.centre.records.lookup import find
from desktop.centre.schema import upgrade_centre
from desktop.domain.calendar import parse_jalali
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.property import Found
from desktop.forms.requests import Find, answer
from desktop.forms.shipped import shipped_city
from desktop.sql.engine import writer
from tests.shipped import SHIPPED
from tests.spelled import RULES

SAMPLE = Path(__file__).parents[1] / "data" / "export-sample"
DAY = parse_jalali("1405/09/03")


def rows(name: str) -> list[dict[str, str]]:
    """A file of the sample, row by row."""
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=["export.xlsx", "csv"])
def found(request: pytest.FixtureRequest, sqlite_path: Path) -> Iterator[Find]:
    """A look-up among the sample's records, imported from the workbook and from the folder."""
    engine = writer(sqlite_path)
    upgrade_centre(engine)
    import_export(engine, SAMPLE / str(request.param), DAY, RULES)
    with Session(engine) as session:

        def look(code: RenewalCode | None, plate: Plate | None) -> Found:
            return find(session, code, plate)

        yield look
    engine.dispose()


@pytest.mark.slow
def test_every_request_is_decided_as_expected(found: Find) -> None:
    services, city = SHIPPED, shipped_city()
    expected = rows("expected.csv")
    decided = []
    for row in rows("requests.csv"):
        answered = answer(services, row, found, DAY, city)
        decided.append(
            {
                "request_id": row["request_id"],
                "outcome": answered.outcome,
                "gates": answered.gates,
                "amount": str(answered.amount),
            }
        )
        assert answered.reason or answered.outcome == "answer"
    differing = [
        (mine, theirs) for mine, theirs in zip(decided, expected, strict=True) if mine != theirs
    ]
    assert differing == []
