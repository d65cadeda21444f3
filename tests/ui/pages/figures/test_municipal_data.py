"""The municipality's data on screen: a figure changed from a day, by two; a sheet; the holidays."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import publishing
from desktop.demo.people import PASSWORD
from desktop.domain.calendar import jalali, parse_jalali
from desktop.domain.limits import Limit
from desktop.domain.people import Role
from desktop.domain.persian import clean, to_persian_digits
from desktop.forms import sheet_cells as cells
from desktop.forms.sheet_files import write_sheet
from desktop.forms.sheets import SHEETS, CalendarSheet
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.figures.calendar_list import CalendarList
from desktop.ui.pages.figures.data_form import DataForm
from desktop.ui.pages.figures.page import MunicipalDataPage
from desktop.ui.pages.figures.sheet_form import SheetForm
from desktop.ui.pages.services.reader import PublicationPage
from desktop.ui.palette import Theme
from tests.authoring.conftest import sheet
from tests.delegated import TODAY
from tests.publish import WHY
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.figures.hands import (
    button,
    choose,
    figures,
    fill,
    has_button,
    opened,
    press_main,
    rows,
    sign_first,
    sign_second,
    told,
)
from tests.ui.pages.seeing import faults
from tests.ui.pages.service_hands import sit_as

pytestmark = pytest.mark.slow
_ZONE = re.compile(r"Latin in .*\bR[۰-۹0-9]")
FIRST = "۱۴۰۵/۱۰/۰۱"
DAYS = 28
"""So many days from today to the first of Dey."""


def fee(office: Office, days: int) -> int:
    """The office's own tariff at the counter, so many days on."""
    desk = office.crew.clerk.desk
    city = publishing.held(desk, TODAY + timedelta(days=days)).city
    return int(city.tariffs["office"].formula.text)


def put_forward(office: Office, amount: str = "520000") -> MunicipalDataPage:
    """The office's tariff, signed first."""
    page = opened(office)
    choose(page, "office")
    press_main(page)
    fill(page, **{cells.AMOUNT: amount, "since": FIRST})
    sign_first(page)
    return page


def again(office: Office, kind: str = "tariffs") -> MunicipalDataPage:
    """The page once this desk has heard of what was signed."""
    office.house.municipality.sync()
    page = office.go(places.MunicipalData(kind))
    assert isinstance(page, MunicipalDataPage)
    return page


def test_a_tariff_is_changed_from_a_day_by_two_and_the_day_before_asks_the_old_sum(
    office: Office,
) -> None:
    page = opened(office)
    choose(page, "office")
    press_main(page)
    fill(page, **{cells.AMOUNT: "520000", "since": FIRST})
    assert page.form is not None
    assert page.form.fields[cells.AMOUNT].control.property("text") == "۵۲۰٬۰۰۰"
    press_main(page)
    change = "از «۴۵۰٬۰۰۰ ریال، صندوق دفتر» به «۵۲۰٬۰۰۰ ریال، صندوق دفتر»."
    assert f"کارمزد دفتر، از سه‌شنبه ۱ دی: {change}" in told(page)
    assert publishing.waiting(office.crew.second) == []
    fill(page, password=PASSWORD)
    press_main(page)
    assert page.form is None
    assert "۱ تغییر در انتظار امضای دوم است." in told(page)
    # The other supervisor reads on the page of what waits what changes, and signs it there.
    sit_as(office, "مریم شایق")
    (waits,) = publishing.waiting(office.crew.second)
    other = office.go(places.Publication(waits.draft.publication))
    assert isinstance(other, PublicationPage)
    assert change in told(other)
    other.card.password.set_value(PASSWORD)
    assert other.bar is not None
    other.bar.press_main()
    QApplication.processEvents()
    assert publishing.waiting(office.crew.second) == []
    office.house.office.sync()
    assert (fee(office, DAYS - 1), fee(office, DAYS)) == (450_000, 520_000)
    # It stands above what holds, with its day, and in the history with who signed it.
    page = again(office)
    assert FIRST in rows(page)[0]
    figures(page).table.choose(0)
    assert "مریم شایق" in told(page)
    assert f"از {FIRST}" in told(page)


