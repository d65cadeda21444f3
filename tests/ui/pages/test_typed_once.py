"""The number and the day of a letter are typed once, in the field or in the letter's row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.papers.document_row import DocumentRow
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import CONTROL, Clerk, Key


def row(clerk: Clerk, key: str) -> DocumentRow:
    return clerk.body.documents.rows[key]


def field(clerk: Clerk, key: str) -> str:
    return clerk.body.details.fields.cells[key].raw()


@pytest.mark.long
def test_what_the_field_says_stands_in_the_row(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot, "transfer")
    clerk.put("letter_number", "1405/88")
    clerk.put("letter_date", "0903")
    letter = row(clerk, "notary_letter")
    assert letter.number.value() == "1405/88"
    assert letter.date is not None
    assert letter.date.value() == clerk.body.details.fields.cells["letter_date"].value()
    # Corrected in one place it is corrected in both.
    clerk.put("letter_number", "1405/89")
    assert letter.number.value() == "1405/89"
    # One change: it goes back as one.
    clerk.page.jump("letter_number")
    press(clerk.page, Key.Key_Z, CONTROL)
    assert letter.number.value() == field(clerk, "letter_number")


@pytest.mark.long
def test_what_the_row_says_counts_for_the_field(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot, "excavation")
    kind = clerk.body.details.fields.cells["dig_kind"]
    kind.set_value("network")
    clerk.body._edited("dig_kind")
    letter = row(clerk, "company_letter")
    letter.number.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.type("12/7")
    assert field(clerk, "utility_letter") == "12/7"
    assert clerk.body.filled().answers["utility_letter"] == "12/7"


@pytest.mark.slow
def test_two_different_numbers_are_told_beside_both(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot, "transfer")
    clerk.put("letter_number", "1405/88")
    letter = row(clerk, "notary_letter")
    letter.number.setFocus(Qt.FocusReason.TabFocusReason)
    letter.number.selectAll()
    clerk.type("9")
    # The row was typed over: the field goes along, and then the field alone is changed.
    assert field(clerk, "letter_number") == "9"
    clerk.body.details.fields.cells["letter_number"].set_value("8")
    letter.seen.click()
    assert letter.date is not None
    letter.date.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.type("0903")
    clerk.enter()
    clerk.page.jump("party.person_id")
    clerk.page.register()
    told = clerk.body.details.fields.cells["letter_number"].error()
    assert told is not None
    assert "هر دو از یک برگ است" in told
    assert letter.error() == told
