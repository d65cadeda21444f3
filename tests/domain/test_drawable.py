"""What is typed can be drawn: each character that is taken has a glyph on paper."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drawable import named, undrawable, undrawable_in
from desktop.domain.errors import Refusal
from desktop.domain.persian import clean
from desktop.forms.values import read_text
from desktop.reports.letter.v2.outlines import Weight, face
from desktop.reports.letter.v2.shape import check
from desktop.reports.letter.v2.wrap import wrap


@pytest.mark.long
def test_every_character_that_is_taken_has_a_glyph_in_every_weight() -> None:
    taken = [c for c in map(chr, range(sys.maxunicode + 1)) if not undrawable(c) and c != "\n"]
    assert len(taken) > 200
    for weight in Weight:
        assert [c for c in taken if not face(weight).has(c)] == []
    check(frozenset(taken))


@given(st.text(max_size=40))
def test_what_a_form_keeps_is_drawn(text: str) -> None:
    try:
        kept = read_text(text, "نشانی", 40)
    except Refusal:
        return
    wrap(kept, 400, 11)


@pytest.mark.parametrize(
    ("character", "called"),
    [
        ("\ufe0f", "نشانه‌ای نادیدنی (U+FE0F)"),
        ("\u0600", "نشانه‌ای نادیدنی (U+0600)"),
        ("①", "عدد ۱ در دایره (U+2460)"),
        ("⑳", "عدد ۲۰ در دایره (U+2473)"),
        ("🙂", "شکلک (U+1F642)"),
        ("ڒ", "حرفی مانند «ر» که فارسی نیست (U+0692)"),
        ("é", "حرف لاتین «e» با نشانه (U+00E9)"),
        ("漢", "حرف چینی (U+6F22)"),
        ("\ue000", "نویسه‌ای ناشناخته (U+E000)"),
    ],
)
def test_what_no_paper_shows_has_a_name_that_a_clerk_knows(character: str, called: str) -> None:
    assert undrawable(f"متن {character}") == named(character) == called


@pytest.mark.parametrize("character", ["ڒ", "ٺ", "؋", "🙂", "漢", "é", "\u0600"])
def test_what_no_paper_shows_is_told_by_its_number(character: str) -> None:
    with pytest.raises(Refusal, match=f"U\\+{ord(character):04X}.* چاپ نمی‌شود"):
        read_text(f"کوچهٔ {character}", "نشانی", 40)


def test_persian_as_people_type_it_is_taken() -> None:
    text = "شرکت «آب‌وبرق یزد» (سهامی خاص)؛ پلاک ۱۲/۳، طبقهٔ ۲ – ٪۵۰ مترمربع"
    assert undrawable(clean(text)) == ""


@dataclass(frozen=True)
class _Act:
    note: str
    reasons: tuple[str, ...]
    answers: dict[str, str]


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (_Act("خوب\tاست\u200f.", ("یک", "دو"), {"use": "باغ"}), ""),
        (_Act("خوب ڒ", (), {}), "note"),
        (_Act("", ("یک", "دو 🙂"), {}), "reasons"),
        (_Act("", (), {"use": "ٺ"}), "use"),
    ],
)
def test_the_field_that_holds_it_is_named(act: _Act, field: str) -> None:
    assert undrawable_in(act)[0] == field
