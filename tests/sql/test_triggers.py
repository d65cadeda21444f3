"""Append-only tables refuse what would rewrite history, and a missing guard is noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from sqlalchemy import Engine, exc, text

from desktop.sql.engine import Place, writer
from desktop.sql.triggers import TriggersDiffer, check_triggers, create_append_only

Keep: TypeAlias = Callable[[Engine], Engine]


def ledger(place: Place) -> Engine:
    engine = writer(place)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT)"))
        create_append_only(connection, "line")
        connection.execute(text("INSERT INTO line VALUES (1, 'a'), (2, 'b')"))
    return engine


def statements(engine: Engine) -> list[str]:
    common = ["UPDATE line SET words = 'x' WHERE id = 1", "DELETE FROM line WHERE id = 1"]
    if engine.dialect.name == "sqlite":
        return [*common, "INSERT OR REPLACE INTO line VALUES (1, 'x')"]
    return [
        *common,
        "TRUNCATE line",
        "INSERT INTO line VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET words = 'x'",
    ]


def test_rows_are_added_and_never_changed_or_deleted(any_url: Place, disposed: Keep) -> None:
    engine = disposed(ledger(any_url))
    for statement in statements(engine):
        with pytest.raises(exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT id, words FROM line ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [(1, "a"), (2, "b")]


def test_the_declared_triggers_pass(any_url: Place, disposed: Keep) -> None:
    engine = disposed(ledger(any_url))
    with engine.connect() as connection:
        check_triggers(connection, ["line"])


def test_a_missing_an_unknown_and_a_weakened_trigger_are_noticed(
    any_url: Place, disposed: Keep
) -> None:
    engine = disposed(ledger(any_url))
    on = " ON line" if engine.dialect.name == "postgresql" else ""
    with pytest.raises(TriggersDiffer, match="other_no_update"), engine.connect() as connection:
        check_triggers(connection, ["line", "other"])
    with pytest.raises(TriggersDiffer, match="line_no_delete"), engine.connect() as connection:
        check_triggers(connection, [])
    weakened = {
        "sqlite": "CREATE TRIGGER line_no_update BEFORE UPDATE OF id ON line BEGIN SELECT 1; END",
        "postgresql": (
            "CREATE TRIGGER line_no_update AFTER UPDATE ON line "
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
        ),
    }
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER line_no_update{on}"))
        with pytest.raises(TriggersDiffer, match="line_no_update"):
            check_triggers(connection, ["line"])
        connection.execute(text(weakened[engine.dialect.name]))
        with pytest.raises(TriggersDiffer, match="line_no_update"):
            check_triggers(connection, ["line"])


@pytest.mark.slow
def test_a_disabled_trigger_is_noticed(postgres_url: str, disposed: Keep) -> None:
    engine = disposed(ledger(postgres_url))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE line DISABLE TRIGGER line_no_delete"))
        with pytest.raises(TriggersDiffer, match="line_no_delete"):
            check_triggers(connection, ["line"])
