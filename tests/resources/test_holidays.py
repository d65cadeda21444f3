"""The holiday table against the `holidays` package, day by day, with another calendar library."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import jdatetime
import pytest

TABLE = Path(__file__).parents[2] / "resources" / "calendar" / "holidays.csv"
FIRST, LAST = (
    jdatetime.date(1403, 1, 1).togregorian(),
    jdatetime.date(1410, 12, 29).togregorian(),
)


def table() -> dict[date, tuple[str, str]]:
    """Day → (title, kind) of the file."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = {
        jdatetime.datetime.strptime(row["date"], "%Y/%m/%d").date().togregorian(): (
            row["title"],
            row["kind"],
        )
        for row in rows
    }
    assert len(days) == len(rows), "a day stands twice in the table"
    return days


@pytest.mark.slow
def test_every_day_of_eight_years_is_what_the_oracle_says() -> None:
    oracle = holidays.country_holidays(
        "IR", years=range(FIRST.year, LAST.year + 1), language="fa_IR"
    )
    days = table()
    day = FIRST
    while day <= LAST:
        expected = oracle.get_list(day)
        assert (day in days) == bool(expected), day
        if expected:
            estimated = all("تخمینی" in title for title in expected)
            assert days[day][1] == ("estimated" if estimated else "official"), day
        day += timedelta(days=1)
    assert FIRST <= min(days) <= max(days) <= LAST


def test_days_known_from_the_official_calendar_of_1405() -> None:
    days = {jdatetime.date.fromgregorian(date=day): kind for day, (_, kind) in table().items()}
    for month, dom in (
        *((1, dom) for dom in (1, 2, 3, 4, 12, 13)),
        *((3, dom) for dom in (6, 14, 15)),
        *((4, dom) for dom in (3, 4)),
        *((11, dom) for dom in (22,)),
        *((12, dom) for dom in (29,)),
    ):
        assert days.get(jdatetime.date(1405, month, dom)) == "official", (month, dom)
    in_year = [day for day in days if day.year == 1405]
    assert not [day for day in in_year if day.month in {2, 7, 9}]
    assert jdatetime.date(1405, 9, 5) not in days, "a Thursday is a working day"


def test_titles_are_clean_persian() -> None:
    for day, (title, _) in table().items():
        assert title, day
        assert not set(title) & set("0123456789يكـ"), title
        assert "تخمینی" not in title
        assert "  " not in title
