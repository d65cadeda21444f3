"""Opens the desk of a real installation: an encrypted store, and a line to a centre elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions.desk import Clock
from desktop.domain.errors import Refusal
from desktop.keys import DeviceKeys, store_key
from desktop.premises.daily_backup import DailyBackup
from desktop.premises.desks import Running, open_desk
from desktop.premises.enrolment import (
    DeskLink,
    Enrolment,
    Lines,
    desk_folder,
    desk_keys,
    desk_store,
    write_office_file,
)
from desktop.premises.founding import device_file
from desktop.premises.kind import OfficeFile, read_office_file
from desktop.sql.engine import Sealed
from desktop.store.open import Store
from desktop.store.reserve import SIZE
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.sync.wait import HELD_S

PASSPHRASE = "passphrase"
"""The field of the Refusal by which the desk's passphrase is asked for."""
NO_KEY = (
    "کلید این رایانه پیدا نشد و پایگاه دادهٔ آن باز نمی‌شود؛ چیزی پاک نشده است. "
    "با پشتیبانی تماس بگیرید تا رایانه دوباره معرفی شود."
)
_ASKED = "عبارت رمز این رایانه را وارد کنید."
_WRONG = "عبارت رمز درست نیست."


class Renewed:
    """The centre's new certificate, at a desk that is at work."""

    def __init__(self, home: Path, joining: Enrolment, line: DeskLink) -> None:
        self._home, self._joining, self._line = home, joining, line

    def words(self) -> tuple[str, ...]:
        """As `actions.desk.CentreCertificate`."""
        return self._joining.reach(read_office_file(self._home).centre).words

    def accept(self) -> None:
        """As `actions.desk.CentreCertificate`: in the office file, and on the line that is open."""
        self._line.trust(self._joining.trust())


@dataclass
class RealDesk:
    """The one desk of a real installation, at work; and its line."""

    running: Running
    link: DeskLink

    def break_off(self) -> None:
        """End what waits for the centre, and its line: nothing more is asked there."""
        if self.running.waiting is not None:
            self.running.waiting.stop()
        self.link.close()

    def close(self) -> None:
        """Break off, and close the store."""
        self.break_off()
        if self.running.waiting is not None:
            self.running.waiting.join()
        self.running.close()


def is_joined(home: Path, file: OfficeFile) -> bool:
    """Whether the machine is an office's desk already, so that there is one to open."""
    return bool(file.centre) and device_file(desk_store(desk_folder(home))).is_file()


def needs_passphrase(home: Path, keys: Callable[[Path], DeviceKeys] = desk_keys) -> bool:
    """Whether the desk's key is kept under a passphrase, which must be asked for."""
    folder = desk_folder(home)
    return keys(folder).is_wrapped(_device_id(folder))


def sealed_place(
    folder: Path, passphrase: str = "", keys: Callable[[Path], DeviceKeys] = desk_keys
) -> tuple[Sealed, Ed25519PrivateKey]:
    """The store of the desk in the folder, and its device's key. Raises Refusal as `open_real`."""
    kept, device_id = keys(folder), _device_id(folder)
    if kept.is_wrapped(device_id) and not passphrase:
        raise Refusal(_ASKED, field=PASSPHRASE)
    try:
        key = kept.find(device_id, passphrase)
    except Refusal as no:
        if no.field != "password":
            raise
        raise Refusal(_WRONG, field=PASSPHRASE) from no
    if key is None:
        raise Refusal(NO_KEY)
    return Sealed(desk_store(folder), store_key(key)), key


def open_real(
    home: Path,
    file: OfficeFile,
    clock: Clock,
    passphrase: str = "",
    *,
    lines: Lines = HttpsLink,
    keys: Callable[[Path], DeviceKeys] = desk_keys,
    reserve: int = SIZE,
) -> RealDesk:
    """The desk that the office file of the data folder names, with nobody signed in.

    Raises Refusal for what its files, its key or its centre's address hinder; with the field
    `PASSPHRASE` where that is missing or wrong.
    """
    address = read_address(file.centre)
    place, key = sealed_place(desk_folder(home), passphrase, keys)
    link = lines(address, file.certificate)

    def keep(folder: str) -> None:
        write_office_file(home, replace(read_office_file(home), backups=folder))

    # Where the system vouches for the certificate, a new one of the centre's needs nobody's word.
    joining = Enrolment(home, clock, lines=lines, keys=keys)
    renewed = Renewed(home, joining, link) if file.certificate else None

    def backing_up(store: Store) -> DailyBackup:
        return DailyBackup(store, clock, home, file.backups, keep)

    try:
        running = open_desk(
            place,
            link,
            key,
            clock,
            demo=False,
            reserve=reserve,
            backing_up=backing_up,
            certificate=renewed,
        )
    except BaseException:
        link.close()
        raise
    running.wait_at_centre(link.holding(HELD_S), key)
    if running.backup is not None:
        running.backup.start()
    return RealDesk(running, link)


def _device_id(folder: Path) -> str:
    try:
        return device_file(desk_store(folder)).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        # What was smeared names no key.
        raise Refusal(NO_KEY) from None
