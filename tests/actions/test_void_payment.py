"""A wrong entry of the cash book is struck: what is due again, and what falls with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import board, cash, counter_acts, payments
from desktop.centre.audit.whole import audit
from desktop.centre.counting import taken
from desktop.centre.records import overlay
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, miss, pay, release, step
from desktop.domain.case import Case
from desktop.domain.cash import Book, Match, refundable
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.papers import Defect
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.domain.tool import Tool
from desktop.ui import places
from desktop.ui.standing.lines import next_of
from desktop.ui.standing.work_items import item_words
from tests.houses import MORNING
from tests.town import Town

TODAY = MORNING.date()
WHY = "رسید کارت‌خوان ناموفق بود."


def now(town: Town, case_id: str) -> Case:
    return case_now(town.crew.clerk, case_id)


def void(town: Town, case: Case, mark: str = "", reason: str = WHY) -> Case:
    """The manager strikes the case's last payment, or that one."""
    cash.void_payment(town.crew.manager, case.case_id, mark or list(case.takings)[-1], reason)
    return now(town, case.case_id)


def settled(town: Town) -> Case:
    """A property with a debt, paid at this counter; its answer is issued."""
    case = now(town, town.register(town.record(Scenario.DEBT)))
    while case.state is State.PAY_DUE:
        pay(town.crew, case, MORNING)
        case = now(town, case.case_id)
    assert case.state is State.ISSUED
    return case


def book(town: Town) -> Book:
    return cash.till(town.crew.clerk.desk, TODAY).book


def told(town: Town) -> list[str]:
    return [item_words(item) for item in board.items(town.house.office.desk)]


@pytest.mark.long
def test_a_fee_that_never_came_is_due_again_before_its_letter_is_stamped(town: Town) -> None:
    case = void(town, now(town, town.register(town.record(Scenario.CLEAN))))
    assert case.state is State.ISSUED
    assert case.fee_to_take == "office"
    assert board.next_step(case) == "pay-fee"
    with pytest.raises(Refusal, match="نخست آن را دریافت کنید"):
        release(town.crew, case)
    town.clock.moment += timedelta(minutes=1)
    payments.pay_fee(town.crew.clerk, case, "office", "terminal", "719999")
    case = now(town, case.case_id)
    assert (case.state, case.fee_to_take) == (State.ISSUED, "")
    release(town.crew, case)
    assert now(town, case.case_id).state is State.RELEASED
    assert [(e.match, e.counted) for e in book(town).entries] == [
        (Match.VOIDED, 0),
        (Match.OPEN, 450_000),
    ]
    assert book(town).total(Tool.TERMINAL) == 450_000 == taken(town.house.centre)["terminal"]


@pytest.mark.long
def test_a_fee_is_asked_for_even_after_the_letter_was_handed_over(town: Town) -> None:
    case = now(town, town.register(town.record(Scenario.CLEAN)))
    while case.state is not State.HANDED_OVER:
        step(town.crew, case, MORNING)
        case = now(town, case.case_id)
    case = void(town, case)
    assert (case.state, case.fee_to_take, case.recalled) == (State.HANDED_OVER, "office", False)
    (waiting,) = board.find(town.crew.clerk.desk, case.request.tracking).cases
    assert (waiting.rank, waiting.next_step) == (board.Rank.OURS, "pay-fee")
    payments.pay_fee(town.crew.clerk, case, "office", "terminal", "719998")
    assert now(town, case.case_id).fee_to_take == ""


@pytest.mark.long
def test_an_unstamped_answer_falls_with_the_debt_that_was_never_paid(town: Town) -> None:
    before = settled(town)
    assert before.answer is not None
    case = void(town, before)
    assert case.state is State.PAY_DUE
    assert case.letter(before.answer.letter.letter_id).voided == f"ابطال ثبت پرداخت: {WHY}"
    assert len(case.unpaid) == 1
    # The records of another request of the same property know of the debt again.
    other = now(town, town.register(town.record(Scenario.DEBT), letter_number="1405/9"))
    assert other.state is State.PAY_DUE
    assert {o.key for o in other.unpaid} == {o.key for o in case.unpaid}
    pay(town.crew, case, MORNING)
    case = now(town, case.case_id)
    assert case.state is State.ISSUED
    assert case.answer is not None
    assert case.answer.letter.number != before.answer.letter.number
    sums = taken(town.house.centre)
    assert book(town).total(Tool.BANK) == sums["bill"]


