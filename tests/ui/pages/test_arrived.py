"""Answers that came when the line came back: a notice, whom to call, what to stamp together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.actions import arrived
from desktop.actions.desk import Seat
from desktop.actions.stamping import Pile
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.pages.outbox.arrived import ArrivedPage
from desktop.ui.pages.stamping.home import ManagerHome
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed
from tests.ui.keyboard import press
from tests.ui.pages.cases import Line, registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

_CONTROL = Qt.KeyboardModifier.ControlModifier


def without_line(office: Office, monkeypatch: pytest.MonkeyPatch, count: int = 4) -> list[Case]:
    """So many requests registered without a line, and the line joined half an hour later."""
    office.house.office.sync()
    line = Line(monkeypatch)
    line.cut = True
    source = registered(office.crew)
    cases = [next(source) for _ in range(count)]
    office.clock.moment += timedelta(minutes=30)
    line.cut = False
    return cases


def back(office: Office) -> None:
    """The round that finds the line whole again."""
    press(office.window, Qt.Key.Key_F5)
    QApplication.processEvents()


def notices(office: Office) -> list[str]:
    banners = office.window.findChildren(Banner)
    words = (banner.accessibleName() for banner in banners if banner.isVisible())
    return [each for each in words if "هنگام قطعی خط ثبت شده بود" in each]


def toast(office: Office) -> str:
    assert office.window.frame is not None
    return office.window.frame.toast.words.text()


@pytest.mark.long
def test_what_comes_with_the_line_is_told_once_and_leads_to_the_list(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = without_line(office, monkeypatch)
    office.sit(Role.CLERK)
    wake(office)
    assert notices(office) == []
    back(office)
    assert notices(office) == ["پاسخ ۴ درخواست که هنگام قطعی خط ثبت شده بود، رسید."]
    banner = next(b for b in office.window.findChildren(Banner) if b.isVisible() and b.link.text())
    banner.link.click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, ArrivedPage)
    assert page.rows.rowCount() == len(cases)
    office.go(places.Home())
    back(office)
    assert notices(office) == [], "told once"


@pytest.mark.slow
def test_an_answer_that_came_at_once_is_none_of_these(office: Office) -> None:
    list(zip(registered(office.crew), range(2), strict=False))
    assert arrived.answers(office.crew.clerk.desk) == []


@pytest.mark.slow
def test_whom_the_clerk_has_called_leaves_the_list(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_line(office, monkeypatch, 2)
    office.house.office.sync()
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Arrived())
    assert isinstance(page, ArrivedPage)
    first = page.rows.key(0)
    assert page.answer is not None
    called = to_persian_digits(page.answer.case.applicant)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "خبر داده شد"
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert page.rows.rowCount() == 1
    assert page.rows.key(0) != first
    assert toast(office) == f"خبر داده شد: {called}"
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert page.empty.isVisible()
    assert page.bar.main.hasFocus()


@pytest.mark.long
def test_the_manager_is_led_to_their_letters_to_stamp_them_together(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = next(c for c in registered(office.crew, seed=9) if c.outcome is Outcome.ANSWER)
    without_line(office, monkeypatch, 8)
    office.house.office.sync()
    office.sit(Role.MANAGER)
    wake(office)
    page = office.go(places.Arrived())
    assert isinstance(page, ArrivedPage)
    count = page._to_stamp()
    assert count > 0
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    home = office.page
    assert isinstance(home, ManagerHome)
    assert home.pile is Pile.ARRIVED
    assert home.rows.model.rowCount() == count
    listed = {home.rows.at(row).row.case_id for row in range(count) if home.rows.at(row)}  # type: ignore[union-attr]
    assert before.case_id not in listed
    assert len(listed) == count


@pytest.mark.slow
def test_a_press_too_many_calls_nobody_and_can_be_taken_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_line(office, monkeypatch, 3)
    office.house.office.sync()
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Arrived())
    assert isinstance(page, ArrivedPage)
    first, second, third = (page.rows.key(row) for row in range(3))
    note = arrived.note_told

    def slowly(seat: Seat, case_id: str) -> None:
        """The key repeats while the first press is still being done."""
        press(page, Qt.Key.Key_Return, _CONTROL)
        note(seat, case_id)

    monkeypatch.setattr(arrived, "note_told", slowly)
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert [page.rows.key(row) for row in range(page.rows.rowCount())] == [second, third]
    frame = office.window.frame
    assert frame is not None
    assert frame.toast.link.text() == "بازگردانی"
    frame.toast.link.click()
    QApplication.processEvents()
    assert [page.rows.key(row) for row in range(page.rows.rowCount())] == [first, second, third]


@pytest.mark.slow
def test_a_key_that_is_held_tells_one_citizen(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_line(office, monkeypatch, 3)
    office.house.office.sync()
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Arrived())
    assert isinstance(page, ArrivedPage)
    for repeated in (False, True, True):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, _CONTROL, "\r", autorep=repeated)
        QCoreApplication.sendEvent(QApplication.focusWidget() or page, held)
        QApplication.processEvents()
    assert page.rows.rowCount() == 2


@pytest.mark.slow
def test_what_comes_while_the_window_is_locked_is_told_when_it_opens_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_line(office, monkeypatch, 2)
    office.sit(Role.CLERK)
    wake(office)
    office.window.lock()
    office.house.office.sync()
    office.window.work.changed.emit(Changed(sync=True, all=True))
    QApplication.processEvents()
    assert notices(office) == []
    office.sit(Role.CLERK)
    QApplication.processEvents()
    assert notices(office) == ["پاسخ ۲ درخواست که هنگام قطعی خط ثبت شده بود، رسید."]


@pytest.mark.long
def test_it_is_whole_in_every_look(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_line(office, monkeypatch)
    office.house.office.sync()
    for role in (Role.CLERK, Role.MANAGER):
        office.sit(role)
        wake(office)
        office.go(places.Arrived())
        assert faults(office) == []
        office.window.lock()
