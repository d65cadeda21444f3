"""A draft belongs to one thing and to one deed: never laid into another, gone once it was taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import act_drafts, board, counter_acts, payments
from desktop.actions.act_drafts import ActDraft
from desktop.actions.desk import Seat
from desktop.demo import following
from desktop.demo.following import case_now, step
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.commands import Command, HandOver, VoidLetter
from desktop.domain.errors import Refusal
from desktop.domain.lawful import handle
from desktop.domain.lawful_money import voidable
from desktop.domain.people import Role
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.amend_form import AmendForm
from desktop.ui.pages.case.counter_acts import WithdrawForm
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.letter.cards import CARD
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.records.forms import BackForm, ChosenForm
from desktop.ui.pages.records.words import WordsForm
from desktop.ui.pages.till.claim_form import ClaimForm
from desktop.ui.pages.till.entry_forms import VoidPaymentForm
from desktop.ui.work import Changed
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.act_hands import fill, lines, opened, press_in
from tests.ui.pages.case_hands import act, booked, unpaid
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import opened_file
from tests.ui.pages.record_states import TODAY, full_known
from tests.ui.pages.seeing import wake

Key = Qt.Key
FALSE_SLIP = "رسید کارت‌خوان ناموفق بود"


def sent(seat: Seat, case: Case) -> list[str]:
    """The acts that were done and whose drafts wait for the centre."""
    return [draft.act for draft in act_drafts.of(seat, case.case_id) if draft.sent]


def half_typed(seat: Seat) -> list[str]:
    return [draft.act for draft in act_drafts.mine(seat)]


def of_clerk(office: Office, case: Case) -> CasePage:
    page = opened(office, case, Role.CLERK)
    assert isinstance(page, CasePage)
    return page


def from_the_till(office: Office, case: Case, mark: str) -> tuple[CasePage, VoidPaymentForm]:
    """«ابطال» on that entry of the till."""
    page = office.go(places.Case(case.case_id, mark))
    assert isinstance(page, CasePage)
    assert isinstance(page.form, VoidPaymentForm)
    wake(office)
    return page, page.form


@pytest.mark.long
def test_what_was_typed_of_one_payment_never_strikes_another(office: Office) -> None:
    case = booked(office)
    one, other = voidable(case)
    office.sit(Role.MANAGER)
    _, form = from_the_till(office, case, other)
    form.reason.setFocus()
    type_text(office.page, FALSE_SLIP)
    office.go(places.Till())
    page, form = from_the_till(office, case, one)
    assert form.mark == one
    assert form.reason.value() == ""
    form.reason.setFocus()
    type_text(page, "دو بار ثبت شد")
    act(page)
    assert [*voidable(case_now(office.crew.clerk, case.case_id))] == [other]
    # The other one is still there, of its own payment.
    assert half_typed(office.window.seat) == [f"void-payment:{other}"]
    press_in(page, "ادامه")
    again = page.form
    assert isinstance(again, VoidPaymentForm)
    assert again.mark == other
    assert again.reason.value() == FALSE_SLIP


@pytest.mark.long
def test_what_is_typed_goes_with_the_payment_that_is_chosen_and_what_follows_is_of_it(
    office: Office,
) -> None:
    case = booked(office)
    one, other = voidable(case)
    office.sit(Role.MANAGER)
    page, form = from_the_till(office, case, one)
    form.reason.setFocus()
    type_text(page, FALSE_SLIP)
    page.drafts.leave()
    form.which.control._choose(other)  # type: ignore[attr-defined]
    assert form.reason.value() == FALSE_SLIP
    page.drafts.leave()
    assert half_typed(office.window.seat) == [f"void-payment:{other}"]
    # Thrown away, or taken back by Ctrl+Z: always of the payment that is shown.
    form.discarded.emit()
    assert form.mark == form.subject == one
    form.typed.undo.step(redo=False)
    assert form.mark == form.subject == other
    page.drafts.leave()
    assert half_typed(office.window.seat) == [f"void-payment:{other}"]


def change(form: AmendForm, key: str, value: str) -> None:
    form.fields[key].set_value(value)
    form._changed()
    form.typed.note(key)


@pytest.mark.slow
def test_an_act_that_was_taken_is_never_laid_into_the_next_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office)
    page = of_clerk(office, case)
    line = Line(monkeypatch)
    line.cut = True
    page.begin("amend")
    form = page.form
    assert isinstance(form, AmendForm)
    change(form, "party.mobile", "09131111111")
    act(page)
    seat = office.window.seat
    assert sent(seat, case) == ["amend"]
    # The same act may be begun anew meanwhile: what was sent is not in it as something typed.
    page.begin("amend")
    anew = page.form
    assert isinstance(anew, AmendForm)
    assert anew.typed.typed() == {}
    change(anew, "party.honorific", "madam")
    act(page)
    assert sent(seat, case) == ["amend", "amend"]
    office.go(places.Home())
    line.cut = False
    office.house.office.sync()
    counter_acts.amend(office.crew.clerk, case.case_id, {"party.mobile": "09132222222"})
    page = of_clerk(office, case)
    assert lines(page) == []
    page.begin("amend")
    again = page.form
    assert isinstance(again, AmendForm)
    assert again.fields["party.mobile"].raw() == "09132222222"
    assert act_drafts.of(seat, case.case_id) == []


@pytest.mark.long
def test_an_act_that_the_centre_refused_can_be_gone_on_with(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.in_review(office.crew)
    page = of_clerk(office, case)
    line = Line(monkeypatch)
    line.cut = True
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    act(page)
    seat = office.window.seat
    assert lines(page) == []
    line.cut = False
    shown, _ = board.municipal_case(office.crew.expert, case.case_id)
    following.refuse(office.crew, shown, "بیرون از پروانه")
    office.house.office.sync()
    # Somebody has dealt with the centre's word before who typed it comes back.
    for item in board.items(seat.desk):
        board.finish_item(seat, item.item_id)
    page = of_clerk(office, case)
    assert half_typed(seat) == ["withdraw"]
    assert len(lines(page)) == 1
    assert "انصراف متقاضی" in lines(page)[0]


@pytest.mark.long
def test_at_the_municipality_the_facts_of_others_settle_no_draft(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.in_review(office.crew)
    page = opened_file(office, case)
    line = Line(monkeypatch)
    line.cut = True
    page.begin("return")
    type_text(page, "شمارهٔ پروانه را اصلاح کنید")
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    seat = office.window.seat
    assert sent(seat, case) == ["return"]
    # The counter is heard first: the case goes on, and ours has not been answered.
    loaded = page._loaded
    assert loaded is not None
    heard = replace(loaded.case, rev=loaded.case.rev + 1)
    page._show(replace(loaded, seen=replace(loaded.seen, case=heard)))
    assert sent(seat, case) == ["return"]
    line.cut = False
    office.house.municipality.sync()
    page.refresh(Changed(sync=True))
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case.case_id).state in (State.RETURNED, State.IN_REVIEW)
    assert sent(seat, case) == []


@pytest.mark.slow
def test_esc_keeps_what_was_typed_without_holding_the_window(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    jobs: list[Callable[[], object]] = []
    with monkeypatch.context() as put_off:
        put_off.setattr(office.window.work, "run", lambda _, job, *_rest, **_k: jobs.append(job))
        press(page, Key.Key_Escape)
        assert page.form is None
        assert half_typed(office.window.seat) == []
    for job in jobs:
        job()
    (kept,) = act_drafts.mine(office.window.seat)
    assert kept.typed == {"reason": "منصرف شد"}
    press_in(page, "ادامه")
    assert isinstance(page.form, WithdrawForm)
    assert page.form.reason.value() == "منصرف شد"


@pytest.mark.slow
def test_a_draft_of_before_that_was_sent_is_read_and_is_no_unfinished_act(office: Office) -> None:
    case = unpaid(office)
    seat = office.crew.clerk
    old = ActDraft("withdraw", case.case_id, "انصراف متقاضی", {"reason": "منصرف شد"}, sent=True)
    act_drafts.keep(seat, old)
    page = opened(office, case, Role.CLERK)
    assert lines(page) == []
    assert act_drafts.of(seat, case.case_id) == []


def laid(qtbot: QtBot, first: ActForm, second: ActForm) -> ActForm:
    """What was typed into the one, brought to the other."""
    for form in (first, second):
        qtbot.addWidget(form)
        form.typed.begin()
    fill(first)
    second.typed.lay_in(first.typed.typed(), first.typed.words(), first.typed.shown())
    return second


@pytest.mark.slow
def test_the_meaning_of_a_word_stays_with_its_word(office: Office, qtbot: QtBot) -> None:
    staged = full_known("held").state.staged
    assert staged is not None
    unknown = staged.unknown[:5]
    before, after = WordsForm(unknown), WordsForm(unknown[::-1])
    laid(qtbot, before, after)
    assert after._meanings() == before._meanings()
    gone = laid(qtbot, WordsForm(unknown[:1]), WordsForm(unknown[1:]))
    assert isinstance(gone, WordsForm)
    assert gone._meanings() == {}
    assert gone.typed.aside


@pytest.mark.slow
def test_what_was_seen_of_one_receipt_is_not_said_of_the_next(office: Office, qtbot: QtBot) -> None:
    case = cases.owing(office.crew)
    owed = case.owed[0]
    paid = Payment(owed.amount, "bill", "9912", case.request.received_on)
    payments.claim(office.crew.clerk, case.case_id, owed.key, paid)
    case = case_now(office.crew.clerk, case.case_id)
    anew = replace(case, claims={owed.key: replace(paid, reference="9913")})
    form = laid(qtbot, ClaimForm(case), ClaimForm(anew))
    assert isinstance(form, ClaimForm)
    assert form.answers[owed.key].value() == ""
    assert form.seen[owed.key].value() == ""
    assert form.typed.aside


@pytest.mark.slow
def test_an_import_s_reason_and_an_export_s_day_are_of_that_one(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    forced = full_known("in force").state.forced
    assert forced is not None
    export = tmp_path / "سوابق.xlsx"
    export.write_bytes(b"1")
    forms: list[ActForm] = [BackForm(7, forced), BackForm(8, forced)]
    forms.append(ChosenForm(export, TODAY, TODAY, None))
    os.utime(export, (1, 1))
    forms.append(ChosenForm(export, TODAY, TODAY, None))
    for form in forms:
        qtbot.addWidget(form)
    assert len({(form.name, form.subject) for form in forms}) == len(forms)


@pytest.mark.long
def test_two_drafts_of_different_payments_are_told_apart(office: Office) -> None:
    owing, case = cases.owing(office.crew, 2), booked(office)
    office.sit(Role.CLERK)
    wake(office)
    for one in owing.owed[:2]:
        page = office.go(places.Outcome(owing.case_id, owed=one.key))
        assert isinstance(page, OutcomePage)
        assert page.owed is not None
        assert page.owed.key == one.key
        type_text(page, "771")
        office.go(places.Keys())
        office.window.back()
        again = office.page
        assert isinstance(again, OutcomePage)
        assert again.owed is not None
        assert (again.owed.key, again.owed.payment.reference.value()) == (one.key, "771")
    office.window.lock()
    office.sit(Role.MANAGER)
    for mark in [*voidable(case)][:2]:
        _, form = from_the_till(office, case, mark)
        form.reason.setFocus()
        type_text(office.page, FALSE_SLIP)
    office.go(places.Till())
    found = [*act_drafts.mine(office.crew.clerk), *act_drafts.mine(office.crew.manager)]
    headings = [each.heading for each in found]
    assert len(headings) == 4
    assert len(set(headings)) == 4
    # From the case each leads to its own.
    there = of_clerk(office, owing)
    assert len(lines(there)) == 2
    press_in(there, "ادامه")
    there_again = office.page
    assert isinstance(there_again, OutcomePage)
    assert there_again.owed is not None
    assert there_again.owed.form.heading in lines_told(there)
    assert there_again.owed.payment.reference.value() == "771"


def lines_told(page: CasePage) -> str:
    return " ".join(draft.heading for draft in page.drafts.unfinished())


@pytest.mark.long
def test_a_payment_that_the_centre_refused_can_be_mended(office: Office) -> None:
    due = (c for c in cases.registered(office.crew, fee=False) if c.state is State.FEE_DUE)
    paid = next(due)
    payer = paid.request.party.person_id
    case = next(each for each in due if each.request.party.person_id != payer)
    fee = case.fee_to_take
    payments.pay_fee(office.crew.clerk, paid, fee, "terminal", "5150")
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    type_text(page, "5150")
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case.case_id).state is State.FEE_DUE
    assert page.fee is not None
    assert page.fee.payment.reference.value() == "5150"
    assert page.kept is not None
    assert page.kept.earlier.isVisible()
    # Mended it is taken, and nothing is left of it.
    page.fee.payment.reference.setFocus()
    page.fee.payment.reference.selectAll()
    type_text(page, "5151")
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case.case_id).state is not State.FEE_DUE
    assert act_drafts.of(office.window.seat, case.case_id) == []


@pytest.mark.parametrize("voids", [False, True])
@pytest.mark.long
def test_of_a_letter_what_the_centre_refused_comes_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, voids: bool
) -> None:
    case = cases.answered(office.crew)
    for _ in range(2):
        step(office.crew, case_now(office.crew.clerk, case.case_id), office.clock.moment)
    office.sit(Role.MANAGER)
    wake(office)
    page = office.go(places.Letter(case.case_id))
    assert isinstance(page, LetterPage)

    def refusing(case_: Case | None, command: Command, *rest: Any) -> Any:
        if isinstance(command.payload, HandOver | VoidLetter):
            raise Refusal("این نامه در دفتر دیگری بررسی می‌شود.")
        return handle(case_, command, *rest)

    monkeypatch.setattr("desktop.centre.doing.handle", refusing)
    if voids:
        page.panel.open_void()
        type_text(page, "نام مالک نادرست است")
        page.panel.void_card.password.set_value(PASSWORD)
        page.void()
    else:
        hand = page.panel.hand
        hand.receiver.setFocus()
        hand.receiver.selectAll()
        type_text(page, "زهرا نوری")
        hand.person_id.set_value("0499370899")
        hand.seen.set_value([CARD])
        hand.password.set_value(PASSWORD)
        page.hand_over()
    QApplication.processEvents()
    monkeypatch.setattr("desktop.centre.doing.handle", handle)
    office.go(places.Home())
    there = office.go(places.Letter(case.case_id))
    assert isinstance(there, LetterPage)
    assert there.now is not None
    assert there.now.phase == "hand"
    if voids:
        there.panel.open_void()
        assert there.panel.void_card.reason.value() == "نام مالک نادرست است"
        assert there.panel.void_card.password.value() == ""
    else:
        assert there.panel.hand.receiver.value() == "زهرا نوری"
        assert there.panel.hand.password.value() == ""
    (kept,) = act_drafts.mine(office.window.seat)
    assert kept.heading.startswith("ابطال نامهٔ" if voids else "تحویل نامهٔ")
