"""The supervisor's day: counts and charts of the centre, the ways on, and a line that is down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import board
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.frame import Frame
from desktop.ui.pages.municipality import day_parts as parts
from desktop.ui.pages.municipality.day import SupervisorDay
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.places import Place
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.work import Changed
from desktop.wire.payloads import BoardAnswer, LookRow, OfficeRow
from tests.houses import Busy, Filling
from tests.ui.keyboard import Modifier, press
from tests.ui.layout_check import find_everywhere
from tests.ui.pages.conftest import Office

NOW = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)


@pytest.fixture
def filling() -> Filling:
    return Busy(today=12)


@pytest.fixture
def city(office: Office) -> Office:
    """A morning with some requests, the supervisor at the desk."""
    office.sit(Role.SUPERVISOR)
    return office


def _page(office: Office) -> SupervisorDay:
    page = office.page
    assert isinstance(page, SupervisorDay)
    return page


def _answer(**changed: object) -> BoardAnswer:
    values: dict[str, object] = {
        "received": 642, "instant": 371, "overdue": 7, "letters": 386, "voided": 2, "copies": 5,
        "looks_due": 19, "looks_done": 18, "median_ms": 1040, "p95_ms": 1900,
        "answered": 40, "waited": 3, "recalls": 2,
        "waiting_days": {"pay-due": 3, "in-review": 9},
        "outcomes": {"answer": 371, "pay": 64, "visit-no-record": 61, "visit": 44, "review": 82,
                     "refuse": 20},
        "hours": {"8": {"answer": 50, "visit": 6}, "10": {"review": 3}},
        "offices": [
            OfficeRow(office="21", name="بلوار طالقانی", received=47, instant=29, waiting=9,
                      overdue=1, heard_at=NOW),
            OfficeRow(office="3", name="فهادان", received=22, instant=8, waiting=10, overdue=2,
                      heard_at=NOW - timedelta(minutes=48)),
        ],
        "looks": [],
    }  # fmt: skip
    return BoardAnswer.model_validate(values | changed)


@pytest.mark.slow
def test_the_numbers_are_the_centres(city: Office) -> None:
    page = _page(city)
    told = board.city_day(city.crew.supervisor, city.window.today())
    assert page._shown is not None
    assert page._shown.board.outcomes == told.outcomes
    assert sum(bar.value for bar in page.outcomes.bars()) == told.received == 12
    assert "دریافت‌شده: ۱۲" in page.numbers.accessibleName()
    assert page.heading.title == "امروز شهر"


def test_visits_for_want_of_a_record_stand_apart() -> None:
    bars = {bar.words: bar for bar in parts.outcome_bars(_answer())}
    assert (bars["بازدید، نبود سابقه"].value, bars["بازدید به دلایل دیگر"].value) == (61, 44)
    assert bars["بازدید به دلایل دیگر"].outlined
    assert bars["پاسخ آنی"].share == "۵۷٫۸٪"
    assert "هنوز بی‌نتیجه" not in bars


def test_an_office_that_is_the_whole_city_has_the_city_s_share() -> None:
    (first, _) = _answer().offices
    city = _answer(received=first.received, outcomes={"answer": first.instant}, instant=29)
    told = {n.words: n for n in parts.numbers(city, narrow=False)}["پاسخ آنی"].value
    assert parts.office_cells(first, NOW)[3].words == told == "۶۱٫۷٪"


def test_the_numbers_in_words() -> None:
    wide = {n.words: n for n in parts.numbers(_answer(), narrow=False)}
    assert (wide["پاسخ آنی"].value, wide["پاسخ آنی"].beside) == ("۵۷٫۸٪", "۳۷۱")
    assert wide["انتظار متقاضی"].value == "۳ روز"
    assert wide["پاسخ سامانه"].value == "۱ ثانیه"
    assert wide["دیرکرد"].beside == "در ۲ دفتر"
    assert wide["بازبینی"].beside == "مانده از ۳۷"
    assert wide["نامهٔ صادره"].beside == "۲ ابطال"
    nothing = _answer(received=0, answered=0, outcomes={})
    none = {n.words: n for n in parts.numbers(nothing, narrow=True)}
    assert none["انتظار متقاضی"].value == "—"
    assert none["دریافت‌شده"].beside == ""


def test_an_answer_of_the_day_itself_is_no_wait() -> None:
    told = {n.words: n for n in parts.numbers(_answer(waited=0), narrow=False)}
    assert told["انتظار متقاضی"].value == "۰ روز"


@pytest.mark.slow
def test_a_row_opens_the_list_of_its_office(city: Office) -> None:
    page = _page(city)
    page.offices.choose(0)
    page.offices.setFocus()
    press(city.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    there = city.page
    assert there.place == places.MunicipalQueue(office="21")
    assert isinstance(there, MunicipalQueuePage)
    assert there.office.value() == "21"
    told = board.municipal_queue(city.crew.supervisor, office="21")
    assert there.model.rowCount() == told.total > 0
    assert board.municipal_queue(city.crew.supervisor, office="99").total == 0


@pytest.mark.slow
def test_letters_to_be_voided_are_a_banner_and_a_number_on_the_rail(city: Office) -> None:
    page = _page(city)
    assert not page.recalls.isVisible()
    page._show(_answer())
    assert page.recalls.isVisible()
    assert "ابطال ۲ نامه" in page.recalls.accessibleName()
    frame = city.window.findChild(Frame)
    assert isinstance(frame, Frame)
    assert frame.items["queue"].accessibleName() == "کارتابل ناظر ۲"
    page.recalls.followed.emit()
    QApplication.processEvents()
    assert city.page.place == places.MunicipalQueue("recall")


def test_hours_are_told_by_more_than_colour() -> None:
    told = [(series.pattern, series.outlined) for series in parts.SERIES]
    assert len(set(told)) == len(told), "each kind has a look of its own without its colour"
    kinds = {kind.words: kind for kind in parts.KINDS}
    assert all(bar.pattern == kinds[bar.words].pattern for bar in parts.outcome_bars(_answer()))


def test_hours_without_a_request_have_their_place() -> None:
    hours = parts.hours(_answer().hours)
    assert [hour.words for hour in hours] == ["۸", "۹", "۱۰", "۱۱", "۱۲", "۱۳"]
    assert [hour.total for hour in hours[:3]] == [56, 0, 3]


def test_a_silent_office_is_told_as_cut_off() -> None:
    near, lost = (parts.heard(row.heard_at, NOW) for row in _answer().offices)
    assert (near.words, near.colour) == ("اکنون", "ok")
    assert (lost.words, lost.colour) == ("قطع، ۴۸ دقیقه پیش", "refuse")
    assert parts.heard(None, NOW).words == "هنوز نه"


def test_offices_are_sorted_by_any_column(city: Office) -> None:
    page = _page(city)
    page._show(_answer())
    assert page._rows.key(0) == "3", "most overdue first"
    page.offices.set_sorting(2, False)
    page.offices.sorted_by.emit(2, False)
    assert page._rows.key(0) == "21"
    page.offices.choose(1)
    page._show(_answer())
    assert page.offices.row() == 1, "the chosen office stays chosen"


def test_after_a_bug_in_its_question_it_asks_again(
    city: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []

    def stumble(*given: object, **named: object) -> BoardAnswer:
        asked.append("asked")
        raise ZeroDivisionError

    monkeypatch.setattr(board, "city_day", stumble)
    for _ in range(2):
        city.window.work.changed.emit(Changed(sync=True))
    assert asked == ["asked", "asked"]


@pytest.mark.slow
def test_yesterday_and_the_week_ask_again(city: Office) -> None:
    page = _page(city)
    page.period.setFocus()
    press(city.window, Qt.Key.Key_Left)
    assert page.heading.title == "دیروز شهر"
    assert "دریافت‌شده: ۱۲" not in page.numbers.accessibleName()
    press(city.window, Qt.Key.Key_Left)
    assert page.heading.title == "هفتهٔ شهر"
    whole = board.city_day(city.crew.supervisor, city.window.today(), days=7)
    assert sum(bar.value for bar in page.outcomes.bars()) == whole.received > 12


@pytest.mark.slow
def test_service_and_district_narrow_the_counts(city: Office) -> None:
    page = _page(city)
    for choice, key in ((page.service, "transfer"), (page.district, "1")):
        choice._choose(key)
        shown = page._shown
        assert shown is not None
        service = page.service.value() if page.service.value() != "all" else ""
        district = int(page.district.value()) if page.district.value() != "all" else 0
        told = board.city_day(
            city.crew.supervisor, city.window.today(), service=service, district=district
        )
        assert shown.board.received == told.received < 12


def test_the_second_look_begins_with_the_first_that_waits(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(city)
    look = LookRow(
        case_id="018f", service="transfer", office="3", applicant="علی دهقان", tracking="1",
        received_at=NOW, clerk="مریم کریمی", why="boundary",
    )  # fmt: skip
    page._show(_answer(looks=[look]))
    QApplication.processEvents()
    row = next(r for r in page.findChildren(ListRow) if "نقل و انتقال" in r.accessibleName())
    assert row.accessibleName() == "نقل و انتقال، دفتر ۳، ثبت ۱۰:۴۲، مریم کریمی، نزدیک مرز"
    went: list[Place] = []
    monkeypatch.setattr(city.window, "go", went.append)
    press(city.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    page.late.click()
    page.outcomes.opened.emit(1)
    page.waiting.opened.emit(0)
    assert went == [
        places.MunicipalCase("018f"),
        places.MunicipalQueue("overdue"),
        places.MunicipalQueue("pay-due"),
        places.MunicipalQueue("in-review"),
    ]


@pytest.mark.slow
def test_with_no_look_left_the_main_button_leads_to_the_queue(city: Office) -> None:
    page = _page(city)
    page._show(_answer(looks_due=0))
    assert page.main.text() == "کارتابل ناظر"
    press(city.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert isinstance(city.page.place, places.MunicipalQueue)


@pytest.mark.slow
def test_without_a_line_the_last_counts_stay_and_it_is_said(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(city)

    def down(*_: object, **__: object) -> BoardAnswer:
        raise LineDown

    with monkeypatch.context() as cut:
        cut.setattr(board, "city_day", down)
        press(city.window, Qt.Key.Key_F5)
    assert page.fault.isVisibleTo(page)
    assert "از پیش است" in page.fault.words.words()
    assert "دریافت‌شده: ۱۲" in page.numbers.accessibleName()
    page.fault.link.click()
    assert not page.fault.isVisibleTo(page)


@pytest.mark.slow
def test_nothing_is_cut(city: Office, qapp: QApplication) -> None:
    page = _page(city)
    page._show(_answer())
    assert find_everywhere(city.window, qapp) == []
