"""The rail of every role is short; what one of its items holds opens from a list, by keys too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.people import STAFF
from desktop.domain.people import Role
from desktop.ui import places, theme
from desktop.ui.frame import Frame
from desktop.ui.palette import Theme
from desktop.ui.rail_menu import RailMenu
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.holders.rail import RailItem
from tests.ui.keyboard import press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

Key = Qt.Key
_GROUP, _SERVICES = "city-data", "services"
# A small screen, less its own bar, the window's title and our status bar at 150 %.
SMALL = (1366, 656)


def test_no_rail_has_more_than_nine_items_nor_a_name_twice() -> None:
    for role, duty in DUTIES.items():
        assert len(duty.rail) <= 9, role
        names = [page.name for page in duty.pages]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("role", DUTIES, ids=str)
def test_words_and_keys_are_whole_at_150_on_a_small_screen(
    qtbot: QtBot, qapp: QApplication, role: Role
) -> None:
    theme.apply(qapp, Theme.DARK, 150, motion=False)
    person = next(each for each in STAFF if each.role is role)
    frame = Frame(person, "شهرداری یزد")
    qtbot.addWidget(frame)
    frame.resize(*SMALL)
    frame.set_width(frame.width())
    frame.show()
    for page in DUTIES[role].pages:
        frame.show_count(page.name, 24 // len(DUTIES[role].pages))
    QApplication.processEvents()
    # A word that stands on it needs no tooltip.
    items = frame.rail.findChildren(RailItem)
    assert [item.text() for item in items if item.toolTip()] == []
    assert find_problems(frame.rail) == []
    assert frame.rail.minimumSizeHint().width() <= frame.rail.width()


def test_where_no_page_would_have_its_room_the_rail_is_icons(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, Theme.LIGHT, 160, motion=False)
    frame = Frame(STAFF[0], "شهرداری یزد")
    qtbot.addWidget(frame)
    frame.resize(*SMALL)
    frame.set_width(frame.width())
    frame.show()
    QApplication.processEvents()
    assert {item.toolTip() for item in frame.rail.items.values()} == {
        each.words for each in DUTIES[STAFF[0].role].rail
    }
    assert frame.rail.width() == theme.px(60)
    # On a higher screen the words stand under them.
    frame.resize(SMALL[0], 2 * SMALL[1])
    QApplication.processEvents()
    assert not any(item.toolTip() for item in frame.rail.items.values())


def opened(office: Office) -> RailMenu:
    """The list of the supervisor's item, by the keyboard alone."""
    frame = office.window.frame
    assert frame is not None
    frame.rail.items[_GROUP].setFocus()
    press(office.window, Key.Key_Space)
    (menu,) = office.window.findChildren(RailMenu)
    return menu


@pytest.mark.slow
def test_a_page_is_chosen_from_the_list_and_ticked_there(office: Office) -> None:
    office.sit(Role.SUPERVISOR)
    wake(office)
    frame = office.window.frame
    assert frame is not None
    frame.show_count(_SERVICES, 2)
    frame.show_count("records", 1)
    assert frame.rail.items[_GROUP].accessibleName() == "داده‌های شهر ۳"
    assert "فهرست صفحه‌ها" in frame.rail.items[_GROUP].accessibleDescription()
    menu = opened(office)
    assert [each.text() for each in menu.actions()] == [
        "سوابق شهر (۱)",
        "تقویم و نرخ‌ها",
        "خدمت‌ها (۲)",
        "کارنامهٔ ماهانه",
    ]
    assert not any(each.isChecked() for each in menu.actions())
    # It hangs on its item.
    item = frame.rail.items[_GROUP]
    assert menu.geometry().right() + 1 == item.mapToGlobal(item.rect().topLeft()).x()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        press(menu, key)
        QApplication.processEvents()
    assert office.page.place == places.MunicipalData()
    assert "همین صفحه" in frame.rail.items[_GROUP].accessibleDescription()
    menu = opened(office)
    assert [each.isChecked() for each in menu.actions()] == [False, True, False, False]
    menu.close()


@pytest.mark.long
def test_the_box_of_commands_finds_every_page_by_its_own_name(office: Office) -> None:
    office.sit(Role.SUPERVISOR)
    for entry in DUTIES[Role.SUPERVISOR].pages:
        wake(office)
        press(office.window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        type_text(office.window, entry.words)
        QApplication.processEvents()
        press(office.window, Key.Key_Return)
        QApplication.processEvents()
        assert type(office.page.place) is type(entry.place), entry.words
