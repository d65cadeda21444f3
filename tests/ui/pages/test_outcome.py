"""The outcome page by keyboard: every outcome's next step, what is wrong, what comes meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Event

import pytest
from PySide6.QtCore import SIGNAL, Qt
from pytestqt.qtbot import QtBot

from desktop.actions import act_drafts
from desktop.actions import standing as standings
from desktop.actions.desk import Seat
from desktop.actions.standing import Standing
from desktop.centre import visits as centre_visits
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.money import format_rial
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.request import Slot
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.outcome.visit import VisitPart
from desktop.ui.work import Changed
from desktop.wire.payloads import SlotBody
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages import cases
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office, made
from tests.ui.pages.paper_hands import (
    banners,
    confirm,
    key,
    main_words,
    open_outcome,
    settle,
)
from tests.ui.spooler import Spooler

Key = Qt.Key


def said(page: OutcomePage) -> str:
    assert page.headline is not None
    return page.headline.words.words()


def state(office: Office, case: Case) -> State:
    return case_now(office.crew.clerk, case.case_id).state


@pytest.mark.slow
def test_an_answer_says_its_number_why_and_whose_turn_it_is(office: Office) -> None:
    case = cases.answered(office.crew)
    page = open_outcome(office, case)
    assert case.answer is not None
    assert said(page) == f"{case.answer.letter.text.subject} آماده شد"
    assert page.headline is not None
    assert page.headline.sentence.words().startswith("پاسخ آنی، شمارهٔ")
    assert "۱۴۰۵/۲۱/۱" in strip_isolates(page.headline.sentence.words())
    assert strip_isolates(page.headline.code.words()).startswith("۲۱-۰۵۰۹۰۳-۰۲-")
    assert case.decision is not None
    assert len(page.why.rows.reasons()) == len(case.decision.findings)
    assert main_words(page) == "درخواست بعدی"
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.keys() == "Ctrl+Enter"
    key(office, Key.Key_F9)
    assert isinstance(office.page, LetterPage)
    key(office, Key.Key_Escape)
    assert isinstance(office.page.place, places.Case)


@pytest.mark.slow
def test_a_negative_answer_gives_its_reason_and_the_way_to_object(office: Office) -> None:
    page = open_outcome(office, cases.refused(office.crew))
    assert said(page) == "پاسخ منفی آماده شد"
    assert page.headline is not None
    assert "نزد مرجع آن (شعبهٔ ۳ اجرای احکام یزد)" in page.headline.sentence.words()
    assert page.why.rows.reasons()[0].result == "failed"
    assert page.heading.chip is not None
    assert page.heading.chip.words == "پاسخ منفی، در انتظار تأیید"


@pytest.mark.slow
def test_the_fee_is_taken_here_and_the_answer_comes(office: Office) -> None:
    case = cases.unpaid(office.crew)
    page = open_outcome(office, case)
    assert said(page) == "در انتظار کارمزد"
    key(office, Key.Key_F12)
    assert page.fee is not None
    assert page.fee.payment.fields["reference"].error() == "شمارهٔ پیگیری پرداخت را وارد کنید."
    assert page.fee.payment.reference.hasFocus()
    assert state(office, case) is State.FEE_DUE
    type_text(office.window, "718204")
    key(office, Key.Key_F12)
    assert said(page) != "در انتظار کارمزد"
    paid = case_now(office.crew.clerk, case.case_id).fees_paid["office"]
    assert (paid.reference, paid.method) == ("718204", "terminal")


def fresh(office: Office, case: Case) -> OutcomePage:
    """The page as it opens right after registering."""
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id, fresh=True))
    assert isinstance(page, OutcomePage)
    return page


@pytest.mark.slow
def test_the_receipt_comes_out_by_itself_and_only_once(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    page = fresh(office, case)
    assert not page.on_paper()
    (receipt,) = spooler.jobs()
    assert "رسید" in text_of(receipt)
    assert "نسخهٔ" not in text_of(receipt)
    page.reload()
    office.go(places.Case(case.case_id))
    key(office, Key.Key_Escape)
    assert office.page.place == places.Outcome(case.case_id)
    assert len(spooler.jobs()) == 1
    key(office, Key.Key_F8)
    key(office, Key.Key_F8)
    assert len(spooler.jobs()) == 2
    assert "نسخهٔ" in text_of(spooler.jobs()[-1])


@pytest.mark.slow
def test_the_receipt_waits_for_the_fee_that_stands_on_it(office: Office, spooler: Spooler) -> None:
    page = fresh(office, cases.unpaid(office.crew))
    assert spooler.jobs() == []
    assert page.fee is not None
    type_text(office.window, "718204")
    confirm(office)
    (receipt,) = spooler.jobs()
    assert "۷۱۸۲۰۴" in text_of(receipt)


@pytest.mark.long
def test_a_printer_that_refuses_the_receipt_is_told(office: Office, spooler: Spooler) -> None:
    spooler.break_down()
    page = fresh(office, cases.answered(office.crew))
    assert any("کاغذ آن را ببینید" in words for words in banners(office))
    spooler.mend()
    key(office, Key.Key_F8)
    assert page.on_paper()
    assert "نسخهٔ" not in text_of(page.paper.frame.pdf())


@pytest.mark.slow
def test_what_is_typed_stays_when_facts_come(office: Office) -> None:
    case = cases.unpaid(office.crew)
    page = open_outcome(office, case)
    type_text(office.window, "7182")
    office.window.work.changed.emit(Changed(frozenset({case.case_id}), published=True, sync=True))
    assert page.fee is not None
    assert page.fee.payment.reference.value() == "7182"
    assert page.fee.payment.reference.hasFocus()


@pytest.mark.long
def test_every_sum_is_paid_in_turn_and_the_answer_comes(office: Office) -> None:
    case = cases.owing(office.crew, 2)
    page = open_outcome(office, case)
    assert said(page) == "در انتظار پرداخت"
    owed = page.owed
    assert owed is not None
    assert len(owed.rows) == len(case.owed)
    for number in range(len(case.owed)):
        chosen = owed.key
        type_text(office.window, f"9{number}")
        key(office, Key.Key_F12)
        assert chosen in case_now(office.crew.clerk, case.case_id).paid
        if number < len(case.owed) - 1:
            # One sum on the page: what «چرا؟» saw then, and what is left of it now.
            left = format_rial(sum(one.amount for one in case.owed[number + 1 :]))
            assert page.why.rows.reasons()[0].seen.endswith(f"؛ اکنون {left} مانده است")
            assert page.headline is not None
            assert left in page.headline.sentence.words()
    after = case_now(office.crew.clerk, case.case_id)
    assert after.state is not State.PAY_DUE
    assert said(page) != "در انتظار پرداخت"


@pytest.mark.slow
def test_confirmed_twice_a_payment_is_made_once_and_nothing_is_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press comes while what was done is still looked at again."""
    case = cases.owing(office.crew)
    open_outcome(office, case)
    type_text(office.window, "9001")
    looks, going = Event(), Event()
    real = act_drafts.refused

    def slowly(seat: Seat, about: str) -> frozenset[str]:
        looks.set()
        going.wait(10)
        return real(seat, about)

    monkeypatch.setattr(act_drafts, "refused", slowly)
    monkeypatch.setattr(office.window.work, "_serial", False)
    confirm(office)
    while not looks.is_set():
        made()
    confirm(office)
    going.set()
    while not office.window.is_idle:
        made()
    made()
    assert banners(office) == []
    assert len(case_now(office.crew.clerk, case.case_id).paid) == 1


