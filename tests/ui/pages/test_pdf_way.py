"""Where there is no printer every paper of the office can be had as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.following import book, case_now
from desktop.domain.people import Role
from desktop.ui import places, printing
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.papers.checklist import ChecklistPage
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk, a_form

pytestmark = pytest.mark.slow


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents folder of a machine without a printer."""
    monkeypatch.setattr(printing, "_stand_ins", {})
    monkeypatch.setattr(printing, "_of_spooler", list)
    monkeypatch.setattr(printing, "_of_qt", list)
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    return tmp_path / "person"


def _written(office: Office, documents: Path) -> str:
    """F8, and the name of the file that is there then."""
    office.window.activateWindow()
    QApplication.processEvents()
    press(office.page, Qt.Key.Key_F8)
    QApplication.processEvents()
    files = list(documents.rglob("*.pdf"))
    assert len(files) == 1
    assert files[0].read_bytes().startswith(b"%PDF")
    assert files[0].parent.name == printing.FOLDER
    return files[0].stem


@pytest.mark.long
def test_the_receipt(office: Office, documents: Path) -> None:
    case = next(cases.registered(office.crew))
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    page.show_receipt()
    QApplication.processEvents()
    assert not list(documents.rglob("*.pdf")), "nothing is written before it is asked for"
    assert _written(office, documents) == "رسید ثبت"


def test_the_round_of_an_inspector(office: Office, documents: Path) -> None:
    book(office.crew, cases.to_visit(office.crew))
    office.sit(Role.INSPECTOR)
    page = office.go(places.MunicipalQueue())
    assert isinstance(page, MunicipalQueuePage)
    page.show_round()
    QApplication.processEvents()
    assert not list(documents.rglob("*.pdf")), "nothing is written before it is asked for"
    assert _written(office, documents).startswith("فهرست بازدیدهای روز")


def test_the_slip_of_a_visit(office: Office, documents: Path) -> None:
    case = cases.to_visit(office.crew)
    book(office.crew, case)
    office.house.office.sync()
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case_now(office.crew.clerk, case.case_id).case_id))
    assert isinstance(page, OutcomePage)
    page.show_slip(at_once=True)
    QApplication.processEvents()
    assert not list(documents.rglob("*.pdf")), "a file is never written unasked"
    assert _written(office, documents) == "برگ نوبت"


def test_the_paper_of_a_case(office: Office, documents: Path) -> None:
    case = next(cases.registered(office.crew))
    office.sit(Role.CLERK)
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    page._show_paper()
    QApplication.processEvents()
    assert _written(office, documents)


def test_the_checklist(office: Office, documents: Path) -> None:
    office.sit(Role.CLERK)
    assert isinstance(office.go(places.Checklist("no-violation", "owner")), ChecklistPage)
    assert _written(office, documents)


@pytest.mark.long
def test_the_pre_check(office: Office, documents: Path, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    filled = a_form(office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    press(clerk.page, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert _written(office, documents)
