"""The help of the window: when its panel shows, what it follows, where the focus goes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.help.entry import Entry, Help, KeyWords
from desktop.help.finding import Where, find
from desktop.help.reading import shipped_help
from desktop.ui import look, places
from desktop.ui.help.focused import (
    Asked,
    Topic,
    page_name,
    shown_topics,
    topic_of,
    where_of,
)
from desktop.ui.help.page_picture import Pictured, pictured
from desktop.ui.help.panel import HelpPanel
from desktop.ui.offered import page_acts, page_buttons

if TYPE_CHECKING:
    from desktop.ui.page import Page
    from desktop.ui.window import Window

_FOLLOWS_MS = 300
# What shows while nobody sits here, by the name of its class.
_DOORS = {"SignIn": "ورود", "Wizard": "راه‌اندازی دفتر"}


class Helping(QObject):
    """A panel for the door and one for the frame of who sits here; open or not is kept for each
    person."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._panel: HelpPanel | None = None
        self._door: HelpPanel | None = None
        # What has the keys here, also while another window is in front.
        self._last: QWidget | None = window.focusWidget()
        # Whether the page, or the help beside it, has just come.
        self._came = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_FOLLOWS_MS)
        self._clock.timeout.connect(self._settle)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    @property
    def known(self) -> Help:
        """All entries."""
        return shipped_help()

    @property
    def panel(self) -> HelpPanel:
        """The panel of where one is now: made when it is first asked for."""
        if self._window.is_locked:
            if self._door is None:
                self._door = self._make()
                self._window.door_part.put_help(self._door)
            return self._door
        frame = self._window.frame
        assert frame is not None
        if self._panel is None or not shiboken6.isValid(self._panel):
            self._panel = self._make()
            frame.put_help(self._panel)
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the panel shows."""
        held = self._door if self._window.is_locked else self._panel
        return held is not None and shiboken6.isValid(held) and held.isVisible()

    def forget_door(self) -> None:
        """What stands at the door goes, and its panel with it."""
        self._door = None

    def seat(self) -> None:
        """Somebody sits here, with a frame of their own: as they left it."""
        self._panel = None
        if look.keeps_help(self._window.seat.staff.staff_id):
            self._turn(shown=True)

    def turn(self) -> None:
        """Open it, or close it (F1)."""
        shown = not self.is_open
        self._turn(shown=shown)
        if not self._window.is_locked:
            look.keep_help(self._window.seat.staff.staff_id, shown=shown)

    def search(self) -> None:
        """Search in it, opening it first (Ctrl+F1)."""
        if not self.is_open:
            self.turn()
        self.panel.begin_search()

    def open_entry(self, entry: Entry) -> None:
        """This entry, from elsewhere."""
        if not self.is_open:
            self.turn()
        self.panel.open_entry(entry)

    @property
    def has_keys(self) -> bool:
        """Whether the keys are in it."""
        return self.is_open and self._is_inside(QApplication.focusWidget())

    def cross(self) -> bool:
        """Between page and help (F6); whether there is help to go to."""
        if not self.is_open:
            return False
        if self.has_keys:
            if not self._covers():
                self._give_back()
            else:
                self.turn()
        else:
            self.panel.begin_search()
        return True

    def cross_from(self, page: Page) -> bool:
        """F6 from the last part of the page to the help, and from there on; whether it did."""
        if not self.is_open:
            return False
        back = self.has_keys
        if not back and not page.is_on_last_part():
            return False
        self.cross()
        if back and self.is_open and page.is_on_last_part():
            page.press("F6")
        return True

    def take(self, key: str) -> bool:
        """Do what the key means in the help; whether it means anything there."""
        match key:
            case "F1":
                self.turn()
            case "Ctrl+F1":
                self.search()
            case "F6":
                return self.cross()
            case "Alt+Right":
                self.back()
            case "Esc":
                return self.escape()
            case _:
                return False
        return True

    def back(self) -> None:
        """The entry before (Alt+Right)."""
        if self.is_open:
            self.panel.back()

    def escape(self) -> bool:
        """Esc in the help empties its search, then goes back to the page; whether it was there."""
        if not self.has_keys:
            return False
        if self.panel.box.text():
            self.panel.back()
        else:
            self.cross()
        return True

    def page_shown(self) -> None:
        """Another page shows: the help tells of it."""
        self._last, self._came = None, True
        self._clock.start()

    def follow(self) -> None:
        """Tell of what has the focus now."""
        if self.is_open:
            self.panel.follow(self._asked())

    def _settle(self) -> None:
        """Follow; what was pictured as it came is pictured again as it stands."""
        self.follow()
        if self.is_open and self._came:
            self.panel.renew()
        self._came = False

    def where(self) -> Where:
        """Where one stands, for a search."""
        page = None if self._window.is_locked else self._window.page
        return where_of(self._asked(), page)

    def _turn(self, *, shown: bool) -> None:
        window = self._window
        if window.is_locked:
            window.door_part.show_help(self.panel, shown=shown)
        elif window.frame is not None:
            panel, within = self.panel, self._is_inside(QApplication.focusWidget())
            covered, last = self._covers(), self._last
            window.frame.show_help(shown=shown)
            # What is hidden gives the focus to whatever is next; the person was there.
            self._last = last
            if shown and self._covers():
                panel.begin_search()
            elif not shown and (within or covered):
                self._give_back()
        if shown:
            self.panel.follow(self._asked())
            # The page arranges its acts anew for what room is left.
            self._came = True
            self._clock.start()

    def _covers(self) -> bool:
        """Whether it stands in the page's place."""
        page = self._window.page
        return (
            self.is_open
            and not self._window.is_locked
            and page is not None
            and not (page.isVisible())
        )

    def _make(self) -> HelpPanel:
        panel = HelpPanel(
            self.known,
            near=self._near,
            keys=self._keys,
            picture=self._picture,
            where=self.where,
            lists=not self._window.is_locked,
        )
        panel.closed.connect(self.turn)
        panel.listed.connect(lambda: self._window.open_place(places.Keys()))
        return panel

    def _asked(self) -> Asked:
        page = None if self._window.is_locked else self._window.page
        last = self._last if self._last is not None and shiboken6.isValid(self._last) else None
        if page is None:
            door = type(self._window.door_part).__name__
            return Asked(door, _DOORS[door], topic_of(last))
        parts = [part for part in (page, page.side) if part is not None]
        within = last is not None and any(part.isAncestorOf(last) for part in parts)
        return Asked(page_name(page), page.heading.title, topic_of(last) if within else Topic())

    def _near(self) -> list[Topic]:
        page = None if self._window.is_locked else self._window.page
        return shown_topics(page, page.side) if page else shown_topics(self._window.door_part)

    def _keys(self) -> list[KeyWords]:
        page = None if self._window.is_locked else self._window.page
        acts = page_acts(page) if page is not None else []
        return [KeyWords(act.keys, act.words) for act in acts if act.keys]

    def _picture(self) -> Pictured | None:
        """The page as it stands; the door has none, it is a name and a password."""
        page, frame = self._window.page, self._window.frame
        if self._window.is_locked or page is None or frame is None:
            return None
        buttons = {each.keys(): each for each in reversed(page_buttons(page)) if each.keys()}
        return pictured(frame.page_parts(), buttons)

    def _is_inside(self, widget: QWidget | None) -> bool:
        held = self._door if self._window.is_locked else self._panel
        if widget is None or held is None or not shiboken6.isValid(held):
            return False
        return held is widget or held.isAncestorOf(widget)

    def _give_back(self) -> None:
        page, last = self._window.page, self._last
        if last is not None and shiboken6.isValid(last) and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None:
            page.take_focus()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or self._is_inside(new) or not self._window.isAncestorOf(new):
            return
        if self._covers():
            return
        self._last = new
        if self.is_open:
            self._clock.start()


def read_ahead() -> None:
    """Read the help and fold it for its search; a moment's work, for another thread."""
    find(shipped_help(), "ورود", Where("SignIn"))
