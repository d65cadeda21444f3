"""The tour of the supervisor's day: how the city stands, what its figures open, the line cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtCore import Qt

from desktop.domain.calendar import jalali
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.board import figures
from desktop.ui.pages.board.cases import CityCasesPage
from desktop.ui.pages.board.page import CityBoard
from desktop.ui.pages.board.tables import BESIDE

_LATER, _WEEKS = timedelta(days=30), timedelta(days=45)


def play(stage: Stage) -> Iterator[str]:
    """From the board to a case, and back without a line."""
    stage.sit(Role.SUPERVISOR)
    board = _board(stage, figures.TODAY)
    stage.shoot("city-today")
    yield "the city today"
    board = _board(stage, figures.MONTH)
    for index, table in enumerate(BESIDE):
        board.tabs.set_current(index)
        # On a small screen the tables stand below its edge: who has gone there sees them.
        board.beside(index).table.setFocus(Qt.FocusReason.TabFocusReason)
        stage.hands.settle()
        stage.shoot(f"city-month-{index + 1}")
        yield f"the month: {table.name}"
    today = stage.window.today()
    stage.go(places.CityDay(figures.RANGE, first=today, last=today - _LATER))
    stage.shoot("city-range-wrong")
    stage.go(places.CityDay(figures.RANGE, first=today - _LATER, last=today))
    stage.shoot("city-range")
    yield "days of one's own"
    board = _board(stage, figures.MONTH)
    stage.hands.press("F8")
    stage.shoot_paper("city-report")
    stage.hands.press("Esc")
    yield "the report on paper"
    board.outcomes.opened.emit(0)
    stage.hands.settle()
    page = stage.page
    if not isinstance(page, CityCasesPage):
        raise RuntimeError("the cases of a figure do not show")
    stage.hands.press("Space")
    stage.shoot("city-cases")
    yield "the cases of a figure"
    _board(stage, figures.TODAY)
    stage.line.cut = True
    stage.hands.press("F5")
    stage.shoot("city-cut-off")
    stage.line.cut = False
    yield "the last figures without a line"
    yield from _late(stage)
    stage.go(places.Bulletin())
    stage.shoot("bulletin")
    stage.hands.press("Ctrl+Tab")
    stage.shoot("bulletin-services")
    year, month, _ = jalali(stage.window.today())
    stage.go(places.Bulletin(year, month))
    stage.shoot("bulletin-not-over")
    yield "a month's bulletin"


def _board(stage: Stage, period: str) -> CityBoard:
    page = stage.go(places.CityDay(period))
    if not isinstance(page, CityBoard):
        raise RuntimeError("the board does not show")
    return page


def _late(stage: Stage) -> Iterator[str]:
    """Weeks later: what is past its day, its offices reminded, a case handed to an expert."""
    stage.clock.moment += _WEEKS
    stage.window.tick()
    today = stage.window.today()
    stage.go(places.CityDay(figures.RANGE, first=today - 2 * _LATER, last=today))
    board = stage.page
    if not isinstance(board, CityBoard):
        raise RuntimeError("the board does not show")
    stage.shoot("city-late")
    board.late.click()
    stage.hands.settle()
    page = stage.page
    if not isinstance(page, CityCasesPage):
        raise RuntimeError("the late cases do not show")
    page.table.choose(next(at for at, row in page.shown() if row.state == State.IN_REVIEW.value))
    stage.hands.press("Space")
    page.hand_over()
    stage.shoot("city-late-to-expert")
    stage.hands.press("Esc")
    yield "what is past its day"
    page.write_to_offices(reminding=True)
    stage.shoot("city-late-reminded")
    yield "an office is reminded"
