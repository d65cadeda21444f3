"""A clerk at a lesson: lays in what the story says, and hands it in."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.domain.decision import Outcome
from desktop.forms.answers import Filled
from desktop.trial import tour_lessons
from desktop.ui import places
from desktop.ui.pages.lessons.page import LessonPage
from tests.ui.pages.conftest import Office


def open_lesson(office: Office, service: str, number: int) -> LessonPage:
    """The lesson's page, its sheet empty."""
    page = office.go(places.Lesson(service, number))
    assert isinstance(page, LessonPage)
    assert page.sheet is not None
    return page


def lay_in(page: LessonPage, filled: Filled | None = None) -> None:
    """All that the story says, as if it were typed; `filled` stands in its place."""
    assert page.sheet is not None
    tour_lessons.lay_in(page.sheet, filled)
    QApplication.processEvents()


def foresee(page: LessonPage, outcome: Outcome | None = None) -> None:
    """The outcome that comes, or another one."""
    assert page.sheet is not None
    right = page.sheet.begun.lesson.at.decision.outcome
    page.sheet.outcome.set_value(str(outcome or right))


def press(office: Office) -> None:
    """The main key of the page that shows."""
    bar = office.page.bar
    assert bar is not None
    assert bar.main is not None
    bar.main.click()
    QApplication.processEvents()


def wrong_outcome(page: LessonPage) -> Outcome:
    """One that will not come."""
    assert page.sheet is not None
    right = page.sheet.begun.lesson.at.decision.outcome
    return tour_lessons.another(right)


__all__ = ["foresee", "lay_in", "open_lesson", "press", "wrong_outcome"]
