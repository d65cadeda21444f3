"""On whom a case's ruling is still to be served, whose term runs, whether it is final by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain import facts as f
from desktop.domain.calendar import add_months, format_jalali
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.ruling import FIRST, Ruled
from desktop.domain.state import State


@dataclass(frozen=True)
class Notice:
    """A person whom the ruling is against: how it was served, and what failed before."""

    place: int
    person: Ruled
    served: f.RulingServed | None
    failed: tuple[f.RulingServed, ...]
    objected: f.RulingObjected | None

    def runs(self, today: date) -> bool:
        """Whether the person's term has begun and is not over."""
        until = self.served.until if self.served else None
        return until is not None and today <= until


def notices(case: Case) -> tuple[Notice, ...]:
    """One for each person whom the ruling in force names; of a ruling of before none."""
    ruling = case.commission_result
    if ruling is None:
        return ()
    return tuple(_notice(case, place, person) for place, person in enumerate(ruling.against))


def _notice(case: Case, place: int, person: Ruled) -> Notice:
    told = [each for each in case.served if each.place == place]
    served = next((each for each in told if each.way.serves), None)
    failed = tuple(each for each in told if not each.way.serves)
    objected = next((each for each in case.objected if each.place == place), None)
    return Notice(place, person, served, failed, objected)


def unserved(case: Case) -> int:
    """On how many persons it is still to be served."""
    return sum(notice.served is None for notice in notices(case))


def last_day(case: Case) -> date | None:
    """The last day of the terms that have begun; None where none has."""
    ends = [n.served.until for n in notices(case) if n.served is not None]
    return max((end for end in ends if end is not None), default=None)


def appealable(case: Case) -> bool:
    """Whether a first ruling stands that can still be objected to or become final."""
    ruling = case.commission_result
    return ruling is not None and ruling.verdict is not None and ruling.stage == FIRST


def takes_objections(case: Case) -> bool:
    """Whether an objection can be told: to a first ruling, or to one that became final since."""
    return appealable(case) or case.unopposed


def before_commission(case: Case) -> bool:
    """Whether a commission has to do with it: also with a first ruling beside an answer that is to
    be voided, or of a request that was withdrawn since, as it stands on the property."""
    return case.state is State.COMMISSION or appealable(case)


def term_of(ruling: f.CommissionDecided, city: City, served_on: date) -> date:
    """The last day to object after being served on that day.

    The day itself is not in it; a term that ends on a closed day ends on the next working one.
    """
    if ruling.stage == FIRST:
        last = served_on + timedelta(days=city.ruling_days)
    else:
        last = add_months(served_on, city.court_months)
    return city.calendar.first_working_day(last)


def not_final(case: Case, today: date) -> str:
    """Why the first ruling is not final yet, in a sentence; empty when it may be called so."""
    if not appealable(case):
        return "رأی بدوی این پرونده ثبت نشده یا قطعی است."
    told = notices(case)
    if names := [n.person.name for n in told if n.objected]:
        return f"{join_and(names)} اعتراض کرده است؛ رأی تجدیدنظر را ثبت کنید."
    if names := [n.person.name for n in told if n.served is None]:
        return f"رأی هنوز به {join_and(names)} ابلاغ نشده است."
    last = last_day(case)
    if last is not None and today <= last:
        return f"مهلت اعتراض تا {isolate(format_jalali(last))} است؛ قطعیت را پس از آن ثبت کنید."
    return ""


def notice_words(notice: Notice, today: date) -> str:
    """«ابلاغ ۳ آذر به خود او، مهلت اعتراض تا ۱۳ آذر، ۱۰ روز مانده»."""
    if notice.objected is not None:
        day = isolate(format_jalali(notice.objected.objected_on))
        return f"اعتراض {day}، شمارهٔ {isolate(to_persian_digits(notice.objected.paper))}"
    served = notice.served
    if served is None:
        if not notice.failed:
            return "ابلاغ نشده است"
        last = notice.failed[-1]
        return f"{last.way.word}، {isolate(format_jalali(last.served_on))}؛ ابلاغ نشده است"
    words = f"ابلاغ {isolate(format_jalali(served.served_on))} {served.way.word}"
    if served.until is None:
        return words
    until = isolate(format_jalali(served.until))
    left = (served.until - today).days
    if left < 0:
        return f"{words}، مهلت {until} تمام شد"
    rest = to_persian_digits(f"{left} روز مانده") if left else "امروز آخرین روز است"
    return f"{words}، مهلت تا {until}، {rest}"
