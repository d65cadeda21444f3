"""What the municipality puts into force: held against what holds and what is under way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import Centre, day_of
from desktop.centre.reference import publication
from desktop.centre.tables import CaseRow, PublishedRow
from desktop.domain.calendar import format_long, jalali
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.letter import LetterKind
from desktop.domain.service import Service, Validity
from desktop.domain.stream import Published, Topic
from desktop.domain.transitions import ENDS
from desktop.forms.charges import charge_faults, placed
from desktop.forms.dated import DatedItem, DatedTariff, DatedValidity, stands, with_dated
from desktop.forms.holidays import Holiday, read_holidays, write_holidays
from desktop.forms.neighbours import neighbour_faults

_DAY = re.compile(r"(?m)^effective\s*=.*$")


def on_day(text: str, day: date) -> str:
    """A service file's text that holds from the day."""
    return _DAY.sub(f"effective = {day.isoformat()}", text, count=1)


def publish_service(centre: Centre, service: Service, text: str) -> int:
    """Put a service's text into force on its day; how many open cases keep an earlier version.

    Raises Refusals for a day that is past or taken, for a text that changes nothing, and for what
    the city of that day can't give: a tariff, a linked service, a digit of its own.
    """
    today, day = day_of(centre.clock()), service.effective
    with centre.writing() as session:
        others = centre.reference.services(session, day)
        held = centre.reference.texts(session, Topic.SERVICE, day).get(service.code)
        # A request that came this morning ran under the form of this morning.
        first = today if held is None else today + timedelta(days=1)
        faults: list[str] = []
        if held is not None and on_day(held, day) == on_day(text, day):
            since = centre.reference.in_force(session, service.code, day).effective
            words = f"همین متن از {format_long(since)} برقرار است؛ چیزی عوض نشده است."
            faults.append(f"«{service.title}»: {words}")
        else:
            faults += _day_faults(session, Topic.SERVICE, service.code, service.title, day, first)
            faults += [words for _, words in neighbour_faults(service, others)]
            city = centre.reference.city(session, max(day, today))
            charged = charge_faults(service, city, others.get(service.code))
            faults += [fault.words for fault in placed(charged, text, f"{service.code}.toml")]
        _demand_none(faults)
        _tell(centre, session, [publication(Topic.SERVICE, service.code, day, text)])
        open_cases = select(CaseRow.case_id).where(
            CaseRow.service == service.code, CaseRow.state.not_in(_ENDED)
        )
        return len(session.scalars(open_cases).all())


_ENDED = [state.value for state in ENDS]


def publish_dated(centre: Centre, topic: Topic, items: Sequence[DatedItem]) -> list[DatedItem]:
    """Put tariffs or validity periods into force, each from its day; those that change something.

    Raises Refusals for a day that is past, two for one day, a service that has no such period, and
    a tariff that a service in force or an open case could not be worked out with.
    """
    today = day_of(centre.clock())
    faults = list(_twice(items))
    new = []
    with centre.writing() as session:
        for item in items:
            day, key = item.day, item.about
            city = centre.reference.city(session, max(day, today))
            services = centre.reference.services(session, max(day, today))
            if isinstance(item, DatedValidity):
                faults += _period_faults(item, services)
            if stands(item, city, services):
                continue
            faults += _day_faults(session, topic, key, key, day, today + timedelta(days=1))
            new.append(item)
        _demand_none(faults)
        _demand_none(_unpayable(centre, session, [i for i in new if isinstance(i, DatedTariff)]))
        _tell(centre, session, [_published(topic, item) for item in new])
        return new


def _published(topic: Topic, item: DatedItem) -> Published:
    return publication(topic, item.about, item.day, item.model_dump_json())


def _twice(items: Iterable[DatedItem]) -> Iterator[str]:
    def place(item: DatedItem) -> tuple[str, date]:
        return item.about, item.day

    for (key, day), same in groupby(sorted(items, key=place), place):
        if len(list(same)) > 1:
            yield f"«{key}» برای {format_long(day)} دو بار آمده است؛ یکی را بردارید."


