"""A centre's private keys: files of its owner's only, and copies of them under a passphrase."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from desktop.centre.signing import CentreKeys, LetterKey, SigningKey
from desktop.chance import octets
from desktop.domain.errors import Refusal
from desktop.domain.persian import fold, isolate, to_persian_digits
from desktop.keys import new_key, write_private
from desktop.premises.centre_file import DEVICES, IMPORTS, LIVES
from desktop.premises.private import demand_private
from desktop.premises.token import Token

FOLDER = "keys"
_LETTERS = "letters"
# In the order of `CentreKeys`.
_MADE: dict[str, Callable[[], PrivateKeyTypes]] = {
    _LETTERS: lambda: ec.generate_private_key(ec.SECP256R1()),
    "heads": new_key,
    "answers": new_key,
}
_SEALED = "sealed"
_SHORTEST = 12
_SALT = 16
_TWO = "کلید را دو نفر می‌سازند؛ نام دو کس را بنویسید."
_SHORT = "گذرعبارت هر نفر دست‌کم {} نویسه دارد."
_NOT_SEALED = "کلید مهروموم‌شده‌ای با شناسهٔ {} اینجا نیست."
_NOT_THEIRS = "گذرعبارت‌ها این کلید را باز نمی‌کند؛ هر دو نفر عبارت خود را دوباره بنویسند."
_MISSING = "کلید مرکز «{}» نیست؛ آن را از نسخهٔ پشتیبان کلیدها برگردانید. کلید تازه ساخته نمی‌شود."
_OPEN = "کلید مرکز «{}» را دیگران هم می‌توانند بخوانند؛ اجازهٔ آن را به مالک محدود کنید (chmod 600)."
_UNREADABLE = "کلید مرکز «{}» خوانده نشد؛ آن را از نسخهٔ پشتیبان کلیدها برگردانید."


@dataclass(frozen=True)
class Keeper:
    """One of the two who make a key and put it to use: a name, and a passphrase nobody else has."""

    name: str
    passphrase: str


def make_keys(folder: Path) -> None:
    """Make whichever key the data folder has not yet; one that is there stays."""
    keys = folder / FOLDER
    keys.mkdir(parents=True, exist_ok=True)
    for name, made in _MADE.items():
        path = _path(folder, name)
        if not path.exists():
            plain = serialization.NoEncryption()
            write_private(path, _pem(made(), plain))


def read_keys(folder: Path, token: Token | None = None) -> CentreKeys:
    """The keys of the data folder, and those of the token where there is one.

    Raises Refusal where one is missing, or others may read it.
    """
    letters, heads, answers = (_key(_path(folder, name)) for name in _MADE)
    # Looked for when one of that id is to sign: it may come while the centre runs.
    later = cache_found(lambda key_id: _later(folder, key_id, token))
    return CentreKeys(letters, heads, answers, demo=False, later=later)


def cache_found(find: Callable[[str], LetterKey | None]) -> Callable[[str], LetterKey | None]:
    """The same, asked once for each that is there."""
    known: dict[str, LetterKey] = {}

    def found(key_id: str) -> LetterKey | None:
        if key_id not in known and (key := find(key_id)) is not None:
            known[key_id] = key
        return known.get(key_id)

    return found


def _later(folder: Path, key_id: str, token: Token | None) -> LetterKey | None:
    path = _path(folder, f"{_LETTERS}-{key_id}")
    if path.exists():
        return _key(path)
    return token.find(key_id) if token is not None else None


@dataclass(frozen=True)
class Ceremony:
    """A new key for letters, made before two people, of whom each knows a passphrase of its own."""

    key_id: str
    public: str
    first: str
    second: str


def seal_key(folder: Path, first: Keeper, second: Keeper) -> Ceremony:
    """Make a key for letters that only the two together open; it signs nothing yet.

    Raises Refusal for one person twice, or a passphrase that is too short.
    """
    sealed = _passphrase(first, second)
    key = ec.generate_private_key(ec.SECP256R1())
    made = SigningKey(key)
    place = folder / FOLDER / _SEALED
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{_LETTERS}-{made.key_id}.pem"
    write_private(path, _pem(key, serialization.BestAvailableEncryption(sealed)))
    named = {"first": first.name, "second": second.name}
    path.with_suffix(".json").write_text(json.dumps(named, ensure_ascii=False), encoding="utf-8")
    if _opened_file(folder, made.key_id, first, second).public != made.public:
        raise Refusal(_UNREADABLE.format(isolate(str(path))))
    return Ceremony(made.key_id, made.public, first.name, second.name)


def make_in_token(folder: Path, token: Token, first: Keeper, second: Keeper) -> Ceremony:
    """Make a key for letters in the token: the two say when it is put to use. Raises Refusal as
    `seal_key`, and where the token is not there."""
    sealed = _passphrase(first, second)
    made = token.make()
    place = folder / FOLDER / _SEALED
    place.mkdir(parents=True, exist_ok=True)
    salt = octets(_SALT)
    named = {
        "first": first.name,
        "second": second.name,
        "salt": salt.hex(),
        "check": _stretched(sealed, salt),
    }
    path = place / f"{_LETTERS}-{made.key_id}.json"
    write_private(path, json.dumps(named, ensure_ascii=False).encode())
    return Ceremony(made.key_id, made.public, first.name, second.name)


def _stretched(sealed: bytes, salt: bytes) -> str:
    return hashlib.scrypt(sealed, salt=salt, n=2**14, r=8, p=1).hex()


def open_key(
    folder: Path, key_id: str, first: Keeper, second: Keeper, token: Token | None = None
) -> LetterKey:
    """The key that the two made, in its file or in the token. Raises Refusal."""
    told = folder / FOLDER / _SEALED / f"{_LETTERS}-{key_id}.json"
    named = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {}
    if "check" not in named:
        return _opened_file(folder, key_id, first, second)
    salt = bytes.fromhex(named["salt"])
    if _stretched(_passphrase(first, second), salt) != named["check"]:
        raise Refusal(_NOT_THEIRS)
    found = token.find(key_id) if token is not None else None
    if found is None:
        raise Refusal(_NOT_SEALED.format(isolate(key_id)))
    return found


def _opened_file(folder: Path, key_id: str, first: Keeper, second: Keeper) -> SigningKey:
    path = folder / FOLDER / _SEALED / f"{_LETTERS}-{key_id}.pem"
    if not path.is_file():
        raise Refusal(_NOT_SEALED.format(isolate(key_id)))
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), _passphrase(first, second))
    except ValueError as fault:
        raise Refusal(_NOT_THEIRS) from fault
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Refusal(_UNREADABLE.format(isolate(str(path))))
    return SigningKey(key)


def keepers_of(folder: Path, key_id: str) -> tuple[str, str]:
    """The names of the two who made the key. Raises Refusal where no such one is sealed."""
    path = folder / FOLDER / _SEALED / f"{_LETTERS}-{key_id}.json"
    if not path.is_file():
        raise Refusal(_NOT_SEALED.format(isolate(key_id)))
    named = json.loads(path.read_text(encoding="utf-8"))
    return named["first"], named["second"]


def sealed_keys(folder: Path) -> list[str]:
    """The ids of the sealed keys."""
    found = (folder / FOLDER / _SEALED).glob(f"{_LETTERS}-*.json")
    return sorted(path.stem.removeprefix(f"{_LETTERS}-") for path in found)


def lay_ready(folder: Path, key: LetterKey) -> None:
    """Put an opened key where the centre finds it on the day on which it signs; one of a token is
    there already."""
    if not isinstance(key, SigningKey):
        return
    path = _path(folder, f"{_LETTERS}-{key.key_id}")
    if not path.exists() and isinstance(key.private, ec.EllipticCurvePrivateKey):
        write_private(path, _pem(key.private, serialization.NoEncryption()))


def _passphrase(first: Keeper, second: Keeper) -> bytes:
    """Of both, in an order that does not depend on who typed first."""
    if fold(first.name) == fold(second.name):
        raise Refusal(_TWO)
    if min(len(first.passphrase), len(second.passphrase)) < _SHORTEST:
        raise Refusal(_SHORT.format(to_persian_digits(_SHORTEST)))
    both = sorted((fold(each.name), each.passphrase) for each in (first, second))
    said = json.dumps(both, ensure_ascii=False).encode()
    return hashlib.sha256(b"pishkhan two keepers\0" + said).hexdigest().encode()


def copy_keys(folder: Path, to: Path, passphrase: str) -> list[Path]:
    """Write every key under the passphrase into a folder of its own, and read each back; with them
    the files that a restore wants beside them.

    Raises Refusal. The files are PKCS #8, which `openssl pkey` opens as well.
    """
    to.mkdir(parents=True, exist_ok=True)
    sealed = serialization.BestAvailableEncryption(passphrase.encode())
    written = []
    later = sorted(path.stem for path in (folder / FOLDER).glob(f"{_LETTERS}-*.pem"))
    for name in (*_MADE, *later):
        key = _read(_path(folder, name))
        copy = to / f"{name}.pem"
        write_private(copy, _pem(key, sealed))
        back = serialization.load_pem_private_key(copy.read_bytes(), passphrase.encode())
        if back.public_key() != key.public_key():
            raise Refusal(_UNREADABLE.format(isolate(str(copy))))
        written.append(copy)
    # What two people sealed is under their own passphrases already.
    for path in sorted((folder / FOLDER / _SEALED).glob(f"{_LETTERS}-*")):
        (to / _SEALED).mkdir(exist_ok=True)
        copy = to / _SEALED / path.name
        write_private(copy, path.read_bytes())
        written.append(copy)
    # A copy of the database knows of none of these what came after it.
    for path in (folder / LIVES, folder / DEVICES, folder / IMPORTS):
        if path.exists():
            write_private(to / path.name, path.read_bytes())
            written.append(to / path.name)
    return written


def _key(path: Path) -> SigningKey:
    key = _read(path)
    # `letters`, and each that came after it with its id behind that.
    kind = path.stem.partition("-")[0]
    if kind == _LETTERS and isinstance(key, ec.EllipticCurvePrivateKey):
        return SigningKey(key)
    if kind != _LETTERS and isinstance(key, ed25519.Ed25519PrivateKey):
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


def _pem(key: PrivateKeyTypes, how: serialization.KeySerializationEncryption) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)
