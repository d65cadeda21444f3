"""A letter's file that somebody wrote anew with something else to be seen, by whichever program."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from desktop.actions.checking import check_pdf, file_sentence
from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter, Release
from desktop.reports.letter import attachment, draw
from desktop.reports.verify import FileState
from desktop.wire.letter_code import LetterCode, signed_by
from desktop.wire.letter_files import (
    CheckKey,
    LetterList,
    sign_file,
    write_keys,
    write_list,
)
from desktop.wire.letters import key_id_of
from desktop.wire.link import public_hex, sign
from desktop.wire.verdicts import Trust, Verdict, judge, read_text
from tests.reports.samples import CITY, KEY, OTHER_KEY, TODAY, TRUST, letter, line_letter, made

BOX = Array([100, 400, 500, 460])
OVER = b"q 1 1 1 rg 0 0 400 60 re f 0 0 0 rg 40 20 200 20 re f Q"
_PRINTED, _NOT_SHOWN = 4, 32
Draw = Callable[[pikepdf.Pdf, pikepdf.Page], None]


def anew(pdf: bytes, draws: Draw) -> bytes:
    """As another program writes it, with that on its first page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        draws(document, document.pages[0])
        written = BytesIO()
        document.save(written)
    return written.getvalue()


def nothing(_: pikepdf.Pdf, __: pikepdf.Page) -> None:
    """Only written anew."""


def note(kind: str, flags: int) -> Draw:
    """A note of that kind over the page, which is shown or printed as its flags say."""

    def draws(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
        looks = document.make_stream(OVER, Subtype=Name.Form, BBox=Array([0, 0, 400, 60]))
        one = Dictionary(
            Type=Name.Annot, Subtype=Name(kind), F=flags, Rect=BOX, AP=Dictionary(N=looks)
        )
        if kind == "/Widget":
            one.FT, one.T, one.V, one.Ff = Name.Tx, "x", "950,000,000", 1
        held = document.make_indirect(one)
        page.Annots = Array([held])
        if kind == "/Widget":
            document.Root.AcroForm = Dictionary(Fields=Array([held]))

    return draws


def layer(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """What is seen on paper and on no screen."""
    shown = Dictionary(Print=Dictionary(PrintState=Name.ON), View=Dictionary(ViewState=Name.OFF))
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name="x", Usage=shown))
    both = (Name.Print, Name.View)
    told = [Dictionary(Event=of, OCGs=Array([group]), Category=Array([of])) for of in both]
    order = Dictionary(ON=Array([group]), Order=Array([group]), AS=Array(told))
    document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=order)
    page.Resources.Properties = Dictionary(Oc1=group)
    page.contents_add(document.make_stream(b"/OC /Oc1 BDC q 100 400 200 20 re f Q EMC"))


def marks(colour: str, *at: tuple[float, float], side: float = 3.17) -> Draw:
    """A rhomb, as wide as a Persian zero, in each of these places."""

    def draws(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
        half = side / 2
        path = "".join(
            f"{x - half} {y} m {x} {y + half} l {x + half} {y} l {x} {y - half} l f " for x, y in at
        )
        page.contents_add(document.make_stream(f"q {colour} {path} Q".encode()))

    return draws


ALTERED: dict[str, Draw] = {
    "a field": note("/Widget", _PRINTED),
    "a field that is only printed": note("/Widget", _PRINTED | _NOT_SHOWN),
    "a note that pops up": note("/Popup", _PRINTED),
    "a stamp that is only printed": note("/Stamp", _PRINTED | _NOT_SHOWN),
    "a stamp": note("/Stamp", _PRINTED),
    "a layer that is only printed": layer,
    "a zero behind the number": marks("0 g", (152, 776)),
    "a zero in the margin": marks("0 g", (300, 30)),
    "marks in a pale grey": marks(".74 g", *((200 + 9 * n, 300) for n in range(9)), side=6),
    "marks in yellow": marks("1 1 0 rg", *((200 + 9 * n, 300) for n in range(9)), side=6),
    "a mark painted over": marks("1 g", (118, 776), side=8),
}


@pytest.mark.slow
def test_only_written_anew_it_stands() -> None:
    _, pdf = made()
    checked = check_pdf(anew(pdf, nothing), TRUST, TODAY)
    assert (checked.judged.verdict, checked.state) == (Verdict.VALID, FileState.RESAVED)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALTERED)
