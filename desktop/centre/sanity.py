"""Doubts about figures and files before they hold: which two people may overrule with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.offices import all_offices
from desktop.centre.outlook import Outlook
from desktop.centre.queueing import is_open
from desktop.centre.tables import CaseRow
from desktop.centre.visit_tables import BookingRow
from desktop.domain.calendar import format_long
from desktop.domain.city import City
from desktop.domain.counter import FEES
from desktop.domain.decision import Decision
from desktop.domain.fees import fee
from desktop.domain.formula import Divided, Formula, NotKnown, Values, evaluate
from desktop.domain.known import record_values, values_of
from desktop.domain.money import format_number, format_rial
from desktop.domain.persian import fold, join_and, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.words import OUTCOMES
from desktop.forms.dated import (
    Dated,
    DatedBody,
    DatedBounds,
    DatedDistrict,
    DatedHalfDay,
    DatedLimit,
    DatedParcel,
    DatedRate,
    DatedTariff,
    DatedValidity,
    DatedWord,
)
from desktop.forms.examples import decided, question
from desktop.forms.rate_words import figure_title

MOST_TIMES = 10
"""A figure that grows or shrinks by more than this is doubted."""
_SHOWN = 60
_NAMED = 3


@dataclass(frozen=True)
class Doubt:
    """What speaks against it; `mark` is the same for the same doubt whenever it is asked."""

    mark: str
    words: str


@dataclass(frozen=True)
class Sum:
    """A sum worked out on an example, Rial, or why it could not be."""

    rial: Decimal | None
    why: str = ""


def doubts_of_figures(
    session: Session, before: Outlook, after: Outlook, items: Sequence[Dated]
) -> Iterator[Doubt]:
    """What speaks against these figures, each with its day; those that change nothing are silent.

    The counterpart of a figure is what would hold on its day without the draft.
    """
    for item in items:
        city, services = before.city(item.day), before.services(item.day)
        old = item.before(city, services)
        if old == item:
            continue
        named = figure_title(item, city, services)
        mark = f"{type(item).__name__}:{item.about}:{item.day}"
        for kind, words in _doubts(session, item, old, before, after):
            yield Doubt(f"{mark}:{kind}", f"{named}: {words}")


def _doubts(
    session: Session, item: Dated, old: Dated | None, before: Outlook, after: Outlook
) -> Iterator[tuple[str, str]]:
    match item, old:
        case DatedTariff(), _:
            yield from _of_tariff(item, old, before, after)
        case DatedRate(), DatedRate():
            yield from _times(Decimal(old.rial), Decimal(item.rial), old.words, item.words)
        case DatedParcel(), DatedParcel():
            yield from _times(Decimal(old.least), Decimal(item.least), old.words, item.words)
        case DatedValidity(), DatedValidity():
            yield from _times(Decimal(old.months), Decimal(item.months), old.words, item.words)
        case DatedLimit(), DatedLimit():
            yield from _times(Decimal(old.value), Decimal(item.value), old.words, item.words)
        case DatedHalfDay(), _:
            yield from _of_half_day(session, item, after)
        case DatedBounds(), _:
            yield from _of_bounds(session, item, after)
        case DatedDistrict(ours=False), DatedDistrict(ours=True):
            cases = _open_cases(session, CaseRow.district == item.district)
            words = f"از شهر بیرون می‌رود و درخواست‌های آن پاسخ منفی می‌گیرد؛ {cases} پروندهٔ باز دارد."
            yield "leaves", to_persian_digits(words)
        case DatedWord(), DatedWord() if old.meaning:
            yield "means", f"معنای آن از «{old.words}» به «{item.words}» می‌رود؛ پاسخ‌ها عوض می‌شود."
        case DatedBody(listed=False), DatedBody(listed=True):
            begin = fold(item.name) + "/"
            cases = _open_cases(session, CaseRow.inquiry.startswith(begin, autoescape=True))
            if cases:
                words = f"{cases} پروندهٔ باز استعلام آن است و از آن روز به کارشناس می‌رود."
                yield "asks", to_persian_digits(words)


def _of_half_day(session: Session, item: DatedHalfDay, after: Outlook) -> Iterator[tuple[str, str]]:
    """Both at once; visits whose citizens were told another hour."""
    halves = after.city(item.day).halves
    if halves.second.begins < halves.first.ends:
        yield "overlap", "دو نیم‌روز بازدید روی هم می‌افتد؛ ساعت دیگری را هم ببینید."
    booked = BookingRow.day >= item.day, BookingRow.half == item.half
    if count := session.scalar(select(func.count()).select_from(BookingRow).where(*booked)):
        words = f"{count} بازدید از آن روز نوبت دارد؛ به متقاضی ساعت دیگری گفته شده است."
        yield "booked", to_persian_digits(words)


def _of_bounds(session: Session, item: DatedBounds, after: Outlook) -> Iterator[tuple[str, str]]:
    """Offices and places that would lie outside: their cards could be changed no more."""
    bounds = item.value
    assert bounds is not None
    cards = (office.on(item.day) for office in all_offices(session).values())
    offices = [(card.known_as, card.latitude, card.longitude) for card in cards if card.has_place]
    places = [
        (place.name, place.latitude, place.longitude) for place in after.city(item.day).places
    ]
    for mark, what, known in (("offices", "دفتر", offices), ("places", "محله یا خیابان", places)):
        outside = [
            name for name, north, east in known if not bounds.holds(Decimal(north), Decimal(east))
        ]
        if outside:
            shown = join_and([f"«{name}»" for name in outside[:_NAMED]])
            count = format_number(len(outside))
            yield mark, f"{count} {what} بیرون از آن می‌ماند، مانند {shown}."


def _open_cases(session: Session, which: object) -> int:
    query = select(func.count()).select_from(CaseRow)
    return session.scalar(query.where(which, is_open(CaseRow))) or 0  # type: ignore[arg-type]


def _times(old: Decimal, new: Decimal, was: str, becomes: str) -> Iterator[tuple[str, str]]:
    """Whether a figure grows or shrinks beyond `MOST_TIMES`."""
    if old == new:
        return
    told = f"از {was} به {becomes} می‌شود"
    if old <= 0 or new <= 0:
        yield "times", f"{told}؛ یکی از دو سوی آن صفر است. عدد را بسنجید."
    elif new > old * MOST_TIMES:
        times = int(new / old)
        told += f"، {format_number(times)} برابر" if times > MOST_TIMES else ""
        yield "times", f"{told}؛ بیش از ده برابر است. صفرهای عدد را بشمارید."
    elif new * MOST_TIMES < old:
        yield "times", f"{told}؛ کمتر از یک‌دهم است. صفرهای عدد را بشمارید."


def _of_tariff(
    item: DatedTariff, old: Dated | None, before: Outlook, after: Outlook
) -> Iterator[tuple[str, str]]:
    was = old if isinstance(old, DatedTariff) else None
    if was is not None and was.purse is not item.purse:
        yield "purse", f"صندوق آن از {was.purse.word} به {item.purse.word} می‌رود."
    cities = before.city(item.day), after.city(item.day)
    formula, former = item.value().formula, was.value().formula if was else None
    told: dict[str, str] = {}
    if not formula.names:
        plain = former if former is not None and not former.names else None
        told |= _of_sums("", _sum(plain, {}, cities[0]), _sum(formula, {}, cities[1]))
    for service in after.services(item.day).values():
        for name, known in _answered(service, item.key, item.day, after.city(item.day)):
            seen = [city.serving(service) for city in cities]
            sums = _sum(former, known, seen[0]), _sum(formula, known, seen[1])
            for kind, words in _of_sums(f"در نمونهٔ «{name}» از «{service.title}» ", *sums):
                told.setdefault(kind, words)
    yield from told.items()


def _of_sums(where: str, old: Sum | None, new: Sum | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a sum, against the former one of the same request."""
    if new is None:
        return
    if new.rial is None:
        if old is None or old.rial is not None:
            yield f"unknown-{new.why}", f"{where}{_UNKNOWN[new.why]}"
        return
    if new.rial < 0:
        yield "negative", f"{where}کمتر از صفر می‌شود: {_rial(new.rial)}."
    if old is not None and old.rial is not None:
        for kind, words in _times(old.rial, new.rial, _rial(old.rial), _rial(new.rial)):
            yield kind, f"{where}{words}"


