"""The promised day of a request: never a day on which the offices are shut."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import OfficeCalendar, from_jalali
from desktop.domain.service import Term

FRIDAY = from_jalali(1405, 9, 6)
CALENDAR = OfficeCalendar({FRIDAY + timedelta(days=1): "تعطیل رسمی"})


@pytest.mark.parametrize(
    ("term", "received", "ends"),
    [
        (Term(days=3), from_jalali(1405, 9, 2), from_jalali(1405, 9, 5)),
        # A Friday, then a holiday.
        (Term(days=3), from_jalali(1405, 9, 3), from_jalali(1405, 9, 8)),
        (Term(months=1), from_jalali(1405, 8, 6), from_jalali(1405, 9, 8)),
        (Term(days=3, working=True), from_jalali(1405, 9, 4), from_jalali(1405, 9, 9)),
    ],
)
def test_a_term_that_ends_while_offices_are_shut_ends_when_they_open(
    term: Term, received: date, ends: date
) -> None:
    assert term.ends(received, CALENDAR) == ends


@given(
    st.integers(1, 120),
    st.sampled_from(["days", "months", "working"]),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
def test_every_promised_day_is_one_on_which_somebody_can_come(
    count: int, kind: str, received: date
) -> None:
    terms = {
        "days": Term(days=count),
        "months": Term(months=1 + count % 12),
        "working": Term(days=count, working=True),
    }
    assert CALENDAR.is_working(terms[kind].ends(received, CALENDAR))
