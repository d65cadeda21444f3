"""The nearest offices, against a count made otherwise: minute by minute, by another formula."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.city_places import Point
from desktop.domain.delegation import Delegation
from desktop.domain.hours import MIDNIGHT, Hours, Span, SpecialDay
from desktop.domain.nearest import DaySpan, FinderOffice, Near, first_to_open, nearest, terms_of
from desktop.domain.office import OfficeCard, StepFree

SERVICE, OTHER = "clearance", "inquiry"
DAY = date(2026, 11, 24)  # a Tuesday, 3 Azar 1405
HOLIDAY = DAY + timedelta(days=2)
CALENDAR = OfficeCalendar({HOLIDAY: "وفات"})
ACT = Act("۱", DAY, "شورای شهر", "0" * 64)
_A_DAY = timedelta(days=1)
_WEEKS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((450, 1200),), ((450, 810), (960, 1200)), ((0, MIDNIGHT),), ((1320, MIDNIGHT),), ((0, 120),),
    (),
)  # fmt: skip


def a_city(random: Random, count: int = 40) -> list[FinderOffice]:
    """So many offices with hours, places and delegations of every sort."""
    return [_an_office(random, number) for number in range(10, 10 + count)]


def _an_office(random: Random, number: int) -> FinderOffice:
    week = [random.choice(_WEEKS) for _ in range(7)] if random.random() < 0.5 else [_WEEKS[0]] * 7
    special = tuple(
        SpecialDay(DAY + timedelta(days=ahead), tuple(Span(*s) for s in random.choice(_WEEKS)))
        for ahead in random.sample(range(-1, 6), random.choice((0, 0, 1)))
    )
    hours = Hours(tuple(tuple(Span(*span) for span in spans) for spans in week), special)
    card = OfficeCard(
        f"{number}", f"دفتر {number}", "", "", "", 1, "", sample=True,
        latitude=f"{random.uniform(31.80, 31.96):.6f}",
        longitude=f"{random.uniform(54.27, 54.44):.6f}",
        hours=hours, step_free=random.choice(list(StepFree)),
    )  # fmt: skip
    if random.random() < 0.1:
        card = replace(card, latitude="", longitude="")
    if random.random() < 0.1:
        card = replace(card, hours=None)
    return FinderOffice(card, {SERVICE: tuple(_terms(random)), OTHER: (DaySpan(DAY, None),)})


def _terms(random: Random) -> Sequence[DaySpan]:
    near = DAY + timedelta(days=random.randint(-3, 3))
    return random.choice(
        [
            (DaySpan(DAY - 30 * _A_DAY, None),),
            (DaySpan(DAY - 30 * _A_DAY, near), DaySpan(near + _A_DAY, near + 9 * _A_DAY)),
            (DaySpan(DAY - 30 * _A_DAY, near),),
            (DaySpan(near, None),),
            (DaySpan(near - 2 * _A_DAY, near), DaySpan(near + 2 * _A_DAY, None)),
            (),
        ]
    )


def counted(
    offices: Sequence[FinderOffice], place: Point, moment: datetime, *, step_free: bool
) -> list[tuple[str, str, datetime | None]]:
    """The same asked of every minute: who may serve at it, by a clock that only walks on."""
    rows = []
    for office in offices:
        card, terms = office.card, office.services[SERVICE]
        if step_free and card.step_free is not StepFree.YES:
            continue
        begun = moment.replace(second=0, microsecond=0)
        if card.hours is None:
            state, when = ("unknown", None) if _answers(terms, begun.date()) else ("", None)
        elif _serves(card.hours, terms, begun):
            state, when = "open", _walk(card.hours, terms, begun, serving=False)
        else:
            state, when = "shut", _opening(card.hours, begun)
            today = begun.date()
            if when is not None and when.date() == today and not _answers(terms, today):
                # What it opens for today is something else.
                when = _opening(card.hours, begun.replace(hour=23, minute=59))
            if when is None:
                state = "unknown" if _answers(terms, begun.date()) else ""
            elif not _answers(terms, when.date()):
                state = ""
        if state:
            rank = ("open", "shut", "unknown").index(state)
            far = _chord(place, card) if card.has_place else math.inf
            rows.append((rank, not card.has_place, far, card.code, state, when))
    return [(code, state, when) for *_, code, state, when in sorted(rows, key=lambda r: r[:4])]


def _answers(terms: Sequence[DaySpan], day: date) -> bool:
    return any(t.since <= day <= (t.until or date.max) for t in terms)


def _is_open(hours: Hours, minute: datetime) -> bool:
    day = minute.date()
    own = {each.day: each.spans for each in hours.special}
    spans = own.get(day, () if day == HOLIDAY else hours.week[(day.weekday() + 2) % 7])
    return any(opens <= minute.hour * 60 + minute.minute < closes for opens, closes in spans)


def _serves(hours: Hours, terms: Sequence[DaySpan], minute: datetime) -> bool:
    return _is_open(hours, minute) and _answers(terms, minute.date())


def _walk(
    hours: Hours, terms: Sequence[DaySpan], minute: datetime, *, serving: bool, days: int = 12
) -> datetime | None:
    for _ in range(days * MIDNIGHT):
        if _serves(hours, terms, minute) is serving:
            return minute
        minute += timedelta(minutes=1)
    return None


def _opening(hours: Hours, minute: datetime) -> datetime | None:
    before = _is_open(hours, minute)
    for _ in range(9 * MIDNIGHT):
        minute += timedelta(minutes=1)
        now = _is_open(hours, minute)
        if now and not before:
            return minute
        before = now
    return None


def _chord(place: Point, card: OfficeCard) -> int:
    """Metres over the ground from the chord between two points of a ball."""

    def point(latitude: str, longitude: str) -> tuple[float, float, float]:
        north, east = math.radians(float(latitude)), math.radians(float(longitude))
        return (
            math.cos(north) * math.cos(east),
            math.cos(north) * math.sin(east),
            math.sin(north),
        )

    chord = math.dist(point(*place), point(card.latitude, card.longitude))
    return round(2 * 6_371_008.8 * math.asin(chord / 2))


def told(found: Sequence[Near]) -> list[tuple[str, str, datetime | None]]:
    """As `counted` says it; beyond the days that this looks through nothing ends."""
    rows = []
    for near in found:
        state = "open" if near.until else "shut" if near.opens else "unknown"
        rows.append((near.card.code, state, near.until or near.opens))
    return rows


@pytest.mark.long
def test_forty_offices_and_a_thousand_places_agree_with_a_count_by_other_means() -> None:
    random = Random(17)
    asked = 0
    for _ in range(20):
        offices = a_city(random)
        moment = datetime.combine(DAY, time(), TEHRAN) + timedelta(
            minutes=random.randrange(3 * 1440)
        )
        step_free = random.random() < 0.2
        minutes = counted(offices, ("31.9", "54.36"), moment, step_free=step_free)
        shown = {code: (state, when) for code, state, when in minutes}
        for _ in range(50):
            asked += 1
            place = (f"{random.uniform(31.80, 31.96):.6f}", f"{random.uniform(54.27, 54.44):.6f}")
            found = nearest(offices, SERVICE, place, moment, CALENDAR, step_free=step_free)
            rows = told(found)
            far = {o.card.code: _chord(place, o.card) for o in offices if o.card.has_place}
            rank = ("open", "shut", "unknown").index
            order = sorted(
                shown,
                key=lambda c: (rank(shown[c][0]), c not in far, far.get(c, 0), c),
            )
            assert [code for code, *_ in rows] == order
            for code, state, when in rows:
                assert state == shown[code][0]
                # Nothing ends within the days that are walked through: then it is farther off.
                if shown[code][1] is not None:
                    assert when == shown[code][1], code
            only = nearest(
                offices, SERVICE, place, moment, CALENDAR, only_open=True, step_free=step_free
            )
            assert only == [near for near in found if near.until is not None]
    assert asked == 1_000


def test_two_that_are_as_far_stand_by_their_codes() -> None:
    offices = [
        replace(office, card=replace(office.card, latitude="31.90", longitude="54.30"))
        for office in a_city(Random(3))
    ]
    found = nearest(offices, OTHER, ("31.90", "54.30"), _at(10), CALENDAR, only_open=True)
    codes = [near.card.code for near in found]
    assert len(codes) > 5
    assert codes == sorted(codes)


def test_a_service_handed_over_from_tomorrow_is_done_when_the_office_opens_then() -> None:
    offices = [_plain("21", DaySpan(DAY + _A_DAY, None))]
    (near,) = nearest(offices, SERVICE, None, _at(10), CALENDAR)
    assert (near.until, near.opens) == (None, _at(7, 30, DAY + _A_DAY))
    assert nearest(offices, SERVICE, None, _at(10), CALENDAR, only_open=True) == []
    # What ends today is not done tomorrow.
    ending = [_plain("21", DaySpan(DAY - _A_DAY, DAY))]
    assert nearest(ending, SERVICE, None, _at(21), CALENDAR) == []


def test_an_office_that_never_shuts_does_what_it_does_until_the_delegation_ends() -> None:
    always = Hours(((Span(0, MIDNIGHT),),) * 7, (SpecialDay(HOLIDAY, (Span(0, MIDNIGHT),)),))
    ends = [_plain("21", DaySpan(DAY, DAY), always), _plain("22", DaySpan(DAY, None), always)]
    one, other = nearest(ends, SERVICE, None, _at(10), CALENDAR)
    assert one.until == _at(0, 0, DAY + _A_DAY)
    assert other.until is not None
    assert other.until > _at(0, 0, DAY + 30 * _A_DAY)


def test_where_all_are_shut_the_first_to_open_is_told() -> None:
    late = Hours(((Span(600, 900),),) * 7)
    offices = [_plain("8", DaySpan(DAY, None)), _plain("7", DaySpan(DAY, None), late)]
    found = nearest(offices, SERVICE, None, _at(22), CALENDAR)
    first = first_to_open(found)
    assert first is not None
    assert (first.card.code, first.opens) == ("8", _at(7, 30, DAY + _A_DAY))
    assert first_to_open([]) is None


def test_what_is_said_later_or_for_a_later_day_stands_in_the_place_of_what_was() -> None:
    def said(since: int, until: int | None, *, withdrawn: bool = False) -> Delegation:
        last = None if until is None else DAY + until * _A_DAY
        return Delegation("21", SERVICE, DAY + since * _A_DAY, last, ACT, withdrawn=withdrawn)

    def days(*terms: tuple[int, int | None]) -> tuple[DaySpan, ...]:
        return tuple(
            DaySpan(DAY + a * _A_DAY, None if b is None else DAY + b * _A_DAY) for a, b in terms
        )

    assert terms_of([said(0, None)]) == days((0, None))
    assert terms_of([said(5, None), said(0, None)]) == days((0, 4), (5, None))
    assert terms_of([said(0, 2), said(5, 9)]) == days((0, 2), (5, 9))
    assert terms_of([said(0, None), said(5, None, withdrawn=True)]) == days((0, 4))
    assert terms_of([said(0, None), said(0, 3)]) == days((0, 3))
    assert terms_of([said(0, 3, withdrawn=True)]) == ()


said_of = st.builds(
    Delegation,
    office=st.just("21"),
    service=st.just(SERVICE),
    since=st.integers(0, 8).map(lambda ahead: DAY + ahead * _A_DAY),
    until=st.none() | st.integers(0, 12).map(lambda ahead: DAY + ahead * _A_DAY),
    act=st.just(ACT),
    withdrawn=st.booleans(),
)


@pytest.mark.slow
@given(st.lists(said_of, max_size=6))
def test_a_term_holds_where_what_was_said_last_for_the_latest_day_holds(
    told: list[Delegation],
) -> None:
    terms = terms_of(told)
    for ahead in range(-1, 15):
        day = DAY + ahead * _A_DAY
        begun = [one for one in told if one.since <= day]
        latest = max((one.since for one in begun), default=None)
        last = [one for one in begun if one.since == latest][-1:]
        assert any(term.holds(day) for term in terms) is any(one.holds(day) for one in last)


def _plain(code: str, term: DaySpan, hours: Hours | None = None) -> FinderOffice:
    plain = Hours(((Span(450, 1200),),) * 7)
    card = OfficeCard(code, code, "", "", "", 1, "", sample=True, hours=hours or plain)
    return FinderOffice(card, {SERVICE: (term,)})


def _at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), TEHRAN)


@pytest.mark.long
def test_of_five_thousand_each_is_found_once_and_in_order() -> None:
    offices = [
        replace(office, card=replace(office.card, code=f"{number:04}"))
        for number, office in enumerate(a_city(Random(5), 5_000))
    ]
    found = nearest(offices, OTHER, ("31.90", "54.36"), _at(10), CALENDAR)
    assert len({near.card.code for near in found}) == len(found) == 5_000
    ways = [near.metres for near in found if near.until is not None and near.metres is not None]
    assert ways == sorted(ways)
    assert len(ways) > 1_000


@pytest.mark.parametrize("hour", [0, 6, 10, 15, 23])
def test_who_does_it_from_tomorrow_on_is_told_of_at_every_hour_of_today(hour: int) -> None:
    terms = (DaySpan(DAY + _A_DAY, None),)
    split = Hours(((Span(450, 720), Span(960, 1200)),) * 7)
    card = OfficeCard("30", "دفتر ۳۰", "", "", "", 1, "", sample=True, hours=split)
    offices = [FinderOffice(card, {SERVICE: terms})]
    (near,) = nearest(offices, SERVICE, None, datetime.combine(DAY, time(hour), TEHRAN), CALENDAR)
    assert near.opens == datetime.combine(DAY + _A_DAY, time(7, 30), TEHRAN)
