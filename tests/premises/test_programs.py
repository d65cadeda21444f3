"""The newest of PostgreSQL's programs is taken, whatever an older cluster makes of their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.premises import programs


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with versions 9 and 17, whose names lead to Debian's chooser."""
    for version in ("9", "17", "9.6"):
        folder = tmp_path / "postgresql" / version / "bin"
        folder.mkdir(parents=True)
        program(folder / "pg_dump")
    program(tmp_path / "pg_wrapper")
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "pg_dump").symlink_to(tmp_path / "pg_wrapper")
    monkeypatch.setattr(programs, "_DEBIAN", tmp_path / "postgresql")
    monkeypatch.setenv("PATH", str(tmp_path / "names"))
    return tmp_path


def program(path: Path) -> None:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)


def test_the_chooser_does_not_choose(debian: Path) -> None:
    assert programs.located("pg_dump") == str(debian / "postgresql" / "17" / "bin" / "pg_dump")


def test_what_stands_in_the_path_by_itself_is_taken(debian: Path) -> None:
    own = debian / "names" / "pg_dump"
    own.unlink()
    program(own)
    assert programs.located("pg_dump") == str(own)


def test_a_machine_may_have_none(debian: Path) -> None:
    assert programs.located("pg_restore") is None