@pytest.mark.long
def test_a_payment_of_tomorrow_is_refused_beside_its_field(office: Office) -> None:
    case = cases.owing(office.crew)
    page = open_outcome(office, case)
    assert page.owed is not None
    type_text(office.window, "9001")
    press(office.window, Key.Key_Return)
    assert page.owed.payment.paid_on is not None
    assert page.owed.payment.paid_on.hasFocus()
    type_text(office.window, "+")
    key(office, Key.Key_F12)
    assert page.owed.payment.fields["paid_on"].error() == (
        "تاریخ پرداخت نمی‌تواند پس از امروز باشد."
    )
    assert page.owed.payment.reference.value() == "9001"
    assert state(office, case) is State.PAY_DUE


@pytest.mark.slow
def test_tomorrow_typed_without_its_year_is_no_payment_of_a_year_ago(office: Office) -> None:
    case = cases.owing(office.crew)
    page = open_outcome(office, case)
    assert page.owed is not None
    type_text(office.window, "9001")
    press(office.window, Key.Key_Return)
    type_text(office.window, "4/9")
    key(office, Key.Key_F12)
    assert page.owed.payment.fields["paid_on"].error() == (
        "تاریخ پرداخت نمی‌تواند پس از امروز باشد."
    )
    assert state(office, case) is State.PAY_DUE


