"""A desk's own backup: once a day a copy of its store in another place, made while people work.

It is for looking into, and for what was unsent when a machine is lost: never is it opened as a desk
(SYNC.md "When things break"). Encrypted as the store is, it can be read only with the desk's key,
which is not in it.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread

from desktop import journal
from desktop.actions.desk import Clock
from desktop.domain.backup import BackupFault
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.store import meta
from desktop.store.backup import NotBackedUp, back_up
from desktop.store.open import Store

KEPT = timedelta(days=14)
"""How long a backup is kept; the last one stays however old it is."""
_FIRST_S, _LOOK_S = 120.0, 1800.0
_STAMP = "%Y%m%dT%H%M%SZ"
_SUFFIX = ".store"
# A moment between two pieces, so that who works has the disk between them.
_BREATH_S = 0.005
_FIXED = 3  # DRIVE_FIXED of GetDriveTypeW: none that somebody plugged in
_LETTERS = "DEFGHIJKLMNOPQRSTUVWXYZ"
_MOUNTED = ("/mnt", "/srv")  # by the file system's standard; what is plugged in is under /media
_NOT_THERE = "پوشهٔ {} نیست یا در آن نمی‌توان نوشت؛ پوشهٔ دیگری برگزینید."
_INSIDE = "پشتیبان را بیرون از پوشهٔ خود برنامه بگذارید: با همان دیسک از دست نرود."
_log = logging.getLogger(__name__)


class _Ended(Exception):
    """The program goes: what is half copied is given up."""


class DailyBackup:
    """Makes a desk's backups in a thread of its own, and keeps in its store how the last one went.

    `folder` is where they lie; `choose` writes another one down, by `keep`.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        home: Path,
        chosen: str,
        keep: Callable[[str], None],
        *,
        first_s: float = _FIRST_S,
    ) -> None:
        """`home` is the data folder; `chosen` the folder that the office file names, if any."""
        self._store, self._clock, self._home = store, clock, home
        self._chosen, self._keep, self._first_s = chosen, keep, first_s
        self._stop, self._asked, self._one = Event(), Event(), Lock()
        self._thread = Thread(target=self._run, name="backup", daemon=True)

    @property
    def folder(self) -> Path:
        """Where the backups of this machine lie."""
        return Path(self._chosen) if self._chosen else default_folder(self._home)

    def start(self) -> None:
        """Make today's a while after the start, and each day's from then on."""
        self._thread.start()

    def stop(self) -> None:
        """Begin none any more; one under way is given up."""
        self._stop.set()
        self._asked.set()

    def join(self) -> None:
        """Until the thread has ended, after `stop`."""
        if self._thread.is_alive():
            self._thread.join()

    def soon(self) -> None:
        """Try at once what is due; from any thread."""
        self._asked.set()

    def choose(self, folder: Path) -> None:
        """Have backups lie there from now on, the first one soon. Raises Refusal."""
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            raise Refusal(_NOT_THERE.format(isolate(str(folder))), field="folder")
        if folder.resolve().is_relative_to(self._home.resolve()):
            raise Refusal(_INSIDE, field="folder")
        self._keep(str(folder))
        self._chosen = str(folder)
        # What lies in another place counts for nothing here.
        self._store.write(lambda session: meta.change(session, backup_at=None, backup_fault=""))
        self.soon()

    def once(self) -> None:
        """Make today's where it is not made yet, and keep how that went. Raises Refusal."""
        with self._one:
            self._once()

    def _once(self) -> None:
        with self._store.reading() as session:
            known = meta.get(session)
        at = known.corrected(self._clock.now())
        done = known.backup_at if not known.backup_fault else None
        if done is not None and _day(done) == _day(at):
            return
        try:
            self._make(known.identity, at)
        except NotBackedUp as no:
            _log.error("no backup: %s", no.fault)
            fault = no.fault.value
            self._store.write(lambda session: meta.change(session, backup_fault=fault))
            return
        self._store.write(lambda session: meta.change(session, backup_at=at, backup_fault=""))

    def _make(self, identity: meta.Identity, at: datetime) -> None:
        if self._chosen and not self.folder.is_dir():
            # Made here, it would lie on this disk in place of the one that is not there.
            raise NotBackedUp(BackupFault.GONE)
        own = self.folder / f"{identity.office}-{identity.desk}-{identity.device_id}"
        try:
            own.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise NotBackedUp(BackupFault.UNWRITABLE) from fault
        for left in own.glob("*.partial*"):
            left.unlink(missing_ok=True)
        back_up(self._store, own / f"{at.astimezone(UTC):{_STAMP}}{_SUFFIX}", self._step)
        _drop_old(own, at)

    def _step(self) -> None:
        if self._stop.wait(_BREATH_S):
            raise _Ended

    def _run(self) -> None:
        self._asked.wait(self._first_s)
        while not self._stop.is_set():
            self._asked.clear()
            try:
                self.once()
            except _Ended:
                return
            except Refusal as no:
                # The store itself can't be written: that is told by whatever writes in it.
                _log.warning("a backup is not noted: %s", no.words)
            # People work on without it: the bug is logged once, and tomorrow's is tried.
            except Exception as bug:  # noqa: BLE001
                journal.report(bug)
            self._asked.wait(_LOOK_S)


def default_folder(home: Path) -> Path:
    """Beside the data folder, on another disk of this machine where it has one that stays."""
    name = f"{home.name}-backups"
    for disk in _other_disks(home):
        if (disk / name).is_dir() or os.access(disk, os.W_OK):
            return disk / name
    return home.with_name(name)


def _other_disks(home: Path) -> Iterator[Path]:
    own = home.stat().st_dev
    for disk in _disks():
        with suppress(OSError):
            if disk.stat().st_dev != own:
                yield disk


def _disks() -> Iterator[Path]:
    """Disks that are built in, but the one that programs and people are on by themselves."""
    if sys.platform == "win32":
        for letter in _LETTERS:
            if ctypes.windll.kernel32.GetDriveTypeW(f"{letter}:\\") == _FIXED:
                yield Path(f"{letter}:\\")
        return
    for parent in map(Path, _MOUNTED):
        with suppress(OSError):
            yield from sorted(each for each in parent.iterdir() if each.is_mount())


def _drop_old(folder: Path, at: datetime) -> None:
    """Delete this desk's backups that are too old; the newest was read back a moment ago."""
    oldest = f"{(at - KEPT).astimezone(UTC):{_STAMP}}"
    for path in folder.glob(f"*{_SUFFIX}"):
        if path.stem < oldest:
            with suppress(OSError):
                path.unlink()


def _day(moment: datetime) -> date:
    return moment.astimezone(TEHRAN).date()
