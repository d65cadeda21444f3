"""What a letter's QR carries: the essence under the centre's signature and the releaser's (COSE).

`resources/letter/SPEC.md` §2 says the same to whoever writes another checker.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import cbor2

from desktop.domain.calendar import compact
from desktop.domain.errors import Refusal
from desktop.wire.essence import DAMAGED, FOREIGN, dumps, loads, number_of, packed, spelt

LIMIT = 290
"""Bytes of a code: so many are read from a paper that was copied (SPEC.md §2)."""
SIGN1 = 18
"""The tag of a COSE_Sign1 (RFC 9052 §2)."""
_ALG, _KID, _COUNTERSIGNATURE = 1, 4, 11
_ES256 = -7
_RELEASE = -65537
_KEY_SIZE, _SIGNATURE = 4, 64
_MOST_COPIES = 0xFF
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}


@dataclass(frozen=True)
class LetterCode:
    """The parts of a code. Key ids are eight hex digits, signatures 128, `on` the Jalali day of the
    release as `yyyymmdd`.
    """

    essence: bytes
    key_id: str
    signature: str
    releaser: str
    on: str
    copy: int
    countersignature: str


def signed_by(key_id: str, payload: bytes) -> bytes:
    """What the key signs of an essence, or of a file (RFC 9052 §4.4)."""
    return dumps(["Signature1", protected(key_id), b"", payload])


def countersigned(
    key_id: str, essence: bytes, signature: str, releaser: str, on: date, copy: int
) -> bytes:
    """What the releaser's key signs: what was issued, the day and the copy (RFC 9338 §3.3)."""
    return _countersigned(key_id, essence, signature, _released(releaser, _packed(on), copy))


def released_in(code: LetterCode) -> bytes:
    """What the releaser's key signed of a code that was read."""
    release = _released(code.releaser, packed(code.on), code.copy)
    return _countersigned(code.key_id, code.essence, code.signature, release)


def encode(code: LetterCode) -> bytes:
    """The code in at most `LIMIT` bytes. Raises ValueError for what is longer."""
    release = _released(code.releaser, packed(code.on), code.copy)
    told = bytes.fromhex(code.countersignature)
    body = [
        protected(code.key_id),
        {_COUNTERSIGNATURE: [release, {}, told]},
        code.essence,
        bytes.fromhex(code.signature),
    ]
    encoded = dumps(cbor2.CBORTag(SIGN1, body))
    if len(encoded) > LIMIT:
        raise ValueError(f"a code of {len(encoded)} bytes, more than {LIMIT}")
    return encoded


def decode(encoded: bytes) -> LetterCode:
    """The parts of the code, whoever signed it. Raises Refusal for what is not written so."""
    if len(encoded) > LIMIT:
        raise Refusal(FOREIGN)
    try:
        told = loads(encoded)
    except ValueError:
        raise Refusal(FOREIGN) from None
    if not isinstance(told, cbor2.CBORTag) or told.tag != SIGN1:
        raise Refusal(FOREIGN)
    try:
        code = _code(told.value)
        same = encode(code) == encoded
    except (ValueError, TypeError, LookupError):
        raise Refusal(DAMAGED) from None
    if not same:
        raise Refusal(DAMAGED)
    return code


def room(issued: str) -> int:
    """Bytes of an essence of that day (`yyyymmdd`) that fit into a code, whichever copy it is."""
    empty = LetterCode(b"", "0" * 8, "0" * 128, "0" * 8, issued, _MOST_COPIES, "0" * 128)
    # A longer essence needs one more byte to say how long it is.
    return LIMIT - len(encode(empty)) - 1


def to_text(code: bytes) -> str:
    """Bytes in the letters that a QR packs most closely (base45, RFC 9285)."""
    text = []
    for at in range(0, len(code), 2):
        pair = code[at : at + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, place = divmod(number, 45)
            text.append(_ALPHABET[place])
    return "".join(text)


def from_text(text: str) -> bytes:
    """The bytes of `to_text`. Raises ValueError for a text that is none of it."""
    code = bytearray()
    for at in range(0, len(text), 3):
        places = [_PLACES.get(letter, -1) for letter in text[at : at + 3]]
        number = sum(place * 45**power for power, place in enumerate(places))
        size = len(places) - 1
        if min(places) < 0 or not size or number >= 256**size:
            raise ValueError("no base45")
        code += number.to_bytes(size)
    return bytes(code)


def protected(key_id: str) -> bytes:
    """The part of a message that names its key, as it is signed."""
    return dumps({_ALG: _ES256, _KID: bytes.fromhex(key_id)})


def _released(releaser: str, day: int, copy: int) -> bytes:
    return dumps({_ALG: _ES256, _KID: bytes.fromhex(releaser), _RELEASE: [day, copy]})


def _countersigned(key_id: str, essence: bytes, signature: str, release: bytes) -> bytes:
    said: list[Any] = ["CounterSignatureV2", protected(key_id), release, b"", essence]
    return dumps([*said, [bytes.fromhex(signature)]])


def _packed(day: date) -> int:
    return packed(compact(day))


def _code(told: Any) -> LetterCode:
    """The parts; whether they are written as here is asked by writing them again."""
    protected, beside, essence, signature = told
    release, _, countersignature = beside[_COUNTERSIGNATURE]
    said = loads(release)
    day, copy = said[_RELEASE]
    if number_of(copy) < 1:
        raise ValueError("no copy")
    if not isinstance(essence, bytes):
        raise TypeError("no essence")
    return LetterCode(
        essence,
        _key_id(loads(protected)[_KID]),
        _hex(signature, _SIGNATURE),
        _key_id(said[_KID]),
        spelt(number_of(day)),
        copy,
        _hex(countersignature, _SIGNATURE),
    )


def _key_id(told: Any) -> str:
    return _hex(told, _KEY_SIZE)


def _hex(told: Any, size: int) -> str:
    if not isinstance(told, bytes) or len(told) != size:
        raise ValueError(f"not {size} bytes")
    return told.hex()
