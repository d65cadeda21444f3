"""A register on paper: upright with few columns, across with many, nothing of it lost."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desktop.domain.letter import Table
from desktop.domain.papers import RegisterSheet
from desktop.reports.register_sheet import draw
from tests.reports.reading import text_of
from tests.reports.samples import words


@pytest.mark.parametrize(("columns", "across"), [(5, False), (9, True)])
def test_a_register_of_many_columns_lies_across(columns: int, *, across: bool) -> None:
    head = ("سیب", "انار", "توت", "هلو", "انجیر", "گردو", "پسته", "بادام", "زیتون")[:columns]
    rows = (head,) * 3
    told = RegisterSheet(
        words().head, "فهرست", "۱۴۰۵/۰۹", Table(head, rows), date(2026, 11, 24), sample=False
    )
    pdf = draw(told)
    box = re.search(rb"/MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+)", pdf)
    assert box is not None
    assert (float(box[1]) > float(box[2])) is across
    assert all(text_of(pdf).count(cell) == 4 for cell in head)
