"""Where the keys are is seen: on every page, at each stop of Tab, in each theme and zoom; and they
come to all that is pressed or typed into, and are nowhere else after any step."""

from __future__ import annotations

from itertools import cycle, islice
from operator import ne

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.palette import Theme
from desktop.ui.widgets.paint.focus_ring import FocusRing
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.states import cases_by_state, in_every_state
from tests.ui.pages.test_every_page import WALKS
from tests.ui.pages.test_focus import lost
from tests.ui.pages.test_no_mouse import go_on, unreached

_STOPS = 400
# A ring lies so far outside of what it surrounds.
_AWAY = 8
# As many pixels as the shortest side of a ring round the smallest thing to press.
_LEAST = 24
_SETTLED_MS = 150


def _seen(office: Office, target: QWidget) -> bool:
    """Whether the window looks otherwise, on or round the widget, once it has lost the keys."""
    at = target.mapTo(office.window, QPoint(0, 0))
    place = QRect(at, target.size()).adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
    place &= office.window.rect()
    with_keys = office.window.grab(place).toImage()
    target.clearFocus()
    without = office.window.grab(place).toImage()
    target.setFocus(Qt.FocusReason.TabFocusReason)
    return _differ(with_keys, without)


def _seen_settled(office: Office, target: QWidget) -> bool:
    """The same once more, when what the page was still laying out stands in its place."""
    QTest.qWait(_SETTLED_MS)
    return _seen(office, target)


def _differ(one: QImage, other: QImage) -> bool:
    """Whether at least so many pixels differ; what follows the last of them is not looked at."""
    # Of 32 bits each, as the window's picture has them.
    pixels = (memoryview(each.constBits()).cast("I") for each in (one, other))
    return len(list(islice(filter(None, map(ne, *pixels)), _LEAST))) == _LEAST


def _unseen(office: Office, seen: set[QWidget]) -> list[str]:
    """What takes the keys on this page and does not show it, and what they don't come to; the walk
    ends where it began.

    What was `seen` already, on pages before, is not looked at again: the rail, the search.
    """
    if not office.window.isActiveWindow():
        office.window.activateWindow()
    QTest.qWait(_SETTLED_MS)
    first, found = QApplication.focusWidget(), []
    stops: dict[QWidget, str] = {}
    if first is not None and not first.isVisible():
        # Opened in the summary, which stands behind F7 where the window is narrow.
        office.window.show_summary()
        QTest.qWait(_SETTLED_MS)
        first = QApplication.focusWidget()
    for stop in range(_STOPS):
        focus = QApplication.focusWidget()
        if focus is None or (stop and focus is first):
            break
        stops[focus] = focus.accessibleName()
        if focus is office.page:
            QTest.qWait(_SETTLED_MS)
        if focus.isVisible() and (
            focus in seen or _seen(office, focus) or _seen_settled(office, focus)
        ):
            seen.add(focus)
        else:
            found.append(f"{type(focus).__name__} «{focus.accessibleName()}»")
        go_on(focus)
    return found + [f"no key comes to {each}" for each in unreached(office.page, stops)]


_LOOKS = [(Theme.LIGHT, 100), (Theme.DARK, 150), (Theme.HIGH_CONTRAST, 160)]


@pytest.mark.long
@pytest.mark.timeout(1800)
# Each role in one look: where a ring lies is the page's, what colour it has the theme's.
@pytest.mark.parametrize(
    ("role", "look", "zoom"), [(role, *look) for role, look in zip(WALKS, cycle(_LOOKS))]
)
@in_every_state
def test_on_every_page(office: Office, role: Role, look: Theme, zoom: int) -> None:
    known = cases_by_state(office)
    office.sit(role)
    office.window.set_look(Look(look, zoom, motion=False))
    QApplication.processEvents()
    found: dict[str, str] = {}
    seen = set[QWidget]()
    for name, act in WALKS[role](office, known):
        act()
        where = lost(office)
        # In a narrow window what stands in the summary is opened from there.
        if where and (zoom == 100 or not where.startswith("hidden")):
            found.setdefault(f"the keys are {where}", name)
        for what in _unseen(office, seen):
            found.setdefault(what, name)
    assert not found, "\n".join(f"{where}: {what}" for what, where in found.items())


@pytest.mark.long
def test_a_manager_without_letters_or_money_sees_it_too(office: Office) -> None:
    office.sit(Role.MANAGER)
    for place in (places.Till(), places.Queue()):
        office.go(place)
        assert _unseen(office, set()) == []
    office.sit(Role.SUPERVISOR)
    office.go(places.Watch())
    assert _unseen(office, set()) == []


@pytest.mark.long
def test_on_an_outcome_the_ring_is_round_what_is_told(office: Office) -> None:
    case = cases.refused(office.crew)
    office.sit(Role.CLERK)
    office.go(places.Outcome(case.case_id))
    QTest.qWait(_SETTLED_MS)
    page = office.page
    assert isinstance(page, OutcomePage)
    assert page.hasFocus()
    assert page.headline is not None
    rings = [ring for ring in page.findChildren(FocusRing) if ring.isVisible()]
    assert [(ring.mapTo(page, QPoint(4, 4)), ring.size()) for ring in rings] == [
        (page.headline.mapTo(page, QPoint(0, 0)), page.headline.size() + QSize(8, 8))
    ]
    assert page.ring.isHidden()
    # Told anew, the ring goes on to the headline that stands then.
    former = page.headline
    page._drawn = None
    page.reload()
    QTest.qWait(_SETTLED_MS)
    assert page.headline is not former
    assert _unseen(office, set()) == []
