"""Hands on an act of a case, whoever does it: open its page, type, see what was left half typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.frame import CaseFrame
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.records.held import Lifts
from desktop.ui.pages.review.page import ReviewPage
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.choices import Choices
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine, PhoneLine
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.slot import SlotChoice
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.inputs.tick_grid import TickGrid
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_states import TODAY
from tests.ui.pages.seeing import wake

Key = Qt.Key
ActPage = CaseFrame | ReviewPage

SECRET = "رازی که جایی نمی‌ماند"


def sample(control: Any) -> Any:
    """Something that a person could give there."""
    match control:
        case PasswordLine():
            return SECRET
        case ListChoice() | Segments():
            return control.options()[-1][0] if control.options() else ""
        case DateLine():
            return TODAY - timedelta(days=1)
        case PhoneLine():
            return "09351112233"
        case NumberLine() | MoneyLine():
            return "12"
        case DigitsLine():
            return "3"
        case Tick():
            return "yes"
        case Lifts():
            return '{"row-1": "1405/12"}'
        case Prose():
            return "نخست\nسپس ۲"
    return "نوشتهٔ ۱"


def fill(form: ActForm) -> None:
    """Give something everywhere, as typing does: what one answer asks for comes with it."""
    done: set[str] = set()
    while left := [key for key in form.typed._inputs if key not in done]:
        key = left[0]
        done.add(key)
        control: Any = form.typed._inputs[key]
        fixed = hasattr(control, "isReadOnly") and control.isReadOnly()
        if isinstance(control, Choices | TickGrid):
            for tick in [*control.ticks.values()][-2:]:
                tick.click()
        elif not fixed and not isinstance(control, SlotChoice | RowPapers):
            control.set_value(sample(control))
            control.edited.emit()


def opened(office: Office, case: Case, role: Role) -> CaseFrame:
    """The case's page as that person sees it."""
    office.sit(role)
    wake(office)
    place = places.MunicipalCase if role.is_municipal else places.Case
    page = office.go(place(case.case_id))
    assert isinstance(page, CaseFrame)
    return page


def lines(page: ActPage) -> list[str]:
    """The acts that are told as left half typed."""
    cards = page.unfinished.findChildren(Card)
    return [each.accessibleName() for each in cards if page.unfinished.isVisible()]


def press_in(page: ActPage, words: str) -> None:
    """Press what begins with these words in the line of an act."""
    made = [*page.unfinished.findChildren(Button), *page.unfinished.findChildren(Link)]
    next(each for each in made if each.text().startswith(words)).click()
    QApplication.processEvents()


def escape(page: ActPage) -> None:
    """Esc."""
    press(page, Key.Key_Escape)
    QApplication.processEvents()
