"""Money is taken once, and for what is asked now, whoever asks and whatever changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from desktop.actions import board, cash, counter_acts, payments, visits
from desktop.centre import bills
from desktop.centre.counting import counted
from desktop.centre.tick import tick
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, clear, miss, propose, step
from desktop.domain import lawful, lawful_money
from desktop.domain.calendar import jalali
from desktop.domain.case import Case
from desktop.domain.cash import refundable
from desktop.domain.commands import ReturnCase
from desktop.domain.errors import Refusal
from desktop.domain.facts import InReview
from desktop.domain.fees import fee
from desktop.domain.recommendation import Proposal, Recommendation
from desktop.domain.request import Payment, Slot
from desktop.domain.state import State
from desktop.domain.tariff import Charge
from tests.houses import MORNING
from tests.town import Town

pytestmark = pytest.mark.slow
TODAY = MORNING.date()
UNRECORDED = "2-900-1-2-1-0-0"


def now(town: Town, case_id: str) -> Case:
    town.house.office.sync()
    return case_now(town.crew.clerk, case_id)


def taken(town: Town) -> tuple[int, int]:
    """Places that are taken, and cases that have one."""
    with town.house.centre.reading() as session:
        places = sum(session.scalars(select(VisitSlotRow.taken)))
        return places, len(session.scalars(select(BookingRow.case_id)).all())


def test_an_amended_request_gives_its_visit_back_and_pays_for_none_twice(small_town: Town) -> None:
    town = small_town
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    step(town.crew, now(town, case_id), town.clock.moment)
    assert now(town, case_id).state is State.BOOKED
    assert taken(town) == (1, 1)
    counter_acts.amend(town.crew.clerk, case_id, {"address": "یزد، خیابان کاشانی، پلاک ۹"})
    case = now(town, case_id)
    assert (case.state, case.slot) == (State.IN_REVIEW, None)
    assert taken(town) == (0, 0)
    clear(town.crew, case)
    case = now(town, case_id)
    assert case.state is State.VISIT_DUE
    assert case.due_fee("visit") == 0


def test_one_receipt_pays_one_visit_and_the_one_that_nobody_went_for_is_given_back(
    small_town: Town,
) -> None:
    town, clerk = small_town, small_town.crew.clerk
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    case = now(town, case_id)
    first = visits.free_slots(clerk, case.district or 1, 1)[0]
    slot = Slot(first.day, first.half, first.district)
    visits.book(clerk, case, slot, "مالک", "09130000000", "bill", "990001")
    shown, _ = board.municipal_case(town.crew.inspector, case_id)
    town.go_to_visit(shown)
    miss(town.crew, shown, "absent", town.clock.moment)
    case = now(town, case_id)
    assert case.due_fee("visit")
    for written in ("990001", "۹۹۰۰۰۱", "990-001", "990 001\u200c"):
        with pytest.raises(Refusal, match="همین رسید"):
            payments.pay_fee(clerk, case, "visit", "bill", written)
    payments.pay_fee(clerk, case, "visit", "bill", "990002")
    counter_acts.withdraw(clerk, case_id, "منصرف شد")
    case = now(town, case_id)
    back = [paid.reference for mark, paid in refundable(case).items() if mark.startswith("visit")]
    assert back == ["990002"]


def test_beside_a_debt_letter_a_returned_request_lapses(small_town: Town) -> None:
    town = small_town
    record = next(
        each
        for scenario in (Scenario.DEED, Scenario.DEBT)
        for each in town.properties[scenario]
        if each.debts and each.code.building
    )
    stranger = replace(record, owners=(replace(record.owners[0], person_id="9990002029"),))
    finished = any(each.kind == "پایان کار" for each in record.certificates)
    building = "finished" if finished else "unfinished"
    case_id = town.register(stranger, "transfer", deal="sale", building=building)
    case = now(town, case_id)
    assert (case.state, case.debt_letter is not None) == (State.IN_REVIEW, True)
    shown, _ = board.municipal_case(town.crew.expert, case_id)
    back = ReturnCase("سند مالکیت را بیاورید", ())
    town.crew.expert.do_one(case_id, back, shown=shown)
    assert now(town, case_id).state is State.RETURNED
    town.clock.moment += timedelta(days=40)
    assert tick(town.house.centre) == 1
    assert now(town, case_id).state is State.WITHDRAWN
    assert counted(town.house.centre)["held"] == 0


@pytest.mark.long
def test_what_finance_finds_of_a_sum_that_is_asked_no_more_settles_no_other(
    small_town: Town,
) -> None:
    town, clerk = small_town, small_town.crew.clerk
    record = next(
        each for each in town.properties[Scenario.DEBT] if len(each.debts) > 1 and not each.files
    )
    first = town.register(record)
    other = town.register(record, letter_number="1405/2")
    sought = now(town, first).asked[0]
    payments.claim(clerk, first, sought.key, Payment(sought.amount, "bill", "900001", TODAY))
    payments.pay_due(clerk, other, sought.key, Payment(sought.amount, "bill", "900002", TODAY))
    answers = now(town, first).request.answers
    key = next(iter(answers))
    counter_acts.amend(clerk, first, {key: _another(key, answers[key])})
    assert now(town, first).state is State.IN_REVIEW
    shown, _ = board.municipal_case(town.crew.expert, first)
    propose(town.crew, shown, Recommendation(Proposal.LETTER, (), note="همان درست است"))
    left = now(town, first).unpaid
    assert sought.key not in {each.key for each in left}
    shown, _ = board.municipal_case(town.crew.finance, first)
    payments.answer_claim(town.crew.finance, shown, sought.key, right=True, comment="دیده شد")
    town.house.municipality.sync()
    case = now(town, first)
    assert (case.state, case.unpaid, case.claims) == (State.PAY_DUE, left, {})
    assert counted(town.house.centre)["held"] == 0


def _another(key: str, value: str) -> str:
    """Another answer of the form that it would take as well."""
    return {"purpose": "سایر" if value != "سایر" else "انتقال"}[key]


def test_a_property_s_fine_is_paid_once_whoever_asks(small_town: Town) -> None:
    town, clerk = small_town, small_town.crew.clerk
    for number, record in enumerate(town.properties[Scenario.FINE]):
        both = [
            town.register(record, "no-violation", letter_number=f"{number}/{n}") for n in (1, 2)
        ]
        sums = [[o for o in now(town, e).asked if o.key.startswith("fine:")] for e in both]
        if all(sums):
            break
    (one, *_), (other, *_) = sums
    assert (one.bill_id, one.payment_id) == (other.bill_id, other.payment_id)
    payments.pay_due(clerk, both[0], one.key, Payment(one.amount, "bill", "700001", TODAY))
    payments.pay_due(clerk, both[1], one.key, Payment(one.amount, "bill", "700002", TODAY))
    assert one.key in now(town, both[0]).paid
    assert one.key not in now(town, both[1]).paid
    (item,) = board.items(clerk.desk)
    assert "درخواست دیگری" in item.centre_words


def test_a_debt_is_paid_once_though_a_new_year_made_another_bill_of_it(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record bears no pair: the one that is made has the year in which it was made."""
    town, clerk = small_town, small_town.crew.clerk
    monkeypatch.setattr(bills, "_sound", lambda *_: False)
    record = next(each for each in town.properties[Scenario.DEBT] if not each.files)
    first = town.register(record)
    monkeypatch.setattr(bills, "jalali", lambda day: (jalali(day)[0] + 1, *jalali(day)[1:]))
    other = town.register(record, letter_number="1406/2")
    one, another = now(town, first).asked[0], now(town, other).asked[0]
    assert (one.key, one.bill_id) == (another.key, another.bill_id)
    assert one.payment_id != another.payment_id
    payments.pay_due(clerk, first, one.key, Payment(one.amount, "bill", "710001", TODAY))
    payments.pay_due(clerk, other, one.key, Payment(one.amount, "bill", "710002", TODAY))
    assert one.key in now(town, first).paid
    assert one.key not in now(town, other).paid
    (item,) = board.items(clerk.desk)
    assert "درخواست دیگری" in item.centre_words


