"""A first start: an installation is founded whole, or founded again; never half."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Refusal
from desktop.domain.office import OfficeCard
from desktop.domain.people import Staff
from desktop.domain.stream import Published
from desktop.store.lock import StoreLock

if TYPE_CHECKING:
    # A start shows the desks before the centre and its libraries are loaded.
    from desktop.centre.context import Centre

CENTRE = "centre"
OFFICE, MUNICIPAL = "office", "municipality"
_UNREADABLE = "پوشهٔ این دفتر نیمه‌کاره است و کنار گذاشته نشد؛ آن را جابه‌جا کنید: {}"
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


def is_founded(folder: Path) -> bool:
    """Whether an installation stands in the folder, whole."""
    return all(device_file(store).is_file() for store in stores(folder).values())


def found(folder: Path, make: Callable[[Path], None]) -> None:
    """Have the installation made beside the folder, and put it there when it is whole.

    What an earlier first start left unfinished is made anew; remains in the folder itself are moved
    aside. Raises InUse while another program founds it.
    """
    beside = folder.with_name(f"{folder.name}.new")
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = StoreLock(beside)
    lock.acquire()
    try:
        shutil.rmtree(beside, ignore_errors=True)
        _clear(folder)
        make(beside)
        beside.replace(folder)
    finally:
        lock.release()


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
