"""The essence of a letter in bytes: the claims of a CWT, read only as they are written here.

`resources/letter/SPEC.md` §3 says the same to whoever writes another checker. What an earlier
program signed (a line of ASCII) is read for ever.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

import cbor2

from desktop.domain.calendar import FIRST_YEAR, LAST_YEAR
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate
from desktop.domain.letter import Essence, Made

_Told = TypeVar("_Told")

FOREIGN = "این رمزینه از نامه‌های این سامانه نیست یا نسخهٔ آن شناخته نیست."
DAMAGED = "رمزینه آسیب دیده است."
LETTER = -65537
"""The claim that holds a letter: of those that RFC 8392 §9.1 leaves to private use."""
LONGEST_NAME = 40
"""Letters of an owner's name; of a longer one at most so many and «…»."""
CUT = "…"
_SHORTEST_NAME = 12
_LINE, _LINE_LIMIT, _LINE_DIGEST = b"1|", 128, 22
_LINE_TEXT = re.compile(rb"[ -~]*")
_LINE_DAY = re.compile(r"1([34][0-9]{2}|500)(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_DIGEST = 16
_MOST = 2**53 - 1
_CODE_PARTS = 7
# By its place: a service of the city's own later ones travels by its code.
_SERVICES = (
    "no-violation",
    "building-permit",
    "completion",
    "inquiry",
    "transfer",
    "excavation",
    "subdivision",
    "land-use-change",
    "clearance",
    "minor-repairs",
    "permit-renewal",
    "permit-amendment",
    "reissue",
    "demolition",
    "walling",
    "scaffold",
    "street-occupation",
    "water",
    "electricity",
    "gas",
    "objection",
)
_OUTCOMES = ("answer", "refuse", "debt", "minutes", "consultation")
MADE = (Made.EARNEST, Made.SAMPLE, Made.TRAINING)
"""By the number that says it."""
# The claims of a letter (SPEC.md §3).
(
    _NUMBER,
    _ISSUED,
    _SERVICE,
    _OUTCOME,
    _CODE,
    _PLATE,
    _UNTIL,
    _TAIL,
    _OWNER,
    _SHARE,
    _AREA,
    _AMOUNT,
    _PURPOSE,
    _MADE_FOR,
    _WORDS,
    _OFFICE,
) = range(16)


def dumps(value: Any) -> bytes:
    """The value as CBOR that has one way to be written (RFC 8949 §4.2.1)."""
    return cbor2.dumps(value, canonical=True)


def loads(encoded: bytes) -> Any:
    """The one value in the bytes, written as `dumps` writes it. Raises ValueError."""
    try:
        value = cbor2.loads(encoded)
        same = dumps(value) == encoded
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError) as fault:
        raise ValueError(str(fault)) from fault
    if not same:
        raise ValueError("written in another way, or more behind it")
    return value


def write(essence: Essence) -> bytes:
    """The claims of the essence; its key is told beside them (`wire.letter_code`)."""
    return dumps({LETTER: dict(_claims(essence))})


def read(encoded: bytes, key_id: str = "") -> Essence:
    """The essence in the bytes; `key_id` is the key that signed it. Raises Refusal.

    What could be written otherwise is refused: one letter has one essence.
    """
    if encoded.startswith(_LINE):
        return _read_line(encoded)
    try:
        value = loads(encoded)
    except ValueError:
        raise Refusal(FOREIGN) from None
    if not isinstance(value, dict) or list(value) != [LETTER]:
        raise Refusal(FOREIGN)
    try:
        essence = _essence(value[LETTER], key_id)
        same = write(essence) == encoded
    except (ValueError, TypeError, LookupError, ArithmeticError):
        raise Refusal(DAMAGED) from None
    if not same:
        raise Refusal(DAMAGED)
    return essence


def is_line(encoded: bytes) -> bool:
    """Whether the bytes are an earlier program's essence: its release is in no code."""
    return encoded.startswith(_LINE)


def fitted(essence: Essence, limit: int) -> Essence:
    """The essence in at most so many bytes: what is told beside the rest is shortened, then left
    out, in an order that never touches number, property, sum, day or the words' digest.

    Raises ValueError where not even that is enough.
    """
    if len(essence.owner) > LONGEST_NAME:
        essence = replace(essence, owner=essence.owner[:LONGEST_NAME].rstrip() + CUT)
    for smaller in _smaller(essence):
        if len(write(smaller)) <= limit:
            return smaller
    raise ValueError(f"an essence of more than {limit} bytes")


