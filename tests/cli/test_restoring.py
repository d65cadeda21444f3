"""A backup becomes the centre, by command: whole, of this centre, into an empty database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Timer

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from desktop.centre import devices, enrolling
from desktop.centre.context import at_once
from desktop.centre.enrolling import new_code
from desktop.centre.recovering.standing import KEPT, Phase
from desktop.centre.transacting import transact
from desktop.chance import new_id
from desktop.keys import new_key
from desktop.premises.backing_up import run_program
from desktop.premises.centre_file import read_centre_file
from desktop.premises.clocks import SystemClock
from desktop.premises.restoring import restore
from desktop.premises.served import open_centre
from desktop.wire.enrolling import EnrolAnswer, EnrolAsk
from desktop.wire.link import public_hex
from tests.cli.conftest import Run
from tests.cli.test_centre import OFFICE
from tests.houses import SARA
from tests.servers import libpq


@pytest.fixture
def dump(run: Run, folder: Path, founded: str) -> Path:
    """A backup of the centre with an office; after it another office came."""
    assert run("office", "add", *OFFICE)[0] == 0
    assert run("backup")[0] == 0
    (made,) = (folder / "backups").iterdir()
    return made


@dataclass
class Hour:
    """What happened between a second backup and the loss: a machine came, another was revoked."""

    dump: Path
    came: str
    revoked: str


@pytest.fixture
def hour(run: Run, folder: Path, dump: Path) -> Hour:
    """That hour."""
    revoked = enrolled(folder)
    dump.unlink()
    assert run("backup")[0] == 0
    (made,) = (folder / "backups").iterdir()
    came = enrolled(folder)
    assert run("revoke", revoked)[0] == 0
    return Hour(made, came, revoked)


def enrolled(folder: Path) -> str:
    """A machine that joined office 31 by a code; the device's id."""
    with closing(open_centre(folder)) as own:
        centre = replace(own, later=at_once)
        with centre.writing() as session:
            code = new_code(session, "31", centre.clock(), "حسن یزدی", namesake=SARA).text
        device, ask = new_id(), EnrolAsk(code=code, key=public_hex(new_key()))

        def enrol(session: Session) -> object:
            return enrolling.enrol(session, centre, device, ask, centre.clock())

        assert isinstance(transact(centre, centre.writer, enrol), EnrolAnswer)
    return device


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


@pytest.mark.long
def test_what_the_centre_holds_meanwhile_is_told_as_busy_and_waited_for_where_it_ends(
    run: Run, folder: Path, dump: Path, lost: str
) -> None:
    assert run("restore", str(dump))[0] == 0
    with psycopg.connect(libpq(lost)) as holding:
        # As while the facts that were given back are done again.
        holding.execute("SELECT 1 FROM recovery FOR UPDATE")
        code, said = run("recover", "--confirm", "مدیر")
        assert (code, "busy" in said) == (1, True)
        ends = Timer(3, holding.rollback)
        ends.start()
        assert "open, but" in run("recover", "--open", "مدیر")[1]
        ends.join()


