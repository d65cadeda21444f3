"""Offices put forward from the registry: one by its form, a hundred by a sheet, faults in place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import offices, publishing
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.office import OfficeKind
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.offices.import_form import ImportForm
from desktop.ui.pages.offices.new_form import NewForm
from desktop.ui.pages.offices.page import OfficesPage
from desktop.ui.widgets.told.banner import Banner
from tests.actions.test_office_import import NIGHT, OUTSIDE, hundred
from tests.centre.test_offices_published import row, sheet_of
from tests.delegated import TODAY, TOMORROW
from tests.ui.keyboard import type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import told
from tests.ui.pages.offices.hands import button, codes, has_button, main, press_main, registry
from tests.ui.pages.seeing import faults

pytestmark = pytest.mark.slow
NEW = {
    "code": "60",
    "name": "دفتر پیشخوان امامشهر",
    "address": "یزد، امامشهر، بلوار پاکنژاد، پلاک ۸",
    "neighbourhood": "امامشهر",
    "latitude": "31.9318",
    "longitude": "54.3468",
    "authority": "مصوبهٔ ۱۲ شورا",
}


def begin(page: OfficesPage) -> NewForm:
    """«دفتر جدید»."""
    button(page, "دفتر جدید").click()
    QApplication.processEvents()
    form = page.form
    assert isinstance(form, NewForm)
    return form


def filled(page: OfficesPage, **changes: str) -> NewForm:
    """The form of a new office with all that is asked, and the password."""
    form = begin(page)
    for key, text in {**NEW, **changes}.items():
        form.fields[key].set_value("")
        form.fields[key].setFocus()
        type_text(page, text)
    form.fields["kind"].set_value(OfficeKind.COUNTER.value)
    form.fields["district"].set_value("1")
    form.fields["hours0"].set_value("7:30-14 و 16-20")
    form.fields["password"].setFocus()
    type_text(page, PASSWORD)
    return form


def chosen(page: OfficesPage, path: Path) -> ImportForm:
    """«ورود از فایل…», and the file that a person chooses."""
    page.pick_file = lambda _: path
    button(page, "ورود از فایل…").click()
    QApplication.processEvents()
    form = page.form
    assert isinstance(form, ImportForm)
    return form


@pytest.mark.long
def test_a_new_office_waits_for_the_second_signature_and_then_stands_in_the_list(
    office: Office,
) -> None:
    page = registry(office)
    filled(page)
    press_main(page)
    assert page.form is None
    assert "دفتر ۶۰، از ۴ آذر، منتظر امضای دوم است." in told_of_window(office)
    (waits,) = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.clock.moment += timedelta(days=1)
    office.house.municipality.sync()
    page = office.go(places.Offices())  # type: ignore[assignment]
    assert codes(page) == [OFFICE.code, "60"]
    card = page.listed.rows[1].state.card
    assert card.hours is not None
    assert card.kind is OfficeKind.COUNTER
    assert card.sample


def told_of_window(office: Office) -> str:
    """All that the window's banners say."""
    shown = office.window.findChildren(Banner)
    return "\n".join(each.accessibleName() for each in shown if each.isVisible())


def test_what_a_new_office_lacks_is_said_beside_the_field_and_nothing_typed_is_lost(
    office: Office,
) -> None:
    page = registry(office)
    form = begin(page)
    press_main(page)
    missing = dict(form.errors.errors())
    assert [*missing] == [
        "code", "kind", "name", "address", "district", "authority", "password",
    ]  # fmt: skip
    form.fields["code"].setFocus()
    type_text(page, OFFICE.code)
    press_main(page)
    assert form.fields["code"].error() == (
        "کد ۲۱ پیش‌تر به دفتر پیشخوان ۲۱ داده شده است؛ کد دیگری بنویسید."
    )
    # It is left and gone on with.
    page.press("Esc")
    assert page.form is None
    assert begin(page).fields["code"].value() == OFFICE.code


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("latitude", "35.6892", OUTSIDE),
        pytest.param("hours0", "۲۰ تا ۲", NIGHT, marks=pytest.mark.long),
        pytest.param("postal_code", "123", "کد پستی", marks=pytest.mark.long),
    ],
)
def test_bad_input_of_a_new_office_is_told_with_its_remedy(
    office: Office, key: str, text: str, words: str
) -> None:
    page = registry(office)
    form = filled(page)
    form.fields[key].set_value(text)
    press_main(page)
    assert page.form is form
    assert words in told(page)


