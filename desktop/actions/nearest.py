"""The nearest office for a citizen: what this desk knows of offices and places; slip and list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import TEHRAN, OfficeCalendar, format_jalali, format_time
from desktop.domain.city_places import (
    CityPlace,
    PlaceKind,
    Point,
    alike,
    by_postal_code,
    named,
    read_point,
)
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.identifiers import phone_words, postal_code, renewal_code
from desktop.domain.letter import Table
from desktop.domain.nearest import FinderOffice, Near, nearest
from desktop.domain.nearest_words import (
    SENTENCES,
    distance_words,
    office_title,
    opens_words,
    papers_words,
    unusual_days,
    week_words,
)
from desktop.domain.office import OfficeCard, StepFree, within_city
from desktop.domain.papers import OfficeSlip, WallList
from desktop.domain.persian import fold, sort_key, to_persian_digits
from desktop.domain.place import Bounds
from desktop.domain.service import Service
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.reports import office_slip, wall_list
from desktop.store import meta, queue
from desktop.store.view import of_case
from desktop.wire import calls
from desktop.wire.payloads import PropertyPlaceAsk

_ON_THE_WALL = 2
"""So many offices stand under each neighbourhood of the list for the wall."""


@dataclass(frozen=True)
class Finder:
    """All that this desk knows of where the services are done, at a moment of it.

    `services` are those of today by code, `own` is the id of the desk's own office.
    """

    offices: tuple[FinderOffice, ...]
    services: Mapping[str, Service]
    places: tuple[CityPlace, ...]
    bounds: Bounds | None
    calendar: OfficeCalendar
    own: str
    moment: datetime

    def near(
        self, service: str, place: Point | None, *, only_open: bool, step_free: bool = False
    ) -> list[Near]:
        """The offices that do the service, the nearest first (`domain.nearest`)."""
        return nearest(
            self.offices, service, place, self.moment, self.calendar,
            only_open=only_open, step_free=step_free,
        )  # fmt: skip

    @property
    def today(self) -> date:
        """The day in Yazd."""
        return self.moment.astimezone(TEHRAN).date()

    @property
    def neighbourhoods(self) -> list[CityPlace]:
        """Those that are known, by their names."""
        known = (place for place in self.places if place.kind is PlaceKind.NEIGHBOURHOOD)
        return sorted(known, key=lambda place: sort_key(place.name))

    def doing(self, service: str, place: Point) -> list[Near]:
        """The offices that do the service today, open now or not, the nearest first."""
        found = self.near(service, place, only_open=False)
        return sorted(found, key=lambda near: (near.metres is None, near.metres or 0))


@dataclass(frozen=True)
class Whence:
    """From where it is measured, and how that is called: «محلهٔ نعیم‌آباد»."""

    point: Point
    words: str


def known(desk: Desk) -> Finder:
    """What is known now. Raises Refusal before the first sync."""
    with desk.store.reading() as session:
        moment, day = desk.moment(session), desk.today(session)
        reference = desk.reference
        city = reference.city(session, day)
        services = reference.services(session, day)
        stops = reference.values(session, Topic.STOP, Stop, day)
        halted = frozenset(who for who, stop in stops.items() if stop.holds(moment))
        offices = reference.finder_offices(session, day, halted)
        own = meta.get(session).identity.office
    return Finder(offices, services, city.places, city.bounds, city.calendar, own, moment)


def own_place(finder: Finder) -> Whence | None:
    """Where this office is: for a citizen who said nothing yet; None where nobody knows."""
    card = next((o.card for o in finder.offices if o.card.own_id == finder.own), None)
    if card is None or not card.has_place:
        return None
    return Whence((card.latitude, card.longitude), "همین دفتر")


def named_place(finder: Finder, kind: PlaceKind, typed: str) -> Whence:
    """A neighbourhood or street by its name; two numbers are a place too.

    Raises Refusal, with what may be meant as its `field` where something is near.
    """
    if (point := read_point(typed, finder.bounds)) is not None:
        return Whence(point, "نقطهٔ نوشته‌شده")
    if read_point(typed, None) is not None:
        raise Refusal(SENTENCES["outside"])
    if (place := named(finder.places, kind, typed)) is not None:
        return _whence(place)
    perhaps = alike(finder.places, kind, typed)
    if perhaps is None:
        raise Refusal(SENTENCES["unknown"].format(kind.word, to_persian_digits(typed)))
    words = SENTENCES["perhaps"].format(kind.word, to_persian_digits(typed), perhaps.name)
    raise Refusal(words, field=perhaps.name)


def postal_place(finder: Finder, typed: str) -> Whence:
    """The neighbourhood of a post code. Raises Refusal."""
    code = postal_code(typed)
    place = by_postal_code(finder.places, code)
    if place is None:
        raise Refusal(SENTENCES["postal"].format(to_persian_digits(code[:4])))
    return _whence(place)


def property_place(seat: Seat, finder: Finder, service: str, typed: str) -> Whence:
    """Where the property of a renewal code lies: by the records of the centre, else by what this
    office heard of it, which needs no line. Raises Refusal.
    """
    code = str(renewal_code(typed))
    ask = PropertyPlaceAsk(actor=seat.staff.staff_id, service=service, code=code)
    try:
        answer = seat.desk.ask(calls.PROPERTY_PLACE, ask)
    except LineDown:
        if (place := _heard(seat.desk, finder, code)) is None:
            raise Refusal("خط قطع است و این دفتر جای ملک را نمی‌داند؛ محله را بنویسید.") from None
        return _whence(place)
    words = f"ملک {to_persian_digits(code)}"
    point = read_point(f"{answer.latitude}, {answer.longitude}", finder.bounds)
    if point is not None:
        return Whence(point, words)
    place = named(finder.places, PlaceKind.NEIGHBOURHOOD, answer.neighbourhood)
    if place is not None:
        return Whence(place.point, f"{words}، محلهٔ {place.name}")
    if (place := _heard(seat.desk, finder, code)) is not None:
        return _whence(place)
    if not answer.found:
        raise Refusal("ملکی با این کد نوسازی در سوابق نیست؛ محله را بنویسید.")
    raise Refusal("سوابق جای این ملک را نمی‌گوید؛ محله را بنویسید.")


def _heard(desk: Desk, finder: Finder, code: str) -> CityPlace | None:
    """The neighbourhood in the address of an earlier request of this office for the property."""
    with desk.store.reading() as session:
        for case in queue.earlier(session, code=code, limit=1):
            view = of_case(session, case.case_id, desk.reference.setting_for)
            address = view.case.request.answers.get("address", "") if view.case else ""
            for place in finder.neighbourhoods:
                if fold(place.name) in fold(address):
                    return place
    return None


def _whence(place: CityPlace) -> Whence:
    return Whence(place.point, f"{_EZAFE[place.kind]}{place.name}")


_EZAFE = {PlaceKind.NEIGHBOURHOOD: "محلهٔ ", PlaceKind.STREET: ""}
"""A street's name begins with what it is."""


