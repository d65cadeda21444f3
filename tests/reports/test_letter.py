"""The letter: the same bytes everywhere, readable by people, machines and copiers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter, LetterText
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter import LAYOUT, draw
from desktop.reports.letter.v2 import code
from desktop.wire.letter_code import room
from tests.reports.reading import codes_of, pages, pages_of, text_of, words
from tests.reports.samples import DAY, RELEASE, VOCABULARY, debts, fitting, letter, made
from tests.reports.samples import words as letter_words

SHORT = ("با سلام و احترام؛", "بدهی ملک به شرح جدول زیر است:")
ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from desktop.reports.letter import draw
from tests.reports.samples import DAY, RELEASE, debts, letter, words
text = words(table=debts(40), sample=True)
sys.stdout.buffer.write(draw(letter(text), RELEASE, layout=2, copy=2))
"""


def drawn(text: LetterText | None = None, copy: int = 1) -> bytes:
    return draw(letter(text), RELEASE, layout=LAYOUT, copy=copy)


def texts(text: LetterText) -> list[str]:
    """Every word that the letter must show."""
    parts: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            parts.extend(words(value))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)

    walk(astuple(text))
    return parts


@pytest.mark.long
def test_two_processes_draw_the_same_bytes() -> None:
    def bytes_of(seed: str, folder: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, str(ROOT)],
            check=True,
            capture_output=True,
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout

    first = bytes_of("1", str(ROOT))
    assert first == bytes_of("4242", "/")
    # Also after other papers were drawn in the same process.
    drawn(letter_words(subject="چیز دیگر"))
    text = letter_words(table=debts(40), sample=True)
    assert first == drawn(text, copy=2)


@pytest.mark.slow
def test_two_threads_draw_the_same_bytes() -> None:
    values = [letter(letter_words(subject=f"گواهی {i}", table=debts(10))) for i in range(4)]

    def one(value: Letter) -> bytes:
        return draw(value, RELEASE, layout=LAYOUT, copy=1)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(one, values * 3)) == [one(value) for value in values] * 3


@pytest.mark.slow
def test_a_normal_letter_has_one_page_and_forty_debts_with_their_bars_three() -> None:
    assert pages(drawn()) == 1
    assert pages(drawn(letter_words(table=debts(40), paragraphs=SHORT))) == 3


@pytest.mark.slow
def test_words_and_numbers_are_found_in_the_pdf() -> None:
    text = letter_words(
        paragraphs=tuple(line for line in VOCABULARY if any(len(w) > 1 for w in line.split())),
        table=debts(40),
        copies=("پروندهٔ ملک", "معاونت شهرسازی"),
    )
    wanted = texts(text)
    found = text_of(drawn(text))
    assert "نسخهٔ" in found
    present = set(found)
    lost = [word for word in wanted if word not in present]
    assert len(lost) <= 0.02 * len(wanted), lost
    numbers = [word for word in wanted if re.fullmatch(r"[+]?[0-9۰-۹][0-9۰-۹/٬٫*-]*", word)]
    assert len(numbers) > 300
    assert [number for number in numbers if number not in present] == []


@pytest.mark.long
def test_the_code_is_read_from_every_page_at_150_dpi() -> None:
    value = letter(letter_words(table=debts(40), paragraphs=SHORT, sample=True))
    pdf = draw(value, RELEASE, layout=LAYOUT, copy=1)
    assert codes_of(pdf) == [code.text(value, RELEASE.proof, 1)] * 3


@pytest.mark.long
def test_the_longest_essence_is_still_read() -> None:
    told = fitting(owner="بزرگمهر" * 9, amount=10**11)
    assert told["owner"].endswith("…")
    value = letter(**told)
    assert len(bytes.fromhex(value.essence)) in range(room(DAY) - 9, room(DAY) + 1)
    _, pdf = made(value, copy=200)
    assert len(codes_of(pdf, dpi=300)) == 1


