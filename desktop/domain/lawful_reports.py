"""Whether what a visit's report measured and saw can be: sides, violations, opinion, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop.domain.calendar import format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.measured import SIDES, unreached
from desktop.domain.nearest_words import distance_words
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import VisitOpinion, VisitReport

MOST_METRES = Decimal(10_000)
"""No side of a plot in the city is longer."""


def demand_measured(report: VisitReport) -> None:
    """Raise Refusal beside the first thing that can't be; a report of before says none of it."""
    if report.sides and len(report.sides) != len(SIDES):
        raise Refusal("هر چهار ضلع را بنویسید یا هیچ‌کدام را.", field="length.north")
    if words := sides_fault([side.length for side in report.sides]):
        raise Refusal(words, field="length.north")
    pages = report.photos.pages if report.photos is not None else 0
    for each in report.violations:
        if not each.kind:
            raise Refusal("نوع تخلف را برگزینید.", field="violations")
        if not 1 <= each.photo <= pages:
            words = to_persian_digits(f"عکس {each.photo} در این گزارش نیست.")
            raise Refusal(words, field="violations")
    if report.opinion and report.opinion not in [*VisitOpinion]:
        raise Refusal("نظر مأمور را برگزینید.", field="opinion")
    if report.opinion == VisitOpinion.UNFIT and not report.result.strip():
        raise Refusal("دلیل ناسازگاری را بنویسید.", field="result")
    if not report.photo_reason.strip() and (words := photo_fault(report.taken, report.visited_on)):
        raise Refusal(words, field="photo_reason")


def sides_fault(lengths: Sequence[str]) -> str:
    """Why these measures are no plot; empty where they are one, or none was measured."""
    given = [length for length in lengths if length]
    if not given:
        return ""
    if len(given) < len(SIDES):
        missing = next(side for side, length in zip(SIDES, lengths, strict=True) if not length)
        return f"طول ضلع {missing} را هم بنویسید، یا هیچ‌کدام را."
    for side, length in zip(SIDES, lengths, strict=True):
        if not _is_length(length):
            return f"طول ضلع {side} را به متر بنویسید."
    far = unreached([Decimal(length) for length in lengths])
    return "" if far is None else f"این چهار ضلع به هم نمی‌رسند؛ ضلع {SIDES[far]} را ببینید."


def _is_length(text: str) -> bool:
    try:
        return 0 < Decimal(text) <= MOST_METRES
    except InvalidOperation:
        return False


NO_PLACE = (
    "جای این ملک در سوابق هست: عرض و طول جغرافیایی گزارش را بنویسید، "
    "یا در «توضیح مختصات» بگویید چرا ندارد."
)
"""What is said of a report without a place, of a property whose place is known."""


def far_place(away: int) -> str:
    """What is said of a report that was made so many metres from the property."""
    far = distance_words(away)
    return f"جای ثبت {far} با نشانی فاصله دارد؛ دلیل بنویسید یا «نشانی با محل یکی نبود»."


def photo_fault(taken: Sequence[date | None], visited_on: date) -> str:
    """«عکس ۲ دیروز گرفته شده است؛ دلیل بنویسید.»; empty where every picture may be of that day."""
    for number, day in enumerate(taken, start=1):
        if day is not None and day != visited_on:
            when = "دیروز" if (visited_on - day).days == 1 else format_day_month(day)
            return to_persian_digits(f"عکس {number} {when} گرفته شده است؛ دلیل بنویسید.")
    return ""
