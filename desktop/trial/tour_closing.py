"""The tour of an office's day: counted, a missing payment explained, signed; then its registers."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import day_close
from desktop.demo.people import PASSWORD
from desktop.domain.tool import Tool
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.closing.page import DayClosePage
from desktop.ui.pages.registers.page import RegistersPage
from desktop.ui.pages.sheets.page import SheetsPage

_SHEETS = 200
_BUNDLE, _IN_PRINTER = ("الف", "1201", "1700", "1405/312"), "1208"
_TORN = ("الف", "1203", "1207", "در چاپگر پاره شد")
_NOTE = "سامانهٔ پرداخت از ۱۳:۰۰ تا ۱۳:۲۰ قطع بود."


def play(stage: Stage) -> Iterator[str]:
    """The manager's evening."""
    page = stage.go(places.DayClose())
    if not isinstance(page, DayClosePage) or page.day is None:
        raise RuntimeError("the day does not show")
    stage.shoot("day-open")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("day-too-early")
    yield "the day as it stands"
    missing = next(each for each in page.day.book.open(Tool.TERMINAL) if not each.back)
    for tool, line in page.purses.counts.items():
        lacking = missing.amount if tool is Tool.TERMINAL else 0
        stage.hands.go_to(line)
        stage.hands.type(f"{page.day.book.total(tool) - lacking}")
    for field, sheets in (
        (page.sheets.begin, _SHEETS),
        (page.sheets.left, _SHEETS - sum(page.day.printed)),
    ):
        stage.hands.go_to(field.control)
        stage.hands.type(f"{sheets}")
    stage.hands.go_to(page.note)
    stage.hands.type(_NOTE)
    stage.shoot("day-difference")
    page.setFocus()
    stage.hands.press("1")
    stage.shoot("day-explained")
    yield "a difference is explained at its payment"
    stage.hands.press("F9")
    stage.shoot("day-preview")
    stage.hands.press("Esc")
    # The first press goes to the password, wherever it stands.
    stage.hands.press("Ctrl+Enter")
    stage.hands.type(PASSWORD)
    stage.hands.press("Ctrl+Enter")
    if page.day.closed is None:
        raise RuntimeError("the day is not closed")
    stage.shoot("day-closed")
    sealed = day_close.sealed(stage.window.seat, page.day.closed)
    stage.album.paper(sealed, "day-register", stage.about(""))
    yield "the day is closed"
    for kind in ("letters", "requests", "fees", "days"):
        register = stage.go(places.Registers(kind))
        if not isinstance(register, RegistersPage):
            raise RuntimeError("the registers do not show")
        stage.shoot(f"register-{kind}")
        stage.hands.press("F8")
        stage.hands.settle()
        stage.album.paper(register.cover.paper.frame.pdf(), f"register-{kind}", stage.about(""))
        stage.hands.press("Esc")
        yield f"the register: {kind}"
    yield from numbered_sheets(stage)


def numbered_sheets(stage: Stage) -> Iterator[str]:
    """Numbered sheets come from the municipality: taken, begun in the middle, put aside."""
    hands = stage.hands
    page = stage.go(places.StampedSheets())
    if not isinstance(page, SheetsPage):
        raise RuntimeError("the sheets do not show")
    stage.shoot("sheets-none")
    hands.press("F2")
    for text in (*_BUNDLE, PASSWORD):
        hands.type(text)
        hands.enter()
    stage.shoot("sheets-taking")
    hands.press("Ctrl+Enter")
    hands.press("F6")
    hands.type(_IN_PRINTER)
    hands.press("Ctrl+Enter")
    hands.press("Delete")
    for text in (*_TORN, PASSWORD):
        hands.type(text)
        hands.enter()
    stage.shoot("sheets-dropping")
    hands.press("Ctrl+Enter")
    if page.form is not None:
        raise RuntimeError("the sheets are not put aside")
    stage.shoot("sheets")
    yield "numbered sheets"