@pytest.mark.long
def test_the_debt_letter_is_a_key_away(office: Office) -> None:
    case = cases.owing(office.crew)
    open_outcome(office, case)
    key(office, Key.Key_F9)
    page = office.page
    assert isinstance(page, LetterPage)
    assert page.now is not None
    assert case.debt_letter is not None
    assert page.now.held.letter == case.debt_letter.letter
    assert not page.now.voidable


@pytest.mark.slow
def test_a_visit_is_booked_and_its_slip_printed(office: Office, spooler: Spooler) -> None:
    case = cases.to_visit(office.crew)
    page = open_outcome(office, case)
    part = page.visit
    assert part is not None
    assert len(part.choice.cards) == 3
    assert part.slot() is not None
    key(office, Key.Key_F8)
    assert part.fee is not None
    assert part.fee.payment.reference.hasFocus()
    assert part.fee.payment.fields["reference"].error()
    page.setFocus()
    key(office, Key.Key_2)
    slot = part.slot()
    assert slot is not None
    assert part.choice.cards[1].isChecked()
    part.fee.payment.reference.setFocus()
    type_text(office.window, "551")
    press(office.window, Key.Key_Return)
    assert part.attending.name.hasFocus()
    key(office, Key.Key_F8)
    booked = case_now(office.crew.clerk, case.case_id)
    assert (booked.state, booked.slot) == (State.BOOKED, slot)
    assert booked.fees_paid["visit"].reference == "551"
    assert page.on_paper()
    assert spooler.jobs() == [page.paper.frame.pdf()]
    key(office, Key.Key_Escape)
    assert not page.on_paper()
    assert said(page) == "نوبت بازدید گرفته شد"
    key(office, Key.Key_F8)
    assert page.on_paper()


@pytest.mark.long
def test_other_days_and_back(office: Office) -> None:
    page = open_outcome(office, cases.to_visit(office.crew))
    part = page.visit
    assert part is not None
    soonest = [card.slot.key for card in part.choice.cards]
    part.others.click()
    later = [card.slot.key for card in part.choice.cards]
    assert len(later) == 3
    assert not set(soonest) & set(later)
    assert part.slot() is None
    key(office, Key.Key_F8)
    assert state(office, case_of(page)) is State.VISIT_DUE
    part.soonest.click()
    assert [card.slot.key for card in part.choice.cards] == soonest


@pytest.mark.slow
def test_of_the_district_before_no_half_day_is_offered(office: Office, qtbot: QtBot) -> None:
    """However slow the line: a visit that is booked in another district is nobody's."""
    case = cases.to_visit(office.crew)
    part = VisitPart(
        replace(case, decision=None, request=replace(case.request, code="")), districts=(1, 2)
    )
    qtbot.addWidget(part)
    asked: list[int] = []
    part.asked.connect(lambda district, _: asked.append(district))

    def place(district: int) -> list[SlotBody]:
        part.place.set_value(str(district))
        part.place.edited.emit()
        days = (date(2026, 11, 25), date(2026, 11, 26))
        return [SlotBody(day=day, half=1, district=district, left=5, inspector="") for day in days]

    first = place(1)
    part.show_slots(1, first)
    assert part.slot() == Slot(first[0].day, 1, 1)
    second = place(2)
    assert part.slot() is None
    part.show_slots(1, first)
    assert part.slot() is None
    assert not part.choice.cards
    part.show_slots(2, second)
    assert part.slot() == Slot(second[0].day, 1, 2)
    assert asked == [1, 2]


