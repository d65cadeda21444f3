"""A clock far before or after what was last heard: told on every page, and nothing is printed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import drafts, letters
from desktop.demo.following import case_now, release
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.state import State
from desktop.ui import places, printing
from tests.ui.pages.cases import Line, answered, registered
from tests.ui.pages.conftest import Office

_YEAR = timedelta(days=365)


def told(office: Office) -> str:
    """The warning that stands over the page."""
    office.window.tick()
    QApplication.processEvents()
    frame = office.window._frame
    assert frame is not None
    return strip_isolates(frame.warning.words.words()) if frame.warning.isVisible() else ""


def print_something() -> None:
    papers: list[str] = []
    printing.stand_in("چاپگر", lambda pdf, title: papers.append(title))
    printing.print_pdf(b"%PDF", "چاپگر", "رسید")
    assert papers == ["رسید"]


@pytest.fixture(autouse=True)
def _own_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_stand_ins", {})


@pytest.mark.slow
def test_a_right_clock_says_nothing_and_prints(office: Office) -> None:
    office.sit(Role.CLERK)
    assert told(office) == ""
    print_something()


@pytest.mark.parametrize(
    "back",
    [
        timedelta(minutes=6),
        *(pytest.param(far, marks=pytest.mark.long) for far in (timedelta(days=30), _YEAR)),
    ],
)
@pytest.mark.slow
def test_a_clock_that_is_back_is_told_on_every_page(
    office: Office, monkeypatch: pytest.MonkeyPatch, back: timedelta
) -> None:
    office.sit(Role.CLERK)
    office.house.office.sync()
    Line(monkeypatch).cut = True
    office.clock.moment -= back
    words = told(office)
    assert words.startswith("ساعت این رایانه عقب است")
    assert ("۱۰:۳۶" in words) == (back < timedelta(days=1))
    with pytest.raises(Refusal, match="ساعت این رایانه عقب است"):
        print_something()
    for place in (places.Home(), places.Queue(), places.Till(), places.Search()):
        office.go(place)
        assert told(office) == words
    # Also before anybody is in.
    office.window.lock()
    assert strip_isolates(office.window.sign_in.warning.words.words()) == words
    assert office.window.sign_in.warning.isVisible()
    office.sit(Role.CLERK)
    office.clock.moment += back
    assert told(office) == ""
    print_something()


@pytest.mark.slow
def test_a_draft_of_a_day_without_services_has_words_for_a_name(office: Office) -> None:
    drafts.save(office.crew.clerk, "", "no-violation", "فاطمه دهقان", "{}")
    office.clock.moment -= _YEAR
    office.sit(Role.CLERK)
    page = office.go(places.Home())
    assert page.side is not None
    words = [label.text() for label in page.side.findChildren(QLabel)]
    assert "no-violation" not in words
    assert "خدمتی که امروز ارائه نمی‌شود" in words


@pytest.mark.slow
def test_a_clock_far_ahead_of_the_last_word_from_the_centre(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sit(Role.CLERK)
    office.house.office.sync()
    line = Line(monkeypatch)
    line.cut = True
    office.clock.moment += timedelta(days=29)
    assert told(office) == ""
    office.clock.moment += timedelta(days=2)
    assert "آخرین تماس با مرکز" in told(office)
    with pytest.raises(Refusal, match="آخرین تماس با مرکز"):
        print_something()
    line.cut = False
    office.house.office.sync()
    assert told(office) == ""


@pytest.mark.slow
def test_facts_of_a_day_to_come_are_not_forgotten_by_a_new_greeting(office: Office) -> None:
    """The centre of a demo tells the time by the same clock: only what it wrote knows better."""
    office.sit(Role.CLERK)
    office.clock.moment += timedelta(days=30)
    next(registered(office.crew))
    office.clock.moment -= timedelta(days=30)
    next(registered(office.crew))
    office.house.office.sync()
    assert "عقب است" in told(office)


@pytest.mark.slow
def test_no_letter_is_stamped_or_printed_on_a_wrong_day(office: Office) -> None:
    case = answered(office.crew)
    seat = office.crew.manager
    assert case.answer is not None
    office.clock.moment -= _YEAR
    with pytest.raises(Refusal, match="عقب است"):
        letters.release(seat, case.case_id, case.answer.letter, "نمونه")
    office.clock.moment += _YEAR
    release(office.crew, case)
    case = case_now(seat, case.case_id)
    assert case.state is State.RELEASED
    assert case.answer is not None
    office.clock.moment -= _YEAR
    with pytest.raises(Refusal, match="عقب است"):
        letters.begin_print(seat, case.case_id, case.answer, "چاپگر", "")
