"""An import that is killed, runs out of disk, or is begun twice: what is in force stays whole."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from sqlite3 import Cursor

import pytest
from sqlalchemy import Engine, event, func, select, update

from desktop.centre.records import clearing, in_force, merging
from desktop.centre.records.importer import SILENT, import_export, stage_export
from desktop.centre.records.lookup import find
from desktop.centre.records.tables import CHANGE, EXPORT, RECORD, TOLD
from desktop.centre.schema import upgrade_centre
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.domain.errors import Refusal
from desktop.domain.property import PropertyRecord
from desktop.sql.engine import writer
from tests.centre.records.writing import write_records
from tests.spelled import RULES

DAY = date(2026, 11, 24)
NEXT = DAY + timedelta(days=1)
SIZE = 1_500


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A city, and the same with every building half as large again."""
    folder = tmp_path_factory.mktemp("exports")
    city = make_city(SIZE, 1405, DAY)
    write_folder(city, folder / "first")
    grown = [replace(i.record, built=i.record.built * Decimal("1.5")) for i in city]
    write_records(grown, folder / "second")
    return folder / "first", folder / "second"


def seen(engine: Engine) -> dict[str, PropertyRecord]:
    """Every record as the look-up sees it."""
    with engine.connect() as connection:
        present = in_force.number(connection)
        assert present is not None
        codes = connection.scalars(select(RECORD.c.code).where(in_force.holds(present))).all()
        assert len(codes) == len(set(codes))
        records = connection.execute(
            select(RECORD.c.code, RECORD.c.body).where(in_force.holds(present))
        )
        return {code: body for code, body in records}


def _read(path: Path, source: Path) -> None:
    stage_export(writer(path), source, NEXT, RULES)


@pytest.mark.long
def test_a_reading_that_is_killed_anywhere_leaves_what_is_in_force(
    tmp_path: Path, exports: tuple[Path, Path], disposed: Callable[[Engine], Engine]
) -> None:
    path = tmp_path / "centre.sqlite"
    engine = disposed(writer(path))
    upgrade_centre(engine)
    import_export(engine, exports[0], DAY, RULES)
    before = seen(engine)
    states = set()
    spawn = multiprocessing.get_context("spawn")
    for later in (0, 0.1, 0.3, 0.5, 0.8, 1.2):  # seconds after its first row
        last = _last(engine)
        child = spawn.Process(target=_read, args=(path, exports[1]))
        child.start()
        deadline = time.monotonic() + 30
        # From the first row of the reading on; starting a process is no part of it.
        while time.monotonic() < deadline and _last(engine) == last and child.is_alive():
            child.join(0.01)
        child.join(later)
        child.kill()
        child.join()
        child.close()
        assert seen(engine) == before
        states.add(_reading(engine))
        # A minute later its row is nobody's.
        with engine.begin() as connection:
            connection.execute(update(EXPORT).values(heard_at=datetime.now(UTC) - 2 * SILENT))
    assert "reading" in states
    result = stage_export(engine, exports[1], NEXT, RULES)
    assert result.export_id is not None
    assert seen(engine) == before
    with engine.connect() as connection:
        newer = in_force.holds(result.export_id)
        count = select(func.count()).select_from(RECORD).where(newer)
        assert connection.scalar(count) == SIZE


def _last(engine: Engine) -> int | None:
    with engine.connect() as connection:
        found: int | None = connection.scalar(select(func.max(EXPORT.c.id)))
    return found


def _reading(engine: Engine) -> str | None:
    with engine.connect() as connection:
        newest = select(EXPORT.c.state).order_by(EXPORT.c.id.desc()).limit(1)
        state = connection.scalar(newest.where(EXPORT.c.id > (in_force.number(connection) or 0)))
    return None if state in (None, "failed", "dropped") else str(state)


def limited(engine: Engine, more: int) -> None:
    """Let the file grow by so many pages and no further."""
    with engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


@pytest.mark.parametrize("more", [2, 60, 250])
@pytest.mark.long
def test_a_full_disk_is_told_and_nothing_changes(
    sqlite_engine: Engine, exports: tuple[Path, Path], more: int
) -> None:
    import_export(sqlite_engine, exports[0], DAY, RULES)
    before = seen(sqlite_engine)
    limited(sqlite_engine, more)
    with pytest.raises(Refusal, match="روی دیسک جا نیست"):
        stage_export(sqlite_engine, exports[1], NEXT, RULES)
    assert seen(sqlite_engine) == before
    limited(sqlite_engine, 100_000)
    later = datetime.now(UTC) + 2 * SILENT
    assert stage_export(sqlite_engine, exports[1], NEXT, RULES, clock=lambda: later).export_id
    assert seen(sqlite_engine) == before


@pytest.mark.long
def test_what_an_import_told_goes_away_a_few_rows_at_a_time(
    sqlite_engine: Engine, exports: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, day in ((exports[0], DAY), (exports[1], NEXT), (exports[0], NEXT)):
        import_export(sqlite_engine, path, day, RULES)
    monkeypatch.setattr(clearing, "_CHUNK", SIZE // 10)
    gone: list[int] = []

    def note(_: object, cursor: Cursor, words: str, *__: object) -> None:
        if words.startswith(f"DELETE FROM {CHANGE.name}"):
            gone.append(cursor.rowcount)

    event.listen(sqlite_engine, "after_cursor_execute", note)
    clearing.clear(sqlite_engine)
    assert sum(gone) > SIZE // 2
    assert max(gone) <= SIZE // 10
    with sqlite_engine.connect() as connection:
        present = in_force.number(connection)
        for table in (CHANGE, TOLD):
            others = select(table.c.export_id).where(table.c.export_id != present)
            assert connection.scalar(others.limit(1)) is None


@pytest.mark.slow
def test_the_write_lock_is_never_held_long(
    sqlite_engine: Engine, exports: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No transaction of a reading writes more than a chunk; how long that is the bench tells."""
    import_export(sqlite_engine, exports[0], DAY, RULES)
    monkeypatch.setattr(merging, "_CHUNK", SIZE // 10)
    chunks = [0]

    def note(_: object, __: object, words: str, rows: Sequence[object], *___: object) -> None:
        if f"INTO {RECORD.name}" in words:
            chunks[-1] += len(rows) if isinstance(rows, list) else 1

    event.listen(sqlite_engine, "before_cursor_execute", note)
    event.listen(sqlite_engine, "commit", lambda _: chunks.append(0))
    stage_export(sqlite_engine, exports[1], NEXT, RULES)
    assert sum(chunks) > SIZE // 2, "what changed"
    assert max(chunks) <= SIZE // 10
    with sqlite_engine.connect() as connection:
        first = next(iter(make_city(SIZE, 1405, DAY))).record.code
        assert find(connection, first, None).as_of == DAY
