"""A store is copied elsewhere while people work in it, read back whole, and never half there."""

from __future__ import annotations

import errno
import resource
import signal
import sqlite3
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.domain.backup import BackupFault
from desktop.domain.errors import Refusal
from desktop.sql import engine
from desktop.sql.engine import Sealed, beside_of
from desktop.store import backup
from desktop.store.backup import NotBackedUp, back_up
from desktop.store.open import Store
from tests.store.conftest import enrol
from tests.store.filling import demand_kept, fill, in_child, register, without_room_for_copies


@pytest.mark.slow
def test_a_backup_holds_one_moment_of_a_store_that_is_at_work(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # More than one piece, so that people work between two of them.
    monkeypatch.setattr(engine, "_STEP", 16)
    before = fill(store, 20)
    during: list[str] = []
    target = tmp_path / "backup.store"

    def work() -> None:
        if len(during) < 3:
            during.append(store.write(register))

    back_up(store, target, work)
    assert len(during) == 3
    copied = Store(beside_of(store.place, target), reserve=0)
    # What was done meanwhile is in the store, and not in the copy of the moment before.
    demand_kept(copied, before)
    copied.close()
    demand_kept(store, before + during)


def test_a_backup_is_one_file_encrypted_as_the_store_is(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "backup.store"
    target.parent.mkdir()
    back_up(store, target, lambda: None)
    assert list(target.parent.iterdir()) == [target]
    if isinstance(store.place, Sealed):
        assert b"SQLite format" not in target.read_bytes()[:100]
        with pytest.raises(Refusal, match="با کلید این رایانه باز نشد"):
            Store(Sealed(target, bytes(32)), reserve=0)
    else:
        with closing(sqlite3.connect(target)) as opened:
            assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_can_not_be_read_back_is_no_backup(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup.store"
    copied = engine.copy_file

    def smeared(*asked: object) -> None:
        copied(*asked)  # type: ignore[arg-type]
        partial = asked[1]
        assert isinstance(partial, Path)
        with partial.open("r+b") as file:
            file.seek(partial.stat().st_size // 2)
            file.write(b"\xff" * 8192)

    monkeypatch.setattr(backup, "copy_file", smeared)
    with pytest.raises(NotBackedUp) as told:
        back_up(store, target, lambda: None)
    assert told.value.fault is BackupFault.DAMAGED
    assert not list(tmp_path.glob("backup*"))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "full"), BackupFault.FULL),
        (PermissionError(errno.EACCES, "no"), BackupFault.UNWRITABLE),
        (OSError(errno.EROFS, "no"), BackupFault.UNWRITABLE),
    ],
)
def test_what_hinders_the_disk_is_told_apart(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: OSError,
    told: BackupFault,
) -> None:
    def fails(*_: object) -> None:
        raise fault

    monkeypatch.setattr(backup, "copy_file", fails)
    with pytest.raises(NotBackedUp) as no:
        back_up(store, tmp_path / "backup.store", lambda: None)
    assert no.value.fault is told


@pytest.mark.slow
def test_a_small_disk_is_a_full_one(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite"
    store = Store(path, reserve=4096)
    store.write(enrol)
    fill(store, 20)
    store.close()
    assert in_child(_backed_up_in_small, path) == BackupFault.FULL.value
    assert not list(tmp_path.glob("backup*"))


def _backed_up_in_small(path: Path, _: Connection) -> str:
    store = Store(path, reserve=0)
    # A write beyond it then fails, as on a full disk, in place of ending the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        back_up(store, path.with_name("backup.store"), lambda: None)
    except NotBackedUp as no:
        return no.fault.value
    return ""


def test_a_disk_that_fills_while_the_copy_is_made_is_told(store: Store, tmp_path: Path) -> None:
    with without_room_for_copies(), pytest.raises(NotBackedUp) as told:
        back_up(store, tmp_path / "backup.store", lambda: None)
    assert told.value.fault is BackupFault.FULL
    assert not list(tmp_path.glob("backup*"))


def test_a_folder_that_is_not_there_is_told_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotBackedUp) as told:
        back_up(store, tmp_path / "gone" / "backup.store", lambda: None)
    assert told.value.fault is BackupFault.GONE


def test_one_that_is_broken_off_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def broken_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(store, tmp_path / "backup.store", broken_off)
    assert not list(tmp_path.glob("backup*"))
