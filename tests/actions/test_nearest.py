"""The nearest office as a desk knows it: what it heard, places in every way, slip and list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.actions import nearest, staffing
from desktop.actions.desk import Seat
from desktop.actions.nearest import Finder
from desktop.centre import people
from desktop.centre.reference import publication
from desktop.centre.tables import QuestionRow
from desktop.demo.city import Scenario
from desktop.domain.city_places import PlaceKind
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.nearest import nearest as counted
from desktop.domain.persian import to_persian_digits
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.forms.published_values import value_text
from desktop.wire.calls import Answered, Asked, Call
from tests import nearby
from tests.delegated import ACT, WHY, announce
from tests.reports.reading import text_of
from tests.town import Town

pytestmark = pytest.mark.slow
POINT = ("31.8842", "54.3972")


@pytest.fixture
def town(small_town: Town) -> Town:
    """What a desk knows lies in its own SQLite."""
    return small_town


@pytest.fixture
def city(town: Town) -> list[nearby.Nearby]:
    """Forty offices that both desks have heard of."""
    return nearby.settle(town.house)


@pytest.fixture
def finder(town: Town, city: list[nearby.Nearby]) -> Finder:
    return nearest.known(town.crew.clerk.desk)


def without_line(seat: Seat) -> Seat:
    """The seat at a desk whose line is down."""

    def down(call: Call[Asked, Answered], body: Asked, /) -> Answered:
        raise LineDown

    return replace(seat, desk=replace(seat.desk, ask=down))


def test_a_desk_knows_which_offices_do_what_and_a_stopped_one_does_nothing(
    town: Town, finder: Finder, city: list[nearby.Nearby]
) -> None:
    known = {office.card.own_id: dict(office.services) for office in finder.offices}
    made = nearby.finder_of(city)
    assert known == {office.card.own_id: dict(office.services) for office in made}
    assert finder.own == "21"
    for service in finder.services:
        found = finder.near(service, POINT, only_open=True)
        assert found == counted(
            made, service, POINT, finder.moment, finder.calendar, only_open=True
        )
    clerk = town.crew.clerk
    before = finder.near("clearance", POINT, only_open=True)
    assert finder.own in {near.card.own_id for near in before}
    announce(town)
    staffing.stop(town.crew.supervisor, Stopped.OFFICE, finder.own, WHY, ACT)
    town.house.office.sync()
    after = nearest.known(clerk.desk).near("clearance", POINT, only_open=True)
    assert finder.own not in {near.card.own_id for near in after}


@pytest.mark.long
def test_a_stopped_clerk_is_nobody_who_is_trained(town: Town, city: list[nearby.Nearby]) -> None:
    clerk = town.crew.clerk
    ids = {office.card.own_id for office in nearest.known(clerk.desk).offices if office.services}
    assert "office01" in ids
    who, centre = "clerk-of-office01", town.house.centre
    stop = Stop(Stopped.PERSON, who, town.clock.moment, WHY, ACT)
    with centre.writing() as session:
        told = publication(Topic.STOP, who, nearby.TODAY, value_text(stop))
        people.publish(session, [told], centre.clock())
    town.house.office.sync()
    left = {o.card.own_id for o in nearest.known(clerk.desk).offices if o.services}
    assert left == ids - {"office01"}


@pytest.mark.long
def test_a_place_is_named_in_each_of_its_ways(finder: Finder) -> None:
    near, street = PlaceKind.NEIGHBOURHOOD, PlaceKind.STREET
    there = nearest.named_place(finder, near, "نعيم آباد")
    assert (there.point, there.words) == (POINT, "محلهٔ نعیم‌آباد")
    assert nearest.named_place(finder, street, "خیابان قیام").words == "خیابان قیام"
    assert nearest.named_place(finder, street, "31.90, 54.36").point == ("31.9000000", "54.3600000")
    assert nearest.postal_place(finder, "۸۹۱۵۸۱۸۴۱۱").point == POINT
    with pytest.raises(Refusal, match="شاید نعیم‌آباد") as meant:
        nearest.named_place(finder, near, "نعیماد")
    assert meant.value.field == "نعیم‌آباد"
    with pytest.raises(Refusal, match="در فهرست نیست؛ محله‌ای نزدیک را بنویسید") as unknown:
        nearest.named_place(finder, near, "شیراز")
    assert not unknown.value.field
    with pytest.raises(Refusal, match="کد پستی ۷۱۴۵… در فهرست نیست"):
        nearest.postal_place(finder, "7145818411")
    with pytest.raises(Refusal, match="کد پستی"):
        nearest.postal_place(finder, "7145")


@pytest.mark.long
def test_a_property_lies_where_the_records_say(town: Town, finder: Finder) -> None:
    clerk, record = town.crew.clerk, town.record(Scenario.CLEAN)
    found = nearest.property_place(clerk, finder, "clearance", str(record.code))
    assert [float(part) for part in found.point] == [
        float(record.latitude),
        float(record.longitude),
    ]
    with pytest.raises(Refusal, match="در سوابق نیست؛ محله را بنویسید"):
        nearest.property_place(clerk, finder, "clearance", "3-99-999-1-0-0-0")
    with pytest.raises(Refusal):
        nearest.property_place(clerk, finder, "clearance", "3-99")
    # Both questions are logged; neither waits for a case of this office.
    with town.house.centre.reading() as session:
        columns = select(QuestionRow.found, QuestionRow.standing, QuestionRow.code)
        asked = session.execute(columns.order_by(QuestionRow.found)).all()
    assert [tuple(row) for row in asked] == [(False, False, ""), (True, False, "")]


@pytest.mark.long
def test_without_a_line_a_property_lies_where_this_office_heard(town: Town, finder: Finder) -> None:
    clerk, unrecorded = town.crew.clerk, "3-99-999-1-0-0-0"
    alone = without_line(clerk)
    with pytest.raises(Refusal, match="خط قطع است"):
        nearest.property_place(alone, finder, "clearance", unrecorded)
    town.register(None, "no-violation", code=unrecorded, address="یزد، صفائيه، کوچهٔ ۳")
    for seat in (alone, clerk):
        assert nearest.property_place(seat, finder, "clearance", unrecorded).words == "محلهٔ صفائیه"


@pytest.mark.long
def test_slip_and_list_say_where_when_and_what_to_bring(town: Town, finder: Finder) -> None:
    clerk = without_line(town.crew.clerk)
    near = finder.near("no-violation", POINT, only_open=True)[0]
    text = " ".join(text_of(nearest.slip(clerk, finder, "no-violation", near)))
    for words in (near.card.code, "شنبه تا چهارشنبه", "با خود بیاورید", "سند مالکیت", "۱۴۰۵/۰۹/۰۳"):
        assert to_persian_digits(words) in text, words
    assert "باز می‌شود" not in text
    night = replace(finder, moment=finder.moment.replace(hour=20))
    shut = next(n for n in night.near("no-violation", POINT, only_open=False) if n.opens)
    text = " ".join(text_of(nearest.slip(clerk, night, "no-violation", shut)))
    assert "باز می‌شود چهارشنبه ۴ آذر ۱۴۰۵ از ۷ ۳۰" in text
    listed = " ".join(text_of(nearest.wall(clerk, finder, "no-violation")))
    for place in finder.neighbourhoods:
        assert place.name in listed
    with pytest.raises(Refusal, match="فهرست دیواری خالی است"):
        nearest.wall(clerk, replace(finder, offices=()), "no-violation")
