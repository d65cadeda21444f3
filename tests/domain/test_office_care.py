"""What an office is, whether it is in touch, and what its supervisors do next for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from desktop.demo.people import OFFICE
from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.contact import Contact, contact
from desktop.domain.conversion import ConversionStep
from desktop.domain.hours import Hours, Span
from desktop.domain.office import OfficeKind
from desktop.domain.office_care import (
    Care,
    Footing,
    LastTold,
    OfficeState,
    contact_of,
)
from desktop.domain.stop import Stop, Stopped

TODAY = date(2026, 11, 24)
YEARS_LATER = TODAY + timedelta(days=900)
FREE = OfficeCalendar({})
MORNING = Hours(((Span(450, 840),),) * 6 + ((),))
"""From 7:30 to 14:00, Fridays shut."""
NIGHTS = Hours(((Span(0, 120), Span(1200, 1440)),) * 7)
"""From 20:00 over midnight to 2:00."""
AGENCY = replace(OFFICE, kind=OfficeKind.AGENCY, latitude="31.8974", longitude="54.3569")
STOP = Stop(
    Stopped.OFFICE,
    "21",
    datetime(2026, 11, 22, 8, tzinfo=TEHRAN),
    "پروانه",
    Act("۱", TODAY, "شورا"),
)


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """A moment of the day in Yazd."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)


def test_an_office_that_called_within_a_quarter_hour_is_in_touch_open_or_shut() -> None:
    for hours in (MORNING, None):
        assert contact(at(9, 45), hours, FREE, at(10)) is Contact.IN_TOUCH
    assert contact(at(13, 50), MORNING, FREE, at(14, 5)) is Contact.IN_TOUCH


def test_half_an_hour_without_a_call_while_it_is_open_is_silence() -> None:
    assert contact(at(9, 30), MORNING, FREE, at(10)) is Contact.LATE
    assert contact(at(9, 29), MORNING, FREE, at(10)) is Contact.SILENT
    assert contact(None, MORNING, FREE, at(10)) is Contact.SILENT


def test_the_night_before_it_opened_is_no_silence() -> None:
    yesterday = at(13, 55, TODAY - timedelta(days=1))
    assert contact(yesterday, MORNING, FREE, at(7, 0)) is Contact.SHUT
    assert contact(yesterday, MORNING, FREE, at(7, 55)) is Contact.LATE
    assert contact(yesterday, MORNING, FREE, at(8, 1)) is Contact.SILENT


def test_a_holiday_is_no_silence_and_hours_that_nobody_told_are_none() -> None:
    holiday = OfficeCalendar({TODAY: "تعطیل"})
    assert contact(None, MORNING, holiday, at(10)) is Contact.SHUT
    assert contact(None, None, FREE, at(10)) is Contact.LATE


def test_an_evening_that_goes_over_midnight_opened_the_day_before() -> None:
    assert NIGHTS.open_since(at(0, 10), FREE) == at(20, 0, TODAY - timedelta(days=1))
    assert NIGHTS.open_since(at(2, 0), FREE) is None
    assert contact(at(23, 30, TODAY - timedelta(days=1)), NIGHTS, FREE, at(0, 10)) is Contact.SILENT


def test_a_stop_stands_before_a_conversion_and_that_before_the_kind() -> None:
    plain = OfficeState(AGENCY, TODAY)
    assert plain.footing is Footing.AGENCY
    assert OfficeState(replace(AGENCY, kind=OfficeKind.COUNTER), TODAY).footing is Footing.COUNTER
    assert OfficeState(replace(AGENCY, kind=None), TODAY).footing is Footing.UNTOLD
    assert OfficeState(replace(AGENCY, training=True), TODAY).footing is Footing.TRAINING
    under_way = replace(plain, lacks=())
    assert under_way.footing is Footing.CONVERTING
    assert replace(plain, converts_on=YEARS_LATER).footing is Footing.CONVERTING
    assert replace(under_way, stop=STOP).footing is Footing.STOPPED


def test_what_presses_most_is_done_first() -> None:
    ended = replace(AGENCY, licence_until=TODAY - timedelta(days=1))
    state = OfficeState(
        ended,
        TODAY,
        stop=STOP,
        lacks=(ConversionStep.STAFF,),
        contact=Contact.SILENT,
        told=LastTold(1),
    )
    cares = [state.care]
    for gone in ({"lacks": None}, {"contact": None}, {"card": AGENCY}, {"stop": None}):
        state = replace(state, **gone)
        cares.append(state.care)
    assert cares == [Care.CONVERSION, Care.CONTACT, Care.LICENCE_ENDED, Care.STOP, Care.NOTHING]
    assert replace(state, card=replace(AGENCY, latitude="", longitude="")).care is Care.PLACE


def test_a_disk_that_is_full_and_a_backup_that_lacks_are_cared_for() -> None:
    def care(**told: Any) -> Care:
        return OfficeState(AGENCY, TODAY, told=replace(LastTold(1, heard_at=at(10)), **told)).care

    fresh, old = at(1), at(10, day=TODAY - timedelta(days=8))
    assert care(backup_at=fresh) is Care.NOTHING, "nobody told how much room there is"
    assert care(backup_at=fresh, disk_mb=1_000) is Care.NOTHING
    assert care(backup_at=fresh, disk_mb=999) is care(disk_mb=1) is Care.DISK
    assert care() is care(backup_at=old) is Care.BACKUP
    assert OfficeState(AGENCY, TODAY, told=LastTold(1)).care is Care.NOTHING, "never at work"


def test_a_signed_conversion_waits_for_its_day_whatever_lacked_before() -> None:
    state = OfficeState(AGENCY, TODAY, converts_on=YEARS_LATER, lacks=(ConversionStep.STAFF,))
    assert state.care is Care.CONVERSION_DAY


def test_a_licence_is_renewed_thirty_days_before_its_end() -> None:
    def care(days: int) -> Care:
        card = replace(AGENCY, licence_until=TODAY + timedelta(days=days))
        return OfficeState(card, TODAY).care

    assert care(31) is Care.NOTHING
    assert care(30) is care(0) is Care.LICENCE_ENDING
    assert care(-1) is Care.LICENCE_ENDED
    assert OfficeState(AGENCY, TODAY).licence_ends is False


def test_without_a_desk_or_an_answer_nothing_is_said_of_contact() -> None:
    card = replace(AGENCY, hours=MORNING)
    assert contact_of(None, card, FREE, at(10)) is None
    assert contact_of(LastTold(desks=0), card, FREE, at(10)) is None
    assert contact_of(LastTold(desks=1), card, FREE, at(10)) is Contact.SILENT
