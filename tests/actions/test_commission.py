"""What a commission decides no expert answers; its ruling stands in the letter and on paper."""

from __future__ import annotations

import pytest

from desktop.actions import board, papers, review
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.errors import Refusal
from desktop.domain.state import State
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.loader import load
from tests.houses import MORNING
from tests.reports.reading import text_of
from tests.town import Town

TODAY = MORNING.date()


def change_of_use(town: Town) -> str:
    """A request for another use of a clean property: it goes to the expert."""
    service = load(whole_text(SERVICES / "land-use-change.toml"), "")
    shown = next(e for e in service.examples if e.record == "clean" and e.outcome == "review")
    answers = {**shown.answers, "asked_use": "تجاری"}
    return town.register(town.record(Scenario.CLEAN), service.code, **answers)  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_commission_rules_before_the_expert_answers(town: Town) -> None:
    clerk, expert = town.crew.clerk, town.crew.expert
    case_id = change_of_use(town)
    shown, _ = board.municipal_case(expert, case_id)
    assert shown.state is State.IN_REVIEW
    failing = {f.gate: "دیده شد" for f in shown.decision.failing} if shown.decision else {}
    with pytest.raises(Refusal, match="کمیسیون مادهٔ ۵"):
        review.clear(expert, shown, failing)
    with pytest.raises(Refusal, match="نرفته است"):
        papers.commission(clerk, case_id)
    review.to_commission(expert, shown, "5", "در گذر هجده‌متری")
    town.house.office.sync()
    told = " ".join(text_of(papers.commission(clerk, case_id)))
    assert "ارجاع شد" in told
    assert f"ارجاع‌دهنده {expert.staff.name}" in told
    assert clerk.staff.name not in told
    shown, _ = board.municipal_case(expert, case_id)
    with pytest.raises(Refusal, match="تنها از کمیسیون مادهٔ ۱۰۰"):
        review.commission_result(expert, shown, "موافقت", "5/812", TODAY, "first")
    review.commission_result(expert, shown, "موافقت با رعایت پارکینگ", "5/812", TODAY)
    town.house.office.sync()
    told = " ".join(text_of(papers.commission(clerk, case_id)))
    assert "ابلاغ رأی کمیسیون" in told
    assert "موافقت با رعایت پارکینگ" in told
    shown, _ = board.municipal_case(expert, case_id)
    review.clear(expert, shown, failing)
    town.house.office.sync()
    case = case_now(clerk, case_id)
    assert case.answer is not None
    facts = case.answer.letter.text.facts
    assert facts is not None
    ruling = "شمارهٔ ۵/۸۱۲ مورخ ۱۴۰۵/۰۹/۰۳، «موافقت با رعایت پارکینگ»"
    assert ("رأی کمیسیون", ruling) in facts.rows


@pytest.mark.slow
def test_the_ruling_of_another_commission_is_not_enough(town: Town) -> None:
    expert = town.crew.expert
    case_id = change_of_use(town)
    shown, _ = board.municipal_case(expert, case_id)
    review.to_commission(expert, shown, "100", "بنای بی‌پروانه")
    shown, _ = board.municipal_case(expert, case_id)
    review.commission_result(expert, shown, "برائت", "100/1", TODAY, "first")
    town.house.office.sync()
    assert "۱۰ روز" in " ".join(text_of(papers.commission(town.crew.clerk, case_id)))
    shown, _ = board.municipal_case(expert, case_id)
    failing = {f.gate: "دیده شد" for f in shown.decision.failing} if shown.decision else {}
    with pytest.raises(Refusal, match="کمیسیون مادهٔ ۵"):
        review.clear(expert, shown, failing)
