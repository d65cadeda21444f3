"""The page of what waits: cases in the queue of sending, and what the centre did not take."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board, letters, review
from desktop.demo.following import release
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.case.work_item_card import WorkItemCard
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.rows import ListRow
from tests.ui.pages.cases import Line, answered, unpaid
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake


def opened(office: Office) -> WaitingPage:
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Outbox())
    assert isinstance(page, WaitingPage)
    return page


def words(page: WaitingPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.slow
def test_nothing_waits(office: Office) -> None:
    page = opened(office)
    assert "چیزی در صف نیست" in words(page)
    assert faults(office) == []


@pytest.mark.slow
def test_an_act_without_a_line_waits_and_leaves_when_it_is_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    line = Line(monkeypatch)
    line.cut = True
    review.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    page = opened(office)
    assert "در صف ارسال (۱ پرونده، ۱ کار)" in words(page)
    assert faults(office) == []
    line.cut = False
    assert page.bar is not None
    assert page.bar.main is not None
    page.bar.main.click()
    QApplication.processEvents()
    assert "چیزی در صف نیست" in words(page)


def test_a_waiting_case_opens(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = unpaid(office.crew)
    Line(monkeypatch).cut = True
    review.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    page = opened(office)
    page.findChildren(ListRow)[0].click()
    QApplication.processEvents()
    assert office.page.place == places.Case(case.case_id)


@pytest.mark.slow
def test_a_recalled_letter_is_looked_at_and_done(office: Office) -> None:
    case = answered(office.crew)
    release(office.crew, case)
    shown = office.crew.supervisor
    held, _ = board.municipal_case(shown, case.case_id)
    review.look_again(shown, held, right=False, comment="مساحت با سند مطابقت ندارد")
    office.house.office.sync()
    page = opened(office)
    assert "ناظر ابطال نامه را خواسته است" in words(page)
    assert faults(office) == []
    # Nobody ticks it off: it ends with the voiding of the letter.
    card = page.findChildren(WorkItemCard)[0]
    assert [button.text() for button in card.findChildren(Button)] == ["دیدن"]
    assert held.answer is not None
    letter_id = held.answer.letter.letter_id
    letters.void(office.crew.manager, case.case_id, letter_id, "مساحت مطابقت ندارد", PASSWORD)
    office.house.office.sync()
    QApplication.processEvents()
    assert "ناظر ابطال نامه را خواسته است" not in words(page)
