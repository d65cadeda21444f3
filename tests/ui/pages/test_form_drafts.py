"""What is typed in the case form is kept, comes back whole, and can be taken back."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions import drafts, intake
from desktop.domain.request import Consent
from desktop.ui import places
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import (
    CONTROL,
    Clerk,
    Key,
    a_form,
    clean_record,
)


@pytest.fixture
def clerk(office: Office, qtbot: QtBot) -> Clerk:
    """In an office of its own: drafts are counted."""
    return Clerk(office, qtbot)


@pytest.mark.slow
def test_a_draft_saves_itself_and_comes_back_whole(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.put("report_number", "۱۱۸۱/ن")
    seat = clerk.office.window.seat
    clerk.qtbot.waitUntil(lambda: len(drafts.mine(seat)) == 1)
    focus, kept = clerk.at(), clerk.body.kept()
    clerk.office.go(places.Home())
    (draft,) = drafts.mine(seat)
    assert draft.title == clean_record().owners[0].name
    clerk.open("no-violation", draft.draft_id)
    assert clerk.body.kept() == kept
    assert clerk.at() == focus
    assert clerk.body.party.is_folded()


@pytest.mark.long
def test_steady_typing_is_never_two_seconds_ahead_of_its_draft(clerk: Clerk) -> None:
    """Killed at any moment of it, no more than what was typed in the last two seconds is gone."""
    seat = clerk.office.window.seat
    clerk.page.jump("party.address")
    typed: list[float] = []
    begun = time.monotonic()
    while time.monotonic() - begun < 4:
        clerk.type("ا")
        typed.append(time.monotonic())
        clerk.qtbot.wait(60)
        held = [json.loads(draft.body)["party"]["party.address"] for draft in drafts.mine(seat)]
        kept = len(held[0]) if held else 0
        if kept < len(typed):
            assert time.monotonic() - typed[kept] < 2
    assert drafts.mine(seat)


@pytest.mark.slow
def test_leaving_within_the_800_ms_keeps_the_draft(clerk: Clerk) -> None:
    clerk.put("party.first_name", "فاطمه")
    seat = clerk.office.window.seat
    assert drafts.mine(seat) == []
    clerk.office.window.lock()
    (draft,) = drafts.mine(seat)
    assert "فاطمه" in draft.body
    clerk.office.window.sign_in.go()
    assert clerk.body.party.texts()["first_name"] == "فاطمه"


@pytest.mark.slow
def test_an_untouched_form_leaves_no_draft(clerk: Clerk) -> None:
    clerk.enter()
    clerk.page.leave()
    assert drafts.mine(clerk.office.window.seat) == []


@pytest.mark.slow
def test_whatever_is_given_first_is_kept(clerk: Clerk) -> None:
    """The terminal's reference is money: it is gone with the paper slip else."""
    desk, seat = clerk.office.window.desk, clerk.office.window.seat
    page, body = clerk.page, clerk.body

    def fee() -> None:
        page.press("F12")
        clerk.type("718204")

    def number() -> None:
        row = next(iter(body.documents.rows.values()))
        row.number.set_value("12")
        row.edited.emit()

    def tick() -> None:
        page.jump(f"document.{next(iter(body.documents.rows))}")
        press(page, Key.Key_Space)

    def consent() -> None:
        body.party.add_consent(Consent("", ""))
        clerk.type("4420000009")

    def no_more() -> None:
        body.party.set_consents([])

    def blank() -> None:
        body.put_back(empty, "")

    empty = body.stands()
    for give, take in ((fee, blank), (number, blank), (tick, blank), (consent, no_more)):
        give()
        page.leave()
        assert len(drafts.mine(seat)) == 1, give.__name__
        take()
        body.edited.emit("fee")
        page.leave()
        assert drafts.mine(seat) == [], give.__name__
    assert drafts.open_draft(desk, page.place.draft_id) is None


@pytest.mark.long
def test_what_was_erased_does_not_come_back(clerk: Clerk) -> None:
    seat = clerk.office.window.seat
    clerk.page.jump("party.last_name")
    clerk.type("دهقان")
    clerk.qtbot.waitUntil(lambda: len(drafts.mine(seat)) == 1)
    press(clerk.page, Key.Key_A, CONTROL)
    press(clerk.page, Key.Key_Delete)
    draft = clerk.page.place.draft_id
    clerk.office.go(places.Home())
    assert drafts.mine(seat) == []
    clerk.open("no-violation", draft)
    assert clerk.body.party.texts()["last_name"] == ""


@pytest.mark.slow
def test_a_person_known_from_an_earlier_case_is_filled_in_and_can_be_taken_back(
    clerk: Clerk,
) -> None:
    filled = a_form(clerk.office)
    filled = replace(filled, party={**filled.party, "honorific": "madam"})
    desk = clerk.office.house.office.desk
    intake.register(clerk.office.crew.clerk, intake.services(desk)["no-violation"], filled)
    clerk.put("party.person_id", filled.party["person_id"])
    # Asked once: the office knows how the person is addressed, too.
    assert clerk.body.party.texts()["honorific"] == "madam"
    assert clerk.body.party.texts()["mobile"] == filled.party["mobile"]
    assert clerk.body.party.texts()["birth"] == filled.party["birth"]
    frame = clerk.office.window._frame
    assert frame is not None
    frame.toast.link.click()
    assert clerk.body.party.texts()["mobile"] == ""
    assert clerk.body.party.texts()["person_id"] == filled.party["person_id"]


@pytest.mark.long
def test_what_can_be_undone_leaves_with_its_page(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    desk = clerk.office.house.office.desk
    intake.register(clerk.office.crew.clerk, intake.services(desk)["no-violation"], filled)
    clerk.put("party.person_id", filled.party["person_id"])
    frame = clerk.office.window._frame
    assert frame is not None
    assert frame.toast.isVisible()
    clerk.office.go(places.Queue())
    assert not frame.toast.isVisible()


@pytest.mark.slow
def test_ctrl_z_takes_back_what_was_typed(clerk: Clerk) -> None:
    clerk.page.jump("party.last_name")
    clerk.type("كر")
    press(clerk.page, Key.Key_Z, CONTROL)
    assert clerk.body.party.texts()["last_name"] in ("", "ک")
