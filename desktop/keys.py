"""Keys of devices and people, private halves wrapped by a password or kept by the system.

Devices sign with Ed25519. A person has two keys under one password: Ed25519 for acts, ES256 for
the release of letters, which anybody who holds the paper can check; unwrapping them is the
password's check. A device's key goes to the system's keyring; where there is none it is wrapped by
a passphrase. The key of a demo device is wrapped by a passphrase that stands in this file: it keeps
nobody out, is marked `demo`, and what it signs never verifies as a real office's, because no real
centre has enrolled it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.chance import octets
from desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

# What holds one key and what holds several: an earlier program must not take the one for the other.
_ONE, _SEVERAL = 1, 2
_SEED = 32  # bytes of a private key, of Ed25519 (RFC 8032) and of P-256 alike
_SERVICE = "pishkhan-yazd"
_DEMO = "pishkhan-yazd demo"
_WRONG = "گذرواژه درست نیست."
_UNREADABLE = "کلید این رایانه خوانده نمی‌شود؛ با پشتیبانی تماس بگیرید تا رایانه دوباره معرفی شود."
_ASK = "دسته‌کلید این رایانه کلید را نپذیرفت؛ برای آن یک عبارت رمز برگزینید."


@dataclass(frozen=True)
class Cost:
    """Argon2id's parameters: passes, KiB of memory, lanes (RFC 9106)."""

    passes: int
    memory: int
    lanes: int


# RFC 9106 §4, the second recommended choice: 64 MiB, for machines with little memory.
COST = Cost(passes=3, memory=64 * 1024, lanes=4)
# A demo's passphrase stands in this file: making it dear to try would only slow a start.
_DEMO_COST = Cost(passes=1, memory=8, lanes=1)


@dataclass(frozen=True)
class PersonKeys:
    """What a person signs with: `acts` all that asks for a signature, `release` letters beside.

    Who was enrolled by an earlier program has no key for releases.
    """

    acts: Ed25519PrivateKey
    release: EllipticCurvePrivateKey | None = None


def new_key() -> Ed25519PrivateKey:
    """A new key pair."""
    return Ed25519PrivateKey.from_private_bytes(octets(_SEED))


def new_letter_key() -> EllipticCurvePrivateKey:
    """A new key pair for letters or their release (ES256)."""
    while True:
        # One of four thousand million numbers is no key.
        with suppress(ValueError):
            return letter_key_of(octets(_SEED))


def new_centre_secret() -> bytes:
    """The secret bytes of a new centre's three keys, for letters, heads and answers."""
    return b"".join(secret_of(key) for key in (new_letter_key(), new_key(), new_key()))


def letter_key_of(secret: bytes) -> EllipticCurvePrivateKey:
    """The ES256 key of 32 secret bytes. Raises ValueError for bytes that are none's."""
    return derive_private_key(int.from_bytes(secret), SECP256R1())


