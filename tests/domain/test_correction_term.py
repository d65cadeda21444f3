"""Until when a citizen can mend what is missing: never after the answer's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.case import Case
from desktop.domain.counter import Halves
from desktop.domain.lawful import correction_term
from desktop.domain.setting import Setting
from tests.office import CITY, SERVICE

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def term(today: date, due_on: date, *holidays: date) -> date:
    calendar = OfficeCalendar(dict.fromkeys(holidays, "تعطیل"))
    setting = Setting(
        SERVICE, replace(CITY, calendar=calendar), Halves().begins(today, 1), releasers=1
    )
    return correction_term(cast(Case, SimpleNamespace(due_on=due_on)), setting)


def test_ten_days_where_the_answer_has_time() -> None:
    # Ten days on is a Friday here: offices open again on Saturday.
    assert term(TODAY, TODAY + timedelta(days=60)) == TODAY + timedelta(days=11)


def test_a_transfer_s_ten_days_leave_no_more_than_they_are() -> None:
    due = TODAY + timedelta(days=8)
    assert term(TODAY, due) == due


def test_when_the_day_is_here_or_past_the_next_open_one() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert term(TODAY, TODAY) == tomorrow
    assert term(TODAY, TODAY - timedelta(days=9)) == tomorrow
    assert term(TODAY, TODAY, tomorrow) == TODAY + timedelta(days=2)


@given(today=DAYS, left=st.integers(1, 90), holidays=st.lists(DAYS, max_size=20))
def test_never_after_the_answer_s_own_day(today: date, left: int, holidays: list[date]) -> None:
    calendar = OfficeCalendar(dict.fromkeys(holidays, "تعطیل"))
    due = calendar.first_working_day(today + timedelta(days=left))
    until = term(today, due, *holidays)
    assert today < until <= due
    assert calendar.is_working(until)
