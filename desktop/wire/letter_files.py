"""What a checker of letters needs beside the paper: the city's keys, and the list of what no longer
holds; each signed by a key of the centre, and good at any desk, bank or browser.

`resources/letter/SPEC.md` §5 and §6 say the same to whoever writes another checker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.domain.errors import Refusal
from desktop.domain.letter import Made
from desktop.wire.essence import MADE, dumps, loads, number_of, packed, spelt
from desktop.wire.letter_code import SIGN1, protected
from desktop.wire.letters import key_id_of

KEYS, LIST = -65539, -65538
"""The claims that hold a file of keys and a list (SPEC.md §5, §6)."""
LARGEST = 4_000_000
_NO_KEYS = "این پرونده فهرست کلیدهای شهرداری نیست یا آسیب دیده است."
_NO_LIST = "این پرونده فهرست ابطال شهرداری نیست یا آسیب دیده است."
_FOREIGN = "این پرونده فهرست کلیدها یا فهرست ابطال نیست."
_SIGNATURE = 64
_SEVEN, _MORE, _WIDEST = 0x7F, 0x80, 56


@dataclass(frozen=True)
class CheckKey:
    """A key that signs letters or their release: its public half (hex), whose it is, and when it
    counts, days as `yyyymmdd`.

    `since` and `until` are the first and the last day of what it signs; `revoked` is the day from
    which nobody trusts it, empty where it was not taken back.
    """

    public: str
    name: str
    since: str
    until: str = ""
    revoked: str = ""

    @property
    def key_id(self) -> str:
        """By what codes name it."""
        return key_id_of(self.public)

    def holds_on(self, day: str) -> bool:
        """Whether it counts for what was signed on that day."""
        return self.since <= day and (not self.until or day <= self.until)


@dataclass(frozen=True)
class KeyFile:
    """The keys of a city as its centre (by its id) tells them on a day: its own and the releasers'.

    `services` are titles by code, `check_at` names where letters are checked. What a centre that is
    not in earnest (`made`) signs is none.
    """

    city: str
    centre: str
    day: str
    made: Made
    keys: tuple[CheckKey, ...]
    releasers: tuple[CheckKey, ...]
    services: Mapping[str, str] = field(default_factory=dict)
    check_at: str = ""


class Ended(IntEnum):
    """Why a letter that was released no longer holds."""

    VOID = 0
    REPLACED = 1
    RECALLED = 2


@dataclass(frozen=True)
class EndedLetter:
    """A letter that no longer holds, since which day, and by which one it was replaced."""

    number: str
    why: Ended
    day: str
    by: str = ""


@dataclass(frozen=True)
class LetterList:
    """All letters of a city that no longer hold, as known on a day; of two the later `serial` is
    the newer."""

    day: str
    serial: int
    ended: Mapping[str, EndedLetter]


def write_keys(file: KeyFile) -> bytes:
    """The payload of a file of keys."""
    claims: list[Any] = [
        file.city,
        file.centre,
        packed(file.day),
        MADE.index(file.made),
        [_told(key) for key in file.keys],
        [_told(key) for key in file.releasers],
        dict(sorted(file.services.items())),
        file.check_at,
    ]
    return dumps({KEYS: claims})


def write_list(told: LetterList) -> bytes:
    """The payload of a list: by office and year, packed; what is numbered otherwise, one by one."""
    days = [packed(each.day) for each in told.ended.values()]
    base = min([*days, packed(told.day)])
    packs: dict[str, dict[int, bytes]] = {}
    others: list[list[Any]] = []
    for (office, year), of_year in groupby(sorted(told.ended.values(), key=_place), key=_series):
        entries = list(of_year)
        if office:
            packs.setdefault(office, {})[year] = bytes(_packed(entries, base))
        else:
            others += [[e.number, int(e.why), packed(e.day), e.by] for e in entries]
    return dumps({LIST: [packed(told.day), told.serial, base, packs, others]})


def sign_file(key_id: str, payload: bytes, signature: str) -> bytes:
    """The payload under the signature (hex) that the centre's key gave for it (`signed_by`)."""
    body = [protected(key_id), {}, payload, bytes.fromhex(signature)]
    return dumps(cbor2.CBORTag(SIGN1, body))


def open_file(file: bytes) -> tuple[str, bytes, str]:
    """Key id, payload and signature (hex) of a file, unchecked. Raises Refusal for what is none."""
    try:
        if len(file) > LARGEST:
            raise ValueError("too large")
        told = loads(file)
        said, beside, payload, signature = told.value
        key_id = loads(said)[4].hex()
        if told.tag != SIGN1 or beside or protected(key_id) != said:
            raise ValueError("another kind of message")
        if len(signature) != _SIGNATURE:
            raise ValueError("a signature of another length")
        loads(payload)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Refusal(_FOREIGN) from None
    return key_id, payload, signature.hex()