@pytest.mark.slow
def test_what_is_no_sound_backup_of_this_centre_changes_nothing(
    run: Run,
    folder: Path,
    dump: Path,
    lost: str,
    tmp_path: Path,
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


@pytest.fixture(params=["Asia/Tehran", pytest.param("UTC", marks=pytest.mark.long)])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's time zone."""
    monkeypatch.setenv("TZ", request.param)


def as_time_passes(monkeypatch: pytest.MonkeyPatch, time: timedelta) -> None:
    """So much later."""
    later = SystemClock().now() + time
    monkeypatch.setattr(SystemClock, "now", lambda _: later)


@pytest.mark.slow
def test_one_that_is_older_than_what_desks_keep_is_refused_in_every_zone(
    run: Run, folder: Path, zone: None, dump: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_time_passes(monkeypatch, KEPT + timedelta(minutes=1))
    code, said = run("restore", str(dump))
    assert (code, "۹۰ روز" in said, "--old" in said) == (1, True, True)
    code, said = run("restore", str(dump), "--old")
    assert (code, "more than 90 days" in said) == (0, True)
    assert phase(folder) is Phase.CLOSED


@pytest.mark.long
def test_one_that_is_just_younger_is_taken(
    run: Run, folder: Path, zone: None, dump: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_time_passes(monkeypatch, KEPT - timedelta(minutes=5))
    code, said = run("restore", str(dump))
    assert (code, "more than" in said) == (0, False)


@pytest.mark.long
def test_of_one_that_does_not_say_when_it_was_made_that_is_told(
    run: Run, dump: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_date(command: list[str], of: Path) -> str:
        return re.sub("Archive created at .*", "", run_program(command, of))

    monkeypatch.setattr("desktop.premises.restoring.run_program", without_date)
    code, said = run("restore", str(dump))
    assert (code, "کی ساخته شده" in said) == (1, True)
    assert run("restore", str(dump), "--old")[0] == 0


@pytest.mark.long
def test_a_database_of_long_ago_that_was_restored_by_other_means_is_refused_too(
    run: Run, folder: Path, founded: str, zone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_time_passes(monkeypatch, KEPT + timedelta(minutes=1))
    code, said = run("restore")
    assert (code, "۹۰ روز" in said) == (1, True)
    assert phase(folder) is Phase.NONE
    assert run("restore", "--old")[0] == 0
    assert phase(folder) is Phase.CLOSED


@pytest.mark.long
def test_a_database_restored_by_other_means_is_told_so_once_nobody_serves_it(
    run: Run, folder: Path, founded: str
) -> None:
    with psycopg.connect(libpq(founded)):
        code, said = run("restore")
        assert (code, "متوقف" in said) == (1, True)
    assert run("recover")[1] == "it never was restored\n"
    assert run("restore")[0] == 0
    assert phase(folder) is Phase.CLOSED


@pytest.mark.long
@pytest.mark.slow
def test_a_machine_of_the_lost_hour_is_known_by_the_file_beside_the_keys(
    run: Run, folder: Path, hour: Hour, lost: str
) -> None:
    kept = folder / "devices"
    assert kept.stat().st_mode & 0o077 == 0
    code, said = run("restore", str(hour.dump))
    assert code == 0
    # Each time that it is asked, until whoever looks after it has seen to it, and after.
    for _ in range(2):
        assert f"enrolled after the copy, and known: office 31, desk 2, {hour.came}" in said
        assert f"revoked after the copy, and known: office 31, desk 1, {hour.revoked}" in said
        said = run("recover")[1]
    # Whoever is revoked is not waited for.
    assert (f"device {hour.came}" in said.partition("absent")[2], said.count("absent")) == (True, 1)
    status = run("status")[1]
    assert re.search(rf"desk 1: revoked .*{hour.revoked}", status)
    assert re.search(rf"desk 2: heard never.*{hour.came}", status)


@pytest.mark.long
def test_who_was_revoked_is_so_from_the_first_moment_on(
    folder: Path, hour: Hour, lost: str
) -> None:
    restore(folder, read_centre_file(folder), hour.dump)
    with closing(open_centre(folder)) as centre, centre.reading() as session:
        assert devices.revoked(session) == {hour.revoked}


@pytest.mark.long
def test_without_that_file_it_is_said_that_there_is_none(
    run: Run, folder: Path, hour: Hour, lost: str
) -> None:
    kept = folder / "devices"
    away = kept.rename(folder / "away")
    code, said = run("restore", str(hour.dump))
    assert (code, "no file `devices` here" in said) == (0, True)
    assert "no file `imports` here" in said
    assert hour.came not in run("status")[1]
    # Found at another machine, before the centre is open, it is as good.
    away.rename(kept)
    assert (
        f"enrolled after the copy, and known: office 31, desk 2, {hour.came}" in run("recover")[1]
    )
    assert hour.came in run("status")[1]


def phase(folder: Path) -> Phase:
    """How the centre of the folder stands."""
    centre = open_centre(folder)
    try:
        with centre.reading() as session:
            return centre.recovery.phase(session)
    finally:
        centre.close()
