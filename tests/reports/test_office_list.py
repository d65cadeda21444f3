"""The list of offices on paper: every office, on as many pages as they need, under one head."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.letter import Table
from desktop.domain.papers import OfficeList
from desktop.domain.persian import to_persian_digits
from desktop.reports import office_list
from tests.reports import samples
from tests.reports.reading import pages_of

COLUMNS = ("کد", "دفتر", "نوع", "نشانی", "تلفن", "پروانه تا", "گام بعد")
AT = datetime(2026, 11, 24, 9, 50, tzinfo=UTC)


def said(count: int, looked_for: str = "", *, sample: bool = True) -> list[str]:
    """What each page of a list of so many offices says."""
    rows = tuple(
        (
            to_persian_digits(100 + at),
            "امامشهر",
            "پیشخوان",
            "امامشهر، بلوار شهید پاکنژاد، پلاک ۱۲۶",
            "۰۳۵ ۳۷۲۵ ۰۰۱۷",
            "۱۴۰۷/۰۴/۱۹",
            "—",
        )
        for at in range(count)
    )
    listed = OfficeList(samples.HEAD, looked_for, Table(COLUMNS, rows), AT, sample)
    return [" ".join(page) for page in pages_of(office_list.draw(listed))]


@pytest.mark.parametrize("count", [1, 40, 130])
def test_every_office_is_named_under_a_head_on_each_page(count: int) -> None:
    pages = said(count)
    whole = " ".join(pages)
    assert all(to_persian_digits(100 + at) in whole for at in range(count))
    assert all("پروانه" in page for page in pages)
    assert to_persian_digits(f"{count} دفتر") in pages[0]
    assert (len(pages) > 1) == (count > 30)


def test_it_says_when_and_of_which_offices() -> None:
    (page,) = said(2, "بی‌تماس، منطقهٔ ۳")
    assert "در این فهرست بی‌تماس منطقهٔ ۳" in page
    assert "ساعت ۱۳ ۲۰" in page
    assert "۱۴۰۵/۰۹/۰۳" in page
    assert "در این فهرست همهٔ دفترها" in said(2)[0]


def test_only_a_sample_citys_list_says_so() -> None:
    assert "نمونه" in said(1)[0]
    assert "نمونه" not in said(1, sample=False)[0]