@pytest.mark.long
def test_a_sum_that_cannot_be_read_is_told_beside_its_field_and_nothing_typed_is_lost(
    office: Office,
) -> None:
    page = opened(office)
    choose(page, "office")
    press_main(page)
    fill(page, **{cells.AMOUNT: "5 *", "since": "۱۴۰۵/۰۹/۰۳"})
    press_main(page)
    form = page.form
    assert form is not None
    assert "فرمول" in (form.fields[cells.AMOUNT].error() or "")
    assert form.fields["since"].error() == "زودتر از فردا برقرار نمی‌شود."
    page.press("Esc")
    assert page.form is None
    choose(page, "office")
    press_main(page)
    assert page.form is not None
    assert page.form.fields[cells.AMOUNT].value() == "5 *"


def test_a_fee_is_no_less_than_nothing(office: Office) -> None:
    page = opened(office)
    choose(page, "office")
    press_main(page)
    fill(page, **{cells.AMOUNT: "-5", "since": FIRST})
    press_main(page)
    assert page.form is not None
    assert "منفی" in str(page.form.fields[cells.AMOUNT].error())


@pytest.mark.long
def test_muharram_of_next_year_is_put_right_and_what_comes_each_year_is_asked_for(
    office: Office,
) -> None:
    page = opened(office, "blackouts")
    choose(page, "محرم", "1406")
    press_main(page)
    assert page.form is not None
    # It stays the one of its year: another first day makes no other blackout of it.
    assert page.form.fields[cells.YEAR].control.property("readOnly")
    fill(page, **{cells.FIRST_DAY: "1407/03/18", "since": "1405/09/04"})
    press_main(page)
    assert "آغاز منع در سال ۱۴۰۶ نیست" in (page.form.fields[cells.FIRST_DAY].error() or "")
    fill(page, **{cells.FIRST_DAY: "1406/03/18", cells.LAST_DAY: "1406/03/30"})
    press_main(page)
    change = "از «۱۴۰۶/۰۳/۱۷ تا ۱۴۰۶/۰۳/۲۹» به «۱۴۰۶/۰۳/۱۸ تا ۱۴۰۶/۰۳/۳۰»."
    assert f"منع حفاری محرم ۱۴۰۶، از چهارشنبه ۴ آذر: {change}" in told(page)
    fill(page, password=PASSWORD)
    press_main(page)
    sign_second(office)
    calendar = publishing.held(office.crew.clerk.desk, TODAY + timedelta(days=1)).city.calendar
    assert calendar.blackout_on(*[parse_jalali("1406/03/17")] * 2) is None
    assert calendar.blackout_on(*[parse_jalali("1406/03/30")] * 2) is not None
    # A feast of this year may come next year too, and nobody has said when.
    page = again(office, "blackouts")
    page.begin_new()
    days = {cells.FIRST_DAY: "1405/11/01", cells.LAST_DAY: "1405/11/05", "since": "1405/09/04"}
    fill(page, **{cells.BLACKOUT: "جشنوارهٔ خشت", cells.YEAR: "1405", **days})
    assert page.form is not None
    page.form.fields[cells.BARRED].set_value("بله")
    sign_first(page)
    sign_second(office)
    office.clock.moment += timedelta(days=1)
    page = again(office, "blackouts")
    note = "روزهای منع حفاری سال ۱۴۰۶ هنوز گفته نشده است («جشنوارهٔ خشت»)"
    assert note in told(page)


