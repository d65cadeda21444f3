"""How the city stands: figures and charts of the centre, what each opens, and a line cut off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import board, city_board
from desktop.actions.city_board import Narrowed
from desktop.domain.correctness import Correctness
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.ui import choosing, places
from desktop.ui.frame import Frame
from desktop.ui.pages.board import figures, tables
from desktop.ui.pages.board.cases import CityCasesPage
from desktop.ui.pages.board.figures import Shown, Span
from desktop.ui.pages.board.page import CityBoard
from desktop.ui.pages.board.tables import Told
from desktop.ui.places import Place
from desktop.ui.work import Changed
from desktop.wire.board_cases import Figure
from desktop.wire.payloads import (
    BoardAnswer,
    ClerkRow,
    LookRow,
    OfficeRow,
    OutageBody,
    PartRow,
    correctness_body,
)
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
                     voided=1),
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


def test_visits_for_want_of_a_record_stand_apart() -> None:
    bars = {bar.words: bar for bar in figures.outcome_bars(_answer())}
    assert (bars["بازدید، نبود سابقه"].value, bars["بازدید به دلایل دیگر"].value) == (61, 44)
    assert bars["بازدید به دلایل دیگر"].outlined
    assert bars["پاسخ آنی"].share == "۵۷٫۸٪"
    assert "هنوز بی‌نتیجه" not in bars


def test_an_office_that_is_the_whole_city_has_the_city_s_share() -> None:
    (first, _) = _answer().offices
    city = _answer(received=first.received, outcomes={"answer": first.instant}, instant=29)
    told = {n.shown.words: n.shown for n in figures.numbers(city, narrow=False)}["پاسخ آنی"]
    line = tables.OFFICES.lines(_answer(offices=[first]), Told({}, NOW))[0]
    assert line.cells[3].words == told.value == "۶۱٫۷٪"


def test_the_numbers_in_words() -> None:
    wide = {n.shown.words: n.shown for n in figures.numbers(_answer(), narrow=False)}
    assert (wide["پاسخ آنی"].value, wide["پاسخ آنی"].beside) == ("۵۷٫۸٪", "۳۷۱")
    assert (wide["انتظار متقاضی"].value, wide["انتظار متقاضی"].beside) == ("۳ روز", "۹۰٪ تا ۱۴ روز")
    # The machine's seconds beside the citizen's days; of many days nobody asks for them.
    assert wide["انتظار متقاضی"].below == "رایانه ۱٫۰، ۹۵٪ تا ۱٫۹ ثانیه"
    assert figures.told(wide["انتظار متقاضی"]).endswith(
        "(۹۰٪ تا ۱۴ روز؛ رایانه ۱٫۰، ۹۵٪ تا ۱٫۹ ثانیه)"
    )
    assert figures.machine_words(_answer(median_ms=0, p95_ms=0)) == ""
    assert figures.machine_words(_answer(median_ms=3, p95_ms=40)) == "رایانه ۰٫۱، ۹۵٪ تا ۰٫۱ ثانیه"
    assert (wide["دیرکرد"].value, wide["دیرکرد"].beside) == ("۳", "در ۲ دفتر")
    assert wide["نامهٔ صادره"].beside == "۲ ابطال، ۵ نسخهٔ دوم"
    nothing = _answer(received=0, answered=0, outcomes={})
    none = {n.shown.words: n.shown for n in figures.numbers(nothing, narrow=True)}
    assert none["انتظار متقاضی"].value == "—"
    assert none["دریافت‌شده"].beside == ""


def test_an_answer_of_the_day_itself_is_no_wait() -> None:
    told = {n.shown.words: n.shown for n in figures.numbers(_answer(waited=0), narrow=False)}
    assert told["انتظار متقاضی"].value == "۰ روز"


@pytest.mark.slow
def test_a_row_opens_its_office_s_cases_and_says_from_where(city: Office) -> None:
    page = _page(city)
    row = [line.key for line in page.offices.lines].index("21")
    page.offices.table.choose(row)
    page.offices.table.setFocus()
    press(city.window, Qt.Key.Key_Return)
    there = _open(city)
    told = board.city_day(city.crew.supervisor, city.window.today())
    assert there.total == there.model.rowCount() == told.received == 12
    assert there.heading.title == "درخواست دفتر ۲۱، دفتر پیشخوان ۲۱، ۱۲ پرونده"
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


@pytest.mark.slow
def test_letters_to_be_voided_are_a_banner_and_a_number_on_the_rail(city: Office) -> None:
    page = _page(city)
    assert not page.recalls.isVisible()
    page._show(_shown())
    assert page.recalls.isVisible()
    assert "ابطال ۲ نامه" in page.recalls.accessibleName()
    frame = city.window.findChild(Frame)
    assert isinstance(frame, Frame)
    assert frame.items["queue"].accessibleName() == "کارتابل ناظر ۲"
    page.recalls.followed.emit()
    QApplication.processEvents()
    assert city.page.place == places.MunicipalQueue("recall")


def test_hours_are_told_by_more_than_colour() -> None:
    told = [(series.pattern, series.outlined) for series in figures.SERIES]
    assert len(set(told)) == len(told), "each kind has a look of its own without its colour"
    kinds = {kind.words: kind for kind in figures.KINDS}
    assert all(bar.pattern == kinds[bar.words].pattern for bar in figures.outcome_bars(_answer()))


def test_hours_without_a_request_have_their_place() -> None:
    hours = figures.hours(_answer().hours)
    assert [hour.words for hour in hours] == ["۸", "۹", "۱۰", "۱۱", "۱۲", "۱۳"]
    assert [hour.total for hour in hours[:3]] == [56, 0, 3]


def _down(**changed: object) -> OutageBody:
    since = NOW - timedelta(minutes=48)
    values: dict[str, object] = {"office_id": "3", "office": "3", "name": "فهادان", "since": since}
    return OutageBody.model_validate({**values, "until": None, **changed})


def test_an_office_whose_line_is_down_is_told_as_cut_off() -> None:
    told = Told({}, NOW)
    near, lost = (line.cells[-1] for line in tables.OFFICES.lines(_answer(outages=[_down()]), told))
    assert (near.words, near.colour) == ("اکنون", "ok")
    assert (lost.words, lost.colour) == ("قطع، ۴۸ دقیقه پیش", "refuse")
    # After its hours the same silence is no outage.
    shut = tables.OFFICES.lines(_answer(), told)[1].cells[-1]
    assert (shut.words, shut.colour) == ("۴۸ دقیقه پیش", "text2")
    assert tables.heard(None, NOW, down=False).words == "هنوز نه"


def test_outages_say_since_when_how_long_and_what_came_late() -> None:
    over = {"since": NOW - timedelta(hours=3), "until": NOW - timedelta(minutes=55)}
    board = _answer(
        outages=[
            _down(unsent_since=NOW - timedelta(minutes=50)),
            _down(**over, office_id="21", office="21", name="بلوار طالقانی", delayed=6),
            _down(**over, office_id="", office="", name=""),
        ],
        outages_ended=5,
    )
    assert figures.down_words(board, NOW) == "خط ۱ دفتر قطع است: ۳ (۴۸ دقیقه)."
    sheet = tables.OUTAGES.sheet(board, Told({}, NOW))
    assert list(sheet.rows) == [
        ("۳، فهادان", "۰۹:۵۴", "۴۸ دقیقه تا اکنون", "نفرستاده از ۰۹:۵۲"),
        ("مرکز", "۰۷:۴۲", "۲:۰۵ ساعت", 0),
        ("۲۱، بلوار طالقانی", "۰۷:۴۲", "۲:۰۵ ساعت", 6),
        ("و ۳ قطعی پیش‌تر", "", "", ""),
    ]
    opened = [line.place for line in tables.OUTAGES.lines(board, Told({}, NOW))]
    assert opened == [places.Office("3"), places.Office("21"), None, None]
    # Nobody is down: nothing stands over the numbers.
    assert figures.down_words(_answer(), NOW) == ""


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


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        (
            tables.OFFICES,
            0,
            {
                "بازدید، نبود سابقه": 6, "بازدید، دلایل دیگر": 3, "در جریان": 8,
                "در جریان، در چه گام": "در دست بررسی ۵، در انتظار پرداخت ۳", "نامهٔ صادره": 31,
                "مهرشده": 30, "ابطال": 1, "نسخهٔ دوم و پس از آن": 4, "برگشت به دفتر": 2,
                "وصولی (ریال)": 314_000_000, "دیرکرد": 1, "در جریان اکنون، هر روز دریافت": 9,
                "دیرکرد اکنون، هر روز دریافت": 1,
            },
        ),
        (
            tables.SERVICES,
            0,
            {
                "بازدید، نبود سابقه": 7, "بازدید، دلایل دیگر": 3, "در جریان": 9,
                "در جریان، در چه گام": "در انتظار پرداخت ۹", "نامهٔ صادره": 300, "مهرشده": 299,
                "ابطال": 2, "نسخهٔ دوم و پس از آن": 3, "برگشت به دفتر": 8,
                "وصولی (ریال)": 12_000_000, "دیرکرد": 1,
            },
        ),
    ],
)  # fmt: skip
def test_an_office_and_a_service_tell_all_in_the_file_and_on_screen_what_has_room(
    table: tables.Kept, row: int, told: dict[str, object]
) -> None:
    sheet = table.sheet_of(table.lines(_answer(), Told({}, NOW)))
    heads = [each.words for each in sheet.headings]
    values = dict(zip(heads, list(sheet.rows)[row], strict=True))
    assert {name: values[name] for name in told} == told
    line = table.lines(_answer(), Told({}, NOW))[row]
    assert len(line.cells) == len(line.values) == len(line.order) == len(table.columns)
    assert len(table.columns) == len(heads)


def test_a_clerk_stands_out_by_a_word_and_only_of_many_requests() -> None:
    lines = tables.CLERKS.lines(_answer(), Told({}, NOW))
    back = {line.values[0]: line.cells[2] for line in lines}
    assert (back["سعید کارگر، 3"].words, back["سعید کارگر، 3"].icon) == (
        "۸٫۱٪ زیاد",
        "alert-triangle",
    )
    assert (back["لیلا حیدری، 3"].words, back["لیلا حیدری، 3"].icon) == ("۴۴٫۴٪", "")
    assert back["زهرا فلاح، 21"].words == "۱٫۴٪"


def test_a_request_without_a_district_opens_nothing() -> None:
    first, second = tables.DISTRICTS.lines(_answer(), Told({}, NOW))
    assert (first.opens, second.opens, second.narrowed) == (None, Figure.RECEIVED, {"district": 3})


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "سه‌شنبه ۳ آذر ۱۴۰۵"),
        (date(2026, 11, 22), date(2026, 11, 24), "۱ تا ۳ آذر ۱۴۰۵"),
        (date(2026, 10, 23), date(2026, 11, 21), "آبان ۱۴۰۵"),
        (date(2026, 11, 20), date(2026, 11, 24), "۲۹ آبان تا ۳ آذر ۱۴۰۵"),
        (date(2026, 3, 20), date(2026, 3, 21), "۲۹ اسفند ۱۴۰۴ تا ۱ فروردین ۱۴۰۵"),
    ],
)
def test_days_in_words(first: date, last: date, words: str) -> None:
    assert Span(first, last).words == words


def test_periods_end_today() -> None:
    today = date(2026, 11, 24)
    assert figures.span_of("week", today) == Span(date(2026, 11, 21), today)
    assert figures.span_of("month", today) == Span(date(2026, 11, 22), today)
    assert figures.month_before(today) == Span(date(2026, 10, 23), date(2026, 11, 21))


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (None, date(2026, 11, 24), "هر دو روز"),
        (date(2026, 11, 24), date(2026, 11, 23), "پیش از"),
        (date(2026, 11, 25), date(2026, 11, 26), "نیامده"),
        (date(2025, 10, 1), date(2026, 11, 24), "بیش از ۴۰۰ روز"),
        (date(2026, 11, 1), date(2026, 11, 24), ""),
    ],
)
def test_a_range_that_is_none_is_told(first: date | None, last: date, fault: str) -> None:
    told = figures.fault_of(first, last, date(2026, 11, 24))
    assert fault in told if fault else not told


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


@pytest.mark.parametrize(
    ("looked", "wrong", "told"),
    [
        (48, 0, ("۰ نادرست", "از ۴۸؛ حداکثر ۶٫۱٪", "ok")),
        (48, 1, ("۱ نادرست", "از ۴۸؛ حداکثر ۹٫۶٪", "refuse")),
        (19, 0, ("—", "درستی هنوز کم: ۱۹ بازبینی", "text")),
    ],
)
def test_correctness_is_never_a_share_without_its_bound(
    looked: int, wrong: int, told: tuple[str, ...]
) -> None:
    # Of the risky ones many are wrong; they say nothing of all.
    found = correctness_body(Correctness(60, looked, wrong, 30, 30, 20))
    number = figures.correctness(_answer(correctness=found))
    assert number is not None
    assert (number.value, number.words, number.tone) == told
    assert figures.correctness(_answer()) is None


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_offices_are_told_of_ticked_cases(city: Office) -> None:
    _page(city).outcomes.opened.emit(0)
    page = _open(city)
    page.table.choose(0)
    press(city.window, Qt.Key.Key_Space)
    press(city.window, Qt.Key.Key_Space)
    assert len(page.ticked) == 2
    page.write_to_offices(reminding=True)
    QApplication.processEvents()
    place = city.page.place
    assert isinstance(place, places.Announcing)
    assert place.begun is not None
    assert len(place.begun.offices) == 1
    assert place.begun.words.count("۲۱-") == 2


@pytest.mark.slow
def test_nothing_is_cut(city: Office, qapp: QApplication) -> None:
    page = _page(city)
    page._show(_shown())
    assert find_everywhere(city.window, qapp) == []
