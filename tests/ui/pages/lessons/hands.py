"""A clerk at a lesson: lays in what the story says, and hands it in."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.forms.answers import Filled
from desktop.trial import tour_offices
from desktop.trial.tour_offices import foresee, wrong_outcome
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
    tour_offices.lay_in(page, filled)
    QApplication.processEvents()


def press(office: Office) -> None:
    """The main key of the page that shows."""
    bar = office.page.bar
    assert bar is not None
    assert bar.main is not None
    bar.main.click()
    QApplication.processEvents()


__all__ = ["foresee", "lay_in", "open_lesson", "press", "wrong_outcome"]
