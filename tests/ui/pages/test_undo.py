"""Ctrl+Z over the form of a request: one change after the other, wherever it was made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import drafts
from desktop.ui import places
from desktop.ui.pages.queue.case_list import CaseList
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import CONTROL, Clerk, Key, a_form

CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clerk(kept_office: Office, qtbot: QtBot) -> Clerk:
    """At a new form, which leaves at most a draft."""
    return Clerk(kept_office, qtbot)


def undo(clerk: Clerk) -> None:
    press(clerk.page, Key.Key_Z, CONTROL)
    QApplication.processEvents()


def redo(clerk: Clerk) -> None:
    press(clerk.page, Key.Key_Z, CONTROL_SHIFT)
    QApplication.processEvents()


def text(clerk: Clerk, key: str) -> str:
    return str(clerk.body.cells()[key].raw())  # type: ignore[attr-defined]


@pytest.mark.slow
def test_all_typing_in_a_field_is_one_step_and_the_focus_goes_there(clerk: Clerk) -> None:
    clerk.put("party.first_name", "فاطمه")
    clerk.put("party.last_name", "دهقان")
    clerk.page.jump("party.father")
    clerk.type("ح")
    undo(clerk)
    assert text(clerk, "party.father") == ""
    undo(clerk)
    assert text(clerk, "party.last_name") == ""
    assert text(clerk, "party.first_name") == "فاطمه"
    assert clerk.at() == "party.last_name"
    undo(clerk)
    assert text(clerk, "party.first_name") == ""
    undo(clerk)
    assert clerk.at() == "party.first_name"
    redo(clerk)
    redo(clerk)
    assert text(clerk, "party.last_name") == "دهقان"
    assert clerk.at() == "party.last_name"
    # What is typed now ends what could have been done again.
    clerk.type("ی")
    redo(clerk)
    assert text(clerk, "party.last_name") == "دهقانی"
    assert text(clerk, "party.father") == ""


@pytest.mark.long
def test_choices_ticks_and_documents_are_steps_too(clerk: Clerk) -> None:
    body = clerk.body
    clerk.page.jump("stage")
    stage = body.details.fields.cells["stage"]
    stage.set_value(stage.control.options()[1][0])  # type: ignore[attr-defined]
    stage.control.edited.emit()  # type: ignore[attr-defined]
    row = next(iter(body.documents.rows.values()))
    row.seen.click()
    body.details.declared.control.click()  # type: ignore[attr-defined]
    assert body.details.unchanged() == "yes"
    undo(clerk)
    assert body.details.unchanged() == ""
    assert row.seen.value()
    undo(clerk)
    assert not row.seen.value()
    undo(clerk)
    assert stage.raw() == ""
    for _ in range(3):
        redo(clerk)
    assert row.seen.value()
    assert stage.raw()
    assert body.details.unchanged() == "yes"


@pytest.mark.long
def test_a_part_that_was_folded_opens_where_the_change_was(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.page.jump("property.code")
    QApplication.processEvents()
    party = clerk.body.party
    party.fold_up()
    assert party.is_folded()
    undo(clerk)
    assert not party.is_folded()
    assert clerk.at() == "party.postal_code"


@pytest.mark.slow
def test_what_an_earlier_case_filled_is_one_step(clerk: Clerk) -> None:
    kept = clerk.body.kept()
    sample = a_form(clerk.office)
    assert clerk.page.open is not None
    clerk.page.open.take_sample(sample)
    assert text(clerk, "party.first_name") == sample.party["first_name"]
    undo(clerk)
    assert clerk.body.party.name() == ""
    assert clerk.body.estate.kept() == kept["property"]
    redo(clerk)
    assert text(clerk, "party.first_name") == sample.party["first_name"]


@pytest.mark.slow
def test_the_draft_goes_along(clerk: Clerk) -> None:
    clerk.put("party.first_name", "نرگس")
    clerk.put("party.last_name", "دهقان")
    undo(clerk)
    clerk.page.leave()
    titles = [draft.title for draft in drafts.mine(clerk.office.window.seat)]
    assert "نرگس" in titles
    assert "نرگس دهقان" not in titles


@pytest.mark.slow
def test_beside_the_fields_the_key_does_the_same(clerk: Clerk) -> None:
    clerk.put("party.first_name", "فاطمه")
    clerk.page.setFocus()
    QTest.keyClick(clerk.page, Key.Key_Z, CONTROL)
    assert text(clerk, "party.first_name") == ""
    clerk.page.setFocus()
    QTest.keyClick(clerk.page, Key.Key_Y, CONTROL)
    assert text(clerk, "party.first_name") == "فاطمه"


@pytest.mark.long
def test_a_search_has_its_own_undo(clerk: Clerk) -> None:
    clerk.put("party.first_name", "فاطمه")
    queue = clerk.office.go(places.Queue())
    assert isinstance(queue, CaseList)
    queue.typed.setFocus()
    type_text(queue, "یزد")
    assert queue.typed.text() == "یزد"
    press(queue.typed, Key.Key_Z, CONTROL)
    assert queue.typed.text() != "یزد"


@pytest.mark.slow
def test_a_name_that_comes_while_one_stands_in_it_is_typed_over(clerk: Clerk) -> None:
    clerk.page.jump("party.first_name")
    # What an earlier case knew, a moment after the focus had come here.
    clerk.body.party.fill({"party.first_name": "پریسا"})
    clerk.type("پریسا")
    assert text(clerk, "party.first_name") == "پریسا"