@pytest.mark.parametrize("amount", [10**11, 999])
def test_a_sum_that_no_payment_id_holds_is_for_a_person(
    small_town: Town, amount: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_town
    record = next(each for each in town.properties[Scenario.DEBT] if not each.files)
    monkeypatch.setattr(
        bills, "_billed", lambda owed: replace(owed, principal=amount, penalty=0, bill_id="")
    )
    case = now(town, town.register(record))
    assert (case.state, case.debt_letter, case.asked) == (State.IN_REVIEW, None, ())
    told = [fact.payload for fact in board.look(town.crew.clerk.desk, case.case_id).confirmed]
    (words,) = [each.comment for each in told if isinstance(each, InReview) and each.comment]
    assert "شناسهٔ پرداخت" in words


@pytest.mark.parametrize(("amount", "owed"), [(10**11, 0), (999, 0), (10**11 - 10**6, 2_500_000)])
def test_a_second_visit_s_fee_that_no_payment_id_holds_is_for_a_person(
    small_town: Town, amount: int, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the inspector saw is kept, and nothing stops with a report's code. A fee that could be
    billed alone is asked together with that of a first visit whose entry was voided."""
    town, crew = small_town, small_town.crew
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    step(crew, now(town, case_id), town.clock.moment)
    if owed:
        visit = list(now(town, case_id).takings)[-1]
        cash.void_payment(crew.manager, case_id, visit, "رسید ناموفق بود.")
        assert now(town, case_id).due_fee("visit") == owed

    def dear(*asked: Any) -> Charge | None:
        told = fee(*asked)
        return replace(told, amount=amount) if told is not None else None

    monkeypatch.setattr(lawful, "fee", dear)
    town.go_to_visit(now(town, case_id))
    miss(crew, now(town, case_id), "absent", town.clock.moment, "در بسته بود")
    case = now(town, case_id)
    assert board.items(crew.inspector.desk) == board.items(crew.clerk.desk) == []
    assert (case.state, case.slot) == (State.IN_REVIEW, None)
    assert case.missed is not None
    assert case.missed.note == "در بسته بود"
    assert "شناسهٔ پرداخت" in case.review_comment
    assert case.due_fee("visit") == owed
    clear(crew, case)
    assert now(town, case_id).state is State.VISIT_DUE


def test_a_visit_s_fee_is_paid_as_it_was_told_though_its_tariff_is_gone(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A payment by its bill is the municipality's; the office's terminal takes none of it."""
    town, clerk = small_town, small_town.crew.clerk
    case_id = town.register(None, "no-violation", code=UNRECORDED)
    told = now(town, case_id).bills["visit"]
    assert told.bill_id
    monkeypatch.setattr(lawful_money, "fee", lambda *_: None)
    with pytest.raises(Refusal, match="شهرداری"):
        payments.pay_fee(clerk, now(town, case_id), "visit", "terminal", "990003")
    payments.pay_fee(clerk, now(town, case_id), "visit", "bill", "990004")
    assert now(town, case_id).due_fee("visit") == 0
