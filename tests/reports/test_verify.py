"""Checking letters: what is true passes, whatever was touched does not."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from desktop.domain.errors import Refusal
from desktop.domain.letter import Essence, Letter, LetterText
from desktop.keys import new_letter_key
from desktop.reports.letter import LAYOUT, attachment, draw
from desktop.reports.letter.v1.qr import to_code
from desktop.reports.verify import KnownKey, verify_pdf, verify_qr
from desktop.wire.letters import issued, released
from desktop.wire.link import public_hex, sign, verifies
from tests.reports.reading import codes_of
from tests.reports.samples import KEYS, OTHER_KEY, RELEASE, debts, letter, words

DEMO = {"k1": replace(KEYS["k1"], demo=True)}


def kept(value: Letter | None = None) -> bytes:
    return draw(value or letter(), RELEASE, layout=LAYOUT, copy=1)


def code(value: Letter) -> str:
    return to_code(bytes.fromhex(value.essence) + bytes.fromhex(value.signature))


def test_a_true_letter_is_told_to_be_one() -> None:
    value = letter(words(table=debts(40)))
    verdict = verify_pdf(kept(value), KEYS)
    assert verdict.real
    assert "صادر شده است" in verdict.words
    assert verdict.essence == Essence.decode(bytes.fromhex(value.essence))
    assert verdict.kept is not None
    assert verdict.kept.text == value.text
    assert verdict.kept.release == RELEASE
    assert ("ملک", "\u2066۲-۱۴-۳۰۸-۲۷-۱-۰-۰\u2069") in verdict.lines


@pytest.mark.slow
def test_the_code_on_paper_is_told_to_be_one() -> None:
    (seen,) = codes_of(kept())
    verdict = verify_qr(seen, KEYS)
    assert verdict.real
    assert verdict.essence.number == "1405/21/1847"
    assert ("اعتبار تا", "۱۴۰۶/۰۳/۰۳") in verdict.lines
    assert verify_qr(f" {seen[:9]}\n{seen[9:].lower()} ", KEYS) == verdict


@pytest.mark.slow
def test_any_flipped_bit_is_refused() -> None:
    pdf = kept()
    # Every byte of the attached value, and a spread over all else: fonts, drawing, structure.
    start = pdf.index(b'{"copy"')
    places = [*range(start, start + 400, 7), *range(0, len(pdf), 1511)]
    places += random.Random(5).sample(range(len(pdf)), 60)
    # The day of the release stands nowhere on the paper, and nobody signed it.
    told = pdf.index(b'"on":"', start)
    day = range(told, told + len('"on":"2026-11-24"'))
    for place in (place for place in places if place not in day):
        flipped = bytearray(pdf)
        flipped[place] ^= 1 << (place % 8)
        with pytest.raises(Refusal):
            verify_pdf(bytes(flipped), KEYS)


def test_signed_words_written_otherwise_are_refused() -> None:
    pdf = kept()
    start = pdf.index(b'{"copy"')
    value = json.loads(pdf[start : pdf.index(b"endstream", start)])
    written = value["essence"].encode()
    assert written.upper() != written
    with pytest.raises(Refusal, match="این پرونده همان نامه نیست"):
        verify_pdf(pdf.replace(written, written.upper()), KEYS)


@pytest.mark.parametrize("cut", [0, 1, 4, 100, 20_000, -1, -2000])
def test_a_cut_file_is_refused(cut: int) -> None:
    with pytest.raises(Refusal, match="این پرونده همان نامه نیست"):
        verify_pdf(kept()[:cut], KEYS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        b"%PDF-1.4 << /Type /EmbeddedFile >>\nstream\n{}",
        b"%PDF-1.4 << /Length 2 /Type /EmbeddedFile >>\nstream\n{}endstream",
        b"%PDF-1.4 << /Length 99999999 /Type /EmbeddedFile >>\nstream\n{}endstream",
        b"%PDF-1.4 << /Length 200000 /Type /EmbeddedFile >>\nstream\n" + b"[" * 200_000,
        b"%PDF-1.4 << /Length 13 /Type /EmbeddedFile >>\nstream\n" + b'{"layout": 1}',
        b"%PDF-1.4 " + b"<<" * 500_000,
        b"%PDF-1.4 " + b"x" * 17_000_000,
        "نامه".encode() * 1000,
    ],
    ids=range(10),
)
@pytest.mark.timeout(20)
def test_hostile_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="این پرونده همان نامه نیست"):
        verify_pdf(data, KEYS)


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(Refusal, match="این پرونده همان نامه نیست"):
        verify_pdf(kept() + b"\n", KEYS)


def forged(text: LetterText) -> bytes:
    """Other words under the essence of a true letter, drawn as if they were its own."""
    true = letter()
    pdf = kept(letter(text))
    value = attachment.encode(
        attachment.Kept(text, true.essence, true.signature, RELEASE, LAYOUT, 1)
    )
    old = attachment.encode(
        attachment.Kept(text, letter(text).essence, letter(text).signature, RELEASE, LAYOUT, 1)
    )
    assert old in pdf
    assert len(value) == len(old)
    return pdf.replace(old, value)


def test_changed_words_are_refused() -> None:
    with pytest.raises(Refusal, match="متن این نامه همان نیست"):
        verify_pdf(forged(words(subject="گواهی پایان کار")), KEYS)


def test_a_release_swapped_in_the_value_is_refused() -> None:
    pdf = kept()
    other = pdf.replace('"by":"محمد زارع"'.encode(), '"by":"محمد زاده"'.encode())
    assert other != pdf
    with pytest.raises(Refusal, match="این پرونده همان نامه نیست"):
        verify_pdf(other, KEYS)


def test_a_letter_of_another_key_is_refused() -> None:
    with pytest.raises(Refusal, match="امضای این نامه درست نیست"):
        verify_pdf(kept(letter(key=OTHER_KEY)), KEYS)
    with pytest.raises(Refusal, match="کلید این نامه شناخته نیست"):
        verify_pdf(kept(letter(key_id="k2")), KEYS)
    with pytest.raises(Refusal, match="امضای این نامه درست نیست"):
        verify_qr(code(letter(key=OTHER_KEY)), KEYS)


def test_a_letter_of_a_centre_with_an_id_is_signed_for_that_centre() -> None:
    """ES256 over a frame; the earlier program's key signed the bare essence, and still verifies."""
    own = new_letter_key()
    public = bytes.fromhex(public_hex(own))
    keys = {"k1": KnownKey(public, "شهرداری یزد", demo=False, centre="centre-1")}
    essence = bytes.fromhex(letter().essence)
    signed = replace(letter(), signature=sign(own, issued("centre-1", essence)))
    assert verify_qr(code(signed), keys).real
    assert verify_pdf(kept(signed), keys).real
    for other in (
        replace(letter(), signature=sign(own, issued("centre-2", essence))),
        replace(letter(), signature=sign(own, essence)),
        replace(letter(), signature=sign(own, released("centre-1", essence.hex(), 2, 1, ""))),
        letter(),
    ):
        with pytest.raises(Refusal, match="امضای این نامه درست نیست"):
            verify_qr(code(other), keys)


