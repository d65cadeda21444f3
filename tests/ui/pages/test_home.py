"""The home page: numbers, services by digit, drafts, what waits, the newest cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import board, drafts
from desktop.actions.board import Order, QueueFilter
from desktop.demo.following import case_now, pay
from desktop.domain.decision import Outcome
from desktop.domain.people import Applicant, Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.ui import places, theme
from desktop.ui.page import Page
from desktop.ui.pages.home.page import Home
from desktop.ui.pages.home.parts import OTHERS, DraftCard, offers
from desktop.ui.palette import Theme
from desktop.ui.places import Place
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.lists.rows import ListRow
from tests.houses import Busy
from tests.office import SERVICE
from tests.ui.keyboard import press
from tests.ui.layout_check import find_everywhere, find_problems
from tests.ui.pages.cases import owing
from tests.ui.pages.conftest import Office


def _home(office: Office) -> Home:
    page = office.page
    assert isinstance(page, Home)
    return page


def _side(page: Page) -> QWidget:
    assert page.side is not None
    return page.side


def _rows(page: Page) -> list[ListRow]:
    return _side(page).findChildren(ListRow)


def _cards(page: Page) -> list[DraftCard]:
    QApplication.processEvents()
    return [card for card in _side(page).findChildren(DraftCard) if card.isVisible()]


@pytest.mark.slow
def test_a_digit_opens_its_service(office: Office) -> None:
    office.sit(Role.CLERK)
    keys = _home(office).services.keys
    assert [key.digit() for key in keys] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
    assert keys[0].hasFocus()
    press(office.window, Qt.Key.Key_3)
    assert office.page.place == places.Form("transfer")


@pytest.mark.long
def test_f2_then_a_digit_opens_a_service_from_anywhere(office: Office) -> None:
    office.sit(Role.CLERK)
    office.go(places.Search())
    press(office.window, Qt.Key.Key_F2)
    began: Page = office.page
    assert (began.place, began.rail) == (places.Home(choosing=True), "new")
    press(office.window, Qt.Key.Key_1)
    assert office.page.place == places.Form("no-violation")


@pytest.mark.slow
def test_arrows_go_from_key_to_key_and_enter_opens(office: Office) -> None:
    office.sit(Role.CLERK)
    keys = _home(office).services.keys
    press(office.window, Qt.Key.Key_Left)
    assert keys[1].hasFocus()
    press(office.window, Qt.Key.Key_Down)
    assert keys[4].hasFocus()
    press(office.window, Qt.Key.Key_Down)
    press(office.window, Qt.Key.Key_Down)
    assert keys[9].hasFocus(), "the wide key is under all of the last row"
    press(office.window, Qt.Key.Key_Down)
    assert keys[9].hasFocus(), "there is nothing below"
    press(office.window, Qt.Key.Key_Right)
    assert keys[8].hasFocus()
    for _ in range(2):
        press(office.window, Qt.Key.Key_Up)
        press(office.window, Qt.Key.Key_Right)
    assert keys[0].hasFocus()
    press(office.window, Qt.Key.Key_Return)
    assert office.page.place == places.Form("no-violation")


def test_a_wide_key_holds_the_rest_only_where_there_are_more_than_nine() -> None:
    nine = offers([SERVICE] * 9)
    assert [offer.code for offer in nine] == [SERVICE.code] * 9
    eleven = offers([SERVICE] * 11)
    assert [offer.code for offer in eleven] == [SERVICE.code] * 9 + [OTHERS]
    rest = SERVICE.short or SERVICE.title
    assert (eleven[9].words, eleven[9].details[0]) == ("خدمت‌های دیگر (۲)", f"{rest}، {rest}")


def test_a_service_that_bodies_ask_for_names_them_first() -> None:
    asking = (Applicant.OWNER, Applicant.HEIR, Applicant.BANK, Applicant.NOTARY)
    (offer,) = offers([replace(SERVICE, applicants=asking)])
    assert offer.details == (
        "بانک، دفترخانه، مالک و دیگران",
        "بانک، دفترخانه و دیگران",
        "بانک و دیگران",
    )
    (offer,) = offers([replace(SERVICE, applicants=asking[:2])])
    assert offer.details == ("مالک، وارث", "مالک و دیگران")


@pytest.mark.slow
def test_a_draft_grows_older_while_nothing_changes(office: Office) -> None:
    drafts.save(office.crew.clerk, "", "transfer", "دفترخانهٔ ۲۷", '{"deal": "sale"}')
    office.sit(Role.CLERK)
    page = _home(office)
    office.clock.moment += timedelta(minutes=7)
    page.minutes.timeout.emit()
    (card,) = _cards(page)
    names = " ".join(w.accessibleName() for w in card.findChildren(QWidget))
    assert "۷ دقیقه پیش" in names


@pytest.mark.slow
def test_a_draft_is_shown_deleted_and_brought_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = office.crew.clerk
    kept = drafts.save(clerk, "", "transfer", "دفترخانهٔ ۲۷", '{"deal": "sale"}')
    office.clock.moment += timedelta(minutes=4)
    office.sit(Role.CLERK)
    page = _home(office)
    cards = _cards(page)
    assert len(cards) == 1
    names = [w.accessibleName() for w in cards[0].findChildren(QWidget) if w.accessibleName()]
    assert "ادامهٔ نقل و انتقال، دفترخانهٔ ۲۷، ۴ دقیقه پیش" in names
    cards[0].deleted.emit()
    assert drafts.mine(clerk) == []
    assert _cards(page) == []
    frame = office.window._frame
    assert frame is not None
    frame.toast.link.click()
    assert [(d.draft_id, d.body) for d in drafts.mine(clerk)] == [(kept, '{"deal": "sale"}')]
    went: list[Place] = []
    monkeypatch.setattr(office.window, "go", went.append)
    _cards(page)[0].resumed.emit()
    assert went == [places.Form("transfer", kept)]


@pytest.mark.parametrize("filling", [Busy(today=31)], ids=["busy"])
@pytest.mark.long
def test_the_numbers_and_lists_tell_the_day_and_lead_on(office: Office) -> None:
    office.sit(Role.CLERK)
    page = _home(office)
    told = page.numbers.accessibleName()
    assert "ثبت‌شدهٔ امروز: ۳۱" in told
    assert "٪ از همه" in told
    names = [row.accessibleName() for row in _rows(page)]
    ready = next(row for row in _rows(page) if row.accessibleName().startswith("آمادهٔ تحویل"))
    assert ready.accessibleName() == f"آمادهٔ تحویل به متقاضی: {_number(told, 'آمادهٔ تحویل')}"
    assert not any(name.startswith("در انتظار تأیید و مهر") for name in names)
    ready.click()
    assert office.page.place == places.Queue("released")
    press(office.window, Qt.Key.Key_Escape)
    newest = _rows(_home(office))[-1]
    newest.click()
    assert isinstance(office.page.place, places.Case)


@pytest.mark.slow
def test_an_answer_after_a_payment_is_no_instant_one(office: Office) -> None:
    crew = office.crew
    case = owing(crew)
    while case.state is State.PAY_DUE:
        pay(crew, case, office.clock.moment)
        case = case_now(crew.clerk, case.case_id)
    assert case.outcome is Outcome.ANSWER
    desk = crew.clerk.desk
    everything = board.listing(desk, QueueFilter(), Order.TURN)
    others = board.rows(desk, everything, 0, everything.count)
    assert case.first is not None
    assert case.first.outcome is Outcome.PAY
    instant = sum(row.first_outcome == "answer" for row in others)
    assert instant < sum(row.outcome == "answer" for row in others)
    office.sit(Role.CLERK)
    told = _home(office).numbers.accessibleName()
    assert _number(told, "پاسخ آنی") == to_persian_digits(instant)


def _number(told: str, words: str) -> str:
    part = next(part for part in told.split("، ") if part.startswith(words))
    return part.split(": ")[1].split(" ")[0]


@pytest.mark.parametrize("filling", [Busy(today=31)], ids=["busy"])
@pytest.mark.long
def test_the_manager_sees_what_waits_for_a_stamp(office: Office) -> None:
    office.sit(Role.MANAGER)
    office.go(places.Home())
    row = next(r for r in _rows(office.page) if r.accessibleName().startswith("در انتظار تأیید"))
    row.click()
    assert office.page.place == places.Queue("issued")


@pytest.mark.slow
def test_a_refresh_leaves_the_focus_alone(office: Office) -> None:
    drafts.save(office.crew.clerk, "", "transfer", "دفترخانهٔ ۲۷", "{}")
    office.sit(Role.CLERK)
    page = _home(office)
    page.services.focus_on(3)
    office.house.office.bell()
    drafts.save(office.crew.clerk, "", "no-violation", "فاطمه دهقان", "{}")
    press(office.window, Qt.Key.Key_F5)
    assert page.services.keys[3].hasFocus()
    assert len(_cards(page)) == 2


@pytest.mark.slow
def test_a_refresh_that_brings_nothing_new_leaves_the_rows_as_they_are(office: Office) -> None:
    drafts.save(office.crew.clerk, "", "transfer", "دفترخانهٔ ۲۷", "{}")
    office.sit(Role.CLERK)
    page = _home(office)
    before = _cards(page)
    press(office.window, Qt.Key.Key_F5)
    assert _cards(page) == before


@pytest.mark.slow
def test_a_row_that_is_rebuilt_has_the_focus_again(office: Office) -> None:
    drafts.save(office.crew.clerk, "", "transfer", "دفترخانهٔ ۲۷", "{}")
    office.sit(Role.CLERK)
    page = _home(office)
    resume = next(w for w in _cards(page)[0].findChildren(QWidget) if "ادامهٔ" in w.accessibleName())
    resume.setFocus()
    drafts.save(office.crew.clerk, "", "no-violation", "فاطمه دهقان", "{}")
    press(office.window, Qt.Key.Key_F5)
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not resume
    assert focus.accessibleName() == resume.accessibleName()


@pytest.mark.long
def test_narrow_the_side_stands_in_place_of_the_content(office: Office, qapp: QApplication) -> None:
    drafts.save(office.crew.clerk, "", "transfer", "دفترخانهٔ ۲۷", "{}")
    office.sit(Role.CLERK)
    theme.apply(qapp, Theme.LIGHT, 150, motion=False)
    QApplication.processEvents()
    page = _home(office)
    assert page.isVisible()
    assert not _side(page).isVisible()
    assert page.summary.isVisible()
    press(office.window, Qt.Key.Key_F7)
    QApplication.processEvents()
    assert _side(page).isVisible()
    assert not page.isVisible()
    assert find_problems(office.window) == []
    press(office.window, Qt.Key.Key_F7)
    assert page.isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("filling", [Busy(today=5)], ids=["busy"])
def test_nothing_is_cut(office: Office, qapp: QApplication) -> None:
    drafts.save(office.crew.clerk, "", "inquiry", "سید محمدحسین طباطبایی نژاد اردکانی", "{}")
    office.clock.moment += timedelta(days=30)
    office.sit(Role.CLERK)
    assert find_everywhere(office.window, qapp) == []


@pytest.mark.long
def test_drafts_that_pile_up_are_counted_and_the_old_ones_can_go(office: Office) -> None:
    seat = office.crew.clerk
    now = office.clock.moment
    for number in range(12):
        office.clock.moment = now - timedelta(days=20 if number < 8 else 1)
        drafts.save(seat, "", "no-violation", f"متقاضی {number}", "{}")
    office.clock.moment = now
    office.sit(Role.CLERK)
    page = office.go(places.Home())
    assert len(page.side.findChildren(DraftCard)) == 5  # type: ignore[union-attr]

    def link(words: str) -> Link:
        found = [each for each in page.side.findChildren(Link) if each.text() == words]  # type: ignore[union-attr]
        return found[-1]

    assert link("۷ پیش‌نویس دیگر").isVisible()
    link("حذف ۸ پیش‌نویس قدیمی").click()
    QApplication.processEvents()
    assert len(drafts.mine(seat)) == 4
    office.window._frame.toast.link.click()  # type: ignore[union-attr]
    QApplication.processEvents()
    assert len(drafts.mine(seat)) == 12
    link("۷ پیش‌نویس دیگر").click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(page.side.findChildren(DraftCard)) == 12  # type: ignore[union-attr]