def _smaller(essence: Essence) -> Iterator[Essence]:
    yield essence
    for purpose in _shorter(essence.purpose, 1):
        yield (essence := replace(essence, purpose=purpose))
    yield (essence := replace(essence, purpose=""))
    yield (essence := replace(essence, area=None))
    if essence.renewal_code:
        yield (essence := replace(essence, plate=None))
    yield (essence := replace(essence, share=None))
    for owner in _shorter(essence.owner, _SHORTEST_NAME):
        yield (essence := replace(essence, owner=owner))


def _shorter(text: str, least: int) -> Iterator[str]:
    bare = text.removesuffix(CUT)
    for length in range(len(bare) - 1, least - 1, -1):
        yield bare[:length].rstrip() + CUT


def _claims(essence: Essence) -> Iterator[tuple[int, Any]]:
    """The claims in force, in their order; what is empty is not told."""
    told = _number(essence)
    yield _NUMBER, told
    yield _ISSUED, packed(essence.issued)
    if essence.service:
        yield _SERVICE, _placed(essence.service, _SERVICES)
    yield _OUTCOME, _placed(essence.outcome, _OUTCOMES)
    if essence.renewal_code:
        yield _CODE, _parts(essence.renewal_code)
    if essence.plate is not None:
        yield _PLATE, [essence.plate.section, essence.plate.main, essence.plate.sub]
    if essence.valid_until:
        yield _UNTIL, packed(essence.valid_until)
    if essence.owner_tail:
        yield _TAIL, _tail(essence.owner_tail)
    if essence.owner:
        yield _OWNER, _text(essence.owner)
    if essence.share is not None:
        yield _SHARE, _whole(essence.share, 4)
    if essence.area is not None:
        yield _AREA, _whole(essence.area, 2)
    if essence.amount is not None:
        yield _AMOUNT, essence.amount
    if essence.purpose:
        yield _PURPOSE, _text(essence.purpose)
    if essence.made is not Made.EARNEST:
        yield _MADE_FOR, MADE.index(essence.made)
    yield _WORDS, essence.digest
    if essence.office and not isinstance(told, list):
        yield _OFFICE, essence.office


def _essence(claims: Any, key_id: str) -> Essence:
    if not isinstance(claims, dict):
        raise TypeError("no claims")
    read_ = _Claims(claims)
    issued = spelt(read_.number(_ISSUED))
    number, office = _numbered(read_.any(_NUMBER), issued)
    plate = read_.optional(_PLATE, lambda parts: Plate(*_numbers(parts, 3)))
    share = read_.optional(_SHARE, lambda whole: Decimal(number_of(whole)).scaleb(-4))
    area = read_.optional(_AREA, lambda whole: Decimal(number_of(whole)).scaleb(-2))
    until = read_.optional(_UNTIL, lambda day: spelt(number_of(day)))
    tail = read_.optional(_TAIL, lambda tail: tail if isinstance(tail, str) else f"{tail:04}")
    code = read_.optional(_CODE, _joined)
    digest = read_.any(_WORDS)
    if not isinstance(digest, bytes) or len(digest) != _DIGEST:
        raise ValueError("a digest of another length")
    return Essence(
        key_id=key_id,
        number=number,
        issued=issued,
        office=office or read_.optional(_OFFICE, str) or "",
        service=read_.optional(_SERVICE, lambda place: _named(place, _SERVICES)) or "",
        outcome=_named(read_.any(_OUTCOME), _OUTCOMES),
        renewal_code=code or "",
        valid_until=until or "",
        owner_tail=tail or "",
        digest=digest,
        plate=plate,
        area=area,
        owner=read_.optional(_OWNER, _name) or "",
        share=share,
        amount=read_.optional(_AMOUNT, number_of),
        purpose=read_.optional(_PURPOSE, _said) or "",
        made=MADE[read_.optional(_MADE_FOR, number_of) or 0],
    )


@dataclass(frozen=True)
class _Claims:
    """Claims by their place. Raises LookupError, TypeError or ValueError."""

    held: Mapping[Any, Any]

    def any(self, place: int) -> Any:
        return self.held[place]

    def number(self, place: int) -> int:
        return number_of(self.held[place])

    def optional(self, place: int, take: Callable[[Any], _Told]) -> _Told | None:
        return take(self.held[place]) if place in self.held else None


