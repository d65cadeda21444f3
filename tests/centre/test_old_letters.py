"""Versions that were published before templates had a grammar still serve their open cases."""

from __future__ import annotations

import pytest

from desktop.actions import board
from desktop.centre.reference import publication
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from tests.houses import MORNING
from tests.town import Town

TODAY = MORNING.date()
BASIS = "{{ basis }}"
# What an older program let through: the letter of each can't be written.
BROKEN = [
    "{{ 'x' * 100000000 }}",
    "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}",
    "{{ permit.number|weekday }}",
    "{{ nothing }}",
]


def old_version(town: Town, code: str, letter: str, written: str) -> None:
    """Put a version into force whose letter of that kind holds what was let through once."""
    text = whole_text(SERVICES / f"{code}.toml")
    before, table, rest = text.partition(f"[letter.{letter}]")
    text = before + table + rest.replace(BASIS, f"{written}\n\n{BASIS}", 1)
    assert text.count(written) == 1
    with pytest.raises(FaultyFile):
        load(text, f"{code}.toml")
    town.house.put_in_force([publication(Topic.SERVICE, code, TODAY, text)])


def registered(town: Town, scenario: Scenario, number: int = 0, service: str = "clearance") -> Case:
    return case_now(town.crew.clerk, town.register(town.record(scenario, number), service))


@pytest.mark.slow
def test_harmless_work_in_a_letter_of_an_older_version_is_done(town: Town) -> None:
    old_version(
        town,
        "clearance",
        "answer",
        "{% for i in range(2) %}{{ 2 * 3 + i }} {% endfor %}«~»: {{ 1 ~ 2 }}",
    )
    case = registered(town, Scenario.CLEAN)
    assert case.state is State.ISSUED
    assert case.answer is not None
    assert "۶ ۷ «~»: ۱۲" in case.answer.letter.text.closing


@pytest.mark.parametrize("written", BROKEN)
@pytest.mark.slow
def test_a_letter_that_can_t_be_written_is_a_persons_matter(small_town: Town, written: str) -> None:
    town = small_town
    first = registered(town, Scenario.CLEAN)
    assert first.answer is not None
    old_version(town, "clearance", "answer", written)
    case = registered(town, Scenario.CLEAN, 1)
    # The fee was paid and is not lost; an expert has the case and is told why.
    assert case.state is State.IN_REVIEW
    assert case.decision is not None
    assert case.decision.outcome is Outcome.ANSWER
    assert case.letters == ()
    assert list(case.fees_paid) == ["office"]
    assert "نوشته نشد" in case.review_comment
    # Nothing is held: the office and the case go on, and no number of a letter is lost.
    expert = town.crew.expert
    shown, _ = board.municipal_case(expert, case.case_id)
    following.refuse(town.crew, shown, "نامهٔ این ملک دستی صادر می‌شود.")
    town.house.office.sync()
    refused = case_now(town.crew.clerk, case.case_id)
    assert refused.state is State.ISSUED
    assert refused.answer is not None
    before, after = first.answer.letter.number, refused.answer.letter.number
    assert int(after.split("/")[-1]) == int(before.split("/")[-1]) + 1


def test_of_a_debt_whose_letter_can_t_be_written_nothing_is_owed_yet(town: Town) -> None:
    old_version(town, "clearance", "debt", "{{ nothing }}")
    case = registered(town, Scenario.DEBT)
    assert case.state is State.IN_REVIEW
    assert case.owed == ()
    assert "نوشته نشد" in case.review_comment


@pytest.mark.slow
def test_a_refusal_that_can_t_be_written_comes_back_to_the_expert(town: Town) -> None:
    old_version(town, "no-violation", "refuse", "{{ nothing }}")
    case = registered(town, Scenario.COMMISSION, service="no-violation")
    expert = town.crew.expert
    shown, _ = board.municipal_case(expert, case.case_id)
    assert shown.state is State.IN_REVIEW
    following.refuse(town.crew, shown, "پروندهٔ کمیسیون باز است.")
    shown, _ = board.municipal_case(expert, case.case_id)
    assert shown.state is State.IN_REVIEW
    assert "نوشته نشد" in shown.review_comment
