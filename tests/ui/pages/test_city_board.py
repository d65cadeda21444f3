"""How the city stands: figures and charts of the centre, what each opens, and a line cut off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import board, city_board
from desktop.actions.city_board import Narrowed
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.ui import choosing, places
from desktop.ui.frame import Frame
from desktop.ui.pages.board import figures, tables
from desktop.ui.pages.board.cases import CityCasesPage
from desktop.ui.pages.board.figures import Shown, Span
from desktop.ui.pages.board.page import CityBoard
from desktop.ui.places import Place
from desktop.ui.work import Changed
from desktop.wire.board import BoardAnswer, ClerkRow, LookRow, OfficeRow, OutageBody, PartRow
from desktop.wire.board_cases import BoardCasesAnswer, Figure
from tests.houses import Busy, Filling
from tests.ui.keyboard import Modifier, press
from tests.ui.layout_check import find_everywhere
from tests.ui.pages.cases import in_review
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


def _page(office: Office) -> CityBoard:
    page = office.page
    assert isinstance(page, CityBoard)
    return page


def _answer(**changed: object) -> BoardAnswer:
    values: dict[str, object] = {
        "received": 642, "instant": 371, "overdue": 7, "letters": 386, "voided": 2, "copies": 5,
        "looks_due": 19, "looks_done": 18, "median_ms": 1040, "p95_ms": 1900,
        "answered": 40, "waited": 3, "waited_most": 14, "recalls": 2, "late": 3, "sent_back": 13,
        "open": {"pay-due": 3, "in-review": 9}, "taken": {"office": 6_300_000},
        "waiting_days": {"pay-due": 3, "in-review": 9},
        "outcomes": {"answer": 371, "pay": 64, "visit-no-record": 61, "visit": 44, "review": 82,
                     "refuse": 20},
        "hours": {"8": {"answer": 50, "visit": 6}, "10": {"review": 3}},
        "offices": [
            OfficeRow(office="21", name="بلوار طالقانی", received=47, instant=29, waiting=9,
                      overdue=1, late=1, taken=314_000_000, heard_at=NOW, visits=9,
                      visits_no_record=6, sent_back=2, issued=31, released=30, voided=1, copies=4,
                      states={"in-review": 5, "pay-due": 3}),
            OfficeRow(office="3", name="فهادان", received=22, instant=8, waiting=10, overdue=2,
                      late=2, heard_at=NOW - timedelta(minutes=48)),
        ],
        "looks": [],
        "clerks": [
            ClerkRow(office="21", clerk="زهرا فلاح", received=214, instant=120, sent_back=3,
                     voided=1, visits=31, visits_no_record=20, issued=150, released=148, copies=2,
                     taken=96_300_000, late=2, answered=140, waited=1,
                     states={"issued": 4, "in-review": 11}),
            ClerkRow(office="3", clerk="سعید کارگر", received=161, instant=60, sent_back=13,
                     voided=3),
            ClerkRow(office="3", clerk="لیلا حیدری", received=9, instant=4, sent_back=4, voided=0),
        ],
        "services": [
            PartRow(part="clearance", received=400, instant=300, visits=10, open=9, late=1,
                    answered=300, waited=2, visits_no_record=7, taken=12_000_000, issued=300,
                    released=299, voided=2, copies=3, sent_back=8,
                    states={"pay-due": 9}),
        ],
        "districts": [
            PartRow(part="0", received=2, instant=0, visits=0, open=2, late=0, answered=0,
                    waited=0),
            PartRow(part="3", received=640, instant=371, visits=95, open=90, late=2, answered=371,
                    waited=3),
        ],
    }  # fmt: skip
    return BoardAnswer.model_validate(values | changed)


def _shown(**changed: object) -> Shown:
    day = NOW.date()
    return Shown(_answer(**changed), Span(day, day), NOW)


def _open(city: Office) -> CityCasesPage:
    QApplication.processEvents()
    page = city.page
    assert isinstance(page, CityCasesPage)
    return page


@pytest.mark.slow
def test_the_numbers_are_the_centres(city: Office) -> None:
    page = _page(city)
    told = board.city_day(city.crew.supervisor, city.window.today())
    assert page._shown is not None
    assert page._shown.board.outcomes == told.outcomes
    assert sum(bar.value for bar in page.outcomes.bars()) == told.received == 12
    assert "دریافت‌شده: ۱۲" in page.numbers.accessibleName()
    assert page.heading.title == "وضعیت شهر"


@pytest.mark.long
def test_a_row_opens_its_office_s_cases_and_says_from_where(city: Office) -> None:
    page = _page(city)
    row = [line.key for line in page.offices.lines].index("21")
    page.offices.table.choose(row)
    page.offices.table.setFocus()
    press(city.window, Qt.Key.Key_Return)
    there = _open(city)
    told = board.city_day(city.crew.supervisor, city.window.today())
    assert there.total == there.model.rowCount() == told.received == 12
    assert there.heading.title == "درخواست دفتر پیشخوان ۲۱، ۱۲ پرونده"
    assert there.heading.second == page.heading.second
    press(city.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert isinstance(city.page.place, places.MunicipalCase)
    press(city.window, Qt.Key.Key_Escape)
    press(city.window, Qt.Key.Key_Escape)
    assert isinstance(city.page, CityBoard)


@pytest.mark.long
def test_every_figure_opens_as_many_cases_as_it_counts(city: Office) -> None:
    asked = _page(city)
    asked.period.set_value("month")
    asked._turn()
    QApplication.processEvents()
    assert asked._shown is not None
    for index, bar in enumerate(asked.outcomes.bars()):
        page = _page(city)
        page.outcomes.opened.emit(index)
        assert _open(city).total == bar.value
        press(city.window, Qt.Key.Key_Escape)
    for index, hour in enumerate(figures.hours(asked._shown.board.hours)):
        _page(city).hours.opened.emit(index)
        assert _open(city).total == hour.total
        press(city.window, Qt.Key.Key_Escape)
    for table in range(len(tables.BESIDE)):
        for line in range(len(_page(city).beside(table).lines)):
            one = _page(city).beside(table).lines[line]
            if one.opens is None or one.opens in (Figure.TAKEN, Figure.COPIED):
                continue
            _page(city).beside(table).table.opened.emit(line)
            opened = _open(city)
            if one.opens is not Figure.ISSUED and one.opens is not Figure.RELEASED:
                assert opened.total == one.weight, one.title
            press(city.window, Qt.Key.Key_Escape)


@pytest.mark.long
def test_letters_to_be_voided_are_a_banner_and_a_number_on_the_rail(city: Office) -> None:
    page = _page(city)
    assert not page.recalls.isVisible()
    page._show(_shown())
    assert page.recalls.isVisible()
    assert "ابطال ۲ نامه" in page.recalls.accessibleName()
    frame = city.window.findChild(Frame)
    assert isinstance(frame, Frame)
    assert frame.rail.items["queue"].accessibleName() == "کارتابل ناظر ۲"
    page.recalls.followed.emit()
    QApplication.processEvents()
    assert city.page.place == places.MunicipalQueue("recall")


def _down(**changed: object) -> OutageBody:
    since = NOW - timedelta(minutes=48)
    values: dict[str, object] = {"office_id": "3", "office": "3", "name": "فهادان", "since": since}
    return OutageBody.model_validate({**values, "until": None, **changed})


@pytest.mark.slow
def test_who_is_down_is_a_banner_and_a_key_from_the_office_s_card(city: Office) -> None:
    page = _page(city)
    assert not page.down.isVisible()
    page._show(_shown(outages=[_down(office_id="21", office="21")], recalls=0))
    assert page.down.isVisible()
    page.down.followed.emit()
    press(city.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert city.page.place == places.Office("21")


def _show(page: CityBoard) -> None:
    """It draws in turns."""
    page._show(_shown())
    QApplication.processEvents()


@pytest.mark.long
def test_tables_are_sorted_by_any_column(city: Office) -> None:
    page = _page(city)
    _show(page)
    table = page.offices.table
    assert page.offices.rows.key(0) == "3", "most overdue first"
    table.set_sorting(2, False)
    table.sorted_by.emit(2, False)
    assert page.offices.rows.key(0) == "21"
    table.choose(1)
    _show(page)
    assert table.row() == 1, "the chosen office stays chosen"


@pytest.mark.long
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


@pytest.mark.long
def test_the_week_and_days_of_one_s_own_ask_again(city: Office) -> None:
    page = _page(city)
    page.period.setFocus()
    press(city.window, Qt.Key.Key_Left)
    assert page.heading.second == "۳۰ آبان تا ۳ آذر ۱۴۰۵"
    today = city.window.today()
    page.period.set_value("range")
    page.first.set_value(today - timedelta(days=40))
    page.last.set_value(today)
    page._turn()
    QApplication.processEvents()
    whole = board.city_day(city.crew.supervisor, today, days=41)
    assert sum(bar.value for bar in page.outcomes.bars()) == whole.received > 12
    page.first.set_value(today + timedelta(days=2))
    page._turn()
    assert page.wrong.isVisibleTo(page)
    assert sum(bar.value for bar in page.outcomes.bars()) == whole.received


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


@pytest.mark.slow
def test_the_second_look_begins_with_the_first_that_waits(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(city)
    look = LookRow(
        case_id="018f", service="transfer", office="3", applicant="علی دهقان", tracking="1",
        received_at=NOW, clerk="مریم کریمی", why="boundary",
    )  # fmt: skip
    page._show(_shown(looks=[look]))
    QApplication.processEvents()
    went: list[Place] = []
    monkeypatch.setattr(city.window, "go", went.append)
    assert page.main.text() == "بازبینی، ۱۹ مانده"
    press(city.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    page.late.click()
    assert went[0] == places.SecondLook()
    assert isinstance(went[1], places.CityCases)
    assert went[1].of.figure is Figure.LATE


@pytest.mark.long
def test_with_no_look_left_the_main_button_leads_to_the_queue(city: Office) -> None:
    page = _page(city)
    page._show(_shown(looks_due=0))
    assert page.main.text() == "کارتابل ناظر"
    press(city.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert isinstance(city.page.place, places.MunicipalQueue)


@pytest.mark.slow
def test_without_a_line_the_last_figures_stay_also_for_who_comes_back(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(city)

    def down(*_: object, **__: object) -> BoardAnswer:
        raise LineDown

    with monkeypatch.context() as cut:
        cut.setattr(board, "city_day", down)
        press(city.window, Qt.Key.Key_F5)
        assert page.fault.words.words() == "آمار تا ۱۰:۴۲؛ خط قطع است."
        assert "دریافت‌شده: ۱۲" in page.numbers.accessibleName()
        city.go(places.Watch())
        city.go(places.CityDay())
        page = _page(city)
        assert page.fault.isVisibleTo(page)
        assert "دریافت‌شده: ۱۲" in page.numbers.accessibleName()
    page.fault.link.click()
    assert not page.fault.isVisibleTo(page)


@pytest.mark.long
def test_what_is_seen_is_written_and_printed(
    city: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(city)
    asked = tmp_path / "شهر.xlsx"
    monkeypatch.setattr(choosing, "save_file", lambda *_: asked)
    press(city.window, Qt.Key.Key_F8, Modifier.ShiftModifier)
    assert asked.stat().st_size > 5_000
    press(city.window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.cover.isVisible()
    press(city.window, Qt.Key.Key_Escape)
    _page(city).outcomes.opened.emit(0)
    cases = _open(city)
    asked = tmp_path / "پرونده‌ها.csv"
    cases.export(".csv")
    rows = asked.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + cases.total
    assert rows[0].startswith("کد رهگیری,دفتر,متقاضی")


@pytest.mark.slow
def test_an_export_that_is_stopped_writes_nothing(
    city: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(city).outcomes.opened.emit(0)
    page, folder = _open(city), tmp_path / "خروجی"
    folder.mkdir()
    ask = city_board.all_cases

    def stopping(*given: object) -> object:
        page.progress.stop_export()
        return ask(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(city_board, "all_cases", stopping)
    page.write(folder / "پرونده‌ها.csv")
    assert list(folder.iterdir()) == []
    assert not page.progress.is_running


@pytest.mark.long
def test_late_cases_are_handed_to_an_expert(city: Office) -> None:
    in_review(city.crew)
    city.clock.moment += timedelta(days=90)
    city.window.tick()
    today = city.window.today()
    of = Narrowed(Figure.LATE, today - timedelta(days=120), today)
    city.go(places.CityCases(of, "دیرکرد"))
    page = _open(city)
    rows = [at for at, row in page._rows.items() if row.state == "in-review"]
    assert rows
    page.table.choose(next(at for at, row in page._rows.items() if row.state != "in-review"))
    page.hand_over()
    assert page.form is None
    page.table.choose(rows[0])
    press(city.window, Qt.Key.Key_Space)
    page.hand_over()
    assert page.form is not None
    expert = city.crew.expert.staff
    page.form.expert.control.set_value(expert.staff_id)
    page.form.reason.control.set_value("مهلت گذشته است")
    press(city.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert page.form is None
    assert page.ticked == {}
    case, _ = board.municipal_case(city.crew.supervisor, page._rows[rows[0]].case_id)
    assert case.expert == expert.staff_id


@pytest.mark.long
def test_nothing_of_a_late_list_is_cut(city: Office, qapp: QApplication) -> None:
    city.clock.moment += timedelta(days=90)
    city.window.tick()
    today = city.window.today()
    of = Narrowed(Figure.LATE, today - timedelta(days=120), today)
    city.go(places.CityCases(of, "دیرکرد", "همهٔ منطقه‌ها"))
    page = _open(city)
    page.table.choose(0)
    press(city.window, Qt.Key.Key_Space)
    assert page.ticked
    assert find_everywhere(city.window, qapp) == []


@pytest.mark.long
def test_offices_are_told_of_ticked_cases(city: Office) -> None:
    _page(city).outcomes.opened.emit(0)
    page = _open(city)
    page.table.choose(0)
    press(city.window, Qt.Key.Key_Space)
    press(city.window, Qt.Key.Key_Space)
    assert len(page.ticked) == 2
    # One that was answered meanwhile is in the list no more: nobody is reminded of it.
    rows = [row for _, row in page.shown()]
    page._loaded(BoardCasesAnswer(rows=rows[1:], total=len(rows) - 1))
    assert page.ticked.keys() == {rows[1].case_id}
    page._loaded(BoardCasesAnswer(rows=rows, total=len(rows)))
    page.table.choose(0)
    press(city.window, Qt.Key.Key_Space)
    assert len(page.ticked) == 2
    page.write_to_offices(reminding=True)
    QApplication.processEvents()
    place = city.page.place
    assert isinstance(place, places.Announcing)
    assert place.begun is not None
    assert len(place.begun.offices) == 1
    assert place.begun.words.count("۲۱-") == 2


@pytest.mark.long
def test_nothing_is_cut(city: Office, qapp: QApplication) -> None:
    page = _page(city)
    page._show(_shown())
    assert find_everywhere(city.window, qapp) == []
