"""Homes that programs of earlier commits made (`tests.keep`): unpacked, their centres laid."""

from __future__ import annotations

import sqlite3
import tarfile
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection

from desktop.actions import access
from desktop.centre.audit.whole import audit as audit_centre
from desktop.centre.context import at_once
from desktop.centre.schema import SCRIPTS
from desktop.demo.beginning import fill_queue, ring_at_once, seat_crew
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.commands import Command
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import Opening
from desktop.sql.engine import Place, writer
from desktop.store import outbox, queue
from desktop.store.audit import audit as audit_store
from desktop.wire import arrival
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import encode_command
from tests.houses import CHEAP, MORNING
from tests.keep import DUMP, ON_POSTGRESQL, PROPERTIES
from tests.record import demand_same
from tests.servers import create, libpq, name_in

KEPT = Path(__file__).parent / "data" / "homes"
BEFORE = ("4316626", "d870db7", "343f61b", "3b1a6f4", "22c1832")
"""Commits whose centre had one key for everything."""
SINCE = ("8c67491", "6476f53", "172a968", "edbc02c", "951ed16", "6ea71a0")
THERE = tuple(f"{commit}{ON_POSTGRESQL}" for commit in ("8c67491", "35a8865", "6aca0af"))
"""Since then, with the centre on PostgreSQL."""
HOMES = BEFORE + SINCE + THERE
SIGNED_TWICE = (*SINCE[-2:], THERE[-1])
"""Whose papers bear a code of both who issued and who released it (decision 103)."""
DRAWN_AGAIN = BEFORE[:3] + SIGNED_TWICE
"""Whose letters are drawn again as they were: in layout 1, and in layout 2 since it is as it is
(decision 029)."""
UNSENT = 3
"""Acts of each office's desk that the centre does not have."""


def but_for_the_ends_long(kept: tuple[str, ...]) -> list[object]:
    """Parameters of a test: the longest way and the shortest in the ordinary check, all others in
    the long one."""
    ends = (kept[0], kept[-1])
    return [pytest.param(each, marks=[] if each in ends else pytest.mark.long) for each in kept]


def unpacked(kept: str, folder: Path) -> Path:
    """A copy of the home as that commit's program left it."""
    with tarfile.open(KEPT / f"{kept}.tar.xz") as packed:
        packed.extractall(folder / "demo", filter="data")
    return folder / "demo"


def demand_chained(rows: Iterable[tuple[str, str, str]]) -> None:
    """Every text (of a chain, in its order) is the next link of its chain."""
    ends: dict[str, str] = {}
    for chain, text, linked in rows:
        ends[chain] = link_hash(ends.get(chain, GENESIS), text)
        assert linked == ends[chain]


def taken(text: str) -> Command:
    """The act in the text, as the centre still takes it."""
    placed = arrival.place(text)
    assert placed is not None
    command = arrival.read(placed, text)
    demand_same(text, encode_command(command))
    return command


def opening(database: Place | None = None, clock: SteppingClock | None = None) -> Opening:
    """How a home is opened: by the clock, else an hour after it was left."""
    return Opening(clock or later(), cost=CHEAP, later=at_once, database=database)


def later() -> SteppingClock:
    """A clock of an hour after homes were left."""
    return SteppingClock(MORNING.astimezone(UTC) + timedelta(hours=1))


def demand_goes_on(home: Path, database: Place | None = None) -> None:
    """Everybody signs in, what was unsent is sent, a day's requests find their way, and whatever
    desks and centre keep is sound then."""
    clock = later()
    house = open_house(home, opening(database, clock), properties=PROPERTIES)
    try:
        assert house.told == ""
        for person in STAFF:
            assert access.sign_in(house.desk_of(person.role).desk, person.name, PASSWORD)
        store = house.office.desk.store
        with store.reading() as session:
            before = set(queue.ids(session))
        assert house.office.sync().well
        with store.reading() as session:
            assert outbox.waiting(session).count == 0
            assert set(queue.ids(session)) == before
        ring_at_once(house)
        crew = seat_crew(house)
        with suppress(RuntimeError):
            fill_queue(house, crew, clock, properties=PROPERTIES, today=3)
        assert list(audit_centre(house.centre)) == []
        for running in (house.office, house.municipality):
            desk = running.desk
            assert running.sync().well
            with desk.store.reading() as session:
                assert list(audit_store(session, desk.reference.setting_for)) == []
    finally:
        house.close()


def lay(home: Path, server: str, place: str) -> None:
    """The home's centre is a new database of the server: from its dump, else row by row from its
    file, in the schema that it had then."""
    create(server, name_in(place))
    dump = home / DUMP
    if dump.exists():
        with psycopg.connect(libpq(place)) as connection:
            connection.execute(dump.read_bytes())
        return
    with closing(sqlite3.connect(home / "centre.db")) as file:
        (revision,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
        engine = writer(place)
        with engine.connect() as connection:
            migrate_to(connection, revision)
            connection.commit()
        engine.dispose()
        with psycopg.connect(libpq(place)) as connection:
            # What counts and what forbids would do so once more.
            connection.execute("SET session_replication_role = replica")
            for table in _tables(connection):
                _copy(file, connection, table)


def migrate_to(connection: Connection, revision: str) -> None:
    """Bring a centre's database to that revision, by the steps that lead there."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _tables(connection: psycopg.Connection) -> list[str]:
    asked = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    return [name for (name,) in connection.execute(asked) if name != "alembic_version"]


def _copy(file: sqlite3.Connection, connection: psycopg.Connection, table: str) -> None:
    asked = (
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = 'public' ORDER BY ordinal_position"
    )
    columns = connection.execute(asked, [table]).fetchall()
    names = [name for name, _ in columns]
    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    with connection.cursor() as cursor:
        told = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        )
        quoted = ", ".join(f'"{name}"' for name in names)
        for row in file.execute(f'SELECT {quoted} FROM "{table}"'):
            kinds = zip(row, columns, strict=True)
            cursor.execute(
                told,
                [
                    bool(value) if kind == "boolean" and value is not None else value
                    for value, (_, kind) in kinds
                ],
            )
