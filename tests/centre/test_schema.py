"""The centre's migrations make the tables that the code declares, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from desktop.centre.metadata import METADATA
from desktop.centre.records import in_force
from desktop.centre.records.codec import to_json
from desktop.centre.records.lookup import find
from desktop.centre.schema import HEAD, SCRIPTS, upgrade_centre
from desktop.domain.identifiers import RenewalCode
from desktop.sql.engine import Place, writer
from tests.property import a_property


def test_the_migrated_database_is_the_declared_one(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    upgrade_centre(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_head_is_the_newest_revision_and_there_is_one() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_records_of_before_staged_imports_go_on_answering(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    code, body = RenewalCode(2, 14, 308, 27, 1), to_json(a_property())
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005_pairs")
        for number, day in ((1, "2026-11-01"), (2, "2026-11-20")):
            connection.execute(
                text("INSERT INTO record_export (id, as_of, totals) VALUES (:n, :day, '{}')"),
                {"n": number, "day": day},
            )
        connection.execute(
            text("INSERT INTO record (code, body, export_id) VALUES (:code, :body, 1)"),
            {"code": str(code), "body": body},
        )
    upgrade_centre(engine)
    with engine.connect() as connection:
        found = find(connection, code, None)
        act = in_force.last_act(connection)
    assert found.as_of == date(2026, 11, 20)
    assert found.record == a_property()
    assert act is not None
    assert (act.export_id, act.former_id) == (2, None)


def test_a_centre_without_records_has_none_in_force(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    upgrade_centre(engine)
    with engine.connect() as connection:
        assert in_force.last_act(connection) is None


def test_postgresql_looks_after_what_grows_within_a_day(
    postgres_url: str, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(postgres_url))
    upgrade_centre(engine)
    told = text("SELECT relname FROM pg_class WHERE reloptions::text LIKE :factor ORDER BY relname")
    with engine.connect() as connection:
        for factor in ("analyze_scale_factor=0.01", "insert_scale_factor=0.01"):
            tended = connection.scalars(told, {"factor": f"%autovacuum%{factor}%"}).all()
            assert tended == ["case", "command", "fact", "letter"]
