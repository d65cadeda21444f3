"""What a key does to a form: before its fee is taken, over an open list, and over midnight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import board, intake
from desktop.actions.intake import FEE
from desktop.domain.money import format_rial
from desktop.trial.hands import Hands
from desktop.ui.pages.form.open_form import _READ_MS
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk, a_form


@pytest.fixture
def clerk(office: Office, qtbot: QtBot) -> Clerk:
    return Clerk(office, qtbot)


@pytest.mark.slow
def test_over_midnight_the_form_takes_the_new_day_and_fee(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    before = clerk.page.open
    assert before is not None
    today, fee, name = before.loaded.today, before.loaded.fee, before.body.party.name()
    clerk.office.clock.moment += timedelta(days=1)
    monkeypatch.setattr(intake, "office_fee", lambda *_: fee + 70_000)
    clerk.page.refresh(Changed(day=True))
    clerk.office.window.work.run(clerk.page, lambda: None, lambda _: None)
    QApplication.processEvents()
    QApplication.processEvents()
    now = clerk.page.open
    assert now is not None
    assert now.loaded.today == today + timedelta(days=1)
    assert clerk.body.fee.amount == fee + 70_000
    assert clerk.body.party.name() == name
    said = [banner.words.text() for banner in clerk.office.window.findChildren(Banner)]
    assert any(format_rial(fee + 70_000) in words for words in said)
    assert any("روز عوض شد" in words for words in said)
    clerk.page.refresh(Changed(published=True))
    QApplication.processEvents()
    assert clerk.page.open is now, "what changes nothing in the form leaves it as it is"


@pytest.mark.slow
def test_a_key_shuts_the_list_that_is_open_first(clerk: Clerk) -> None:
    page, hands = clerk.page, Hands(clerk.office.window)
    lists = (each for each in page.findChildren(ListChoice) if each.isVisible())
    line = next(each for each in lists if not each.isReadOnly())
    line.setFocus()
    line.open_list()
    assert line.popup().isVisible()
    hands.press("Esc")
    assert (clerk.office.page, line.popup().isVisible()) == (page, False)
    line.open_list()
    hands.press("F2")
    assert clerk.office.page is not page
    assert QApplication.activePopupWidget() is None


@pytest.mark.long
def test_without_the_fee_the_first_press_goes_there_and_the_second_registers(
    clerk: Clerk,
) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    clerk.register()
    assert clerk.at() == FEE
    # As by a double click: nobody has read the warning.
    clerk.register()
    assert clerk.page.body is not None
    QTest.qWait(_READ_MS + 50)
    clerk.register()
    view = board.look(clerk.office.house.office.desk, clerk.office.case_id)
    assert view.case is not None
    assert view.case.due_fee("office")


@pytest.mark.slow
def test_over_a_choice_that_means_nothing_nothing_is_confirmed(clerk: Clerk) -> None:
    page, hands = clerk.page, Hands(clerk.office.window)
    line = next(
        each for each in page.findChildren(ListChoice) if each.isVisible() and not each.isReadOnly()
    )
    before = line.value()
    line.setFocus()
    line.selectAll()
    hands.type("qqq")
    hands.press("Ctrl+Enter")
    assert (line.value(), line.popup().isVisible()) == (before, True)
    assert page.errors.isHidden()
    hands.press("Esc")
    hands.press("Ctrl+Enter")
    assert page.panel.remains.count()
    assert clerk.office.page is page
