"""The bench of a centre: each figure comes with its goal, and what it counts is within it."""

from __future__ import annotations

import pytest

from desktop.trial.centre_figures import QUICK, run_centre_bench


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_quick_bench_tells_every_figure(postgres_server: str) -> None:
    place = postgres_server.replace("/postgres?", "/benched?", 1)
    lines = list(run_centre_bench(QUICK, place))
    assert len(lines) == 22
    asked = [line for line in lines if line["unit"] == "SQL"]
    assert [line["met"] for line in asked] == [True, True]
    assert all(line["value"] > 0 and line["goal"] for line in lines)
