"""One request's whole way, for every outcome, on both databases."""

from __future__ import annotations

import pytest

from desktop.actions import board, letters, payments, second_looks
from desktop.centre.counting import counted
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, clear, follow, miss, pay, report
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.ui.standing.work_items import item_words
from tests.town import Town, every_link


@pytest.mark.slow
@every_link
def test_a_clean_record_is_answered_at_once_and_handed_over(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.outcome) == (State.ISSUED, Outcome.ANSWER)
    assert case.answer is not None
    assert case.answer.letter.number == "1405/21/1"
    ended = follow(town.crew, case_id, town.clock.moment)
    assert ended.state is State.HANDED_OVER
    assert ended.answer is not None
    assert ended.answer.copies == 1


def test_without_the_fee_nothing_is_decided(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.FEE_DUE
    assert case.decision is None
    payments.pay_fee(town.crew.clerk, case, "office", "terminal", "42")
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED


@pytest.mark.slow
def test_debts_are_paid_one_by_one_and_the_answer_comes_by_itself(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEBT))
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.PAY_DUE
    assert case.debt_letter is not None
    assert case.debt_letter.letter.text.table is not None
    while case.state is State.PAY_DUE:
        pay(town.crew, case, town.clock.moment)
        case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.outcome) == (State.ISSUED, Outcome.ANSWER)
    assert case.debt_letter is None
    # Another case of the same property is not asked for the same money again.
    again = town.register(town.record(Scenario.DEBT))
    assert case_now(town.crew.clerk, again).state is State.ISSUED


@pytest.mark.slow
def test_a_bill_settles_once(town: Town) -> None:
    first = town.register(town.record(Scenario.DEBT))
    second = town.register(town.record(Scenario.DEBT))
    owed = case_now(town.crew.clerk, first).unpaid[0]
    payment = Payment(owed.amount, "bill", owed.bill_id, town.clock.moment.date())
    payments.pay_due(town.crew.clerk, first, owed.key, payment)
    payments.pay_due(town.crew.clerk, second, owed.key, payment)
    case = case_now(town.crew.clerk, second)
    assert owed.key not in case.paid
    (item,) = board.items(town.crew.clerk.desk)
    assert item.case_id == second
    assert "پیش از این پرداخت" in item.centre_words


@pytest.mark.slow
@every_link
def test_a_property_without_a_record_is_visited_reviewed_and_answered(town: Town) -> None:
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.VISIT_DUE
    assert case.no_record
    book(town.crew, case)
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.BOOKED
    assert case.inspector
    report(town.crew, case, town.clock.moment)
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.IN_REVIEW
    assert case.decision is not None
    assert {"standing", "deed"} <= {x.gate for x in case.decision.failing}
    clear(town.crew, case)
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED


@pytest.mark.long
def test_a_half_day_takes_no_more_than_its_places(town: Town) -> None:
    taken = []
    for number in range(8):
        case_id = town.register(None, "no-violation", code=f"2-900-1-{number + 1}-1-0-0")
        book(town.crew, case_now(town.crew.clerk, case_id))
        slot = case_now(town.crew.clerk, case_id).slot
        assert slot is not None
        taken.append(slot)
    assert len(set(taken)) == 2
    assert taken.count(taken[0]) == 6


@pytest.mark.long
def test_away_at_the_visit_costs_another_fee_a_wrong_address_does_not(town: Town) -> None:
    for cause, due in (("absent", True), ("address", False)):
        case_id = town.register(None, "no-violation", code=f"3-900-1-{len(cause)}-1-0-0")
        book(town.crew, case_now(town.crew.clerk, case_id))
        shown, _ = board.municipal_case(town.crew.inspector, case_id)
        town.go_to_visit(shown)
        miss(town.crew, shown, cause, town.clock.moment)
        town.house.office.sync()
        case = case_now(town.crew.clerk, case_id)
        assert case.state is State.VISIT_DUE
        assert bool(case.due_fee("visit")) is due


