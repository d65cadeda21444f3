"""Checking letters: what is true passes, whatever was touched does not."""

from __future__ import annotations

import random
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.actions.checking import check_pdf, file_sentence, headline, lines, sentence
from desktop.domain.letter import Made
from desktop.reports.letter import LAYOUT, attachment, draw
from desktop.reports.letter.v1.qr import to_code
from desktop.reports.verify import Checked, FileState, verify_qr
from desktop.wire.frame import Purpose, frame
from desktop.wire.letter_files import CheckKey, Ended, EndedLetter, LetterList
from desktop.wire.letters import key_id_of
from desktop.wire.link import public_hex, sign, verifies
from desktop.wire.verdicts import ENDED, Judged, Trust, Verdict
from tests.reports.reading import codes_of
from tests.reports.samples import (
    CITY,
    KEY,
    LINE_KEY,
    OTHER_KEY,
    OTHER_RELEASER,
    RELEASER,
    TODAY,
    TRUST,
    debts,
    letter,
    line_letter,
    made,
    words,
)

NUMBER = letter().number
_LINE_PUBLIC = LINE_KEY.public_key().public_bytes_raw().hex()
LINES = Trust((replace(CITY, centre="", keys=(CheckKey(_LINE_PUBLIC, "", "14041020"),)),))
NO_RELEASERS, SAMPLES, LESSONS = (
    replace(TRUST, cities=(city,))
    for city in (
        replace(CITY, releasers=()),
        replace(CITY, made=Made.SAMPLE),
        replace(CITY, made=Made.TRAINING),
    )
)


def said(pdf: bytes, trust: Trust = TRUST, today: str = TODAY) -> Verdict:
    return check_pdf(pdf, trust, today).judged.verdict


def listed(why: Ended, by: str = "", day: str = TODAY) -> Trust:
    """The city's keys with a list on which the letter stands."""
    ended = {NUMBER: EndedLetter(NUMBER, why, "14050908", by)}
    return replace(TRUST, lists={CITY.centre: LetterList(day, 2, ended)})


def keyed(**changes: object) -> Trust:
    """The city's key for letters with these days."""
    (key,) = CITY.keys
    return replace(TRUST, cities=(replace(CITY, keys=(replace(key, **changes),)),))  # type: ignore[arg-type]


def releasing(**changes: object) -> Trust:
    """The releaser's key with these days."""
    (key,) = CITY.releasers
    return replace(TRUST, cities=(replace(CITY, releasers=(replace(key, **changes),)),))  # type: ignore[arg-type]


def test_a_true_letter_is_told_to_be_one() -> None:
    value = letter(words(table=debts(40)))
    release, pdf = made(value)
    checked = check_pdf(pdf, TRUST, TODAY)
    assert (checked.judged.verdict, checked.state) == (Verdict.VALID, FileState.WHOLE)
    assert (checked.text, checked.release) == (value.text, release)
    told = dict(lines(checked.judged, {"no-violation": "گواهی عدم خلاف"}))
    assert told["مالک"] == "فاطمه دهقان"
    assert told["خدمت"] == "گواهی عدم خلاف"
    assert told["تأییدکننده"] == "محمد زارع"
    assert told["کد نوسازی"] == "\u2066۲-۱۴-۳۰۸-۲۷-۱-۰-۰\u2069"


@pytest.mark.slow
def test_the_code_on_paper_is_told_to_be_one() -> None:
    _, pdf = made(copy=3)
    (seen,) = codes_of(pdf)
    judged = verify_qr(seen, TRUST, TODAY)
    assert judged.verdict is Verdict.VALID
    assert judged.essence is not None
    assert judged.essence.number == NUMBER
    told = dict(lines(judged, {}))
    assert (told["نسخه"], told["برای"]) == ("۳", "انتقال")
    assert verify_qr(f"{seen}\r\n", TRUST, TODAY) == judged


