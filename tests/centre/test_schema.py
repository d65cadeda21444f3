"""The centre's migrations make the tables that the code declares, on both databases."""

from __future__ import annotations

from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from desktop.centre.metadata import METADATA
from desktop.centre.schema import HEAD, SCRIPTS, upgrade_centre
from desktop.sql.engine import Place, writer


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
