"""Nobody needs a mouse: pages and their main act are reached by keys; what stands on each page
`test_focus_seen` goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.search.found_list import FoundList
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.sketch.sketch import Sketch
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
_STOPS = 400
_MOMENT_MS, _MOMENTS = 60, 30
_ASKED = (QAbstractButton, QLineEdit, QPlainTextEdit, QTableView)
_MOUSE = {"mousePressEvent", "mouseReleaseEvent"}

_BY_KEYS = (FoundList, Remains)
# Its places are rows beside it.
_SHOWN_TWICE = (Sketch,)


def parts(page: Page) -> list[QWidget]:
    """The page with its panel and its bar."""
    return [part for part in (page, page.side, page.bar) if part is not None]


def pressable(page: Page) -> Iterator[QWidget]:
    """What shows and is pressed or typed into: inputs, and whatever of ours hears a mouse."""
    for part in parts(page):
        for each in part.findChildren(QWidget):
            ours = [kind for kind in type(each).__mro__ if kind.__module__.startswith("desktop.")]
            hears = any(_MOUSE & vars(kind).keys() for kind in ours)
            if not each.isVisible() or not each.isEnabled() or isinstance(each, _SHOWN_TWICE):
                continue
            if hears or isinstance(each, _ASKED):
                yield each


def _lists(page: Page, kind: type[QWidget]) -> list[QWidget]:
    """The lists of that kind on the page, its panel and its bar."""
    return [found for part in parts(page) for found in part.findChildren(kind)]


def stops(office: Office) -> dict[QWidget, str]:
    """Where the keys stand as Tab is pressed until it is round, and what each is called."""
    found: dict[QWidget, str] = {}
    for _ in range(_STOPS):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in found:
            break
        found[focus] = focus.accessibleName()
        go_on(focus)
    return found


def go_on(focus: QWidget) -> None:
    """Tab, until the keys stand elsewhere."""
    press(focus, Key.Key_Tab)
    # A part that is left may fold, and what is filled gives the keys on.
    QApplication.processEvents()
    for _ in range(_MOMENTS):
        if QApplication.focusWidget() is not focus:
            break
        # Where nothing took the keys as the page opened they come once all is here.
        QTest.qWait(_MOMENT_MS)


def beyond_keys(office: Office) -> list[str]:
    """What on this page only a mouse comes to."""
    return unreached(office.page, stops(office))


def unreached(page: Page, told: Mapping[QWidget, str]) -> list[str]:
    """What on the page none of these stops is at, round or in, and no key of its own comes to.

    They are told with the names that they had.
    """
    # The keys stand on the page itself where nothing has taken them: that says nothing of what is
    # in it.
    at = [stop for stop in told if isValid(stop) and stop not in parts(page)]
    # What answers meanwhile arranges a bar anew: then it is another button of the same name.
    gone = {name for stop, name in told.items() if not isValid(stop)}
    there = list(pressable(page))

    def comes(each: QWidget) -> bool:
        if isinstance(each, Button) and (each.keys() or each.accessibleName() in gone):
            return True
        if isinstance(each, QAbstractButton) and each.autoExclusive():
            # One of a group has the keys, arrows go on.
            return True
        # Keys stay in the box over it, arrows choose its lines, and Enter opens; F7 goes through
        # what remains, whose lines may be told anew as one passes.
        if any(found.isAncestorOf(each) for kind in _BY_KEYS for found in _lists(page, kind)):
            return True
        # A part that unfolds at a press unfolds as the keys come into it.
        return any(
            stop is each or stop.isAncestorOf(each) or each.isAncestorOf(stop) for stop in at
        )

    return [f"{type(e).__name__} «{e.accessibleName()}»" for e in there if not comes(e)]


def go_by_keys(office: Office, words: str) -> None:
    """Ctrl+K, the page's name, Enter."""
    press_as_system(office, Key.Key_K, CONTROL)
    type_text(office.window, words)
    QApplication.processEvents()
    press(office.window, Key.Key_Return)
    # What is asked for as it opens may arrange its bar once more.
    QTest.qWait(2 * _MOMENT_MS)


def press_as_system(office: Office, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Shortcuts first."""
    QTest.keyClick(office.window.windowHandle(), key, held)
    QApplication.processEvents()


def another_main(office: Office, pressed: list[str]) -> str:
    """What Ctrl+Enter does where that is not the page's main act."""
    main = office.page.bar.main if office.page.bar is not None else None
    words = main.text() if main is not None and main.isVisible() else ""
    pressed.clear()
    press_as_system(office, Key.Key_Return, CONTROL)
    if not words or pressed == [words]:
        return ""
    return f"Ctrl+Enter is «{'، '.join(pressed)}», not «{words}»"


@pytest.mark.parametrize("role", DUTIES)
@pytest.mark.long
def test_each_page_of_the_rail_and_its_act_are_reached_by_keys_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    pressed: list[str] = []
    faults: dict[str, str] = {}

    def press_told(button: Button) -> None:
        pressed.append(button.text())

    office.sit(role)
    wake(office)
    for entry in DUTIES[role].pages:
        go_by_keys(office, entry.words)
        assert type(office.page.place) is type(entry.place), entry.words
        with monkeypatch.context() as held:
            # It is told which button was pressed; what buttons do other tests are about.
            held.setattr(Button, "click", press_told)
            faults[entry.words] = another_main(office, pressed)
    told = [f"{where}: {fault}" for where, fault in faults.items() if fault]
    assert not told, "\n".join(told)


def test_what_no_key_comes_to_is_told(office: Office) -> None:
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Keys())
    lost = Button("تنها با ماوس")
    lost.setParent(page)
    lost.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    lost.show()
    assert beyond_keys(office) == ["Button «تنها با ماوس»"]


@pytest.mark.long
def test_tab_goes_through_a_whole_form(office: Office) -> None:
    office.sit(Role.CLERK)
    wake(office)
    office.window.go(places.Form("no-violation"))
    QApplication.processEvents()
    assert beyond_keys(office) == []
