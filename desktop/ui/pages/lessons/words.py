"""How lessons and their services stand, in the words and colours that people see."""

from __future__ import annotations

from desktop.actions.lessons import LessonState, ServiceLessons
from desktop.domain.calendar import format_day_month
from desktop.domain.persian import to_persian_digits
from desktop.domain.training import Readiness
from desktop.ui.standing.chips import UNSETTLED
from desktop.ui.widgets.told.chip import ChipLook

PRACTICE_CHIP = ChipLook("آموزشی، فاقد اعتبار", "school", "pay")
TALK = "با مسئول دفتر یا ناظر گفت‌وگو کنید؛ درس باز می‌ماند."
WAITS = "قبولی ثبت شد؛ خدمت پس از رسیدن به مرکز باز می‌شود."


def of_lesson(state: LessonState, *, current: bool = False) -> ChipLook:
    """A lesson's state: passed with its score, under way, failed, or not begun."""
    if state.passed:
        words = to_persian_digits(f"قبول، {state.right} از {state.of}")
        return ChipLook(words, "circle-check", "ok", "bare")
    if current:
        return ChipLook("اکنون", "pencil", "visit", "bare")
    if state.open:
        return ChipLook("ناتمام", "pencil", "visit", "bare")
    if state.failures:
        words = to_persian_digits(f"{state.failures} بار نادرست")
        return ChipLook(words, "circle-x", "refuse", "bare")
    return ChipLook("نگذرانده‌اید", "circle-dashed", "neutral", "bare")


def of_service(lessons: ServiceLessons) -> ChipLook:
    """A service's state for this person: open, to be renewed, on its way, or not yet."""
    if lessons.record is not None and lessons.record.waits:
        return UNSETTLED
    if lessons.refused and lessons.ready is not Readiness.READY:
        return ChipLook("مرکز نپذیرفت", "circle-x", "refuse")
    if lessons.ready is Readiness.READY:
        words = "باز است" if lessons.begins is None else "آموزش‌دیده"
        return ChipLook(words, "user-check", "ok")
    if lessons.ready is Readiness.RENEW:
        return ChipLook(f"{lessons.renewal} دوباره", "clock", "pay")
    return ChipLook("نگذرانده‌اید", "school", "neutral")


def progress(lessons: ServiceLessons) -> str:
    """«۲ از ۵ درس», with the first day of a service that is to come."""
    since = f"، در باجه از {format_day_month(lessons.begins)}" if lessons.begins else ""
    if not lessons.lessons:
        return f"هنوز درس ندارد{since}"
    return to_persian_digits(f"{lessons.passed} از {len(lessons.lessons)} درس{since}")
