"""An objection is opened from the case that it is about, and both say so."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import intake, objections
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.contest import Contested
from desktop.domain.people import Applicant, Role
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.told.banner import Banner
from tests.houses import MORNING, properties_on
from tests.ui.pages.cases import answered, refused
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults

pytestmark = pytest.mark.slow
OBJECT = "اعتراض…"


def opened(office: Office, case: Case) -> dict[str, Button]:
    """The buttons of the case's page."""
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    return {each.text(): each for each in office.window.findChildren(Button) if each.isVisible()}


def begun(office: Office, case: Case) -> CaseForm:
    opened(office, case)[OBJECT].click()
    QApplication.processEvents()
    form = office.page
    assert isinstance(form, CaseForm)
    return form


@pytest.mark.long
def test_the_objection_knows_who_where_and_to_what(office: Office) -> None:
    case = refused(office.crew)
    office.sit(Role.CLERK)
    form = begun(office, case)
    assert form.body is not None
    filled = form.body.filled()
    assert filled.code == case.request.code
    assert filled.party["person_id"] == case.request.party.person_id
    # Of a negative answer that is what is contested first.
    assert filled.answers["contested"] == Contested.REFUSAL.value
    assert faults(office) == []


def put_in(office: Office, case: Case) -> Case:
    """An objection to the case, as the counter registers it."""
    clerk = office.crew.clerk
    service = objections.service_of(clerk.desk)
    assert service is not None
    (property_,) = [
        item.record
        for item in properties_on(MORNING.date())
        if str(item.record.code) == case.request.code
    ]
    asker = Asker(
        applicant=Applicant.OWNER,
        owner=property_.owners[0],
        record=property_,
        code=case.request.code,
        answers={"contested": "land", "claimed_area": "999.00", "grounds": "سند"},
    )
    filled = fill(service, asker, intake.figures(clerk.desk), MORNING.date())
    case_id = intake.register(clerk, service, filled, linked_to=case.case_id).case_id
    office.house.office.sync()
    office.house.office.sync()
    return case_now(clerk, case_id)


def test_what_is_registered_stands_on_the_first_case(office: Office) -> None:
    case = answered(office.crew)
    office.sit(Role.CLERK)
    objection = put_in(office, case)
    buttons = opened(office, case)
    told = [each for each in office.window.findChildren(Banner) if each.isVisible()]
    code = whole_code(objection.request.tracking)
    assert any(code in each.words.text() and "مهلت پرداخت" in each.words.text() for each in told)
    assert OBJECT in buttons
    assert faults(office) == []
    # An objection itself is not objected to.
    assert OBJECT not in opened(office, objection)
    assert faults(office) == []
