"""Letters to try a checker with, good and bad, each with what must be said of it (SPEC.md)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import cbor2

from desktop.centre.signing import SigningKey
from desktop.domain.calendar import parse_jalali
from desktop.domain.identifiers import Plate
from desktop.domain.letter import Essence, LetterKind, Made
from desktop.keys import letter_key_of
from desktop.reports.letter.v1.qr import to_code as line_code
from desktop.wire import essence as claims
from desktop.wire.essence import dumps, loads, packed, write
from desktop.wire.letter_code import (
    LIMIT,
    LetterCode,
    countersigned,
    encode,
    protected,
    signed_by,
    to_text,
)
from desktop.wire.letter_files import (
    CheckKey,
    Ended,
    EndedLetter,
    KeyFile,
    LetterList,
    sign_file,
    write_keys,
    write_list,
)
from desktop.wire.letters import Releaser, issued_line, key_id_of
from desktop.wire.verdicts import Verdict

TODAY = "14050910"
_SINCE = "14041020"


def _signing(seed: int) -> SigningKey:
    return SigningKey(letter_key_of(bytes(range(seed, seed + 32))))


CENTRE, STRANGER, OLD, STOLEN, TO_COME = (_signing(seed) for seed in (1, 40, 50, 60, 70))
BOSS, CLERK, THIEF, NOBODY, PART = (
    Releaser(letter_key_of(bytes(range(seed, seed + 32)))) for seed in (3, 80, 90, 100, 110)
)
TWIN, OTHER_TWIN = (SigningKey(letter_key_of(n.to_bytes(32))) for n in (108_442, 108_772))
"""Two keys of one id."""
KEYS = KeyFile(
    city="شهرداری یزد",
    centre="centre-1",
    day=TODAY,
    made=Made.EARNEST,
    keys=(
        CheckKey(CENTRE.public, "", _SINCE),
        CheckKey(OLD.public, "", _SINCE, until="14050830"),
        CheckKey(STOLEN.public, "", _SINCE, revoked="14050905"),
        CheckKey(TO_COME.public, "", "14051001"),
        CheckKey(TWIN.public, "", _SINCE),
        CheckKey(OTHER_TWIN.public, "", _SINCE),
    ),
    releasers=(
        CheckKey(BOSS.public, "محمد زارع", _SINCE),
        CheckKey(CLERK.public, "زهرا فلاح", "14050501", until="14050531"),
        CheckKey(CLERK.public, "زهرا فلاح", "14050901", until="14050904"),
        CheckKey(THIEF.public, "علی رضایی", _SINCE, revoked="14050908"),
        CheckKey(PART.public, "نرگس کاظمی", "14050501", until="14050531"),
        CheckKey(PART.public, "نرگس کاظمی", "14050801", revoked="14050909"),
    ),
    services={"no-violation": "گواهی عدم خلاف"},
    check_at="esalat.example",
)
_ENDED = (
    EndedLetter("1405/21/12", Ended.VOID, "14050905"),
    EndedLetter("1405/21/400", Ended.REPLACED, "14050907", "1405/21/431"),
    EndedLetter("1405/21/401", Ended.RECALLED, "14050909"),
    EndedLetter("1405/31/7", Ended.REPLACED, "14050908", "1406/31/2"),
    EndedLetter("1405/44", Ended.VOID, "14050910"),
)
LIST = LetterList(TODAY, 7, {each.number: each for each in _ENDED})
ESSENCE = Essence(
    key_id="",
    number="1405/21/1847",
    issued="14050903",
    office="21",
    service="no-violation",
    outcome=LetterKind.ANSWER.value,
    renewal_code="2-14-308-27-1-0-0",
    valid_until="14060303",
    owner_tail="0567",
    digest=bytes(range(16)),
    plate=Plate(2, 65, 4555),
    area=Decimal("240.50"),
    owner="فاطمه دهقان",
    share=Decimal("1.5"),
    purpose="انتقال",
)


@dataclass(frozen=True)
class Vector:
    """A letter's code (its bytes, or a text that is none) on a day, and the verdict."""

    name: str
    code: bytes | str
    verdict: Verdict
    today: str = TODAY
    listed: bool = True

    @property
    def text(self) -> str:
        """What the QR says."""
        return self.code if isinstance(self.code, str) else to_text(self.code)


