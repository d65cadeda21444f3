"""One office's card as the unit meets it: open or closed, its services, its people, its log."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.people import Role
from tests.delegated import TOMORROW, hand_over
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import card_page, told, town_of
from tests.ui.pages.seeing import faults

pytestmark = pytest.mark.slow


def test_what_is_handed_over_is_told_by_its_state_and_opens_in_place(office: Office) -> None:
    town = town_of(office)
    hand_over(town, since=TOMORROW, services=("clearance", "no-violation"))
    page = card_page(office, Role.SUPERVISOR)
    assert page.services.beside.text() == "۲ خدمت از ۴ آذر"
    press(office.window, Qt.Key.Key_Return)
    assert "شمارهٔ ۱۲ مورخ" in told(page)
    assert "شورای شهر" in told(page)
    press(office.window, Qt.Key.Key_Escape)
    assert not page.services.detail.isVisible()
    assert faults(office) == []
