"""When visits are is a figure of the city: what a citizen is told, and who is late, follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.actions import papers, publishing, visits
from desktop.actions.city_words import city_words
from desktop.centre.message_tables import CitizenMessageRow
from desktop.demo.following import book, case_now, miss
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.request import Slot
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedDistrictName, DatedHalfDay
from tests.centre.test_places import today
from tests.centre.test_places import town as town
from tests.publish import figures, in_force
from tests.reports.reading import text_of
from tests.town import Town

HOURS, NAME = "۹:۳۰ تا ۱۱:۰۰", "شهرک دانش"


def booked(town: Town) -> Case:
    """A property without a record, its visit on the soonest half-day."""
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(town.crew.clerk, case_id))
    return case_now(town.crew.clerk, case_id)


@pytest.mark.slow
def test_changed_hours_reach_the_message_the_slip_and_who_is_late(small_town: Town) -> None:
    town, first = small_town, today(small_town) + timedelta(days=1)
    since = iso_jalali(first)
    first_half = DatedHalfDay(half=1, begins="9:30", ends="11:00", since=since)
    in_force(town.crew, figures(town.crew, Topic.HALF_DAY, first_half))
    name = DatedDistrictName(district=2, name=NAME, since=since)
    in_force(town.crew, figures(town.crew, Topic.DISTRICT_NAME, name))
    for house in (town.house.office, town.house.municipality):
        house.sync()

    case, clerk = booked(town), town.crew.clerk
    assert case.slot is not None
    assert (case.slot.half, case.slot.district) == (1, 2)
    with town.house.centre.reading() as session:
        told = select(CitizenMessageRow.words).where(CitizenMessageRow.occasion == "slot")
        assert f"ساعت {HOURS}" in session.scalars(told).one()
    said = " ".join(text_of(papers.slip(clerk, case.case_id)))
    # A paper's words come back without the colons.
    assert HOURS.replace(":", " ") in said
    assert NAME in said

    words = city_words(clerk.desk)
    assert words.halves(first)[1].words == HOURS
    assert words.halves(first - timedelta(days=1)) == Halves()

    # Who tells other hours is told whom that reaches.
    again = DatedHalfDay(half=1, begins="9:00", ends="11:00", since=iso_jalali(case.slot.day))
    weighed = publishing.weigh(town.crew.supervisor, figures(town.crew, Topic.HALF_DAY, again))
    assert [each.words for each in weighed.warnings] == [
        "ساعت نیمهٔ نخست بازدید: ۱ بازدید از آن روز نوبت دارد؛ به متقاضی ساعت دیگری گفته شده است."
    ]

    # At half past eight nobody was to be there yet, and the visit can still be moved.
    half_past_eight = Halves().begins(case.slot.day, 1) + timedelta(minutes=30)
    town.clock.moment = half_past_eight
    with pytest.raises(Refusal, match=f"نوبت این بازدید {HOURS} است"):
        miss(town.crew, case, "absent", half_past_eight - timedelta(minutes=1))
    later = visits.free_slots(clerk, 2, 9)[-1]
    visits.move(clerk, case, Slot(later.day, later.half, later.district), "درخواست مالک")


@pytest.mark.slow
def test_who_is_late_by_the_hours_that_hold_moves_nothing(small_town: Town) -> None:
    town = small_town
    since = iso_jalali(today(town) + timedelta(days=1))
    early = DatedHalfDay(half=1, begins="7:00", ends="11:00", since=since)
    in_force(town.crew, figures(town.crew, Topic.HALF_DAY, early))
    for house in (town.house.office, town.house.municipality):
        house.sync()
    case, clerk = booked(town), town.crew.clerk
    assert case.slot is not None
    later = visits.free_slots(clerk, 2, 9)[-1]
    town.clock.moment = Halves().begins(case.slot.day, 1) - timedelta(minutes=30)
    with pytest.raises(Refusal, match="ساعت این نوبت رسیده است"):
        visits.move(clerk, case, Slot(later.day, later.half, later.district), "درخواست مالک")