def code(
    essence: Essence = ESSENCE,
    *,
    by: SigningKey = CENTRE,
    releaser: Releaser = BOSS,
    on: str = "14050903",
    copy: int = 1,
) -> LetterCode:
    """A letter's code, signed by both."""
    encoded, signature = by.issue(essence)
    return _code(bytes.fromhex(encoded), signature, by, releaser, on, copy)


def _code(
    essence: bytes, signature: str, by: SigningKey, releaser: Releaser, on: str, copy: int
) -> LetterCode:
    own = key_id_of(releaser.public)
    said = countersigned(by.key_id, essence, signature, own, parse_jalali(on), copy)
    return LetterCode(essence, by.key_id, signature, own, on, copy, releaser.sign(said))


def told(**changes: Any) -> bytes:
    """The letter with these of its facts otherwise."""
    return encode(code(replace(ESSENCE, **changes)))


def claimed(change: dict[Any, Any], *without: int) -> bytes:
    """The letter with claims that the centre would never write, and signed for all that."""
    held = loads(write(ESSENCE))[claims.LETTER]
    held = {key: value for key, value in {**held, **change}.items() if key not in without}
    encoded = dumps({claims.LETTER: dict(sorted(held.items()))})
    signature = CENTRE.sign(signed_by(CENTRE.key_id, encoded))
    return encode(_code(encoded, signature, CENTRE, BOSS, "14050903", 1))


def sized(size: int) -> bytes:
    """The letter in a code of so many bytes, rightly signed."""
    for letters in range(size):
        essence = write(replace(ESSENCE, purpose="ب" * letters))
        whole = _raw(essence, CENTRE.sign(signed_by(CENTRE.key_id, essence)))
        if len(whole) == size:
            return whole
    raise ValueError(f"no letter has a code of {size} bytes")


def files() -> tuple[bytes, bytes]:
    """The city's file of keys and its list, signed."""
    return signed(write_keys(KEYS)), signed(write_list(LIST))


def signed(payload: bytes, by: SigningKey = CENTRE) -> bytes:
    """A file under the signature of a key."""
    return sign_file(by.key_id, payload, by.sign(signed_by(by.key_id, payload)))


def vectors() -> Iterator[Vector]:
    """All of them."""
    yield from _good()
    yield from _ended()
    yield from _keys()
    yield from _releases()
    yield from _forged()
    yield from _written_otherwise()
    yield from _early()


def _early() -> Iterator[Vector]:
    """What an earlier program issued."""
    for name, centre, number, verdict, today in (
        ("an early one", KEYS.centre, "1405/21/5", Verdict.UNPROVEN, TODAY),
        ("an early one, the list old", KEYS.centre, "1405/21/5", Verdict.UNPROVEN, "14060303"),
        ("an early one that is void", KEYS.centre, "1405/21/12", Verdict.VOID, TODAY),
        ("an early one that is over", KEYS.centre, "1405/21/5", Verdict.EXPIRED, "14060304"),
        ("an early one of another centre", "centre-2", "1405/21/5", Verdict.FALSE, TODAY),
    ):
        yield Vector(name, early(number, centre), verdict, today)
    yield Vector("an early one of a stranger", early("1405/21/5", by=STRANGER), Verdict.UNKNOWN_KEY)
    yield Vector("an early one in small letters", early("1405/21/5").lower(), Verdict.UNPROVEN)
    beyond = early("1405/21/5", until="15010101")
    yield Vector("an early one until a day beyond the calendar", beyond, Verdict.FALSE)
    yield Vector("an early one, cut", early("1405/21/5")[:-4], Verdict.FALSE)


