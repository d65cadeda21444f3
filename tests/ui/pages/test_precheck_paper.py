"""The pre-check on paper: today's answer, what is missing, the costs, and that it is no letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.people import Applicant
from tests.reports.reading import pages, text_of
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk, a_form
from tests.ui.spooler import Spooler

F8, ESC = Qt.Key.Key_F8, Qt.Key.Key_Escape


@pytest.fixture
def clerk(office: Office, qtbot: QtBot) -> Clerk:
    """The clerk at an empty form."""
    return Clerk(office, qtbot)


def words_of(clerk: Clerk) -> str:
    """What stands on the paper that shows, letters alone."""
    pdf = clerk.page.papers.precheck_cover.paper.frame.pdf()
    assert pages(pdf) == 1
    return "".join(char for char in "".join(text_of(pdf)) if char.isalnum())


@pytest.mark.slow
def test_f8_shows_the_precheck_and_prints_it(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    press(clerk.page, F8)
    QApplication.processEvents()
    told = clerk.page.papers.precheck_cover
    assert told.isVisible()
    words = words_of(clerk)
    told_of = ("پیشبررسی", "گواهیعدمخلاف", "یافتشد", "۴۵۰۰۰۰", "سندمالکیت", "اعتباریندارد")
    assert [part for part in told_of if part not in words] == []
    press(clerk.page, F8)
    QApplication.processEvents()
    assert spooler.jobs() == [told.paper.frame.pdf()]
    press(clerk.page, ESC)
    assert not told.isVisible()


@pytest.mark.long
def test_documents_that_are_seen_are_no_longer_missing(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.body.documents.rows["deed"].seen.set_value("yes")
    press(clerk.page, F8)
    QApplication.processEvents()
    assert "سندمالکیت" not in words_of(clerk)


@pytest.mark.long
def test_the_paper_says_what_a_visit_is_for(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    press(clerk.page, F8)
    QApplication.processEvents()
    # The owner has not declared yet that nothing was changed since the last visit.
    assert "بازدیدبرایهمیناست" in words_of(clerk)


@pytest.mark.long
def test_a_bank_is_told_found_or_not_and_nothing_else(clerk: Clerk) -> None:
    clerk.open("inquiry")
    filled = a_form(clerk.office, "inquiry")
    clerk.body.party.fill({"applicant": Applicant.BANK.value})
    clerk.body.party.fill(
        {"party.last_name": "بانک مسکن", "party.carrier_id": filled.party["person_id"]}
    )
    clerk.fill_code(filled)
    press(clerk.page, F8)
    QApplication.processEvents()
    words = words_of(clerk)
    assert "یافتشد" in words
    assert "آخرینبازدید" not in words
    assert "اگرامروزثبتشود" not in words.replace("اگرامروزثبتشودتا", "")


@pytest.mark.slow
def test_without_person_and_property_there_is_nothing_to_print(clerk: Clerk) -> None:
    press(clerk.page, F8)
    QApplication.processEvents()
    assert not clerk.page.papers.precheck_cover.isVisible()
    assert "نخست متقاضی و ملک" in clerk.page._buttons._bar._sentence.text()
