"""Every letter that the services' examples lead to: how its lines stand, what is copied of it."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import pdfa
from reportlab.lib.units import mm

from desktop.centre.letters import compose
from desktop.demo.requests import BUSIEST
from desktop.domain.letter import LetterKind, LetterText
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter import LAYOUT, draw
from desktop.reports.letter.v2.page import A4
from desktop.reports.letter.v2.wrap import WIDEST, Line, wrap
from tests.reports.reading import by_a_browser, by_mupdf, in_order, not_found, text_of
from tests.reports.samples import RELEASE, letter, made, told
from tests.shipped import BY_SERVICE, SHIPPED, specimens_of

DAY = date(2026, 11, 24)
BODY, BAR = 11.0, A4.column - 8 * mm


@cache
def texts_of(code: str) -> list[tuple[LetterKind, LetterText]]:
    """The different letters of a service, each once."""
    found = {
        compose(SHIPPED[code], each.kind, each.case): each.kind for each in specimens_of(code, DAY)
    }
    return [(kind, text) for text, kind in found.items()]


def longest_of(code: str) -> dict[LetterKind, LetterText]:
    """The longest letter of each kind of a service."""
    longest: dict[LetterKind, LetterText] = {}
    for kind, text in texts_of(code):
        before = longest.setdefault(kind, text)
        longest[kind] = max(before, text, key=lambda each: len(told(each)))
    return longest


def paragraphs(text: LetterText) -> Iterator[tuple[str, float]]:
    """Each paragraph with the column that it stands in; the first closing one is in the bar."""
    bar, after = text.closing[:1], text.closing[1:]
    yield from ((paragraph, A4.column) for paragraph in (*text.paragraphs, *after))
    yield from ((paragraph, BAR) for paragraph in bar)


def _is_loose(line: Line, column: float) -> bool:
    """Whether its spaces would grow beyond what is allowed if it filled the column."""
    return (column - line.width) / max(line.spaces, 1) > (WIDEST - 1) * line.space + 0.01


@pytest.mark.slow
@pytest.mark.parametrize("code", BY_SERVICE)
def test_no_line_is_stretched_wide_and_no_word_ends_a_paragraph_alone(code: str) -> None:
    for paragraph, column in {each for _, text in texts_of(code) for each in paragraphs(text)}:
        lines = wrap(paragraph, column, BODY, justified=True)
        # What would have to grow further is drawn ragged: a line has that only where another word
        # on it would leave the last one alone, or with hardly anything.
        loose = [line for line in lines[:-1] if not line.last and _is_loose(line, column)]
        assert loose in ([], lines[-2:-1]), paragraph
        assert not loose or lines[-1].spaces <= 2, paragraph
        assert len(lines) == 1 or lines[-1].spaces, paragraph


@pytest.mark.slow
@pytest.mark.parametrize("code", BY_SERVICE)
def test_what_a_reader_copies_is_what_the_letter_says(code: str) -> None:
    """By poppler and by the reader that browsers have."""
    for kind, text in longest_of(code).items():
        pdf = draw(letter(text, kind=kind), RELEASE, layout=LAYOUT, copy=1)
        assert in_order(told(text), text_of(pdf)) >= 0.98, kind
        assert in_order(told(text), by_a_browser(pdf)) >= 0.98, kind


_NUMBER = re.compile(r"[۰-۹]\S*[۰-۹]|[۰-۹]")
_APART = re.compile(r"\S*[۰-۹]\S*|[^\w\s\u200c]+")


def typed(text: LetterText) -> set[str]:
    """Names, numbers and sums of a letter, as a person types them into a search."""
    rows = (*(text.facts.rows if text.facts else ()), *(text.table.rows if text.table else ()))
    cells = [plain(each) for row in rows for each in row] + [plain(text.addressee)]
    said = [*cells, *map(plain, (*text.paragraphs, *text.closing))]
    names = (" ".join(name.split()) for each in cells for name in _APART.split(each))
    return {*filter(None, names), *(found for each in said for found in _NUMBER.findall(each))}


def plain(part: str) -> str:
    """Without the marks of order and weight, which nobody types."""
    return "".join(char for char in part if unicodedata.category(char) != "Cf" or char == "\u200c")


@pytest.mark.slow
@pytest.mark.parametrize("code", BY_SERVICE)
def test_a_search_finds_what_people_type(code: str) -> None:
    """In the reader of browsers."""
    for kind, text in longest_of(code).items():
        value = letter(text, kind=kind)
        _, pdf = made(value)
        wanted = {to_persian_digits(value.number), *typed(text)}
        assert len(wanted) > 9, kind
        assert not_found(pdf, wanted) == [], kind
        assert not_found(pdf, ["فاطمه دهفان"])


@pytest.mark.long
@pytest.mark.parametrize(
    "code",
    [each if each in BUSIEST else pytest.param(each, marks=pytest.mark.full) for each in SHIPPED],
)
def test_it_is_a_file_for_archives_that_others_read(code: str, tmp_path: Path) -> None:
    """Every letter of the service: PDF/A-3b, sound to qpdf, its words and phrases in order; MuPDF
    finds most of its words."""
    path = tmp_path / "letter.pdf"
    for kind, text in texts_of(code):
        _, pdf = made(letter(text, kind=kind))
        assert pdfa.validate_written(BytesIO(pdf), "3b").findings == [], text
        path.write_bytes(pdf)
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
        said, read = told(text), text_of(pdf)
        assert in_order(said, read) >= 0.98, text
        assert in_order(phrases(said), phrases(read)) >= 0.95, text
        found = by_mupdf(path)
        assert sum(word in found for word in said) >= 0.79 * len(said), text
        assert not_found(pdf, typed(text)) == [], text


def phrases(said: list[str]) -> list[str]:
    """Each three words that stand one after the other."""
    return [" ".join(three) for three in zip(said, said[1:], said[2:], strict=False)]