def early(
    number: str, centre: str = KEYS.centre, by: SigningKey = CENTRE, until: str = "14060303"
) -> str:
    """The text of a QR as it was before."""
    digest = base64.urlsafe_b64encode(bytes(range(16))).rstrip(b"=").decode()
    fields = ("1", by.key_id, number, "14050903", "21", "no-violation", "answer")
    line = "|".join((*fields, "2-14-308-27-1-0-0", until, "0567", digest)).encode()
    return line_code(line + bytes.fromhex(by.sign(issued_line(centre, line))))


def _good() -> Iterator[Vector]:
    valid = Verdict.VALID
    yield Vector("an answer", encode(code()), valid)
    yield Vector("its third copy", encode(code(copy=3)), valid)
    yield Vector("a copy of another day", encode(code(on="14050909", copy=300)), valid)
    yield Vector("without an end", told(valid_until=""), valid)
    debt = {"outcome": "debt", "amount": 12_345_678_901, "purpose": ""}
    yield Vector("a debt", told(**debt), valid)
    yield Vector("a refusal of a service of later", told(outcome="refuse", service="tree"), valid)
    yield Vector("a name in letters of a neighbour", told(owner="ئاڤان کەریمی", purpose=""), valid)
    yield Vector("a name that was cut", told(owner="ب" * 40 + "…", purpose="", area=None), valid)
    yield Vector("a name of forty letters", told(owner="ب" * 40, purpose=""), valid)
    yield Vector("the last day of all", told(valid_until="15001229"), valid)
    yield Vector("as many bytes as a code may have", sized(LIMIT), valid)
    yield Vector("an Arabic yeh", told(owner="عل\u064a رضایی"), valid)
    yield Vector("a number of another form", told(number="1405/44-2", office=""), valid)
    yield Vector("an office that the number does not tell", told(number="1405/45"), valid)
    yield Vector("a code that is none", told(renewal_code="2-14-308"), valid)
    yield Vector("a tail of three", told(owner_tail="123"), valid)
    yield Vector("released by the centre", encode(code(releaser=Releaser(CENTRE.private))), valid)
    for made in (Made.SAMPLE, Made.TRAINING):
        for by in (CENTRE, STRANGER):
            name = f"for {made.value}, {'the centre' if by is CENTRE else 'a stranger'}"
            yield Vector(name, encode(code(replace(ESSENCE, made=made), by=by)), Verdict.SAMPLE)


def _ended() -> Iterator[Vector]:
    for number, verdict in (
        ("1405/21/12", Verdict.VOID),
        ("1405/21/400", Verdict.REPLACED),
        ("1405/21/401", Verdict.RECALLED),
        ("1405/31/7", Verdict.REPLACED),
        ("1405/21/402", Verdict.VALID),
    ):
        yield Vector(number, told(number=number, office=number.split("/")[1]), verdict)
    yield Vector("1405/44", told(number="1405/44"), Verdict.VOID)
    whole = encode(code())
    yield Vector("its last day, the list old", whole, Verdict.OLD_LIST, "14060303")
    yield Vector("a day late", whole, Verdict.EXPIRED, "14060304")
    yield Vector("a list of seven days ago", whole, Verdict.VALID, "14050917")
    yield Vector("a list of eight days ago", whole, Verdict.OLD_LIST, "14050918")
    yield Vector("a clock that is behind", whole, Verdict.VALID, "14050907")
    yield Vector("no list", whole, Verdict.OLD_LIST, listed=False)
    yield Vector("no list, and late", whole, Verdict.EXPIRED, "14060304", listed=False)
    over = told(valid_until="14050909")
    yield Vector("over, whatever the clock says", over, Verdict.EXPIRED, "14050901")
    yield Vector("ten years ahead", whole, Verdict.EXPIRED, "14150910")
    endless = told(valid_until="")
    yield Vector("without an end, ten years ahead", endless, Verdict.OLD_LIST, "14150910")


