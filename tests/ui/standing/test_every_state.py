"""Every state of a case has its own words, wherever it is told; two tellers never differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.actions.board import next_step
from desktop.actions.standing import Standing, View
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.commission_commands import ServeRuling
from desktop.domain.letter import LetterKind
from desktop.domain.ruling import FIRST, Ruled, RulingKind
from desktop.domain.state import ANSWERED, State
from desktop.forms.shipped import shipped_city
from desktop.ui.standing import lines, main_act
from desktop.ui.standing.lines import next_act
from desktop.ui.standing.outcome import answer_of
from tests.centre.test_letters import DAY, case_of, example
from tests.shipped import SHIPPED
from tests.ui.standing.test_letter_facts import own_case

RULING = f.CommissionDecided(
    "جریمه", "99/512", date(2026, 10, 2), verdict=RulingKind.FINE, stage=FIRST,
    against=(Ruled("فاطمه دهقان", ""), Ruled("رضا دهقان", "")),
)  # fmt: skip


def bare(state: State) -> Case:
    """A case in that state of which nothing else is known, with its answer where it has one."""
    case = case_of(SHIPPED["no-violation"], example("no-violation", "clean"))
    own = own_case("no-violation", case, LetterKind.ANSWER)
    if state not in ANSWERED:
        return replace(own, state=state, letters=())
    given = state in (State.HANDED_OVER, State.REPLY_DUE)
    return replace(own, state=state, letters=(replace(own.letters[0], handed_to="م" * given),))


def standing_of(case: Case) -> Standing:
    view = View("case", case, case, (), (), (), 1, needs_update=False)
    return Standing(view, SHIPPED["no-violation"], (), (), {}, shipped_city(), DAY, releases=True)


@pytest.mark.parametrize("state", State)
def test_no_state_borrows_the_words_of_another(state: State) -> None:
    case = bare(state)
    standing = standing_of(case)
    assert lines._OTHERS.keys() == lines.CITY_WAITS.keys() == set(State)
    act = main_act.main_act(standing, case, "")
    told = answer_of(standing)
    assert told.words
    assert act.words
    # What the queue tells the office to do, the bar of the outcome does; nobody else gets a key.
    ours = next_act(next_step(case), state).ours if next_step(case) else False
    assert (act.does != "next") == ours, (act, next_step(case))
    if state is not State.IN_REVIEW:
        assert "بررسی کارشناس" not in told.words


def test_a_ruling_to_be_served_leads_the_counter_to_its_service() -> None:
    case = replace(bare(State.COMMISSION), commission="100", commission_result=RULING)
    assert next_step(case) == ServeRuling.kind
    act = main_act.main_act(standing_of(case), case, "")
    assert (act.does, act.words) == ("case", next_act(ServeRuling.kind, case.state).words)
    assert act.sentence == "ابلاغ به ۲ نفر مانده است"
    waits = replace(case, commission_result=replace(RULING, against=()))
    act = main_act.main_act(standing_of(waits), waits, "")
    assert (act.does, act.sentence) == ("next", "پرونده نزد کمیسیون است")
