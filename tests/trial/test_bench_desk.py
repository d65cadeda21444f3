"""The bench of a desk: what registering asks, lists of all people, how the city stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import main
from desktop.demo.people import STAFF
from desktop.domain.people import Role
from desktop.trial.bench import QUICK_BOARD, QUICK_OFTEN, TICK, board_lines, queue_lines
from desktop.trial.bench_answers import answer_lines
from desktop.trial.bench_letters import letter_lines
from desktop.trial.bench_window import SCREENS


def test_lists_of_everybody_who_sees_cases_are_measured() -> None:
    roles = {person.name: person.role for person in STAFF}
    assert {roles[name] for name in SCREENS} == {
        role for role in Role if role.sees_cases and role is not Role.CENTRE
    }


def test_a_part_that_there_is_not_is_told_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["bench", "--only", "window", "--only", "speed"]) != 0
    assert (
        "speed is no part; window, answers, letters, import, queue, board"
        in capsys.readouterr().err
    )


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_quick_bench_of_letters_ends_with_one_that_was_checked(tmp_path: Path) -> None:
    """By the window; by the citizens' page from a scan and from a photograph."""
    *_, window, scan, photograph = letter_lines(tmp_path / "house", 300, 1405, 6, 3)
    for line, picture in ((window, "150 dpi"), (scan, "200 dpi"), (photograph, "12-megapixel")):
        assert picture in line["name"]
        assert "verdict" in line["name"]
        assert line["value"] > 0
        assert line["goal"] == "≤ 1000 ms"


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_quick_bench_of_registering_tells_what_it_asks(tmp_path: Path) -> None:
    lines = list(answer_lines(tmp_path / "house", 300, 1405, 10))
    assert len(lines) == 2
    (asked,) = [line for line in lines if line["unit"] == "SQL"]
    assert (asked["goal"], asked["met"]) == ("≤ 70 SQL", True)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_quick_bench_of_lists_tells_how_each_grows(tmp_path: Path) -> None:
    lines = list(queue_lines(tmp_path, (200, 2_000), QUICK_OFTEN))
    grown = {line["name"] for line in lines if line["ratio"] and line["goal"] == "≤ 1.2×"}
    pages = {name for each in SCREENS.values() for name in each}
    assert {f"growth to 2,000 cases: {name}" for name in pages | {TICK}} <= grown


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
