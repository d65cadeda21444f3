"""Signing in: by number, by name, with a wrong password, and before the desks are open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.people import STAFF
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.door.sign_in import SignIn
from desktop.ui.work import Work
from tests.ui.keyboard import press, type_text
from tests.ui.layout_check import find_everywhere
from tests.ui.pages.conftest import Office


@pytest.mark.slow
def test_a_digit_picks_a_person_although_the_password_has_the_focus(office: Office) -> None:
    window = office.window
    assert window.sign_in.password.control.hasFocus()
    type_text(window, "۲")
    assert window.sign_in.name.value() == "محمد زارع"
    press(window, Qt.Key.Key_Return)
    assert window.seat.staff.role is Role.MANAGER


@pytest.mark.slow
def test_a_wrong_password_is_told_beside_it_and_can_be_mended(office: Office) -> None:
    page = office.window.sign_in
    type_text(page, "اشتباه")
    press(page, Qt.Key.Key_Return)
    assert page.password.error() == "نام کاربری یا گذرواژه درست نیست."
    assert office.window.page is None
    assert page.password.control.hasFocus()
    # Who has forgotten it is told whom to ask.
    assert page.forgotten.isVisible()
    assert "مسئول دفتر" in page.forgotten.text()
    # The wrong one is chosen: what is typed next takes its place.
    type_text(page, "نمونه")
    press(page, Qt.Key.Key_Return)
    assert office.window.page is not None


def test_a_manager_who_forgot_the_password_asks_the_municipality(office: Office) -> None:
    page = office.window.sign_in
    type_text(page, "۲")
    page.password.set_value("")
    type_text(page, "اشتباه")
    press(page, Qt.Key.Key_Return)
    assert "در شهرداری" in page.forgotten.text()
    # Another name is chosen: nothing was wrong with that one yet.
    page.choose(STAFF[0].name)
    assert not page.forgotten.isVisible()


def test_a_digit_of_a_password_or_name_that_is_typed_picks_nobody(office: Office) -> None:
    page = office.window.sign_in
    name = page.name.value()
    type_text(page, "رمز2")
    assert (page.name.value(), page.password.value()) == (name, "رمز2")
    page.name.control.setFocus()
    press(page, Qt.Key.Key_End)
    type_text(page, "ی3")
    assert page.name.value().endswith("ی3")
    assert page.password.value() == "رمز2"
    page.begin(name)
    type_text(page, "2")
    assert page.name.value() == "محمد زارع"
    type_text(page, "1")
    assert page.name.value() == STAFF[0].name, "one may think again"


def test_an_empty_password_is_asked_for(office: Office) -> None:
    press(office.window, Qt.Key.Key_Return)
    assert office.window.sign_in.password.error() == "گذرواژه را وارد کنید."


def test_the_keyboard_in_use_is_told_by_what_was_typed(office: Office) -> None:
    page = office.window.sign_in
    note = next(
        label
        for label in page.findChildren(type(page.name.label))
        if label.role == "text2" and label.text().startswith("صفحه‌کلید")
    )
    assert not note.isVisible()
    type_text(page, "k")
    assert note.isVisible()
    assert note.text() == "صفحه‌کلید: انگلیسی"
    type_text(page, "ن")
    assert note.text() == "صفحه‌کلید: فارسی"


def test_whoever_is_early_is_let_in_when_the_desks_open(office: Office) -> None:
    door = office.window._door
    assert door is not None
    page = SignIn(Work(serial=True))
    came: list[object] = []
    page.signed_in.connect(came.append)
    page.wait()
    page.name.set_value("زهرا فلاح")
    page.password.set_value("نمونه")
    page.go()
    assert not came
    page.open(door)
    assert len(came) == 1


@pytest.mark.slow
def test_what_a_start_has_to_say_is_read_once_at_the_door(office: Office) -> None:
    door = office.window._door
    assert door is not None
    page = office.window.sign_in
    assert not page.notice.isVisible()
    words = "دفتر نمونهٔ پیشین کنار گذاشته شد."
    page.open(replace(door, told=words))
    assert page.notice.isVisible()
    assert page.notice.accessibleName() == words
    type_text(page, "نمونه")
    press(page, Qt.Key.Key_Return)
    office.window.lock()
    assert page.isVisible()
    assert not page.notice.isVisible()


@pytest.mark.slow
def test_everybody_of_the_demo_gets_to_their_own_first_page(office: Office) -> None:
    first = {}
    for person in STAFF:
        office.sit(person.role)
        first[person.role] = office.page.place
        office.window.lock()
    assert first[Role.CLERK] == places.Home()
    assert first[Role.MANAGER] == places.ManagerHome()
    assert first[Role.EXPERT] == places.MunicipalQueue()
    assert first[Role.INSPECTOR] == places.VisitDay()
    assert first[Role.FINANCE] == places.MunicipalQueue()
    assert first[Role.PLANNER] == places.VisitPlan()
    assert first[Role.SUPERVISOR] == places.CityDay()
    assert first[Role.ADMIN] == places.Offices()


@pytest.mark.slow
def test_nothing_is_cut(office: Office, qapp: QApplication) -> None:
    assert find_everywhere(office.window, qapp) == []


@pytest.mark.slow
def test_a_sample_office_that_is_only_looked_at_has_its_way_back(office: Office) -> None:
    door = office.window._door
    assert door is not None
    back: list[bool] = []

    def go_back() -> None:
        back.append(True)
        office.window.close_door()

    office.window.close_door()
    office.window.open(replace(door, set_up=go_back))
    assert office.window.sign_in.looked_at.isVisible()
    assert office.window.isAncestorOf(office.window.sign_in.looked_at)
    office.sit(Role.CLERK)
    frame = office.window.frame
    assert frame is not None
    assert frame.looked_at.isVisible()
    frame.looked_at.link.click()
    QApplication.processEvents()
    assert back == [True]
    assert office.window.page is None
    assert not office.window.sign_in.looked_at.isVisible()
    office.window.open(door)
    office.sit(Role.MANAGER)
    assert office.window.seat.staff.role is Role.MANAGER
    assert office.window.frame is not None
    assert not office.window.frame.looked_at.isVisible()
