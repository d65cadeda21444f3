"""Forms and order of every line, against HarfBuzz and Qt."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.domain.drawable import undrawable
from desktop.domain.persian import LRI, PDI, ZWNJ, isolate
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.shape import Cell
from desktop.reports.letter.v2.text import MARKS, isolate_numbers, normalise, set_out
from desktop.reports.letter.v2.wrap import wrap
from tests.reports.judges import Placed, every_word, placed, qt_order, seen
from tests.reports.samples import VOCABULARY

_MIRRORED = dict(zip("([{<«‹≤)]}>»›≥", ")]}>»›≥([{<«‹≤", strict=True))


def drawn(line: str) -> list[str]:
    """What is read of a line from left to right, without the unseen marks between numbers."""
    runs = set_out(line, MARKS[Weight.REGULAR] * len(line))
    return [cell.glyph.reads for _, run in runs for cell in run if cell.glyph.reads != "\u200f"]


def order(line: str) -> str:
    """As Qt tells it, to whom lam and bare alef are one glyph that is called lam."""
    runs = set_out(line, MARKS[Weight.REGULAR] * len(line))
    return seen([c.glyph.reads for _, run in runs for c in run if not is_half(c)])


def is_half(cell: Cell) -> bool:
    """The alef of a lam-alef, or an unseen mark between numbers."""
    seen_nothing = not cell.glyph.outline.parts and not cell.advance
    return seen_nothing and cell.glyph.reads in ("ا", "\u200f")


def isolated(line: str) -> str:
    return " ".join(isolate_numbers(word) for word in normalise(line).split())


def ours(word: str, weight: Weight) -> list[Placed]:
    """Each glyph of a word with its place, in units of the font."""
    found, pen = [], 0
    for _, run in set_out(word, MARKS[weight] * len(word)):
        for cell in run:
            found += [(part.glyph, pen + part.x, part.y) for part in cell.glyph.outline.parts]
            pen += cell.advance
    return found


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.slow
def test_every_word_is_joined_and_marked_as_harfbuzz_does_it(weight: Weight) -> None:
    """All words of the letters, forms and papers that ship, and letters of the neighbours.

    Glyphs are the same, so are joins; places may differ by two hundredths of the em, and do not.
    """
    far = []
    for word in every_word():
        here, there = ours(word, weight), placed(word, weight)
        same = [glyph for glyph, *_ in here] == [glyph for glyph, *_ in there]
        near = same and all(
            abs(x - other) <= 41 and abs(y - above) <= 41
            for (_, x, y), (_, other, above) in zip(here, there, strict=True)
        )
        far += [] if near else [word]
    assert far == []


@pytest.mark.parametrize("around", ["{}", "ب{}", "{}ب", "ب{}ب", "ل{}", "ب{}د"])
def test_every_character_that_is_taken_is_joined(around: str) -> None:
    taken = [c for c in map(chr, range(0x600, 0x700)) if not undrawable(c) and normalise(c) == c]
    words = [around.format(c) for c in taken]
    assert len(words) > 130
    assert [w for w in words if ours(w, Weight.REGULAR) != placed(w, Weight.REGULAR)] == []


def test_marks_that_stand_where_their_letter_ends_are_seen_to_be_wrong() -> None:
    where = {glyph: (x, y) for glyph, x, y in placed("صرفاً", Weight.REGULAR)}
    bare = {glyph: (x, y) for glyph, x, y in placed("صرفا", Weight.REGULAR)}
    tanwin = next(place for glyph, place in where.items() if glyph not in bare)
    assert abs(tanwin[1]) > 41


@pytest.mark.parametrize("line", VOCABULARY)
def test_a_whole_line_stands_in_the_order_that_qt_gives_it(qtbot: QtBot, line: str) -> None:
    text = isolated(line)
    assert order(text) == qt_order(text)


@pytest.mark.parametrize("width", [120, 200, 300])
def test_each_line_of_a_paragraph_stands_in_order(qtbot: QtBot, width: float) -> None:
    paragraph = " ".join(VOCABULARY)
    for line in wrap(paragraph, width, 11, justified=True):
        shown = [cell.glyph.reads for _, run in line.runs for cell in run if not is_half(cell)]
        assert seen(shown) == qt_order(line.text)


LETTERS = "ابپلمکگیهورشحعءئ۱۲۳45abcXY()[]«» -–/.,:،؛٪+*" + ZWNJ


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Text with whole islands in it, as `normalise` leaves it."""
    part = st.text(LETTERS, max_size=8)
    trimmed = part.map(lambda text: text.strip(" " + ZWNJ))
    island = trimmed.map(lambda text: isolate(text) if text else "")
    return "".join(draw(st.lists(part | island, max_size=5))).strip(" " + ZWNJ)


@pytest.mark.slow
@given(lines())
@example(f"a؛{LRI}4{PDI}[X]4")
@example(f"واحد A4 {LRI}۱۲-۳{PDI} (۴)")
@settings(max_examples=400)
def test_any_text_stands_in_the_order_that_qt_gives_it(qapp: object, line: str) -> None:
    text = normalise(line).strip()
    assert order(text) == qt_order(text)


@pytest.mark.parametrize(
    ("line", "left_to_right"),
    [
        ("تاریخ ۱۴۰۵-۰۹-۰۳", "۱۴۰۵-۰۹-۰۳ خیرات"),
        ("کد ۲-۱۴-۳۰۸", "۲-۱۴-۳۰۸ دک"),
        ("تلفن ۰۳۵-۳۶۲۳۴۵۶۷", "۰۳۵-۳۶۲۳۴۵۶۷ نفلت"),
        ("کد ۴۴۲****۵۶۷", "۴۴۲****۵۶۷ دک"),
        ("پلاک الف/۷۸-۹", "۷۸-۹/فلا کالپ"),
        ("شمارهٔ TRK-2027/01/10", "TRK-2027/01/10 هرامش"),
        ("کارت Smart Card است", "تسا Smart Card تراک"),
        ("PDF پیوست", "تسویپ PDF"),
        # Each bracket reads as it was written, whatever it looks like.
        ("(الف) «ب»", "»ب« )فلا("),
    ],
)
def test_numbers_codes_and_brackets_read_as_typed(line: str, left_to_right: str) -> None:
    kept = [c for c in drawn(isolated(line)) if unicodedata.category(c[0]) not in ("Mn", "Cf")]
    shown = "".join(kept)
    assert shown == left_to_right


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("كتاب علي", "کتاب علی"),
        ("ادارۀ", "ادارهٔ"),
        ("می\u200cشود", "می‌شود"),
        ("نام \u200c نام", "نام  نام"),
        ("\u202bسلام\u202c\u2061\ufeff", "سلام"),
        ("ﺳﻼم", "سلام"),
        ("خط\r\nدوم\tسوم\x00", "خط\nدوم سوم "),
        ("12\u2003۳", "12 ۳"),
        ("بخش\u00a0۳", "بخش\u00a0۳"),
        (f"{LRI}۱-۲", f"{LRI}۱-۲{PDI}"),
        (f"۱-۲{PDI}", "۱-۲"),
        ("ســلام", "سلام"),
    ],
)
def test_what_is_printed_of_a_text(text: str, printed: str) -> None:
    assert normalise(text) == printed


@given(st.text(max_size=40))
def test_printing_form_is_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_hamza_tashdid_and_tanwin_are_kept() -> None:
    marks = [c for c in drawn("نامهٔ محمّد صرفاً") if unicodedata.category(c) == "Mn"]
    assert sorted(marks) == sorted("\u0654\u0651\u064b")
