"""The window: signing in, the frame with its pages, the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QStackedWidget, QWidget

from desktop.domain.calendar import TEHRAN
from desktop.domain.persian import isolate
from desktop.ui import look, over, places, print_stop, theme
from desktop.ui.first_sight import FirstSight
from desktop.ui.focus_keeper import FocusKeeper
from desktop.ui.frame import Frame
from desktop.ui.idle import Idle
from desktop.ui.leaving import Leaving
from desktop.ui.looked import note_look
from desktop.ui.opened import Opened
from desktop.ui.page import Page
from desktop.ui.pages.door.sign_in import Door, SignIn
from desktop.ui.palette import Tone
from desktop.ui.persian_keys import PersianKeys
from desktop.ui.places import Place
from desktop.ui.rail import NARROW
from desktop.ui.registry import page_class
from desktop.ui.remembered import Remembered
from desktop.ui.roles import DUTIES
from desktop.ui.seating import frame_of
from desktop.ui.soon import soon
from desktop.ui.status_bar import StatusBar
from desktop.ui.ticking import show_line, watch_clock
from desktop.ui.widgets.inputs import undo
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.paint.practice import PracticeFrame
from desktop.ui.window_keys import WindowKeys, click_shown
from desktop.ui.work import EVERYTHING, Changed, Work

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Desk, Seat
    from desktop.actions.joining import Joining
    from desktop.actions.samples import Sample
    from desktop.domain.service import Service
    from desktop.ui.commanding import Commanding
    from desktop.ui.helping import Helping
    from desktop.ui.noticing import Noticing
    from desktop.ui.pages.wizard.page import Wizard

_BUG = "خطای پیش‌بینی‌نشده‌ای رخ داد. کد گزارش: {}. کار شما حفظ شده است."
_LEAST_WIDE, _LEAST_HIGH = 853, 480  # 1366 × 768 at 160 %
_TICK_MS = 10_000
_LOCK_AFTER_MINUTES = 10
_STILL_MS = 1_500


class Window(QWidget):
    """The one window of the program; also the shell that pages ask.

    `painted` comes once, when first seen: what is heavy begins then; `left` when a page goes;
    `seated` with the role of who sits down.
    """

    painted, left, seated = Signal(), Signal(), Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._door: Door | None = None
        self._seat: Seat | None = None
        self._seen = False
        self._sight = FirstSight(self)
        self._sight.came.connect(self.painted)
        self._frame: Frame | None = None
        self._past: list[Place] = []
        self._focus: QWidget | None = None
        self._day: date | None = None
        self.opened = Opened()
        self._helping: Helping | None = None
        self._commanding: Commanding | None = None
        self._wizard: Wizard | None = None
        self._noticing: Noticing | None = None
        self._remembered: dict[str, Remembered] = {}
        self._leaving = Leaving(self._tell_refusal)
        self.setWindowTitle("پیشخوان شهرسازی")
        self.status = StatusBar()
        self.sign_in = SignIn(work)
        self.sign_in.signed_in.connect(lambda seat: self.take_seat(seat.resuming(self._seat)))
        # The check of a password is slow on purpose: what comes after it is loaded meanwhile.
        self.sign_in.checking.connect(lambda role: page_class(type(DUTIES[role].first)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sign_in)
        self.practice = PracticeFrame(self)
        whole = Column(self._stack, self.status, gap=0)
        # What is wide in it makes way (`set_narrow`): it never pushes the window off the screen.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)
        self.keys = WindowKeys(self)
        self.keys.pressed.connect(self._pressed)
        self.keys.confirmed.connect(self._press_main)
        self.keys.searched.connect(self.turn_commands)
        self.keys.locked.connect(self.lock)
        self.keys.listed.connect(lambda: self.open_place(places.Keys()))
        self.keys.zoomed.connect(self.zoom)
        self.keys.stepped.connect(self._step)
        self._keeper = FocusKeeper(self, lambda: self.is_idle)
        self._persian_keys = PersianKeys(self)
        self.idle = Idle(_LOCK_AFTER_MINUTES, self)
        self.idle.passed.connect(self.lock)
        work.changed.connect(self._changed)
        work.bug.connect(self._tell_bug)
        work.refused.connect(self._tell_refusal)
        work.asked.connect(self._tick_soon)
        self.status.sync.clicked.connect(lambda: self.open_place(places.Outbox()))
        # Whether it will look at the clock and the line before anything else is heard.
        self._ticks = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.tick)
        self._clock.start(_TICK_MS)

    def open(self, door: Door) -> None:
        """The desks are open: people can sign in."""
        self._end_line_switch()
        self._door = door
        self.status.office.set_words(door.office)
        if door.cut_line is not None:
            self.status.line.switched.connect(door.cut_line)
            self.status.line.show()
        self.sign_in.open(door)
        self.practice.set_shown(door.desks[0].training)
        self.status.tell_training(training=door.desks[0].training)
        self.tick()

    def set_up(
        self,
        joining: Joining,
        begun: Callable[[], None],
        sample: Callable[[], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Wizard:
        """This machine is no office's desk yet: the wizard stands before the door until it is.

        `begun` is called then; `sample` shows the sample office meanwhile; `now` is this machine's
        moment, UTC.
        """
        from desktop.ui.pages.wizard.page import Wizard

        wizard = self._wizard = Wizard(self._work, joining, now)
        wizard.begun.connect(self.end_set_up)
        wizard.begun.connect(begun)
        wizard.sampled.connect(sample)
        wizard.helped.connect(lambda: self.helping.turn())
        wizard.told.connect(self.status.tell_reached)
        wizard.joined.connect(self.status.office.set_words)
        self.status.tell_apart(apart=True)
        self._stack.addWidget(wizard)
        self._stack.setCurrentWidget(wizard)
        self._fit()
        wizard.take_focus()
        self.tick()
        return wizard

    def end_set_up(self) -> None:
        """The sign-in page in the wizard's place."""
        wizard, self._wizard = self._wizard, None
        if wizard is None:
            return
        if self._helping is not None:
            self._helping.forget_door()
        self.status.tell_apart(apart=False)
        self._stack.setCurrentWidget(self.sign_in)
        self._stack.removeWidget(wizard)
        wizard.deleteLater()

    def close_door(self) -> None:
        """The desks are about to be closed: nobody sits here any more, nothing is asked of them."""
        page, frame = self.page, self._frame
        if page is not None:
            page.leave()
        if self._commanding is not None and self._commanding.box is not None:
            self._commanding.box.close_quietly()
        self._end_line_switch()
        self._door = self._seat = self._frame = self._focus = self._day = None
        self._past.clear()
        self._remembered.clear()
        self.opened.forget()
        self.sign_in.shut()
        self.practice.set_shown(False)
        self.status.tell_training(training=False)
        self._stack.setCurrentWidget(self.sign_in)
        if frame is not None:
            self._stack.removeWidget(frame)
            frame.deleteLater()

    def _end_line_switch(self) -> None:
        # The line that it cuts goes with the desks: the next ones begin joined to their centre.
        if self._door is not None and self._door.cut_line is not None:
            self.status.line.switched.disconnect(self._door.cut_line)
        self.status.line.begin()
        self.status.line.hide()

    @property
    def door_part(self) -> SignIn | Wizard:
        """What shows while nobody sits here: the sign-in page, before that the wizard."""
        return self._wizard or self.sign_in

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

    @property
    def samples(self) -> Callable[[Service], Sequence[Sample]] | None:
        """In a demo, people and properties to try for a service."""
        return self._door.samples if self._door is not None else None

    @property
    def remembered(self) -> Remembered:
        """What lists remember of who sits here, also after others sat here."""
        person = self.seat.staff.staff_id
        return self._remembered.setdefault(person, Remembered(person))

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
        if not self._leave():
            return
        if page is not None and page.place != place:
            self._past.append(page.returns_to or page.place)
        self._show(place)

    def instead(self, place: Place) -> None:
        """Show another page in this one's place."""
        if not self._leave():
            return
        if self._past and self._past[-1] == place:
            self._past.pop()
        self._show(place)

    def back(self) -> None:
        """The page before."""
        if not self._leave():
            return
        self._show(self._past.pop() if self._past else DUTIES[self.seat.staff.role].first)

    def toast(self, words: str, undo: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what was done and can be undone."""
        if self._frame is not None:
            self._frame.toast.tell(words, undo, action)

    def tell(
        self,
        words: str,
        tone: Tone = "ok",
        link: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """A banner on top of the content."""
        if self._frame is not None:
            self._frame.tell(words, tone, link, action)

    def show_summary(self, *, shown: bool = True) -> None:
        """The side panel in place of the content, where there is no room for both."""
        if self._frame is not None:
            self._frame.show_side_instead(shown=shown)

    def show_count(self, rail: str, count: int) -> None:
        """How many things wait at an item of the rail."""
        if self._frame is not None:
            self._frame.show_count(rail, count)

    def explain(self, key: str) -> None:
        """The help's entry with this key."""
        entry = next((each for each in self.helping.known.fields if each.key == key), None)
        if entry is not None:
            self.helping.open_entry(entry)

    def draft_saved(self, at: datetime | None) -> None:
        """When the draft was last saved."""
        self.status.show_draft(at)

    def draft_left(self) -> None:
        """The page that goes leaves something typed behind."""
        self._leaving.left = True

    def draft_unkept(self, words: str) -> None:
        """Why the page that goes can't keep what is typed: it stays, unless it is left again."""
        self._leaving.note_unkept(words)

    @property
    def frame(self) -> Frame | None:
        """The frame of who sits here; None before anybody does."""
        return self._frame

    @property
    def helping(self) -> Helping:
        """The help, loaded when it is first asked for."""
        if self._helping is None:
            from desktop.ui.helping import Helping

            self._helping = Helping(self)
        return self._helping

    @property
    def commanding(self) -> Commanding:
        """The box of commands, loaded when it is first asked for."""
        if self._commanding is None:
            from desktop.ui.commanding import Commanding

            self._commanding = Commanding(self)
        return self._commanding

    @property
    def noticing(self) -> Noticing:
        """What is told over every page by itself; loaded for who sits down."""
        if self._noticing is None:
            from desktop.ui.noticing import Noticing

            self._noticing = Noticing(self)
        return self._noticing

    @property
    def page(self) -> Page | None:
        """The page that shows; None before signing in."""
        return self._frame.page if self._frame else None

    def set_look(self, chosen: look.Look) -> None:
        """Another theme or zoom, kept for the next start."""
        look.keep(chosen)
        self._fit()

    @property
    def is_locked(self) -> bool:
        """Whether somebody must sign in before anything is seen or done."""
        return self._frame is None or self._stack.currentWidget() is not self._frame

    @property
    def is_open(self) -> bool:
        """Whether the desks are open, so that people can sign in."""
        return self._door is not None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way off this thread."""
        return self._work.idle

    @property
    def is_still(self) -> bool:
        """Whether the person rests: nothing was typed or pointed at for a while."""
        return self.idle.untouched() > _STILL_MS

    def tick(self) -> None:
        """Time, and how things stand with the centre; at midnight in Yazd the day has changed."""
        self._ticks = False
        if self._door is None or not self._clock.isActive():
            if self._wizard is not None:
                # No centre has told the time yet: it is this machine's.
                self.status.show_time(self._wizard.now())
            return
        now = self.now()
        self.status.show_time(now)
        show_line(self)
        watch_clock(self)
        before, self._day = self._day, now.astimezone(TEHRAN).date()
        if before not in (None, self._day):
            self._work.changed.emit(Changed(day=True))

    def lock(self) -> None:
        """Leave the seat; the draft is saved, the page is there again after signing in."""
        page = self.page
        if page is None or self._seat is None or self.is_locked:
            return
        over.close_all()
        kept = self.keep_page()
        if self._commanding is not None and self._commanding.box is not None:
            self._commanding.box.close_quietly()
        self._leaving.left = False
        self._focus = QApplication.focusWidget()
        self._stack.setCurrentWidget(self.sign_in)
        self.practice.set_shown(self._seat.desk.training)
        self.sign_in.lock(self._seat.staff.name)
        if not kept:
            self.sign_in.tell_trouble(self._leaving.locked_words())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is under way before the window goes."""
        if not self.keep_page():
            event.ignore()
            return
        # The desks close after the window: nothing is asked of them any more.
        self._clock.stop()
        print_stop.stop("")
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The window of the system is there now."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self.idle.watch(self.windowHandle())
            self._persian_keys.watch(self.windowHandle())
            self._sight.watch(self.windowHandle())

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
        self.setMinimumSize(theme.px(_LEAST_WIDE), theme.px(_LEAST_HIGH))
        self.status.set_narrow(self.width() / theme.zoom() * 100 < NARROW)
        for part in (self._frame, self._wizard):
            if part is not None:
                part.set_width(self.width())

    def take_seat(self, seat: Seat) -> None:
        """Somebody sits down, or is back after the lock."""
        same = self._seat is not None and self._seat.staff == seat.staff
        self._seat = seat
        if not same:
            if self._frame is not None:
                self._stack.removeWidget(self._frame)
                self._frame.deleteLater()
            self._past.clear()
            self._frame = frame_of(self, seat, self._door)
            self._stack.addWidget(self._frame)
            self._stack.setCurrentWidget(self._frame)
            self._fit()
            self.opened.forget()
            if self._commanding is not None:
                self._commanding.seat()
            self._show(DUTIES[seat.staff.role].first)
            if self._helping is not None or look.keeps_help(seat.staff.staff_id):
                self.helping.seat()
            self.noticing.begin()
            self.seated.emit(seat.staff.role)
        elif self._frame is not None:
            self._stack.setCurrentWidget(self._frame)
            self.practice.set_shown(self._frame.practises)
            if self._focus is not None and shiboken6.isValid(self._focus):
                self._focus.setFocus()
            elif self.page is not None:
                self.page.take_focus()
            self.noticing.look()
        self._focus = None
        self._fit()
        self.tick()

    def _leave(self) -> bool:
        """Whether the page may go: what is typed on it is kept, or was told not to be."""
        # What it would undo belongs to the page that is left; what that page says last stays.
        if self._frame is not None:
            self._frame.toast.hide()
        if not self.keep_page():
            return False
        if (page := self.page) is not None:
            self.opened.note(page)
            self.left.emit()
        return True

    def keep_page(self) -> bool:
        """What is typed is kept, for the page goes; whether it is, or was told before not to be."""
        return self._leaving.keep(self.page)

    def _show(self, place: Place) -> None:
        if self._frame is None:
            return
        self.draft_saved(None)
        if self._leaving.left:
            self.status.tell_left()
            self._leaving.left = False
        note_look(self._work, self, self.seat, place)
        page = page_class(type(place))(self, place)
        self._frame.show_page(page)
        self._keeper.watch(page)
        page.enter()
        if self._helping is not None:
            self._helping.page_shown()

    def _tick_soon(self) -> None:
        """Once, however many questions and acts ended since the window last heard anything."""
        if not self._ticks:
            self._ticks = True
            soon(self, self.tick)

    def _changed(self, changed: Changed) -> None:
        self._tick_soon()
        if self._frame is not None and (changed.cases or changed.published or changed.all):
            self.noticing.look()
        if self.page is not None:
            self.page.hear(changed)

    def _tell_bug(self, code: str) -> None:
        self._tell_refusal(_BUG.format(isolate(code)))

    def _tell_refusal(self, words: str) -> None:
        if self.is_locked:
            self.sign_in.tell_trouble(words)
        else:
            self.tell(words, "refuse")

    def open_place(self, place: Place) -> None:
        """Show another page, unless somebody must sign in first."""
        if not self.is_locked:
            self.go(place)

    def _step(self, redo: bool) -> None:
        """Take back what was typed last in the form that shows, or do it again."""
        page = self.page
        if page is not None and not self.is_locked:
            undo.step_on(page, redo=redo)

    def zoom(self, step: int) -> None:
        """A step larger or smaller; with 0 the usual size."""
        self.set_look(look.current().zoomed(step))

    def turn_commands(self) -> None:
        """Ctrl+K: the box of commands, or its end."""
        if self.page is not None and not self.is_locked:
            self.commanding.turn()

    def _press_main(self) -> None:
        page = self.page
        if self._commanding is not None and self._commanding.box is not None:
            self._commanding.box.run_chosen()
            return
        if self._wizard is not None:
            self._wizard.press_main()
        elif page is None or self.is_locked:
            self.sign_in.go()
        elif (page.bar is None or not page.bar.press_main()) and self._frame is not None:
            _ = page.press("Ctrl+Enter") or click_shown(self._frame, "Ctrl+Enter")

    def _pressed(self, key: str) -> None:
        page = self.page
        if self._frame is None or page is None or self.is_locked:
            # Esc in the help goes back to where one was, and is no step back there.
            if not self._help_takes(key):
                self.door_part.press(key)
            return
        if self._commanding is not None and self._commanding.press(key):
            return
        if key == "Esc" and self._help_takes(key):
            return
        if key == "F6" and self._helping is not None and self._helping.cross_from(page):
            return
        if key == "F5":
            # Whatever the page reads anew by itself: what waits is sent, what is new is fetched.
            self.seat.desk.nudge()
        if page.press(key) or self._help_takes(key) or click_shown(self._frame, key):
            return
        if key == "Esc":
            self.back()
        elif key == "F5":
            self._changed(EVERYTHING)
        elif key == "F7":
            self._frame.show_side_instead()
        elif key.isdigit():
            self._keeper.keep(key)

    def _help_takes(self, key: str) -> bool:
        """The keys of the help, which is loaded by the first that opens it."""
        known = self._helping is not None or key in ("F1", "Ctrl+F1")
        return known and self.helping.take(key)
