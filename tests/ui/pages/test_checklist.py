"""What a citizen brings: from the form or the list of services to paper, by standing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import intake, papers
from desktop.domain.errors import Refusal
from desktop.domain.people import Applicant, Role
from desktop.ui import places
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.papers.checklist import ChecklistPage
from tests.reports.reading import pages, text_of
from tests.shipped import BY_SERVICE
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults
from tests.ui.spooler import Spooler


def letters_of(text: str) -> str:
    """The letters alone: a line may end anywhere."""
    return "".join(char for char in text if char.isalnum())


@pytest.mark.slow
@pytest.mark.parametrize("code", BY_SERVICE)
def test_every_standing_of_every_service_has_its_list(kept_office: Office, code: str) -> None:
    seat = kept_office.crew.clerk
    service = intake.services(seat.desk)[code]
    for kind in service.applicants:
        pdf = papers.checklist(seat, code, kind)
        told = letters_of("".join(text_of(pdf)))
        for needed in service.asked_documents({"applicant": kind.value}):
            assert letters_of(needed.title) in told
        assert pages(pdf) <= 2
    with pytest.raises(Refusal, match="ارائه نمی‌شود"):
        papers.checklist(seat, "tunnel", Applicant.OWNER)


@pytest.mark.long
def test_the_form_leads_to_its_list_and_back_with_everything_typed(
    office: Office, spooler: Spooler
) -> None:
    office.sit(Role.CLERK)
    form = office.go(places.Form("no-violation"))
    assert isinstance(form, CaseForm)
    assert form.body is not None
    form.body.party.fill({"applicant": "attorney", "party.last_name": "دهقان"})
    form.body.edited.emit("party.last_name")
    form.body.documents.printed.click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, ChecklistPage)
    assert page.standing.value() == "attorney"
    assert "وکالت‌نامهٔ رسمی" in " ".join(text_of(page.paper.frame.pdf()))
    assert faults(office) == []
    page.standing.set_value("owner")
    page.standing.edited.emit()
    assert "وکالت‌نامهٔ رسمی" not in " ".join(text_of(page.paper.frame.pdf()))
    press(office.window, Qt.Key.Key_F8)
    assert len(spooler.jobs()) == 1
    press(office.window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    back = office.page
    assert isinstance(back, CaseForm)
    assert back.body is not None
    assert back.body.party.texts()["last_name"] == "دهقان"


@pytest.mark.long
def test_f8_in_the_list_of_services_shows_the_chosen_ones_papers(office: Office) -> None:
    office.sit(Role.CLERK)
    office.go(places.Services())
    type_text(office.window, "داربس")
    press(office.window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert office.page.place == places.Checklist("scaffold")
    assert faults(office) == []
