"""A transfer's debts are told at once beside a visit or an expert (Article 74's note)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.actions import letters, payments
from desktop.centre import deciding
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.gates import Question
from desktop.domain.letter import LetterKind
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Payment
from desktop.domain.state import State
from tests.town import Town


def owing(town: Town) -> PropertyRecord:
    """A built property that owes, with nothing else on file against it."""
    return next(r for r in town.properties[Scenario.DEBT] if r.code.building and not r.files)


def visited(town: Town) -> Case:
    """A sale whose building changed: a visit is needed, and debts are due."""
    record = owing(town)
    finished = any(c.kind == "پایان کار" for c in record.certificates)
    case_id = town.register(
        record,
        "transfer",
        deal="sale",
        building="finished" if finished else "unfinished",
        unchanged="no",
    )
    return case_now(town.crew.clerk, case_id)


@pytest.mark.slow
def test_the_debt_letter_comes_beside_the_visit(town: Town) -> None:
    case = visited(town)
    assert case.state is State.VISIT_DUE
    assert case.decision is not None
    assert case.decision.amount > 0
    assert case.debt_letter is not None
    assert [o.key for o in case.asked] == [o.key for o in case.decision.owed]
    assert all(o.bill_id and o.payment_id for o in case.asked)
    # It is stamped and given like any letter, while the case goes on to its visit.
    letters.release(town.crew.manager, case.case_id, case.debt_letter.letter, PASSWORD)
    after = case_now(town.crew.clerk, case.case_id)
    assert after.state is State.VISIT_DUE
    assert after.debt_letter is not None
    assert after.debt_letter.release is not None


@pytest.mark.slow
def test_what_is_paid_meanwhile_is_not_asked_again(town: Town) -> None:
    case = visited(town)
    for number, owed in enumerate(case.asked):
        paid = Payment(owed.amount, "bill", f"77{number}", town.clock.moment.date())
        payments.pay_due(town.crew.clerk, case.case_id, owed.key, paid)
    town.house.office.sync()
    settled = case_now(town.crew.clerk, case.case_id)
    assert settled.state is State.VISIT_DUE
    assert settled.debt_letter is None
    assert settled.asked == ()


@pytest.mark.slow
def test_a_service_that_tells_no_debts_at_once_waits_for_its_visit(town: Town) -> None:
    case_id = town.register(owing(town), "inquiry", unchanged="no")
    case = case_now(town.crew.clerk, case_id)
    assert case.debt_letter is None


@pytest.mark.slow
@pytest.mark.parametrize("same", [True, False])
def test_the_same_sums_keep_their_letter_and_others_get_one(small_town: Town, same: bool) -> None:
    town = small_town
    record = next(
        r
        for r in town.properties[Scenario.DEED] + town.properties[Scenario.DEBT]
        if r.debts and r.code.building
    )
    owner = replace(record.owners[0], person_id="9990002029")
    stranger = replace(record, owners=(owner,))
    finished = any(c.kind == "پایان کار" for c in record.certificates)
    building = "finished" if finished else "unfinished"
    case_id = town.register(stranger, "transfer", deal="sale", building=building)
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.IN_REVIEW
    told = case.debt_letter
    assert told is not None
    if not same:
        owed = case.asked[0]
        paid = Payment(owed.amount, "bill", "771", town.clock.moment.date())
        payments.pay_due(town.crew.clerk, case_id, owed.key, paid)
    assert case.decision is not None
    cleared = {f.gate: "مدرک دیده شد" for f in case.decision.failing if f.effect == "review"}
    following.decide(town.crew, case, cleared)
    town.house.office.sync()
    after = case_now(town.crew.clerk, case_id)
    debt_letters = [held for held in after.letters if held.letter.kind is LetterKind.DEBT]
    if same:
        assert after.state is State.PAY_DUE
        assert after.debt_letter == told
        assert len(debt_letters) == 1
    elif after.state is State.PAY_DUE:
        assert len(debt_letters) == 2
        assert after.debt_letter is not None
        assert after.debt_letter != told


@pytest.mark.slow
def test_due_debts_are_told_beside_one_that_is_paid_by_instalments(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Article 74's ten days run for the clear ones: the expert looks at the other."""
    town, record = small_town, owing(small_town)
    asking = deciding.question_of

    def with_instalments(*of: Any) -> Question:
        asked = asking(*of)
        held = asked.found.record
        assert held is not None
        parted = replace(held.debts[0], status="تقسیط", bill_id="77", kind="پسماند")
        held = replace(held, debts=(*held.debts, parted))
        return replace(asked, found=replace(asked.found, record=held))

    monkeypatch.setattr(deciding, "question_of", with_instalments)
    finished = any(c.kind == "پایان کار" for c in record.certificates)
    building = "finished" if finished else "unfinished"
    case = case_now(
        town.crew.clerk, town.register(record, "transfer", deal="sale", building=building)
    )
    assert case.state is State.IN_REVIEW
    told = case.debt_letter
    assert told is not None
    assert {owed.key for owed in case.asked} == {debt.key for debt in record.debts}
    assert case.decision is not None
    why = {f.gate: "چک‌ها نزد درآمد است" for f in case.decision.failing if f.effect == "review"}
    following.decide(town.crew, case, why)
    town.house.office.sync()
    after = case_now(town.crew.clerk, case.case_id)
    assert (after.state, after.debt_letter) == (State.PAY_DUE, told)
