"""A real desk's backups: once a day, elsewhere, kept a fortnight; what hinders them is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.centre.tables import DeviceRow
from desktop.domain.backup import BackupFault
from desktop.domain.errors import Refusal
from desktop.premises import daily_backup
from desktop.premises.daily_backup import KEPT, DailyBackup, default_folder
from desktop.premises.kind import read_office_file
from desktop.premises.real import RealDesk
from desktop.sql.engine import beside_of
from desktop.store import meta
from desktop.store.open import Store
from tests.premises.conftest import Machine, Town


@pytest.fixture(autouse=True)
def no_other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this test's own folders."""
    monkeypatch.setattr(daily_backup, "_disks", lambda: iter(()))


@pytest.fixture
def desk(machine: Machine, town: Town) -> Iterator[RealDesk]:
    """A desk that has joined and is at work; its backups are made when the test says so."""
    machine.join(town.code()).begin()
    opened = machine.open()
    assert opened.running.sync().well
    yield opened
    opened.close()


def backup_of(desk: RealDesk) -> DailyBackup:
    made = desk.running.backup
    assert made is not None
    return made


def made_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_a_day_has_one_backup_and_the_centre_hears_of_it(
    desk: RealDesk, machine: Machine, town: Town
) -> None:
    backup = backup_of(desk)
    assert backup.folder == machine.home.with_name("home-backups")
    backup.once()
    (first,) = made_in(backup.folder)
    at = town.clock.now()
    assert desk.running.desk.sync_status().backup_at == at
    town.clock.moment += timedelta(minutes=11)
    assert desk.running.sync().well
    with town.centre.reading() as session:
        assert session.scalars(select(DeviceRow.told_backup)).all() == [at]
    backup.once()
    assert made_in(backup.folder) == [first]
    town.clock.moment += timedelta(days=1)
    backup.once()
    assert len(made_in(backup.folder)) == 2
    # It is this desk's store, under its own key, which lies nowhere beside it.
    copied = Store(beside_of(desk.running.desk.store.place, first), reserve=0)
    with copied.reading() as session:
        assert meta.get(session).identity == desk.running.desk.identity()
    copied.close()
    assert not list(backup.folder.rglob("*.key"))


@pytest.mark.slow
def test_backups_are_kept_a_fortnight_and_others_files_are_left_alone(
    desk: RealDesk, town: Town
) -> None:
    backup = backup_of(desk)
    backup.once()
    (first,) = made_in(backup.folder)
    other = first.with_name("read me.txt")
    other.touch()
    # What a program that was killed in the middle of one left behind.
    half = first.with_name("20261124T071200Z.store.partial")
    half.touch()
    town.clock.moment += KEPT
    backup.once()
    assert first in made_in(backup.folder)
    town.clock.moment += timedelta(days=1)
    backup.once()
    left = made_in(backup.folder)
    assert half not in left
    assert first not in left
    assert other in left
    assert len(left) == 3


@pytest.mark.slow
def test_a_folder_that_goes_is_told_until_it_is_back(
    desk: RealDesk, machine: Machine, town: Town, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    backup = backup_of(desk)
    backup.choose(disk)
    assert read_office_file(machine.home).backups == str(disk)
    backup.once()
    at = town.clock.now()
    shutil.rmtree(disk)
    town.clock.moment += timedelta(days=1)
    backup.once()
    told = desk.running.desk.sync_status()
    assert (told.backup_fault, told.backup_at) == (BackupFault.GONE, at)
    # It is not made in its place: that would be this very disk.
    assert not disk.exists()
    disk.mkdir()
    backup.once()
    told = desk.running.desk.sync_status()
    assert (told.backup_fault, told.backup_at) == (None, town.clock.now())


@pytest.mark.slow
def test_the_next_start_goes_on_in_the_folder_that_was_chosen(
    machine: Machine, town: Town, tmp_path: Path
) -> None:
    machine.join(town.code()).begin()
    disk = tmp_path / "دیسک «دوم»"
    disk.mkdir()
    opened = machine.open()
    backup_of(opened).choose(disk)
    opened.close()
    again = machine.open()
    assert backup_of(again).folder == disk
    again.close()


@pytest.mark.slow
def test_a_folder_of_the_program_itself_is_refused(desk: RealDesk, machine: Machine) -> None:
    inside = machine.home / "desk"
    with pytest.raises(Refusal, match="بیرون از پوشهٔ خود برنامه"):
        backup_of(desk).choose(inside)
    with pytest.raises(Refusal, match="نیست یا در آن نمی‌توان نوشت"):
        backup_of(desk).choose(machine.home.with_name("nowhere"))
    assert read_office_file(machine.home).backups == ""


@pytest.mark.slow
def test_without_a_word_it_is_on_another_disk_that_stays(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.home.mkdir()
    own = tmp_path / "own"
    own.mkdir()
    # Memory and a disk: the tests' own folder is on one of them.
    both = (Path("/dev/shm"), Path("/var/tmp"))
    other = next(each for each in both if each.stat().st_dev != own.stat().st_dev)
    monkeypatch.setattr(daily_backup, "_disks", lambda: iter((own, other)))
    assert default_folder(machine.home) == other / "home-backups"


@pytest.mark.slow
def test_the_thread_makes_it_and_ends_with_the_desk(desk: RealDesk, town: Town) -> None:
    backup = backup_of(desk)
    backup.soon()
    for _ in range(500):
        if desk.running.desk.sync_status().backup_at is not None:
            break
        backup._stop.wait(0.01)
    assert made_in(backup.folder)
    backup.stop()
    backup.join()
    assert not backup._thread.is_alive()
