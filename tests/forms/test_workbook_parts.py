"""Cells in error and cells far away: what a reader would hide, or die of."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from desktop.domain.errors import Refusal
from desktop.forms.workbook import open_workbook
from desktop.forms.workbook_parts import errors_in


def book(path: Path) -> Path:
    """Two sheets; in the second an error, a formula without its value and one with it."""
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("نخست").write("A1", "کد")
        second = made.add_worksheet("دوم & سوم")
        second.write_row("A1", ["کد", "اعیان", "جریمه"])
        second.write_formula("B2", "=VLOOKUP(1,A1:A9,1)", None, "#N/A")
        second.write_formula("C3", "=1+1", None, "")
        second.write_formula("AB4", "=1+1", None, 2)
    return path


def test_cells_without_a_value_are_found_where_they_stand(tmp_path: Path) -> None:
    found = errors_in(book(tmp_path / "a.xlsx"))
    assert found == {"نخست": {}, "دوم & سوم": {1: frozenset({1}), 2: frozenset({2})}}


def respelled(source: Path, spell: Callable[[str], str]) -> Path:
    """The same workbook, its sheets spelled as another program writes them."""
    path = source.with_name("respelled.xlsx")
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(path, "w") as made:
        for part in parts.infolist():
            text = parts.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                text = spell(text.decode()).encode()
            made.writestr(part.filename, text)
    return path


def test_they_are_found_whatever_name_space_and_quotes_the_writer_likes(tmp_path: Path) -> None:
    plain = book(tmp_path / "a.xlsx")

    def spell(text: str) -> str:
        begun = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=")
        return begun.replace('t="e"', "t='e'")

    other = respelled(plain, spell)
    assert cells_of(other) == cells_of(plain)
    assert errors_in(other) == errors_in(plain)


def cells_of(path: Path) -> list[list[object]]:
    """Of the second sheet, as its reader gives them."""
    with open_workbook(path) as read:
        return [list(row) for row in read.get_sheet_by_index(1).iter_rows()]


def test_a_cell_in_error_whose_place_is_not_told_is_a_persons(tmp_path: Path) -> None:
    placeless = respelled(book(tmp_path / "a.xlsx"), lambda text: text.replace('r="B2" ', ""))
    with pytest.raises(Refusal, match="جای آن در فایل نیست"):
        errors_in(placeless)


@pytest.mark.parametrize("place", ["XFD1048576", "AO1048576"])
def test_a_cell_far_away_is_refused_before_anybody_makes_room(tmp_path: Path, place: str) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("املاک").write(place, " ")
    with pytest.raises(Refusal, match="بسیار دور از داده‌ها"):
        errors_in(path)


def test_of_what_is_no_workbook_nothing_is_said(tmp_path: Path) -> None:
    text = tmp_path / "a.xlsx"
    text.write_text("no workbook")
    assert errors_in(text) == {}
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as packed:
        packed.writestr("a.txt", "nothing")
    assert errors_in(tmp_path / "b.xlsx") == {}