_DIVIDED, _LACKING = "divided", "lacking"
_UNKNOWN = {
    _DIVIDED: "به صفر تقسیم می‌شود؛ مخرج را در فرمول از صفر دور کنید.",
    _LACKING: "حساب نمی‌شود، چون پاسخی که فرمول می‌خواهد نیست؛ فرمول را بسنجید.",
}


def _rial(amount: Decimal) -> str:
    whole = int(amount.to_integral_value())
    return format_rial(whole) if whole >= 0 else f"منفی {format_rial(-whole)}"


def _sum(formula: Formula | None, known: Values, city: City) -> Sum | None:
    """What a formula gives before it is rounded; None where there is none."""
    if formula is None:
        return None
    try:
        amount = evaluate(formula, {**known, **city.rates})
    except Divided:
        return Sum(None, _DIVIDED)
    except NotKnown:
        return Sum(None, _LACKING)
    return Sum(amount) if isinstance(amount, Decimal) else None


def _answered(service: Service, key: str, day: date, city: City) -> Iterator[tuple[str, Values]]:
    """The examples of a service that asks for this tariff, with what its formula may rest on."""
    fees = key in service.fees.values()
    if not fees and not any(key in use.tariffs for use in service.gates):
        return
    for example in service.examples:
        q = question(service, example, day, city, example.entered)
        answers = values_of(service.fields, q.answers, q.day, str(q.applicant))
        # The counter's own fees are told before anything is answered.
        yield example.name, {} if fees else {**answers, **record_values(q.found.record)}


