"""Days and instants keep their value and their order as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TypeAlias

import pytest
from sqlalchemy import Column, Engine, Integer, Table, exc, select

from desktop.sql.engine import Place, writer
from desktop.sql.metadata import APPEND_ONLY, append_only_tables, new_metadata
from desktop.sql.types import IsoDate, UtcInstant

Keep: TypeAlias = Callable[[Engine], Engine]

METADATA = new_metadata()
MOMENT = Table(
    "moment",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", IsoDate, index=True),
    Column("at", UtcInstant),
    info=APPEND_ONLY,
)
TEHRAN = timezone(timedelta(hours=3, minutes=30))


def test_values_come_back_as_they_went(any_url: Place, disposed: Keep) -> None:
    engine = disposed(writer(any_url))
    METADATA.create_all(engine)
    noon = datetime(2026, 11, 24, 12, 0, 0, 5, tzinfo=TEHRAN)
    rows: list[dict[str, object]] = [
        {"id": 1, "day": date(2026, 11, 24), "at": noon},
        {"id": 2, "day": None, "at": None},
        {"id": 3, "day": date(999, 1, 1), "at": datetime(999, 1, 1, tzinfo=UTC)},
    ]
    with engine.begin() as connection:
        connection.execute(MOMENT.insert(), rows)
        kept = connection.execute(select(MOMENT).order_by(MOMENT.c.id)).mappings().all()
        early = connection.execute(
            select(MOMENT.c.id).where(MOMENT.c.day < date(2026, 1, 1))
        ).scalars()
        assert list(early) == [3]
    assert [dict(row) for row in kept] == rows


@pytest.mark.parametrize(
    "row",
    [
        {"day": datetime(2026, 1, 1, tzinfo=UTC)},
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001
    ],
)
def test_an_instant_is_no_day_and_a_clock_without_a_zone_no_instant(
    sqlite_path: Place, row: dict[str, object], disposed: Keep
) -> None:
    engine = disposed(writer(sqlite_path))
    METADATA.create_all(engine)
    with pytest.raises(exc.StatementError) as fault, engine.begin() as connection:
        connection.execute(MOMENT.insert(), [row])
    assert isinstance(fault.value.orig, TypeError)


def test_constraints_have_names_and_tables_say_whether_they_are_append_only() -> None:
    assert MOMENT.primary_key.name == "pk_moment"
    assert {index.name for index in MOMENT.indexes} == {"ix_moment_day"}
    assert append_only_tables(METADATA) == ("moment",)
