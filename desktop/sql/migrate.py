"""Brings a database to the program's own version, after a copy of the file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect, text

from desktop.domain.errors import Refusal
from desktop.sql.engine import Sealed, copy_file, path_of, place_of
from desktop.sql.faults import as_refusals
from desktop.sql.triggers import Kept, check_triggers

_NEWER = "این پایگاه داده از نسخهٔ تازه‌تر برنامه است و با این نسخه باز نمی‌شود؛ برنامه را به‌روز کنید."
_DAMAGED = (
    "پروندهٔ پایگاه داده «{name}» آسیب دیده است. آن را پاک نکنید و روی آن ننویسید؛ "
    "با پشتیبانی تماس بگیرید تا از نسخهٔ پشتیبان برگردانده شود."
)
_LOCK = 14_041_020  # any number that no other lock of the centre's database uses


def upgrade(
    engine: Engine,
    scripts: Path,
    head: str,
    append_only: Iterable[str] = (),
    kept: Iterable[Kept] = (),
) -> None:
    """Brings the writer's database to the revision `head` of the migration folder.

    Afterwards it has the triggers of append-only tables, and those of what is kept.

    A SQLite file that already holds a version is copied first to `<name>.before-<head>`. All steps
    and the comparison of triggers are one transaction: it is done whole or not at all. Raises
    Refusal for a database from a newer program, a damaged file, a full disk, a folder without the
    right to write; TriggersDiffer when a migration lost a trigger. Only what is done to an index
    beside, and a step that fills a table of many rows on PostgreSQL, keep what stands before them.
    """
    with as_refusals():
        with engine.connect() as connection:
            before = version(connection)
        if before == head:
            return
        if before is not None and engine.dialect.name == "sqlite":
            _copy(engine, head)
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                # SQLite's BEGIN IMMEDIATE already keeps a second starting program out. This lock
                # outlasts transactions; it goes with the connection, a detached one for good.
                connection.detach()
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            _run(connection, scripts, head)
            check_triggers(connection, append_only, kept)
            connection.commit()


def version(connection: Connection) -> str | None:
    """The revision that the database holds; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def check_file(engine: Engine) -> None:
    """Reads the whole SQLite file and raises Refusal when it is damaged; nothing on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return
    with as_refusals(), engine.connect() as connection:
        sound = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
        if sound and isinstance(place_of(engine), Sealed):
            # Free pages too: each one of an encrypted file is sealed by itself.
            sound = connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is None
        if not sound:
            raise Refusal(_DAMAGED.format(name=path_of(place_of(engine)).name))


def run_migrations(metadata: MetaData) -> None:
    """What `env.py` of a migration folder does: runs the steps on the connection handed to it."""
    # Alembic costs a tenth of a second at every start; only a start that migrates pays it.
    from alembic import context  # noqa: PLC0415

    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        # SQLite's tables are made in transactions like its rows; Alembic assumes they are not.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def index_beside(
    name: str,
    table: str,
    columns: Sequence[str],
    where: str = "",
    *,
    using: str = "btree",
) -> None:
    """What a step does to index a table that grows: who writes to it goes on meanwhile.

    PostgreSQL does this in no transaction. So what the steps before did is kept from here on, and
    such a step does nothing else: broken off, it is done again from its beginning. A column may be
    an expression in parentheses; `using` is the kind of index, of which SQLite has but one and does
    nothing for another.
    """
    # As in `run_migrations`.
    from alembic import op  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415

    connection, few = op.get_bind(), text(where) if where else None
    if connection.dialect.name == "sqlite":
        if using == "btree":
            op.create_index(name, table, list(columns), sqlite_where=few)
        return
    with _beside(connection) as own:
        # One that was broken off is there, and nothing is read by it.
        own.exec_driver_sql(f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"')
        Operations(MigrationContext.configure(own)).create_index(
            name,
            table,
            [text(each) if each.startswith("(") else each for each in columns],
            postgresql_where=few,
            postgresql_using=using,
            postgresql_concurrently=True,
        )


def drop_index_beside(name: str) -> None:
    """What a step does to take an index away that nothing is read by, of a table that grows.

    As `index_beside`: who works with the table goes on meanwhile, and the step does nothing else.
    """
    # As in `run_migrations`.
    from alembic import op  # noqa: PLC0415

    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS "{name}"')
        return
    with _beside(connection) as own:
        own.exec_driver_sql(f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"')


@contextmanager
def _beside(connection: Connection) -> Iterator[Connection]:
    """A connection of its own, in no transaction; what the steps did before is kept."""
    connection.commit()
    with connection.engine.connect() as own:
        yield own.execution_options(isolation_level="AUTOCOMMIT")


def _run(connection: Connection, scripts: Path, head: str) -> None:
    # As in `run_migrations`: only a start that migrates pays for Alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    # Config reads % as interpolation, and a folder's name may hold one.
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    present = version(connection)
    if present is not None and present not in known:
        raise Refusal(_NEWER)
    command.upgrade(config, head)


def _copy(engine: Engine, head: str) -> None:
    check_file(engine)
    path = path_of(place_of(engine))
    copy = path.with_name(f"{path.name}.before-{head}")
    partial = copy.with_name(f"{copy.name}.partial")
    # What a start that was broken off has left is no copy, nor is one for which there was no room.
    _drop(partial)
    try:
        copy_file(engine, partial)
        os.replace(partial, copy)
    finally:
        _drop(partial)


def _drop(partial: Path) -> None:
    for path in (partial, partial.with_name(f"{partial.name}-journal")):
        path.unlink(missing_ok=True)
