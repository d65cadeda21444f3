"""The board's figures and tables as lines, without a window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.correctness import Correctness
from desktop.ui import places
from desktop.ui.pages.board import figures, tables
from desktop.ui.pages.board.figures import Span
from desktop.ui.pages.board.sorted_table import SortedTable
from desktop.ui.pages.board.tables import Told
from desktop.ui.widgets.lists.table_cells import CELL, Cell
from desktop.wire.board import OutageDeskBody, correctness_body
from desktop.wire.board_cases import Figure
from tests.ui.pages.test_city_board import NOW, _answer, _down


def _desk(number: int, delayed: int) -> OutageDeskBody:
    return OutageDeskBody(
        office_id="21", office="21", name="بلوار طالقانی", desk=number, delayed=delayed
    )


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
    paper = dict(figures.on_paper(_answer()))
    assert paper["انتظار متقاضی"].endswith("(۹۰٪ تا ۱۴ روز؛ رایانه ۱٫۰، ۹۵٪ تا ۱٫۹ ثانیه)")
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


def test_hours_are_told_by_more_than_colour() -> None:
    told = [(series.pattern, series.outlined) for series in figures.SERIES]
    assert len(set(told)) == len(told), "each kind has a look of its own without its colour"
    kinds = {kind.words: kind for kind in figures.KINDS}
    assert all(bar.pattern == kinds[bar.words].pattern for bar in figures.outcome_bars(_answer()))


def test_hours_without_a_request_have_their_place() -> None:
    hours = figures.hours(_answer().hours)
    assert [hour.words for hour in hours] == ["۸", "۹", "۱۰", "۱۱", "۱۲", "۱۳"]
    assert [hour.total for hour in hours[:3]] == [56, 0, 3]


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
            _down(
                **over,
                office_id="21",
                office="21",
                name="بلوار طالقانی",
                delayed=6,
                desk_count=2,
                desks=[_desk(2, 5), _desk(1, 1)],
            ),
            _down(
                **over,
                office_id="",
                office="",
                name="",
                delayed=40,
                desk_count=61,
                desks=[_desk(3, 9)],
            ),
        ],
        outages_ended=5,
    )
    assert figures.down_words(board, NOW) == "خط ۱ دفتر قطع است: دفتر ۳ (۴۸ دقیقه)."
    sheet = tables.OUTAGES.sheet(board, Told({}, NOW))
    assert list(sheet.rows) == [
        ("دفتر ۳، فهادان", "۰۹:۵۴", "۴۸ دقیقه تا اکنون", "", "نفرستاده از ۰۹:۵۲"),
        ("مرکز", "۰۷:۴۲", "۲:۰۵ ساعت", 61, 40),
        ("دفتر ۲۱، بلوار طالقانی", "۰۷:۴۲", "۲:۰۵ ساعت", 2, 6),
        ("و ۳ قطعی پیش‌تر", "", "", "", ""),
    ]
    down, office, centre, rest = tables.OUTAGES.lines(board, Told({}, NOW))
    assert (down.place, down.parts, rest.place) == (places.Office("3"), (), None)
    # It opens to its desks, and each of them to its office's card.
    assert [(part.title, part.cells[-1].words) for part in office.parts] == [
        ("میز ۲", "۵"),
        ("میز ۱", "۱"),
    ]
    assert [(part.title, part.place) for part in centre.parts] == [
        ("۲۱، بلوار طالقانی، میز ۳", places.Office("21")),
        ("و ۶۰ میز دیگر", None),
    ]
    # Nobody is down: nothing stands over the numbers.
    assert figures.down_words(_answer(), NOW) == ""


def test_an_outage_opens_to_its_desks_and_closes_again(qtbot: QtBot) -> None:
    table = SortedTable(tables.OUTAGES)
    qtbot.addWidget(table)
    over = {"since": NOW - timedelta(hours=3), "until": NOW - timedelta(hours=1)}
    centre = _down(**over, office_id="", office="", name="", delayed=6, desk_count=2,
                   desks=[_desk(2, 5), _desk(1, 1)])  # fmt: skip
    table.show_figures(_answer(outages=[_down(), centre], outages_ended=1), Told({}, NOW))

    def shown() -> list[str]:
        return [table.rows.key(row).rpartition("/")[2] for row in range(table.rows.rowCount())]

    def first(row: int) -> Cell:
        cell = table.rows.data(table.rows.index(row, 0), CELL)
        assert isinstance(cell, Cell)
        return cell

    whole = shown()
    assert (len(whole), first(1).icon, first(1).said) == (2, "chevron-left", "بسته")
    table.table.opened.emit(1)
    assert [shown()[:2], shown()[2:]] == [whole, ["2", "1"]]
    assert (first(1).icon, first(1).said) == ("chevron-down", "باز")
    # Other figures come, and it stays open; the file has it once.
    table.show_figures(_answer(outages=[_down(), centre], outages_ended=1), Told({}, NOW))
    assert len(shown()) == 4
    assert len(list(table.sheet().rows)) == 2
    with qtbot.waitSignal(table.opened) as led:
        table.table.opened.emit(2)
    assert led.args[0].place == places.Office("21")
    table.table.opened.emit(1)
    assert shown() == whole


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        (
            tables.CLERKS,
            0,
            {
                "ثبت": 214, "پاسخ آنی": 120, "بازدید، نبود سابقه": 20, "بازدید، دلایل دیگر": 11,
                "نامهٔ صادره": 150, "مهرشده": 148, "ابطال": 1, "نسخهٔ دوم و پس از آن": 2,
                "برگشت": 3, "وصولی (ریال)": 96_300_000, "در جریان": 15, "دیرکرد": 2,
                "روز انتظار، میانه": 1,
                "در جریان، در چه گام": "در دست بررسی ۱۱، در انتظار تأیید ۴",
            },
        ),
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
def test_a_clerk_an_office_and_a_service_tell_all_in_the_file_and_on_screen_what_has_room(
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
    back = {line.values[0]: line.cells[12] for line in lines}
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


@pytest.mark.parametrize(
    ("looked", "wrong", "told"),
    [
        (48, 0, ("۰ نادرست", "از ۴۸؛ حداکثر ۶٫۱٪", "ok")),
        (48, 1, ("۱ نادرست", "از ۴۸؛ حداکثر ۹٫۶٪", "refuse")),
        (19, 0, ("—", "درستی؛ آمار کم است", "text")),
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
    # Paper has a name for it, and the words whole.
    paper = dict(figures.on_paper(_answer(correctness=found)))
    assert paper[figures.CORRECTNESS] == found.value.words
    assert figures.correctness(_answer()) is None
