"""The inspector's day as he uses it: his way, a visit that did not take place, without a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import publishing
from desktop.actions.city_words import CityWords
from desktop.demo.following import book, case_now
from desktop.domain.calendar import TEHRAN, format_day_month, iso_jalali
from desktop.domain.case import Case
from desktop.domain.papers import PackPart
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedHalfDay
from desktop.ui import city_words, places
from desktop.ui.look import Look
from desktop.ui.pages.inspection.ends import MissForm
from desktop.ui.pages.inspection.page import VisitDayPage
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from tests.publish import figures, in_force
from tests.reports.reading import pages_of
from tests.ui.keyboard import press
from tests.ui.pages.cases import Line, registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import filled, told_missed
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def _to_visit(office: Office) -> Iterator[Case]:
    return (case for case in registered(office.crew) if case.state is State.VISIT_DUE)


def booked(office: Office, count: int) -> list[Case]:
    """So many visits, each on the soonest half-day."""
    found = []
    for case in islice(_to_visit(office), count):
        book(office.crew, case)
        found.append(case_now(office.crew.clerk, case.case_id))
    return found


def on(office: Office, case: Case) -> None:
    """The day of the visit is here."""
    assert case.slot is not None
    office.clock.moment += case.slot.day - office.clock.moment.astimezone(TEHRAN).date()


def opened(office: Office, day: date | None = None) -> VisitDayPage:
    office.sit(Role.INSPECTOR)
    wake(office)
    page = office.go(places.VisitDay(day))
    assert isinstance(page, VisitDayPage)
    return page


def words(office: Office) -> str:
    labels = office.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def main(page: VisitDayPage | MunicipalCasePage) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def act(page: VisitDayPage | MunicipalCasePage) -> None:
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def listed(page: VisitDayPage) -> list[str]:
    return [line.case_id for line in page.listed.rows.lines]


@pytest.mark.long
def test_the_day_tells_where_whom_to_call_and_what_to_look_at(office: Office) -> None:
    visits = booked(office, 4)
    on(office, visits[0])
    page = opened(office)
    assert page.heading.title == "بازدیدهای امروز"
    assert page.heading.second == "۴ مانده"
    assert set(listed(page)) == {case.case_id for case in visits}
    assert main(page) == "گزارش بازدید ۱"
    press(page, Key.Key_Down)
    assert main(page) == "گزارش بازدید ۲"
    assert faults(office) == []


@pytest.mark.long
def test_with_large_letters_a_key_shows_the_way_and_the_pack(office: Office) -> None:
    visits = booked(office, 2)
    on(office, visits[0])
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    page = opened(office)
    assert page.side is not None
    assert not page.side.isVisible()
    assert page.bar is not None
    (key,) = (each for each in page.bar.findChildren(Button) if each.keys() == "F7")
    key.click()
    QApplication.processEvents()
    assert page.side.isVisible()
    assert "بستهٔ چاپی" in words(office)
    assert faults(office) == []


@pytest.mark.long
def test_the_order_is_his_and_never_over_a_half_day(office: Office) -> None:
    visits = booked(office, 3)
    on(office, visits[0])
    page = opened(office)
    before = listed(page)
    press(page.listed, Key.Key_Down, ALT)
    assert listed(page) == [before[1], before[0], before[2]]
    # The chosen one goes with its place.
    assert page.visit is not None
    assert page.visit.case.case_id == before[0]
    office.go(places.MunicipalQueue())
    assert listed(opened(office)) == [before[1], before[0], before[2]]


@pytest.mark.long
def test_a_visit_of_tomorrow_is_opened_and_not_reported(office: Office) -> None:
    (case,) = booked(office, 1)
    assert case.slot is not None
    page = opened(office)
    assert not page.listed.isVisible()
    assert "امروز بازدیدی ندارید" in words(office)
    assert "فردا، ۱ مورد" in words(office)
    assert not page.side_stands
    page.empty.button.click()
    QApplication.processEvents()
    assert page.heading.title == "بازدیدهای فردا"
    act(page)
    told = f"بازدید {format_day_month(case.slot.day)} است؛ گزارش از ساعت ۸:۰۰"
    assert told in words(office)
    assert office.page is page
    press(page.listed, Key.Key_Return)
    assert isinstance(office.page, MunicipalCasePage)


@pytest.mark.long
def test_what_did_not_take_place_is_told_in_the_list_s_place(office: Office) -> None:
    case, _ = booked(office, 2)
    on(office, case)
    page = opened(office)
    page.listed.choose(page.found.place(case.case_id) if page.found else -1)
    page.begin_miss()
    form = page.form
    assert isinstance(form, MissForm)
    act(page)
    assert form.cause.error() == "علت را برگزینید."
    press(page, Key.Key_Escape)
    assert page.form is None
    page.begin_miss()
    assert page.form is not None
    told_missed(page.form, "absent")
    act(page)
    assert page.form is None
    office.house.office.sync()
    assert case_now(office.crew.clerk, case.case_id).state is State.VISIT_DUE
    assert page.heading.second == "۱ انجام‌شده، ۱ مانده"


@pytest.mark.long
def test_without_a_line_the_day_is_here_and_its_report_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = booked(office, 2)
    on(office, case)
    page = opened(office)
    line = Line(monkeypatch)
    line.cut = True
    press(page, Key.Key_F5)
    assert "خط قطع است؛ هر ۲ بازدید" in words(office)
    page.listed.choose(page.found.place(case.case_id) if page.found else -1)
    act(page)
    report = office.page
    assert isinstance(report, MunicipalCasePage)
    filled(report)
    act(report)
    assert main(report) == "بازدید بعدی"
    assert "در صف ارسال به مرکز" in words(office)
    act(report)
    page = office.page  # type: ignore[assignment]
    assert isinstance(page, VisitDayPage)
    assert [line.chip.words for line in page.listed.rows.lines if line.done] == [
        "گزارش در صف ارسال"
    ]
    # Opened again, it can't be reported twice.
    page.listed.choose(page.found.place(case.case_id) if page.found else -1)
    press(page.listed, Key.Key_Return)
    again = office.page
    assert isinstance(again, MunicipalCasePage)
    assert again._main_form is None
    line.cut = False
    office.house.municipality.sync()
    office.house.office.sync()
    assert case_now(office.crew.clerk, case.case_id).report is not None


@pytest.mark.long
def test_the_pack_is_printed_in_the_order_of_the_way_without_a_line_too(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = booked(office, 2)
    on(office, visits[0])
    page = opened(office)
    assert page.panel.sheets.words() == "۶ برگ"
    Line(monkeypatch).cut = True
    press(page.listed, Key.Key_Down, ALT)
    press(page, Key.Key_F8)
    pdf = page.paper.frame.pdf()
    told = [" ".join(each) for each in pages_of(pdf)]
    assert len(told) == 6
    addresses = [line.address.split("،")[0] for line in page.listed.rows.lines]
    assert addresses[0] in told[0]
    assert addresses[1] in told[3]
    assert "کروکی" in told[1]
    assert "تخلف مشهود" in told[2]
    press(page, Key.Key_Escape)
    page.panel.parts[PackPart.RECORD].click()
    assert page.panel.sheets.words() == "۴ برگ"
    press(page, Key.Key_F8)
    assert len(pages_of(page.paper.frame.pdf())) == 4
    # Whoever looks at something else between does not choose again.
    office.go(places.Home())
    office.go(places.VisitDay())
    again = office.page
    assert isinstance(again, VisitDayPage)
    assert not again.panel.parts[PackPart.RECORD].value()


@pytest.mark.long
def test_the_hours_that_were_published_are_the_window_s(office: Office) -> None:
    (case,) = booked(office, 1)
    assert case.slot is not None
    begins, ends = ("9:30", "11:00") if case.slot.half == 1 else ("12:30", "14:00")
    item = DatedHalfDay(
        half=case.slot.half, begins=begins, ends=ends, since=iso_jalali(case.slot.day)
    )
    draft = figures(office.crew, Topic.HALF_DAY, item)
    (booked_then,) = publishing.weigh(office.crew.supervisor, draft).warnings
    in_force(office.crew, draft, [booked_then])
    try:
        on(office, case)
        page = opened(office)
        office.house.municipality.sync()
        wake(office)
        press(page, Key.Key_F5)
        assert {line.window for line in page.listed.rows.lines} == {item.words}
    finally:
        city_words.keep(CityWords())
