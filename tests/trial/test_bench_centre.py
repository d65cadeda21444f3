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
    assert len(lines) == 25
    asked = [each for each in lines if each["unit"] == "SQL"]
    assert [each["met"] for each in asked] == [True, True]
    assert all(each["value"] > 0 and each["goal"] for each in lines)
    # What a machine's other work makes slow is named; what is counted is not among it.
    missed = [each["name"] for each in lines if not each["met"]]
    first, *others = verdict(lines)
    assert first == f"goals: {25 - len(missed)} of 25 met"
    assert [words.split(": ")[0] for words in others] == ["missed"] * len(missed)


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
