"""The end of a term by the holidays that are known now."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import OfficeCalendar

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
HOLIDAYS = st.lists(DAYS, max_size=20)


def closed(*days: date) -> OfficeCalendar:
    return OfficeCalendar(dict.fromkeys(days, "تعطیل"))


@given(DAYS, st.integers(1, 20), HOLIDAYS, HOLIDAYS)
def test_so_many_working_days_are_so_many_whatever_is_declared_meanwhile(
    since: date, days: int, known: list[date], more: list[date]
) -> None:
    before, now = closed(*known), closed(*known, *more)
    last = before.add_working_days(since, days)
    until = now.put_off(last, since, days)
    assert now.working_days_between(since, until) == days
    assert until >= last
    assert now.put_off(until, since, days) == until


@given(DAYS, st.integers(0, 20), HOLIDAYS)
def test_what_was_told_is_not_brought_forward(since: date, days: int, known: list[date]) -> None:
    last = closed(*known).add_working_days(since, days) + timedelta(days=days == 0)
    assert closed().put_off(last, since, days) >= last
