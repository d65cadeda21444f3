"""A second press while an act is under way does nothing; a bug does not leave the page deaf."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal
from desktop.ui import places
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.work import Work


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    working = Work()
    yield working
    working.close()


@pytest.fixture
def page(work: Work, qtbot: QtBot) -> Acting:
    shell: Any = SimpleNamespace(work=work)
    made = Acting(shell, places.Letter("c1"))
    qtbot.addWidget(made)
    return made


async def acts(page: Acting, job: Callable[[], object], told: list[str], words: str) -> None:
    try:
        await page.acting_on(job)
    except Refusal as no:
        told.append(no.words)
        return
    told.append(words)


def test_pressed_twice_it_is_done_once(page: Acting, qtbot: QtBot) -> None:
    going = threading.Event()
    told: list[str] = []
    page.act(acts(page, lambda: going.wait(10), told, "first"))
    page.act(acts(page, lambda: None, told, "second"))
    going.set()
    qtbot.waitUntil(lambda: bool(told))
    page.act(acts(page, lambda: None, told, "third"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["first", "third"]


def test_a_form_whose_act_is_under_way_is_not_put_away(page: Acting, qtbot: QtBot) -> None:
    going = threading.Event()
    told: list[str] = []
    said: list[str] = []
    page.shell.toast = said.append  # type: ignore[method-assign,assignment]
    page.act(acts(page, lambda: going.wait(10), told, "done"))
    assert page.stays()
    assert said == ["این کار در حال انجام است؛ چند لحظه صبر کنید."]
    going.set()
    qtbot.waitUntil(lambda: bool(told))
    assert not page.stays()


def test_after_a_refusal_and_after_a_bug_it_acts_again(page: Acting, qtbot: QtBot) -> None:
    told: list[str] = []

    def refuse() -> None:
        raise Refusal("نه")

    page.act(acts(page, refuse, told, "well"))
    qtbot.waitUntil(lambda: told == ["نه"])

    def broken() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(page.shell.work.bug):
        page.act(acts(page, broken, told, "well"))
    page.act(acts(page, lambda: None, told, "again"))
    qtbot.waitUntil(lambda: told == ["نه", "again"])


def test_another_act_may_begin_before_the_end_of_one_that_is_done(
    page: Acting, qtbot: QtBot
) -> None:
    """What follows a job belongs to no act: printing after stamping is the next one."""
    told: list[str] = []

    async def stamp() -> None:
        await page.acting_on(lambda: None)
        page.act(acts(page, lambda: None, told, "printed"))

    page.act(stamp())
    qtbot.waitUntil(lambda: told == ["printed"])