@pytest.mark.long
def test_a_sheet_shows_what_it_brings_in_place_of_the_table(office: Office, tmp_path: Path) -> None:
    page = registry(office)
    form = chosen(page, hundred(tmp_path, fight=False))
    said = told(page)
    assert "۹۶ دفتر تازه، ۱ تغییر و ۲ ردیف نادرست" in said
    assert f"ردیف ۴۵: {OUTSIDE}" in said
    assert f"ردیف ۶۲: {NIGHT}" in said
    assert not page.listed.isVisible()
    assert main(page).text() == "۹۷ ردیف درست ثبت شود"
    press_main(page)
    assert form.fields["password"].error() == "گذرواژهٔ خود را وارد کنید."
    form.fields["password"].setFocus()
    type_text(page, PASSWORD)
    press_main(page)
    assert page.form is None
    assert "۹۷ ردیف منتظر امضای دوم است." in told_of_window(office)
    (waits,) = publishing.waiting(office.crew.second)
    assert len(waits.draft.items) == 97


@pytest.mark.long
def test_a_sheet_with_two_offices_of_one_code_takes_nothing(office: Office, tmp_path: Path) -> None:
    page = registry(office)
    chosen(page, hundred(tmp_path))
    assert "ردیف ۱۹: کد ۱۰۶ دو بار آمده است (ردیف ۸)؛ یکی را اصلاح کنید." in told(page)
    assert main(page).text() == "فایل دیگر…"
    # Mended, it is chosen again with the same key.
    page.pick_file = lambda _: sheet_of(tmp_path / "mended.xlsx", row(70), row(71))
    press_main(page)
    assert "۲ دفتر تازه" in told(page)
    assert main(page).text() == "۲ ردیف درست ثبت شود"
    page.press("Esc")
    assert page.listed.isVisible()
    assert publishing.waiting(office.crew.second) == []


@pytest.mark.long
def test_a_file_that_is_no_sheet_is_said_and_the_list_stays(office: Office, tmp_path: Path) -> None:
    page = registry(office)
    note = tmp_path / "note.xlsx"
    note.write_text("not a workbook", encoding="utf-8")
    page.pick_file = lambda _: note
    button(page, "ورود از فایل…").click()
    QApplication.processEvents()
    assert page.form is None
    assert "note.xlsx" in told_of_window(office)
    assert has_button(page, "دفتر جدید")


@pytest.mark.long
def test_without_a_line_nothing_can_be_changed_and_what_is_typed_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = registry(office)
    form = filled(page)
    line = cases.Line(monkeypatch)
    line.cut = True
    press_main(page)
    assert page.form is form
    assert "«دفتر جدید» به خط نیاز دارد؛ نوشتهٔ شما در همین رایانه نگه داشته شد." in told(page)
    page.press("Esc")
    page.load()
    QApplication.processEvents()
    assert not has_button(page, "دفتر جدید")
    assert not has_button(page, "ورود از فایل…")
    line.cut = False
    page.press("F5")
    QApplication.processEvents()
    assert begin(page).fields["code"].value() == NEW["code"]


def test_the_workbook_of_today_is_written_and_brings_nothing_new(
    office: Office, tmp_path: Path
) -> None:
    page = registry(office)
    target = tmp_path / "offices.xlsx"
    page.pick_target = lambda *_: target
    page.press("Shift+F8")
    QApplication.processEvents()
    assert "offices.xlsx" in told_of_window(office)
    chosen(page, target)
    assert "در این برگه چیزی برای ثبت نیست." in told_of_window(office)
    assert main(page).text() == "فایل دیگر…"
    # It is not written over.
    page.press("Esc")
    page.press("Shift+F8")
    QApplication.processEvents()
    assert "این پرونده هست و دست نخورد" in told_of_window(office)


def test_who_keeps_accounts_opens_no_office(office: Office) -> None:
    page = registry(office, Role.ADMIN)
    assert not has_button(page, "دفتر جدید")
    page.begin_new()
    assert page.form is None
    assert (
        offices.offices(office.crew.admin.desk, TOMORROW).keys()
        == offices.offices(office.crew.admin.desk, TODAY).keys()
    )


def test_a_city_without_offices_says_what_to_do(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.actions.reference.DeskReference.cards", lambda *_: {})
    monkeypatch.setattr("desktop.centre.office_list.offices", lambda *_: [])
    page = registry(office)
    assert page.listed.rows == []
    assert "دفتری ثبت نشده است" in told(page)
    assert main(page).text() == "دفتر جدید"
    assert has_button(page, "ورود از فایل…")


@pytest.mark.long
def test_nothing_of_the_forms_is_cut_at_any_zoom_or_theme(office: Office, tmp_path: Path) -> None:
    page = registry(office)
    begin(page)
    press_main(page)
    assert faults(office) == []
    page.press("Esc")
    chosen(page, hundred(tmp_path, fight=False))
    press_main(page)
    assert faults(office) == []
