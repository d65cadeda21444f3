"""The window: signing in, the frame with its pages, the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.calendar import TEHRAN
from desktop.ui import theme
from desktop.ui.frame import Frame
from desktop.ui.page import Page, Place
from desktop.ui.pages.sign_in import Door, SignIn
from desktop.ui.palette import Theme, Tone
from desktop.ui.registry import first_page, page_class
from desktop.ui.status_bar import StatusBar
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.rail import RailItem
from desktop.ui.work import Changed, Work

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Desk, Seat

_KEYS = ("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F12")
_ZOOM_STEP = 10
_TICK_MS = 10_000


class Window(QWidget):
    """The one window of the program; also the shell that pages ask."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._door: Door | None = None
        self._seat: Seat | None = None
        self._undo: Callable[[], None] | None = None
        self._frame: Frame | None = None
        self._past: list[Place] = []
        self._digits: list[QShortcut] = []
        self.setWindowTitle("پیشخوان شهرسازی")
        self.status = StatusBar()
        self.sign_in = SignIn(work)
        self.sign_in.signed_in.connect(self._take_seat)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sign_in)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.status)
        self._bind_keys()
        work.changed.connect(self._changed)
        work.bug.connect(self._tell_bug)
        self.status.sync.clicked.connect(self._show_waiting)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.tick)
        self._clock.start(_TICK_MS)

    def open(self, door: Door) -> None:
        """The desks are open: people can sign in."""
        self._door = door
        self.status.office.set_words(door.office)
        self.sign_in.open(door)
        self.tick()

    # The shell that pages see.

    @property
    def seat(self) -> Seat:
        """Who sits here."""
        if self._seat is None:
            raise RuntimeError("nobody is signed in")
        return self._seat

    @property
    def work(self) -> Work:
        """The way off the window's thread."""
        return self._work

    @property
    def desk(self) -> Desk:
        """The desk at work: the person's, before that the first one's."""
        if self._seat is not None:
            return self._seat.desk
        if self._door is None:
            raise RuntimeError("no desk is open yet")
        return self._door.desks[0]

    def now(self) -> datetime:
        """The desk's moment, UTC."""
        with self.desk.store.reading() as session:
            return self.desk.moment(session)

    def today(self) -> date:
        """The day in Yazd."""
        return self.now().astimezone(TEHRAN).date()

    def go(self, place: Place) -> None:
        """Show another page."""
        page = self.page
        if page is not None:
            page.leave()
            if page.place != place:
                self._past.append(page.place)
        self._show(place)

    def back(self) -> None:
        """The page before."""
        page = self.page
        if page is not None:
            page.leave()
        self._show(self._past.pop() if self._past else Place(first_page(self.seat.staff.role)))

    def toast(self, words: str, undo: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what was done and can be undone."""
        if self._frame is None:
            return
        self._undo = action
        self._frame.toast.tell(words, undo)

    def tell(
        self,
        words: str,
        tone: Tone = "ok",
        link: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """A banner on top of the content."""
        if self._frame is None:
            return
        banner = Banner(words, tone, link=link)
        if action is not None:
            banner.followed.connect(action)
        self._frame.add_banner(banner)

    def show_summary(self) -> None:
        """The side panel in place of the content, where there is no room for both."""
        if self._frame is not None:
            self._frame.show_side_instead()

    def draft_saved(self, at: datetime | None) -> None:
        """When the draft was last saved."""
        self.status.show_draft(at)

    def _undone(self) -> None:
        if self._undo is not None:
            self._undo()

    # The window's own.

    @property
    def page(self) -> Page | None:
        """The page that shows; None before signing in."""
        return self._frame.page if self._frame else None

    def set_look(self, look: Theme, zoom: int) -> None:
        """Another theme or zoom, kept for the next start."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, look, zoom)
            settings = QSettings()
            settings.setValue("theme", look.value)
            settings.setValue("zoom", theme.zoom())
        self._fit()

    @property
    def is_open(self) -> bool:
        """Whether the desks are open, so that people can sign in."""
        return self._door is not None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way off this thread."""
        return self._work.idle

    def tick(self) -> None:
        """Time, and how things stand with the centre."""
        if self._door is None:
            return
        self.status.show_time(self.now())
        self.status.show_sync(self.desk.sync_status())

    def lock(self) -> None:
        """Leave the seat; the draft is saved, the page is there again after signing in."""
        page = self.page
        if page is not None:
            page.leave()
        self.sign_in.begin(self._seat.staff.name if self._seat else "")
        self._stack.setCurrentWidget(self.sign_in)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is under way before the window goes."""
        page = self.page
        if page is not None:
            page.leave()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow or wide."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A new font means a new zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        narrow = self.width() / theme.zoom() * 100 < 1150
        self.status.set_narrow(narrow)
        if self._frame is not None:
            self._frame.set_width(self.width())

    def _take_seat(self, seat: Seat) -> None:
        same = self._seat is not None and self._seat.staff == seat.staff
        self._seat = seat
        if not same:
            if self._frame is not None:
                self._stack.removeWidget(self._frame)
                self._frame.deleteLater()
            self._past.clear()
            door = self._door
            place = door.place if door else ""
            self._frame = Frame(seat.staff, place)
            office = door.office if door and not seat.staff.role.is_municipal else place
            self.status.office.set_words(office)
            self._frame.went.connect(self.go)
            self._frame.searched.connect(lambda text: self.go(Place("search", text)))
            self._frame.locked.connect(self.lock)
            self._frame.toast.undone.connect(self._undone)
            self._stack.addWidget(self._frame)
            self._show(Place(first_page(seat.staff.role)))
        if self._frame is not None:
            self._stack.setCurrentWidget(self._frame)
        self._fit()
        self.tick()

    def _show(self, place: Place) -> None:
        if self._frame is None:
            return
        self.draft_saved(None)
        page = page_class(place.page)(self, place)
        self._frame.show_page(page)
        page.enter()

    def _changed(self, changed: Changed) -> None:
        self.tick()
        page = self.page
        if page is not None:
            page.refresh(changed)

    def _tell_bug(self, code: str) -> None:
        words = code
        if len(code) == 4:
            words = f"خطای پیش‌بینی‌نشده‌ای رخ داد. کد گزارش: {code}. کار شما حفظ شده است."
        self.tell(words, "refuse")

    def _show_waiting(self) -> None:
        if self._frame is not None:
            self.go(Place("waiting"))

    # Keys.

    def _bind_keys(self) -> None:
        for key in _KEYS:
            self._bind(key, partial(self._pressed, key))
        self._bind("Esc", lambda: self._pressed("Esc"))
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            self._bind(sequence, self._press_main)
        self._bind("Ctrl+K", self._focus_search)
        self._bind("Ctrl+L", self.lock)
        self._bind("Ctrl+=", lambda: self._zoom(theme.zoom() + _ZOOM_STEP))
        self._bind("Ctrl++", lambda: self._zoom(theme.zoom() + _ZOOM_STEP))
        self._bind("Ctrl+-", lambda: self._zoom(theme.zoom() - _ZOOM_STEP))
        self._bind("Ctrl+0", lambda: self._zoom(100))
        for digit in "123456789":
            self._digits.append(self._bind(digit, partial(self._pressed, digit)))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A digit is a key only where it would not be typed.
        for shortcut in self._digits:
            shortcut.setEnabled(not _types(new))

    def _bind(self, sequence: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.activated.connect(act)
        return shortcut

    def _zoom(self, percent: int) -> None:
        self.set_look(theme.tokens().name, percent)

    def _focus_search(self) -> None:
        if self._frame is not None:
            self._frame.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _press_main(self) -> None:
        page = self.page
        if page is None or self._stack.currentWidget() is self.sign_in:
            self.sign_in.go()
        elif page.bar is not None and page.bar.main is not None:
            page.bar.main.click()
        else:
            page.press("Ctrl+Enter")

    def _pressed(self, key: str) -> None:
        if self._frame is None or self._stack.currentWidget() is self.sign_in:
            self.sign_in.press(key)
            return
        page = self._frame.page
        if page is None or page.press(key):
            return
        for button in self._frame.findChildren(QWidget):
            keys = button.keys() if isinstance(button, Button) else ""
            if keys == key and button.isVisible() and isinstance(button, Button):
                button.click()
                return
        for item in self._frame.items.values():
            if isinstance(item, RailItem) and item.keys() == key:
                item.click()
                return
        if key == "Esc":
            self.back()
        elif key == "F5":
            page.refresh(Changed(sync=True))
        elif key == "F7":
            self._frame.show_side_instead()


def _types(widget: QWidget | None) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit)
