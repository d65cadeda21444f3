"""A newcomer of a demo finds people and properties to try, one for each outcome."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import intake
from desktop.demo.samples import Samples
from desktop.domain.decision import Outcome
from desktop.ui import places
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.widgets.button import Link
from tests.houses import PROPERTIES
from tests.ui.keyboard import press
from tests.ui.layout_check import find_everywhere
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk


@pytest.fixture
def demo(office: Office) -> Office:
    """The office with the samples that a demo's window has."""
    door = office.window._door
    assert door is not None
    office.window.open(replace(door, samples=Samples(office.house, PROPERTIES)))
    return office


@pytest.mark.slow
def test_a_real_office_offers_nobody(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    assert clerk.page.samples is None
    press(clerk.page, Qt.Key.Key_F11)
    assert not clerk.body.is_begun()


@pytest.mark.parametrize("code", ["no-violation", "inquiry", "transfer"])
@pytest.mark.long
def test_each_sample_comes_out_as_it_says(demo: Office, qtbot: QtBot, code: str) -> None:
    clerk = Clerk(demo, qtbot, code)
    strip = clerk.page.samples
    assert strip is not None
    press(clerk.page, Qt.Key.Key_F11)
    QApplication.processEvents()
    count = len(strip.findChildren(Link)) - 1
    assert count > 1
    answers: list[Outcome] = []
    for number in range(count):
        if number:
            press(clerk.page, Qt.Key.Key_F11)
        QApplication.processEvents()
        assert clerk.page.open is not None
        clerk.page.open.findings._records._clock.timeout.emit()
        QApplication.processEvents()
        answer = clerk.page.open.findings.answer
        assert answer is not None
        wanted = strip._found[number].outcome
        # Where standing is not asked the centre foretells nothing.
        assert answer.outcome == ("" if code == "inquiry" else wanted)
        answers.append(wanted)
        faults = {each.field or "" for each in clerk.page.open._checked.faults}  # type: ignore[union-attr]
        assert not [key for key in faults if not key.startswith("document.")]
    assert len(set(answers)) == count


@pytest.mark.long
def test_nothing_is_cut(demo: Office, qtbot: QtBot, qapp: QApplication) -> None:
    clerk = Clerk(demo, qtbot)
    press(clerk.page, Qt.Key.Key_F11)
    QApplication.processEvents()
    assert find_everywhere(demo.window, qapp) == []


@pytest.mark.long
def test_every_service_has_somebody(demo: Office) -> None:
    find = Samples(demo.house, PROPERTIES)
    services = intake.services(demo.crew.clerk.desk)
    assert [code for code, service in services.items() if not find(service)] == []


@pytest.mark.long
def test_a_form_of_a_draft_has_them_too(demo: Office, qtbot: QtBot) -> None:
    clerk = Clerk(demo, qtbot)
    demo.go(places.Home())
    demo.go(places.Form("no-violation"))
    assert isinstance(demo.page, CaseForm)
    assert demo.page.samples is not None
    assert clerk.page.samples is demo.page.samples
