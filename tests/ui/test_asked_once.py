"""A question that many things want asked stands once, and is asked once more of what holds then."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal
from desktop.ui.asked_once import AskedOnce
from desktop.ui.work import Job, Work


class Line:
    """A centre that answers when it is let; what was asked of it, and what came back."""

    def __init__(self, work: Work) -> None:
        self.chosen = "all"
        self.asked: list[str] = []
        self.told: list[str] = []
        self.answers = Event()
        self.owner = QObject()
        self.question = AskedOnce(partial(work.flow, self.owner), self.steps)

    async def steps(self) -> None:
        """Ask for what is chosen as it begins."""
        chosen = self.chosen
        try:
            self.told.append(await Job(partial(self.job, chosen), line=True))
        except Refusal as no:
            self.told.append(no.words)

    def job(self, chosen: str) -> str:
        """Wait for the centre."""
        self.asked.append(chosen)
        self.answers.wait(5)
        if chosen == "strange":
            raise Refusal("نه")
        if chosen == "broken":
            raise ZeroDivisionError
        return chosen


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    working = Work()
    yield working
    working.close()


@pytest.fixture
def line(work: Work) -> Iterator[Line]:
    made = Line(work)
    yield made
    made.answers.set()


def choose(line: Line, *chosen: str) -> None:
    """A person turns from one to the next; each asks."""
    for each in chosen:
        line.chosen = each
        line.question.ask()


def test_who_chooses_quickly_is_answered_once_by_what_was_chosen_last(
    line: Line, work: Work, qtbot: QtBot
) -> None:
    choose(line, "week", "month", "year", "day")
    line.answers.set()
    qtbot.waitUntil(lambda: work.idle)
    assert line.asked == line.told == ["week", "day"]
    # Nothing is wanted any more; the next one is asked at once.
    choose(line, "month")
    qtbot.waitUntil(lambda: work.idle)
    assert line.told == ["week", "day", "month"]


def test_what_was_wanted_while_the_centre_refused_is_asked_all_the_same(
    line: Line, work: Work, qtbot: QtBot
) -> None:
    choose(line, "strange", "month")
    line.answers.set()
    qtbot.waitUntil(lambda: work.idle)
    assert line.told == ["نه", "month"]


def test_after_a_bug_it_is_asked_again(
    line: Line, work: Work, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    line.answers.set()
    choose(line, "broken")
    qtbot.waitUntil(lambda: work.idle)
    choose(line, "month")
    qtbot.waitUntil(lambda: work.idle)
    assert line.told == ["month"]


def test_on_one_thread_it_is_asked_in_turn(line: Line) -> None:
    working = Work(serial=True)
    line.answers.set()
    line.question = AskedOnce(partial(working.flow, line.owner), line.steps)
    choose(line, "week", "month")
    assert line.told == ["week", "month"]
    working.close()
