"""فهرست دیواری: read from a step away, so its first table is as large as one line a row allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.letter import Table
from desktop.domain.papers import WallList
from desktop.reports.letter.v2 import table
from desktop.reports.wall_list import draw
from tests.reports.reading import text_of
from tests.reports.samples import words

PLACES = Table(
    ("محله", "نزدیک‌ترین دفتر", "فاصله", "دفتر بعدی", "فاصله"),
    (
        ("حسن‌آباد مشیر", "دفتر پیشخوان ۳۳، حسن‌آباد مشیر", "۲۵۰ متر", "کارگزاری ۲۸", "۱٫۹ کیلومتر"),
        ("شاه ابوالقاسم", "کارگزاری ۲۶، شاه ابوالقاسم", "۶۰ متر", "دفتر ۴۶، امیرچخماق", "۷۲۰ متر"),
    ),
)  # fmt: skip
OFFICES = Table(
    ("دفتر", "نشانی", "تلفن", "ساعت کار"),
    (("دفتر ۳۳", "بلوار شهید باهنر", "۰۳۵ ۳۷۲۵ ۰۰۳۳", "شنبه تا چهارشنبه ۷:۳۰ تا ۲۰:۰۰"),),
)


def test_the_list_by_neighbourhood_is_large_and_a_long_name_makes_it_usual(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []
    plan = table._plan

    def planned(listed: Table, total: float, of: tuple[float, ...]) -> table._Plan:
        found = plan(listed, total, of)
        sizes.append(found.size)
        return found

    monkeypatch.setattr(table, "_plan", planned)
    listed = WallList(words().head, "گواهی عدم خلاف", PLACES, OFFICES, date(2026, 11, 24), False)
    text = " ".join(text_of(draw(listed)))
    for row in PLACES.rows:
        assert row[0] in text
        assert row[2] in text
    assert sizes[0] >= 11 > sizes[1]
    first, *others = PLACES.rows[0]
    long = replace(PLACES, rows=((first, others[0] * 4, *others[1:]),))
    draw(replace(listed, places=long))
    assert sizes[2] <= 9.5


def test_other_tables_stay_as_they_were() -> None:
    assert table._plan(PLACES, 470, table._SIZES).size == 9.5