_BY_LIST = {Verdict.VALID, Verdict.EXPIRED, Verdict.OLD_LIST, *ENDED.values()}
CASES: list[tuple[str, Trust, str, Verdict]] = [
    ("as it is", TRUST, TODAY, Verdict.VALID),
    ("its last day", TRUST, "14060303", Verdict.OLD_LIST),
    ("a day late", TRUST, "14060304", Verdict.EXPIRED),
    ("ten years late", TRUST, "14160101", Verdict.EXPIRED),
    ("a clock three days behind", TRUST, "14050907", Verdict.VALID),
    ("a clock before its day", TRUST, "13990101", Verdict.VALID),
    ("a list of a week ago", TRUST, "14050917", Verdict.VALID),
    ("a list of eight days ago", TRUST, "14050918", Verdict.OLD_LIST),
    ("no list", replace(TRUST, lists={}), TODAY, Verdict.OLD_LIST),
    ("void", listed(Ended.VOID), TODAY, Verdict.VOID),
    ("void by an old list", listed(Ended.VOID), "14060101", Verdict.VOID),
    ("void and over", listed(Ended.VOID), "14070101", Verdict.VOID),
    ("replaced", listed(Ended.REPLACED, "1405/21/1850"), TODAY, Verdict.REPLACED),
    ("recalled", listed(Ended.RECALLED), TODAY, Verdict.RECALLED),
    ("nobody's key", Trust(), TODAY, Verdict.UNKNOWN_KEY),
    ("no releaser known", NO_RELEASERS, TODAY, Verdict.UNKNOWN_KEY),
    ("before the key's first day", keyed(since="14050904"), TODAY, Verdict.FALSE),
    ("after the key's last day", keyed(until="14050902"), TODAY, Verdict.FALSE),
    ("on the key's last day", keyed(until="14050903"), TODAY, Verdict.VALID),
    ("by a key taken back before", keyed(revoked="14050901"), TODAY, Verdict.FALSE),
    ("by a key taken back since", keyed(revoked="14050909"), TODAY, Verdict.UNKNOWN_KEY),
    ("released after the term", releasing(until="14050902"), TODAY, Verdict.FALSE),
    ("released by a stolen key", releasing(revoked="14050909"), TODAY, Verdict.UNKNOWN_KEY),
    ("a sample's city", SAMPLES, TODAY, Verdict.SAMPLE),
    ("a training centre", LESSONS, TODAY, Verdict.SAMPLE),
]


@pytest.mark.parametrize(("_", "trust", "today", "verdict"), CASES, ids=[c[0] for c in CASES])
def test_the_table_of_verdicts(_: str, trust: Trust, today: str, verdict: Verdict) -> None:
    checked = check_pdf(made()[1], trust, today)
    assert checked.judged.verdict is verdict
    assert checked.state is FileState.WHOLE
    told = sentence(checked.judged, today)
    assert checked.judged.verdict.word in told
    # Whatever is said, it is said by the list of which day; what nobody looked at no less.
    looked = verdict in _BY_LIST and bool(trust.lists)
    assert ("ابطال تا \u2066۱۴۰۵/۰۹/۱۰\u2069 دیده شد" in told) is looked
    assert ("ابطال دیده نشد" in told) is not looked
    far = verdict is Verdict.VALID and today != TODAY
    large = "امضا معتبر؛ ابطال تا \u2066۱۴۰۵/۰۹/۱۰\u2069 دیده شد" if far else verdict.word
    assert headline(checked.judged, today) == large


def test_a_replaced_letter_names_the_one_that_stands_for_it() -> None:
    _, pdf = made()
    judged = check_pdf(pdf, listed(Ended.REPLACED, "1405/21/1850"), TODAY).judged
    assert "۱۴۰۵/۲۱/۱۸۵۰" in sentence(judged, TODAY)


def test_one_who_may_not_release_is_found_out() -> None:
    """The centre issued it; whoever stamped it is not whom the city tells of."""
    _, pdf = made(by=OTHER_RELEASER)
    assert said(pdf) is Verdict.UNKNOWN_KEY
    # An id can be chosen: what was signed by another key under a known one's id is false.
    value = letter()
    proper, _ = made(value)
    assert proper.proof is not None
    own = OTHER_RELEASER.prove(value, proper.on, 1)
    forged = replace(proper, proof=replace(own, key_id=proper.proof.key_id))
    assert said(draw(value, forged, layout=LAYOUT, copy=1)) is Verdict.FALSE


