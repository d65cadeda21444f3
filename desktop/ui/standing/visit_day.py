"""A visit of the inspector's day in words: when, where, whom to call, what to look at, how far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.actions.visit_day import DayVisit, InspectorDay
from desktop.domain import facts as f
from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.commands import MissVisit
from desktop.domain.identifiers import phone_words
from desktop.domain.nearest_words import distance_words
from desktop.domain.office import within_city
from desktop.domain.persian import to_persian_digits
from desktop.domain.status import Status
from desktop.ui.city_words import half_words
from desktop.ui.standing.chips import CHIPS
from desktop.ui.standing.lines import NOTHING
from desktop.ui.times import moment
from desktop.ui.widgets.told.chip import ChipLook

MOST_ASKED = 3
"""So many things to look at are told of a visit; how many more there are is said."""
NO_RECORD = ChipLook("فاقد سابقه", "file-search", "visit")
_BEGUN = ChipLook("گزارش نیمه‌کاره", "edit", "neutral")
_SENT = ChipLook("گزارش در صف ارسال", "cloud-upload", "neutral", "dashed")
_MISS_SENT = ChipLook("«انجام نشد» در صف ارسال", "cloud-upload", "neutral", "dashed")
_REPORTED = ChipLook("گزارش ثبت شد", "circle-check", "ok")
_SECOND = ChipLook("دومین نوبت", "calendar-event", "visit")
_ELSEWHERE = ChipLook("دیگر بازدید ندارد", "circle-x", "neutral", "line")


@dataclass(frozen=True)
class VisitLine:
    """A visit as the list shows it; `said` is what readers hear of the whole of it.

    `done` puts a check in its number's place. Of `asks` there are at most `MOST_ASKED`.
    """

    case_id: str
    number: str
    done: bool
    window: str
    way: str
    service: str
    address: str
    person: str
    phone: str
    asks: tuple[str, ...]
    more: str
    chip: ChipLook
    said: str


def chip_of_visit(visit: DayVisit) -> ChipLook:
    """Where the visit stands."""
    if visit.sent:
        return _MISS_SENT if visit.sent == MissVisit.kind else _SENT
    if visit.booked:
        if visit.begun:
            return _BEGUN
        missed = any(isinstance(fact.payload, f.VisitMissed) for fact in visit.facts)
        return _SECOND if missed else CHIPS[Status.BOOKED]
    if visit.case.missed is not None:
        return CHIPS[Status.MISSED]
    return _REPORTED if visit.case.report is not None else _ELSEWHERE


def line_of_visit(visit: DayVisit, number: int) -> VisitLine:
    """The visit as the so-manieth of its day."""
    case, party = visit.case, visit.case.request.party
    there = case.attending if case.attending and case.attending != party.name else ""
    person = f"{party.name}، {party.kind.word}"
    if there:
        person = f"{there}، برای {party.name}"
    phone = case.visit_phone
    asked = [case.visit_for] if case.visit_for else []
    gates = (each.look_at for each in visit.asks)
    told = list(dict.fromkeys([*asked, *gates]))
    asks, left = tuple(told[:MOST_ASKED]), len(told) - MOST_ASKED
    words = to_persian_digits(number)
    address = to_persian_digits(within_city(visit.address)) or "نشانی در سوابق و درخواست نیست"
    chip = chip_of_visit(visit)
    service = visit.service.short if visit.service is not None else case.request.service
    window = half_words(visit.day, visit.half)
    more = to_persian_digits(f"{left} مورد دیگر") if left > 0 else ""
    way = far_words(visit.way, first=number == 1)
    heard = [f"بازدید {words}", window, address, person, *asks, more, chip.words]
    return VisitLine(
        case.case_id,
        words,
        not visit.open,
        window,
        way,
        service,
        address,
        to_persian_digits(person),
        phone_words(phone) if phone else NOTHING,
        asks,
        more,
        chip,
        to_persian_digits("، ".join(filter(None, heard))),
    )


def far_words(metres: int | None, *, first: bool = False) -> str:
    """«۴۰۰ متر»; of the first «آغاز مسیر» where nobody knows from where."""
    if metres is None:
        return "آغاز مسیر" if first else "فاصله نامعلوم"
    return distance_words(metres)


def day_title(day: date, today: date) -> str:
    """«بازدیدهای امروز», «بازدیدهای فردا», «بازدیدهای شنبه ۷ آذر»."""
    if day == today:
        return "بازدیدهای امروز"
    if (day - today).days == 1:
        return "بازدیدهای فردا"
    return f"بازدیدهای {weekday(day)} {format_day_month(day)}"


def counted(of: InspectorDay) -> str:
    """«۱ گزارش‌شده، ۴ مانده»."""
    left = sum(visit.open for visit in of.visits)
    done = len(of.visits) - left
    told = [f"{done} انجام‌شده"] if done else []
    return to_persian_digits("، ".join([*told, f"{left} مانده"])) if of.visits else ""


def walked(of: InspectorDay) -> str:
    """«۵ بازدید، ۳٫۱ کیلومتر در خط مستقیم»."""
    told = [f"{len(of.visits)} بازدید"]
    metres = sum(visit.way or 0 for visit in of.visits)
    if metres:
        told.append(f"{distance_words(metres)} در خط مستقیم")
    return to_persian_digits("، ".join(told))


def kept_words(of: InspectorDay, now: datetime) -> str:
    """What is said of a day that is read from this desk."""
    since = moment(of.told_at, now)
    count = to_persian_digits(f"هر {len(of.visits)} بازدید") if of.visits else "برنامهٔ شما"
    return (
        f"خط قطع است؛ {count} با سوابق در همین رایانه است و گزارش‌ها پس از وصل شدن فرستاده می‌شود. "
        f"پس از {since} ممکن است نوبتی جابه‌جا شده باشد."
    )


def next_day(of: InspectorDay) -> date | None:
    """The next day with visits; None where there is none."""
    return min((day for day in of.ahead if day > of.day), default=None)


def next_words(of: InspectorDay, today: date) -> str:
    """«بازدید بعدی شنبه ۷ آذر، ۳ مورد.»."""
    day = next_day(of)
    if day is None:
        return "در دو هفتهٔ آینده هم نوبتی با شما گرفته نشده است."
    when = "فردا" if (day - today).days == 1 else f"{weekday(day)} {format_day_month(day)}"
    return to_persian_digits(f"بازدید بعدی {when}، {of.ahead[day]} مورد.")
