"""Who comes to a desk for the first time, while the line is slow or down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import LineDown
from desktop.domain.line import Why
from desktop.ui.pages.door.newcomer import Newcomer
from desktop.ui.pages.door.sign_in import SignIn
from desktop.ui.pages.wizard import words as say
from desktop.ui.work import Work
from tests.ui.pages.conftest import Office

PASSWORD = "گذرواژهٔ بلند من"


@pytest.fixture
def answer() -> Event:
    """When the centre answers."""
    return Event()


@pytest.fixture
def door(office: Office, qtbot: QtBot, answer: Event) -> Iterator[SignIn]:
    """A real desk's sign-in page; its centre answers late, and of code 7… no call gets through."""
    work = Work()
    page = SignIn(work)
    qtbot.addWidget(page)

    def join(code: str, _password: str) -> str:
        answer.wait(30)
        if code.startswith("7"):
            raise LineDown("nobody there", why=Why.REFUSED)
        return "مریم کریمی"

    opened = office.window._door
    assert opened is not None
    page.open(replace(opened, password="", join=join))
    page.show()
    yield page
    answer.set()
    work.close()


def begin(page: SignIn, code: str) -> Newcomer:
    """Type a code and a password, and have the keys made."""
    page.comes.click()
    new = page.newcomer
    assert new is not None
    new.boxes.set_value(code)
    new.password_line.set_value(PASSWORD)
    new.again_line.set_value(PASSWORD)
    new.go()
    return new


def test_a_line_that_is_down_is_told_by_its_cause(
    door: SignIn, answer: Event, qtbot: QtBot
) -> None:
    answer.set()
    new = begin(door, "77777777")
    field = new.fields["code"]
    qtbot.waitUntil(lambda: bool(field.error()))
    assert field.error() == say.down_words(Why.REFUSED)
    assert not new.progress.isVisible()
    assert new.password_line.value() == PASSWORD


@pytest.mark.slow
def test_whoever_waits_is_told_for_what(door: SignIn, answer: Event, qtbot: QtBot) -> None:
    new = begin(door, "33333333")
    qtbot.waitUntil(new.progress.isVisible)
    answer.set()
    qtbot.waitUntil(lambda: door.name.value() == "مریم کریمی")
    assert not new.isVisible()
    assert "ساخته شد" in door.notice.words.text()


@pytest.mark.slow
def test_the_answer_to_one_who_went_back_does_not_take_the_next_ones_page(
    door: SignIn, answer: Event, qtbot: QtBot
) -> None:
    begin(door, "33333333")
    door.press("Esc")
    new = begin(door, "77777777")
    answer.set()
    qtbot.waitUntil(lambda: bool(new.fields["code"].error()))
    assert new.isVisible()
    assert new.password_line.value() == PASSWORD
    assert not door.name.value()


def test_one_who_went_back_reads_at_the_door_that_the_password_is_made(
    door: SignIn, answer: Event, qtbot: QtBot
) -> None:
    begin(door, "33333333")
    door.press("Esc")
    door.name.set_value("زهرا")
    answer.set()
    qtbot.waitUntil(door.notice.isVisible)
    assert "مریم کریمی" in door.notice.words.text()
    assert door.name.value() == "زهرا"