def test_what_is_signed_of_a_copy_is_not_of_another() -> None:
    value = letter()
    release, _ = made(value)
    for other in (
        draw(value, release, layout=LAYOUT, copy=2),
        draw(letter(number="1405/21/1848"), release, layout=LAYOUT, copy=1),
    ):
        assert said(other) is Verdict.FALSE
    assert release.proof is not None
    later = replace(release, proof=replace(release.proof, on=date(2026, 11, 25)))
    assert said(draw(value, later, layout=LAYOUT, copy=1)) is Verdict.FALSE


def test_a_letter_released_before_it_was_issued_is_false() -> None:
    _, pdf = made(on=date(2026, 11, 23))
    assert said(pdf) is Verdict.FALSE


def test_a_letter_of_another_city_is_of_an_unknown_key() -> None:
    value = letter(key=OTHER_KEY)
    assert said(made(value)[1]) is Verdict.UNKNOWN_KEY
    forged = replace(value, key_id=key_id_of(public_hex(KEY)))
    assert said(made(forged)[1]) is Verdict.FALSE


@pytest.mark.parametrize("of", ["sample", "training"])
def test_a_sample_is_one_under_any_key(of: str) -> None:
    text = words(sample=True) if of == "sample" else words(head=words().head.in_training())
    _, pdf = made(letter(text))
    for trust in (TRUST, Trust(), releasing(until="14041021")):
        judged = check_pdf(pdf, trust, TODAY).judged
        assert judged.verdict is Verdict.SAMPLE
        assert judged.verdict.exit_code == 2
    assert said(made(letter(text, key=OTHER_KEY))[1]) is Verdict.SAMPLE
    # What says of itself in the code that it is in earnest, and on paper that it is none.
    assert said(made(letter(text, made=Made.EARNEST))[1]) is Verdict.FALSE


@pytest.mark.slow
# All of them take a minute of a machine that does nothing else.
@pytest.mark.timeout(240)
@pytest.mark.parametrize("share", [12, pytest.param(1, marks=pytest.mark.long)])
def test_a_flipped_bit_never_passes_for_the_whole_file(share: int) -> None:
    _, pdf = made()
    # Every byte of the attached value, and a spread over all else: fonts, drawing, structure.
    start = pdf.index(b'{"code"')
    sealed = pdf.index(b'"seal":"')
    seal = range(sealed, sealed + 140)
    places = [*range(start, start + 1200, 11), *range(0, len(pdf), 1511)]
    places += random.Random(5).sample(range(len(pdf)), 60)
    for place in places[::share]:
        flipped = bytearray(pdf)
        flipped[place] ^= 1 << (place % 8)
        checked = check_pdf(bytes(flipped), TRUST, TODAY)
        assert checked.judged.verdict is not Verdict.VALID or checked.state is FileState.RESAVED
        if start <= place < start + 1200 and place not in seal:
            # What is no value any more is judged by the code on its page.
            told = checked.text is None or checked.judged.verdict is Verdict.UNKNOWN_KEY
            assert told, place - start


