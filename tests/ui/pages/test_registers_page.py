"""The registers on screen: found, opened, printed, written for other programs."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import day_close, office_day
from desktop.demo import following
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.domain.tool import Tool
from desktop.ui import choosing, places
from desktop.ui.pages.closing.page import DayClosePage
from desktop.ui.pages.registers.page import RegistersPage
from desktop.ui.widgets.button import Button
from tests.reports.reading import text_of
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
KINDS = ("letters", "requests", "fees", "days")


def opened(office: Office, kind: str = "letters", count: int = 4) -> RegistersPage:
    """The register after so many requests of the morning."""
    list(islice(cases.registered(office.crew), count))
    office.sit(Role.MANAGER)
    wake(office)
    page = office.go(places.Registers(kind))
    assert isinstance(page, RegistersPage)
    return page


def words(page: RegistersPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.long
def test_every_register_shows_and_nothing_is_cut(office: Office) -> None:
    page = opened(office)
    for kind in KINDS:
        page.kind.set_value(kind)
        page._turn()
        QApplication.processEvents()
        assert page.listed is not None
        assert faults(office) == [], kind


def test_a_request_is_found_by_its_name_and_opened_by_enter(office: Office) -> None:
    page = opened(office, "requests")
    assert len(page.lines) == 4
    _, _, name, *_ = page.lines[2].values
    page.search.setText(str(name))
    page.search.edited.emit()
    QApplication.processEvents()
    found = [line.key for line in page.lines]
    assert 1 <= len(found) < 4
    assert page._table is not None
    page._table.setFocus()
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert office.case_id in found


@pytest.mark.long
def test_what_is_not_there_and_what_has_not_been_say_so(office: Office) -> None:
    page = opened(office)
    page.search.setText("هیچ‌کس")
    page.search.edited.emit()
    QApplication.processEvents()
    assert "چیزی با این نوشته نیست" in words(page)
    page.kind.set_value("fees")
    page._turn()
    QApplication.processEvents()
    assert "آذر ۱۴۰۵ هنوز تمام نشده است" in page.fault.words.text()
    page.month.set_value("10")
    page.month.edited.emit()
    QApplication.processEvents()
    assert page.fault.words.text() == "دی ۱۴۰۵ هنوز نیامده است."
    assert page.lines == []
    assert faults(office) == []
    page.kind.set_value("days")
    page._turn()
    QApplication.processEvents()
    assert "هنوز روزی بسته نشده است" in words(page)


@pytest.mark.long
def test_what_is_listed_is_printed_and_written_as_it_stands(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(office, "requests")
    press(office.window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.cover.isVisible()
    told = text_of(page.cover.paper.frame.pdf())
    assert {"فهرست", "۴"} <= {*told}
    press(office.window, Qt.Key.Key_Escape)
    path = tmp_path / "requests.csv"
    monkeypatch.setattr(choosing, "save_file", lambda *_: path)
    page.export(".csv")
    QApplication.processEvents()
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[0] == "کد رهگیری"
    assert [row[0] for row in rows] == [line.values[0] for line in page.lines]
    assert rows[0][0].startswith("21-050903-")


@pytest.mark.long
def test_a_closed_day_opens_its_register(office: Office) -> None:
    manager = office.crew.manager
    day = office_day.look(manager)
    said = day_close.CloseCount({Tool.TERMINAL: 0, Tool.BANK: 0}, 9, 0, 0, 9)
    day_close.close_day(manager, PASSWORD, day.day, said)
    page = opened(office, "days", count=0)
    assert page._table is not None
    page._table.setFocus()
    press(office.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    shown = office.page
    assert isinstance(shown, DayClosePage)
    assert shown.day is not None
    assert shown.day.closed is not None


@pytest.mark.long
def test_the_letters_of_a_property_are_bound_in_one_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.answered(office.crew)
    following.release(office.crew, case)
    office.house.office.sync()
    page = opened(office)
    page.search.setText(case.code)
    page.search.edited.emit()
    QApplication.processEvents()
    assert case.case_id in {line.key for line in page.lines}
    path = tmp_path / "letters.pdf"
    monkeypatch.setattr(choosing, "save_file", lambda *_: path)
    page.bind()
    wake(office)
    # Index, and behind it the letter itself.
    told = " ".join(text_of(path.read_bytes()))
    assert "پاسخ استعلام" in told
    assert "تنها همین دفتر" in told
    page.kind.set_value("requests")
    page._turn()
    QApplication.processEvents()
    assert page.bar is not None
    assert not any("گردآوری" in each.text() for each in page.bar.findChildren(Button))
