"""A calendar of holidays held against the one in force: whole, and never for a day that is past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.sanity import Doubt
from desktop.centre.weighed import Weighed, change
from desktop.domain.calendar import format_long
from desktop.domain.money import format_number
from desktop.domain.stream import Topic
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.faults import FaultyFile
from desktop.forms.holidays import holiday_changes, read_holidays
from desktop.wire.publishing import ItemBody

_MOST_HOLIDAYS_GONE = 5


def weigh_holidays(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """They hold at once, as a day is sometimes known only the evening before."""
    today = day_of(at)
    held = centre.reference.holding(session, Topic.HOLIDAYS, today)[HOLIDAYS_KEY]
    item = items[0]
    found.bases.append(held.version)
    if len(items) != 1 or item.key != HOLIDAYS_KEY or not held.since <= item.day <= today:
        found.hinder(-1, "تقویم یکجا و برای همین امروز منتشر می‌شود؛ دوباره آماده کنید.")
        return
    try:
        new = read_holidays(item.text)
    except FaultyFile as fault:
        for each in fault.file_faults:
            found.hinder(0, each.words)
        return
    old = read_holidays(held.text)
    lines = list(holiday_changes(old, new))
    if not lines:
        found.hinder(0, "تقویم همان است که برقرار است؛ چیزی عوض نشده است.")
    for day in sorted(old.keys() ^ new.keys()):
        if day < today:
            words = f"{format_long(day)} گذشته است؛ تعطیل بودن آن دیگر عوض نمی‌شود."
            found.hinder(0, words)
    gone = len(old.keys() - new.keys())
    if gone > _MOST_HOLIDAYS_GONE:
        words = f"{format_number(gone)} روز تعطیل برداشته می‌شود؛ شاید برگه همهٔ سال را ندارد."
        found.doubts.append(Doubt("holidays:gone", words))
    found.changes.append(change(item, found.facts[0], "تعطیلات رسمی", "تعطیلات رسمی", held, lines))
