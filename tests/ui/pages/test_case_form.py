"""The case form as a clerk fills it: by keyboard, in the real window, on a real house."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import board, drafts
from desktop.ui import places
from desktop.ui.pages.form.fee import FEE
from tests.ui.keyboard import paste, press
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import (
    Clerk,
    a_form,
    clean_record,
)


@pytest.fixture
def clerk(office: Office, qtbot: QtBot) -> Clerk:
    """The clerk at an empty form."""
    return Clerk(office, qtbot)


@pytest.mark.slow
def test_enter_goes_through_the_form_to_the_main_button(clerk: Clerk) -> None:
    assert clerk.at() == "party.person_id"
    visited = []
    for _ in range(60):
        clerk.enter()
        focus = QApplication.focusWidget()
        if focus is clerk.page.bar.main:  # type: ignore[union-attr]
            break
        if clerk.at() and clerk.at() not in visited:
            visited.append(clerk.at())
    else:
        raise AssertionError("Enter never came to the main button")
    order = [key for key in clerk.body.cells() if key in visited]
    assert visited == order
    assert {"party.mobile", "property.code", "stage", "unchanged", "document.deed", FEE} <= {
        *visited
    }


@pytest.mark.slow
def test_a_whole_request_is_typed_and_registered(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    assert clerk.at() == "property.code"
    assert clerk.body.party.is_folded()
    assert "****" in clerk.body.party.summary.words()
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    clerk.put(FEE, "718204")
    assert clerk.page.panel.remains.sentence() == "آمادهٔ ثبت"
    clerk.register()
    assert isinstance(clerk.office.page.place, places.Outcome)
    view = board.look(clerk.office.house.office.desk, clerk.office.case_id)
    assert view.case is not None
    assert view.case.request.code == filled.code
    assert view.case.request.party.name == clean_record().owners[0].name
    assert not view.case.due_fee("office")
    assert drafts.mine(clerk.office.window.seat) == []


@pytest.mark.slow
def test_without_the_fee_the_first_press_goes_there_and_the_second_registers(
    clerk: Clerk,
) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    clerk.register()
    assert clerk.at() == FEE
    clerk.register()
    view = board.look(clerk.office.house.office.desk, clerk.office.case_id)
    assert view.case is not None
    assert view.case.due_fee("office")


@pytest.mark.slow
def test_the_records_fill_and_tint_fields_and_tell_todays_answer(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    assert "address" in clerk.body.details.fields.cells
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    cells = clerk.body.details.fields.cells
    assert cells["permit_number"].control.property("state") == "records"
    assert cells["permit_number"].raw() == clean_record().last_permit.number  # type: ignore[union-attr]
    assert "address" not in cells
    assert clerk.body.estate.found.words.words().startswith("سابقه یافت شد:")
    told = _told(clerk)
    assert "پاسخ امروز: پس از خوداظهاری" in told
    clerk.page.jump("unchanged")
    press(clerk.page, Qt.Key.Key_Space)
    clerk.qtbot.waitUntil(lambda: "پاسخ امروز: پاسخ مثبت" in _told(clerk))
    assert any(words.startswith("سهم در سوابق: ۶ دانگ") for words in told)


def _told(clerk: Clerk) -> list[str]:
    assert clerk.page.side is not None
    return [label.accessibleName() for label in clerk.page.side.findChildren(QWidget)]


@pytest.mark.slow
def test_another_code_frees_what_the_records_filled(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.put("permit_number", "ف")
    clerk.fill_code(filled)
    clerk.page.jump("property.code")
    paste(clerk.page, "1-999-1-1-1-0-0")
    clerk.enter()
    clerk.qtbot.waitUntil(lambda: clerk.body.details.record == "none")
    cells = clerk.body.details.fields.cells
    assert cells["permit_number"].raw() == "ف"
    assert cells["permit_number"].control.property("state") == ""
    assert {"address", "bounds", "coordinates"} <= cells.keys()
    assert "یافت نشد" in clerk.body.estate.found.words.words()


def test_fields_come_and_go_with_the_applicant_and_keep_what_was_typed(clerk: Clerk) -> None:
    clerk.put("party.first_name", "فاطمه")
    clerk.page.jump("applicant")
    clerk.type("وکیل")
    clerk.enter()
    assert "party.represented_id" in clerk.body.cells()
    assert "document.power_of_attorney" in clerk.body.cells()
    clerk.put("party.represented_name", "علی زارع")
    clerk.put("poa_office", "27")
    clerk.page.jump("applicant")
    clerk.type("مالک")
    clerk.enter()
    assert "party.represented_id" not in clerk.body.cells()
    assert "poa_office" not in clerk.body.cells()
    assert clerk.body.party.texts()["first_name"] == "فاطمه"
    clerk.page.jump("applicant")
    clerk.type("وکیل")
    clerk.enter()
    assert clerk.body.party.texts()["represented_name"] == "علی زارع"
    assert clerk.body.details.answers()["poa_office"] == "27"


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("party.person_id", "1111111111", "کد ملی"),
        ("party.person_id", "442123456", "۹ رقم"),
        ("party.person_id", "٤٤٢١٢٣٤٥٦", "۹ رقم"),
        ("party.person_id", "۴۴۲۱۲۳۴۵۶", "۹ رقم"),
        ("party.birth", "1405/13/40", "تاریخ تولد"),
        ("party.birth", "1406/01/01", "پیش از امروز"),
        ("party.first_name", "علی🙂", "چاپ نمی‌شود"),
        ("party.first_name", "Ali", "حروف فارسی"),
        ("party.mobile", "12345678901", "همراه"),
        ("report_date", "1405/12/30", "تاریخ گزارش ناظر"),
        ("report_date", "1405/09/13", "امروز یا پیش از آن"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    clerk: Clerk, key: str, typed: str, words: str
) -> None:
    clerk.page.jump(key)
    paste(clerk.page, typed)
    assert not clerk.words(key)
    clerk.enter()
    assert words in clerk.words(key)
    assert clerk.body.cells()[key].raw() != ""  # type: ignore[attr-defined]