@pytest.mark.slow
def test_a_stamped_answer_stays_until_the_manager_voids_it(town: Town) -> None:
    case = settled(town)
    release(town.crew, case)
    deliver(town.crew, now(town, case.case_id))
    case = void(town, now(town, case.case_id))
    assert case.answer is not None
    assert case.recalled
    assert list(case.unfounded.values()) == [WHY]
    letter_id = case.answer.letter.letter_id
    following.void(town.crew.manager, case.case_id, letter_id, "پرداخت نشده است")
    case = now(town, case.case_id)
    assert (case.state, case.recalled) == (State.PAY_DUE, False)
    pay(town.crew, case, MORNING)
    case = now(town, case.case_id)
    release(town.crew, case)
    assert not now(town, case.case_id).recalled


@pytest.mark.slow
def test_what_others_found_right_is_never_struck(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    mark = list(now(town, case_id).takings)[0]
    with pytest.raises(Refusal, match="مسئول دفتر"):
        cash.void_payment(town.crew.clerk, case_id, mark, WHY)
    with pytest.raises(Refusal, match="دلیل ابطال"):
        cash.void_payment(town.crew.manager, case_id, mark, " ")
    with pytest.raises(Refusal, match="ابطال نمی‌شود"):
        cash.void_payment(town.crew.manager, case_id, "office/0", WHY)
    cash.close_day(town.crew.manager, TODAY, {Tool.TERMINAL: 450_000, Tool.BANK: 0}, (), "")
    with pytest.raises(Refusal, match="ابطال نمی‌شود"):
        cash.void_payment(town.crew.manager, case_id, mark, WHY)


@pytest.mark.slow
def test_what_finance_found_is_finances(town: Town) -> None:
    case = now(town, town.register(town.record(Scenario.DEBT)))
    for number, owed in enumerate(case.unpaid):
        payment = Payment(owed.amount, "bill", f"77{number}", TODAY)
        payments.claim(town.crew.clerk, case.case_id, owed.key, payment)
        shown, _ = board.municipal_case(town.crew.finance, case.case_id)
        payments.answer_claim(town.crew.finance, shown, owed.key, right=True, comment="دیده شد")
        town.house.office.sync()
    case = now(town, case.case_id)
    with pytest.raises(Refusal, match="ابطال نمی‌شود"):
        void(town, case)


@pytest.mark.slow
def test_a_doubted_entry_is_struck_and_no_longer_flags_its_case(town: Town) -> None:
    case = now(town, town.register(town.record(Scenario.CLEAN)))
    (entry,) = book(town).entries
    counted = {Tool.TERMINAL: 0, Tool.BANK: 0}
    cash.close_day(town.crew.manager, TODAY, counted, [entry.name], "")
    assert now(town, case.case_id).doubts
    case = void(town, now(town, case.case_id))
    assert (case.doubts, case.fee_to_take) == ((), "office")
    assert book(town).doubted == ()
    with pytest.raises(Refusal, match="پیش از این ابطال"):
        void(town, case)
    # Its slip is free, and an audit wants it so.
    assert list(audit(town.house.centre)) == []


@pytest.mark.long
def test_an_entry_struck_by_mistake_is_put_in_again_as_it_was(town: Town) -> None:
    case = now(town, town.register(town.record(Scenario.CLEAN)))
    (mark,) = case.takings
    case = void(town, case)
    payments.pay_fee(town.crew.clerk, case, "office", "terminal", mark.partition("/")[2])
    assert now(town, case.case_id).fee_to_take == ""
    entries = book(town).entries
    assert [e.match for e in entries] == [Match.VOIDED, Match.OPEN]
    assert len({e.name for e in entries}) == 2
    assert taken(town.house.centre)["terminal"] == 450_000


@pytest.mark.long
def test_a_reference_is_free_when_nothing_rests_on_it_any_more(town: Town) -> None:
    clerk = town.crew.clerk
    first = town.register(town.record(Scenario.CLEAN, 0), pay=False)
    second = town.register(town.record(Scenario.CLEAN, 0), "no-violation", pay=False)
    for case_id in (first, second):
        payments.pay_fee(clerk, now(town, case_id), "office", "terminal", "660001")
    other = town.register(town.record(Scenario.CLEAN, 1), pay=False)
    void(town, now(town, first))
    payments.pay_fee(clerk, now(town, other), "office", "terminal", "660001")
    assert any("پرداخت کس دیگری" in words for words in told(town))
    void(town, now(town, second))
    payments.pay_fee(clerk, now(town, other), "office", "terminal", "660001")
    assert now(town, other).state is State.ISSUED


@pytest.mark.long
def test_a_visit_is_not_booked_on_a_fee_that_was_struck(town: Town) -> None:
    case = now(town, town.register(None, "no-violation", code="2-900-1-2-1-0-0"))
    step(town.crew, case, MORNING)
    case = now(town, case.case_id)
    assert case.state is State.BOOKED
    case = void(town, case)
    assert case.fee_to_take == "visit"
    payments.pay_fee(town.crew.clerk, case, "visit", "bill", "990001")
    case = now(town, case.case_id)
    assert (case.state, case.fee_to_take) == (State.BOOKED, "")


@pytest.mark.long
def test_a_struck_visit_that_nobody_came_to_is_owed_beside_the_next(town: Town) -> None:
    case = now(town, town.register(None, "no-violation", code="2-900-1-2-1-0-0"))
    step(town.crew, case, MORNING)
    case = void(town, now(town, case.case_id))
    shown, _ = board.municipal_case(town.crew.inspector, case.case_id)
    town.go_to_visit(shown)
    miss(town.crew, shown, "absent", town.clock.moment)
    town.house.office.sync()
    case = now(town, case.case_id)
    assert (case.state, case.due_fee("visit")) == (State.VISIT_DUE, 5_000_000)
    step(town.crew, case, MORNING)
    assert now(town, case.case_id).state is State.BOOKED


@pytest.mark.slow
def test_the_struck_fee_of_a_withdrawn_request_is_nobodys_debt(town: Town) -> None:
    case = now(town, town.register(town.record(Scenario.DEBT)))
    counter_acts.withdraw(town.crew.clerk, case.case_id, "فروخته شد")
    case = void(town, now(town, case.case_id))
    assert (case.state, case.fee_to_take) == (State.WITHDRAWN, "")
    assert book(town).total(Tool.TERMINAL) == 0
    # What never came is not given back.
    assert refundable(case) == {}


@pytest.mark.slow
def test_what_another_case_paid_stays_paid(town: Town) -> None:
    record = town.record(Scenario.DEBT)
    paying, doubled = (
        now(town, town.register(record, letter_number=number)) for number in ("1405/1", "1405/2")
    )
    code = str(record.code)
    key = paying.unpaid[0].key
    for case in (paying, doubled):
        with town.house.centre.writing() as session:
            overlay.settle(session, renewal_code(code), key, TODAY, case.case_id)
    with town.house.centre.writing() as session:
        overlay.unsettle(session, renewal_code(code), key, doubled.case_id)
    third = now(town, town.register(record, letter_number="1405/3"))
    assert key not in {o.key for o in third.unpaid}


@pytest.mark.slow
def test_a_fee_is_not_taken_when_the_case_went_on_without_it(town: Town) -> None:
    clerk = town.crew.clerk
    case = now(town, town.register(town.record(Scenario.CLEAN), pay=False))
    defect = Defect("سند", "خوانا نیست", "سند تازه")
    counter_acts.lack_documents(clerk, case.case_id, "", (defect,))
    case = now(town, case.case_id)
    assert case.state is State.RETURNED
    with pytest.raises(Refusal, match="اکنون دریافت نمی‌شود"):
        payments.pay_fee(clerk, case, "office", "terminal", "719001")
    counter_acts.amend(clerk, case.case_id, {"party.mobile": "09139999999"}, ())
    case = now(town, case.case_id)
    assert (case.state, case.fee_to_take) == (State.FEE_DUE, "office")


@pytest.mark.slow
def test_who_may_stamp_is_led_to_the_fee_first(town: Town) -> None:
    case = void(town, now(town, town.register(town.record(Scenario.CLEAN))))
    (row,) = board.find(town.crew.manager.desk, case.request.tracking).cases
    assert not row.to_release
    assert not board.to_release(case)
    assert next_of(row, may_release=True).page is places.Outcome