def number_of(value: Any) -> int:
    """The whole number that the value is. Raises TypeError."""
    # A bool is an int to Python, and what is greater none to other checkers.
    if type(value) is not int or not 0 <= value <= _MOST:
        raise TypeError("no number")
    return value


def _numbers(value: Any, count: int) -> list[int]:
    if not isinstance(value, list) or len(value) != count:
        raise TypeError("no numbers")
    return [number_of(each) for each in value]


def _number(essence: Essence) -> str | list[Any]:
    """`1405/21/1847` as office and serial, the year being that of the day; others as they are."""
    parts = essence.number.split("/")
    if len(parts) == 3 and parts[0] == essence.issued[:4]:
        _, office, serial = parts
        if office and serial.isascii() and serial.isdigit() and str(int(serial)) == serial:
            return [office, int(serial)]
    return essence.number


def _numbered(told: Any, issued: str) -> tuple[str, str]:
    if isinstance(told, str):
        return told, ""
    office, serial = told
    if not isinstance(office, str):
        raise TypeError("no office")
    return f"{issued[:4]}/{office}/{number_of(serial)}", office


def packed(compact: str) -> int:
    """A Jalali `yyyymmdd` in two bytes: years since 1300, month, day (4 and 5 bits)."""
    year, month, day = int(compact[:4]), int(compact[4:6]), int(compact[6:])
    return (year - FIRST_YEAR) << 9 | month << 5 | day


def spelt(told: int) -> str:
    """The Jalali day of `packed`. Raises ValueError for what is none."""
    year, month, day = FIRST_YEAR + (told >> 9), told >> 5 & 15, told & 31
    if not (year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError("no day")
    return f"{year:04}{month:02}{day:02}"


def _placed(word: str, among: tuple[str, ...]) -> int | str:
    return among.index(word) if word in among else word


def _named(told: Any, among: tuple[str, ...]) -> str:
    if told == "":
        raise ValueError("nothing named")
    return told if isinstance(told, str) else among[number_of(told)]


def _parts(code: str) -> list[int] | str:
    """The numbers of a code without those at its end that say «not there»."""
    parts = code.split("-")
    if len(parts) != _CODE_PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        return code
    numbers = [int(part) for part in parts]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return numbers


def _joined(told: Any) -> str:
    if isinstance(told, str):
        return told
    numbers = _numbers(told, len(told))
    return "-".join(str(each) for each in (numbers + [0] * _CODE_PARTS)[:_CODE_PARTS])


def _tail(digits: str) -> int | str:
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else digits


def _whole(value: Decimal, places: int) -> int:
    return int(value.scaleb(places).to_integral_value())


def _text(text: str) -> bytes | str:
    """Persian takes a byte a letter in Windows-1256, where its yeh stands in for the Arabic one;
    what has no place there is UTF-8.
    """
    if "\u064a" in text:
        return text
    try:
        return text.replace("ی", "\u064a").encode("cp1256")
    except UnicodeEncodeError:
        return text


def _said(told: Any) -> str:
    if isinstance(told, str):
        return told
    if not isinstance(told, bytes):
        raise TypeError("no text")
    return told.decode("cp1256").replace("\u064a", "ی")


def _name(told: Any) -> str:
    name = _said(told)
    if len(name.removesuffix(CUT)) > LONGEST_NAME:
        raise ValueError("a name that nobody cut")
    return name


def _read_line(encoded: bytes) -> Essence:
    """What an earlier program wrote: eleven fields of ASCII, apart by `|`."""
    if not _LINE_TEXT.fullmatch(encoded) or len(encoded) > _LINE_LIMIT:
        raise Refusal(FOREIGN)
    fields = encoded.decode("ascii").split("|")
    if len(fields) != 11:
        raise Refusal(FOREIGN)
    key_id, number, issued, office, service, outcome, code, until, tail, digest = fields[1:]
    if not _LINE_DAY.fullmatch(issued) or not (until == "" or _LINE_DAY.fullmatch(until)):
        raise Refusal(DAMAGED)
    try:
        raw = base64.urlsafe_b64decode(digest + "==")
    except ValueError:
        raise Refusal(DAMAGED) from None
    if len(digest) != _LINE_DIGEST or base64.urlsafe_b64encode(raw)[:-2].decode() != digest:
        raise Refusal(DAMAGED)
    return Essence(key_id, number, issued, office, service, outcome, code, until, tail, raw)
