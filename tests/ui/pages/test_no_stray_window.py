"""No part of a page is ever shown as a window of its own: that takes the keys from the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.people import Role
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake
from tests.ui.pages.test_typed_everywhere import WALKS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Strays(QObject):
    """Widgets that were shown without a parent, but for the program's window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or watched is self._window:
            return False
        if event.type() == QEvent.Type.Show and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize(
    "role",
    [role if role is Role.CLERK else pytest.param(role, marks=pytest.mark.long) for role in WALKS],
)
@pytest.mark.long
def test_opening_any_page_shows_no_window_beside_the_program_s(office: Office, role: Role) -> None:
    app = QApplication.instance()
    assert app is not None
    strays, found = Strays(office.window), []
    for place, opens in WALKS[role](office):
        office.window.lock()
        office.sit(role)
        wake(office)
        app.installEventFilter(strays)
        page = office.go(place)
        opens(page)
        QApplication.processEvents()
        app.removeEventFilter(strays)
        found += [f"{place}: {name}" for name in strays.names]
        strays.names = []
        if QApplication.focusWidget() is None:
            found.append(f"{place}: nothing has the keys")
    assert not found, "\n".join(found)
