"""The calendar tells whose hours are others on a day, and leads there; the card leads back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import offices
from desktop.demo.following import Crew
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.domain.people import Role
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.ui import places
from desktop.ui.pages.figures.calendar_list import CalendarList
from desktop.ui.pages.figures.page import MunicipalDataPage
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.offices.page import OfficesPage
from desktop.ui.widgets.button import Link
from tests.delegated import TODAY, put
from tests.houses import Filling
from tests.town import Town
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.offices.hands import codes, forty_offices
from tests.ui.pages.people.hands import words_of
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
DAY = TODAY + timedelta(days=5)
SHORT, OWN = (Span(540, 780),), (Span(600, 660),)


def special_days(house: House, crew: Crew, clock: SteppingClock) -> None:
    """Of forty offices three have the same hours of a day, one has others, one is shut."""
    forty_offices(house, crew, clock)
    town, since = Town(house, clock, crew, {}), TODAY + timedelta(days=1)
    for code, spans in {"11": SHORT, "12": SHORT, "14": SHORT, "17": OWN, "18": ()}.items():
        cards = offices.offices(crew.supervisor.desk)
        card = next(each for each in cards.values() if each.code == code)
        hours = replace(card.hours or Hours(), special=(SpecialDay(DAY, spans),))
        put(town, offices.office_draft([(replace(card, hours=hours), since)]))


@pytest.fixture
def filling() -> Filling:
    return special_days


@pytest.fixture
def city(office: Office) -> Office:
    return office


def calendar(office: Office, role: Role, day: date | None = None) -> MunicipalDataPage:
    office.sit(role)
    wake(office)
    page = office.go(places.MunicipalData("calendar", day=day))
    assert isinstance(page, MunicipalDataPage)
    return page


def links(page: MunicipalDataPage | OfficePage) -> dict[str, Link]:
    """The links beside the page, by what a reader hears."""
    QApplication.processEvents()
    return {each.accessibleName(): each for each in page.panel.findChildren(Link)}


@pytest.mark.long
def test_a_day_tells_who_has_other_hours_and_leads_to_them(city: Office) -> None:
    page = calendar(city, Role.SUPERVISOR, DAY)
    assert page.day == DAY
    assert isinstance(page.listed, CalendarList)
    assert "دفترهایی ساعت ویژه دارند" in page.listed.sheet.accessibleDescription()
    found = links(page)
    assert [*found] == [
        "۳ دفتر، ۹:۰۰ تا ۱۳:۰۰",
        "دفتر ۱۷، ۱۰:۰۰ تا ۱۱:۰۰",
        "دفتر ۱۸، تعطیل",
    ]
    assert faults(city) == []
    found["۳ دفتر، ۹:۰۰ تا ۱۳:۰۰"].click()
    QApplication.processEvents()
    listed = city.page
    assert isinstance(listed, OfficesPage)
    assert sorted(codes(listed)) == ["11", "12", "14", "17", "18"]
    assert "ساعت ویژه در ۸ آذر" in listed.listed.of_day.accessibleName()
    assert listed.listed.looked_for().startswith("ساعت ویژه در ۸ آذر")
    assert faults(city) == []
    # Whoever opens one and comes back finds them; the chip leaves them.
    listed.open_office()
    press(city.page, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert isinstance(city.page, OfficesPage)
    assert len(codes(city.page)) == 5
    city.page.listed.of_day.click()
    assert len(codes(city.page)) > 30
    assert city.page.listed.of_day.isHidden()


@pytest.mark.long
def test_an_office_leads_to_the_day_in_the_calendar_and_back(city: Office) -> None:
    page = calendar(city, Role.SUPERVISOR, DAY)
    links(page)["دفتر ۱۷، ۱۰:۰۰ تا ۱۱:۰۰"].click()
    QApplication.processEvents()
    card = city.page
    assert isinstance(card, OfficePage)
    assert "۱۷" in words_of(card.panel)
    assert faults(city) == []
    links(card)["۸ آذر، در تقویم"].click()
    QApplication.processEvents()
    again = city.page
    assert isinstance(again, MunicipalDataPage)
    assert again.day == DAY
    assert "دفتر ۱۷، ۱۰:۰۰ تا ۱۱:۰۰" in links(again)


def test_a_day_like_any_other_says_nothing_and_who_only_reads_has_no_link(city: Office) -> None:
    page = calendar(city, Role.EXPERT, DAY)
    assert links(page) == {}
    assert "۳ دفتر" in words_of(page.panel)
    assert isinstance(page.listed, CalendarList)
    page.listed.sheet.move_to(DAY + timedelta(days=1))
    assert "دفتر ۱۷" not in words_of(page.panel)
    assert "ساعت ویژه" not in page.listed.sheet.accessibleDescription()


def test_a_card_that_took_the_place_of_another_is_not_told_any_more(city: Office) -> None:
    cards = offices.offices(city.crew.supervisor.desk, DAY)
    card = next(each for each in cards.values() if each.code == "17")
    plain = replace(card, hours=replace(card.hours or Hours(), special=()))
    since = DAY - timedelta(days=1)
    put(city, offices.office_draft([(plain, since)]))  # type: ignore[arg-type]
    city.house.municipality.sync()
    page = calendar(city, Role.SUPERVISOR, DAY)
    assert not any("دفتر ۱۷" in name for name in links(page))
