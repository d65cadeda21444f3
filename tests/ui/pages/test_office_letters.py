"""Letters to offices: at the unit with who has read them, at an office to be read and printed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import office_letters
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.office_letters.page import OfficeLettersPage
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.told.banner import Banner
from tests.delegated import TODAY, announce, hand_over, open_office
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake
from tests.ui.pages.test_delegation import WHY, town_of
from tests.ui.spooler import Spooler

Key = Qt.Key
SOON = TODAY + timedelta(days=11)


@pytest.fixture
def publication(office: Office) -> str:
    """Two services handed over to two offices; the publication's id."""
    town = announce(town_of(office))
    other = open_office(town, "771", "امیرچخماق")
    hand_over(town, since=SOON, offices=["21", other], services=["clearance", "walling"])
    return office_letters.letters(office.crew.supervisor.desk)[0].letter.publication


def opened(office: Office, role: Role, publication: str = "") -> OfficeLettersPage:
    wake(office)
    office.sit(role)
    page = office.go(places.OfficeLetters(publication))
    assert isinstance(page, OfficeLettersPage)
    settle()
    return page


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def row_words(page: OfficeLettersPage, row: int) -> str:
    model = page.table.model()
    cells = (model.index(row, column) for column in range(model.columnCount()))
    return " | ".join(str(index.data()) for index in cells)


def button(page: OfficeLettersPage, words: str) -> Button:
    assert page.bar is not None
    return next(b for b in page.bar.findChildren(Button) if words in b.text())


@pytest.mark.slow
def test_an_office_is_told_of_its_letter_reads_it_and_the_unit_sees_that(
    office: Office, publication: str
) -> None:
    wake(office)
    office.sit(Role.MANAGER)
    settle()
    told = [b.words.words() for b in office.window.findChildren(Banner) if b.isVisible()]
    assert any("شهرداری رسید" in words for words in told)
    page = opened(office, Role.MANAGER)
    assert len(page.shown) == 1, "no other office's"
    assert "نخوانده" in row_words(page, 0)
    press(page, Key.Key_Return)
    settle()
    assert page.on_paper()
    assert page.paper.frame.pdf()
    press(page, Key.Key_Escape)
    settle()
    assert "خوانده شد" in row_words(page, 0)

    office.house.office.sync()
    unit = opened(office, Role.SUPERVISOR, publication)
    assert unit.heading.second == "۱ از ۲ خوانده شد"
    assert office.crew.manager.staff.name in row_words(unit, 0)
    assert "نخوانده" in row_words(unit, 1)


@pytest.mark.long
def test_what_nobody_has_read_is_printed_for_who_has_no_line(
    office: Office, publication: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    page = opened(office, Role.SUPERVISOR, publication)
    button(page, "چاپ ۲ نامهٔ نخوانده").click()
    settle()
    assert len(spooler.jobs()) == 2


@pytest.mark.long
def test_letters_are_found_by_number_office_and_service(office: Office, publication: str) -> None:
    page = opened(office, Role.SUPERVISOR)
    for typed, count in (("امیرچخماق", 1), ("1405/1", 1), ("771", 1), ("مفاصا", 2), ("خرم", 0)):
        page.search.set_value(typed)
        page.search.edited.emit()
        settle()
        assert len(page.shown) == count, typed
    office.go(places.Keys())
    office.window.back()
    back = office.page
    assert isinstance(back, OfficeLettersPage)
    assert back.search.value() == "خرم"


@pytest.mark.long
def test_from_the_list_one_comes_to_all_that_was_signed_with_it(
    office: Office, publication: str
) -> None:
    page = opened(office, Role.SUPERVISOR)
    assert not page.can_take_back(), "not out of all letters of the city"
    button(page, "نامه‌های همین مصوبه").click()
    settle()
    assert office.page.place == places.OfficeLetters(publication)


@pytest.mark.long
def test_all_is_taken_back_before_its_day_with_a_reason(office: Office, publication: str) -> None:
    page = opened(office, Role.SUPERVISOR, publication)
    button(page, "پس‌گرفتن همه").click()
    settle()
    form = page.form
    assert form is not None
    press(page, Key.Key_Return, Modifier.ControlModifier)
    assert [key for key, _ in form.errors.errors()] == ["reason", "password"]
    form.reason.setFocus()
    type_text(page, WHY)
    form.password.setFocus()
    type_text(page, PASSWORD)
    press(page, Key.Key_Return, Modifier.ControlModifier)
    settle()
    office.house.municipality.sync()
    page.refresh(None)  # type: ignore[arg-type]
    settle()
    assert "پس گرفته شد" in row_words(page, 0)
    assert not page.can_take_back()
    office.house.office.sync()
    assert office_letters.unread(office.crew.manager.desk) == []


@pytest.mark.slow
def test_what_has_begun_is_not_taken_back(office: Office, publication: str) -> None:
    office.clock.moment += timedelta(days=12)
    page = opened(office, Role.SUPERVISOR, publication)
    assert not page.can_take_back()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER])
@pytest.mark.long
def test_the_page_stands_in_every_look(office: Office, publication: str, role: Role) -> None:
    page = opened(office, role, publication)
    if role is Role.SUPERVISOR:
        button(page, "پس‌گرفتن همه").click()
        press(page, Key.Key_Return, Modifier.ControlModifier)
    assert faults(office) == []
