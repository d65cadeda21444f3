"""A letter's file for archives and machines: PDF/A-3b, order of reading, its code once scanned."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from desktop.domain.letter import Facts, Letter, LetterKind, LetterText
from desktop.reports.letter import LAYOUT, draw
from desktop.reports.letter.attachment import read
from tests.reports.samples import RELEASE, debts, letter, made, words
from tests.reports.scanning import HEAVY, LIGHT, Wear, codes_in, printed, scanned

_FACTS = (
    ("مالک", "فاطمه دهقان"),
    ("کد نوسازی", "۲-۱۴-۳۰۸-۲۷-۱-۰-۰"),
    ("نشانی", "یزد، بلوار آیت‌الله طالقانی، کوچهٔ شهید زارع، بن‌بست گلستان هشتم، پلاک ۲۷، واحد ۱۲"),
    ("مساحت عرصه", "۲۴۰٫۵۰ مترمربع"),
    ("مساحت اعیان", "۱۸۶٫۰۰ مترمربع"),
)
ABOUT = words(facts=Facts(_FACTS, 1))
LETTERS: dict[str, Letter] = {
    "an answer": letter(),
    "with key facts": letter(ABOUT),
    "a debt over pages": letter(words(table=debts(60)), kind=LetterKind.DEBT),
    "a sample": letter(words(sample=True)),
    "for training": letter(words(head=words().head.in_training())),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LETTERS)
def test_it_is_a_file_for_archives(name: str) -> None:
    _, pdf = made(LETTERS[name])
    report = pdfa.validate_written(io.BytesIO(pdf), "3b")
    assert [str(each) for each in report.findings] == []
    assert report.passed
    assert pdfa.validate_written(io.BytesIO(pdf.replace(b"/Metadata", b"/Metadatb")), "3b").findings


def read_aloud(pdf: bytes) -> list[str]:
    """What each paragraph says, in the order of reading."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        whole = file.Root.StructTreeRoot.K
        assert str(whole.S) == "/Document"
        # Every mark on a page is somebody's, and each paragraph's marks are on a page.
        tree = list(file.Root.StructTreeRoot.ParentTree.Nums)
        assert [int(each) for each in tree[::2]] == list(range(len(file.pages)))
        for page, owners in zip(file.pages, tree[1::2], strict=True):
            marks = page.Contents.read_bytes().count(b"/MCID ")
            assert len(owners) == marks
        return [str(each.ActualText) for each in whole.K]


@pytest.mark.slow
@pytest.mark.parametrize("name", LETTERS)
def test_it_is_read_in_order(name: str) -> None:
    value = LETTERS[name]
    _, pdf = made(value)
    said = [each.replace("\u200f", "") for each in read_aloud(pdf)]
    # The head comes first, and what stands under every page behind all.
    assert said[0] == value.text.head.organisation
    rest = iter(said)
    for part in spoken(value.text):
        plain = part.replace("**", "").replace("\u200f", "")
        assert plain in rest, plain
    assert any("بررسی می‌شود" in each for each in rest)


def spoken(text: LetterText) -> Iterator[str]:
    """The letter's parts as a person reads them: key facts row by row where they stand, a table
    with its heads once."""
    facts = text.facts or Facts((), 0)
    yield text.addressee
    yield from text.paragraphs[: facts.after]
    yield from (part for row in facts.rows for part in row)
    yield from text.paragraphs[facts.after :]
    if text.table:
        yield from text.table.columns
        yield from (cell for row in text.table.rows for cell in row)
    yield from text.closing


def test_it_tells_whose_it_is_and_of_which_day() -> None:
    value = letter()
    _, pdf = made(value)
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as metadata:
        assert metadata["dc:title"] == f"{value.text.subject} – ۱۴۰۵/۲۱/۱۸۴۷"
        assert metadata["dc:creator"] == [
            f"{value.text.head.organisation}، {value.text.head.office}"
        ]
        assert metadata["xmp:CreateDate"].startswith("2026-11-24")
        assert str(file.Root.Lang) == "fa-IR"
        (attached,) = file.Root.AF
        assert str(attached.AFRelationship) == "/Source"
        assert str(attached.EF.F.Subtype) == "/application/json"
        assert attached.EF.F.read_bytes().startswith(b'{"code"')


def test_a_proof_carries_nothing_of_itself() -> None:
    proof = draw(letter(), None, layout=LAYOUT, copy=1)
    with pikepdf.open(io.BytesIO(proof)) as file:
        assert "/AF" not in file.Root
        assert file.attachments == {}


@pytest.mark.long
@pytest.mark.parametrize("wear", [LIGHT, HEAVY], ids=["light", "heavy"])
def test_ten_of_ten_scans_are_read(tmp_path: Path, wear: Wear) -> None:
    _, pdf = made()
    paper = printed(pdf, tmp_path, wear.dpi)
    kept = read(pdf)
    for seed in range(10):
        assert codes_in(scanned(paper, wear, seed)) == [kept.code], seed  # type: ignore[union-attr]


def test_a_release_of_nobody_is_drawn_all_the_same() -> None:
    """What draws as any release does, in tests of looks, is for archives too."""
    pdf = draw(letter(), RELEASE, layout=LAYOUT, copy=1)
    assert pdfa.validate_written(io.BytesIO(pdf), "3b").passed
