"""A dig opened from a water connection: everything is carried over, and the two know each other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import board, counter_acts, intake
from desktop.demo.following import case_now
from desktop.demo.wanted_cases import CaseSource
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.standing.lines import short_number
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.button import Link as LinkLook
from desktop.ui.work import Changed
from tests.houses import MORNING, PROPERTIES
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults

pytestmark = pytest.mark.slow
TODAY = MORNING.date()


def source(office: Office) -> CaseSource:
    figures = intake.figures(office.crew.clerk.desk)
    return CaseSource(office.house, figures, properties=PROPERTIES, seed=1405, day=TODAY)


@pytest.fixture
def water(office: Office) -> Case:
    """A water connection that the counter has passed on."""
    clerk = office.crew.clerk
    service = intake.services(clerk.desk)["water"]
    wanted = source(office).request(service, Outcome.ANSWER)
    fee = intake.FeePayment("terminal", "771204")
    return case_now(clerk, intake.register(clerk, service, wanted.filled, fee).case_id)


def opened(office: Office, case: Case) -> CasePage:
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    return page


def button(office: Office, words: str) -> Button | None:
    shown = (b for b in office.window.findChildren(Button) if b.isVisible())
    return next((b for b in shown if b.text() == words), None)


def begin(office: Office, case: Case) -> CaseForm:
    """Press «مجوز حفاری…» on the case's page."""
    opened(office, case)
    dig = button(office, "مجوز حفاری…")
    assert dig is not None
    dig.click()
    QApplication.processEvents()
    form = office.page
    assert isinstance(form, CaseForm)
    return form


@pytest.mark.long
def test_the_dig_knows_who_where_and_what_for(office: Office, water: Case) -> None:
    office.sit(Role.CLERK)
    form = begin(office, water)
    assert form.place.service == "excavation"
    assert form.body is not None
    filled = form.body.filled()
    party = water.request.party
    assert (filled.party["person_id"], filled.party["last_name"]) == (
        party.person_id,
        party.last_name,
    )
    assert filled.party["mobile"] == party.mobile
    assert filled.code == water.request.code
    assert (filled.answers["utility"], filled.answers["dig_kind"]) == ("water", "branch")
    seen = {document.key for document in filled.documents if document.seen}
    assert "national_card" in seen
    assert faults(office) == []


@pytest.mark.long
def test_the_two_cases_lead_to_each_other(office: Office, water: Case) -> None:
    clerk = office.crew.clerk
    office.sit(Role.CLERK)
    begin(office, water)
    # The rest is typed as for any dig; the draft keeps where it came from.
    service = intake.services(clerk.desk)["excavation"]
    wanted = source(office).request(service, Outcome.PAY)
    fee = intake.FeePayment("terminal", "771205")
    done = intake.register(clerk, service, wanted.filled, fee, linked_to=water.case_id)
    for case_id, other in ((water.case_id, done.case_id), (done.case_id, water.case_id)):
        assert [each.case_id for each in board.linked(clerk.desk, case_id)] == [other]
        page = opened(office, case_now(clerk, case_id))
        assert faults(office) == []
        assert page.concerned(Changed(frozenset({other}))), "its panel tells where that one stands"
        tracking = case_now(clerk, other).request.tracking
        links = page.panel.findChildren(LinkLook)
        link = next(each for each in links if each.text() == short_number(tracking))
        link.click()
        QApplication.processEvents()
        assert office.page.place == places.Case(other)


@pytest.mark.long
def test_the_draft_of_a_dig_keeps_its_case(office: Office, water: Case) -> None:
    office.sit(Role.CLERK)
    form = begin(office, water)
    draft = form.place.draft_id
    assert draft
    office.go(places.Home())
    office.go(places.Form("excavation", draft))
    form = office.page  # type: ignore[assignment]
    assert isinstance(form, CaseForm)
    assert form.open is not None
    assert form.open.linked_to == water.case_id


def test_a_withdrawn_connection_has_no_dig(office: Office) -> None:
    clerk = office.crew.clerk
    service = intake.services(clerk.desk)["water"]
    wanted = source(office).request(service, Outcome.ANSWER)
    case_id = intake.register(clerk, service, wanted.filled).case_id
    counter_acts.withdraw(clerk, case_id, "منصرف شد")
    office.sit(Role.CLERK)
    opened(office, case_now(clerk, case_id))
    assert button(office, "مجوز حفاری…") is None
