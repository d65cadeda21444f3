"""Money at the counter and at the centre: whose purse, whose reference, matched or given back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.actions import board, cash, counter_acts, payments, visits
from desktop.centre.bills import with_ids
from desktop.centre.counting import taken
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, miss, report, step
from desktop.domain.cash import Match
from desktop.domain.cash_words import times
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.facts import FeePaid, FeeRefunded
from desktop.domain.gates import Owed
from desktop.domain.identifiers import bill_id, billed_amount, body_of, make_bill, make_payment
from desktop.domain.request import Payment, Slot
from desktop.domain.state import State
from desktop.domain.tool import Tool
from desktop.store.view import of_case
from desktop.ui.standing.work_items import item_words
from tests.houses import MORNING
from tests.town import Town

TODAY = MORNING.date()
UNRECORDED = "2-900-1-2-1-0-0"


def unpaid(town: Town, number: int = 0) -> str:
    return town.register(town.record(Scenario.CLEAN, number), pay=False)


def refusals(town: Town) -> list[str]:
    """What the centre told the counter that it did not take."""
    return [item_words(item) for item in board.items(town.house.office.desk)]


@pytest.mark.long
def test_the_two_purses_are_never_mixed(town: Town) -> None:
    clerk = town.crew.clerk
    with pytest.raises(Refusal, match="مبلغ دفتر است"):
        payments.pay_fee(clerk, case_now(clerk, unpaid(town)), "office", "bill", "1")
    owing = case_now(clerk, town.register(town.record(Scenario.DEBT)))
    sum_ = owing.unpaid[0]
    with pytest.raises(Refusal, match="مبلغ شهرداری است"):
        payments.pay_due(
            clerk, owing.case_id, sum_.key, Payment(sum_.amount, "terminal", "2", TODAY)
        )
    waiting = case_now(clerk, town.register(None, "no-violation", code=UNRECORDED))
    slot = visits.free_slots(clerk, 2, 1)[0]
    at = Slot(slot.day, slot.half, slot.district)
    with pytest.raises(Refusal, match="مبلغ شهرداری است"):
        visits.book(clerk, waiting, at, "علی", "09131234567", "terminal", "3")


@pytest.mark.long
def test_a_visits_fee_has_a_bill_of_its_own_each_time(town: Town) -> None:
    clerk = town.crew.clerk
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    first = case_now(clerk, case_id).bills["visit"]
    assert body_of(bill_id(first.bill_id)) == 225
    assert billed_amount(first.payment_id) == first.amount == 2_500_000
    book(town.crew, case_now(clerk, case_id))
    shown, _ = board.municipal_case(town.crew.inspector, case_id)
    town.go_to_visit(shown)
    miss(town.crew, shown, "absent", town.clock.moment)
    town.house.office.sync()
    second = case_now(clerk, case_id).bills["visit"]
    assert second.bill_id
    assert (second.bill_id, second.payment_id) != (first.bill_id, first.payment_id)


@pytest.mark.slow
def test_a_reference_is_one_payers_on_one_day(town: Town) -> None:
    clerk = town.crew.clerk
    first, second = unpaid(town, 0), unpaid(town, 1)
    payments.pay_fee(clerk, case_now(clerk, first), "office", "terminal", "۷۱۸۲۰۴")
    payments.pay_fee(clerk, case_now(clerk, second), "office", "terminal", "718204")
    assert case_now(clerk, first).state is State.ISSUED
    assert case_now(clerk, second).state is State.FEE_DUE
    assert any("پرداخت کس دیگری" in words for words in refusals(town))
    # The same payer's second case may rest on the same slip.
    again = unpaid(town, 0)
    payments.pay_fee(clerk, case_now(clerk, again), "office", "terminal", "718204")
    assert case_now(clerk, again).state is State.ISSUED


def test_a_bill_of_another_city_is_made_anew() -> None:
    city = City(bill_bodies=(225, 256))
    for body, kept in ((225, True), (256, True), (301, False)):
        bill = make_bill(12_345, body)
        owed = Owed(
            "debt:1404:نوسازی",
            "نوسازی",
            1404,
            5_000_000,
            0,
            bill,
            make_payment(5_000_000, 1404, 1, bill),
        )
        case = type("Case", (), {"case_id": "a"})()
        (told,) = with_ids((owed,), case, city, TODAY)
        assert (told.bill_id == bill) is kept
        assert body_of(told.bill_id) in city.bill_bodies


@pytest.mark.slow
def test_the_day_is_closed_and_the_letter_on_a_missing_payment_is_flagged(town: Town) -> None:
    clerk, manager = town.crew.clerk, town.crew.manager
    good = town.register(town.record(Scenario.CLEAN, 0))
    bad = town.register(town.record(Scenario.CLEAN, 1))
    till = cash.till(clerk.desk, TODAY)
    assert till.book.total(Tool.TERMINAL) == 900_000 == taken(town.house.centre)["terminal"]
    missing = next(e for e in till.book.entries if e.case_id == bad)
    counted = {Tool.TERMINAL: 450_000, Tool.BANK: 0}
    with pytest.raises(Refusal, match="مسئول دفتر می‌بندد"):
        cash.close_day(clerk, TODAY, counted, (), "")
    with pytest.raises(Refusal, match="برابر نیست"):
        cash.close_day(manager, TODAY, counted, (), "")
    assert cash.till(clerk.desk, TODAY).closed == ()
    after = cash.close_day(manager, TODAY, counted, [missing.name], "")
    matches = {entry.case_id: entry.match for entry in after.book.entries}
    assert matches == {good: Match.MATCHED, bad: Match.DOUBTED}
    assert [(one.counted, one.booked) for one in after.closed] == [(450_000, 900_000), (0, 0)]
    town.house.office.sync()
    case = case_now(clerk, bad)
    assert case.doubts == ("در کارت‌خوان نیست.",)
    assert case.answer is not None
    (flagged,) = cash.till(clerk.desk, TODAY).book.doubted
    assert flagged.letters == (case.answer.letter.number,)
    assert case_now(clerk, good).doubts == ()


@pytest.mark.long
def test_what_comes_after_the_close_is_closed_with_the_next(town: Town) -> None:
    manager = town.crew.manager
    town.register(town.record(Scenario.CLEAN, 0))
    cash.close_day(manager, TODAY, {Tool.TERMINAL: 450_000, Tool.BANK: 0}, (), "")
    town.register(town.record(Scenario.CLEAN, 1))
    after = cash.close_day(manager, TODAY, {Tool.TERMINAL: 900_000, Tool.BANK: 0}, (), "")
    assert {entry.match for entry in after.book.entries} == {Match.MATCHED}
    assert len(after.closed) == 4
    tomorrow = cash.till(manager.desk, TODAY + timedelta(days=1))
    assert (tomorrow.book.entries, tomorrow.closed) == ((), ())


@pytest.mark.long
def test_a_withdrawn_requests_fee_goes_back_to_where_it_came_from(town: Town) -> None:
    clerk, manager = town.crew.clerk, town.crew.manager
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    book(town.crew, case_now(clerk, case_id))
    marks = list(case_now(clerk, case_id).takings)
    with pytest.raises(Refusal):
        cash.refund(manager, case_id, marks[0], "انصراف", "99")
    counter_acts.withdraw(clerk, case_id, "ملک فروخته شد")
    with pytest.raises(Refusal, match="مسئول دفتر"):
        cash.refund(clerk, case_id, marks[0], "انصراف", "99")
    with pytest.raises(Refusal, match="دلیل"):
        cash.refund(manager, case_id, marks[0], " ", "99")
    for number, mark in enumerate(marks):
        cash.refund(manager, case_id, mark, "پیش از پاسخ منصرف شد", f"{99 + number}")
    with pytest.raises(Refusal, match="پیش از این"):
        cash.refund(manager, case_id, marks[0], "دوباره", "101")
    till = cash.till(clerk.desk, TODAY).book
    assert [till.total(tool) for tool in Tool] == [0, 0, 0]
    with clerk.desk.store.reading() as session:
        told = of_case(session, case_id, clerk.desk.reference.setting_for).confirmed
    came = Counter(type(fact.payload) for fact in told)
    assert sum(till.times(tool, back=False) for tool in Tool) == came[FeePaid] == 2
    assert sum(till.times(tool, back=True) for tool in Tool) == came[FeeRefunded] == 2
    assert times(till, Tool.TERMINAL) == ("۱ دریافت", "۱ بازگشت")
    assert len({entry.name for entry in till.entries}) == 4
    after = cash.close_day(manager, TODAY, {Tool.TERMINAL: 0, Tool.BANK: 0}, (), "").book
    assert {entry.match for entry in after.entries} == {Match.MATCHED}
    assert sorted(entry.amount for entry in till.entries) == [
        -2_500_000,
        -450_000,
        450_000,
        2_500_000,
    ]


@pytest.mark.long
def test_a_visit_that_somebody_went_out_for_is_not_given_back(town: Town) -> None:
    clerk, manager = town.crew.clerk, town.crew.manager
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    book(town.crew, case_now(clerk, case_id))
    town.clock.moment += timedelta(days=1)
    report(town.crew, case_now(clerk, case_id), town.clock.moment)
    town.house.office.sync()
    counter_acts.withdraw(clerk, case_id, "ملک فروخته شد")
    visit = next(mark for mark in case_now(clerk, case_id).takings if mark.startswith("visit/"))
    with pytest.raises(Refusal, match="انجام نشده است"):
        cash.refund(manager, case_id, visit, "انصراف", "99")


@pytest.mark.slow
def test_a_waiting_payment_stands_in_the_book_of_its_desk(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = town.crew.clerk
    case_id = unpaid(town)
    monkeypatch.setattr(town.house.office.bell, "ring", lambda: None)
    payments.pay_fee(clerk, case_now(clerk, case_id), "office", "terminal", "5")
    (entry,) = cash.till(clerk.desk, TODAY).book.entries
    assert (entry.waiting, entry.amount, entry.clerk_name) == (True, 450_000, "زهرا فلاح")
    town.house.office.sync()
    (entry,) = cash.till(clerk.desk, TODAY).book.entries
    assert entry.waiting is False


@pytest.mark.long
def test_paid_debts_stand_under_their_kind(town: Town) -> None:
    clerk = town.crew.clerk
    case_id = town.register(town.record(Scenario.DEBT))
    while (case := case_now(clerk, case_id)).state is State.PAY_DUE:
        step(town.crew, case, town.clock.moment)
    book_ = cash.till(clerk.desk, TODAY).book
    kinds = book_.by_clerk()["زهرا فلاح"]
    assert sum(kinds.values()) == sum(taken(town.house.centre).values())
    assert kinds == {entry.kind: kinds[entry.kind] for entry in book_.entries}
    assert replace(book_, entries=()).by_clerk() == {}


def claimed(town: Town) -> str:
    """A case whose every debt the applicant says is paid."""
    clerk = town.crew.clerk
    case_id = town.register(town.record(Scenario.DEBT))
    for number, owed in enumerate(case_now(clerk, case_id).unpaid):
        paid = Payment(owed.amount, "bill", f"44{number}", TODAY - timedelta(days=3))
        payments.claim(clerk, case_id, owed.key, paid)
    return case_id


@pytest.mark.long
def test_a_receipt_that_the_records_do_not_know_goes_to_finance_and_is_not_asked_twice(
    town: Town,
) -> None:
    clerk, finance = town.crew.clerk, town.crew.finance
    case_id = claimed(town)
    case = case_now(clerk, case_id)
    assert (case.state, case.asked) == (State.PAY_DUE, ())
    key = case.unpaid[0].key
    again = Payment(case.unpaid[0].amount, "bill", "99", TODAY)
    with pytest.raises(Refusal, match="دوباره دریافت نمی‌شود"):
        payments.pay_due(clerk, case_id, key, again)
    with pytest.raises(Refusal, match="نزد امور مالی"):
        payments.claim(clerk, case_id, key, again)
    rows = board.municipal_queue(finance).rows
    assert [row.claimed for row in rows if row.case_id == case_id] == [True]
    expert = town.crew.expert
    assert not [row for row in board.municipal_queue(expert).rows if row.case_id == case_id]
    shown, _ = board.municipal_case(finance, case_id)
    with pytest.raises(Refusal, match="این کار با کارشناس مالی است"):
        payments.answer_claim(expert, shown, key, right=True, comment="در حساب بود")
    with pytest.raises(Refusal, match="شرح بررسی"):
        payments.answer_claim(finance, shown, key, right=True, comment=" ")
    for key in shown.claims:
        payments.answer_claim(finance, shown, key, right=True, comment="در حساب بود")
    town.house.office.sync()
    case = case_now(clerk, case_id)
    assert case.state is State.ISSUED
    assert {paid.method for paid in case.paid.values()} == {"finance"}
    assert not [row for row in board.municipal_queue(finance).rows if row.case_id == case_id]
    # No money came to the office or, today, to the bank.
    till = cash.till(clerk.desk, TODAY).book
    assert till.total(Tool.BANK) == 0
    assert till.total(Tool.PAPER) > 0


@pytest.mark.long
def test_what_finance_does_not_find_is_asked_again(town: Town) -> None:
    clerk, finance = town.crew.clerk, town.crew.finance
    case_id = claimed(town)
    shown, _ = board.municipal_case(finance, case_id)
    for key in shown.claims:
        payments.answer_claim(finance, shown, key, right=False, comment="چنین واریزی نبود")
    town.house.office.sync()
    case = case_now(clerk, case_id)
    assert (case.state, case.asked) == (State.PAY_DUE, case.unpaid)
    while (case := case_now(clerk, case_id)).state is State.PAY_DUE:
        step(town.crew, case, town.clock.moment)
    assert case.state is State.ISSUED


@pytest.mark.slow
def test_a_claim_of_another_sum_or_of_tomorrow_is_refused(town: Town) -> None:
    clerk = town.crew.clerk
    case_id = town.register(town.record(Scenario.DEBT))
    owed = case_now(clerk, case_id).unpaid[0]
    for amount, day, words in (
        (owed.amount - 1000, TODAY, "مبلغ باید"),
        (owed.amount, TODAY + timedelta(days=1), "پس از امروز"),
    ):
        with pytest.raises(Refusal, match=words):
            payments.claim(clerk, case_id, owed.key, Payment(amount, "bill", "7", day))