def _keys() -> Iterator[Vector]:
    yield Vector("a stranger's", encode(code(by=STRANGER)), Verdict.UNKNOWN_KEY)
    early = replace(ESSENCE, issued="14050830", number="1405/21/900")
    yield Vector("by an old key, in time", encode(code(early, by=OLD)), Verdict.VALID)
    yield Vector("by an old key, after it", encode(code(by=OLD)), Verdict.FALSE)
    yield Vector("by a key to come", encode(code(by=TO_COME)), Verdict.FALSE)
    yield Vector("by a stolen key, before", encode(code(by=STOLEN)), Verdict.UNKNOWN_KEY)
    yield Vector("by the first of two keys of one id", encode(code(by=TWIN)), Verdict.VALID)
    yield Vector("by the second of two keys of one id", encode(code(by=OTHER_TWIN)), Verdict.VALID)
    late = replace(ESSENCE, issued="14050905")
    stolen = encode(code(late, by=STOLEN, on="14050905"))
    yield Vector("by a stolen key, since", stolen, Verdict.FALSE)


def _releases() -> Iterator[Vector]:
    false, unknown = Verdict.FALSE, Verdict.UNKNOWN_KEY
    yield Vector("released by nobody known", encode(code(releaser=NOBODY)), unknown)
    yield Vector("released with an authority", encode(code(releaser=CLERK)), Verdict.VALID)
    yield Vector("without one", encode(code(releaser=CLERK, on="14050905")), false)
    yield Vector("by a thief, before", encode(code(releaser=THIEF)), unknown)
    yield Vector("by a thief, since", encode(code(releaser=THIEF, on="14050908")), false)
    yield Vector("by one of two thieves' days", encode(code(releaser=PART)), unknown)
    yield Vector("before it was issued", encode(code(on="14050902")), false)
    whole = code()
    yield Vector("as another copy", encode(replace(whole, copy=2)), false)
    yield Vector("on another day", encode(replace(whole, on="14050904")), false)
    other = replace(whole, releaser=key_id_of(CLERK.public))
    yield Vector("as somebody else", encode(other), false)
    moved = code(replace(ESSENCE, number="1405/21/1848"))
    yield Vector(
        "the release of another letter",
        encode(replace(whole, countersignature=moved.countersignature)),
        false,
    )


def _forged() -> Iterator[Vector]:
    false, whole = Verdict.FALSE, code()
    strange = replace(code(by=STRANGER), key_id=CENTRE.key_id)
    yield Vector("a stranger's under the centre's id", encode(strange), false)
    changed = write(replace(ESSENCE, owner="فاطمه دهقانی"))
    yield Vector("another name under the signature", encode(replace(whole, essence=changed)), false)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    for name in ("signature", "countersignature"):
        first, half = getattr(whole, name)[:64], int(getattr(whole, name)[64:], 16)
        for told_, other in (
            (f"the other {name} that would do", f"{first}{order - half:064x}"),
            (f"no {name}", "00" * 64),
        ):
            changes: Any = {name: other}
            yield Vector(told_, encode(replace(whole, **changes)), false)
    keys, ended = files()
    yield Vector("a file of keys", ended[:200], false)
    yield Vector("a word", "سلام", false)
    yield Vector("an address", "HTTPS://ESALAT.EXAMPLE/1405-21-1847", false)
    yield Vector("nothing", "", false)
    yield Vector("one letter", "A", false)
    yield Vector("too great a triple", ":::", false)
    yield Vector("small letters", to_text(encode(whole)).lower(), false)
    yield Vector("three thousand bytes", to_text(bytes(3000)), false)


