"""A ruling that was taken for final is objected to at any moment after: the case has a way on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.domain.request import Payment
from desktop.domain.ruling import RulingKind, Serving
from desktop.domain.serving import appealable
from desktop.domain.state import RULED_BESIDE, State
from tests.domain.test_case_walk import Life
from tests.domain.walked import RULED, TODAY

_NUMBER = "100/1"


class Reopened(Life):
    """A life that begins after the term of a first ruling, and is objected to at its end."""

    @initialize(outcome=st.sampled_from(list(Outcome)), booked=st.booleans())
    def it_became_final(self, outcome: Outcome, booked: bool) -> None:
        self.register()
        assert self.case is not None
        fee = self.case.due_fee("office")
        assert self.do(Role.CLERK, c.PayFee("office", Payment(fee, "terminal", "1", TODAY)))
        self.centre_decides(Outcome.REVIEW, fined=False)
        ruled = c.EnterCommissionResult(
            "", _NUMBER, TODAY, "first", RulingKind.DEMOLITION, 0, RULED
        )
        served = c.ServeRuling(_NUMBER, 0, Serving.PERSON, TODAY, receiver_id=RULED[0].person_id)
        for act in (
            c.SendToCommission("100", "بنای بی‌پروانه"),
            c.PutOnAgenda("31", TODAY),
            ruled,
            served,
        ):
            assert self.do(Role.EXPERT, act)
        self.the_term_is_over()
        assert self.case.unopposed
        assert self.do(Role.EXPERT, c.ClearGates({"deed": "سند دیده شد"}))
        self.centre_decides(outcome, fined=False)
        if self.case.state is State.VISIT_DUE and booked:
            self.take_fee("visit")
            self.book(1, move=False)
            assert self.case.slot is not None

    @rule()
    def the_term_is_over(self) -> None:
        later = replace(self.setting, now=self.setting.now + timedelta(days=30))
        self.do(Role.EXPERT, c.EndRulingTerm(_NUMBER), later)

    def object_to_the_ruling(self) -> None:
        """Not on the way: at its end, wherever that is."""

    def teardown(self) -> None:
        before = self.case
        done = self.do(Role.CLERK, c.ObjectToRuling(0, "15", TODAY))
        assert before is not None
        assert self.case is not None
        if before.unopposed and before.state is not State.PASSED_ON:
            assert done
        if not done or not before.unopposed:
            return
        # Whatever followed is over, but for what is on paper: that is to be voided.
        assert appealable(self.case)
        assert not self.case.asked
        assert self.case.debt_letter is None
        stays = before.state in RULED_BESIDE - {State.ISSUED}
        assert self.case.state is (before.state if stays else State.COMMISSION)
        assert (self.case.answer is None) or self.case.recalled
        assert stays or not any(each.open for each in self.case.consultations)
        assert isinstance(self.told[-1].payload, f.RulingObjected)


TestReopened = pytest.mark.slow(Reopened.TestCase)
TestReopened.settings = settings(max_examples=24, stateful_step_count=30)
