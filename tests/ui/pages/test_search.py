"""The search: found as one types, by whatever is in hand, opened by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import board, counter_acts, intake
from desktop.actions.board import QueueCase, QueueFilter
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.pages.search.page import SearchPage
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.empty import EmptyState
from tests.houses import Busy, Filling
from tests.ui.keyboard import Modifier, paste, press
from tests.ui.layout_check import find_everywhere
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office


@pytest.fixture(scope="module")
def kept_filling() -> Filling:
    return Busy(today=5)


@pytest.fixture
def busy(kept_office: Office) -> Office:
    """An office with ten cases, its clerk at home."""
    if not kept_office.sits(Role.CLERK):
        kept_office.sit(Role.CLERK)
    kept_office.go(places.Home())
    return kept_office


def _cases(office: Office) -> list[QueueCase]:
    desk = office.crew.clerk.desk
    newest = board.listing(desk, QueueFilter(), board.Order.RECEIVED, descending=True)
    return board.rows(desk, newest, 0, newest.count)


def _page(office: Office) -> SearchPage:
    page = office.page
    assert isinstance(page, SearchPage)
    return page


def _found(page: SearchPage) -> list[str]:
    return [
        each.case_id for line in page.found.lines if isinstance(each := line.place, places.Case)
    ]


def _empty(page: SearchPage) -> EmptyState:
    QApplication.processEvents()
    return next(state for state in page.findChildren(EmptyState) if state.isVisible())


@pytest.mark.slow
def test_each_shape_finds_its_case_and_is_told(busy: Office) -> None:
    case = next(c for c in _cases(busy) if c.code)
    for typed, shape in (
        (case.tracking, "کد رهگیری"),
        (to_persian_digits(case.applicant_id), "کد یا شناسهٔ ملی"),
        (case.code, "کد نوسازی"),
        (case.mobile, "شمارهٔ همراه"),
        (case.applicant.replace("ی", "ي"), "نام، نشانی یا واژه"),
    ):
        busy.go(places.Search(typed))
        page = _page(busy)
        assert case.case_id in _found(page), typed
        told = [w.text() for w in page.findChildren(Label) if w.text()]
        assert any(words.startswith(f"بر پایهٔ {shape}، ") for words in told), (typed, told)


@pytest.mark.slow
def test_arrows_choose_and_enter_opens_what_is_meant(busy: Office) -> None:
    case = _cases(busy)[-1]
    busy.go(places.Search())
    # Enter comes before the pause after the last key is over.
    paste(busy.window, case.tracking)
    press(busy.window, Qt.Key.Key_Return)
    assert busy.page.place == places.Case(case.case_id)


@pytest.mark.slow
def test_down_and_up_move_the_choice(busy: Office) -> None:
    busy.go(places.Search())
    page = _page(busy)
    first = page.found.lines[0].place
    press(busy.window, Qt.Key.Key_Up)
    press(busy.window, Qt.Key.Key_Down)
    second = page.found.lines[1].place
    assert first != second
    press(busy.window, Qt.Key.Key_Return)
    assert busy.page.place == second


@pytest.mark.slow
def test_a_service_is_found_without_half_spaces_and_opens_its_form(busy: Office) -> None:
    service = next(iter(intake.services(busy.crew.clerk.desk).values()))
    busy.go(places.Search(service.title.replace("ی", "ي")))
    press(busy.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert busy.page.place == places.Form(service.code)


@pytest.mark.slow
def test_nothing_found_says_what_to_try(busy: Office) -> None:
    busy.go(places.Search("۰۰۸۴۵۷۵۹۴۸"))
    state = _empty(_page(busy))
    assert state.words.words() == "پرونده‌ای با این کد یا شناسهٔ ملی یافت نشد"
    assert "کد رهگیری" in state.detail.words()
    bar = _page(busy).bar
    assert bar is not None
    assert bar.main is not None
    assert bar.main.isVisible(), "a main key is there, and says what it lacks"
    for held in (Modifier.NoModifier, Modifier.ControlModifier):
        bar.say("")
        press(busy.window, Qt.Key.Key_Return, held)
        assert isinstance(busy.page.place, places.Search)
        assert bar._sentence.words() == "چیزی یافت نشد؛ عبارت دیگری بنویسید."
        assert _page(busy).box.selectedText() == "۰۰۸۴۵۷۵۹۴۸"


@pytest.mark.slow
def test_esc_empties_first_then_goes_back(busy: Office) -> None:
    busy.go(places.Search("دهقان"))
    press(busy.window, Qt.Key.Key_Escape)
    assert _page(busy).box.text() == ""
    assert _empty(_page(busy)).words.words() == "یکی از این‌ها را بنویسید"
    press(busy.window, Qt.Key.Key_Escape)
    assert isinstance(busy.page.place, places.Home)


@pytest.mark.slow
def test_a_refresh_keeps_text_and_choice(busy: Office) -> None:
    busy.go(places.Search(_cases(busy)[0].applicant.split()[0]))
    page = _page(busy)
    page.found.choose(len(page.found.lines) - 1)
    chosen = page.found.lines[page.found.at].place
    press(busy.window, Qt.Key.Key_F5)
    page._ask()
    assert page.found.lines[page.found.at].place == chosen


@pytest.mark.slow
def test_a_supervisor_finds_cases_of_all_offices_at_the_centre(busy: Office) -> None:
    case = _cases(busy)[0]
    busy.sit(Role.SUPERVISOR)
    busy.go(places.Search(case.applicant))
    found = [line.place for line in _page(busy).found.lines]
    assert places.MunicipalCase(case.case_id) in found
    assert not any(isinstance(place, places.Form) for place in found)


@pytest.mark.slow
def test_ten_thousand_characters_and_control_characters_do_no_harm(busy: Office) -> None:
    busy.go(places.Search())
    paste(busy.window, "د\u0000😀\u202e" * 2500)
    page = _page(busy)
    page._ask()
    assert len(page.box.text()) <= 200
    assert _empty(page).isVisible()


@pytest.mark.slow
def test_who_is_found_by_the_name_of_another_says_whose(office: Office) -> None:
    case = cases.first(office.crew, "for-another", lambda c: bool(c.request.party.represented_name))
    party = case.request.party
    office.sit(Role.CLERK)
    office.go(places.Search(party.represented_name))
    told = [line.words for line in _page(office).found.lines]
    assert any(
        words.startswith(f"{party.name} از سوی {party.represented_name}، ") for words in told
    )
    office.go(places.Search(party.name))
    told = [line.words for line in _page(office).found.lines]
    assert not any("از سوی" in words for words in told)


@pytest.mark.slow
def test_nothing_is_cut(busy: Office, qapp: QApplication) -> None:
    busy.go(places.Search(_cases(busy)[0].tracking))
    assert find_everywhere(busy.window, qapp) == []


@pytest.mark.slow
def test_what_is_found_is_narrowed_to_open_cases_or_ended_ones(office: Office) -> None:
    clerk = office.crew.clerk
    gone, stays = cases.unpaid(office.crew), cases.unpaid(office.crew)
    counter_acts.withdraw(clerk, gone.case_id, "متقاضی منصرف شد")
    office.house.office.sync()
    office.sit(Role.CLERK)
    office.go(places.Search(stays.request.party.last_name))
    page = _page(office)
    assert {gone.case_id, stays.case_id} <= set(_found(page))
    chips = page.filters.chips
    assert page.filters.isVisible()
    chips["ended"].click()
    assert gone.case_id in _found(page)
    assert stays.case_id not in _found(page)
    chips["open"].click()
    assert stays.case_id in _found(page)
    assert gone.case_id not in _found(page)
    # Whoever types on asks for all again.
    paste(office.window, "ی")
    assert page.filters.chosen == "all"
    press(office.window, Qt.Key.Key_Backspace)