def _written_otherwise() -> Iterator[Vector]:
    false, whole = Verdict.FALSE, encode(code())
    yield Vector("a byte more", whole + b"\x00", false)
    yield Vector("a byte less", whole[:-1], false)
    yield Vector("without a tag", whole[1:], false)
    yield Vector("another tag", b"\xd1" + whole[1:], false)
    yield Vector("a list of no end", b"\xd2\x9f" + whole[2:] + b"\xff", false)
    for place, name in enumerate(("number", "day", "service", "what it is")):
        if name != "service":
            yield Vector(f"without its {name}", claimed({}, place), false)
    yield Vector("without the digest", claimed({}, 14), false)
    yield Vector("with a claim more", claimed({16: 1}), false)
    yield Vector("a negative claim", claimed({10: -5}), false)
    yield Vector("a digest of eight", claimed({14: bytes(8)}), false)
    yield Vector("a sum in words", claimed({11: "هزار"}), false)
    yield Vector("a sum with a fraction", claimed({11: 1.5}), false)
    yield Vector("yes for a sum", claimed({11: True}), false)
    yield Vector("made for nothing known", claimed({13: 9}), false)
    yield Vector("in earnest, and said so", claimed({13: 0}), false)
    yield Vector("a service by a place that is none", claimed({2: 99}), false)
    yield Vector("a known service by its code", claimed({2: "no-violation"}), false)
    yield Vector("a name in UTF-8 that has bytes", claimed({8: "فاطمه دهقان"}), false)
    yield Vector("a code with its zeros", claimed({4: [2, 14, 308, 27, 1, 0, 0]}), false)
    yield Vector("a code of eight numbers", claimed({4: [2, 14, 308, 27, 1, 1, 1, 1]}), false)
    yield Vector("a plate of two", claimed({5: [2, 65]}), false)
    beyond = 2**32 + packed(ESSENCE.issued)
    yield Vector("a day beyond 32 bits", claimed({1: beyond}), false)
    yield Vector("a last day beyond 32 bits", claimed({6: beyond}), false)
    yield Vector("a last day beyond the calendar", claimed({6: packed("15010101")}), false)
    yield Vector("a name of more than forty letters", told(owner="ب" * 41, purpose=""), false)
    text = "a" * 40 + "ڤ"
    yield Vector("a name of more than forty in UTF-8", told(owner=text, purpose=""), false)
    yield Vector("a byte more than a code may have", sized(LIMIT + 1), false)
    yield Vector("a month that is none", claimed({1: 105 << 9 | 13 << 5 | 3}), false)
    yield Vector("an office that the number tells", claimed({15: "21"}), false)
    yield Vector("an office of no letters", claimed({0: ["", 1847]}), false)
    yield Vector("an office with a stroke", claimed({0: ["2/1", 1847]}), false)
    yield Vector("a code of no numbers", claimed({4: []}), false)
    yield Vector("no name, and said so", claimed({8: b""}), false)
    yield Vector("a known kind by its name", claimed({3: "answer"}), false)
    yield Vector("four digits as text", claimed({7: "0567"}), false)
    yield Vector("a sum beyond all", claimed({11: 2**53}), false)
    yield Vector("copy none", encode(code(copy=0)), false)
    yield Vector("a number as text that has parts", claimed({0: "1405/21/1847"}), false)
    held = loads(write(ESSENCE))[claims.LETTER]
    for name, told_ in (
        ("keys in another order", dict(reversed(held.items()))),
        ("two private claims", held),
    ):
        outer: dict[int, Any] = {claims.LETTER: told_}
        if told_ is held:
            outer[-65530] = 1
        encoded = cbor2.dumps(outer)
        signature = CENTRE.sign(signed_by(CENTRE.key_id, encoded))
        made = _code(encoded, signature, CENTRE, BOSS, "14050903", 1)
        yield Vector(name, encode(made), false)
    # A longer way to write the same: the day in four bytes, a key twice.
    plain = write(ESSENCE)
    day = dumps(loads(plain)[claims.LETTER][1])
    longer = plain.replace(day, b"\x1a\x00\x00" + day[1:], 1)
    twice = plain.replace(b"\xac", b"\xad", 1) + b"\x0e\x50" + bytes(16)
    for name, encoded in (("a longer number", longer), ("a claim twice", twice)):
        signature = CENTRE.sign(signed_by(CENTRE.key_id, encoded))
        yield Vector(name, _raw(encoded, signature), false)
    signature = CENTRE.sign(signed_by(CENTRE.key_id, plain))
    yield Vector("a word beside the signature", _raw(plain, signature, {99: 1}), false)
    yield Vector("claims that are no bytes", _raw(loads(plain), signature), false)


