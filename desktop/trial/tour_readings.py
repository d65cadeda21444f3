"""The tour of who looked: the lines of the city, one that no case explains, a court's order."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import readings
from desktop.actions.readings import Wanted
from desktop.domain.people import Role
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.readings.page import ReadingLogPage

_SEEN = 3


def play(stage: Stage) -> Iterator[str]:
    """From a few opened cases to the paper for a court, and the office's own looks."""
    stage.sit(Role.CLERK)
    today = stage.window.today()
    printed = readings.of_desk(stage.window.seat, Wanted(today, today)).rows
    for row in printed[:_SEEN]:
        stage.go(places.Case(row.case_id))
    stage.window.seat.desk.nudge()
    stage.hands.settle()
    stage.sit(Role.SUPERVISOR)
    log = stage.go(places.ReadingLog())
    if not isinstance(log, ReadingLogPage):
        raise RuntimeError("who looked does not show")
    own = stage.window.seat.staff.staff_id
    others = [at for at, row in log.rows.items() if row.actor != own]
    log.table.choose(others[0] if others else 0)
    stage.shoot("reading-log")
    yield "who looked at what"
    stage.hands.press("F8")
    stage.shoot("reading-order")
    if log.order is None:
        raise RuntimeError("no order is asked for")
    stage.hands.go_to(log.order.order.control)
    stage.hands.type("1405/331")
    stage.hands.press("Ctrl+Enter")
    stage.shoot_paper("reading-paper")
    stage.hands.press("Esc")
    yield "the paper for a court"
    stage.sit(Role.MANAGER)
    stage.go(places.ReadingLog())
    stage.shoot("reading-log-manager")
    yield "an office's own looks"