def _period_faults(item: DatedValidity, services: Mapping[str, Service]) -> Iterator[str]:
    service = services.get(item.service)
    if service is None:
        yield f"خدمتی با کد «{item.service}» نیست؛ خدمت‌ها: {'، '.join(sorted(services))}."
        return
    form = service.letters[LetterKind.ANSWER]
    if not form.months and form.validity is Validity.MONTHS:
        yield f"پاسخ «{service.title}» پایان ندارد و اعتباری بر آن نوشته نمی‌شود."
    elif form.validity is Validity.ANSWER:
        yield f"پایان پاسخ «{service.title}» روزی است که در فرم می‌آید، نه ماه."


def _unpayable(centre: Centre, session: Session, tariffs: Sequence[DatedTariff]) -> Iterator[str]:
    """Whose sums could not be worked out on those days: services in force, and open cases."""
    today = day_of(centre.clock())
    under_way = session.execute(
        select(CaseRow.service, CaseRow.received_on).where(CaseRow.state.not_in(_ENDED)).distinct()
    ).all()
    for day in sorted({tariff.day for tariff in tariffs}):
        begun = sorted((each for each in tariffs if each.day <= day), key=lambda each: each.day)
        texts = [each.model_dump_json() for each in begun]
        city = with_dated(centre.reference.city(session, day), texts, ())
        told = {
            (service.code, service.version): service
            for service in (
                *centre.reference.services(session, day).values(),
                # A case may still come by today's form.
                *centre.reference.services(session, today).values(),
                *(centre.reference.in_force(session, code, on) for code, on in under_way),
            )
        }
        for service in told.values():
            for fault in charge_faults(service, city, service):
                yield f"از {format_long(day)}، «{service.title}»: {fault.words}"


@dataclass(frozen=True)
class CalendarChange:
    """How many holidays came and went."""

    came: int
    went: int


def publish_holidays(centre: Centre, days: Mapping[date, Holiday]) -> CalendarChange | None:
    """Put these holidays in place of those of their Jalali years; None when nothing changes.

    They hold at once, as a day is sometimes known only the evening before. Raises Refusals for a
    change of a day that is past.
    """
    today = day_of(centre.clock())
    with centre.writing() as session:
        held = read_holidays(centre.reference.texts(session, Topic.HOLIDAYS, today)["iran"])
        years = {jalali(day)[0] for day in days}
        kept = {day: holiday for day, holiday in held.items() if jalali(day)[0] not in years}
        whole = {**kept, **days}
        if whole == held:
            return None
        came, went = whole.keys() - held.keys(), held.keys() - whole.keys()
        _demand_none(
            f"{format_long(day)} گذشته است؛ تعطیل بودن آن دیگر عوض نمی‌شود."
            for day in sorted(came | went)
            if day < today
        )
        text = write_holidays(whole, centre.clock().isoformat())
        _tell(centre, session, [publication(Topic.HOLIDAYS, "iran", today, text)])
        return CalendarChange(len(came), len(went))


def _day_faults(
    session: Session, topic: Topic, key: str, title: str, day: date, first: date
) -> Iterator[str]:
    if day < first:
        words = f"از {format_long(day)} برقرار نمی‌شود؛ نخستین روز {format_long(first)} است."
        yield f"«{title}» {words}"
    taken = select(PublishedRow.version).where(
        PublishedRow.topic == topic.value,
        PublishedRow.key == key,
        PublishedRow.effective_from == day,
    )
    if session.scalars(taken).first() is not None:
        words = f"از {format_long(day)} یکی دیگر منتشر شده است؛ روز دیگری بدهید."
        yield f"برای «{title}» {words}"


def _demand_none(faults: Iterable[str]) -> None:
    told = [Refusal(words) for words in faults]
    if told:
        raise Refusals(told)


def _tell(centre: Centre, session: Session, facts: list[Published]) -> None:
    people.publish(session, facts, centre.clock())
