"""A second press while an act is under way does nothing; a bug does not leave the page deaf."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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


def test_pressed_twice_it_is_done_once(page: Acting, qtbot: QtBot) -> None:
    going = threading.Event()
    done: list[str] = []
    told: list[Refusal] = []
    page.act(lambda: going.wait(10), lambda _: done.append("first"), told.append)
    page.act(lambda: None, lambda _: done.append("second"), told.append)
    going.set()
    qtbot.waitUntil(lambda: bool(done))
    page.act(lambda: None, lambda _: done.append("third"), told.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == ["first", "third"]
    assert told == []


def test_after_a_refusal_and_after_a_bug_it_acts_again(page: Acting, qtbot: QtBot) -> None:
    told: list[str] = []
    done: list[str] = []

    def refuse() -> None:
        raise Refusal("نه")

    page.act(refuse, lambda _: None, lambda no: told.append(no.words))
    qtbot.waitUntil(lambda: told == ["نه"])

    def broken() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(page.shell.work.bug):
        page.act(broken, lambda _: None, lambda no: told.append(no.words))
    page.act(lambda: None, lambda _: done.append("again"), lambda no: told.append(no.words))
    qtbot.waitUntil(lambda: done == ["again"])
