"""A citizen who can't see, hear or read at the counter: what the form asks then, and the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import drafts, intake, papers
from desktop.demo.following import case_now
from desktop.domain.people import Role
from desktop.domain.request import Aid, Need
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.case.tabs import FORM_TAB
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.widgets.label import Label
from tests.ui.pages import seeing
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form

AID = {
    "need": "blind",
    "trusted_name": "مریم زارع",
    "trusted_id": "9990009996",
    "told": "yes",
}


def _body(office: Office, place: places.Form) -> FormBody:
    form = office.go(place)
    assert isinstance(form, CaseForm)
    assert form.body is not None
    return form.body


def _asked(body: FormBody) -> list[str]:
    return [key for key in body.cells() if key.startswith("aid.")]


@pytest.mark.slow
def test_nothing_of_it_is_asked_of_others(office: Office) -> None:
    office.sit(Role.CLERK)
    body = _body(office, places.Form("no-violation"))
    assert _asked(body) == []
    assert body.filled().aid == {}
    body.party.fields.cells["applicant"].set_value("company")
    body.party._edited("applicant")
    assert body.party.aid.isHidden()


@pytest.mark.long
def test_it_is_asked_kept_in_the_draft_and_taken_back(office: Office) -> None:
    office.sit(Role.CLERK)
    body = _body(office, places.Form("no-violation"))
    body.party.aid.click()
    assert seeing.faults(office) == []
    assert _asked(body) == ["aid.need", "aid.trusted_name", "aid.trusted_id", "aid.told"]
    for key, text in AID.items():
        body.party.fields.cells[f"aid.{key}"].set_value(text)
    body.party.edited.emit("aid.told")
    form = office.page
    assert isinstance(form, CaseForm)
    form.leave()
    (draft,) = drafts.mine(office.window.seat)
    again = _body(office, places.Form("no-violation", draft.draft_id))
    assert again.filled().aid == AID
    again.party.aid.click()
    assert _asked(again) == []
    assert again.filled().aid == {}


@pytest.mark.slow
def test_a_form_that_lacks_it_says_what_and_the_receipt_tells_it(office: Office) -> None:
    office.sit(Role.CLERK)
    body = _body(office, places.Form("no-violation"))
    body.party.aid.click()
    form = office.page
    assert isinstance(form, CaseForm)
    form.register()
    QApplication.processEvents()
    told = {key: body.cells()[key].error() for key in _asked(body)}
    assert all(told.values()), told
    filled = replace(a_form(office), aid=AID)
    service = intake.services(office.crew.clerk.desk)["no-violation"]
    fee = intake.FeePayment("terminal", "5160")
    clerk = office.crew.clerk
    case = case_now(clerk, intake.register(clerk, service, filled, fee).case_id)
    assert case.request.aid == Aid(Need.BLIND, "9990009996", "مریم زارع")
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in papers.receipt(clerk, case.case_id)
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    page.tabs.open(FORM_TAB)
    shown = {label.words() for label in page.findChildren(Label)}
    assert {"نابینا", "اظهارنامه برای متقاضی خوانده شد"} <= shown
