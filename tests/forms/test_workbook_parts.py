"""Cells in error and cells far away: what a reader would hide, or die of."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from desktop.domain.errors import Refusal
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
