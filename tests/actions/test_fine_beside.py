"""An unpaid fine beside a file that is not ruled on: neither is forgiven with the other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.actions import commissions
from desktop.centre import deciding
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.commands import ClearFine
from desktop.domain.errors import Refusal
from desktop.domain.gates import Question
from desktop.domain.property import Article100File
from desktop.domain.state import State
from tests.spelled import FileStatus
from tests.town import Town

FINE = Article100File("بالکن", Decimal(3), FileStatus.FINE_UNPAID, 70_000_000)
REPORTED = Article100File("اضافه بنا", Decimal(9), FileStatus.REPORTED, 0)


@pytest.fixture
def town(small_town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Every property has both files."""
    asking = deciding.question_of

    def with_both(*of: Any) -> Question:
        asked = asking(*of)
        held = asked.found.record
        assert held is not None
        both = replace(held, files=(REPORTED, FINE))
        return replace(asked, found=replace(asked.found, record=both))

    monkeypatch.setattr(deciding, "question_of", with_both)
    return small_town


@pytest.mark.slow
def test_a_fine_that_finance_did_not_find_is_asked_once_the_other_file_is_cleared(
    town: Town,
) -> None:
    case_id = town.register(town.record(Scenario.CLEAN), "no-violation")
    case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.fine_asked) == (State.IN_REVIEW, True)
    assert case.decision is not None
    why = {f.gate: "پرونده به ملک دیگری است" for f in case.decision.failing if f.effect == "review"}
    with pytest.raises(Refusal, match="امور مالی"):
        following.decide(town.crew, case, why)
    commissions.clear_fine(town.crew.finance, case, ClearFine(False, "در حساب نبود"))
    town.house.office.sync()
    following.decide(town.crew, case_now(town.crew.clerk, case_id), why)
    town.house.office.sync()
    after = case_now(town.crew.clerk, case_id)
    assert after.state is State.PAY_DUE
    assert [owed.amount for owed in after.asked] == [FINE.fine]
    assert after.debt_letter is not None