@pytest.mark.long
def test_how_long_a_training_outlasts_a_new_service_is_changed_from_a_day_by_two(
    office: Office,
) -> None:
    page = opened(office, "limits")
    choose(page, Limit.LESSON.word)
    press_main(page)
    assert page.form is not None
    # Which number it is and what it is counted in are none to be typed.
    assert page.form.fields[cells.LIMIT].control.property("readOnly")
    assert cells.UNIT not in page.form.fields
    fill(page, **{cells.VALUE: "0", "since": FIRST})
    press_main(page)
    assert "از ۱ تا ۳۶۵ روز است" in (page.form.fields[cells.VALUE].error() or "")
    fill(page, **{cells.VALUE: "45"})
    press_main(page)
    change = "از «۳۰ روز» به «۴۵ روز»."
    assert f"{Limit.LESSON.word}، از سه‌شنبه ۱ دی: {change}" in told(page)
    fill(page, password=PASSWORD)
    press_main(page)
    sign_second(office)
    desk = office.crew.clerk.desk
    days = [publishing.held(desk, TODAY + timedelta(days=n)).city.lesson_days for n in (27, 28)]
    assert days == [30, 45]
    page = again(office, "limits")
    figures(page).table.choose(0)
    assert f"از {FIRST}" in told(page)


@pytest.mark.long
def test_bounds_that_leave_an_office_outside_are_doubted(office: Office) -> None:
    page = opened(office, "bounds")
    figures(page).table.choose(0)
    assert "محدودهٔ شهر" in told(page)
    press_main(page)
    # North and south told the wrong way round: nothing would lie in such a city.
    fill(page, **{cells.NORTH: "31.70", "since": FIRST})
    press_main(page)
    assert page.form is not None
    assert "از عرض جنوبی بیشتر" in (page.form.fields[cells.NORTH].error() or "")
    fill(page, **{cells.NORTH: "31.87"})
    press_main(page)
    assert "دفتر بیرون از آن می‌ماند" in told(page)
    fill(page, password=PASSWORD)
    press_main(page)
    assert page.form.fields["reason"].error()
    fill(page, **{cells.NORTH: "32.05"})
    sign_first(page)
    sign_second(office)
    held = publishing.held(office.crew.clerk.desk, TODAY + timedelta(days=DAYS))
    assert held.city.bounds is not None
    assert str(held.city.bounds.north) == "32.05"


@pytest.mark.long
def test_what_is_typed_after_the_look_is_looked_at_again(office: Office) -> None:
    page = opened(office)
    choose(page, "office")
    press_main(page)
    fill(page, **{cells.AMOUNT: "520000", "since": FIRST})
    press_main(page)
    assert page.form is not None
    assert page.form.fields["password"].isVisible()
    fill(page, **{cells.AMOUNT: "530000"})
    assert not page.form.fields["password"].isVisible()
    assert "۵۲۰٬۰۰۰ ریال، صندوق" not in told(page)
    sign_first(page)
    sign_second(office)
    assert fee(office, DAYS) == 530_000


@pytest.mark.long
def test_a_doubted_sum_wants_a_reason(office: Office) -> None:
    page = opened(office)
    choose(page, "office")
    press_main(page)
    fill(page, **{cells.AMOUNT: "4500000000", "since": FIRST})
    press_main(page)
    assert "صفرهای عدد را بشمارید" in told(page)
    fill(page, password=PASSWORD)
    press_main(page)
    assert page.form is not None
    assert page.form.fields["reason"].error()
    fill(page, reason=WHY)
    press_main(page)
    assert page.form is None
    (waits,) = publishing.waiting(office.crew.second)
    assert waits.prepared.reason == clean(WHY)
    # Whoever looks later at what was signed reads by whom, and why it was done all the same.
    sign_second(office)
    page = again(office)
    figures(page).table.choose(0)
    assert f"دلیل: {WHY}" in told(page)
    assert "آماده‌سازی حمید میرجلیلی، امضای دوم مریم شایق" in told(page)


@pytest.mark.long
def test_a_rate_is_called_in_words_wherever_it_is_told(office: Office) -> None:
    page = opened(office, "rates")
    choose(page, "asphalt")
    press_main(page)
    fill(page, **{cells.RIAL: "99000000", "since": FIRST})
    press_main(page)
    assert "[asphalt]" not in told(page)
    assert isinstance(page.form, DataForm)
    assert page.form.weighed is not None
    (change,) = page.form.weighed.answer.told.changes
    assert change.title == "نرخ هزینهٔ ترمیم: آسفالت"
    (doubt,) = page.form.weighed.answer.warnings
    assert doubt.words.startswith(f"{change.title}: ")


