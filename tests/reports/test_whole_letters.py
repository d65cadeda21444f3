"""Whole letters and notices with the longest and oddest of names, addresses, sums and conditions:
nothing is cut or lies over another, and a sample says so on every page of every copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, count
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.units import mm

from desktop.domain.letter import TRAINING, Facts, LetterKind, LetterText, Table
from desktop.domain.persian import to_persian_digits
from desktop.domain.recall import VoidNotice
from desktop.reports import commission, deficiency, receipt, slip, void_notice
from desktop.reports.binder import BoundLetter, bind
from desktop.reports.letter.v2 import drawing
from tests.reports.lying_across import SAMPLE, across
from tests.reports.reading import text_of, words
from tests.reports.samples import (
    HEAD,
    LONG_NAME,
    TRACKING,
    VOCABULARY,
    fitting,
    letter,
    made,
    notice,
    told,
)
from tests.reports.samples import commission as made_ruling
from tests.reports.samples import receipt as made_receipt
from tests.reports.samples import slip as made_slip
from tests.reports.samples import words as letter_words

pytestmark = pytest.mark.slow
NAMES = {
    "of 120 letters": LONG_NAME,
    "in one word": "عبدالرحمان" * 12,
    "in half-spaces": "سیده‌فاطمه‌زهرا‌سادات‌" * 5 + "یزدی",
    "with marks": "مُحَمَّدتَقی آیَةُ‌اللّٰه زادهٔ مؤیّدی",
    "of a firm": "شرکت Müller GmbH (شعبهٔ ۲)، سهامی خاص",
}
_EACH = [
    name
    if name in ("of 120 letters", "in one word")
    else pytest.param(name, marks=pytest.mark.long)
    for name in NAMES
]
_EDGE = 7 * mm
_END = re.compile("۷[۰-۹]{3}")
_LARGEST = "۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹"
_ADDRESS = "یزد، بلوار آیت‌الله طالقانی، کوچهٔ شهید زارع، بن‌بست گلستان هشتم، " * 4 + "پلاک ۲۷"


def odd(name: str, kind: LetterKind) -> LetterText:
    """The words of a letter about that name, of thirty conditions or of forty sums; each part ends
    in a number of its own."""
    owed = kind is LetterKind.DEBT
    numbers = count(7_001)

    def part(words: str) -> str:
        return f"{words} {to_persian_digits(next(numbers))}"

    conditions = (part(f"رعایت عقب‌نشینی از ملک {name}؛ {VOCABULARY[9]}") for _ in range(30))
    columns = ("سال", "عنوان", "مبلغ (ریال)", "جریمه (ریال)", "جمع (ریال)")
    rows = (("۱۴۰۵", part(f"عوارض {name}"), _LARGEST, _LARGEST, _LARGEST) for _ in range(40))
    facts = (
        ("مالک", part(name)),
        ("نشانی", part(_ADDRESS)),
        ("مساحت عرصه", "۲۴۰٫۵۰ مترمربع"),
        ("نوع ملک", part(f"ساختمان {name}")),
    )
    return letter_words(
        addressee=part(f"جناب آقای {name}"),
        subject=part(f"پاسخ استعلام {name}"),
        facts=Facts(facts, 1),
        paragraphs=("با سلام و احترام؛", *(() if owed else conditions)),
        table=Table(columns, tuple(rows), numeric=(0, 2, 3, 4)) if owed else None,
        closing=(part(f"این پاسخ به {name} داده شد."),),
        copies=(part(name), part(_ADDRESS)),
    )


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each piece of text on the page."""
    found = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
    bounds = (each.get_bounds() for each in found)
    # A space has no shape.
    return [box for box in bounds if box[2] - box[0] > 0.5]


