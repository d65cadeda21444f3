"""The code of a letter: what is published of it is what is written and read here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate
from desktop.domain.letter import Made
from desktop.domain.short_code import read_short_code, short_code, spaced
from desktop.reports.verify import verify_qr
from desktop.wire.essence import CUT, fitted, read
from desktop.wire.letter_code import LIMIT, decode, encode, from_text, room, to_text
from desktop.wire.letter_files import (
    Ended,
    EndedLetter,
    LetterList,
    open_file,
    read_keys,
    read_list,
    write_keys,
    write_list,
)
from desktop.wire.verdicts import Trust, Verdict
from tests.wire.letter_vectors import (
    ESSENCE,
    KEYS,
    LIST,
    STOLEN,
    STRANGER,
    TODAY,
    Renewal,
    Vector,
    as_text,
    code,
    file_vectors,
    files,
    signed,
    vectors,
)

PUBLISHED = Path(__file__).parents[2] / "resources" / "letter" / "vectors" / "letters.json"
TRUST = Trust((KEYS,), {KEYS.centre: LIST})
VECTORS = list(vectors())


def said(text: str, trust: Trust = TRUST, today: str = TODAY) -> Verdict:
    return verify_qr(text, trust, today).verdict


@pytest.mark.parametrize("vector", VECTORS, ids=[each.name for each in VECTORS])
def test_what_must_be_said_of_each_is_said(vector: Vector) -> None:
    trust = TRUST if vector.listed else replace(TRUST, lists={})
    assert said(vector.text, trust, vector.today) is vector.verdict


def test_what_is_published_is_what_is_tried_here() -> None:
    """Whoever changes a byte of it changes what others check letters by."""
    assert PUBLISHED.read_text(encoding="utf-8") == as_text()


def test_of_what_is_not_confirmed_nothing_is_told() -> None:
    for each in VECTORS:
        if each.verdict in (Verdict.FALSE, Verdict.UNKNOWN_KEY):
            judged = verify_qr(each.text, TRUST, each.today)
            assert judged.essence is None, each.name


def touched(whole: bytes, chance: random.Random, many: int) -> Iterator[bytes]:
    """Codes of which bits were turned, bytes left out or put in."""
    while many:
        other = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5))):
            place = chance.randrange(len(other))
            match chance.randrange(3):
                case 0:
                    other[place] ^= 1 << chance.randrange(8)
                case 1:
                    del other[place]
                case _:
                    other.insert(place, chance.randrange(256))
        if bytes(other) != whole:
            many -= 1
            yield bytes(other)


@pytest.mark.parametrize("many", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_code_that_was_touched_is_valid(many: int) -> None:
    verdicts = {said(to_text(each)) for each in touched(encode(code()), random.Random(many), many)}
    assert Verdict.VALID not in verdicts


names = st.text("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی‌ ئآۀەۆڤ\u064a", max_size=60)


@given(
    owner=names,
    purpose=names,
    amount=st.none() | st.integers(0, 10**15),
    area=st.none() | st.decimals("0.01", "9999999", places=2),
    share=st.none() | st.decimals("0.0001", "6", places=4),
    copy=st.integers(1, 255),
    made=st.sampled_from(Made),
)
def test_whatever_a_letter_says_its_code_is_short_enough_and_read_back(
    owner: str,
    purpose: str,
    amount: int | None,
    area: Decimal | None,
    share: Decimal | None,
    copy: int,
    made: Made,
) -> None:
    asked = replace(
        ESSENCE, owner=owner, purpose=purpose, amount=amount, area=area, share=share, made=made
    )
    essence = fitted(asked, room(asked.issued))
    whole = encode(code(essence, copy=copy))
    assert len(whole) <= LIMIT
    assert from_text(to_text(whole)) == whole
    told = decode(whole)
    assert told.copy == copy
    back = read(told.essence)
    assert replace(back, key_id="") == essence
    # What is never left out.
    assert (back.number, back.amount, back.renewal_code) == (
        asked.number,
        asked.amount,
        asked.renewal_code,
    )
    assert back.owner == owner or (back.owner.endswith(CUT) and owner.startswith(back.owner[:-1]))


def test_a_name_of_forty_letters_stands_whole_with_the_longest_of_all_else() -> None:
    asked = replace(
        ESSENCE,
        owner="ب" * 40,
        service="street-occupation",
        outcome="debt",
        amount=987_654_321_000,
        plate=Plate(11, 12_345, 123_456),
        renewal_code="5-99-9999-999-99-99-0",
        share=None,
        purpose="",
    )
    assert fitted(asked, room(asked.issued)).owner == asked.owner


def test_the_short_code_finds_and_knows_a_slip() -> None:
    number = "1405/21/1847"
    digits = short_code(number)
    assert read_short_code(spaced(digits)) == digits == "0313439496"
    assert read_short_code("۰۳۱۳-۴۳۹۴-۹۶") == digits
    for place in range(len(digits)):
        other = f"{digits[:place]}{(int(digits[place]) + 3) % 10}{digits[place + 1 :]}"
        assert read_short_code(other) == ""
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            turned = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
            assert read_short_code(turned) == ""
    for wrong in ("", "123", "نامه", f"{digits}1"):
        assert read_short_code(wrong) == ""


def test_files_are_read_back_and_in_one_way() -> None:
    keys, ended = files()
    assert read_keys(open_file(keys)[1]) == KEYS
    assert read_list(open_file(ended)[1]) == LIST
    for file in (keys, ended):
        for cut in (b"", file[:-1], file + b"\0", file[1:], b"\xd2" * 5):
            with pytest.raises(Refusal):
                open_file(cut)
    for wrong in (write_keys(KEYS), b"\xa0", b"\x80", b"\xa1\x01\x02"):
        with pytest.raises(Refusal):
            read_list(wrong)
    for wrong in (write_list(LIST), b"\xa0", b"\x80"):
        with pytest.raises(Refusal):
            read_keys(wrong)


def test_a_list_is_renewed_by_its_city_alone_and_never_grows_old() -> None:
    later = replace(LIST, day="14050911", serial=9, ended={})
    begun = replace(TRUST, lists={})
    held = begun.renewed(signed(write_list(LIST)))
    assert held.lists == {KEYS.centre: LIST}
    newer = held.renewed(signed(write_list(later)))
    assert newer.lists == {KEYS.centre: later}
    # An older one changes nothing.
    assert newer.renewed(signed(write_list(LIST))) == newer
    for by in (STRANGER, STOLEN):
        with pytest.raises(Refusal, match="کلید این شهرداری"):
            held.renewed(signed(write_list(later), by))
    with pytest.raises(Refusal, match="کلید این شهرداری"):
        held.renewed(signed(write_list(later))[:-1] + b"\x01")


def test_keys_are_renewed_by_a_key_that_is_trusted() -> None:
    later = replace(KEYS, day="14050912", releasers=())
    assert TRUST.renewed(signed(write_keys(later))).cities == (later,)
    assert TRUST.renewed(signed(write_keys(replace(later, day="14050801")))) == TRUST
    with pytest.raises(Refusal):
        TRUST.renewed(signed(write_keys(later), STRANGER))
    for other in (replace(later, centre="centre-2"), replace(later, made=Made.SAMPLE)):
        with pytest.raises(Refusal):
            TRUST.renewed(signed(write_keys(other)))


def test_what_becomes_of_a_file_that_is_brought() -> None:
    for each in file_vectors():
        try:
            renewal = Renewal.OLDER if TRUST.renewed(each.file) == TRUST else Renewal.TAKEN
        except Refusal:
            renewal = Renewal.REFUSED
        assert renewal is each.renewal, each.name


def test_ten_thousand_voids_are_a_small_file() -> None:
    chance = random.Random(3)
    ended: dict[str, EndedLetter] = {}
    while len(ended) < 10_000:
        office, serial = chance.randrange(11, 80), chance.randrange(1, 20_000)
        number = f"{chance.choice((1404, 1405))}/{office}/{serial}"
        why = chance.choice((Ended.VOID, Ended.REPLACED, Ended.REPLACED, Ended.RECALLED))
        by = f"{number.rpartition('/')[0]}/{serial + chance.randrange(1, 400)}"
        day = f"1405{chance.randrange(1, 10):02}{chance.randrange(1, 31):02}"
        ended[number] = EndedLetter(number, why, day, by if why is Ended.REPLACED else "")
    told = LetterList("14050910", 1, ended)
    file = signed(write_list(told))
    assert len(file) <= 60_000
    assert read_list(open_file(file)[1]) == told
