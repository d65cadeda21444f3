"""A first start: an installation is founded whole, or founded again; never half."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Refusal
from desktop.domain.office import OfficeCard
from desktop.domain.people import Staff
from desktop.domain.stream import Published
from desktop.keys import DeviceKeys
from desktop.premises.kind import not_writable
from desktop.store.lock import InUse, StoreLock, demand_free

if TYPE_CHECKING:
    # A start shows the desks before the centre and its libraries are loaded.
    from desktop.centre.context import Centre

CENTRE = "centre"
OFFICE, MUNICIPAL = "office", "municipality"
_UNREADABLE = "پوشهٔ این دفتر نیمه‌کاره است و کنار گذاشته نشد؛ آن را جابه‌جا کنید: {}"
_ONE_KEY = 32  # bytes
_FULL = "روی دیسک جا نیست و دفتر ساخته نشد؛ جا باز کنید و دوباره Enter را بزنید."
# A disk with less is full to whatever just failed on it, in whichever words that failed.
_LEAST_FREE = 1_000_000
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Founding:
    """What a first start is handed: both desks' offices, the people, what holds from which day.

    `renew` sees at every opening that the centre has records as fresh as they must be.
    """

    office: OfficeCard
    municipality: OfficeCard
    office_desk: int
    staff: tuple[Staff, ...]
    password: str
    published: Callable[[], Sequence[Published]]
    since: date
    renew: Callable[[Centre, Progress], None]


def stores(folder: Path) -> dict[str, Path]:
    """Where the stores of both desks are."""
    return {OFFICE: folder / "office.db", MUNICIPAL: folder / "municipality.db"}


def device_file(store: Path) -> Path:
    """Where the id of the store's device stands."""
    return store.with_suffix(".device")


def centre_file(folder: Path) -> Path:
    """Where the id of the centre that the installation carries stands."""
    return folder / "centre.id"


def is_founded(folder: Path) -> bool:
    """Whether an installation stands in the folder, whole."""
    return all(device_file(store).is_file() for store in stores(folder).values())


def signs_as_before(secret: bytes) -> bool:
    """Whether a centre's secret is that of an earlier program: one key, which signed everything."""
    return len(secret) == _ONE_KEY


def set_aside_if_before(folder: Path) -> Path | None:
    """Move an installation whose centre signs as before out of the way, whole; where it is now.

    What it signed is not understood any more, so that its desks could do nothing with it. Nothing
    of it is deleted. Gives None where there is no such installation. Raises InUse while a program
    has it open, Refusal where it can't be moved.
    """
    secret = DeviceKeys(folder / "keys").find_secret(CENTRE) if is_founded(folder) else None
    if secret is None or not signs_as_before(secret):
        return None
    for store in stores(folder).values():
        demand_free(store)
    aside = aside_of(folder)
    try:
        folder.replace(aside)
    except OSError as fault:
        raise Refusal(_UNREADABLE.format(folder)) from fault
    return aside


def found(folder: Path, make: Callable[[Path], None]) -> None:
    """Have the installation made beside the folder, and put it there when it is whole.

    What an earlier first start left unfinished is made anew; remains in the folder itself are moved
    aside. Where it breaks off the room that it took is given back. Raises InUse while another
    program founds it, Refusal where the disk is full or can't be written.
    """
    beside = folder.with_name(f"{folder.name}.new")
    with _disk_as_refusals(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = StoreLock(beside)
        lock.acquire()
        try:
            shutil.rmtree(beside, ignore_errors=True)
            _clear(folder)
            with _cleared_after(beside), _disk_as_refusals(folder.parent):
                make(beside)
                settle(beside)
                beside.replace(folder)
        finally:
            lock.release()


def aside_of(folder: Path) -> Path:
    """Where the folder can be moved out of the way: a name that nothing has yet."""
    aside, number = folder.with_name(f"{folder.name}.before"), 1
    while aside.exists():
        number += 1
        aside = folder.with_name(f"{folder.name}.before-{number}")
    return aside


@contextmanager
def _cleared_after(beside: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


@contextmanager
def _disk_as_refusals(folder: Path) -> Iterator[None]:
    """What a disk without room, or without leave to write, does to whoever makes something there.

    A full disk breaks an installation in many ways that name it in no word: the centre parks what
    it could not keep, and its first day finds nothing to go on with.
    """
    try:
        yield
    except InUse:
        raise
    except Exception as fault:
        no_room = isinstance(fault, OSError) and fault.errno in _NO_ROOM
        if no_room or _is_full(folder):
            raise Refusal(_FULL) from fault
        if isinstance(fault, OSError):
            raise not_writable(folder) from fault
        raise


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_FREE
    except OSError:
        return False


def settle(folder: Path) -> None:
    """Have the disk keep every file before the folder is moved: power that goes cuts none short."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    with suppress(OSError):
        folder.rmdir()
        return
    aside = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        folder.replace(aside)
    except OSError as fault:
        raise Refusal(_UNREADABLE.format(folder)) from fault
