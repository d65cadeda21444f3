"""The parts that pages are furnished with: what they tell, and what a key does to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.ui import theme
from desktop.ui.palette import TILE_GROUND, Theme
from desktop.ui.standing.chips import CHIPS, DRAFT, HELD, UNSETTLED, chip_of_state
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.charts.bars import Bar, HorizontalBars
from desktop.ui.widgets.charts.day_numbers import DayNumber, DayNumbers
from desktop.ui.widgets.charts.hours import Hour, Series, StackedBars
from desktop.ui.widgets.holders.rail import RailItem, Shape, TileBand
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Row
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.lists.reasons import Reason, Reasons, arranged
from desktop.ui.widgets.lists.rows import first_fitting, name_lines
from desktop.ui.widgets.lists.steps import Step, StepCard, StepList
from desktop.ui.widgets.lists.timeline import Happening, Timeline
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.papers.letter_frame import LetterFrame
from desktop.ui.widgets.told import keycap
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import Chip, FilterChip, overdue
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.widgets.told.progress import Progress, ThinBar
from desktop.ui.widgets.told.toast import Toast
from desktop.ui.widgets.told.toned_line import TonedLine
from tests.ui.keyboard import click, press, type_text
from tests.ui.layout_check import find_problems


def test_key_caps_stand_in_reading_order_and_digits_are_persian() -> None:
    assert keycap.split("Ctrl+Enter") == ["Ctrl", "Enter"]
    assert keycap.split("7") == ["۷"]


def test_the_lines_of_a_paragraph_begin_even_at_the_right(qtbot: QtBot) -> None:
    label = Label("بازدید بازدید بازدید", wrap=True)
    qtbot.addWidget(label)
    wide = label.fontMetrics().horizontalAdvance("بازدید بازدید")
    label.setFixedWidth(wide + 2)
    label.setFixedHeight(label.heightForWidth(wide + 2))
    label.show()
    picture = label.grab().toImage()
    half = picture.height() // 2
    begins = [_right_edge(picture, rows) for rows in (range(half), range(half, 2 * half))]
    assert begins[0] == begins[1]


def test_a_code_within_a_paragraph_reads_as_it_was_written(qtbot: QtBot) -> None:
    label = Label("کد ۱-۲-۳۳", wrap=True)
    qtbot.addWidget(label)
    label.setFixedSize(200, 30)
    plain = Label("کد \u2066۱-۲-۳۳\u2069", wrap=True)
    qtbot.addWidget(plain)
    plain.setFixedSize(200, 30)
    assert label.grab().toImage() == plain.grab().toImage()
    assert label.text() == "کد ۱-۲-۳۳"


def _right_edge(picture: QImage, rows: range) -> int:
    """The rightmost column that ink touches."""
    ground = picture.pixel(0, 0)
    width = picture.width()
    return max(x for x in range(width) for y in rows if picture.pixel(x, y) != ground)


_LONG = (
    "ملک دارای یک فقره پرونده با رأی قطعی و اجرانشده در کمیسیون مادهٔ ۱۰۰ قانون شهرداری است و از آن "
    "می‌توان تا ۳ ماه پس از ابلاغ (برای ساکنان خارج از کشور ۶ ماه) به دیوان عدالت اداری شکایت کرد. "
    "از این پاسخ می‌توان تا ۳ ماه پس از ابلاغ به دیوان عدالت اداری شکایت کرد. ملاک سوابق است."
)


def _pairs() -> QWidget:
    pairs = Pairs()
    pairs.add("نشانی", _LONG)
    return pairs


@pytest.mark.parametrize("width", [400, 840])
@pytest.mark.parametrize(
    "make",
    [
        lambda: Headline("پاسخ منفی آماده شد", _LONG, "refuse", "ban", code="۲۱-۰۵۰۹۰۳-۰۲-۰۰۲۷-۹"),
        lambda: Banner(_LONG, "pay"),
        lambda: TonedLine(_LONG, _LONG, "ban", "refuse"),
        lambda: StepList([Step("تأیید و مهر", _LONG, "current")]),
        lambda: StepCard(1, Step("تأیید و مهر", _LONG, "current")),
        _pairs,
    ],
    ids=["headline", "banner", "toned line", "steps", "step", "pairs"],
)
def test_a_long_sentence_is_told_to_its_end(
    qtbot: QtBot, make: Callable[[], QWidget], width: int
) -> None:
    page, part = QWidget(), make()
    qtbot.addWidget(page)
    column = Column(part)
    column.addStretch(1)
    page.setLayout(column)
    page.resize(width, 1400)
    page.show()
    QApplication.processEvents()
    assert not find_problems(page)
    # No higher than that, with room to spare below.
    assert part.height() == part.heightForWidth(width)


def test_the_main_button_is_never_lower_than_40_and_never_cut(qtbot: QtBot) -> None:
    button = Button("ثبت درخواست", "main", icon="check", keys="Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.sizeHint().height() == theme.px(40)
    assert button.minimumSizeHint() == button.sizeHint()


def test_every_state_has_its_own_words_and_an_icon() -> None:
    looks = [*CHIPS.values(), DRAFT, UNSETTLED, HELD]
    assert len({look.words for look in looks}) == len(looks)
    assert set(CHIPS) == set(Status)
    assert all(chip_of_state(state).words for state in State)
    assert overdue(3).words == "۳ روز گذشته"


def test_a_filter_tells_its_count_and_stays_pressed(qtbot: QtBot) -> None:
    chip = FilterChip("دیرکرد", 4)
    qtbot.addWidget(chip)
    chip.show()
    click(chip)
    assert chip.isChecked()
    chip.set_count(12)
    assert chip.accessibleName() == "دیرکرد ۱۲"


def test_chips_begin_at_the_right_and_take_a_second_line(qtbot: QtBot) -> None:
    page = QWidget()
    chips = [Chip(look) for look in CHIPS.values()]
    page.setLayout(Flow(*chips))
    page.resize(500, 400)
    qtbot.addWidget(page)
    page.show()
    assert chips[0].geometry().right() == page.width() - 1
    assert chips[1].x() < chips[0].x()
    assert chips[-1].y() > chips[0].y()
    assert min(chip.x() for chip in chips) >= 0


def test_words_of_one_line_stand_on_one_middle(qtbot: QtBot) -> None:
    page = QWidget()
    label, link = Label("کارهای دیگر امروز:", "small"), Link("صندوق")
    page.setLayout(Flow(label, link))
    page.resize(500, 400)
    qtbot.addWidget(page)
    page.show()
    assert label.height() < link.height()
    assert abs(label.geometry().center().y() - link.geometry().center().y()) <= 1


def test_what_failed_comes_first_and_what_held_folds_into_one_line() -> None:
    held = [Reason("مالکیت", "۶ دانگ"), Reason("بدهی", "ندارد")]
    failed = Reason("بازدید", "۱۴۰۳/۰۲/۳۰", result="failed")
    note = Reason("تعریض", "۴٫۲۰ متر", result="note")
    shown = arranged([held[0], failed, note, held[1]])
    assert [reason.condition for reason in shown] == ["بازدید", "تعریض", "۲ شرط دیگر برقرار است"]
    assert shown[-1].seen == "مالکیت، بدهی"
    (told, folded) = arranged([*held, note])
    assert told == note
    assert folded.condition == "شرط‌ها برقرار است"
    assert arranged([held[0], note]) == [note, held[0]]


def test_where_all_holds_no_column_stands_empty_and_no_row_that_is_gone_keeps_its_place(
    qtbot: QtBot,
) -> None:
    held = [Reason("مالکیت", "۶ دانگ"), Reason("بدهی", "ندارد")]
    rows = Reasons()
    qtbot.addWidget(rows)
    rows.set_reasons(held)
    low = rows.sizeHint().height()
    rows.set_reasons([Reason("بازدید", "۱۴۰۳/۰۲/۳۰", result="failed"), *held])
    assert rows.sizeHint().height() > 2 * low
    rows.set_reasons(held)
    assert rows.sizeHint().height() == low
    assert [label.words() for label in rows.findChildren(Label) if label.isVisibleTo(rows)] == [
        "مالکیت، بدهی"
    ]


def test_a_key_shows_what_fits_whole_or_nothing() -> None:
    details = ["بانک، دفترخانه و دیگران", "بانک و دیگران"]
    wide = strokes.width_of(details[0], "small")
    assert first_fitting(details, wide + 1) == details[0]
    assert first_fitting(details, wide) == details[1]
    assert first_fitting(details, 20) == ""


def test_a_name_that_would_break_gives_way_to_a_shorter_one_and_else_breaks_even(
    qapp: QApplication,
) -> None:
    def wide(words: str) -> int:
        return strokes.width_of(words, "section", 700)

    title, short = "پاسخ استعلام بانک و ادارات", "پاسخ استعلام"
    assert name_lines(title, short, wide(title) + 1) == [title]
    assert name_lines(title, short, wide(title)) == [short]
    assert name_lines("گواهی عدم خلاف", "گواهی عدم خلاف", 20) == ["گواهی", "عدم خلاف"]
    assert name_lines(title, title, wide(title)) == ["پاسخ استعلام", "بانک و ادارات"]
    assert name_lines("مفاصاحساب", "مفاصاحساب", 20) == ["مفاصاحساب"]


def test_a_link_of_the_time_line_is_followed(qtbot: QtBot) -> None:
    log = Timeline(
        [
            Happening("۱۰:۵۳", "نوبت تعیین شد", "زهرا", settled=False),
            Happening("۱۰:۵۱", "نوبت لازم شد", "مرکز", links=(("why", "چرا؟"),)),
        ]
    )
    qtbot.addWidget(log)
    log.show()
    who = [label.words() for label in log.findChildren(Label) if "زهرا" in label.words()]
    assert who == ["زهرا، در صف"]
    link = next(b for b in log.findChildren(QWidget) if b.accessibleName() == "چرا؟")
    with qtbot.waitSignal(log.followed) as followed:
        click(link)
    assert followed.args == [1, "why"]


def test_bars_are_walked_and_opened_and_told_as_numbers(qtbot: QtBot) -> None:
    bars = HorizontalBars(
        "نتیجه‌ها", [Bar("پاسخ آنی", 371, "ok", share="۵۷٫۸٪"), Bar("منفی", 0, "refuse")]
    )
    qtbot.addWidget(bars)
    with qtbot.waitActive(bars):
        bars.show()
    bars.setFocus()
    press(bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(bars.opened) as opened:
        press(bars, Qt.Key.Key_Return)
    assert opened.args == [1]
    assert bars.accessibleDescription() == "پاسخ آنی ۳۷۱ ۵۷٫۸٪؛ منفی ۰"


def test_hours_run_from_right_to_left(qtbot: QtBot) -> None:
    series = [Series("آنی", "ok"), Series("منفی", "refuse")]
    chart = StackedBars("ساعت‌ها", series, [Hour("۸", (3, 1)), Hour("۹", (5, 0))])
    chart.resize(200, 200)
    qtbot.addWidget(chart)
    chart.show()
    opened: list[int] = []
    chart.opened.connect(opened.append)
    click(chart, QPoint(150, 100))
    click(chart, QPoint(50, 100))
    assert opened == [0, 1]
    assert "۸: ۴ (آنی ۳، منفی ۱)" in chart.accessibleDescription()


def test_tabs_move_with_the_arrows_leftwards(qtbot: QtBot) -> None:
    tabs = Tabs(["رویدادها", "فرم", "مدارک"])
    qtbot.addWidget(tabs)
    with qtbot.waitActive(tabs):
        tabs.show()
    tabs.setFocus()
    press(tabs, Qt.Key.Key_Left)
    press(tabs, Qt.Key.Key_Left)
    press(tabs, Qt.Key.Key_Left)
    press(tabs, Qt.Key.Key_Right)
    assert tabs.current() == 1
    assert tabs.accessibleName() == "بخش‌ها: فرم"


@pytest.mark.long
def test_short_work_is_never_seen_and_long_work_can_be_stopped(qtbot: QtBot) -> None:
    work = Progress()
    qtbot.addWidget(work)
    work.start("ورود سوابق")
    assert not work.isVisible()
    qtbot.waitUntil(work.isVisible)
    assert not work.words.isVisible()
    qtbot.waitUntil(work.words.isVisible)
    with qtbot.waitSignal(work.stopped):
        click(work.stop)
    work.finish()
    assert not work.isVisible()


def test_a_toast_lies_above_the_action_bar_at_the_right(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(800, 600)
    qtbot.addWidget(host)
    host.show()
    search = QWidget(host)
    search.setGeometry(20, 10, 330, 34)
    toast = Toast(host, search)
    undone: list[bool] = []
    toast.tell("درخواست ثبت شد", "بازگردانی", lambda: undone.append(True))
    assert toast.x() == 349 + theme.px(12)
    assert toast.geometry().center().y() in (host.height() // 2 - 1, host.height() // 2)
    click(toast.link)
    assert undone == [True]
    assert not toast.isVisible()


def test_the_lines_of_a_centred_paragraph_have_the_same_air_on_both_sides(qtbot: QtBot) -> None:
    label = Label("حمید میرجلیلی", wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    qtbot.addWidget(label)
    label.setFixedSize(label.fontMetrics().horizontalAdvance("میرجلیلی") + 24, 60)
    label.show()
    shot = label.grab().toImage()
    ground = shot.pixelColor(0, 59)
    for line in (range(4, 20), range(26, 42)):
        inked = [
            x for x in range(shot.width()) if any(shot.pixelColor(x, y) != ground for y in line)
        ]
        assert inked[0] == pytest.approx(shot.width() - 1 - inked[-1], abs=4)


@pytest.mark.parametrize(
    ("begins", "lines"),
    [(800, 1), (500, 2), (400, 2)],
    ids=["with room", "two lines", "only beginnings fit"],
)
def test_a_toast_lies_on_no_title_and_no_search(qtbot: QtBot, begins: int, lines: int) -> None:
    host = QWidget()
    host.resize(1000, 54)
    qtbot.addWidget(host)
    host.show()
    search, title = QWidget(host), Label("پاسخ استعلام بانک و ادارات", parent=host)
    search.setGeometry(20, 10, 200, 34)
    title.setGeometry(begins, 10, 980 - begins, 34)
    title.show()
    toast = Toast(host, search, lambda: [title])
    toast.tell("رسید ثبت به چاپگر باجهٔ ۲ فرستاده شد.")
    assert search.geometry().right() < toast.x()
    assert toast.geometry().right() < begins
    assert find_problems(toast) == []
    assert toast.words.isVisible() == (lines == 1)
    assert bool(toast.toolTip()) == (begins == 400), "what is cut is told whole under the pointer"


def test_without_room_the_words_beside_the_title_are_away_until_the_toast_goes(
    qtbot: QtBot,
) -> None:
    host = QWidget()
    host.resize(780, 54)
    qtbot.addWidget(host)
    search, title = QWidget(), Label("پاسخ استعلام بانک و ادارات")
    search.setFixedSize(200, 34)
    beside = Label("آناهیتا میرحسینی‌نژاد یزدی، ملک ۵-۱۲-۴", role="text2")
    row = Row(title, beside, gap=12)
    row.addStretch(1)
    row.addWidget(search)
    host.setLayout(row)
    host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    host.show()
    toast = Toast(host, search, lambda: [title, beside], beside)
    toast.tell("رسید ثبت به چاپگر باجهٔ ۲ فرستاده شد.", "بازگردانی")
    assert not beside.isVisible()
    assert not toast.geometry().intersects(search.geometry())
    assert toast.geometry().right() < title.x()
    toast.hide()
    assert beside.isVisible()


def test_a_toast_gives_way_to_a_state_that_comes_after_it(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(920, 54)
    qtbot.addWidget(host)
    search, title = QWidget(), Label("تفکیک، افراز و تجمیع")
    search.setFixedSize(330, 34)
    chip = Label("در انتظار نوبت بازدید")
    chip.hide()
    row = Row(title, chip, gap=12)
    row.addStretch(1)
    row.addWidget(search)
    host.setLayout(row)
    host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    host.show()
    toast = Toast(host, search, lambda: [title, chip])
    toast.tell("برگ نوبت به چاپگر باجهٔ ۲ فرستاده شد و شهروند آن را گرفت.")
    lay = toast.geometry().right()
    assert search.geometry().right() < toast.x()
    assert lay < title.x()
    chip.show()
    qtbot.waitUntil(lambda: toast.geometry().right() < chip.x())
    assert chip.x() < lay, "it came where the toast had been"


def test_the_letter_is_whole_first_and_comes_closer(qtbot: QtBot) -> None:
    frame = LetterFrame()
    frame.resize(800, 600)
    qtbot.addWidget(frame)
    with qtbot.waitActive(frame):
        frame.show()
    page = QImage(595, 842, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    frame.set_pages([page, page])
    frame.setFocus()
    whole = frame.page_width()
    assert whole < 600 * 595 / 842
    assert frame._count.text() == "صفحهٔ ۱ از ۲"
    with qtbot.waitSignal(frame.zoomed) as zoomed:
        type_text(frame, "+")
    assert zoomed.args == [frame.page_width()]
    assert frame.page_width() == pytest.approx(whole * 1.25, abs=2)
    type_text(frame, "0")
    assert frame.page_width() == whole
    press(frame, Qt.Key.Key_PageDown)
    assert frame._count.text() == "صفحهٔ ۲ از ۲"


@pytest.mark.parametrize("drawn", [(421, 596), (422, 596), (422, 597), (423, 598)])
def test_a_page_drawn_for_its_place_is_never_scaled_by_a_pixel(
    qtbot: QtBot, drawn: tuple[int, int]
) -> None:
    frame = LetterFrame()
    frame.resize(789, 624)
    qtbot.addWidget(frame)
    frame.show()
    page = QImage(*drawn, QImage.Format.Format_RGB32)
    frame.set_pages([page])
    ((_, size),) = frame._places()
    assert size == page.size()
    assert frame.page_width() == page.width()
    assert frame.verticalScrollBar().maximum() == 0


def test_a_card_and_a_letter_lie_each_in_its_own_shape(qtbot: QtBot) -> None:
    frame = LetterFrame()
    frame.resize(800, 600)
    qtbot.addWidget(frame)
    frame.show()
    card, letter = (QImage(*size, QImage.Format.Format_RGB32) for size in ((800, 503), (595, 842)))
    frame.set_pages([card, letter, card])
    shapes = [size.width() / size.height() for _, size in frame._places()]
    assert shapes == pytest.approx([800 / 503, 595 / 842, 800 / 503], rel=0.02)
    frame.go_to(1)
    assert frame._count.text() == "صفحهٔ ۲ از ۳"
    # Many pages at once are drawn coarser rather than without end.
    frame.set_pages([letter] * 40)
    frame.zoom_by(9)
    assert 40 * frame.page_width() ** 2 * 842 / 595 < 61_000_000


def test_the_rail_counts_narrows_and_has_no_band_in_high_contrast(
    qtbot: QtBot, qapp: QApplication
) -> None:
    item, band = RailItem("کارتابل", "inbox", keys="F4", count=9), TileBand()
    qtbot.addWidget(item)
    qtbot.addWidget(band)
    assert item.accessibleName() == "کارتابل ۹"
    item.set_shape(Shape.TALL)
    item.set_current(True)
    assert item.accessibleDescription() == "F4، همین صفحه"
    # Word, number and key all stand in it, so that no tooltip has to tell them.
    assert item.toolTip() == ""
    assert item.sizeHint().width() <= theme.px(60)
    long = RailItem("درخواست جدید", "file-plus", keys="F2")
    qtbot.addWidget(long)
    long.set_shape(Shape.TALL)
    assert long.sizeHint().height() > item.sizeHint().height()
    band.resize(60, 12)
    assert band.grab().toImage().pixelColor(0, 0).name().upper() == TILE_GROUND
    theme.apply(qapp, Theme.HIGH_CONTRAST)
    assert band.height() == 0


def test_a_text_that_is_cut_is_whole_for_readers_and_in_the_tooltip(qtbot: QtBot) -> None:
    label = Label("بانک مسکن، شعبهٔ مرکزی یزد", elide=True)
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 22)
    assert label.text() != label.words()
    assert label.toolTip() == label.accessibleName() == "بانک مسکن، شعبهٔ مرکزی یزد"
    label.resize(600, 22)
    assert (label.text(), label.toolTip()) == (label.words(), "")


def test_the_menu_of_an_edit_box_is_persian(qtbot: QtBot) -> None:
    line = TextLine()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words
    assert not [word for word in words if word.isascii()]


def test_a_paragraph_keeps_a_number_with_its_word_and_says_what_it_was_given(qtbot: QtBot) -> None:
    words = "خیابان کاشانی، کوچهٔ ۷۷، پلاک ۱۵۰"
    label = Label(words, wrap=True)
    qtbot.addWidget(label)
    assert "پلاک\u00a0۱۵۰" in QLabel.text(label)
    assert label.text() == label.words() == words
    line = Label(words)
    qtbot.addWidget(line)
    assert QLabel.text(line) == words


@pytest.mark.parametrize("keys", ["F4", "F10"])
def test_the_bar_of_the_current_page_never_lies_on_its_icon(qtbot: QtBot, keys: str) -> None:
    item = RailItem("صندوق", "cash-banknote", keys=keys)
    qtbot.addWidget(item)
    item.set_shape(Shape.TALL)
    item.set_current(True)
    item.resize(item.sizeHint())
    shot = item.grab().toImage()
    between = range(item.width() - 6, item.width() - 4)
    ground = theme.colour("surface")
    assert {shot.pixelColor(x, 11).name() for x in between} == {ground.name()}


@pytest.mark.parametrize("zoom", [100, 150])
def test_words_beside_and_in_place_of_a_link_stand_on_its_line(
    qtbot: QtBot, qapp: QApplication, zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom)
    numbers = DayNumbers(
        [DayNumber("۷", "پاسخ آنی", opens=True), DayNumber("۰", "دیرکرد", opens=False)]
    )
    pairs = Pairs()
    link = pairs.add_link("نامهٔ آمادهٔ تحویل", "۹ نامه")
    for shown in (numbers, pairs):
        qtbot.addWidget(shown)
        shown.resize(600, 120)
        shown.show()
    QApplication.processEvents()

    def middle(shown: QWidget, of: QWidget) -> int:
        return shown.mapTo(of, shown.rect().center()).y()

    (opens,) = numbers.findChildren(Link)
    (late,) = (label for label in numbers.findChildren(Label) if label.text() == "دیرکرد")
    assert abs(middle(opens, numbers) - middle(late, numbers)) <= 1
    (named,) = pairs.findChildren(Label)
    assert abs(middle(link, pairs) - middle(named, pairs)) <= 1


@pytest.mark.parametrize("zoom", [100, 150])
def test_in_a_side_panel_a_sum_stands_on_one_line_with_its_unit(
    qtbot: QtBot, qapp: QApplication, zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom)
    panel, pairs = QWidget(), Pairs()
    panel.setLayout(Column(pairs, margins=(14, 16, 12, 16)))
    owed = pairs.add("جریمهٔ مادهٔ ۱۰۰، کسری پارکینگ و پیش‌آمدگی", "۶۰۸٬۰۰۰٬۰۰۰ ریال")
    pairs.add("کارمزد دفتر", "۴۵۰٬۰۰۰ ریال")
    qtbot.addWidget(panel)
    panel.resize(theme.px(300), theme.px(200))
    panel.show()
    QApplication.processEvents()
    assert panel.width() == theme.px(300)
    assert owed.heightForWidth(owed.width()) < 2 * owed.fontMetrics().lineSpacing()
    assert find_problems(panel) == []


def test_an_empty_bar_does_not_look_full_in_high_contrast(qapp: QApplication, qtbot: QtBot) -> None:
    bar = ThinBar(0.0)
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    theme.apply(qapp, Theme.HIGH_CONTRAST)
    empty = bar.grab().toImage()
    bar.set_share(1.0)
    full = bar.grab().toImage()
    assert empty.pixelColor(50, 3).lightness() < 64 < full.pixelColor(50, 3).lightness()
