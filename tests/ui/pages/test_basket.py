"""Several requests of one citizen: filled once, paid once, each answered in its own case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import basket, board, intake
from desktop.demo.closing import close_till
from desktop.demo.following import case_now
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.search.services import ServicesPage
from desktop.ui.pages.till.basket import BasketPage
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form, clean_record

CONTROL = Qt.KeyboardModifier.ControlModifier
SERVICES = ("no-violation", "clearance", "building-permit")


def registered(office: Office, *codes: str) -> list[str]:
    """Requests of one owner, none of whose fees is taken yet."""
    seat = office.crew.clerk
    found = intake.services(seat.desk)
    return [
        intake.register(seat, found[code], a_form(office, code), duplicate_reason="دو خدمت").case_id
        for code in codes
    ]


def owner_id() -> str:
    return clean_record().owners[0].person_id


@pytest.mark.slow
def test_one_payment_settles_the_fees_of_all_cases(office: Office) -> None:
    cases = registered(office, *SERVICES)
    seat = office.crew.clerk
    found = basket.of_person(seat.desk, owner_id())
    assert [due.case_id for due in found.dues] == cases
    assert found.total == sum(due.amount for due in found.dues) > 0
    basket.pay(seat, found.dues, "terminal", "771204")
    assert basket.of_person(seat.desk, owner_id()).dues == ()
    for case_id in cases:
        case = case_now(seat, case_id)
        assert case.fees_paid["office"].reference == "771204"
        assert case.state is not State.FEE_DUE
    taken = {"terminal": found.total}
    assert close_till(office.crew.manager, office.window.today(), taken)["difference"] == 0


@pytest.mark.slow
def test_all_are_paid_or_none(office: Office) -> None:
    registered(office, *SERVICES[:2])
    seat = office.crew.clerk
    first, second = basket.of_person(seat.desk, owner_id()).dues
    with pytest.raises(Refusal):
        basket.pay(seat, [first, replace(second, amount=second.amount + 1)], "terminal", "771205")
    assert len(basket.of_person(seat.desk, owner_id()).dues) == 2
    with pytest.raises(Refusal):
        basket.pay(seat, [], "terminal", "771205")


@pytest.mark.slow
def test_the_outcome_offers_the_basket_and_it_takes_all(office: Office, qtbot: QtBot) -> None:
    cases = registered(office, *SERVICES)
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(cases[-1]))
    assert isinstance(page, OutcomePage)
    banner = next(b for b in page.findChildren(Banner) if "۲ پروندهٔ دیگر" in b.words.text())
    banner.followed.emit()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, BasketPage)
    assert "۱٬۳۵۰٬۰۰۰" in page.total.text()
    page.ticks[cases[1]].click()
    assert "۹۰۰٬۰۰۰" in page.total.text()
    press(page, Qt.Key.Key_Return, CONTROL)
    assert page.payment.fields["reference"].error()
    page.payment.reference.setFocus()
    type_text(page, "771206")
    press(page, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    left = basket.of_person(office.crew.clerk.desk, owner_id()).dues
    assert [due.case_id for due in left] == [cases[1]]
    assert len(page.done.findChildren(ListRow)) == 2
    page.done.findChildren(ListRow)[0].click()
    assert office.page.place == places.Outcome(cases[0])


@pytest.mark.slow
def test_another_service_for_the_same_person_is_filled_in(office: Office) -> None:
    (case_id,) = registered(office, SERVICES[0])
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case_id))
    assert isinstance(page, OutcomePage)
    page.panel.again.click()
    QApplication.processEvents()
    services = office.page
    assert isinstance(services, ServicesPage)
    type_text(services, "مفاصا")
    press(services, Qt.Key.Key_Return)
    QApplication.processEvents()
    form = office.page
    assert isinstance(form, CaseForm)
    assert form.place.service == "clearance"
    assert form.body is not None
    first = board.look(office.crew.clerk.desk, case_id).case
    assert first is not None
    assert form.body.party.texts()["person_id"] == owner_id()
    assert form.body.estate.code.raw() == first.request.code
    assert form.open is not None
    assert form.open.linked_to == ""


@pytest.mark.slow
def test_what_was_left_out_stays_out_when_another_request_comes(office: Office) -> None:
    cases = registered(office, *SERVICES[:2])
    office.sit(Role.CLERK)
    page = office.go(places.Basket(owner_id()))
    assert isinstance(page, BasketPage)
    page.ticks[cases[0]].click()
    (third,) = registered(office, SERVICES[2])
    QApplication.processEvents()
    assert [page.ticks[case].value() for case in (*cases, third)] == [False, True, True]
    office.go(places.Home())
    page = office.go(places.Basket(owner_id()))
    assert isinstance(page, BasketPage)
    assert [page.ticks[case].value() for case in (*cases, third)] == [False, True, True]
    page.payment.reference.setFocus()
    type_text(page, "771206")
    press(office.window, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert [case for case in page.ticks if not page.ticks[case].value()] == [cases[0]]
    office.go(places.Home())
    page = office.go(places.Basket(owner_id()))
    assert isinstance(page, BasketPage)
    assert [(case, tick.value()) for case, tick in page.ticks.items()] == [(cases[0], False)]
