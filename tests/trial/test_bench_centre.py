"""The bench of a centre: each figure comes with its goal, and what it counts is within it."""

from __future__ import annotations

import pytest

from desktop.trial.centre_figures import QUICK, run_centre_bench
from desktop.trial.figures import By, Goal, line, verdict


@pytest.mark.long
@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_quick_bench_tells_every_figure(postgres_server: str) -> None:
    place = postgres_server.replace("/postgres?", "/benched?", 1)
    lines = list(run_centre_bench(QUICK, place))
    assert len(lines) == 28
    asked = [each for each in lines if each["unit"] == "SQL"]
    assert [each["met"] for each in asked] == [True, True]
    # What an audit finds where nothing is wrong, and what it misses, is nothing.
    counted = [each for each in lines if not each["unit"]]
    assert [each["value"] for each in counted] == [0, 0]
    assert all(each["value"] > 0 and each["goal"] for each in lines if each not in counted)
    # What a machine's other work makes slow is named; what is counted is not among it.
    missed = [each["name"] for each in lines if not each["met"]]
    first, *others = verdict(lines)
    assert first == f"goals: {25 - len(missed)} of 28 met"
    assert [words.split(": ")[0] for words in others] == ["missed"] * len(missed)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_an_audit_of_a_long_history_finds_what_is_planted_and_nothing_else(
    postgres_server: str,
) -> None:
    place = postgres_server.replace("/postgres?", "/long?", 1)
    said: list[str] = []
    lines = list(run_centre_bench(QUICK, place, said.append, only_verify=True))
    assert [each["value"] for each in lines[1:]] == [0, 0], "\n".join(said)
    assert sum("found: " in words for words in said) == 25


def test_a_missed_goal_is_named_with_what_it_missed_by() -> None:
    ratio = Goal(3, By.RATIO)
    lines = [
        line("met", 5, "ms", "none", 0, Goal(9)),
        line("slow", 50, "ms", "floor", 10, ratio),
        line("long", 1_200, "ms", "none", 0, Goal(1_000)),
    ]
    assert list(verdict(lines)) == [
        "goals: 1 of 3 met",
        "missed: slow: 50 ms beside 10 of floor, 5×; the goal is ≤ 3×",
        "missed: long: 1,200 ms; the goal is ≤ 1000 ms",
    ]
