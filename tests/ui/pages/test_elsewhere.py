"""The page of another office's case: asked by keys, a copy printed, and spoken of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from desktop.actions import elsewhere
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.elsewhere import FIRST
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.store.tables import Base
from desktop.ui import places, printing
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.elsewhere.forms import CopyForm
from desktop.ui.pages.elsewhere.page import ElsewherePage
from desktop.ui.pages.search.page import SearchPage
from desktop.ui.printing import Printer
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import NO_LINE
from tests.heirs import stamped_elsewhere
from tests.houses import properties_on
from tests.town import Town, by_kind
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages.conftest import Office
from tests.ui.pages.test_sheets import typed

pytestmark = pytest.mark.slow
Key = Qt.Key
PRINTER = "باجهٔ ۲"
ELSEWHERE_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    CopyForm: lambda _: CopyForm("letter-1", "1405/41/1", [Printer(PRINTER)]),
}


@pytest.fixture
def there(office: Office, tmp_path: Path) -> Case:
    """A case of another office, its letter stamped."""
    properties = by_kind(properties_on(office.clock.now().date()))
    return stamped_elsewhere(Town(office.house, office.clock, office.crew, properties), tmp_path)


@pytest.fixture
def printed() -> list[bytes]:
    """What the printer got."""
    out: list[bytes] = []
    printing.stand_in(PRINTER, lambda pdf, _: out.append(pdf))
    return out


def asked(office: Office, case: Case, role: Role = Role.MANAGER) -> ElsewherePage:
    """The page, the code and the id typed and Enter pressed."""
    office.sit(role)
    page = office.go(places.Elsewhere())
    assert isinstance(page, ElsewherePage)
    typed(office, case.request.tracking, case.request.party.person_id)
    QApplication.processEvents()
    return page


def test_a_copy_is_asked_for_by_keys_and_comes_out(
    office: Office, there: Case, printed: list[bytes]
) -> None:
    page = asked(office, there)
    assert page.shown is not None
    assert page.shown.told.name == "دفتر پیشخوان 41"
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    assert isinstance(page.form, CopyForm)
    assert find_problems(office.window) == []
    typed(office, "برای بانک", "", PASSWORD)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    assert len(printed) == 1
    assert page.form is None
    ((sheet, _),) = elsewhere.open_sheets(office.crew.clerk.desk)
    assert sheet.copy == FIRST
    assert page.question.isVisible()
    page.question.came.click()
    QApplication.processEvents()
    assert not page.question.isVisible()
    assert page.shown.told.letters[0].given == 1


@pytest.mark.long
def test_a_wrong_id_is_told_beside_it_and_opens_nothing(office: Office, there: Case) -> None:
    office.sit(Role.CLERK)
    page = office.go(places.Elsewhere())
    assert isinstance(page, ElsewherePage)
    typed(office, there.request.tracking, "4420000000")
    assert page.shown is None
    assert "یافت نشد" in (page.ask.person_field.error() or "")


def test_without_the_line_it_says_so_and_nothing_is_kept(office: Office, there: Case) -> None:
    before = kept(office)
    office.house.cut_line(True)
    page = asked(office, there)
    assert page.shown is None
    assert NO_LINE in [each.words.text() for each in office.window.findChildren(Banner)]
    assert not page.card.isVisible()
    assert kept(office) == before
    office.house.cut_line(False)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    assert page.shown is not None


@pytest.mark.long
def test_no_copy_is_printed_without_the_line_and_what_was_typed_stays(
    office: Office, there: Case, printed: list[bytes]
) -> None:
    page = asked(office, there)
    # What is typed is a draft; under which question a number is asked for is kept before it is.
    beside = ("draft", "copy_elsewhere")
    before = kept(office, *beside)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    office.house.cut_line(True)
    typed(office, "برای بانک", "", PASSWORD)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    assert isinstance(page.form, CopyForm)
    assert page.form.banner.words.text() == NO_LINE
    assert str(page.form.reason.value()) == "برای بانک"
    assert (printed, kept(office, *beside)) == ([], before)
    assert elsewhere.open_sheets(office.crew.clerk.desk) == []
    # No number was spent on it.
    office.house.cut_line(False)
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    ((sheet, _),) = elsewhere.open_sheets(office.crew.clerk.desk)
    assert (sheet.copy, len(printed)) == (FIRST, 1)


def kept(office: Office, *but: str) -> dict[str, int]:
    """How many rows the office's store has in each of its tables."""
    with office.crew.clerk.desk.store.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
            if name not in but
        }


def test_a_code_that_nobody_here_has_leads_from_the_search(office: Office, there: Case) -> None:
    office.sit(Role.CLERK)
    page = office.go(places.Search())
    assert isinstance(page, SearchPage)
    type_text(office.window, there.request.tracking)
    press(office.window, Key.Key_Return)
    QApplication.processEvents()
    assert isinstance(office.page, ElsewherePage)
    assert strip_isolates(str(office.page.ask.tracking.value())) == there.request.tracking
    # The code stands there: the keys are at the id.
    assert office.page.ask.person_id.hasFocus()
    typed(office, there.request.party.person_id)
    assert office.page.shown is not None
    assert office.page.shown.told.case_id == there.case_id