def _raw(essence: Any, signature: str, beside: dict[int, Any] | None = None) -> bytes:
    """A code around claims that the program would not write."""
    signed_ = essence if isinstance(essence, bytes) else dumps(essence)
    whole = _code(signed_, signature, CENTRE, BOSS, "14050903", 1)
    release = loads(encode(code())).value[1][11][0]
    body = [
        protected(CENTRE.key_id),
        {11: [release, {}, bytes.fromhex(whole.countersignature)], **(beside or {})},
        essence,
        bytes.fromhex(signature),
    ]
    return dumps(cbor2.CBORTag(18, body))


class Renewal(StrEnum):
    """What a checker does with a file of keys or a list that it is given."""

    TAKEN = "taken"
    OLDER = "older"
    REFUSED = "refused"


@dataclass(frozen=True)
class FileVector:
    """A file that is brought to who trusts the city's keys and has its list, and what becomes of
    it."""

    name: str
    file: bytes
    renewal: Renewal


def file_vectors() -> Iterator[FileVector]:
    """Newer and older ones, and those that the city's centre did not sign for its checkers."""
    taken, older, refused = Renewal
    ended = write_list(replace(LIST, day="14050911", serial=9))
    keys = replace(KEYS, day="14050911", releasers=())
    whole = signed(ended)
    yield FileVector("a newer list", whole, taken)
    yield FileVector("by the second of two keys of one id", signed(ended, OTHER_TWIN), taken)
    yield FileVector("an older list", signed(write_list(replace(LIST, day="14050909"))), older)
    beyond = replace(LIST, day="15010101")
    yield FileVector("a list of a day beyond the calendar", signed(write_list(beyond)), refused)
    yield FileVector("a list by a stranger", signed(ended, STRANGER), refused)
    yield FileVector("a list by a stolen key", signed(ended, STOLEN), refused)
    yield FileVector("a list that was cut", whole[:-1], refused)
    yield FileVector("a list with a byte more", whole + b"\0", refused)
    touched = whole[:-1] + bytes([whole[-1] ^ 1])
    yield FileVector("a list with another signature", touched, refused)
    yield FileVector("newer keys", signed(write_keys(keys)), taken)
    yield FileVector("older keys", signed(write_keys(replace(keys, day="14050801"))), older)
    yield FileVector("keys by a stranger", signed(write_keys(keys), STRANGER), refused)
    beyond_all = replace(keys, day="15010101")
    yield FileVector("keys of a day beyond the calendar", signed(write_keys(beyond_all)), refused)
    own = (*KEYS.keys[:-1], replace(KEYS.keys[-1], until="15010101"))
    yield FileVector("a key until then", signed(write_keys(replace(keys, keys=own))), refused)
    other = replace(keys, centre="centre-2")
    yield FileVector("keys of another centre", signed(write_keys(other)), refused)
    samples = replace(keys, made=Made.SAMPLE)
    yield FileVector("keys of samples", signed(write_keys(samples)), refused)
    yield FileVector("neither keys nor a list", signed(dumps({-65540: []})), refused)


def as_text() -> str:
    """All of them as they are handed out, with the files that they rest on."""
    keys, ended = files()
    value = {
        "about": "Codes of letters, files of keys and lists, and what must be said; see SPEC.md.",
        "keys": keys.hex(),
        "list": ended.hex(),
        "words": {each.value: each.word for each in Verdict},
        "letters": [
            {
                "name": each.name,
                "text": each.text,
                "today": each.today,
                "listed": each.listed,
                "verdict": each.verdict.value,
            }
            for each in vectors()
        ],
        "files": [
            {"name": each.name, "file": each.file.hex(), "renewal": each.renewal.value}
            for each in file_vectors()
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