@pytest.mark.long
def test_the_place_of_a_name_is_written_in_words_and_kept_for_the_letter(office: Office) -> None:
    page = opened(office, "objections")
    assert any("{نام مرجع}" in row for row in rows(page))
    assert not any("authority" in row for row in rows(page))
    choose(page, "بازداشت")
    press_main(page)
    fill(page, **{cells.SENTENCE: "نزد {مرجع} اعتراض کنید.", "since": FIRST})
    press_main(page)
    assert page.form is not None
    assert "{نام مرجع}" in str(page.form.fields[cells.SENTENCE].error())
    fill(page, **{cells.SENTENCE: "نزد {نام مرجع} اعتراض کنید."})
    press_main(page)
    assert isinstance(page.form, DataForm)
    assert page.form.weighed is not None
    (item,) = page.form.weighed.draft.items
    assert "{authority}" in item.text
    assert "authority" not in told(page)


def test_a_place_is_named_as_one_says_it(office: Office) -> None:
    page = opened(office, "places")
    choose(page, "نصرآباد")
    assert "محلهٔ نصرآباد" in told(page)
    assert "عرض ۳۱٫" in told(page)


@pytest.mark.long
def test_a_sheet_without_a_year_says_that_the_year_stays(office: Office, tmp_path: Path) -> None:
    page = opened(office, "calendar")
    held = publishing.held(office.crew.supervisor.desk)
    last = max(jalali(day)[0] for day in held.holidays)
    known = SHEETS["calendar"]
    assert isinstance(known, CalendarSheet)
    kept = {day: each for day, each in held.holidays.items() if jalali(day)[0] != last}
    path = tmp_path / "calendar.xlsx"
    write_sheet(path, known.title, known.columns, known.rows(kept))
    page.pick_file = lambda _: path
    page.choose_file()
    QApplication.processEvents()
    assert isinstance(page.form, SheetForm)
    assert "چیزی عوض نشده است" in told(page)
    assert f"از سال {to_persian_digits(last)} روزی در برگه نیست" in told(page)


@pytest.mark.long
def test_a_row_is_taken_back_before_its_day(office: Office) -> None:
    put_forward(office)
    sign_second(office)
    page = again(office)
    figures(page).table.choose(0)
    button(page, "پس گرفتن…").click()
    QApplication.processEvents()
    press_main(page)
    assert page.form is not None
    assert page.form.fields["reason"].error()
    fill(page, reason=WHY, password=PASSWORD)
    press_main(page)
    assert page.form is None
    assert "همان می‌ماند: ۴۵۰٬۰۰۰ ریال" in told(page)
    page = again(office)
    office.house.office.sync()
    assert not any(FIRST in row for row in rows(page))
    assert fee(office, DAYS) == 450_000


@pytest.mark.long
def test_a_holiday_is_added_and_cleared_again(office: Office) -> None:
    page = opened(office, "calendar")
    listed = page.listed
    assert isinstance(listed, CalendarList)
    listed.sheet.setFocus()
    press(listed.sheet, Qt.Key.Key_Right)
    press(listed.sheet, Qt.Key.Key_Down)
    day = TODAY + timedelta(days=6)
    assert listed.sheet.day == day
    press(listed.sheet, Qt.Key.Key_Return)
    QApplication.processEvents()
    press_main(page)
    assert page.form is not None
    assert page.form.fields["occasion"].error() == "مناسبت را بنویسید."
    fill(page, occasion="برف سنگین")
    sign_first(page)
    assert page.form is None
    sign_second(office)
    assert publishing.held(office.crew.clerk.desk).holidays[day].title == "برف سنگین"
    page = again(office, "calendar")
    listed = page.listed
    assert isinstance(listed, CalendarList)
    listed.sheet.move_to(day)
    assert "برف سنگین" in told(page)
    press_main(page)
    assert page.form is not None
    page.form.fields["state"].set_value("works")
    sign_first(page)
    sign_second(office)
    assert day not in publishing.held(office.crew.clerk.desk).holidays
    # Which day it was is told beside the calendar, what was said last first.
    page = again(office, "calendar")
    told_days = [words for words in told(page).splitlines() if "برف سنگین" in words]
    assert ["دیگر تعطیل نیست" in words for words in told_days] == [True]
    page.panel.former.click()
    told_days = [words for words in told(page).splitlines() if "برف سنگین" in words]
    assert ["تعطیل می‌شود" in words for words in told_days] == [False, True]