Rewrite = Callable[[Path, Path], list[str]]
REWRITERS: dict[str, Rewrite] = {
    "qpdf": lambda old, new: ["qpdf", str(old), str(new)],
    "qpdf, object streams": lambda old, new: [
        "qpdf", "--object-streams=generate", "--compress-streams=y", str(old), str(new)
    ],
    "qpdf, in the order of pages": lambda old, new: ["qpdf", "--linearize", str(old), str(new)],
    "Ghostscript": lambda old, new: ["gs", "-q", "-sDEVICE=pdfwrite", "-o", str(new), str(old)],
    "mutool": lambda old, new: ["mutool", "clean", "-gz", str(old), str(new)],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("by", REWRITERS)
def test_a_file_that_another_program_wrote_anew_is_told_apart(tmp_path: Path, by: str) -> None:
    _, pdf = made(letter(words(table=debts(12))))
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    old.write_bytes(pdf)
    subprocess.run(REWRITERS[by](old, new), check=True, capture_output=True)
    checked = check_pdf(new.read_bytes(), TRUST, TODAY)
    assert (checked.judged.verdict, checked.state) == (Verdict.VALID, FileState.RESAVED)
    assert "دوباره ذخیره" in file_sentence(checked)
    # Written anew with something else on its face, it is no letter.
    _, other = made(letter(words(table=debts(11))))
    swapped = swap(pdf, other)
    old.write_bytes(swapped)
    subprocess.run(REWRITERS[by](old, new), check=True, capture_output=True)
    assert said(new.read_bytes()) is Verdict.FALSE


def value_of(pdf: bytes) -> bytes:
    return attachment.encode(attachment.read(pdf))


def swap(pdf: bytes, other: bytes) -> bytes:
    """The pages of the one with the value of the other."""
    old, new = value_of(pdf), value_of(other)
    return pdf.replace(old, new.ljust(len(old)) if len(new) < len(old) else new)


def test_the_value_of_another_letter_is_found_out() -> None:
    _, pdf = made()
    _, other = made(letter(number="1405/21/1848"))
    assert len(value_of(pdf)) == len(value_of(other))
    assert said(swap(pdf, other)) is Verdict.FALSE
    # Both of them in one file.
    assert said(pdf + other) is Verdict.FALSE


def test_bytes_after_the_end_are_told() -> None:
    _, pdf = made()
    checked = check_pdf(pdf + b"\n", TRUST, TODAY)
    assert (checked.judged.verdict, checked.state) == (Verdict.VALID, FileState.RESAVED)


@pytest.mark.parametrize("cut", [0, 1, 4, 100, 20_000, -2000])
def test_a_cut_file_is_false(cut: int) -> None:
    assert said(made()[1][:cut]) is Verdict.FALSE


def values_of(count: int) -> bytes:
    """So many values, each a thousandth of its length on the way."""
    value = zlib.compress(b'{"code":' + b" " * 999_000)
    return b"%PDF-1.4 " + b"".join(b"stream\n" + value + b"endstream\n" for _ in range(count))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        b"%PDF-1.4 << /Type /EmbeddedFile >>\nstream\n{}",
        b"%PDF-1.4 stream\n" + b'{"code":' + b"[" * 200_000 + b"endstream",
        b"%PDF-1.4 stream\n" + b'{"code":"A","layout":2}endstream',
        b"%PDF-1.4 stream\n" + b'{"copy":1,"layout":1}endstream',
        b"%PDF-1.4 " + b"stream\n" * 400_000,
        b"%PDF-1.4 " + b"<<" * 500_000,
        b"%PDF-1.4 " + b"x" * 17_000_000,
        "نامه".encode() * 1000,
        values_of(2_000),
    ],
    ids=range(11),
)
@pytest.mark.timeout(20)
def test_hostile_files_are_false(data: bytes) -> None:
    checked = check_pdf(data, TRUST, TODAY)
    assert checked == Checked(Judged(Verdict.FALSE, attachment.FOREIGN))


def test_changed_words_are_false() -> None:
    _, pdf = made()
    for old, new in (("گواهی عدم خلاف", "گواهی عدم خلاق"), ("۱۸۶٫۰۰", "۱۸۹٫۰۰")):
        assert old.encode() in pdf
        checked = check_pdf(pdf.replace(old.encode(), new.encode()), TRUST, TODAY)
        assert checked.judged.verdict is Verdict.FALSE


def test_a_releaser_renamed_in_the_value_is_false() -> None:
    _, pdf = made()
    other = pdf.replace('"by":"محمد زارع"'.encode(), '"by":"محمد زاده"'.encode())
    assert other != pdf
    assert said(other) is Verdict.FALSE


def line_code() -> str:
    value = line_letter(key_id=key_id_of(_LINE_PUBLIC))
    return to_code(bytes.fromhex(value.essence) + bytes.fromhex(value.signature))