@pytest.mark.slow
def test_a_proof_says_so_and_can_be_taken_for_no_letter() -> None:
    proof = draw(letter(), None, layout=LAYOUT, copy=1)
    found = " ".join(text_of(proof))
    assert "پیش از تأیید فاقد اعتبار" in found
    assert "جای مهر" in found
    assert "بدون مهر و امضا" not in found
    assert b"EmbeddedFile" not in proof
    assert codes_of(proof) == []


def test_a_copy_tells_its_number() -> None:
    assert "نسخهٔ اول" in " ".join(text_of(drawn()))
    assert "نسخهٔ دوم" in " ".join(text_of(drawn(copy=2)))
    assert "نسخهٔ ۱۱" in " ".join(text_of(drawn(copy=11)))
    assert drawn() != drawn(copy=2)


def test_samples_say_so() -> None:
    assert "نمونه" in text_of(drawn(letter_words(sample=True)))
    assert "نمونه" not in text_of(drawn())


def test_number_and_day_come_from_what_is_signed() -> None:
    value = letter()
    told = draw(replace(value, number="1405/21/9999"), RELEASE, layout=LAYOUT, copy=1)
    assert told == draw(value, RELEASE, layout=LAYOUT, copy=1)
    assert "۱۴۰۵/۲۱/۱۸۴۷" in text_of(told)


def test_words_that_are_not_the_signed_ones_are_not_drawn() -> None:
    with pytest.raises(ValueError, match="essence"):
        draw(replace(letter(), text=letter_words(subject="دیگر")), RELEASE, layout=LAYOUT, copy=1)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(Refusal, match="نسخهٔ قالب را نمی‌شناسم"):
        draw(letter(), RELEASE, layout=3, copy=1)
    with pytest.raises(Refusal, match="مهر"):
        draw(letter(), replace(RELEASE, stamp="../../x"), layout=LAYOUT, copy=1)
    with pytest.raises(Refusal, match=r"U\+1F600"):
        drawn(letter_words(addressee="آقای 😀"))
    with pytest.raises(ValueError, match="cells"):
        drawn(letter_words(table=replace(debts(1), columns=("سال",))))


@pytest.mark.slow
@pytest.mark.parametrize("length", [0, 1, 10_000])
def test_any_length_is_drawn(length: int) -> None:
    long = ("کوچهٔ شهید زارع، " * 700)[:length]
    text = letter_words(
        addressee=long, subject=long, paragraphs=(long,), copies=(long,), closing=(), authority=long
    )
    if length < 10_000:
        assert pages(drawn(text)) == 1
    else:
        with_row = replace(
            text, addressee="خانم", authority="", table=replace(debts(1), rows=((long,) * 7,))
        )
        assert pages(drawn(with_row)) > 3


@pytest.mark.parametrize("count", range(12, 20))
def test_the_signature_never_stands_alone_on_a_page(count: int) -> None:
    text = letter_words(paragraphs=(f"{VOCABULARY[8]} {VOCABULARY[9]}",) * count)
    last = pages_of(drawn(text))[-1]
    assert "زارع" in last
    assert "سوابق" in last


@pytest.mark.slow
@pytest.mark.parametrize("closing", [(), ("هر ردیف با شناسهٔ قبض خود پرداخت می‌شود.",)])
@pytest.mark.parametrize("bills", [True, False])
def test_the_signature_stands_with_the_last_rows_of_whatever_is_owed(
    closing: tuple[str, ...], bills: bool
) -> None:
    for rows in range(9, 30, 2):
        owed = debts(rows)
        if not bills:
            owed = replace(owed, columns=(*owed.columns[:5], "سند", "برگ"))
        text = letter_words(paragraphs=("با سلام و احترام؛",), table=owed, closing=closing)
        value = letter(text, valid_until="")
        *before, last = pages_of(draw(value, RELEASE, layout=LAYOUT, copy=1))
        told = [to_persian_digits(485041080 + number) in last for number in range(rows)]
        assert "زارع" in last
        # Two lines of what it seals: rows, bar codes, or the words of the bar.
        assert sum(told[-2:]) == 2 or closing, rows
        assert not closing or {"هر", "ردیف"} <= {*last} or any(told) or not before, rows
