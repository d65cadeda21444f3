"""The nearest office at the counter: found by keyboard, printed, also without a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import day, intake, nearest
from desktop.actions.desk import Seat
from desktop.actions.nearest import Finder, Whence
from desktop.domain.enforcement import SENT_ON, Bar, OfficeRule
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.home.page import Home
from desktop.ui.pages.nearest.asking import Way
from desktop.ui.pages.nearest.cards import NARROW, WIDE
from desktop.ui.pages.nearest.page import NearestPage
from desktop.ui.pages.search.services import ServicesPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import EVERYTHING
from tests import nearby
from tests.houses import properties_on
from tests.reports.reading import text_of
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form
from tests.ui.pages.seeing import faults
from tests.ui.spooler import Spooler

pytestmark = pytest.mark.slow
POINT = ("31.8842", "54.3972")
WHY = SENT_ON[Bar.NOT_DELEGATED]
ALT, CONTROL = Modifier.AltModifier, Modifier.ControlModifier


@pytest.fixture
def city(office: Office) -> list[nearby.Nearby]:
    """Forty offices, and a clerk who sits in one of them."""
    settled = nearby.settle(office.house)
    office.sit(Role.CLERK)
    return settled


def opened(office: Office, place: places.Nearest | None = None) -> NearestPage:
    page = office.go(place or places.Nearest())
    QApplication.processEvents()
    assert isinstance(page, NearestPage)
    return page


def codes(page: NearestPage) -> list[str]:
    return [card.near.card.code for card in page.cards.cards]


@pytest.mark.long
def test_a_clerk_finds_it_by_keyboard_alone(office: Office, city: list[nearby.Nearby]) -> None:
    # The way to it without the rail's group and its menu.
    press(office.window, Qt.Key.Key_K, Modifier.ControlModifier)
    QApplication.processEvents()
    type_text(office.window, "نزدیک")
    QApplication.processEvents()
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, NearestPage)
    assert page.ask.service.hasFocus()
    type_text(office.window, "عدم خلاف")
    press(office.window, Qt.Key.Key_Return)
    press(office.window, Qt.Key.Key_Return)
    press(office.window, Qt.Key.Key_Return)
    assert page.ask.line.hasFocus()
    type_text(office.window, "نعيم اباد")
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    finder = nearest.known(office.crew.clerk.desk)
    found = finder.near("no-violation", POINT, only_open=True)
    assert codes(page) == [near.card.code for near in found[:WIDE]]
    assert page.cards.cards[0].hasFocus()
    own = [near.card.own_id for near in found[:WIDE]].index(finder.own)
    assert "همین دفتر" in page.cards.cards[own].accessibleName()


def test_digits_and_arrows_choose_and_the_slip_is_printed(
    office: Office, city: list[nearby.Nearby], spooler: Spooler
) -> None:
    page = opened(office, places.Nearest("no-violation", typed="نعیم‌آباد"))
    found = nearest.known(office.crew.clerk.desk).near("no-violation", POINT, only_open=True)
    assert faults(office) == []
    press(office.window, Qt.Key.Key_3)
    assert page.cards.near == found[2]
    assert page.panel.sketch.key() == found[2].card.own_id
    press(office.window, Qt.Key.Key_PageDown)
    assert codes(page) == [near.card.code for near in found[WIDE : 2 * WIDE]]
    press(office.window, Qt.Key.Key_Up)
    assert page.cards.near == found[WIDE - 1]
    # A click on a mark of the sketch goes to its office, however far on it stands.
    page.panel.sketch.chosen.emit(found[-1].card.own_id)
    assert page.cards.near == found[-1]
    page.panel.sketch.chosen.emit(found[WIDE - 1].card.own_id)
    assert page.cards.near == found[WIDE - 1]
    press(office.window, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    (job,) = spooler.jobs()
    told = " ".join(text_of(job))
    assert to_persian_digits(found[WIDE - 1].card.code) in told
    assert "سند مالکیت" in told


@pytest.mark.long
def test_a_wrong_name_tells_what_may_be_meant_and_enter_takes_it(
    office: Office, city: list[nearby.Nearby]
) -> None:
    page = opened(office, places.Nearest("clearance"))
    page.ask.line.setFocus()
    type_text(office.window, "نعیماد")
    press(office.window, Qt.Key.Key_Return)
    assert page.ask.field.error() == "محله «نعیماد» در فهرست نیست؛ شاید نعیم‌آباد"
    assert not page.cards.cards
    assert page.ask.line.text() == "نعیماد"
    press(office.window, Qt.Key.Key_Return)
    assert page.ask.line.value() == "نعیم‌آباد"
    assert page.cards.cards
    assert page.ask.field.error() is None
    press(office.window, Qt.Key.Key_3, ALT)
    assert page.ask.lines[Way.POSTAL].hasFocus()
    type_text(office.window, "7145818411")
    press(office.window, Qt.Key.Key_Return)
    assert "۷۱۴۵… در فهرست نیست؛ محله را بنویسید" in (page.ask.field.error() or "")


@pytest.mark.long
def test_a_property_is_asked_for_once_however_long_the_page_stands(
    office: Office, city: list[nearby.Nearby], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, ask = [], nearest.property_place

    def counted(seat: Seat, finder: Finder, service: str, typed: str) -> Whence:
        asked.append(typed)
        return ask(seat, finder, service, typed)

    monkeypatch.setattr(nearest, "property_place", counted)
    items = properties_on(office.window.today())
    code = str(next(item.record.code for item in items))
    page = opened(office, places.Nearest("clearance", way=Way.CODE.value, typed=code))
    assert page.cards.cards
    for _ in range(3):
        page.minutes.timeout.emit()
    page.ask.step_free.click()
    page.ask.service.set_value("no-violation")
    page.ask.asked.emit()
    page.refresh(EVERYTHING)
    QApplication.processEvents()
    assert asked == [code]


@pytest.mark.long
def test_time_goes_on_and_what_is_half_typed_is_not_found_wrong(
    office: Office, city: list[nearby.Nearby]
) -> None:
    page = opened(office, places.Nearest("clearance", typed="نعیم‌آباد"))
    page.ask.line.setFocus()
    page.ask.line.selectAll()
    type_text(office.window, "صفا")
    before = codes(page)
    office.clock.moment += timedelta(minutes=1)
    page.minutes.timeout.emit()
    QApplication.processEvents()
    assert page.ask.field.error() is None
    assert codes(page) == before
    assert page.ask.line.text() == "صفا"


@pytest.mark.long
def test_the_main_key_says_what_is_missing(office: Office, city: list[nearby.Nearby]) -> None:
    page = opened(office)
    page.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F8):
        press(office.window, key, CONTROL if key == Qt.Key.Key_Return else Modifier.NoModifier)
        assert page.ask.service_field.error() == "خدمت را برگزینید."
        assert page.ask.service.hasFocus()


@pytest.mark.long
def test_closed_ones_follow_and_the_first_to_open_is_told_at_night(
    office: Office, city: list[nearby.Nearby]
) -> None:
    page = opened(office, places.Nearest("clearance", typed="نعیم‌آباد", only_open=False))
    finder = nearest.known(office.crew.clerk.desk)
    found = finder.near("clearance", POINT, only_open=False)
    shown = codes(page)
    while page.cards.turn(1):
        shown += codes(page)
    assert shown == [near.card.code for near in found]
    office.clock.moment += timedelta(hours=14)  # 0:42
    nearby.settle(office.house, [each for each in city if each.card.hours == nearby.PLAIN][:9])
    page.ask.only_open.set_value(True)
    page.ask.only_open.edited.emit()
    late = nearest.known(office.crew.clerk.desk)
    if not late.near("clearance", POINT, only_open=True):
        assert not page.none.isHidden()
        assert "نخستین: دفتر" in page.none.detail.text()
        assert len(page.cards.cards) == 1


@pytest.mark.long
def test_without_a_line_it_works_from_what_was_heard(
    office: Office, city: list[nearby.Nearby], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(office, places.Nearest("clearance", typed="نعیم‌آباد"))
    seat = office.window.seat

    def down(*_: object) -> None:
        raise LineDown

    monkeypatch.setattr(type(office.window), "seat", property(lambda _: replace(
        seat, desk=replace(seat.desk, ask=down)  # type: ignore[arg-type]
    )))  # fmt: skip
    before = codes(page)
    page.refresh(EVERYTHING)
    assert codes(page) == before
    page.ask.choose_way(Way.CODE)
    type_text(office.window, "2-14-308-27")
    press(office.window, Qt.Key.Key_Return)
    assert "خط قطع است" in (page.ask.field.error() or "")


@pytest.mark.long
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_at_150_there_are_four_and_nothing_is_cut(
    office: Office, city: list[nearby.Nearby], theme: Theme
) -> None:
    office.window.set_look(Look(theme, 150))
    QApplication.processEvents()
    page = opened(office, places.Nearest("no-violation", typed="حسن‌آباد مشیر"))
    assert len(page.cards.cards) == NARROW
    assert faults(office) == [], "\n".join(faults(office))
    press(office.window, Qt.Key.Key_F7)
    QApplication.processEvents()
    assert page.panel.isVisible()
    assert faults(office) == []


@pytest.mark.long
def test_a_form_that_this_office_may_not_take_leads_to_who_may(
    office: Office, city: list[nearby.Nearby]
) -> None:
    assert isinstance(office.go(places.Form("clearance")), CaseForm)
    nearby.rule(office.house, OfficeRule.DELEGATION)
    nearby.take_back(office.house, "21", "clearance")
    # Where services are offered it is told before anybody opens it.
    home = office.go(places.Home())
    assert isinstance(home, Home)
    (told,) = [key for key in home.services.keys if WHY in key.accessibleName()]
    assert told.accessibleName().startswith("مفاصاحساب")
    every = office.go(places.Services())
    assert isinstance(every, ServicesPage)
    assert [line.words for line in every.found.lines if line.detail == WHY] == ["مفاصاحساب نوسازی"]
    office.go(places.Home())
    office.go(places.Form("clearance"))
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, NearestPage)
    assert "به این دفتر واگذار نشده است" in page.why.accessibleName()
    assert page.ask.service.value() == "clearance"
    assert page.cards.cards
    assert "21" not in codes(page)
    assert faults(office) == []
    press(office.window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert office.page.place == places.Home()


@pytest.mark.long
def test_what_was_typed_before_a_service_was_taken_back_stays_and_its_property_is_sent_on(
    office: Office, city: list[nearby.Nearby]
) -> None:
    form = office.go(places.Form("clearance"))
    assert isinstance(form, CaseForm)
    assert form.open is not None
    form.open.take_sample(a_form(office, "clearance"))
    QApplication.processEvents()
    nearby.rule(office.house, OfficeRule.DELEGATION)
    nearby.take_back(office.house, "21", "clearance")
    (bar,) = intake.barred_of(office.window.seat, "clearance")
    # As registering refuses it.
    form.open.refused(Refusal(bar.words, field=bar.bar))
    QApplication.processEvents()
    banner = next(
        banner
        for banner in office.window.findChildren(Banner)
        if "واگذار نشده" in banner.accessibleName()
    )
    assert form.body is not None
    typed = form.body.estate.code.value()
    banner.link.click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, NearestPage)
    assert (page.ask.chosen_way, page.ask.line.value()) == (Way.CODE, typed)
    assert page.cards.cards
    # The draft is there; opened again it leads to the same place.
    (draft,) = day.today(office.window.seat).drafts
    office.go(places.Home())
    office.go(places.Form(draft.service, draft.draft_id))
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, NearestPage)
    assert page.ask.line.value() == typed
    assert not page.why.isHidden()