def read_keys(payload: bytes) -> KeyFile:
    """The file of keys that the payload is. Raises Refusal for what is none."""
    try:
        city, centre, day, made, keys, releasers, services, check_at = loads(payload)[KEYS]
        file = KeyFile(
            city=_word(city),
            centre=_word(centre),
            day=spelt(number_of(day)),
            made=MADE[number_of(made)],
            keys=tuple(map(_key, keys)),
            releasers=tuple(map(_key, releasers)),
            services={_word(code): _word(title) for code, title in services.items()},
            check_at=_word(check_at),
        )
        same = write_keys(file) == payload
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Refusal(_NO_KEYS) from None
    if not same:
        raise Refusal(_NO_KEYS)
    return file


def read_list(payload: bytes) -> LetterList:
    """The list that the payload is. Raises Refusal for what is none."""
    try:
        day, serial, base, packs, others = loads(payload)[LIST]
        ended = [
            entry
            for office, years in packs.items()
            for year, pack in years.items()
            for entry in _unpacked(_word(office), number_of(year), pack, number_of(base))
        ]
        ended += [
            EndedLetter(_word(number), Ended(why), spelt(number_of(since)), _word(by))
            for number, why, since, by in others
        ]
        told = LetterList(
            spelt(number_of(day)), number_of(serial), {each.number: each for each in ended}
        )
        same = write_list(told) == payload
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Refusal(_NO_LIST) from None
    if not same:
        raise Refusal(_NO_LIST)
    return told


def _told(key: CheckKey) -> list[Any]:
    point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), bytes.fromhex(key.public))
    both = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    days = [packed(day) if day else 0 for day in (key.since, key.until, key.revoked)]
    return [both, *days, key.name]


def _key(told: Any) -> CheckKey:
    both, since, until, revoked, name = told
    point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), b"\x04" + both)
    public = point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint).hex()
    days = [spelt(number_of(day)) if day else "" for day in (since, until, revoked)]
    return CheckKey(public, _word(name), *days)


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _parts(number: str) -> tuple[str, int, int] | None:
    """Office, year and serial of a number that can be packed."""
    parts = number.split("/")
    if len(parts) != 3 or not parts[1]:
        return None
    year, serial = parts[0], parts[2]
    if not all(p.isascii() and p.isdigit() and str(int(p)) == p for p in (year, serial)):
        return None
    return parts[1], int(year), int(serial)


def _packs(entry: EndedLetter) -> bool:
    return _parts(entry.number) is not None and (
        entry.why is not Ended.REPLACED or _ahead(entry) is not None
    )


def _ahead(entry: EndedLetter) -> int | None:
    """How many numbers later the one that replaces it is, of the same office and year."""
    own, other = _parts(entry.number), _parts(entry.by)
    if own is None or other is None or own[:2] != other[:2] or other[2] <= own[2]:
        return None
    return other[2] - own[2]


def _series(entry: EndedLetter) -> tuple[str, int]:
    parts = _parts(entry.number) if _packs(entry) else None
    return (parts[0], parts[1]) if parts else ("", 0)


def _place(entry: EndedLetter) -> tuple[str, int, int, str]:
    parts = _parts(entry.number)
    return (*_series(entry), parts[2] if parts and _packs(entry) else 0, entry.number)


def _packed(entries: Iterable[EndedLetter], base: int) -> Iterator[int]:
    """Of each: how far from the one before, day and why in one number, how far its replacement."""
    before = 0
    for entry in entries:
        parts = _parts(entry.number)
        assert parts is not None
        yield from _varint(parts[2] - before)
        before = parts[2]
        yield from _varint((packed(entry.day) - base) << 2 | entry.why)
        if entry.why is Ended.REPLACED:
            yield from _varint(_ahead(entry) or 0)


def _unpacked(office: str, year: int, pack: bytes, base: int) -> Iterator[EndedLetter]:
    numbers, serial = _numbers(pack), 0
    for step in numbers:
        serial += step
        told = next(numbers, None)
        if told is None:
            raise ValueError("a pack that ends in the middle")
        why = Ended(told & 3)
        by = ""
        if why is Ended.REPLACED:
            by = f"{year}/{office}/{serial + next(numbers, 0)}"
        yield EndedLetter(f"{year}/{office}/{serial}", why, spelt(base + (told >> 2)), by)


def _varint(number: int) -> Iterator[int]:
    """Seven bits a byte, the low ones first; the eighth says that more come (LEB128)."""
    while number > _SEVEN:
        yield number & _SEVEN | _MORE
        number >>= 7
    yield number


def _numbers(pack: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in pack:
        if shift > _WIDEST:
            raise ValueError("a number beyond any serial or day")
        number |= (byte & _SEVEN) << shift
        if byte & _MORE:
            shift += 7
        else:
            yield number
            number = shift = 0
