"""A backup becomes the centre, by command: whole, of this centre, into an empty database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from desktop.centre.recovering.standing import Phase
from desktop.premises.served import open_centre
from tests.cli.conftest import Run
from tests.cli.test_centre import OFFICE
from tests.servers import libpq


@pytest.fixture
def dump(run: Run, folder: Path, founded: str) -> Path:
    """A backup of the centre with an office; after it another office came."""
    assert run("office", "add", *OFFICE)[0] == 0
    assert run("backup")[0] == 0
    (made,) = (folder / "backups").iterdir()
    return made


@pytest.fixture
def lost(folder: Path, founded: str, dump: Path) -> Iterator[str]:
    """The address of another database, empty, in the place of the one that was lost."""
    name = f"{make_url(founded).database}_again"
    other = make_url(founded).set(database=name).render_as_string(hide_password=False)
    file = folder / "office.toml"
    file.write_text(file.read_text("utf-8").replace(founded, other), encoding="utf-8")
    yield other
    with psycopg.connect(libpq(founded), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@pytest.mark.slow
def test_a_backup_becomes_the_centre_and_opens_when_it_is_told_to(
    run: Run, folder: Path, dump: Path, lost: str
) -> None:
    code, said = run("restore", str(dump))
    assert (code, "closed" in said) == (0, True)
    # Restored twice, or over a centre: nothing is changed.
    code, said = run("restore", str(dump))
    assert (code, "خالی نیست" in said) == (1, True)
    assert phase(folder) is Phase.CLOSED
    code, said = run("recover", "--confirm", "مدیر")
    assert (code, "باز نشده" in said) == (1, True)
    assert "open, but" in run("recover", "--open", "مدیر")[1]
    assert "over" in run("recover", "--confirm", "مدیر")[1]
    assert phase(folder) is Phase.OVER
    assert "دفتر" in run("status")[1]


@pytest.mark.slow
def test_what_is_no_sound_backup_of_this_centre_changes_nothing(
    run: Run, folder: Path, dump: Path, lost: str, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.dump"
    cut.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    nothing = tmp_path / "nothing.dump"
    nothing.write_text("چیزی نیست", encoding="utf-8")
    for wrong in (cut, nothing, tmp_path / "away.dump"):
        assert run("restore", str(wrong))[0] == 1
    assert run("restore")[0] == 1
    # Keys of another centre: the backup is none of theirs.
    kept = folder / "keys" / "letters.pem"
    own = kept.read_bytes()
    other = folder / "keys" / "heads.pem"
    kept.write_bytes(other.read_bytes())
    assert run("restore", str(dump))[0] == 1
    kept.write_bytes(own)
    assert run("restore", str(dump))[0] == 0
    assert phase(folder) is Phase.CLOSED


@pytest.mark.slow
def test_a_database_restored_by_other_means_is_told_so_once_nobody_serves_it(
    run: Run, folder: Path, founded: str
) -> None:
    with psycopg.connect(libpq(founded)):
        code, said = run("restore")
        assert (code, "متوقف" in said) == (1, True)
    assert run("recover")[1] == "it never was restored\n"
    assert run("restore")[0] == 0
    assert phase(folder) is Phase.CLOSED


def phase(folder: Path) -> Phase:
    """How the centre of the folder stands."""
    centre = open_centre(folder)
    try:
        with centre.reading() as session:
            return centre.recovery.phase(session)
    finally:
        centre.close()
