"""The window's manners: lock, look, keys, banners, and what is kept when it closes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop import journal
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.ui import choosing, look, places, theme
from desktop.ui.look import Look
from desktop.ui.look_menu import LookMenu
from desktop.ui.pages.search.page import SearchPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Work
from tests.ui.keyboard import Modifier, press
from tests.ui.layout_check import find_everywhere
from tests.ui.pages.conftest import Office, filling, office

__all__ = ["filling", "office"]


def _banners(window: QWidget) -> list[str]:
    QApplication.processEvents()
    return [b.words.text() for b in window.findChildren(Banner) if b.isVisible()]


def notice(office: Office) -> Label:
    labels = office.window.sign_in.findChildren(Label)
    return next(label for label in labels if "همان صفحه بازمی‌گردد" in label.words())


@pytest.mark.slow
def test_the_lock_leaves_everything_where_it_was(office: Office) -> None:
    office.sit(Role.CLERK)
    page = office.go(places.Search())
    assert isinstance(page, SearchPage)
    page.box.setFocus()
    page.box.set_value("4420123456")
    press(office.window, Qt.Key.Key_L, Modifier.ControlModifier)
    assert office.window.is_locked
    assert not page.isVisible()
    assert office.window.sign_in.name.value() == "زهرا فلاح"
    assert office.window.sign_in.password.value() == ""
    assert notice(office).isVisible()
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_Escape):
        press(office.window, key)
    office.window.status.sync.click()
    assert office.window.page is page, "nothing is reached while it is locked"
    office.sit(Role.CLERK)
    assert office.window.page is page
    assert not notice(office).isVisibleTo(office.window.sign_in)
    assert page.box.value() == "4420123456"
    assert page.box.hasFocus()


@pytest.mark.slow
def test_nothing_stays_open_over_the_lock(office: Office) -> None:
    """A menu, a list, a dialog of files: it gives nothing to who is not there."""
    office.sit(Role.CLERK)
    menu = QMenu(office.window)
    menu.addAction("بریدن")
    menu.popup(office.window.pos())
    given: list[Path] = []
    seen: list[bool] = []

    def lock() -> None:
        seen.append(QApplication.activeModalWidget() is not None)
        office.window.lock()

    QTimer.singleShot(0, lock)
    given += choosing.open_files(office.window, "پیوست مدرک", "PDF (*.pdf)")
    assert (given, seen) == ([], [True])
    assert office.window.is_locked
    assert not menu.isVisible()


@pytest.mark.slow
def test_another_person_begins_anew(office: Office) -> None:
    office.sit(Role.CLERK)
    office.go(places.Search("دهقان"))
    office.window.lock()
    office.sit(Role.MANAGER)
    assert isinstance(office.page.place, places.ManagerHome)
    assert office.window._past == []


@pytest.mark.slow
def test_ten_minutes_untouched_lock_it(office: Office) -> None:
    office.sit(Role.CLERK)
    idle = office.window.idle
    assert idle.clock.interval() == 600_000
    assert idle.clock.isSingleShot()
    idle.clock.timeout.emit()
    assert office.window.is_locked


@pytest.mark.slow
def test_a_touch_begins_the_wait_anew(office: Office, qtbot: QtBot) -> None:
    office.sit(Role.CLERK)
    idle = office.window.idle
    idle.clock.stop()
    touch = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Modifier.NoModifier, "a")
    QApplication.sendEvent(office.window.windowHandle(), touch)
    assert idle.clock.isActive()


@pytest.mark.long
def test_zoom_keys_and_the_look_are_kept(office: Office) -> None:
    office.sit(Role.CLERK)
    press(office.window, Qt.Key.Key_Equal, Modifier.ControlModifier)
    assert theme.zoom() == 110
    press(office.window, Qt.Key.Key_Minus, Modifier.ControlModifier)
    press(office.window, Qt.Key.Key_Minus, Modifier.ControlModifier)
    assert theme.zoom() == 90
    press(office.window, Qt.Key.Key_Minus, Modifier.ControlModifier)
    assert look.read().zoom == theme.zoom() == 90
    press(office.window, Qt.Key.Key_0, Modifier.ControlModifier)
    office.window.set_look(Look(Theme.DARK, 120, motion=False))
    assert look.read() == Look(Theme.DARK, 120, motion=False)


def test_a_kept_look_that_is_nonsense_is_the_default() -> None:
    QSettings().setValue("theme", "pink")
    QSettings().setValue("zoom", "wide")
    assert look.read() == Look()


@pytest.mark.slow
def test_the_menu_offers_themes_zoom_and_less_motion(office: Office) -> None:
    office.sit(Role.CLERK)
    menu = LookMenu(office.window)
    chosen: list[Look] = []
    menu.chosen.connect(chosen.append)
    words = {strip_isolates(action.text()): action for action in menu.actions() if action.text()}
    assert words["روشن"].isChecked()
    assert words["بزرگ‌نمایی ۱۰۰٪"].isChecked()
    words["پرکنتراست"].trigger()
    words["بزرگ‌نمایی ۱۳۰٪"].trigger()
    words["کاهش حرکت"].trigger()
    assert chosen == [
        Look(Theme.HIGH_CONTRAST, 100, motion=False),
        Look(Theme.LIGHT, 130, motion=False),
        Look(Theme.LIGHT, 100, motion=True),
    ]
    menu.close()


@pytest.mark.long
def test_all_keys_are_listed_and_none_is_cut(office: Office, qapp: QApplication) -> None:
    office.sit(Role.CLERK)
    press(office.window, Qt.Key.Key_Slash, Modifier.ControlModifier)
    assert isinstance(office.page.place, places.Keys)
    assert find_everywhere(office.window, qapp) == []
    press(office.window, Qt.Key.Key_Escape)
    assert isinstance(office.page.place, places.Home)


@pytest.mark.slow
def test_a_refusal_that_nobody_takes_is_told_in_its_own_words(office: Office) -> None:
    office.sit(Role.CLERK)

    def refuse() -> None:
        raise Refusal("این دفتر بسته است.")

    office.window.work.run(office.page, refuse, lambda _: None)
    assert _banners(office.window) == ["این دفتر بسته است."]


@pytest.mark.slow
def test_of_what_went_well_only_the_last_stands(office: Office) -> None:
    office.sit(Role.CLERK)
    office.window.tell("رسید به چاپگر فرستاده شد.")
    office.window.tell("این دفتر بسته است.", "refuse")
    office.window.tell("برگ نوبت به چاپگر فرستاده شد.")
    assert _banners(office.window) == ["این دفتر بسته است.", "برگ نوبت به چاپگر فرستاده شد."]


@pytest.mark.slow
def test_a_bug_is_told_with_its_code_and_a_line_that_is_down_is_not(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.sit(Role.CLERK)
    fault = ZeroDivisionError("sum")

    def stumble() -> None:
        raise fault

    def down() -> None:
        raise LineDown

    office.window.work.run(office.page, down, lambda _: None)
    assert _banners(office.window) == []
    office.window.work.run(office.page, stumble, lambda _: None)
    told = _banners(office.window)
    assert len(told) == 1
    assert journal.report(fault) in told[0]
    assert "sum" not in told[0]


def test_a_bug_before_anybody_signed_in_is_told_on_the_first_page(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.window.work.bug.emit("A7F3")
    assert "A7F3" in (office.window.sign_in.name.error() or "")


def test_what_is_to_be_kept_is_kept_when_the_window_closes(qtbot: QtBot) -> None:
    work = Work()
    kept: list[int] = []
    for number in range(20):
        work.run(work, partial(kept.append, number), lambda _: None)
    work.close()
    assert kept == list(range(20))


@pytest.mark.slow
def test_the_municipal_desk_is_not_called_an_office(office: Office) -> None:
    office.sit(Role.SUPERVISOR)
    assert office.window.status.office.text() == "شهرداری یزد"
    office.window.lock()
    office.sit(Role.CLERK)
    assert office.window.status.office.text().startswith("دفتر پیشخوان")
