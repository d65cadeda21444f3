"""The registry of offices: what must be done first, found and narrowed, where they lie."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import office_list
from desktop.demo.offices import OFFICES
from desktop.demo.people import OFFICE
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.office.acting import OfficeActsPage
from desktop.ui.pages.office.forms import EditForm
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.offices import page as offices_page
from desktop.ui.pages.offices import rows, table
from desktop.ui.pages.offices.page import OfficesPage
from desktop.ui.pages.offices.rows import Wanted
from desktop.ui.palette import Theme
from desktop.ui.places import Place
from tests.houses import Filling
from tests.reports.reading import pages_of
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office, opened_office
from tests.ui.pages.office.hands import told
from tests.ui.pages.offices.hands import (
    CONVERTING,
    PLACELESS,
    SILENT,
    STOPPED,
    UNLICENSED,
    button,
    cell,
    choose,
    codes,
    forty_offices,
    has_button,
    main,
    press_main,
    registry,
)
from tests.ui.pages.seeing import faults

pytestmark = pytest.mark.slow
# The sample office keeps no backup.
NEEDY = [CONVERTING, SILENT, STOPPED, UNLICENSED, OFFICE.code, PLACELESS]


@pytest.fixture
def filling() -> Filling:
    return forty_offices


@pytest.fixture
def city(office: Office) -> Office:
    """The office in a city of forty, every desk up to date."""
    return office


@pytest.mark.long
def test_what_the_unit_must_do_comes_first_and_is_the_main_key(city: Office) -> None:
    page = registry(city)
    assert len(page.listed.rows) == OFFICES
    assert codes(page)[: len(NEEDY)] == NEEDY
    rest = codes(page)[len(NEEDY) :]
    assert rest == sorted(rest)
    said = []
    for code in NEEDY:
        choose(page, code)
        said.append(main(page).text())
    assert said == [
        "ادامهٔ تبدیل",
        "پیگیری تماس",
        "پیگیری تماس",
        "تمدید پروانه",
        "پیگیری پشتیبان",
        "باز کردن دفتر",
    ]


def test_a_row_tells_contact_training_and_licence(city: Office) -> None:
    page = registry(city)
    assert "۴۸ دقیقه پیش" in cell(page, SILENT, 3)
    assert cell(page, OFFICE.code, 3) == "اکنون"
    assert cell(page, OFFICE.code, table.TRAINED) == "۲۱ از ۲۱"
    assert "۱۴۰۵/۰۸/۲۹" in cell(page, UNLICENSED, 5)
    assert cell(page, PLACELESS, 6) == "مکان ندارد"
    assert cell(page, STOPPED, 2) == "توقف خدمات"


@pytest.mark.long
def test_enter_opens_the_office(city: Office) -> None:
    page = registry(city)
    choose(page, SILENT)
    press(page.listed.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert isinstance(city.page, OfficePage)
    wanted = page.listed.rows[codes(page).index(SILENT)].office_id
    assert city.page.place == places.Office(wanted)


@pytest.mark.parametrize(
    ("code", "place", "form"),
    [
        (CONVERTING, places.Conversion, None),
        (SILENT, places.Office, None),
        (UNLICENSED, places.Office, EditForm),
        (PLACELESS, places.Office, None),
    ],
)
@pytest.mark.long
def test_the_main_key_goes_where_the_next_step_is_done(
    city: Office, code: str, place: type[Place], form: type[SignedForm] | None
) -> None:
    page = registry(city)
    choose(page, code)
    press_main(page)
    assert type(city.page.place) is place
    assert isinstance(city.page, OfficeActsPage)
    assert type(city.page.form) is (form or type(None))
    # Esc comes back to the row.
    city.page.close_form()
    city.window.back()
    QApplication.processEvents()
    assert isinstance(city.page, OfficesPage)


@pytest.mark.long
def test_chips_hold_together_kinds_beside_kinds_and_troubles_within_them(city: Office) -> None:
    page = registry(city)
    chips = page.listed.filters.chips
    assert chips[""].accessibleName() == "همه ۴۰"
    chips["silent"].click()
    assert codes(page) == [SILENT, STOPPED]
    chips["placeless"].click()
    assert codes(page) == [SILENT, STOPPED, PLACELESS]
    chips["stopped"].click()
    assert codes(page) == [STOPPED]
    chips["counter"].click()
    assert codes(page) == [SILENT, STOPPED, PLACELESS]
    # The chips count all, whatever holds.
    assert chips["agency"].accessibleName() == "کارگزاری ۱۱"
    chips[""].click()
    assert len(page.listed.rows) == OFFICES
    assert not chips["silent"].isChecked()


@pytest.mark.long
def test_typing_in_the_list_searches_and_an_arrow_goes_back_to_it(
    city: Office, qtbot: QtBot
) -> None:
    page = registry(city)
    type_text(page.listed.table, "خرم")
    qtbot.waitUntil(lambda: len(page.listed.rows) < OFFICES)
    assert {row.state.card.neighbourhood for row in page.listed.rows} == {"خرمشاه"}
    press(page.listed.typed, Qt.Key.Key_Down)
    assert page.listed.table.hasFocus()
    # Another word is typed over the first; a number is a code from its first digit on.
    page.press("4")
    type_text(page.listed.typed, "۴")
    qtbot.waitUntil(lambda: codes(page) == ["44"])
    page.listed.typed.set_value("۱")
    page.listed.look()
    assert codes(page)[0] == CONVERTING
    assert all(code.startswith("1") for code in codes(page))
    # A code that an office had once finds it too.
    former = replace(page.listed.rows[0], codes=("17", "52"))
    assert Wanted(typed="52").among([former]) == [former]


@pytest.mark.long
def test_what_is_not_found_is_said_with_one_key_to_all(city: Office) -> None:
    page = registry(city)
    page.listed.district.set_value("3")
    page.listed.typed.set_value("خرم‌آباد")
    page.listed.look()
    assert page.listed.rows == []
    assert page.listed.empty.words.text() == "دفتری با «خرم‌آباد» نیست"
    page.listed.typed.set_value("699")
    page.listed.look()
    assert page.listed.empty.words.text() == "دفتری با «۶۹۹» نیست"
    press_main(page)
    assert len(page.listed.rows) == OFFICES
    assert page.listed.typed.value() == ""
    assert page.listed.district.value() == ""


@pytest.mark.long
def test_a_district_and_a_service_choose_rows_and_what_is_counted(city: Office) -> None:
    page = registry(city)
    page.listed.district.set_value("5")
    page.listed.service.set_value("transfer")
    page.listed.look()
    assert {row.state.card.district for row in page.listed.rows} == {5}
    assert page.listed.table.columns[table.TRAINED].title == "متصدی آموزش‌دیده"
    code = codes(page)[0]
    assert cell(page, code, table.TRAINED).endswith("نفر")
    # Who comes back finds it so.
    city.go(places.MunicipalQueue())
    city.window.back()
    QApplication.processEvents()
    assert isinstance(city.page, OfficesPage)
    assert city.page.listed.service.value() == "transfer"
    assert {row.state.card.district for row in city.page.listed.rows} == {5}


@pytest.mark.long
def test_the_sketch_rings_the_chosen_row_and_a_click_on_it_chooses_one(city: Office) -> None:
    page = registry(city)
    choose(page, SILENT)
    sketch = page.panel.sketch
    assert sketch.key() == page.listed.rows[codes(page).index(SILENT)].office_id
    other = page.listed.rows[codes(page).index(UNLICENSED)]
    at = sketch.spot(other.office_id)
    assert at is not None
    QTest.mouseClick(sketch, Qt.MouseButton.LeftButton, pos=at.toPoint())
    QApplication.processEvents()
    assert page.listed.office == other
    assert page.listed.table.hasFocus()


@pytest.mark.long
def test_an_office_without_a_place_is_not_on_the_sketch_and_that_is_said(city: Office) -> None:
    page = registry(city)
    lost = page.listed.rows[codes(page).index(PLACELESS)]
    assert page.panel.sketch.spot(lost.office_id) is None
    assert sum(page.panel.sketch.counts()) == OFFICES - 1
    assert page.panel.counted.words() == "۱ دفتر مکان ندارد"
    choose(page, PLACELESS)
    assert page.panel.sketch.key() == lost.office_id
    page.listed.typed.set_value(SILENT)
    page.listed.look()
    assert page.panel.counted.words() == "۱ دفتر، همه با مکان"


@pytest.mark.long
def test_without_a_line_the_last_that_was_heard_stands_with_its_time(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = registry(city)
    before = {code: cell(page, code, 3) for code in (SILENT, OFFICE.code)}
    line = cases.Line(monkeypatch)
    line.cut = True
    city.clock.moment = city.clock.moment.replace(hour=city.clock.moment.hour + 1)
    page.load()
    QApplication.processEvents()
    assert {code: cell(page, code, 3) for code in before} == before
    assert page.bar is not None
    assert "تا ۱۰:۴۲" in page.bar._sentence.words()
    assert "تغییر دفترها به خط نیاز دارد" in page.bar._sentence.words()
    # What is published can be looked at all the same.
    page.open_office()
    assert isinstance(city.page, OfficePage)
    line.cut = False
    city.window.back()
    QApplication.processEvents()
    assert isinstance(city.page, OfficesPage)
    assert "۱ ساعت پیش" in cell(city.page, SILENT, 3)


@pytest.mark.long
def test_the_list_on_paper_is_the_list_as_it_stands(city: Office) -> None:
    page = registry(city)
    page.listed.filters.chips["silent"].click()
    button(page, "چاپ فهرست").click()
    QApplication.processEvents()
    (said,) = pages_of(page.paper.frame.pdf())
    words = " ".join(said)
    assert "بی‌تماس" in words
    assert "۲ دفتر" in words
    assert "پیگیری تماس" in words
    page.press("Esc")
    assert page.listed.table.isVisible()


@pytest.mark.long
def test_at_150_percent_the_sketch_is_behind_f7_and_licences_leave_first(city: Office) -> None:
    page = registry(city)
    city.window.set_look(Look(Theme.LIGHT, 160, motion=False))
    QApplication.processEvents()
    heads = [
        column.title
        for at, column in enumerate(page.listed.table.columns)
        if not page.listed.table.isColumnHidden(at)
    ]
    assert heads == ["کد", "دفتر", "نوع", "آخرین تماس", "خدمت آموزش‌دیده", "گام بعد"]
    assert not page.panel.isVisible()
    press(page, Qt.Key.Key_F7)
    assert page.panel.sketch.isVisible()
    assert not page.listed.isVisible()
    press(page.panel, Qt.Key.Key_F7)
    assert page.listed.table.hasFocus()


@pytest.mark.long
def test_the_administrator_begins_with_the_offices(city: Office) -> None:
    city.sit(Role.ADMIN)
    QApplication.processEvents()
    page = city.page
    assert isinstance(page, OfficesPage)
    assert len(page.listed.rows) == OFFICES
    assert main(page).text() == "باز کردن دفتر"


@pytest.mark.long
def test_thousands_of_rows_are_made_only_where_somebody_looks(city: Office) -> None:
    page = registry(city)
    with patch("desktop.ui.pages.offices.listing.cells", wraps=table.cells) as made:
        page.kept.rows = page.kept.rows * 125
        page._show()
        QApplication.processEvents()
        assert page.listed.model.rowCount() == 125 * OFFICES
        assert made.call_count < 300
    assert sum(page.panel.sketch.counts()) == 125 * (OFFICES - 1)


@pytest.mark.long
def test_what_takes_long_is_done_beside_the_window(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: dict[str, str] = {}

    def beside(name: str, done: Callable[..., object]) -> Callable[..., object]:
        def told(*given: object) -> object:
            where[name] = threading.current_thread().name
            return done(*given)

        return told

    for name in ("registry", "at_work"):
        monkeypatch.setattr(office_list, name, beside(name, getattr(office_list, name)))
    monkeypatch.setattr(offices_page, "rows_of", beside("rows_of", rows.rows_of))
    with opened_office(tmp_path, forty_offices, serial=False) as city:
        city.window.sign_in.choose("حمید میرجلیلی")
        city.window.sign_in.go()
        qtbot.waitUntil(lambda: city.window.page is not None, timeout=20_000)
        page = city.go(places.Offices())
        assert isinstance(page, OfficesPage)
        # What is published settles first, what the centre tells a little later.
        qtbot.waitUntil(lambda: codes(page)[: len(NEEDY)] == NEEDY, timeout=20_000)
    assert {*where} == {"registry", "at_work", "rows_of"}
    assert threading.main_thread().name not in where.values()
    assert where["at_work"] != where["registry"]


@pytest.mark.long
def test_nothing_is_cut_at_any_zoom_or_theme(city: Office) -> None:
    page = registry(city)
    assert faults(city) == []
    page.listed.typed.set_value("خرم‌آباد")
    page.listed.look()
    assert faults(city) == []
    assert "دفتری با «خرم‌آباد» نیست" in told(page)
    assert not has_button(page, "باز کردن دفتر")