@pytest.mark.long
def test_a_month_never_makes_the_window_higher(office: Office) -> None:
    opened(office, "calendar")
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    for _ in range(4):
        QApplication.processEvents()
    assert office.window.height() == 768


@pytest.mark.long
def test_the_calendar_leads_to_the_hours_of_the_offices(office: Office) -> None:
    page = opened(office, "calendar")
    button(page, "ساعت کار دفترها").click()
    QApplication.processEvents()
    assert office.page.place == places.Offices()


@pytest.mark.long
def test_a_sheet_tells_its_faults_by_row_and_mended_waits_for_the_second_signature(
    office: Office, tmp_path: Path
) -> None:
    page = opened(office)
    bad = sheet(
        tmp_path / "bad.xlsx",
        "tariffs",
        ("office", "کارمزد دفتر", "بانک", "520000", FIRST),
        ("office", "کارمزد دفتر", "دفتر", "520000", "۱۴۰۵/۱۳/۰۱"),
    )
    page.pick_file = lambda _: bad
    button(page, "ورود از فایل…").click()
    QApplication.processEvents()
    assert isinstance(page.form, SheetForm)
    assert "ردیف ۲: «صندوق»" in told(page)
    assert "ردیف ۳:" in told(page)
    good = sheet(
        tmp_path / "good.xlsx", "tariffs", ("office", "کارمزد دفتر", "دفتر", "520000", FIRST)
    )
    page.pick_file = lambda _: good
    press_main(page)
    sign_first(page)
    assert page.form is None
    sign_second(office)
    assert fee(office, DAYS) == 520_000


def test_the_sheet_of_a_kind_is_written_and_brings_nothing(office: Office, tmp_path: Path) -> None:
    page = opened(office, "districts")
    target = tmp_path / "districts.xlsx"
    page.pick_target = lambda *_: target
    page.press("Shift+F8")
    QApplication.processEvents()
    assert "districts.xlsx" in told(page)
    page.pick_file = lambda _: target
    button(page, "ورود از فایل…").click()
    assert "در این برگه چیزی عوض نشده است" in told(page)


def test_who_only_signs_reads(office: Office) -> None:
    page = opened(office, role=Role.EXPERT)
    assert rows(page)
    assert not has_button(page, "ورود از فایل…")
    assert not has_button(page, "تغییر این ردیف")
    page.begin_change()
    assert page.form is None


@pytest.mark.long
def test_without_a_line_it_is_read_with_its_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(office)
    line = cases.Line(monkeypatch)
    line.cut = True
    page.press("F5")
    assert "تغییر این داده‌ها به خط نیاز دارد؛ داده‌ها تا" in told(page)
    assert rows(page)
    assert not has_button(page, "تغییر این ردیف")
    line.cut = False
    page.press("F5")
    assert has_button(page, "تغییر این ردیف")


def test_search_shows_the_rows_in_which_all_words_stand(office: Office) -> None:
    page = opened(office, "bodies")
    whole = rows(page)
    listed = figures(page)
    listed.typed.set_value("اداره كل")
    listed.typed.edited.emit()
    assert 0 < len(rows(page)) < len(whole)
    assert all("اداره" in row for row in rows(page))


@pytest.mark.long
@pytest.mark.parametrize("kind", list(SHEETS))
def test_every_kind_and_its_form_is_whole_in_every_look(office: Office, kind: str) -> None:
    page = opened(office, kind)
    found = faults(office)
    if kind == "promises":
        # None ships: its list begins empty.
        page.begin_new()
    else:
        page.begin_change()
    assert page.form is not None
    found += faults(office)
    # A zone is called R1 by everybody.
    assert [each for each in found if not _ZONE.search(each)] == []