def secret_of(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    """The 32 secret bytes of a key of either kind."""
    if isinstance(key, Ed25519PrivateKey):
        return key.private_bytes_raw()
    return key.private_numbers().private_value.to_bytes(_SEED)


def wrap(key: Ed25519PrivateKey, password: str, cost: Cost = COST, *, demo: bool = False) -> str:
    """The private key under the password, as JSON text that may be kept in a store."""
    return wrap_secret(secret_of(key), password, cost, demo=demo)


def unwrap(wrapped: str, password: str) -> Ed25519PrivateKey:
    """The private key. Raises Refusal for a wrong password, ValueError for a text not of `wrap`."""
    return Ed25519PrivateKey.from_private_bytes(unwrap_secret(wrapped, password))


def wrap_person(keys: PersonKeys, password: str, cost: Cost = COST, *, demo: bool = False) -> str:
    """Both of a person's keys under the one password."""
    release = secret_of(keys.release) if keys.release is not None else b""
    secret = secret_of(keys.acts) + release
    return wrap_secret(secret, password, cost, demo=demo)


def unwrap_person(wrapped: str, password: str) -> PersonKeys:
    """A person's keys. Raises Refusal for a wrong password, ValueError for what holds none."""
    secret = unwrap_secret(wrapped, password)
    acts = Ed25519PrivateKey.from_private_bytes(secret[:_SEED])
    return PersonKeys(acts, letter_key_of(secret[_SEED:]) if len(secret) > _SEED else None)


def wrap_secret(secret: bytes, password: str, cost: Cost = COST, *, demo: bool = False) -> str:
    """The bytes of one key or of several under the password, as JSON text."""
    salt, nonce = octets(16), octets(12)
    head = {
        "demo": demo,
        "lanes": cost.lanes,
        "memory": cost.memory,
        "nonce": nonce.hex(),
        "passes": cost.passes,
        "salt": salt.hex(),
        "version": _version(secret),
    }
    box = ChaCha20Poly1305(_derive(password, salt, cost))
    sealed = box.encrypt(nonce, secret, _bound(head))
    return json.dumps({**head, "box": sealed.hex()}, sort_keys=True)


def unwrap_secret(wrapped: str, password: str) -> bytes:
    """The bytes. Raises Refusal for a wrong password, ValueError for no text of `wrap_secret`."""
    try:
        held: dict[str, Any] = json.loads(wrapped)
        box = bytes.fromhex(held.pop("box"))
        cost = Cost(held["passes"], held["memory"], held["lanes"])
        salt, nonce = bytes.fromhex(held["salt"]), bytes.fromhex(held["nonce"])
        version = held["version"]
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError("no wrapped key") from fault
    if version not in (_ONE, _SEVERAL):
        raise ValueError("a wrapped key of another version")
    try:
        secret = ChaCha20Poly1305(_derive(password, salt, cost)).decrypt(nonce, box, _bound(held))
    except InvalidTag:
        raise Refusal(_WRONG, field="password") from None
    if _version(secret) != version:
        raise ValueError("a wrapped key of another length")
    return secret


def _version(secret: bytes) -> int:
    return _ONE if len(secret) == _SEED else _SEVERAL


def is_demo(wrapped: str) -> bool:
    """Whether the text says that its key is the demo's. Raises ValueError when it is no JSON."""
    held = json.loads(wrapped)
    return isinstance(held, dict) and held.get("demo") is True


def _bound(head: dict[str, Any]) -> bytes:
    # Sealed with the key: nobody can make a demo's key pass for a real one, or cheapen its check.
    return json.dumps(head, sort_keys=True).encode()


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        password.encode(), salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all, down to the disk."""
    partial = path.with_name(f"{path.name}.partial")
    # Readable by its owner only from the first byte on (a no-op on Windows, whose profile
    # folders are their owner's already).
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def store_key(device: Ed25519PrivateKey) -> bytes:
    """The 32 bytes under which the store of that device is encrypted: nobody keeps another secret.

    Derived one way (HKDF, RFC 5869), so that neither tells of the other's use.
    """
    return HKDF(SHA256(), _SEED, None, b"pishkhan store 1").derive(device.private_bytes_raw())


class DeviceKeys:
    """Where this machine keeps the keys of its devices: the keyring, else wrapped files."""

    def __init__(
        self, folder: Path, *, ring: KeyringBackend | None = None, cost: Cost = COST
    ) -> None:
        """`folder` is for wrapped keys; `ring` is the system's keyring unless another is given."""
        self._folder = folder
        self._given = ring
        self._cost = cost

    @cached_property
    def _ring(self) -> KeyringBackend:
        # Asking the system which keyring it has loads every kind there is: a demo never asks.
        import keyring

        return keyring.get_keyring() if self._given is None else self._given

    @property
    def needs_passphrase(self) -> bool:
        """Whether the system has no keyring, so that a real device's key needs a passphrase."""
        from keyring.backends.fail import Keyring as NoKeyring

        return isinstance(self._ring, NoKeyring)

    def keep(self, name: str, key: Ed25519PrivateKey, passphrase: str = "") -> None:
        """Keep a real device's key under its name.

        Raises Refusal when there is no keyring, or it is locked, and no passphrase is given.
        """
        from keyring.errors import KeyringError

        if not passphrase:
            try:
                self._ring.set_password(_SERVICE, name, key.private_bytes_raw().hex())
            except KeyringError as fault:
                raise Refusal(_ASK, field="passphrase") from fault
            return
        self._write(name, wrap(key, passphrase, self._cost))

    def keep_demo(self, name: str, key: Ed25519PrivateKey) -> None:
        """Keep a demo device's key: nobody is asked for a passphrase, and nobody is kept out."""
        self.keep_demo_secret(name, secret_of(key))

    def keep_demo_secret(self, name: str, secret: bytes) -> None:
        """Keep several keys of a demo as the bytes of all."""
        self._write(name, wrap_secret(secret, _DEMO, _DEMO_COST, demo=True))

    def is_wrapped(self, name: str) -> bool:
        """Whether the key of that name is kept here in a file, under a passphrase."""
        return self._path(name).exists()

    def find(self, name: str, passphrase: str = "") -> Ed25519PrivateKey | None:
        """The device's key; None when this machine has none of that name.

        Raises Refusal for a wrong or missing passphrase and for a key that can't be read.
        """
        secret = self.find_secret(name, passphrase)
        try:
            return None if secret is None else Ed25519PrivateKey.from_private_bytes(secret)
        except ValueError as fault:
            raise Refusal(_UNREADABLE) from fault

    def find_secret(self, name: str, passphrase: str = "") -> bytes | None:
        """As `find`, the bytes of the key or of the several keys kept under that name."""
        path = self._path(name)
        if path.exists():
            try:
                wrapped = path.read_text(encoding="utf-8")
                return unwrap_secret(wrapped, _DEMO if is_demo(wrapped) else passphrase)
            except ValueError as fault:
                raise Refusal(_UNREADABLE) from fault
        from keyring.errors import KeyringError

        try:
            held = self._ring.get_password(_SERVICE, name)
        except KeyringError:
            # No keyring at all: then nothing can have been kept in it.
            if self.needs_passphrase:
                return None
            raise Refusal(_UNREADABLE) from None
        if held is None:
            return None
        try:
            return bytes.fromhex(held)
        except ValueError as fault:
            raise Refusal(_UNREADABLE) from fault

    def _write(self, name: str, wrapped: str) -> None:
        path = self._path(name)
        self._folder.mkdir(parents=True, exist_ok=True)
        write_private(path, wrapped.encode())

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"
