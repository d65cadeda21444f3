"""A demo's line can be cut and joined by hand, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import intake
from desktop.demo.following import case_now
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import places
from tests.ui.layout_check import find_everywhere
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form


@pytest.fixture
def demo(office: Office) -> Office:
    """The office with the switch that a demo's window has."""
    door = office.window._door
    assert door is not None
    office.window.open(replace(door, cut_line=office.house.cut_line))
    office.sit(Role.CLERK)
    QApplication.processEvents()
    return office


@pytest.mark.slow
def test_a_real_office_has_no_such_switch(office: Office) -> None:
    office.sit(Role.CLERK)
    assert not office.window.status.line.isVisible()


@pytest.mark.slow
def test_cut_work_goes_on_and_joined_it_is_sent(demo: Office) -> None:
    switch, sync = demo.window.status.line, demo.window.status.sync
    assert switch.isVisible()
    switch.click()
    demo.window.tick()
    assert switch.text() == "خط به دست شما قطع است؛ وصل کنید"
    assert sync.text() == "قطع"
    seat = demo.crew.clerk
    service = intake.services(seat.desk)["no-violation"]
    done = intake.register(seat, service, a_form(demo), intake.FeePayment("terminal", "1"))
    demo.window.tick()
    assert "در صف" in sync.text()
    assert case_now(seat, done.case_id).state is State.DECIDING
    switch.click()
    demo.window.tick()
    assert switch.text() == "قطع خط"
    assert sync.text() == "متصل"
    assert case_now(seat, done.case_id).state is not State.DECIDING


def test_an_office_that_is_opened_after_another_begins_joined_and_only_its_line_is_cut(
    demo: Office,
) -> None:
    switch, door = demo.window.status.line, demo.window._door
    assert door is not None
    first: list[bool] = []
    second: list[bool] = []
    demo.window.open(replace(door, cut_line=first.append))
    switch.click()
    assert first == [True]
    demo.window.close_door()
    assert not switch.isVisible()
    demo.window.open(replace(door, cut_line=second.append))
    assert switch.text() == "قطع خط"
    switch.click()
    assert (first, second) == ([True], [True])


@pytest.mark.long
def test_nothing_is_cut(demo: Office, qapp: QApplication) -> None:
    demo.window.status.line.click()
    demo.go(places.Form("no-violation"))
    demo.window.draft_saved(demo.window.now())
    assert find_everywhere(demo.window, qapp) == []
    assert demo.window.width() == 1366, "the status bar pushed the window wide"
