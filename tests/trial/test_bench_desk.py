"""The bench of a desk: how the city stands and its lists, played in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.trial.bench import QUICK_BOARD, board_lines


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_quick_bench_of_the_board_tells_every_figure(tmp_path: Path) -> None:
    """Whether each is within its goal is for an idle machine to say."""
    lines = list(board_lines(tmp_path, QUICK_BOARD))
    offices, cases = QUICK_BOARD
    about = f"how the city stands, {offices} offices, {cases:,} cases: "
    assert all(line["name"].startswith(about) for line in lines)
    for part in ("longest block", "first paint", "live", "CSV", "Excel"):
        found = [line for line in lines if part in line["name"]]
        assert found, part
        assert all(line["value"] > 0 and line["goal"] for line in found)
