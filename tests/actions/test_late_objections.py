"""An objection that was made in its term counts, though the ruling was called final meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.actions import board, commissions, letters
from desktop.demo import following
from desktop.demo.following import case_now, deliver, release
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.recall import Telling
from desktop.domain.ruling import FINAL, FIRST, REOPENED, RulingKind, Serving
from desktop.domain.state import State
from desktop.domain.status import Status, status_of
from desktop.ui.standing.work_items import item_words
from desktop.wire.commissions import Awaits
from tests.actions.test_commission import TODAY, reported, ruling, served, shown
from tests.actions.test_rulings_in_order import asked_next, awaited, day
from tests.town import Town


def served_first(town: Town, kind: RulingKind, fine: int = 0) -> Case:
    """A first ruling of today that was served today, as the counter sees it."""
    expert = town.crew.expert
    case = reported(town)
    commissions.rule(expert, case, ruling(case, kind, "100/1", stage=FIRST, fine=fine))
    case = shown(town, case.case_id)
    handed = served(case, Serving.PERSON, receiver_id=case.request.party.owner_id)
    commissions.serve(expert, case, handed, municipal=True)
    town.house.office.sync()
    return case_now(town.crew.clerk, case.case_id)


def final_demolition(town: Town) -> Case:
    """The same after its term: the case is refused, and nobody has stamped that."""
    case = served_first(town, RulingKind.DEMOLITION)
    town.clock.moment += timedelta(days=12)
    town.house.municipality.sync()
    commissions.end_term(town.crew.expert, shown(town, case.case_id))
    town.house.office.sync()
    case = case_now(town.crew.clerk, case.case_id)
    assert (case.state, case.outcome) == (State.ISSUED, Outcome.REFUSE)
    return case


def object_in_time(town: Town, case: Case) -> None:
    """At a counter that has no line, on the last day."""
    clerk = town.crew.clerk
    town.clock.moment += timedelta(days=11)
    cut = replace(clerk, desk=replace(clerk.desk, nudge=lambda: None))
    commissions.object_to(cut, case, 0, "12/3", day(11), municipal=False)


def appeal(town: Town, case: Case) -> None:
    """The commission of appeal acquits."""
    expert = town.crew.expert
    commissions.put_on_agenda(expert, shown(town, case.case_id), "33", day(12))
    now = shown(town, case.case_id)
    last = ruling(now, RulingKind.ACQUITTED, "100/2", stage=FINAL)
    commissions.rule(expert, now, replace(last, decided_on=day(12)))
    town.house.office.sync()


@pytest.mark.slow
def test_an_objection_that_waited_for_a_line_reopens_what_was_final(small_town: Town) -> None:
    town = small_town
    clerk = town.crew.clerk
    case = served_first(town, RulingKind.FINE, 48_000_000)
    object_in_time(town, case)
    town.clock.moment += timedelta(days=1)
    town.house.municipality.sync()
    # By what the centre knows nobody objected.
    commissions.end_term(town.crew.expert, shown(town, case.case_id))
    told = board.municipal_look(town.crew.supervisor, case.case_id).case
    assert (told.state, told.unopposed) == (State.PAY_DUE, True)
    debt = told.debt_letter
    assert debt is not None
    # The line is back.
    town.house.office.sync()
    now = case_now(clerk, case.case_id)
    assert (now.state, now.owed, now.unopposed) == (State.COMMISSION, (), False)
    assert now.letter(debt.letter.letter_id).voided == REOPENED
    assert board.items(clerk.desk) == []
    (row,) = commissions.listed(town.crew.expert).rows
    assert (row.awaits, row.stage, row.sent_on) == (Awaits.APPEAL, FIRST, TODAY)
    # Nor does it lie on the property any more.
    assert asked_next(town, case) == []
    appeal(town, case)
    now = case_now(clerk, case.case_id)
    assert now.decision is not None
    assert "violation" not in {each.gate for each in now.decision.failing}


@pytest.mark.slow
def test_what_was_not_stamped_falls(small_town: Town) -> None:
    town = small_town
    clerk = town.crew.clerk
    case = final_demolition(town)
    # It lay in the post.
    with pytest.raises(Refusal, match="تمام شده است"):
        commissions.object_to(clerk, case, 0, "12/3", day(12), municipal=False)
    commissions.object_to(clerk, case, 0, "12/3", day(11), municipal=False)
    town.house.office.sync()
    now = case_now(clerk, case.case_id)
    assert (now.state, now.answer) == (State.COMMISSION, None)
    assert awaited(town) == [Awaits.APPEAL]


@pytest.mark.long
@pytest.mark.parametrize("ruled_first", [False, True])
def test_what_was_given_waits_for_the_municipality_to_end_it(
    small_town: Town, ruled_first: bool
) -> None:
    town = small_town
    clerk, manager = town.crew.clerk, town.crew.manager
    case = final_demolition(town)
    release(town.crew, case)
    for _ in range(2):
        town.house.office.sync()
        deliver(town.crew, case_now(clerk, case.case_id))
    town.house.office.sync()
    case = case_now(clerk, case.case_id)
    assert case.state is State.HANDED_OVER
    commissions.object_to(clerk, case, 0, "12/3", day(11), municipal=False)
    town.house.office.sync()
    now = case_now(clerk, case.case_id)
    assert (now.state, status_of(now)) == (State.HANDED_OVER, Status.RECALLED)
    (item,) = board.items(clerk.desk)
    assert REOPENED in item_words(item)
    assert awaited(town) == [Awaits.APPEAL]
    if ruled_first:
        appeal(town, case)
    assert now.answer is not None
    letter_id = now.answer.letter.letter_id
    with pytest.raises(Refusal, match="با شهرداری است"):
        following.void(manager, case.case_id, letter_id, REOPENED)
    following.end_given(town.crew, case.case_id, letter_id, REOPENED)
    town.house.municipality.sync()
    town.house.office.sync()
    # Whoever has it is told.
    letters.tell_void(clerk, case.case_id, letter_id, case.request.party.name, Telling.PHONE)
    town.house.office.sync()
    if not ruled_first:
        assert case_now(clerk, case.case_id).state is State.COMMISSION
        appeal(town, case)
    assert board.items(clerk.desk) == []
    now = case_now(clerk, case.case_id)
    assert now.decision is not None
    assert "violation" not in {each.gate for each in now.decision.failing}
    with pytest.raises(Refusal, match="قطعی است"):
        commissions.object_to(clerk, now, 0, "12/4", day(11), municipal=False)
