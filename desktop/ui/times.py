"""Moments as a person says them: «۴ دقیقه پیش», «دیروز ۱۳:۱۵»."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.calendar import format_time as time_of
from desktop.domain.persian import isolate, to_persian_digits

__all__ = ["ago", "length", "moment", "time_of"]


def moment(then: datetime, now: datetime) -> str:
    """When that was: the time today, yesterday with its time, else the day and the time."""
    day, today = then.astimezone(TEHRAN).date(), now.astimezone(TEHRAN).date()
    if day == today:
        return time_of(then)
    if (today - day).days == 1:
        return f"دیروز {time_of(then)}"
    return f"{isolate(format_jalali(day))} ساعت {time_of(then)}"


def length(lasted: timedelta) -> str:
    """How long something lasts: «۴۸ دقیقه», «۲:۰۵ ساعت»."""
    hours, minutes = divmod(int(lasted.total_seconds()) // 60, 60)
    return to_persian_digits(f"{hours}:{minutes:02} ساعت" if hours else f"{minutes} دقیقه")


def ago(then: datetime, now: datetime) -> str:
    """How long ago, for lists: minutes and hours within the day, then the day itself."""
    minutes = max(0, int((now - then).total_seconds()) // 60)
    days = (now.astimezone(TEHRAN).date() - then.astimezone(TEHRAN).date()).days
    if minutes < 1:
        return "اکنون"
    if minutes < 60:
        return to_persian_digits(f"{minutes} دقیقه پیش")
    if days <= 0:
        return to_persian_digits(f"{minutes // 60} ساعت پیش")
    if days == 1:
        return f"دیروز {time_of(then)}"
    return isolate(format_jalali(then.astimezone(TEHRAN).date()))
