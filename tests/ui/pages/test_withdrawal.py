"""«پس‌گرفتن واگذاری»: which services, from when, by which act, who finishes what is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import delegations, handing_over, office_letters, publishing
from desktop.demo.people import PASSWORD
from desktop.domain.office_letter import OfficeLetterKind
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.delegation import words
from desktop.ui.pages.delegation.withdrawal import WithdrawalPage
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.office_letters.page import OfficeLettersPage
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from tests.delegated import TODAY, TOMORROW, announce, hand_over, open_office
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake
from tests.ui.pages.test_delegation import attach, date_into, main, settle, town_of, type_act

Key = Qt.Key
END = TODAY + timedelta(days=11)


@pytest.fixture
def other(office: Office) -> str:
    """Another office that has the clearance too; its id."""
    town = announce(town_of(office))
    made = open_office(town, "771", "امیرچخماق")
    hand_over(town, since=TOMORROW, offices=["21", made], services=["clearance"])
    hand_over(town, since=TOMORROW, offices=["21"], services=["walling"])
    return made


@pytest.fixture
def page(office: Office, other: str) -> WithdrawalPage:
    wake(office)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Withdrawal("21", "clearance"))
    assert isinstance(page, WithdrawalPage)
    settle(page)
    return page


def filled(page: WithdrawalPage) -> None:
    """All but who goes on and the password."""
    date_into(page, page.body.since_field, END)
    type_act(page)
    attach(page)


def sign(page: WithdrawalPage) -> None:
    page.panel.password.setFocus()
    type_text(page, PASSWORD)
    main(page)


@pytest.mark.long
def test_the_service_ends_by_two_signatures_and_the_office_gets_its_letter(
    office: Office, page: WithdrawalPage
) -> None:
    assert [one.service for one in page.body.chosen()] == ["clearance"]
    filled(page)
    page.body.cases.stays.click()
    settle(page)
    assert page.panel.letters == 1
    sign(page)
    [waits] = publishing.waiting(office.crew.second)
    doubts = publishing.weigh(office.crew.second, waits.draft)
    assert not doubts.hindrances
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    office.house.office.sync()
    newest = office_letters.letters(office.crew.manager.desk)[0].letter
    assert newest.kind is OfficeLetterKind.WITHDRAWAL
    assert ("21", "clearance") not in delegations.on_day(office.crew.manager.desk, END).delegations


@pytest.mark.long
def test_open_cases_are_counted_and_go_to_an_office_that_has_the_service(
    office: Office, page: WithdrawalPage, other: str
) -> None:
    filled(page)
    page.body.cases.goes.click()
    settle(page)
    assert ("heir", words.NO_HEIR_CHOSEN) in page.faults()
    control = page.body.heir.control
    assert isinstance(control, ListChoice)
    assert [key for key, _ in control.options()] == [other]
    control.set_value(other)
    control.edited.emit()
    settle(page)
    sign(page)
    [waits] = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    told = delegations.history(office.crew.supervisor.desk, "21")
    assert [one.heir for one in told if one.withdrawn] == [other]


@pytest.mark.long
def test_where_nobody_else_has_it_the_office_finishes_itself(page: WithdrawalPage) -> None:
    date_into(page, page.body.since_field, END)
    page.body.services.set_value(["walling"])
    page.body.services.edited.emit()
    page.body.cases.goes.click()
    settle(page)
    assert ("cases", words.NO_HEIR) in page.faults()


@pytest.mark.long
def test_how_many_cases_are_open_is_told(
    office: Office, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases.owing(office.crew)
    office.house.office.sync()
    wake(office)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Withdrawal("21"))
    assert isinstance(page, WithdrawalPage)
    settle(page)
    page.body.services.set_value(["clearance"])
    page.body.services.edited.emit()
    settle(page)
    assert "پرونده" in page.body.count.words()
    desk = office.crew.supervisor
    open_now = handing_over.open_cases(desk, "21", ["clearance"])
    assert open_now > 0
    # Of what ran out too, which the card's «سپردن پرونده‌های باز» asks of.
    known = handing_over.choices(office.crew.supervisor.desk)
    held = known.held["21", "clearance"]
    over = replace(held, until=known.day - timedelta(days=1))
    ended = replace(known, held={}, ended={("21", "clearance"): over})
    monkeypatch.setattr(handing_over, "choices", lambda _: ended)
    assert handing_over.open_cases(desk, "21", ["clearance"]) == open_now


@pytest.mark.long
def test_pressed_too_early_it_says_what_lacks(page: WithdrawalPage) -> None:
    page.body.services.set_value([])
    page.body.services.edited.emit()
    settle(page)
    press(page, Key.Key_Return, Modifier.ControlModifier)
    keys = [key for key, _ in page.body.errors.errors()]
    assert keys == ["services", "since", "act_number", "act_dated", "scan", "cases", "password"]


@pytest.mark.timeout(120)
@pytest.mark.long
def test_the_page_stands_in_every_look(office: Office, page: WithdrawalPage) -> None:
    filled(page)
    page.body.cases.goes.click()
    main(page)
    QApplication.processEvents()
    assert faults(office) == []


@pytest.mark.long
def test_the_offices_card_leads_to_handing_over_and_to_taking_back(
    office: Office, other: str
) -> None:
    office.clock.moment += timedelta(days=1)
    wake(office)
    office.sit(Role.SUPERVISOR)
    card = office.go(places.Office("21"))
    assert isinstance(card, OfficePage)
    for _ in range(3):
        QApplication.processEvents()
    assert card.bar is not None
    assert card.bar.main is not None
    assert card.bar.main.text() == "واگذاری خدمت"
    rows = card.services.rows
    row = next(at for at, each in enumerate(rows) if each.delegation.service == "clearance")
    card.services.table.choose(row)
    card.services.open_row()
    QApplication.processEvents()
    buttons = [each for each in card.services.findChildren(Button) if each.isVisible()]
    next(each for each in buttons if each.text() == "نامه‌های واگذاری").click()
    QApplication.processEvents()
    letters = office.page
    assert isinstance(letters, OfficeLettersPage)
    assert {each.letter.code for each in letters.shown} == {"21"}
    office.window.back()
    QApplication.processEvents()
    again = office.page
    assert isinstance(again, OfficePage)
    again.services.table.choose(row)
    again.services.open_row()
    QApplication.processEvents()
    buttons = [each for each in again.services.findChildren(Button) if each.isVisible()]
    next(each for each in buttons if each.text() == "پس‌گرفتن واگذاری…").click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, WithdrawalPage)
    settle(page)
    assert [one.service for one in page.body.chosen()] == ["clearance"]
