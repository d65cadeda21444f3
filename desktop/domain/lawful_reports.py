"""Whether what an inspector tells of a visit can be: its hour, what he measured and saw, or that
nothing was seen. Window, desk and centre ask here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from desktop.domain.calendar import TEHRAN, format_day_month, format_jalali, format_time
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.counter import (
    AT_THE_DOOR,
    CONDITIONS,
    MISSED,
    SEEN_THERE,
    STAGES,
    USES,
    VIOLATIONS,
    Halves,
)
from desktop.domain.measured import SIDES, unreached
from desktop.domain.money import LARGEST_AREA, area_beyond
from desktop.domain.persian import is_blank, to_persian_digits
from desktop.domain.place import Bounds, faulty_half, place_fault
from desktop.domain.request import PHOTOS, DocumentFile, Slot, VisitOpinion, VisitReport

Fault = tuple[str, str]
"""The field of the form, and what is wrong there."""

SIDE_KEYS = ("north", "east", "south", "west")
"""In which fields the sides stand, as in `measured.SIDES`."""
MOST_METRES = Decimal(10_000)
"""No side of a plot in the city is longer, no lane wider."""
MOST_FLOORS, MOST_UNITS = 99, 999
TIME_FAULT = "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."
_NOT_COME = "این ساعت هنوز نرسیده است."


def report_faults(case: Case, report: VisitReport, city: City, at: datetime) -> Iterator[Fault]:
    """What is wrong with a report that is told at that moment, in the order of its form.

    How far its place may be from the property's depends on records: the centre asks that.
    """
    yield from when_faults(case, report.visited_at, at, city.halves)
    if is_blank(report.present):
        yield "present", "نام حاضرین را بنویسید."
    yield from _place_faults(report, city.bounds, needed=case.no_record)
    yield from seen_faults(report)


def when_faults(case: Case, visited_at: datetime, at: datetime, halves: Halves) -> Iterator[Fault]:
    """Why nobody tells at that moment of a visit of then; one reason at most."""
    day = _day(visited_at)
    if day > _day(at):
        yield "day", "تاریخ بازدید نمی‌تواند پس از امروز باشد."
    elif day < case.request.received_on:
        yield "day", "تاریخ بازدید نمی‌تواند پیش از ثبت درخواست باشد."
    elif case.slot is not None and day != case.slot.day:
        booked = format_jalali(case.slot.day)
        yield (
            "day",
            f"نوبت این بازدید {booked} است؛ اگر روز دیگری انجام شد، نخست همان روز را ثبت کنید.",
        )
    elif words := report_too_early(day, at, halves):
        yield "day", words
    elif visited_at > at:
        yield "time", _NOT_COME
    elif words := too_early(case, visited_at):
        yield "time", words


def report_too_early(day: date, at: datetime, halves: Halves) -> str:
    """Why a visit of that day is not reported yet, or empty: nobody goes before its first half."""
    if at >= halves.begins(day, 1):
        return ""
    told = format_day_month(day)
    return f"بازدید {told} است؛ گزارش از ساعت {halves[1].start} همان روز ثبت می‌شود."


def too_early(case: Case, visited_at: datetime) -> str:
    """Why nothing can have been seen at that moment, or empty; an hour is told to the minute."""
    received = case.received_at.astimezone(TEHRAN).replace(second=0, microsecond=0)
    if _day(visited_at) != received.date() or visited_at >= received:
        return ""
    return f"درخواست ساعت {format_time(received)} ثبت شده است؛ بازدید پیش از آن نبوده است."


def missed_faults(
    case: Case,
    cause: str,
    stood_at: datetime | None,
    photo: DocumentFile | None,
    at: datetime,
    halves: Halves,
) -> Iterator[Fault]:
    """What is wrong with telling at that moment that a visit was missed for that cause.

    `stood_at` is when the inspector stood there, `photo` of the door: of what only he can tell the
    hour is asked, and the door of what the citizen pays for or he was sent for in vain.
    """
    if cause not in MISSED:
        yield "cause", "علت را برگزینید."
    if (stood_at is not None or cause in SEEN_THERE) and (
        words := _not_there(case, cause, stood_at, at, halves)
    ):
        yield "time", words
    if cause in AT_THE_DOOR and photo is None:
        yield "door", "یک عکس از در یا محل پیوست کنید."


def _not_there(
    case: Case, cause: str, stood_at: datetime | None, at: datetime, halves: Halves
) -> str:
    """Why nobody can have stood there for the visit at that moment, or empty."""
    slot = case.slot
    if slot is not None and slot.day > _day(at):
        return _its_day(slot)
    if stood_at is None:
        return TIME_FAULT
    if stood_at > at:
        return _NOT_COME
    if slot is not None and _day(stood_at) != slot.day:
        return _its_day(slot)
    # Nobody is away before the hour that he was told.
    if cause == "absent" and slot is not None and stood_at < halves.begins(slot.day, slot.half):
        told = halves[slot.half].words
        return f"نوبت این بازدید {told} است؛ پیش از آن کسی غایب شمرده نمی‌شود."
    return too_early(case, stood_at)


def _its_day(slot: Slot) -> str:
    return f"نوبت این بازدید {format_jalali(slot.day)} است."


def _day(moment: datetime) -> date:
    return moment.astimezone(TEHRAN).date()


def _place_faults(report: VisitReport, bounds: Bounds | None, *, needed: bool) -> Iterator[Fault]:
    given = report.latitude, report.longitude
    if needed and not any(given):
        yield "latitude", "جای ملک فاقد سابقه را با عرض و طول جغرافیایی بنویسید."
    elif words := place_fault(*given, bounds):
        yield faulty_half(*given), words


def seen_faults(report: VisitReport) -> Iterator[Fault]:
    """What is wrong with what was measured and seen, whenever and of whatever property."""
    yield from _plot_faults(report)
    yield from _building_faults(report)
    pages = report.photos.pages if report.photos is not None else 0
    if pages < PHOTOS:
        yield "photos", to_persian_digits(f"دست‌کم {PHOTOS} عکس از محل پیوست کنید.")
    elif is_blank(report.photo_reason) and (words := photo_fault(report.taken, report.visited_on)):
        yield "photo_reason", words
    yield from _violation_faults(report, max(1, pages))
    if report.opinion not in [*VisitOpinion]:
        yield "opinion", "نظر خود را برگزینید."
    if is_blank(report.result):
        yield "result", "نتیجهٔ بازدید را بنویسید."


def _plot_faults(report: VisitReport) -> Iterator[Fault]:
    for key, side, bound in zip(SIDE_KEYS, SIDES, report.bounds, strict=True):
        if is_blank(bound):
            yield f"bound.{key}", f"حد {side} را بنویسید."
    if report.sides and len(report.sides) != len(SIDES):
        yield "length.north", "هر چهار ضلع را بنویسید یا هیچ‌کدام را."
    elif fault := _fault_of_sides([side.length for side in report.sides]):
        yield fault
    elif not _positive(report.land):
        yield "land", "طول چهار ضلع را بنویسید؛ اگر ملک چهارضلعی نیست، مساحت عرصه را."
    elif _is_beyond(report.land):
        yield "land", area_beyond("مساحت عرصه")
    for key, side, measured in zip(SIDE_KEYS, SIDES, report.sides, strict=False):
        if measured.deed and not _is_length(measured.deed):
            yield f"deed.{key}", f"طول ضلع {side} در سند را به متر بنویسید."
    if not _is_length(report.lane_width):
        yield "lane_width", "عرض گذر را به متر بنویسید."
    if report.advance and not 0 <= _number(report.advance, Decimal(-1)) <= MOST_METRES:
        yield "advance", "پیشروی همسایه‌ها را به متر بنویسید."


def _building_faults(report: VisitReport) -> Iterator[Fault]:
    land, built = report.condition == "land", report.condition == "built"
    if report.condition not in CONDITIONS:
        yield "condition", "وضعیت کنونی را برگزینید."
    if land and (_number(report.built) or report.floors or report.units):
        yield "condition", "در زمین بی‌بنا اعیان، طبقه و واحد نوشته نمی‌شود."
    if report.condition == "underway" and report.stage not in STAGES:
        yield "stage", "مرحلهٔ ساخت را برگزینید."
    if (built and not _positive(report.built)) or _number(report.built) < 0:
        yield "built", "مساحت اعیان را به مترمربع بنویسید."
    elif _is_beyond(report.built):
        yield "built", area_beyond("مساحت اعیان")
    if (built and not report.floors) or not 0 <= report.floors <= MOST_FLOORS:
        yield "floors", "شمار طبقه‌ها را بنویسید."
    if not 0 <= report.units <= MOST_UNITS:
        yield "units", "شمار واحدها را بنویسید."
    if report.use not in USES:
        yield "use", "کاربری وضع موجود را برگزینید."


def _violation_faults(report: VisitReport, pages: int) -> Iterator[Fault]:
    """The first thing that is wrong in the rows, of which each shows one of so many pictures."""
    for number, each in enumerate(report.violations, start=1):
        if each.kind not in VIOLATIONS:
            fault = "نوع تخلف را برگزینید."
        elif not _positive(each.area) or _is_beyond(each.area):
            fault = "متراژ تخلف را بنویسید."
        elif not 1 <= each.photo <= pages:
            fault = f"شمارهٔ عکس آن را بنویسید، از ۱ تا {pages}."
        else:
            continue
        yield "violations", to_persian_digits(f"ردیف {number}: {fault}")
        return


def sides_fault(lengths: Sequence[str]) -> str:
    """Why these measures are no plot; empty where they are one, or none was measured."""
    fault = _fault_of_sides(lengths)
    return fault[1] if fault else ""


def _fault_of_sides(lengths: Sequence[str]) -> Fault | None:
    given = [length for length in lengths if length]
    if not given:
        return None
    for key, side, length in zip(SIDE_KEYS, SIDES, lengths, strict=True):
        if not length:
            return f"length.{key}", f"طول ضلع {side} را هم بنویسید، یا هیچ‌کدام را."
    for key, side, length in zip(SIDE_KEYS, SIDES, lengths, strict=True):
        if not _is_length(length):
            return f"length.{key}", f"طول ضلع {side} را به متر بنویسید."
    far = unreached([Decimal(length) for length in lengths])
    if far is None:
        return None
    return f"length.{SIDE_KEYS[far]}", f"این چهار ضلع به هم نمی‌رسند؛ ضلع {SIDES[far]} را ببینید."


def _number(text: str, without: Decimal = Decimal(0)) -> Decimal:
    """The number that stands there, or what stands for none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return without
    return found if found.is_finite() else without


def _positive(text: str) -> bool:
    return _number(text) > 0


def _is_beyond(area: str) -> bool:
    return _number(area) >= LARGEST_AREA


def _is_length(text: str) -> bool:
    return 0 < _number(text) <= MOST_METRES


def photo_fault(taken: Sequence[date | None], visited_on: date) -> str:
    """«عکس ۲ دیروز گرفته شده است؛ دلیل بنویسید.»; empty where every picture may be of that day."""
    for number, day in enumerate(taken, start=1):
        if day is not None and day != visited_on:
            when = "دیروز" if (visited_on - day).days == 1 else format_day_month(day)
            return to_persian_digits(f"عکس {number} {when} گرفته شده است؛ دلیل بنویسید.")
    return ""
