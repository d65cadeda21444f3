"""The centre's database at this program's version: its migrations and their newest revision."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from desktop.centre import (
    bulletin_tables,
    closing_tables,
    commission_tables,
    consultation_tables,
    conversion_tables,
    doubt_tables,
    elsewhere_tables,
    ended_tables,
    heads,
    look_tables,
    message_tables,
    notice_tables,
    objection_tables,
    outage_tables,
    publication_tables,
    reading_tables,
    recovery_tables,
    replays,
    sheet_tables,
    sum_tables,
    visit_tables,
)
from desktop.centre import tables as centre_tables
from desktop.centre.beside import BESIDE
from desktop.centre.metadata import METADATA
from desktop.centre.records import tables as record_tables
from desktop.sql.metadata import append_only_tables
from desktop.sql.migrate import upgrade, version

SCRIPTS = Path(__file__).parent / "migrations"
HEAD = "0076_visit_phone"
# Naming the modules of the tables fills METADATA.
DECLARED = (
    centre_tables,
    bulletin_tables,
    closing_tables,
    commission_tables,
    consultation_tables,
    doubt_tables,
    conversion_tables,
    elsewhere_tables,
    ended_tables,
    heads,
    look_tables,
    message_tables,
    notice_tables,
    outage_tables,
    objection_tables,
    publication_tables,
    reading_tables,
    recovery_tables,
    record_tables,
    replays,
    sheet_tables,
    sum_tables,
    visit_tables,
)


def declared_tables() -> list[str]:
    """The names of all tables of the centre."""
    return sorted(METADATA.tables)


def schema_of(engine: Engine) -> str | None:
    """The revision that the database has; None for an empty one."""
    with engine.connect() as connection:
        return version(connection)


def serves(revision: str | None) -> bool:
    """Whether this program can go on with a database of that revision: its own, or a later one.

    A later one has only more: the program that brought it comes into the place of this one.
    """
    number = (revision or "").partition("_")[0]
    return number.isdecimal() and int(number) >= int(HEAD.partition("_")[0])


def upgrade_centre(engine: Engine) -> None:
    """Brings the writer's database to `HEAD`. Raises as `desktop.sql.migrate.upgrade` does."""
    kept = (centre_tables.CASE_COUNTING, centre_tables.CASE_WORDS, *sum_tables.SUMMINGS, *BESIDE)
    upgrade(engine, SCRIPTS, HEAD, append_only_tables(METADATA), kept)