def effects_on_examples(
    before: Outlook, after: Outlook, days: Iterable[date], codes: Collection[str] = ()
) -> Effects:
    """How examples come out before and after, on each of the days; without codes all services'."""
    groups: dict[tuple[date, str, str], list[str]] = {}
    seen: set[tuple[str, str, str]] = set()
    turned = 0
    for day in days:
        cities = before.city(day), after.city(day)
        old, new = before.services(day), after.services(day)
        for code, service in new.items():
            if code not in old or (codes and code not in codes):
                continue
            for first, second, name in _decisions(old[code], service, cities, day):
                words = _told_apart(first, second)
                # What a later day has in common with an earlier one is told once.
                if not words or (code, name, words) in seen:
                    continue
                seen.add((code, name, words))
                turned += first.outcome is not second.outcome
                groups.setdefault((day, service.title, words), []).append(name)
    lines = [
        f"از {format_long(day)}، «{title}»: {words} در {_examples(names)}."
        for (day, title, words), names in groups.items()
    ]
    return Effects(lines, turned)


def _examples(names: Sequence[str]) -> str:
    quoted = join_and([f"«{name}»" for name in names])
    return f"نمونهٔ {quoted}" if len(names) == 1 else f"{format_number(len(names))} نمونه: {quoted}"


@dataclass(frozen=True)
class Effects:
    """What becomes of examples, line by line, and how many come to another outcome."""

    lines: Sequence[str]
    turned: int

    def shown(self) -> list[str]:
        """The lines, not more than a person reads; the last says how many are left."""
        left = len(self.lines) - _SHOWN
        if left <= 0:
            return list(self.lines)
        return [*self.lines[:_SHOWN], f"و {format_number(left)} تفاوت دیگر."]

    def doubt(self) -> Iterator[Doubt]:
        """Outcomes are not what figures are changed for: one doubt for all of them."""
        if self.turned:
            words = f"پاسخ {format_number(self.turned)} نمونه عوض می‌شود؛ تفاوت‌ها را بخوانید."
            yield Doubt("outcomes", words)


def _decisions(
    old: Service, new: Service, cities: tuple[City, City], day: date
) -> Iterator[tuple[Decision, Decision, str]]:
    known = {example.name: example for example in old.examples}
    for example in new.examples:
        former = known.get(example.name)
        if former is None:
            continue
        first = decided(old, former, day, cities[0])
        yield first, decided(new, example, day, cities[1]), example.name


def _told_apart(old: Decision, new: Decision) -> str:
    if old.outcome is not new.outcome:
        return f"پاسخ از «{OUTCOMES[old.outcome]}» به «{OUTCOMES[new.outcome]}»"
    if old.amount != new.amount:
        return f"مبلغ از {format_rial(old.amount)} به {format_rial(new.amount)}"
    return ""


def doubts_of_service(old: Service, new: Service, before: City, after: City) -> Iterator[Doubt]:
    """What speaks against a new version: sums and fees beyond `MOST_TIMES` of the former ones."""
    day = new.effective
    for occasion in dict.fromkeys((*old.fees, *new.fees)):
        first, second = fee(old, before, occasion), fee(new, after, occasion)
        if first and second:
            was, becomes = format_rial(first.amount), format_rial(second.amount)
            amounts = Decimal(first.amount), Decimal(second.amount)
            for kind, words in _times(*amounts, was, becomes):
                named = FEES.get(occasion, occasion)
                yield Doubt(f"fee:{occasion}:{kind}", f"{named} {words}")
    for first_, second_, name in _decisions(old, new, (before, after), day):
        if first_.amount and second_.amount:
            was, becomes = format_rial(first_.amount), format_rial(second_.amount)
            amounts = Decimal(first_.amount), Decimal(second_.amount)
            for kind, words in _times(*amounts, was, becomes):
                yield Doubt(f"example:{name}:{kind}", f"نمونهٔ «{name}»: مبلغ {words}")