def slip(seat: Seat, finder: Finder, service: str, near: Near) -> bytes:
    """The slip that the citizen takes along (A5). Raises Refusal on an unprintable character."""
    with seat.desk.store.reading() as session:
        own = seat.desk.reference.office(session, finder.own, seat.desk.today(session))
    card, day = near.card, finder.today
    offered = finder.services[service]
    return office_slip.draw(
        OfficeSlip(
            head=own.head,
            service=offered.title,
            office=office_title(card),
            address=to_persian_digits(within_city(card.address)),
            phone=phone_words(card.phone),
            opens=opens_words(near),
            hours=week_words(card.hours),
            unusual=tuple(unusual_days(card.hours, finder.calendar, day)),
            distance=distance_words(near.metres) if near.metres is not None else "",
            step_free=card.step_free is StepFree.YES,
            bring=tuple(papers_words(offered)),
            told=f"{format_jalali(day)}، {format_time(finder.moment)}",
            sample=own.sample,
        )
    )


def wall(seat: Seat, finder: Finder, service: str) -> bytes:
    """By neighbourhood the nearest offices of the service, open now or not, for the wall (A4).

    Raises Refusal where no neighbourhood is known, or nobody does it.
    """
    with seat.desk.store.reading() as session:
        own = seat.desk.reference.office(session, finder.own, seat.desk.today(session))
    rows: list[tuple[str, ...]] = []
    named_here: dict[str, OfficeCard] = {}
    for place in finder.neighbourhoods:
        nearest_two = finder.doing(service, place.point)[:_ON_THE_WALL]
        told = [(office_title(near.card), distance_words(near.metres)) for near in nearest_two]
        told += [("", "")] * (_ON_THE_WALL - len(told))
        rows.append((place.name, *told[0], *told[1]))
        named_here |= {near.card.code: near.card for near in nearest_two}
    if not named_here:
        raise Refusal("فهرست دیواری خالی است: محله‌ای یا دفتری برای این خدمت ثبت نشده است.")
    offices = [
        (
            office_title(card),
            to_persian_digits(within_city(card.address)),
            phone_words(card.phone),
            week_words(card.hours),
        )
        for _, card in sorted(named_here.items())
    ]
    columns = ("محله", "نزدیک‌ترین دفتر", "فاصله", "دفتر بعدی", "فاصله")
    return wall_list.draw(
        WallList(
            head=own.head,
            service=finder.services[service].title,
            places=Table(columns, tuple(rows)),
            offices=Table(("دفتر", "نشانی", "تلفن", "ساعت کار"), tuple(offices)),
            told_on=finder.today,
            sample=own.sample,
        )
    )
