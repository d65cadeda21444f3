"""What is typed can be drawn: each character that is taken has a glyph on paper."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drawable import undrawable, undrawable_in
from desktop.domain.errors import Refusal
from desktop.domain.persian import clean
from desktop.forms.values import read_text
from desktop.reports.letter.v1.fonts import Weight, advances


def test_every_character_that_is_taken_has_a_glyph_in_every_weight() -> None:
    taken = [c for c in map(chr, range(sys.maxunicode + 1)) if not undrawable(c) and c != "\n"]
    assert len(taken) > 200
    for weight in Weight:
        advances("".join(taken), weight)


@given(st.text(max_size=40))
def test_what_a_form_keeps_is_drawn(text: str) -> None:
    try:
        kept = read_text(text, "نشانی", 40)
    except Refusal:
        return
    for weight in Weight:
        advances(kept.replace("\n", " "), weight)


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
