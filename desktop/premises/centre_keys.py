"""A centre's private keys: files of its owner's only, and copies of them under a passphrase."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from desktop.centre.signing import CentreKeys, SigningKey
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.keys import new_key, write_private

FOLDER = "keys"
_LETTERS = "letters"
# In the order of `CentreKeys`.
_MADE: dict[str, Callable[[], PrivateKeyTypes]] = {
    _LETTERS: lambda: ec.generate_private_key(ec.SECP256R1()),
    "heads": new_key,
    "answers": new_key,
}
_MISSING = "کلید مرکز «{}» نیست؛ آن را از نسخهٔ پشتیبان کلیدها برگردانید. کلید تازه ساخته نمی‌شود."
_OPEN = "کلید مرکز «{}» را دیگران هم می‌توانند بخوانند؛ اجازهٔ آن را به مالک محدود کنید (chmod 600)."
_UNREADABLE = "کلید مرکز «{}» خوانده نشد؛ آن را از نسخهٔ پشتیبان کلیدها برگردانید."


def make_keys(folder: Path) -> None:
    """Make whichever key the data folder has not yet; one that is there stays."""
    keys = folder / FOLDER
    keys.mkdir(parents=True, exist_ok=True)
    for name, made in _MADE.items():
        path = _path(folder, name)
        if not path.exists():
            plain = serialization.NoEncryption()
            write_private(path, _pem(made(), plain))


def read_keys(folder: Path) -> CentreKeys:
    """The keys of the data folder. Raises Refusal where one is missing, or others may read it."""
    letters, heads, answers = (_key(_path(folder, name)) for name in _MADE)
    return CentreKeys(letters, heads, answers, demo=False)


def copy_keys(folder: Path, to: Path, passphrase: str) -> list[Path]:
    """Write every key under the passphrase into a folder of its own, and read each back.

    Raises Refusal. The files are PKCS #8, which `openssl pkey` opens as well.
    """
    to.mkdir(parents=True, exist_ok=True)
    sealed = serialization.BestAvailableEncryption(passphrase.encode())
    written = []
    for name in _MADE:
        key = _read(_path(folder, name))
        copy = to / f"{name}.pem"
        write_private(copy, _pem(key, sealed))
        back = serialization.load_pem_private_key(copy.read_bytes(), passphrase.encode())
        if back.public_key() != key.public_key():
            raise Refusal(_UNREADABLE.format(isolate(str(copy))))
        written.append(copy)
    return written


def _key(path: Path) -> SigningKey:
    key = _read(path)
    if path.stem == _LETTERS and isinstance(key, ec.EllipticCurvePrivateKey):
        return SigningKey(key)
    if path.stem != _LETTERS and isinstance(key, ed25519.Ed25519PrivateKey):
        return SigningKey(key)
    raise Refusal(_UNREADABLE.format(isolate(str(path))))


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.pem"


def _read(path: Path) -> PrivateKeyTypes:
    try:
        pem = path.read_bytes()
    except FileNotFoundError as fault:
        raise Refusal(_MISSING.format(isolate(str(path)))) from fault
    except OSError as fault:
        raise Refusal(_UNREADABLE.format(isolate(str(path)))) from fault
    demand_private(path, _OPEN)
    try:
        return serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError) as fault:
        raise Refusal(_UNREADABLE.format(isolate(str(path)))) from fault


def demand_private(path: Path, words: str) -> None:
    """Raise Refusal, with its name in the words, where others than its owner may read the file."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise Refusal(words.format(isolate(str(path))))


def _pem(key: PrivateKeyTypes, how: serialization.KeySerializationEncryption) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)