@pytest.mark.slow
def test_an_expert_refuses_with_numbered_reasons(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEED), "building-permit")
    shown, _ = board.municipal_case(town.crew.expert, case_id)
    assert shown.state is State.IN_REVIEW
    following.refuse(town.crew, shown, "زیربنای درخواستی بیش از تراکم است.")
    town.house.office.sync()
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    assert held.letter.kind is LetterKind.REFUSAL
    assert any("زیربنای درخواستی" in text for text in held.letter.text.paragraphs)


def test_a_demolition_order_refuses_at_once(town: Town) -> None:
    record = next(iter(town.properties[Scenario.DEMOLITION]), None)
    assert record is not None
    case = case_now(town.crew.clerk, town.register(record, "no-violation"))
    assert (case.state, case.outcome) == (State.ISSUED, Outcome.REFUSE)


@pytest.mark.slow
def test_a_voided_letter_is_replaced_under_a_new_number(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    first = case_now(town.crew.clerk, case_id).answer
    assert first is not None
    letter = first.letter
    following.void(town.crew.manager, case_id, letter.letter_id, "نشانی اشتباه است")
    second = case_now(town.crew.clerk, case_id).answer
    assert second is not None
    assert second.letter.number != letter.number
    assert second.letter.replaces == letter.number
    said = " ".join(second.letter.text.paragraphs)
    assert to_persian_digits(f"جایگزین نامهٔ شمارهٔ {letter.number}") in said
    assert counted(town.house.centre)["gaps"] == 0


@pytest.mark.slow
def test_a_second_look_sends_an_unreleased_letter_back(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    shown, _ = board.municipal_case(town.crew.supervisor, case_id)
    second_looks.look_again(town.crew.supervisor, shown, right=False, comment="مالک دیگری است")
    town.house.office.sync()
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.IN_REVIEW
    assert case.answer is None
    assert case.review_comment == "مالک دیگری است"


@pytest.mark.slow
def test_a_second_look_recalls_a_released_letter(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    letters.release(town.crew.manager, case_id, held.letter, PASSWORD)
    shown, _ = board.municipal_case(town.crew.supervisor, case_id)
    second_looks.look_again(town.crew.supervisor, shown, right=False, comment="توقیف دارد")
    town.house.office.sync()
    (item,) = board.items(town.crew.clerk.desk)
    assert "توقیف دارد" in item_words(item)
    following.void(town.crew.manager, case_id, held.letter.letter_id, "توقیف دارد")
    assert case_now(town.crew.clerk, case_id).state is State.IN_REVIEW
    assert board.items(town.crew.clerk.desk) == []
    shown, _ = board.municipal_case(town.crew.expert, case_id)
    following.decide(town.crew, shown, {}, "توقیف رفع شده است")
    town.house.office.sync()
    replaced = case_now(town.crew.clerk, case_id)
    assert replaced.answer is not None
    assert replaced.answer.letter.replaces == held.letter.number
    assert not replaced.recalled


def test_the_facts_of_an_instant_answer_in_order(small_town: Town) -> None:
    town = small_town
    case_id = town.register(town.record(Scenario.CLEAN))
    facts = [x.payload for x in board.look(town.crew.clerk.desk, case_id).confirmed]
    assert [type(x) for x in facts] == [
        f.Registered,
        f.FeeDue,
        f.FeePaid,
        f.Decided,
        f.LetterIssued,
    ]


@pytest.mark.slow
def test_a_clerk_without_authorisation_may_not_stamp(small_town: Town) -> None:
    town = small_town
    case_id = town.register(town.record(Scenario.CLEAN))
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    with pytest.raises(Refusal, match="مسئول دفتر"):
        letters.release(town.crew.clerk, case_id, held.letter, PASSWORD)
    with pytest.raises(Refusal, match="گذرواژه"):
        letters.release(town.crew.manager, case_id, held.letter, "غلط")
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED
