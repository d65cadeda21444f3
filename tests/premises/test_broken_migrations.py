"""A migration that ends anywhere, by a kill or for want of room: all is as before, or as after."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event

from desktop.centre.schema import upgrade_centre
from desktop.domain.errors import Refusal
from desktop.sql.engine import File, Sealed, copy_file, path_of, seal, writer
from desktop.store.open import Store
from tests.kept import lay, unpacked
from tests.mortal import Mortal, mortal
from tests.once import SHARED
from tests.servers import address, create, drop, libpq, name_in
from tests.store.filling import without_room_for_copies
from tests.sync.dying import FORKS

Contents = dict[str, list[str]]
"""What a database holds, by table, and under no name how it is made."""

FORKS.set_forkserver_preload(["tests.premises.test_broken_migrations"])
_STORE, _CENTRE = "4316626", "8c67491.postgresql"
"""Those with the longest way to this program's version."""
_KEY = bytes(range(32))
_COPYING, _COMMITTING = "while the copy is made", "at its end"
_STATEMENTS = 130
"""Of the store's way."""


def dying_at(moment: int | str) -> None:
    """Kill this process at that statement from now on, or at one of the moments with a name."""
    reached = count(1)

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def say(*_: object) -> None:
        if next(reached) == moment:
            die()

    if moment == _COPYING:
        pytest.MonkeyPatch().setattr("desktop.sql.migrate.copy_file", partial(copy_file, step=die))
    elif moment == _COMMITTING:
        event.listen(Engine, "commit", die)
    else:
        event.listen(Engine, "before_cursor_execute", say)


def killed(work: Callable[..., None], place: object, moment: int | str) -> None:
    """Let the work be done there in a process that dies of it."""
    child = FORKS.Process(target=work, args=(place, moment))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    child.close()


# A desk's store, which its next start brings to its program's version.


def in_file(place: File) -> Contents:
    """What a SQLite file holds, whoever died in it; its index of words is no table of its own."""
    engine = writer(place)
    try:
        with engine.connect() as connection:
            run = connection.exec_driver_sql
            made = run("SELECT type, name, sql FROM sqlite_master ORDER BY name").all()
            words = tuple(name for _, name, sql in made if str(sql).startswith("CREATE VIRTUAL"))
            tables = [n for kind, n, _ in made if kind == "table" and not n.startswith(words)]
            held = {name: sorted(map(repr, run(f'SELECT * FROM "{name}"'))) for name in tables}
    finally:
        engine.dispose()
    return {"": [repr(tuple(each)) for each in made], **held}


@dataclass(frozen=True)
class Kept:
    """A store as its program left it, and what it holds then and in this program's version."""

    place: File
    before: Contents
    after: Contents

    def open(self) -> None:
        """Bring it to this program's version: then it holds what it should, and nothing lies
        beside it but the copy of before."""
        Store(self.place, reserve=0).close()
        assert in_file(self.place) == self.after
        path = path_of(self.place)
        (copy,) = path.parent.glob(f"{path.name}.before-*")
        assert (
            in_file(Sealed(copy, _KEY) if isinstance(self.place, Sealed) else copy) == self.before
        )

    def demand_as_before(self) -> None:
        """Nothing has happened to it."""
        assert in_file(self.place) == self.before


@cache
def contents_of_store() -> tuple[Path, Contents, Contents]:
    """The store of that home, what it holds, and what it holds in this program's version."""
    folder = Path(mkdtemp(prefix="broken-", dir=os.environ.get(SHARED)))
    path = unpacked(_STORE, folder) / "office.db"
    migrated = folder / "migrated.db"
    shutil.copy(path, migrated)
    Store(migrated, reserve=0).close()
    return path, in_file(path), in_file(migrated)