def test_what_else_is_to_be_seen_in_it_is_found(name: str) -> None:
    _, pdf = made()
    checked = check_pdf(anew(pdf, ALTERED[name]), TRUST, TODAY)
    assert checked.judged.verdict is Verdict.FALSE, name


def drawn(value: Letter, release: Release, seal: str) -> bytes:
    """The letter drawn with this release and this seal, which nobody signed."""
    proof = release.proof
    assert proof is not None
    return draw(value, replace(release, proof=replace(proof, seal=seal)), layout=2, copy=1)


@pytest.mark.parametrize("seal", ["", "0" * 128, "ab" * 64])
@pytest.mark.parametrize(
    "changed", [{"by": "رضا جعل‌کار"}, {"on": date(2026, 1, 1)}, {"title": "شهردار یزد"}]
)
def test_nobody_else_is_shown_as_who_released_it(seal: str, changed: dict[str, object]) -> None:
    value = letter()
    release, _ = made(value)
    forged = drawn(value, replace(release, **changed), seal)  # type: ignore[arg-type]
    checked = check_pdf(forged, TRUST, TODAY)
    if "title" in changed:
        # A capacity is nobody's key's: it is said that the file is not as it was released.
        assert (checked.judged.verdict, checked.state) == (Verdict.VALID, FileState.RESAVED)
    else:
        assert checked.judged.verdict is Verdict.FALSE


def test_of_what_nobody_known_signed_it_is_not_said_that_its_signature_is_right() -> None:
    _, pdf = made(letter(key=OTHER_KEY))
    checked = check_pdf(anew(pdf, nothing), TRUST, TODAY)
    assert (checked.judged.verdict, file_sentence(checked)) == (Verdict.UNKNOWN_KEY, "")


@pytest.mark.parametrize("spoils", [lambda v: v[:-40], lambda v: v[:400] + b"\xff" * 60 + v[460:]])
def test_a_value_that_can_not_be_unpacked_whole_is_there_all_the_same(
    spoils: Callable[[bytes], bytes],
) -> None:
    _, pdf = made()
    value = attachment.encode(attachment.read(pdf))
    packed = spoils(zlib.compress(value))
    assert len(packed) < len(value)
    changed = pdf.replace(value, packed.ljust(len(value), b"\0"))
    # By the code on its page alone it would be a letter, whatever else is in it.
    assert attachment.carries(changed)
    assert check_pdf(changed, TRUST, TODAY).judged.verdict is Verdict.FALSE


def test_what_an_earlier_program_wrote_stands_in_no_code_of_today() -> None:
    _, pdf = made()
    kept = attachment.read(pdf)
    assert isinstance(kept, attachment.Sealed)
    code = read_text(kept.code)
    line = replace(code, essence=bytes.fromhex(line_letter().essence), key_id="k1k1k1k1")
    assert isinstance(line, LetterCode)
    assert judge(line, TRUST, TODAY).verdict is Verdict.FALSE


def file_of(payload: bytes, key: object = KEY) -> bytes:
    """The file, signed by that key."""
    key_id = key_id_of(public_hex(key))  # type: ignore[arg-type]
    return sign_file(key_id, payload, sign(key, signed_by(key_id, payload)))  # type: ignore[arg-type]


def test_a_list_is_of_a_day_of_its_key_and_goes_with_it() -> None:
    own, other = CITY.keys[0], CheckKey(public_hex(OTHER_KEY), "", "14041020", "14050101")
    trust = Trust((replace(CITY, keys=(own, other)),))
    with pytest.raises(Refusal):
        trust.renewed(file_of(write_list(LetterList("14991229", 1, {})), OTHER_KEY))
    late = trust.renewed(file_of(write_list(LetterList("14050101", 1, {})), OTHER_KEY))
    assert late.lists[CITY.centre].day == "14050101"
    taken_back = replace(CITY, keys=(own, replace(other, revoked="14050909")))
    assert late.renewed(file_of(write_keys(taken_back))).lists == {}
    assert late.renewed(file_of(write_keys(replace(CITY, keys=(own, other))))).lists == late.lists
