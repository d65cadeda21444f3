"""Lines: what breaks where, how wide, in which weight."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate
from desktop.domain.letter import unmarked
from desktop.domain.persian import LRI, PDI, isolate
from desktop.reports.letter.v2.outlines import Weight, face
from desktop.reports.letter.v2.page import A4
from desktop.reports.letter.v2.shape import advance, joined
from desktop.reports.letter.v2.text import normalise
from desktop.reports.letter.v2.wrap import SHORTEST, WIDEST, Line, natural, wrap
from tests.reports.samples import VOCABULARY


def plain(line: Line) -> str:
    return re.sub(f"[{LRI}{PDI}]", "", line.text).replace("\u00a0", " ")


def width_of(text: str) -> float:
    return sum(advance(run) / face(weight).units for weight, run in wrap(text, 500, 1)[0].runs)


@pytest.mark.slow
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4), st.floats(170, 500))
@settings(max_examples=60)
def test_no_line_is_wider_than_its_column_and_no_word_is_lost(
    parts: list[str], width: float
) -> None:
    text = " ".join(parts)
    lines = wrap(text, width, 11)
    assert all(line.width <= width + 0.01 for line in lines)
    assert " ".join(map(plain, lines)).split() == normalise(text).split()


@pytest.mark.slow
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6), st.floats(200, 500))
@settings(max_examples=80)
def test_no_space_is_wide_and_no_word_ends_a_paragraph_alone(
    parts: list[str], width: float
) -> None:
    text = " ".join(parts)
    lines = wrap(text, width, 11, justified=True)
    assert " ".join(map(plain, lines)).split() == normalise(text).split()
    for line in lines:
        if line.spaces:
            natural_space, grown = line.space, line.space + line.stretch(width)
            assert grown <= WIDEST * natural_space + 1e-9
            assert grown >= 0.74 * natural_space
        if not line.last:
            # What may not be stretched further stays ragged; it is never too wide.
            assert line.width + line.stretch(width) * line.spaces <= width + 0.01


@pytest.mark.slow
def test_paragraphs_stand_full_and_end_well() -> None:
    """Paragraphs of the counter's words at the width that letters have: of hundreds, a few with a
    long code where the line would end can stand no better."""
    column, ragged, lines, short, ends = A4.column, 0, 0, 0, 0
    for count in (2, 3, 4, 5):
        for end in range(count + 4, len(VOCABULARY)):
            paragraph = " ".join(VOCABULARY[end - count : end])
            found = wrap(paragraph, column, 11, justified=True)
            for line in found[:-1]:
                lines += 1
                ragged += line.width + line.stretch(column) * line.spaces < column - 0.5
            if len(found) > 1:
                ends += 1
                short += found[-1].width < SHORTEST * column or not found[-1].spaces
    assert (lines, ends) > (350, 150)
    assert ragged <= 0.03 * lines
    assert short <= 0.02 * ends


def test_width_is_of_joined_letters() -> None:
    line = wrap("بسته", 500, 10)[0]
    assert line.width == pytest.approx(10 * width_of("بسته"))
    assert width_of("بسته") < sum(width_of(letter) for letter in "بسته")


def test_only_the_last_line_of_a_paragraph_is_last() -> None:
    lines = wrap("الف ب پ ت ث\nج چ ح خ", 30, 11)
    ends = [line.last for line in lines]
    assert ends[-1]
    assert ends.count(True) == 2
    assert len(ends) > 2


def test_a_code_is_never_broken() -> None:
    for width in range(80, 200, 7):
        lines = [
            plain(line) for line in wrap(f"کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰ و {VOCABULARY[8]}", width, 9)
        ]
        assert any("۲-۱۴-۳۰۸-۲۷-۱-۰-۰" in line for line in lines)


def test_a_dash_begins_no_line() -> None:
    text = "وضعیت: «رأی تخریب – اجرانشده» و رأی قطعی جریمه – پرداخت‌نشده است"
    for width in range(60, 260, 7):
        for justified in (False, True):
            lines = [plain(line) for line in wrap(text, width, 9, justified=justified)]
            assert not [line for line in lines if line.startswith("–")]
            assert " ".join(lines) == text


def test_a_section_stays_beside_its_number() -> None:
    for width in range(60, 200, 7):
        lines = [plain(line) for line in wrap(f"پلاک ثبتی {Plate(4, 65, 4555).words}", width, 9)]
        assert any("بخش ۴" in line for line in lines)


def test_an_island_keeps_its_spaces_together() -> None:
    phone = isolate("۰۳۵ ۳۷۲۵ ۰۰۲۱")
    for width in range(70, 160, 5):
        lines = wrap(f"نشانی دراز، تلفن {phone}", width, 9)
        assert any("۰۳۵ ۳۷۲۵ ۰۰۲۱" in plain(line) for line in lines)


@pytest.mark.parametrize("text", ["ب" * 3000, "1" * 3000, "۱-" * 1500, "ملا" * 900, "W" * 500])
@pytest.mark.long
def test_a_word_wider_than_the_column_is_cut_not_lost(text: str) -> None:
    lines = wrap(text, 200, 11)
    assert all(line.width <= 200.01 for line in lines)
    assert "".join(map(plain, lines)) == text
    assert all(line.text.count(LRI) == line.text.count(PDI) for line in lines)


def test_bold_is_a_weight_of_its_own_and_stars_are_not_printed() -> None:
    line = wrap("مهلت **تا تاریخ ۱۴۰۵/۰۹/۰۳**، نه بیشتر", 500, 11)[0]
    assert [weight for weight, _ in line.runs] == [Weight.REGULAR, Weight.BOLD, Weight.REGULAR]
    assert "*" not in line.text


@pytest.mark.parametrize("typed", ["5*", "*5", "*", "الف*ب*", "**5**", "3*4", "5"])
def test_a_star_that_was_typed_in_a_bold_place_is_one_star(typed: str) -> None:
    line = wrap(f"مبلغ **{unmarked(typed)}** ریال", 500, 11)[0]
    read = [(weight, cell.glyph.reads) for weight, cells in line.runs for cell in cells]
    assert [weight for weight, _ in line.runs] == [Weight.REGULAR, Weight.BOLD, Weight.REGULAR]
    assert read.count((Weight.BOLD, "*")) == len(re.findall(r"\*+", typed))
    assert (Weight.REGULAR, "*") not in read


@pytest.mark.parametrize("text", ["۴۴۲****۵۶۷", "** نه **", "**", "****", "a ** b"])
def test_other_stars_stay(text: str) -> None:
    line = wrap(text, 500, 11)[0]
    assert plain(line) == text
    assert {weight for weight, _ in line.runs} == {Weight.REGULAR}


def test_letters_join_across_a_change_of_weight() -> None:
    line = wrap("**کتاب**‌ها و **بس**ته و **بل**ا", 500, 11)[0]
    whole = wrap("کتاب‌ها و بسته و بلا", 500, 11)[0]
    assert joined(line.text) == joined(whole.text)
    assert joined("بل") != joined("ب") + joined("ل")


@pytest.mark.parametrize("text", ["سلام 😀", "漢字", "\ue000", "\U000f0000", "☎\ufe0f"])
def test_what_the_font_lacks_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match=r"U\+"):
        wrap(text, 200, 11)


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\n", "\x00\x07"])
def test_nothing_is_still_a_line(text: str) -> None:
    lines = wrap(text, 200, 11)
    assert [line.width for line in lines] == [0.0] * len(lines)
    assert lines


def test_natural_widths() -> None:
    line, word = natural("یک دو\nسه چهار پنج", 10)
    assert line == pytest.approx(wrap("سه چهار پنج", 500, 10)[0].width)
    assert word == pytest.approx(
        max(wrap(w, 500, 10)[0].width for w in ["یک", "دو", "سه", "چهار", "پنج"])
    )