@pytest.fixture(params=["plain", "sealed"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    path, before, after = contents_of_store()
    place: File = tmp_path / "office.db"
    if request.param == "plain":
        shutil.copy(path, tmp_path / "office.db")
    else:
        place = Sealed(tmp_path / "office.db", _KEY)
        seal(path, place)
    return Kept(place, before, after)


def _open(place: File, moment: int | str) -> None:
    dying_at(moment)
    Store(place, reserve=0)


@pytest.mark.slow
@pytest.mark.parametrize("moment", [_COPYING, _STATEMENTS // 2, _COMMITTING])
def test_a_store_killed_on_its_way_is_as_it_was_and_opens(kept: Kept, moment: int | str) -> None:
    killed(_open, kept.place, moment)
    kept.demand_as_before()
    kept.open()


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kept", ["plain"], indirect=True)
def test_a_store_killed_at_any_statement_is_as_it_was_and_opens(kept: Kept, tmp_path: Path) -> None:
    statements = range(1, _STATEMENTS + 1, 3)
    for moment in statements:
        path = tmp_path / str(moment) / "office.db"
        path.parent.mkdir()
        shutil.copy(path_of(kept.place), path)
        own = Kept(path, kept.before, kept.after)
        killed(_open, path, moment)
        own.demand_as_before()
        own.open()


@pytest.mark.slow
def test_a_store_without_room_for_its_copy_says_so_and_stays_as_it_was(kept: Kept) -> None:
    with without_room_for_copies(), pytest.raises(Refusal, match="روی دیسک جا نیست"):
        Store(kept.place, reserve=0)
    assert list(path_of(kept.place).parent.glob("*before*")) == []
    kept.demand_as_before()
    kept.open()


@pytest.mark.slow
@pytest.mark.parametrize("more", [0, 20])
def test_a_disk_that_fills_on_the_way_says_so_and_the_store_stays_as_it_was(
    kept: Kept, more: int
) -> None:
    with growing_by(more), pytest.raises(Refusal, match="روی دیسک جا نیست"):
        Store(kept.place, reserve=0)
    kept.demand_as_before()
    kept.open()


@contextmanager
def growing_by(pages: int) -> Iterator[None]:
    """A file that is opened in the block grows by so many pages and no further."""

    def limit(connection: Any, _: object) -> None:
        (held,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {held + pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


# A centre on PostgreSQL, which `centre migrate` brings to its program's version.


def in_database(place: str) -> Contents:
    """What a database of PostgreSQL holds, once nobody else is at work in it."""
    asked = {
        "columns": "SELECT table_name, column_name, data_type, column_default, is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(libpq(place), autocommit=True) as connection:
        # The server learns of who died when it has something to tell him.
        while connection.execute(others).fetchone() != (0,):
            pass
        made = [repr(row) for each in asked.values() for row in connection.execute(each.encode())]
        listed = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        held = {name: _rows(connection, name) for (name,) in listed}
    return {"": sorted(made), **held}


def _rows(connection: psycopg.Connection[Any], name: str) -> list[str]:
    """A table's rows, but for the moment that is counted from when somebody migrated."""
    rows = connection.execute(f'SELECT * FROM "{name}"'.encode())
    names = [column.name for column in rows.description or ()]
    kept = [place for place, each in enumerate(names) if each != "unsigned_until"]
    return sorted(repr(tuple(row[place] for place in kept)) for row in rows)


@dataclass(frozen=True)
class Served:
    """A centre as its program left it, in a database of the server that is copied."""

    server: str
    template: str
    before: Contents
    after: Contents

    @contextmanager
    def copied(self) -> Iterator[str]:
        """A copy of it, at an address."""
        place = address(self.server, f"{self.template}_copy")
        create(self.server, name_in(place), self.template)
        try:
            yield place
        finally:
            drop(self.server, name_in(place))

    def demand_kept(self, place: str) -> None:
        """All is as it was, or steps that keep what stands before them have ended: then what the
        centre was told and tells is as it was."""
        left = in_database(place)
        if left["alembic_version"] == self.before["alembic_version"]:
            assert left == self.before
        for name in ("fact", "command"):
            assert left[name] == self.before[name]

    def bring(self, place: str) -> None:
        """Called again, it comes to this program's version."""
        _bring(place, 0)
        assert in_database(place) == self.after


def serve(server: str, folder: Path, template: str) -> Served:
    """That home's centre on the server."""
    place = address(server, template)
    lay(unpacked(_CENTRE, folder), server, place)
    before = in_database(place)
    migrated = address(server, f"{template}_migrated")
    create(server, name_in(migrated), template)
    _bring(migrated, 0)
    after = in_database(migrated)
    drop(server, name_in(migrated))
    return Served(server, template, before, after)


@pytest.fixture(scope="module")
def served(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = serve(postgres_server, tmp_path_factory.mktemp("served"), "broken")
    yield made
    drop(postgres_server, made.template)


def _bring(place: str, moment: int | str) -> None:
    if moment:
        dying_at(moment)
    engine = writer(place)
    try:
        upgrade_centre(engine)
    finally:
        engine.dispose()


_ITS_STATEMENTS = 369
"""Of the centre's way, on which steps that keep what stands before them end near the 285th."""


@pytest.mark.slow
@pytest.mark.parametrize("moment", [150, 286])
def test_a_centre_whose_migrate_is_killed_is_whole_and_migrates(
    served: Served, moment: int | str
) -> None:
    with served.copied() as place:
        killed(_bring, place, moment)
        served.demand_kept(place)
        served.bring(place)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_centre_whose_migrate_is_killed_anywhere_is_whole_and_migrates(served: Served) -> None:
    for moment in (_COMMITTING, *range(1, _ITS_STATEMENTS + 1, 24)):
        with served.copied() as place:
            killed(_bring, place, moment)
            served.demand_kept(place)
            served.bring(place)


@pytest.mark.slow
def test_a_centre_whose_disk_fills_on_the_way_says_so_and_is_whole(served: Served) -> None:
    with served.copied() as place:
        with filling_at(place, 60), pytest.raises(Refusal, match="دیسک پایگاه داده جا نیست"):
            _bring(place, 0)
        served.demand_kept(place)
        served.bring(place)


@contextmanager
def filling_at(place: str, change: int) -> Iterator[None]:
    """The server has no room for that change of the schema, nor for any after it."""
    fills = (
        "CREATE SEQUENCE changes; CREATE FUNCTION fills() RETURNS event_trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF nextval('public.changes') >= {change} THEN RAISE EXCEPTION "
        "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END IF; "
        "END $$; CREATE EVENT TRIGGER fills ON ddl_command_end EXECUTE FUNCTION fills()"
    )
    room = "DROP EVENT TRIGGER fills; DROP FUNCTION fills; DROP SEQUENCE changes"
    with psycopg.connect(libpq(place), autocommit=True) as connection:
        connection.execute(fills.encode())
    try:
        yield
    finally:
        with psycopg.connect(libpq(place), autocommit=True) as connection:
            connection.execute(room.encode())


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_centre_whose_server_is_killed_on_the_way_says_so_and_is_whole(tmp_path: Path) -> None:
    with mortal() as server:
        served = serve(server.address, tmp_path, "broken")
        for moment in range(40, _ITS_STATEMENTS, 80):
            with served.copied() as place:
                with (
                    killing_at(server, moment),
                    pytest.raises(Refusal, match="ارتباط با پایگاه داده قطع شد"),
                ):
                    _bring(place, 0)
                server.begin()
                served.demand_kept(place)
                served.bring(place)


@contextmanager
def killing_at(server: Mortal, moment: int) -> Iterator[None]:
    """The server dies before that statement of this process."""
    reached = count(1)

    def say(*_: object) -> None:
        if next(reached) == moment:
            server.kill()

    event.listen(Engine, "before_cursor_execute", say)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", say)
