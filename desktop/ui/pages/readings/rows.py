"""The lines of «گزارش مشاهده‌ها» as rows: what stands out by word and icon, never by the row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Way
from desktop.domain.reading_words import (
    OFF_HOURS,
    WRONG,
    place_words,
    seen_words,
    work_words,
)
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named
from desktop.wire.readings import ReadingBody

COLUMNS = (
    TableColumn("زمان", 108, sortable=False),
    TableColumn("چه کسی", 112, stretch=1, sortable=False),
    TableColumn("سمت و میز", 150, stretch=2, drop=1, sortable=False),
    TableColumn("چه دید", 126, stretch=2, sortable=False),
    TableColumn("برای چه کاری", 172, stretch=2, sortable=False),
    TableColumn("شیوه", 92, drop=2, sortable=False),
)
WAYS: Mapping[str, str] = {
    Way.PAGE.value: "eye",
    Way.PRINT.value: "printer",
    Way.FILE.value: "download",
    Way.SEARCH.value: "search",
}
"""The icon of each way."""


def cells(row: ReadingBody, codes: Mapping[str, str], now: datetime) -> list[Cell]:
    """The cells of the line, as of `COLUMNS`; `codes` are the offices' by their ids."""
    times = f"، {row.times} بار" if row.times > 1 else ""
    seen = to_persian_digits(f"{seen_words(row.what, row.about)}{times}")
    way = Way(row.way) if row.way else None
    return [
        Cell(when(row.at, now)),
        named(row.name or row.actor),
        Cell(place_words(row.role, codes.get(row.office, ""), row.desk), "text2", wraps=True),
        Cell(seen, wraps=True),
        _work(row),
        Cell(way.word if way else "", "text2", icon=WAYS.get(row.way, "")),
    ]


def when(moment: datetime, now: datetime) -> str:
    """«امروز ۱۱:۴۸», «۲۵ آبان ۱۲:۳۰»."""
    local = moment.astimezone(TEHRAN)
    today = local.date() == now.astimezone(TEHRAN).date()
    day = "امروز" if today else format_day_month(local.date())
    return f"{day} {isolate(format_time(moment))}"


def _work(row: ReadingBody) -> Cell:
    words = work_words(row.what, row.way, row.about, row.tracking, no_case=row.no_case)
    if not row.right:
        return Cell(WRONG, "refuse", icon="alert-triangle", wraps=True)
    if row.off_hours:
        return Cell(f"{words}، {OFF_HOURS}", "refuse", icon="clock-exclamation", wraps=True)
    if row.no_case:
        return Cell(words, "review", icon="eye-check", wraps=True)
    return Cell(words, wraps=True)