def case_of(page: OutcomePage) -> Case:
    assert page.case is not None
    return page.case


@pytest.mark.long
def test_a_half_day_filled_meanwhile_is_told_and_nothing_typed_is_lost(office: Office) -> None:
    case = cases.to_visit(office.crew)
    page = open_outcome(office, case)
    part = page.visit
    assert part is not None
    assert part.fee is not None
    slot = part.slot()
    assert slot is not None
    _fill(office, slot)
    part.attending.name.set_value("حسن یزدی")
    part.fee.payment.reference.setFocus()
    type_text(office.window, "551")
    key(office, Key.Key_F8)
    assert state(office, case) is State.VISIT_DUE
    assert any("پر شده است" in words for words in banners(office))
    again = page.visit
    assert again is not None
    assert again.attending.name.value() == "حسن یزدی"
    assert again.fee is None
    assert again.slot() != slot
    key(office, Key.Key_F8)
    assert state(office, case) is State.BOOKED


def _fill(office: Office, slot: Slot) -> None:
    centre = office.house.centre
    with centre.writing() as session:
        rota = centre.reference.rota(session, slot.day)
        for number in range(sum(each.visits for each in rota.going(slot))):
            centre_visits.book(session, f"another-{number}", slot, rota)


@pytest.mark.slow
def test_without_a_line_it_waits_says_so_and_goes_on_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    line.cut = True
    case = next(cases.registered(office.crew))
    page = open_outcome(office, case)
    assert said(page) == "ثبت شد، در صف ارسال"
    assert page.heading.chip is not None
    assert page.heading.chip.words == "در صف ارسال"
    line.cut = False
    office.house.office.bell.ring()
    assert said(page) != "ثبت شد، در صف ارسال"


@pytest.mark.long
def test_half_days_without_a_line_can_be_asked_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    case = cases.to_visit(office.crew)
    line.cut = True
    page = open_outcome(office, case)
    assert page.visit is not None
    assert page.visit.trouble.isVisible()
    line.cut = False
    page.visit.trouble.link.click()
    assert page.visit.slot() is not None
    assert not page.visit.trouble.isVisible()


@pytest.mark.long
def test_the_receipt_is_shown_in_place_and_printed(office: Office, spooler: Spooler) -> None:
    page = open_outcome(office, cases.answered(office.crew))
    key(office, Key.Key_F8)
    assert page.on_paper()
    assert spooler.jobs() == []
    settle()
    assert find_problems(page) == []
    original = page.paper.frame.pdf()
    key(office, Key.Key_F8)
    assert spooler.jobs() == [original]
    # What shows now is the copy, and says so.
    assert "نسخهٔ" not in text_of(original)
    copy = page.paper.frame.pdf()
    assert {"نسخهٔ", "۲"} <= set(text_of(copy))
    key(office, Key.Key_F8)
    assert spooler.jobs() == [original, copy]
    spooler.break_down()
    key(office, Key.Key_F8)
    assert any("نپذیرفت" in words for words in banners(office))
    key(office, Key.Key_Escape)
    assert not page.on_paper()


@pytest.mark.long
def test_whose_turn_it_is_when_it_is_not_ours(office: Office) -> None:
    case = cases.in_review(office.crew)
    page = open_outcome(office, case)
    assert said(page) == "بررسی کارشناس شهرداری"
    assert main_words(page) == "درخواست بعدی"
    confirm(office)
    assert isinstance(office.page.place, places.Home)


@pytest.mark.long
def test_the_letter_is_named_by_what_it_gives(office: Office) -> None:
    case = cases.first(
        office.crew,
        "a permit's answer",
        lambda c: c.answer is not None and c.request.service == "building-permit",
    )
    page = open_outcome(office, case)
    assert page.headline is not None
    told = page.headline.accessibleName()
    assert "اعلام ضوابط و دستور تهیهٔ نقشه آماده شد" in told
    assert "پروانهٔ ساختمانی" not in told


