"""Which faults of a database pass, and rows that two make at the same moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Column, Engine, MetaData, String, Table, text
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    TimeoutError,
)

from desktop.domain.errors import Refusal
from desktop.sql.engine import Place, writer
from desktop.sql.faults import as_refusals, is_line_lost, made_meanwhile, passes
from desktop.sql.missing import make_missing

NAMES = Table("name", MetaData(), Column("name", String, primary_key=True), Column("of", String))


def told(state: str, kind: type[DBAPIError] = OperationalError) -> DBAPIError:
    """What SQLAlchemy raises for that condition of PostgreSQL."""
    fault = psycopg.Error("on purpose")
    fault.sqlstate = state or None
    return kind("SELECT", {}, fault)


@pytest.mark.parametrize(
    "state", ["40001", "40P01", "55P03", "57014", "25P03", "25P04", "08006", "53300", "57P01", ""]
)
def test_conditions_that_pass(state: str) -> None:
    assert passes(told(state))


@pytest.mark.parametrize("state", ["22001", "23502", "23505", "42P01", "P0001", "54000"])
def test_conditions_that_are_somebodys_bug(state: str) -> None:
    assert not passes(told(state, ProgrammingError))
    assert made_meanwhile(told(state, IntegrityError)) is (state == "23505")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "دیسک پایگاه داده جا نیست"),
        ("55P03", "کار دیگری پایگاه داده را نگه داشته"),
        ("57P01", "ارتباط با پایگاه داده قطع شد"),
        ("", "ارتباط با پایگاه داده قطع شد"),
        ("57014", "پایگاه داده آن را ناتمام گذاشت"),
    ],
)
def test_what_passes_is_told_with_its_cause(state: str, words: str) -> None:
    with pytest.raises(Refusal, match=words), as_refusals():
        raise told(state)


def test_a_bug_is_not_told_as_what_passes() -> None:
    with pytest.raises(ProgrammingError), as_refusals():
        raise told("42P01", ProgrammingError)


def test_what_the_driver_does_not_tell_apart_is_told_as_either() -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR"
    with pytest.raises(Refusal, match="یا جا نیست یا آسیب دیده"), as_refusals():
        raise OperationalError("BEGIN", {}, fault)


def test_other_faults_are_no_databases() -> None:
    assert not passes(ValueError("no"))
    assert passes(TimeoutError("all connections are in use"))


def test_only_a_lost_line_leaves_open_whether_it_was_kept() -> None:
    assert is_line_lost(told("08006"))
    assert is_line_lost(told(""))
    assert not is_line_lost(told("40001"))


def test_a_held_sqlite_file_passes(
    sqlite_path: Path, disposed: Callable[[Engine], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.sql.engine._BUSY_MS", 10)
    holder, waiting = disposed(writer(sqlite_path)), disposed(writer(sqlite_path))
    with holder.begin(), pytest.raises(OperationalError) as told, waiting.begin():
        raise AssertionError("two write at once")
    assert isinstance(told.value.orig, sqlite3.Error)
    assert passes(told.value)


def test_rows_are_made_where_they_are_missing(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    NAMES.metadata.create_all(engine)
    with engine.begin() as connection:
        assert make_missing(connection, NAMES, {"name": "a", "of": "first"})
        assert not make_missing(connection, NAMES, {"name": "a", "of": "second"})
        assert make_missing(connection, NAMES, {"name": "a", "of": "x"}, {"name": "b", "of": "y"})
        assert not make_missing(connection, NAMES)
        kept = connection.execute(text('SELECT name, "of" FROM name ORDER BY name')).all()
    assert [tuple(row) for row in kept] == [("a", "first"), ("b", "y")]
