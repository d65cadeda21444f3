"""A letter's file for archives and machines: PDF/A-3b, order of reading, its code once scanned."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from desktop.domain.letter import Facts, Letter, LetterKind
from desktop.reports.letter import LAYOUT, draw
from desktop.reports.letter.attachment import read
from tests.reports.samples import RELEASE, debts, letter, made, told, words
from tests.reports.scanning import HEAVY, LIGHT, Wear, codes_in, printed, scanned

ABOUT = words(facts=Facts((("مالک", "فاطمه دهقان"), ("نشانی", "یزد، بلوار طالقانی")), 1))
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
    said = " ".join(read_aloud(pdf))
    place = 0
    for part in (value.text.addressee, *value.text.paragraphs, *value.text.closing):
        plain = part.replace("**", "")
        found = said.replace("\u200f", "").find(plain.replace("\u200f", ""), place)
        assert found >= 0, plain
        place = found
    # The head comes first, and what stands under every page behind all.
    assert said.startswith(value.text.head.organisation)
    assert said.index("بررسی می‌شود") > place
    assert told(value.text)


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
