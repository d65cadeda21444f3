"""The office's numbered sheets on screen: a bundle taken by keys, the sheet in the printer told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import stamped_sheets
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.stamped_sheets import SheetRun
from desktop.ui import places
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.sheets.forms import DropSheetsForm, NextSheetForm, TakeSheetsForm
from desktop.ui.pages.sheets.page import SheetsPage
from desktop.ui.widgets.inputs.line import TextLine
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

pytestmark = pytest.mark.slow
Key = Qt.Key
SHEET_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    TakeSheetsForm: lambda _: TakeSheetsForm(),
    DropSheetsForm: lambda _: DropSheetsForm(),
    NextSheetForm: lambda _: NextSheetForm(),
}


def opened(office: Office, role: Role = Role.MANAGER) -> SheetsPage:
    office.sit(role)
    page = office.go(places.StampedSheets())
    assert isinstance(page, SheetsPage)
    QApplication.processEvents()
    return page


def typed(office: Office, *texts: str) -> None:
    """Each into the field that has the keys, Enter to the next."""
    for text in texts:
        type_text(office.window, text)
        press(office.window, Key.Key_Return)
    QApplication.processEvents()


def lay(form: ActForm, key: str, text: str) -> None:
    control = form.fields[key].control
    assert isinstance(control, TextLine)
    control.set_value(text)


def rows(page: SheetsPage) -> list[str]:
    model = page.table.model()
    return [
        strip_isolates(str(model.index(row, 0).data() or "")) for row in range(model.rowCount())
    ]


def test_a_bundle_is_taken_by_keys_and_a_wrong_one_told_beside_its_field(office: Office) -> None:
    page = opened(office)
    assert page.empty.isVisible()
    press(office.window, Key.Key_F2)
    QApplication.processEvents()
    assert isinstance(page.form, TakeSheetsForm)
    typed(office, "الف", "۵۰۱", "۵۰۰", "۱۴۰۵/۳۱۲", PASSWORD)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    form = page.form
    assert form is not None
    assert "کوچک‌تر نیست" in (form.fields["last"].error() or "")
    lay(form, "last", "540")
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    assert page.form is None
    assert rows(page) == ["الف ۵۰۱ تا ۵۴۰"]
    assert find_problems(office.window) == []
    # It is in the printer of whoever took it.
    assert stamped_sheets.next_words(office.crew.manager.desk) == SheetRun("الف", 501, 501).words


def test_a_clerk_says_which_sheet_is_in_the_printer_and_takes_none(office: Office) -> None:
    stamped_sheets.take(office.crew.manager, PASSWORD, SheetRun("", 1, 40), "۷")
    page = opened(office, Role.CLERK)
    press(office.window, Key.Key_F2)
    assert page.form is None
    press(office.window, Key.Key_F6)
    QApplication.processEvents()
    assert page.form is not None
    lay(page.form, "number", "99")
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    assert "سفید" in (page.form.fields["number"].error() or "")
    lay(page.form, "number", "12")
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    assert page.form is None
    assert stamped_sheets.next_words(office.crew.clerk.desk) == SheetRun("", 12, 12).words


@pytest.mark.long
def test_sheets_that_nobody_spoke_of_are_put_aside_from_beside_the_list(office: Office) -> None:
    manager = office.crew.manager
    stamped_sheets.take(manager, PASSWORD, SheetRun("", 1, 40), "۷")
    stamped_sheets.drop(manager, PASSWORD, SheetRun("", 9, 9), "تر شد")
    page = opened(office)
    # These lie in this desk's own printer.
    assert page.panel.links == []
    office.go(places.Home())
    stamped_sheets.set_next(manager, "", 10)
    page = opened(office)
    page.panel.links[0].click()
    QApplication.processEvents()
    assert isinstance(page.form, DropSheetsForm)
    assert page.form.named.run() == SheetRun("", 1, 8)
    lay(page.form, "reason", "در چاپگر پاره شد")
    lay(page.form, "password", PASSWORD)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    assert page.form is None
    assert page.panel.links == []


def test_the_letters_page_names_the_sheet_that_is_next(office: Office) -> None:
    stamped_sheets.take(office.crew.manager, PASSWORD, SheetRun("ب", 7, 40), "۷")
    case = cases.answered(office.crew)
    office.sit(Role.MANAGER)
    page = office.go(places.Letter(case.case_id))
    assert isinstance(page, LetterPage)
    QApplication.processEvents()
    told = page.panel.print_card.sheet
    assert told.isVisible()
    assert strip_isolates(told.text()) == "برگ ب ۷ در چاپگر است"
    told.click()
    QApplication.processEvents()
    assert isinstance(office.page, SheetsPage)
