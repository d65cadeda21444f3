"""Migrations: once, whole, after a copy, and never on a newer or a damaged database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from desktop.domain.errors import Refusal
from desktop.sql.engine import Place, writer
from desktop.sql.migrate import check_file, upgrade, version
from desktop.sql.triggers import TriggersDiffer

SCRIPTS = Path(__file__).parent / "migrations"


@contextmanager
def opened(place: Place) -> Iterator[Engine]:
    engine = writer(place)
    try:
        yield engine
    finally:
        engine.dispose()


def migrate(place: Place, head: str) -> None:
    with opened(place) as engine:
        upgrade(engine, SCRIPTS, head, ["line"])


def run(place: Place, statement: str) -> list[tuple[object, ...]]:
    with opened(place) as engine, engine.begin() as connection:
        done = connection.execute(text(statement))
        return [tuple(row) for row in done] if done.returns_rows else []


def held(place: Place) -> str | None:
    with opened(place) as engine, engine.connect() as connection:
        return version(connection)


def test_an_empty_database_becomes_the_programs_own(any_url: Place) -> None:
    migrate(any_url, "0001_line")
    assert held(any_url) == "0001_line"
    run(any_url, "INSERT INTO line (id, words) VALUES (1, 'a')")
    migrate(any_url, "0001_line")
    migrate(any_url, "0002_wide")
    assert run(any_url, "SELECT id, words, width FROM line") == [(1, "a", None)]


def test_a_file_is_copied_before_a_step_and_only_then(sqlite_path: Path) -> None:
    migrate(sqlite_path, "0001_line")
    run(sqlite_path, "INSERT INTO line (id, words) VALUES (1, 'a')")
    assert [path.name for path in sqlite_path.parent.glob("*before*")] == []
    migrate(sqlite_path, "0002_wide")
    copies = list(sqlite_path.parent.glob("*before*"))
    assert [path.name for path in copies] == ["test.sqlite.before-0002_wide"]
    assert held(copies[0]) == "0001_line"
    assert run(copies[0], "SELECT words FROM line") == [("a",)]


def test_what_a_broken_off_copy_has_left_is_in_nobody_s_way(sqlite_path: Path) -> None:
    migrate(sqlite_path, "0001_line")
    partial = sqlite_path.with_name("test.sqlite.before-0002_wide.partial")
    partial.write_bytes(b"torn" * 5000)
    partial.with_name(f"{partial.name}-journal").write_bytes(b"torn")
    migrate(sqlite_path, "0002_wide")
    assert [path.name for path in sqlite_path.parent.glob("*before*")] == [
        "test.sqlite.before-0002_wide"
    ]
    assert held(sqlite_path) == "0002_wide"


def test_a_step_that_loses_a_trigger_is_undone(any_url: Place) -> None:
    migrate(any_url, "0001_line")
    with pytest.raises(TriggersDiffer):
        migrate(any_url, "0002_note")
    assert held(any_url) == "0001_line"


def test_an_index_beside_takes_the_place_of_one_that_was_broken_off(any_url: Place) -> None:
    migrate(any_url, "0002_wide")
    if not isinstance(any_url, Path):
        run(any_url, "CREATE INDEX ix_line_words ON line (id)")
    migrate(any_url, "0003_words")
    assert held(any_url) == "0003_words"
    with opened(any_url) as engine:
        (index,) = inspect(engine).get_indexes("line")
    assert (index["name"], index["column_names"]) == ("ix_line_words", ["words"])
    assert index["dialect_options"]


def test_an_index_that_nothing_is_read_by_is_taken_away(any_url: Place) -> None:
    migrate(any_url, "0003_words")
    migrate(any_url, "0004_bare")
    assert held(any_url) == "0004_bare"
    with opened(any_url) as engine:
        assert inspect(engine).get_indexes("line") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "word"),
    [("0002_wide", "0003_words", "CREATE"), ("0003_words", "0004_bare", "DROP")],
)
def test_who_writes_goes_on_while_an_index_is_made_or_goes(
    postgres_url: str, before: str, after: str, word: str
) -> None:
    migrate(postgres_url, before)
    making = text(f"SELECT count(*) FROM pg_stat_activity WHERE query LIKE '{word} INDEX%'")
    add = text("INSERT INTO line (id, words) VALUES (:id, 'a')")
    with opened(postgres_url) as engine, ThreadPoolExecutor(1) as threads:
        with engine.connect() as former:
            former.execute(add, {"id": 1})
            made = threads.submit(migrate, postgres_url, after)
            with engine.connect() as other:
                while not other.scalar(making):
                    assert not made.done(), made.exception()
                    other.rollback()
                # It waits for whoever wrote before; nobody waits for it.
                other.execute(text("SET LOCAL lock_timeout = '2s'"))
                other.execute(add, {"id": 2})
                other.commit()
            former.commit()
        made.result()
    assert run(postgres_url, "SELECT id FROM line ORDER BY id") == [(1,), (2,)]
    assert held(postgres_url) == after


def test_a_database_of_a_newer_program_is_left_alone(any_url: Place) -> None:
    migrate(any_url, "0001_line")
    run(any_url, "UPDATE alembic_version SET version_num = '0099_later'")
    with pytest.raises(Refusal, match="نسخهٔ تازه‌تر"):
        migrate(any_url, "0001_line")
    assert held(any_url) == "0099_later"


def test_a_smeared_header_is_told(sqlite_path: Path) -> None:
    migrate(sqlite_path, "0001_line")
    with sqlite_path.open("r+b") as file:
        file.write(b"\0" * 100)
    with pytest.raises(Refusal, match="آسیب دیده"):
        migrate(sqlite_path, "0001_line")


def test_a_smeared_page_is_told_before_a_step_and_the_file_stays(sqlite_path: Path) -> None:
    migrate(sqlite_path, "0001_line")
    words = "w" * 3000
    with closing(sqlite3.connect(sqlite_path)) as connection:
        connection.executemany("INSERT INTO line VALUES (?, ?)", [(n, words) for n in range(50)])
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = sqlite_path.stat().st_size
    with sqlite_path.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)
    with opened(sqlite_path) as engine, pytest.raises(Refusal, match="آسیب دیده"):
        check_file(engine)
    with pytest.raises(Refusal, match="آسیب دیده"):
        migrate(sqlite_path, "0002_wide")
    assert held(sqlite_path) == "0001_line"
    assert list(sqlite_path.parent.glob("*before*")) == []


def test_a_folder_with_a_percent_sign_serves(tmp_path: Path) -> None:
    folder = tmp_path / "100%"
    folder.mkdir()
    migrate(folder / "a.sqlite", "0001_line")
    assert held(folder / "a.sqlite") == "0001_line"


@pytest.mark.slow
def test_two_programs_starting_at_once_migrate_once(any_url: Place) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop.sql.engine import writer;"
        "from desktop.sql.migrate import upgrade;"
        "place = sys.argv[1];"
        "engine = writer(place if place.startswith('postgresql') else Path(place));"
        "upgrade(engine, Path(sys.argv[2]), '0001_line', ['line'])"
    )
    command = [sys.executable, "-c", code, str(any_url), str(SCRIPTS)]
    starts = [subprocess.Popen(command) for _ in range(3)]
    assert [start.wait(60) for start in starts] == [0, 0, 0]
    assert held(any_url) == "0001_line"


@pytest.mark.slow
def test_a_start_without_a_step_does_not_load_alembic(sqlite_path: Path) -> None:
    migrate(sqlite_path, "0001_line")
    code = (
        "import sys; from pathlib import Path; from desktop.sql.engine import writer;"
        "from desktop.sql.migrate import upgrade;"
        "upgrade(writer(Path(sys.argv[1])), Path(sys.argv[2]), '0001_line', ['line']);"
        "sys.exit('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(sqlite_path), str(SCRIPTS)]
    assert subprocess.run(command, check=False).returncode == 0
