"""Engines: who may write, how transactions begin, what happens when two write at once."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlalchemy import Engine, exc, text

from desktop.domain.errors import Refusal
from desktop.sql.engine import Place, reader, writer
from desktop.sql.faults import as_refusals, refusal_for

Keep: TypeAlias = Callable[[Engine], Engine]


def make_counter(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_commit_is_on_the_disk_before_it_is_told(sqlite_path: Path, disposed: Keep) -> None:
    engine = disposed(writer(sqlite_path))
    assert pragma(engine, "journal_mode") == "wal"
    assert pragma(engine, "synchronous") == 2
    assert pragma(engine, "foreign_keys") == 1


def test_what_is_committed_is_there_and_what_is_rolled_back_is_not(
    any_url: Place, disposed: Keep
) -> None:
    engine = disposed(writer(any_url))
    make_counter(engine)
    with engine.connect() as connection:
        connection.execute(text("UPDATE counter SET n = 7"))
        connection.rollback()
    with disposed(reader(any_url)).connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 0
    with engine.begin() as connection:
        connection.execute(text("UPDATE counter SET n = 9"))
    seen = disposed(reader(any_url))
    with seen.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 9


def test_tables_of_a_rolled_back_transaction_are_gone(any_url: Place, disposed: Keep) -> None:
    engine = disposed(writer(any_url))
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE half (n INTEGER)"))
        connection.rollback()
    make_counter(engine)
    with engine.connect() as connection, pytest.raises(exc.DBAPIError):
        connection.execute(text("SELECT * FROM half"))


def test_a_reader_cannot_write(any_url: Place, disposed: Keep) -> None:
    engine = disposed(writer(any_url))
    make_counter(engine)
    seen = disposed(reader(any_url))
    with seen.connect() as connection, pytest.raises(exc.DBAPIError):
        connection.execute(text("UPDATE counter SET n = 1"))


def test_a_reader_makes_no_file(sqlite_path: Path, disposed: Keep) -> None:
    seen = disposed(reader(sqlite_path))
    with pytest.raises(Refusal, match="باز نمی‌شود"), as_refusals(), seen.connect():
        pass
    assert not sqlite_path.exists()


def test_a_reader_sees_one_moment_and_does_not_wait(sqlite_path: Path, disposed: Keep) -> None:
    engine, seen = disposed(writer(sqlite_path)), disposed(reader(sqlite_path))
    make_counter(engine)
    with seen.connect() as reading:
        assert reading.execute(text("SELECT n FROM counter")).scalar() == 0
        with engine.begin() as connection:
            connection.execute(text("UPDATE counter SET n = 1"))
        assert reading.execute(text("SELECT n FROM counter")).scalar() == 0
    with seen.connect() as reading:
        assert reading.execute(text("SELECT n FROM counter")).scalar() == 1


@pytest.mark.parametrize("shared", [True, False], ids=["one engine", "an engine each"])
def test_numbers_read_and_then_written_are_never_given_twice(
    any_url: Place, shared: bool, disposed: Keep
) -> None:
    first = disposed(writer(any_url))
    make_counter(first)
    engines = [first if shared else disposed(writer(any_url)) for _ in range(4)]
    given: list[int] = []

    def draw(engine: Engine) -> None:
        for _ in range(25):
            with engine.begin() as connection:
                lock = " FOR UPDATE" if engine.dialect.name == "postgresql" else ""
                n = connection.execute(text(f"SELECT n FROM counter{lock}")).scalar_one()
                connection.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})
            given.append(n)

    run_together([partial(draw, engine) for engine in engines])
    assert sorted(given) == list(range(100))


def run_together(acts: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_full_disk_is_told_and_nothing_is_lost(sqlite_path: Path, disposed: Keep) -> None:
    engine = disposed(writer(sqlite_path))
    make_counter(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 3")
    with engine.connect() as connection:
        connection.execute(text("UPDATE counter SET n = 1"))
        with pytest.raises(Refusal, match="روی دیسک جا نیست"), as_refusals():
            connection.execute(text(f"CREATE TABLE big AS SELECT '{'x' * 100_000}' AS words"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 0


def test_a_damaged_file_is_told(sqlite_path: Path, disposed: Keep) -> None:
    sqlite_path.write_bytes(b"no database at all" * 100)
    engine = disposed(writer(sqlite_path))
    with pytest.raises(Refusal, match="آسیب دیده"), as_refusals(), engine.connect():
        pass


def test_a_file_kept_by_another_program_is_told(
    sqlite_path: Path, monkeypatch: pytest.MonkeyPatch, disposed: Keep
) -> None:
    monkeypatch.setattr("desktop.sql.engine._BUSY_MS", 50)
    engine, other = disposed(writer(sqlite_path)), disposed(writer(sqlite_path))
    make_counter(engine)
    with (
        other.begin(),
        pytest.raises(Refusal, match="برنامهٔ دیگری"),
        as_refusals(),
        engine.begin(),
    ):
        pass


def test_a_fault_of_the_program_stays_one(sqlite_path: Path, disposed: Keep) -> None:
    engine = disposed(writer(sqlite_path))
    with (
        pytest.raises(exc.OperationalError) as fault,
        as_refusals(),
        engine.connect() as connection,
    ):
        connection.execute(text("SELECT * FROM nowhere"))
    assert refusal_for(fault.value) is None
    assert isinstance(fault.value.orig, sqlite3.OperationalError)