def test_a_signature_can_be_written_one_way() -> None:
    own = new_letter_key()
    public, signature = public_hex(own), sign(own, b"x")
    assert verifies(public, signature, b"x")
    half = int(signature[64:], 16)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    assert not verifies(public, f"{signature[:64]}{order - half:064x}", b"x")
    for wrong in ("", "00", signature[:-2], "0" * 128, "f" * 128, f"{signature}00", "zz" * 64):
        assert not verifies(public, wrong, b"x")


def test_samples_never_pass_as_real() -> None:
    for verdict in (
        verify_pdf(kept(), DEMO),
        verify_qr(code(letter()), DEMO),
        verify_pdf(kept(letter(words(sample=True))), KEYS),
    ):
        assert not verdict.real
        assert "نمونه" in verdict.words
        assert "صادر شده است" not in verdict.words


def test_a_layout_of_tomorrow_is_told_apart_from_a_forgery() -> None:
    pdf = kept().replace(b'"layout":2', b'"layout":7')
    with pytest.raises(Refusal, match="نسخهٔ قالب را نمی‌شناسم"):
        verify_pdf(pdf, KEYS)


@pytest.mark.parametrize(
    "text", ["", "سلام", "ABC", "A" * 400, "1" * 5000, "https://example.org", "\u0000", "=" * 8]
)
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        verify_qr(text, KEYS)


def test_a_damaged_key_is_no_key() -> None:
    keys = {"k1": KnownKey(b"short", "شهرداری یزد", demo=False)}
    with pytest.raises(Refusal):
        verify_qr(code(letter()), keys)


def test_a_letter_without_an_end_passes() -> None:
    verdict = verify_pdf(kept(letter(valid_until="")), KEYS)
    assert ("اعتبار تا", "بدون پایان") in verdict.lines
