"""The unit reads a month's bulletin as it is published, and saves what it read."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions.board import city_day
from desktop.domain.bulletin_words import HIDDEN, UNTOLD
from desktop.domain.people import Role
from desktop.ui import choosing, places
from desktop.ui.pages.bulletin.page import BulletinPage
from desktop.ui.widgets.lists.table_cells import CELL, Cell
from tests.houses import Busy, Filling
from tests.ui.keyboard import Modifier, press
from tests.ui.layout_check import find_problems
from tests.ui.pages.conftest import Office

_TODAY = 12


@pytest.fixture
def filling() -> Filling:
    return Busy(today=_TODAY)


def bulletin(office: Office, *, later: int) -> BulletinPage:
    """The page, so many days after the morning on which the requests came."""
    office.clock.moment += timedelta(days=later)
    office.window.tick()
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Bulletin())
    assert isinstance(page, BulletinPage)
    return page


def lines(page: BulletinPage) -> list[list[Cell]]:
    """The cells of the table that shows."""
    assert page.table is not None
    model = page.table.model()
    return [
        [model.index(row, column).data(CELL) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.long
def test_a_month_that_is_over_is_read_and_saved(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = bulletin(office, later=31)
    told = page.told
    assert page.heading.second == "آذر ۱۴۰۵"
    assert told is not None
    assert told.whole is not None
    received = city_day(office.crew.supervisor, told.last, days=30).received
    assert told.whole.counts[-1] == received >= _TODAY
    # The city's line, then the one office, which is all of it.
    whole, own = lines(page)
    assert [cell.words for cell in whole[1:]] == [cell.words for cell in own[1:]]
    press(office.window, Qt.Key.Key_Tab, Modifier.ControlModifier)
    hidden = [cell for line in lines(page) for cell in line if cell.words == HIDDEN]
    by_service = told.tables[1]
    assert len(hidden) == sum(line.counts.count(None) for line in by_service.lines)
    assert find_problems(office.window) == []
    saved: list[Path] = []

    def choose(parent: object, title: str, proposed: Path, kind: str) -> Path:
        saved.append(tmp_path / proposed.name)
        return saved[-1]

    monkeypatch.setattr(choosing, "save_file", choose)
    press(office.window, Qt.Key.Key_Return, Modifier.ControlModifier)
    press(office.window, Qt.Key.Key_F8, Modifier.ShiftModifier)
    QApplication.processEvents()
    html, cells = saved
    assert html.name == "کارنامهٔ ماهانه، آذر ۱۴۰۵.html"
    assert "آذر ۱۴۰۵" in html.read_text(encoding="utf-8")
    rows = list(csv.reader(cells.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:3]] == ["آذر ۱۴۰۵", "به تفکیک دفتر"]


@pytest.mark.slow
def test_a_month_without_a_bulletin_says_why(office: Office) -> None:
    page = bulletin(office, later=0)
    # The month before has a few requests, of whom nothing is told.
    assert page.heading.second == "آبان ۱۴۰۵"
    assert page.few.isVisible()
    assert page.empty.words.words() == UNTOLD
    page.month.set_value("1405/05")
    page.load()
    QApplication.processEvents()
    assert page.told is None
    assert page.empty.words.words() == "در مرداد ۱۴۰۵ درخواستی دریافت نشده است."
    page.month.set_value("1405/09")
    page.load()
    QApplication.processEvents()
    assert page.empty.words.words() == "آذر ۱۴۰۵ هنوز تمام نشده است."
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "دریافت دوباره"
    # Who comes back finds the month that was looked at.
    office.go(places.Watch())
    press(office.window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    back = office.page
    assert isinstance(back, BulletinPage)
    assert back.heading.second == "آذر ۱۴۰۵"
    # Without a line it is told who counts.
    office.house.cut_line(True)
    press(office.window, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert back.fault.isVisible()
    assert "مرکز می‌شمارد" in back.fault.accessibleName()
    office.house.cut_line(False)
    back.fault.followed.emit()
    QApplication.processEvents()
    assert not back.fault.isVisible()