@pytest.mark.long
def test_after_a_payment_the_next_step_has_the_keys(office: Office) -> None:
    case = cases.owing(office.crew)
    page = open_outcome(office, case)
    for _ in case.owed:
        assert page.owed is not None
        page.owed.payment.reference.set_value("718204")
        page.take_payment()
        settle()
    assert page.owed is None
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.hasFocus()


@pytest.mark.long
def test_the_chosen_sum_stays_chosen_when_the_case_goes_on_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.owing(office.crew, 2)
    there = standings.of_case
    state = State.BOOKED

    def beside(*asked: object) -> Standing:
        """The same debts beside a visit, as a debt letter asks for them there."""
        found = there(*asked)  # type: ignore[arg-type]
        shown = found.view.case
        assert shown is not None
        confirmed = replace(found.view, case=replace(shown, state=state))
        return replace(found, view=confirmed)

    monkeypatch.setattr(standings, "of_case", beside)
    page = open_outcome(office, case)
    assert page.owed is not None
    first, second = (one.key for one in case.owed[:2])
    assert page.owed.key == first
    page.owed.rows[second].click()
    page.owed.payment.reference.setFocus()
    type_text(office.window, "71")
    # The inspector's report arrives.
    state = State.IN_REVIEW
    office.window.work.changed.emit(Changed(frozenset({case.case_id}), sync=True))
    settle()
    type_text(office.window, "82")
    assert page.owed is not None
    assert page.owed.key == second
    assert page.owed.payment.reference.value() == "7182"


@pytest.mark.long
def test_the_reference_is_called_what_it_is_for_the_method_that_a_draft_lays_in(
    office: Office,
) -> None:
    case = cases.owing(office.crew)
    page = open_outcome(office, case)
    owed = page.owed
    assert owed is not None
    assert owed.payment.method.value() == "bill"
    owed.payment.method.setFocus()
    press(office.window, Key.Key_Left)
    assert owed.payment.method.value() == "deposit"
    owed.payment.reference.setFocus()
    type_text(office.window, "4411")
    office.go(places.Home())
    page = open_outcome(office, case)
    assert page.owed is not None
    payment = page.owed.payment
    assert payment.method.value() == "deposit"
    assert payment.reference.value() == "4411"
    assert payment.fields["reference"].label.text() == "شمارهٔ سپرده"
    assert payment.reference.accessibleName() == "شمارهٔ سپرده"
    payment.method.setFocus()
    press(office.window, Key.Key_Right)
    assert payment.fields["reference"].label.text() == "شمارهٔ پیگیری بانک"
    press(office.window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert payment.method.value() == "deposit"
    assert payment.fields["reference"].label.text() == "شمارهٔ سپرده"


@pytest.mark.long
def test_a_payment_typed_yesterday_is_of_yesterday(office: Office) -> None:
    case = cases.owing(office.crew)
    page = open_outcome(office, case)
    yesterday = office.window.today()
    type_text(office.window, "9001")
    office.go(places.Home())
    office.clock.moment += timedelta(days=1)
    page = open_outcome(office, case)
    assert page.owed is not None
    paid_on = page.owed.payment.paid_on
    assert paid_on is not None
    assert paid_on.value() == yesterday
    due = page.owed.key
    key(office, Key.Key_F12)
    paid = case_now(office.crew.clerk, case.case_id).paid[due]
    assert (paid.reference, paid.paid_on) == ("9001", yesterday)


@pytest.mark.long
def test_a_card_whose_sums_are_paid_in_turn_is_heard_once(office: Office) -> None:
    case = cases.owing(office.crew, 2)
    page = open_outcome(office, case)
    owed = page.owed
    assert owed is not None
    typed, form = owed.form.typed, owed.form
    heard = (typed.receivers(SIGNAL("edited(QString)")), form.receivers(SIGNAL("discarded()")))
    type_text(office.window, "91")
    key(office, Key.Key_F12)
    assert page.owed is owed
    assert heard == (
        typed.receivers(SIGNAL("edited(QString)")),
        form.receivers(SIGNAL("discarded()")),
    )
    # And still heard: of the second sum too what is typed is kept.
    type_text(office.window, "92")
    office.go(places.Home())
    page = open_outcome(office, case)
    assert page.owed is not None
    assert page.owed.payment.reference.value() == "92"