def faults(pdf: bytes) -> Iterator[str]:
    """What comes too near to an edge of its page, and what lies over another."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            pieces, (width, height) = boxes(page), page.get_size()
            for left, bottom, right, top in pieces:
                if min(left, bottom, width - right, height - top) < _EDGE:
                    yield f"page {number}: {left:.0f}, {bottom:.0f} leaves it"
            for one, other in combinations(pieces, 2):
                wide = min(one[2], other[2]) - max(one[0], other[0])
                high = min(one[3], other[3]) - max(one[1], other[1])
                if wide > 0 and high > 0:
                    yield f"page {number}: {one} lies over {other}"


def everything(text: LetterText) -> list[str]:
    """Every word of its parts."""
    return [*told(text), *(word for part in text.copies for word in words(part))]


def letters_of(said: list[str]) -> Counter[str]:
    """How often each letter and digit stands in these words."""
    return Counter("".join(said))


@pytest.mark.parametrize("kind", [LetterKind.ANSWER, LetterKind.DEBT], ids=str)
@pytest.mark.parametrize("name", _EACH)
def test_nothing_of_it_is_cut_or_lies_over_another(name: str, kind: LetterKind) -> None:
    text = odd(NAMES[name], kind)
    value = letter(text, kind=kind, **fitting(owner=NAMES[name], amount=10**15 - 1))
    for copy in (1, 2):
        _, pdf = made(value, copy=copy)
        assert list(faults(pdf)) == []
        found = text_of(pdf)
        ends = [word for word in everything(text) if _END.fullmatch(word)]
        assert len(ends) > 35
        assert [word for word in ends if word not in found] == []
        # What is longer than a line goes on in the next one: letters are counted, not words.
        assert letters_of(everything(text)) - letters_of(found) == Counter()


def test_lines_too_near_to_each_other_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_LEADING", 6.0)
    _, pdf = made(letter(odd(NAMES["with marks"], LetterKind.ANSWER)))
    assert list(faults(pdf))


@pytest.mark.parametrize("made_as", [SAMPLE, TRAINING], ids=["sample", "training"])
@pytest.mark.parametrize("kind", [LetterKind.ANSWER, LetterKind.DEBT], ids=str)
def test_a_sample_says_so_on_every_page_of_every_copy_and_in_a_bundle(
    tmp_path: Path, kind: LetterKind, made_as: str
) -> None:
    text = odd(NAMES["of 120 letters"], kind)
    plain = made(letter(text, kind=kind))[1]
    how: dict[str, Any] = {"sample": True} if made_as == SAMPLE else {"head": HEAD.in_training()}
    value = letter(replace(text, **how), kind=kind)
    bound = []
    for copy in (1, 2, 101):
        _, pdf = made(value, copy=copy)
        seen = across(pdf, made_as)
        assert len(seen) > 1
        assert all(seen)
        bound.append(BoundLetter(f"نسخهٔ {copy}", f"{copy}", pdf, void=copy == 2))
    assert not any(across(plain, made_as))
    path = tmp_path / "bound.pdf"
    bind(path, "گردآوری", plain, bound)
    pages = across(path.read_bytes(), made_as)
    index = len(across(plain, made_as))
    assert pages == [False] * index + [True] * (len(pages) - index)
    assert len(pages) > index + 3


NOTICES = {
    "deficiency": lambda name: deficiency.draw(replace(notice(12), applicant=name)),
    "commission": lambda name: commission.draw(replace(made_ruling(), applicant=name)),
    "receipt": lambda name: receipt.draw(replace(made_receipt(), applicant=name)),
    "slip": lambda name: slip.draw(replace(made_slip(), applicant=name)),
    "void": lambda name: void_notice.draw(_void(name)),
}


def _void(name: str) -> VoidNotice:
    return VoidNotice(
        head=HEAD,
        tracking_code=TRACKING,
        to=(name, "بانک مسکن، شعبهٔ مرکزی یزد"),
        number="1405/21/1847",
        issued_on=date(2026, 11, 24),
        subject="گواهی عدم خلاف",
        property="کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰",
        void_since=date(2026, 12, 1),
        reason=f"پس از صدور نامه دستور توقیف ملک {name} رسیده است.",
        told_on=date(2026, 12, 1),
        check_at="esalat.example",
        manager=name,
        sample=True,
    )


@pytest.mark.parametrize("paper", NOTICES)
@pytest.mark.parametrize("name", _EACH)
def test_a_notice_has_all_of_the_name_and_says_on_every_page_that_it_is_a_sample(
    name: str, paper: str
) -> None:
    pdf = NOTICES[paper](NAMES[name])
    assert all(across(pdf, SAMPLE))
    assert list(faults(pdf)) == []
    assert letters_of(words(NAMES[name])) - letters_of(text_of(pdf)) == Counter()
