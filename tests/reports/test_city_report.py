"""گزارش وضعیت شهر: many tables one below the other, none of whose names stands without it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.letter import Table
from desktop.domain.papers import CityReport
from desktop.reports.city_report import draw
from tests.reports.reading import pages_of, words
from tests.reports.samples import words as sample

_HEADS = ("ستون نخست", "ستون دوم")


def _table(name: str, rows: int) -> tuple[str, Table]:
    return name, Table(_HEADS, (("سطر", "پایان"),) * rows)


@pytest.mark.parametrize("before", range(9, 19))
def test_a_tables_name_is_never_the_last_on_a_page(before: int) -> None:
    tables = (_table("دفترها", before), _table("منطقه‌ها", 2))
    numbers = (("دریافت‌شده", "۱۵"),)
    told = CityReport(sample().head, "آذر ۱۴۰۵", numbers, tables, date(2026, 11, 24), False)
    name = words("منطقه‌ها:")
    (page,) = [page for page in pages_of(draw(told)) if _found(name, page) >= 0]
    after = page[_found(name, page) + len(name) :]
    assert _found(words(" ".join(_HEADS)), after) == 0
    assert _found(words("سطر پایان"), after) == len(words(" ".join(_HEADS)))


def _found(wanted: list[str], page: list[str]) -> int:
    """Where these words begin on the page, one after the other; -1 for nowhere."""
    starts = range(len(page) - len(wanted) + 1)
    return next((at for at in starts if page[at : at + len(wanted)] == wanted), -1)
