"""All services by group: F2, ۰, a few letters and Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.actions import intake
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.search.services import ServicesPage
from desktop.ui.widgets.told.empty import EmptyState
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office


def _page(office: Office) -> ServicesPage:
    office.sit(Role.CLERK)
    press(office.window, Qt.Key.Key_F2)
    press(office.window, Qt.Key.Key_0)
    assert isinstance(office.page, ServicesPage)
    return office.page


def _shown(page: ServicesPage) -> list[str]:
    return [
        each.service for line in page.found.lines if isinstance(each := line.place, places.Form)
    ]


@pytest.mark.slow
def test_every_service_stands_there_by_its_group(office: Office) -> None:
    page = _page(office)
    assert set(_shown(page)) == set(intake.services(office.crew.clerk.desk))
    assert _shown(page)[-3:] == ["electricity", "gas", "water"]
    assert page.found.at == 0


@pytest.mark.slow
def test_a_few_letters_and_enter_open_a_service(office: Office) -> None:
    page = _page(office)
    type_text(office.window, "داربس")
    assert _shown(page) == ["scaffold"]
    press(office.window, Qt.Key.Key_Return)
    assert office.page.place == places.Form("scaffold")


@pytest.mark.slow
def test_a_word_that_begins_so_goes_before_one_that_only_holds_it(office: Office) -> None:
    page = _page(office)
    type_text(office.window, "تم")
    assert _shown(page) == ["permit-renewal"]
    type_text(office.window, "ا")
    assert "building-permit" in _shown(page), "no word begins with «تما»"


@pytest.mark.slow
def test_arrows_go_through_them_and_a_click_opens(office: Office) -> None:
    page = _page(office)
    press(office.window, Qt.Key.Key_Down)
    assert page.found.at == 1
    press(office.window, Qt.Key.Key_Up)
    press(office.window, Qt.Key.Key_Up)
    assert page.found.at == 0
    page.found.rows[-1].click()
    assert office.page.place == places.Form("water")


@pytest.mark.slow
def test_a_name_that_there_is_not_says_so_and_escape_brings_all_back(office: Office) -> None:
    page = _page(office)
    type_text(office.window, "گذرنامه")
    assert _shown(page) == []
    assert page.findChildren(EmptyState)
    press(office.window, Qt.Key.Key_Return)
    assert isinstance(office.page, ServicesPage)
    press(office.window, Qt.Key.Key_Escape)
    assert len(_shown(page)) == len(intake.services(office.crew.clerk.desk))
    press(office.window, Qt.Key.Key_Escape)
    assert isinstance(office.page.place, places.Home)
