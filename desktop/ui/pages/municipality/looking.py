"""What the municipality's list can be asked for: days of receipt, an order, whose visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from desktop.domain.calendar import add_months, from_jalali, jalali

DUE_COLUMN = 6
ORDERS: Mapping[int, str] = {
    1: "state",
    3: "service",
    4: "office",
    DUE_COLUMN: "due",
    7: "received",
}
"""By which columns the list of all offices is sorted, as the centre calls them."""
EVERYBODY = "all"
WHOSE = (("", "بازدیدهای من"), (EVERYBODY, "همهٔ بازدیدها"))
ANYBODY = ("", "همهٔ متصدی‌ها")
DAYS = (
    ("", "همهٔ روزها"),
    ("today", "امروز"),
    ("yesterday", "دیروز"),
    ("week", "۷ روز گذشته"),
    ("month", "این ماه"),
    ("month-before", "ماه پیش"),
)
"""Days on which requests were received, of which one choice holds."""
_DAY = timedelta(days=1)


def span_of(days: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of a choice of `DAYS`."""
    year, month, _ = jalali(today)
    first = from_jalali(year, month, 1)
    match days:
        case "today":
            return today, today
        case "yesterday":
            return today - _DAY, today - _DAY
        case "week":
            return today - 6 * _DAY, today
        case "month":
            return first, today
        case "month-before":
            return add_months(first, -1), first - _DAY
    return None, None