def test_what_an_early_program_issued_is_never_valid() -> None:
    """Its release is nowhere signed: whoever has a kept letter can draw any name under it."""
    judged = verify_qr(line_code(), LINES, TODAY)
    assert judged.verdict is Verdict.UNPROVEN
    assert judged.verdict.exit_code == 6
    assert ("مالک", "فاطمه دهقان") not in lines(judged, {})
    assert verify_qr(f" {line_code()[:9]}\n{line_code()[9:].lower()} ", LINES, TODAY) == judged
    assert "ابطال دیده نشد" in sentence(judged, TODAY)
    listed_ = replace(LINES, lists={"": LetterList(TODAY, 1, {})})
    half_a_year = verify_qr(line_code(), listed_, "14060301")
    assert half_a_year.verdict is Verdict.UNPROVEN
    assert "ابطال تا \u2066۱۴۰۵/۰۹/۱۰\u2069 دیده شد" in sentence(half_a_year, "14060301")
    late = verify_qr(line_code(), LINES, "14070101")
    assert late.verdict is Verdict.EXPIRED
    assert verify_qr(line_code(), Trust(), TODAY).verdict is Verdict.UNKNOWN_KEY


def test_a_later_program_signed_a_frame_with_its_centres_id() -> None:
    value = line_letter(key_id=key_id_of(_LINE_PUBLIC))
    public, essence = public_hex(KEY), bytes.fromhex(value.essence)
    known = replace(CITY, keys=(CheckKey(public, "", "14041020"),))
    # The line names its key by its id.
    renamed = essence.replace(value.key_id.encode(), key_id_of(public).encode())
    for centre, verdict in ((CITY.centre, Verdict.UNPROVEN), ("centre-2", Verdict.FALSE)):
        signature = sign(KEY, frame(Purpose.LETTER, centre, renamed.hex()))
        code = to_code(renamed + bytes.fromhex(signature))
        assert verify_qr(code, Trust((known,)), TODAY).verdict is verdict
    bare = to_code(renamed + bytes.fromhex(sign(KEY, renamed)))
    assert verify_qr(bare, Trust((known,)), TODAY).verdict is Verdict.FALSE
    assert essence != renamed


def test_a_signature_can_be_written_one_way() -> None:
    public, signature = RELEASER.public, RELEASER.sign(b"x")
    assert verifies(public, signature, b"x")
    half = int(signature[64:], 16)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    assert not verifies(public, f"{signature[:64]}{order - half:064x}", b"x")
    for wrong in ("", "00", signature[:-2], "0" * 128, "f" * 128, f"{signature}00", "zz" * 64):
        assert not verifies(public, wrong, b"x")


def test_a_layout_of_tomorrow_is_told_apart_from_a_forgery() -> None:
    pdf = made()[1].replace(b'"layout":2', b'"layout":7')
    assert check_pdf(pdf, TRUST, TODAY).judged.why == "نسخهٔ قالب را نمی‌شناسم."


@pytest.mark.parametrize(
    "text", ["", "سلام", "ABC", "A" * 400, "1" * 5000, "https://example.org", "\u0000", "=" * 8]
)
def test_other_codes_are_false(text: str) -> None:
    assert verify_qr(text, TRUST, TODAY).verdict is Verdict.FALSE


def test_a_letter_without_an_end_passes() -> None:
    _, pdf = made(letter(valid_until=""))
    checked = check_pdf(pdf, TRUST, TODAY)
    assert ("اعتبار تا", "بدون پایان") in lines(checked.judged, {})


def test_a_seal_of_other_bytes_is_told() -> None:
    _, pdf = made()
    place = pdf.index(b'"seal":"') + len(b'"seal":"')
    other = b"0" if pdf[place : place + 1] != b"0" else b"1"
    checked = check_pdf(pdf[:place] + other + pdf[place + 1 :], TRUST, TODAY)
    assert checked.state is FileState.RESAVED


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [("۲۴۰٫۵۰", "۲۴۰٫۶۰"), ("۱۸۶", "۱۸۷"), ("دهقان", "دهفان")])
def test_another_digit_on_its_face_is_seen(old: str, new: str) -> None:
    """A file whose value is whole and whose page says something else."""
    _, pdf = made()
    text = words()
    changed = tuple(part.replace(old, new) for part in text.paragraphs)
    assert changed != text.paragraphs
    _, other = made(letter(words(paragraphs=changed)))
    assert said(swap(other, pdf)) is Verdict.FALSE
