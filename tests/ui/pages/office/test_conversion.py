"""A کارگزاری converted through the window: papers, what remains, two signatures, minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import minutes, registry
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.conversion.forms import (
    BackForm,
    MinutesForm,
    SecondForm,
    StepForm,
)
from desktop.ui.pages.conversion.page import ConversionPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from tests.agency import Agency, convert, go_path, opened_agency, paper
from tests.delegated import TODAY
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import focused, told, town_of, write_in
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def agency(office: Office, tmp_path: Path) -> Iterator[Agency]:
    with opened_agency(town_of(office), tmp_path) as opened:
        yield opened


def opened(office: Office, agency: Agency, name: str = "حمید میرجلیلی") -> ConversionPage:
    office.window.sign_in.choose(name)
    office.window.sign_in.go()
    QApplication.processEvents()
    wake(office)
    page = office.go(places.Conversion(agency.card.office_id))
    assert isinstance(page, ConversionPage)
    return page


def run(office: Office) -> None:
    press(office.window, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def fill_minutes(page: ConversionPage, code: str = "7225") -> None:
    form = page.signing
    assert isinstance(form, MinutesForm)
    write_in(page, form, "day", "1405/09/14")
    write_in(page, form, "code", code)
    write_in(page, form, "authority", "به استناد مصوبهٔ ۲۰۸ مورخ ۱۴۰۴/۰۹/۳۰ شورای شهر")
    write_in(page, form, "password", PASSWORD)


@pytest.mark.long
def test_what_remains_is_said_and_gone_to_and_nothing_is_cut(
    office: Office, agency: Agency
) -> None:
    page = opened(office, agency)
    assert page.heading.chip is not None
    assert page.heading.chip.words == "۱ گام از ۸"
    run(office)
    assert isinstance(page.signing, MinutesForm)
    assert page.signing.errors.isAncestorOf(focused())
    press(office.window, Key.Key_Return)
    assert page.steps.chosen() is ConversionStep.APPLICATION
    assert page.steps.table.hasFocus()
    assert dict(page._missing())["application"] == "«درخواست تبدیل» لازم است."
    assert page.panel.remains.keys()[:2] == ("application", "licence")
    press(office.window, Key.Key_F7)
    press(office.window, Key.Key_F7)
    assert page.steps.chosen() is ConversionStep.LICENCE
    assert faults(office) == []


@pytest.mark.long
def test_where_room_is_scarce_what_is_done_is_one_row(office: Office, agency: Agency) -> None:
    for step in (ConversionStep.APPLICATION, ConversionStep.LICENCE, ConversionStep.PREMISES):
        registry.record_step(agency.town.crew.supervisor, agency.card.office_id, paper(step))
    page = opened(office, agency)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    for _ in range(4):
        QApplication.processEvents()
    model = page.steps.table.model()
    assert model is not None
    assert model.rowCount() == 2
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "۴ گام کامل"
    page.steps.table.choose(0)
    page.steps.table.setFocus()
    press(page.steps.table, Key.Key_Return)
    assert page.steps.table.model().rowCount() == 5
    # What is gone to is never in a row with others.
    page.jump_to(ConversionStep.LICENCE.value)
    assert page.steps.chosen() is ConversionStep.LICENCE
    # All of it can be seen at once when the list of what lacks has the keys.
    run(office)
    assert isinstance(page.signing, MinutesForm)
    seen = page.signing.errors.visibleRegion().boundingRect()
    assert seen.height() >= page.signing.errors.height() - 1


@pytest.mark.long
def test_a_paper_is_put_in_with_its_scan(office: Office, agency: Agency, tmp_path: Path) -> None:
    scan = tmp_path / "پروانه.pdf"
    scan.write_bytes(sample_paper()[1])
    page = opened(office, agency)
    page.steps.choose(ConversionStep.LICENCE)
    press(office.window, Key.Key_Return)
    form = page.form
    assert isinstance(form, StepForm)
    run(office)
    assert form.fields["scan"].error() == "تصویر «پروانهٔ کارگروه استانی» پیوست نشده است."
    assert faults(office) == []
    write_in(page, form, "number", "۷۲-۲۵-۱۰۶۲")
    write_in(page, form, "dated", "1405/08/11")
    write_in(page, form, "until", "1405/09/10")
    write_in(page, form, "signed_by", "کارگروه استانی")
    write_in(page, form, "password", PASSWORD)
    form._scan.pick = lambda _: [scan]
    form._scan.button.click()
    QApplication.processEvents()
    run(office)
    assert page.form is None
    done = page.look.step(ConversionStep.LICENCE) if page.look else None
    assert done is not None
    assert done.number == "72-25-1062"
    # It ends before the day that is thought of.
    assert "پروانه تا روز تبدیل اعتبار ندارد." in dict(page._missing()).values()
    assert faults(office) == []
    page.begin(f"{StepForm.name}:licence")
    assert "اکنون شمارهٔ" in told(page)
    see = next(each for each in page.findChildren(Button) if each.text() == "دیدن تصویر")
    see.click()
    QApplication.processEvents()
    assert page.on_paper()
    press(office.window, Key.Key_Escape)
    assert isinstance(page.form, StepForm)


def test_two_people_sign_and_until_its_day_it_is_taken_back(office: Office, agency: Agency) -> None:
    go_path(agency)
    page = opened(office, agency)
    fill_minutes(page, code="21")
    assert "کد ۲۱ پیش‌تر به دفتر پیشخوان ۲۱ داده شده است" in str(dict(page._missing())["code"])
    fill_minutes(page)
    assert page.panel.remains.sentence() == "آمادهٔ امضا"
    # The name goes with the code until somebody writes another.
    typed = page.signing
    assert isinstance(typed, MinutesForm)
    assert typed.shown().name == agency.card.name.replace("کارگزاری ۳۱", "پیشخوان ۷۲۲۵")
    assert "۷۲۲۵" in typed.shown().name
    write_in(page, typed, "name", "پیشخوان فهادان")
    write_in(page, typed, "code", "72251")
    assert typed.shown().name == "پیشخوان فهادان"
    write_in(page, typed, "name", "پیشخوان ۷۲۲۵")
    write_in(page, typed, "code", "7225")
    press(office.window, Key.Key_F9)
    assert page.on_paper()
    press(office.window, Key.Key_Escape)
    assert faults(office) == []
    run(office)
    assert isinstance(page.signing, SecondForm)
    assert "امضای نخست از شماست" in told(page)
    assert faults(office) == []

    office.window.lock()
    page = opened(office, agency, "مریم شایق")
    assert isinstance(page.signing, SecondForm)
    assert "کد: از «۳۱» به «۷۲۲۵»" in told(page)
    write_in(page, page.signing, "password", PASSWORD)
    run(office)
    assert page.look is not None
    assert page.look.state.converted_on == TODAY + timedelta(days=11)
    assert "تبدیل در شنبه ۱۴ آذر، ۰۰:۰۰" in told(page)
    signed = minutes.signed(office.crew.second.desk, agency.card.office_id)
    assert signed is not None
    assert faults(office) == []

    page.begin(BackForm.name)
    form = page.form
    assert isinstance(form, BackForm)
    write_in(page, form, "reason", "به درخواست دارندهٔ پروانه")
    write_in(page, form, "password", PASSWORD)
    run(office)
    office.house.municipality.sync()
    page.load()
    QApplication.processEvents()
    assert page.look.state.converted_on is None
    assert minutes.signed(office.crew.second.desk, agency.card.office_id) is None


@pytest.mark.long
def test_a_failed_test_stands_beside_its_counter(office: Office, agency: Agency) -> None:
    failed = StepDone(ConversionStep.TEST, counter=1, fault="نامه چاپ نشد: کاغذ در چاپگر نبود")
    registry.record_step(agency.clerk, agency.card.office_id, failed)
    page = opened(office, agency)
    assert "نامه چاپ نشد: کاغذ در چاپگر نبود" in told(page)
    assert "ناتمام" in told(page)
    assert "۰ از ۱ باجه" in told(page)


@pytest.mark.long
def test_a_converted_office_says_so_and_offers_nothing_more(office: Office, agency: Agency) -> None:
    go_path(agency)
    convert(agency)
    office.clock.moment += timedelta(days=1)
    office.house.municipality.sync()
    page = opened(office, agency)
    assert "تبدیل شده است" in told(page)
    assert page.signing is None
    assert not page.can_begin(BackForm.name)
    assert not page.can_begin(f"{StepForm.name}:licence")
    assert faults(office) == []


@pytest.mark.long
def test_an_office_that_is_no_agency_has_no_path(office: Office) -> None:
    office.sit(Role.SUPERVISOR)
    wake(office)
    page = office.go(places.Conversion("21"))
    assert isinstance(page, ConversionPage)
    assert "این دفتر کارگزاری نیست" in told(page)
    assert page.signing is None
    assert not page.can_begin(f"{StepForm.name}:licence")
    assert page.panel.remains.count() == 0
