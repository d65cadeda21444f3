"""What a second look says of itself: why this answer, how far it is, which rule is wrong."""

from __future__ import annotations

from datetime import date

from desktop.domain.calendar import format_day_month
from desktop.domain.case import Case
from desktop.domain.lot import DRAW, Risk
from desktop.domain.persian import to_persian_digits
from desktop.domain.second_look import Part, fault_words
from desktop.domain.wordings import TITLES
from desktop.domain.words import tell
from desktop.wire.second_looks import PatternBody, SecondLooksAnswer

_RISKS = {
    Risk.RECEIVED: "روز دریافت پیش از آخرین تماس دفتر با مرکز است",
    Risk.DECLARED: "بر پایهٔ اظهار مالک مبنی بر عدم تغییر بناست",
    Risk.ATTORNEY: "متقاضی به نمایندگی آمده است",
}
_ALONE = "ثبت‌کننده خود مهر کرده است؛ جز او کسی در دفتر نبود"
CHOSEN = "به انتخاب شما؛ در آمار درستی شمرده نمی‌شود"


def why_words(case: Case) -> str:
    """«قرعه», or «پرخطر: …» with the reason."""
    if case.sampled == DRAW:
        return "به قید قرعه"
    if case.sampled == Risk.BOUNDARY:
        return f"پرخطر: {_boundary(case)}"
    if case.sampled == "own":
        return f"پرخطر: {_ALONE}"
    if case.sampled in _RISKS:
        return f"پرخطر: {_RISKS[Risk(case.sampled)]}"
    return CHOSEN


def nearest(case: Case) -> str:
    """The condition that passed nearest to its boundary; empty where none has one."""
    decision = case.decision
    near = [x for x in decision.findings if x.margin is not None and x.passed] if decision else []
    found = min(near, key=lambda x: x.margin or 0, default=None)
    return found.gate if found is not None else ""


def _boundary(case: Case) -> str:
    decision, gate = case.decision, nearest(case)
    found = next((x for x in decision.findings if x.gate == gate), None) if decision else None
    if decision is None or found is None or found.margin is None:
        return "نزدیک مرز یکی از شرط‌هاست"
    told = tell(found, decision.as_of)
    return to_persian_digits(f"{told.condition}، {found.margin} روز تا مرز")


def progress_words(told: SecondLooksAnswer) -> str:
    """«۱۸ از ۳۷ دیده شد»; of none that nothing is left."""
    done = told.right + told.wrong
    whole = done + told.due_drawn + told.due_weighed
    return to_persian_digits(f"{done} از {whole} دیده شد") if whole else "چیزی نمانده است"


def left_words(told: SecondLooksAnswer) -> str:
    """«۱۹ مانده: ۱۱ قرعه، ۸ پرخطر»; empty where nothing is left."""
    left = told.due_drawn + told.due_weighed
    if not left:
        return ""
    return to_persian_digits(f"{left} مانده: {told.due_drawn} قرعه، {told.due_weighed} پرخطر")


def ended_words(told: SecondLooksAnswer) -> str:
    """What the day's sample came to."""
    if not told.right + told.wrong:
        return "امروز نمونه‌ای نمانده است"
    return to_persian_digits(f"نمونهٔ امروز تمام شد: {told.right} درست، {told.wrong} ایراد")


def correctness_line(told: SecondLooksAnswer) -> str:
    """What the lot of all tells of the answers since a day, and apart what was risky."""
    value = told.correctness.value
    words = f"از {_day(told.since)}: {value.words}"
    return f"{words}. {value.weighed_words}" if value.weighed_words else words


def _day(since: date) -> str:
    return format_day_month(since)


def pattern_words(pattern: PatternBody) -> str:
    """«۳ ایراد از یک قاعده است: …»."""
    of = TITLES.get(pattern.item, "") if pattern.part == Part.REASONS else pattern.item
    kind = fault_words(pattern.part, pattern.reason)
    named = f"{kind} ({of})" if of else kind
    return to_persian_digits(f"{pattern.count} ایراد از یک قاعده است: {named}")
