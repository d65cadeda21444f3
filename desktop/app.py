"""Starts the window: paints the sign-in page first, then opens the desks behind it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import journal
from desktop.domain.calendar import to_the_hour
from desktop.domain.errors import Refusal
from desktop.premises.kind import (
    PRACTISES,
    Kind,
    demand_window,
    not_writable,
    read_office_file,
)
from desktop.settings import data_folder, demo_folder, resources, training_folder
from desktop.ui import look, theme, window_size
from desktop.ui.collecting import Collector
from desktop.ui.registry import load_pages
from desktop.ui.soon import soon
from desktop.ui.window import Window
from desktop.ui.work import Job, SyncLoop, Work

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Desk
    from desktop.actions.samples import Sample
    from desktop.demo.samples import Samples
    from desktop.domain.people import Role, Staff
    from desktop.domain.service import Service
    from desktop.premises.desks import Running
    from desktop.premises.enrolment import Enrolment
    from desktop.premises.open import House
    from desktop.premises.real import RealDesk

_MOMENT_MS = 100
_MINUTE_MS = 60_000
# The centre is loaded when a password that was typed at once has led to the first page.
_BEHIND_MS = 1_000
_AGAIN_MS = 60_000
_TOLD_S, _LOOK_S = 30.0, 0.1
_NOT_TOLD = "گذرواژه ساخته شد ولی مرکز هنوز خبر نداده است؛ چند دقیقهٔ دیگر با نام خود وارد شوید."
_NOBODY = (
    "از مرکز هنوز نرسیده است که چه کسی در این دفتر می‌نشیند؛ خط را ببینید و دوباره Enter را بزنید."
)


class Start(QObject):
    """Opens an installation behind the painted window and keeps what must be closed at the end."""

    def __init__(self, window: Window, work: Work) -> None:
        super().__init__()
        self._window, self._work = window, work
        self._end_log: Callable[[], None] | None = None
        self._loops: list[SyncLoop] = []
        self._seated: Role | None = None
        self._loaded: set[bool] = set()
        # It asks the window, and goes with it.
        self._collector = Collector(window, lambda: window.is_still)
        window.left.connect(self._collector.note_page_left)
        window.seated.connect(self._seat)
        window.sign_in.retried.connect(self.begin)

    def log(self) -> bool:
        """Keep the log from here on; False where the data folder can't be written."""
        if self._end_log is None:
            try:
                self._end_log = journal.start(data_folder() / "log", self._work.bug.emit)
            except OSError:
                return False
        return True

    def begin(self) -> None:
        """Open it on the store's thread; again, once somebody has mended what was told."""
        if not self.log():
            self._refused(not_writable(data_folder()))
            return
        # Loading makes much and leaves little: collecting meanwhile is a tenth of a start.
        self._collector.begin()
        self._window.sign_in.wait()
        self._run()

    def _run(self) -> None:
        """Open it; how it ended comes back to this thread."""
        raise NotImplementedError

    def _sync_with(self, *desks: Running) -> None:
        """From here on the desks sync with their centre."""
        for running in desks:
            loop = SyncLoop(self._work, running.sync, running.pause)
            running.bell.ring = loop.nudge
            loop.start()
            self._loops.append(loop)
        self._load(municipal=desks[0].is_municipal)
        if self._seated is not None:
            self._load(municipal=self._seated.is_municipal)

    def _seat(self, role: Role) -> None:
        self._seated = role
        # Before the desks sync the first page has the machine for itself.
        if self._loops:
            self._load(municipal=role.is_municipal)

    def _load(self, *, municipal: bool) -> None:
        """What a page and its papers need is loaded, once, while the first one is read."""
        if municipal not in self._loaded:
            self._loaded.add(municipal)
            load = partial(load_pages, municipal=municipal)
            self._work.run(self, load, lambda _: self._collector.keep(), papers=True)

    def _refused(self, no: Refusal) -> None:
        self._window.sign_in.tell_trouble(no.words)

    def close(self) -> None:
        """End in order: the loops, the work; what was opened goes after them."""
        for loop in self._loops:
            loop.close()
        self._work.close()
        if self._end_log is not None:
            self._end_log()


class SampleStart(Start):
    """Opens the sample office, which carries its own centre.

    `back` is the way back of who looks at it before a machine is set up. With `training` it is the
    office to practise in.
    """

    _progress = Signal(int, int)
    _preparing = Signal()

    def __init__(
        self,
        window: Window,
        work: Work,
        folder: Path,
        back: Callable[[], None] | None = None,
        *,
        training: bool = False,
    ) -> None:
        super().__init__(window, work)
        self._folder, self._back, self._training = folder, back, training
        # What was to come later is not begun once somebody has gone back.
        self._left = False
        self._house: House | None = None
        self._found: Samples | None = None
        self._progress.connect(self._tell)
        self._preparing.connect(self._tell_queue)
        self._hour = QTimer(self)
        self._hour.setSingleShot(True)
        self._hour.timeout.connect(self._tick)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._each_minute)

    def _run(self) -> None:
        self._work.run(self, self._open, self._opened, self._refused)

    def _open(self) -> House:
        # The store, the centre and their libraries are loaded only now, behind the first paint.
        from desktop.demo.house import open_house
        from desktop.premises.open import Opening

        opening = Opening(progress=self._progress.emit, behind=True)
        return open_house(self._folder, opening, begin=self._prepare, training=self._training)

    def _prepare(self, house: House) -> None:
        # Only a first start makes a day's queue, and only it pays for what that needs.
        from desktop.demo.beginning import begin_queue

        self._preparing.emit()
        begin_queue(house)

    def _tell_queue(self) -> None:
        office = "دفتر آموزشی" if self._training else "دفتر نمونه"
        self._window.sign_in.tell_progress(f"آماده‌سازی کارهای امروز {office}", 0, 0)

    def _tell(self, done: int, whole: int) -> None:
        if self._house is not None:
            # Records that are renewed behind open desks keep nobody waiting.
            return
        self._window.sign_in.tell_progress("آماده‌سازی سوابق نمونه", done, whole)

    def _opened(self, house: House) -> None:
        from desktop.actions import access
        from desktop.demo.people import OFFICE, PASSWORD, STAFF
        from desktop.ui.pages.door.sign_in import Door

        self._house = house
        self._collector.keep()
        self._window.open(
            Door(
                desk_of=lambda role: house.desk_of(role).desk,
                desks=(house.office.desk, house.municipality.desk),
                staff=STAFF,
                sign_in=access.sign_in,
                place="شهرداری یزد",
                office=f"{OFFICE.name}، {'آموزشی' if self._training else 'بلوار طالقانی'}",
                password=PASSWORD,
                told=house.told,
                cut_line=house.cut_line,
                samples=partial(self._samples, house),
                set_up=self._back,
            )
        )
        if house.begun:
            self._connect(house)
        else:
            soon(self, partial(self._begin, house), _BEHIND_MS)

    def _samples(self, house: House, service: Service) -> Sequence[Sample]:
        # Only who asks for one pays for the city and what looks into it.
        from desktop.demo.samples import Samples

        self._found = self._found or Samples(house)
        return self._found(service)

    def _begin(self, house: House, *, again: bool = False) -> None:
        """Open the centre behind the desks; why it can't be is read once, and it is tried again."""
        if not self._left:
            self._work.flow(self, self._beginning(house, again=again))

    async def _beginning(self, house: House, *, again: bool) -> None:
        begun = False
        try:
            await Job(house.begin, line=True)
            begun = True
        except Refusal as no:
            if not again:
                self._work.refused.emit(no.words)
        finally:
            # After a bug too: its code is told, and the line is not down until the next start.
            if not (begun or self._left or self._work.closed):
                soon(self, partial(self._begin, house, again=True), _AGAIN_MS)
        if begun:
            self._connect(house)

    def _connect(self, house: House) -> None:
        """The centre is at work: both desks sync with it, and time goes on there."""
        if self._left:
            return
        self._await_hour(house)
        self._minute.start()
        self._sync_with(house.office, house.municipality)

    def _tick(self) -> None:
        """What time brings about at the centre that this program carries."""
        if self._house is not None:
            self._await_hour(self._house)
            self._work.run(self, self._house.tick, lambda _: None)

    def _each_minute(self) -> None:
        if self._house is not None:
            self._work.run(self, self._house.each_minute, lambda _: None)

    def _await_hour(self, house: House) -> None:
        # A moment after it: the day that begins with it has begun.
        self._hour.start(round(to_the_hour(house.clock.now()) * 1_000) + _MOMENT_MS)

    def leave(self, then: Callable[[], None]) -> None:
        """Close the sample office while the window lives, then go on."""
        self._left = True
        self._window.close_door()
        self._hour.stop()
        self._minute.stop()
        for loop in self._loops:
            loop.close()
        self._loops.clear()
        house, self._house = self._house, None
        run = self._work.run

        def close() -> None:
            if house is not None:
                house.close()

        # What was begun for it ends first, on whichever thread that is.
        run(
            self,
            _nothing,
            lambda _: run(
                self, _nothing, lambda _: run(self, close, lambda _: then()), papers=True
            ),
            line=True,
        )

    def close(self) -> None:
        """As every start, then both stores and the centre."""
        super().close()
        if self._house is not None:
            self._house.close()


def _nothing() -> None:
    """What is begun on a thread ends before it."""


@dataclass(frozen=True)
class _OpenDesk:
    """A real desk as the window is handed it: whose it is, and who may sign in by now."""

    desk: RealDesk
    staff: tuple[Staff, ...]
    office: str


def _join(ended: Callable[[], bool], desk: Desk, code: str, password: str) -> str:
    """Give a person keys at the desk; until the round that was rung for has told who it is.

    `ended` says that the window goes: no round comes any more.
    """
    from desktop.actions import access

    name = access.join(desk, code, password)
    until = time.monotonic() + _TOLD_S
    while name not in {person.name for person in access.staff(desk)}:
        if ended() or time.monotonic() > until:
            raise Refusal(_NOT_TOLD, field="code")
        time.sleep(_LOOK_S)
    return name


class DeskStart(Start):
    """Opens the desk of a real office or of the municipality; before there is one, the wizard.

    The sample office stays a key away: it is opened instead, until somebody goes back.
    """

    def __init__(self, window: Window, work: Work, home: Path) -> None:
        super().__init__(window, work)
        self._home = home
        self._opened_desk: RealDesk | None = None
        self._joining: Enrolment | None = None
        self._sample: SampleStart | None = None
        self._passphrase = ""
        # A second Enter on the passphrase would meet the lock that the first one holds.
        self._opening = False
        window.sign_in.unlocked.connect(self._unlock)

    def begin(self) -> None:
        """The desk, or the wizard where this machine is none yet."""
        from desktop.premises.real import is_joined

        try:
            joined = is_joined(self._home, read_office_file(self._home))
        except Refusal as no:
            self._refused(no)
            return
        if joined:
            super().begin()
        elif self.log():
            self._set_up()
        else:
            self._refused(not_writable(self._home))

    def _set_up(self) -> None:
        from desktop.premises.clocks import SystemClock
        from desktop.premises.enrolment import Enrolment

        self._joining = Enrolment(self._home, SystemClock())
        self._window.set_up(self._joining, self.begin, self._show_sample)

    def _show_sample(self) -> None:
        self._window.end_set_up()
        self._window.sign_in.retried.disconnect(self.begin)
        self._sample = SampleStart(self._window, self._work, demo_folder(), self._go_back)
        self._sample._end_log, self._end_log = self._end_log, None
        self._sample.begin()

    def _go_back(self) -> None:
        sample, self._sample = self._sample, None
        if sample is not None:
            sample.leave(partial(self._set_up_again, sample))

    def _set_up_again(self, sample: SampleStart) -> None:
        self._end_log, sample._end_log = sample._end_log, None
        sample.deleteLater()
        self._window.sign_in.retried.connect(self.begin)
        self._set_up()

    def _unlock(self, passphrase: str) -> None:
        if self._opening or self._opened_desk is not None:
            return
        self._passphrase = passphrase
        self.begin()

    def _run(self) -> None:
        self._opening = True
        self._work.run(self, self._open, self._opened, self._refused)

    def _open(self) -> _OpenDesk:
        try:
            return self._opened_now()
        finally:
            self._opening = False

    def _opened_now(self) -> _OpenDesk:
        from desktop.actions import access
        from desktop.premises.clocks import SystemClock
        from desktop.premises.real import open_real

        file = read_office_file(self._home)
        desk = open_real(self._home, file, SystemClock(), self._passphrase)
        # From here on the end of the program breaks off what it waits for.
        self._opened_desk = desk
        try:
            if not access.staff(desk.running.desk):
                # A desk that has just joined hears now who its people are.
                desk.running.sync()
            staff = tuple(access.staff(desk.running.desk))
            if not staff:
                raise Refusal(_NOBODY)
            return _OpenDesk(desk, staff, access.place_of(desk.running.desk))
        except BaseException:
            self._opened_desk = None
            desk.close()
            raise

    def _opened(self, opened: _OpenDesk) -> None:
        from desktop.actions import access
        from desktop.domain.office import ORGANISATION
        from desktop.ui.pages.door.sign_in import Door

        self._passphrase = ""
        self._collector.keep()
        running = opened.desk.running
        self._window.open(
            Door(
                desk_of=lambda role: running.desk,
                desks=(running.desk,),
                staff=opened.staff,
                sign_in=access.sign_in,
                place=ORGANISATION,
                office=opened.office,
                password="",
                join=partial(_join, lambda: self._work.closed, running.desk),
            )
        )
        self._sync_with(running)

    def _refused(self, no: Refusal) -> None:
        from desktop.premises.real import PASSPHRASE

        if no.field == PASSPHRASE:
            self._window.sign_in.ask_passphrase(no.words if self._passphrase else "")
        else:
            super()._refused(no)

    def close(self) -> None:
        """The line first: what waits for the centre ends at once."""
        if self._joining is not None:
            self._joining.break_off()
        if self._opened_desk is not None:
            self._opened_desk.break_off()
        if self._sample is not None:
            self._sample.close()
        super().close()
        if self._opened_desk is not None:
            self._opened_desk.close()


def make_application() -> QApplication:
    """The application in the look that the person last chose."""
    look.place_settings(data_folder())
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    look.apply(app, look.read())
    app.setWindowIcon(QIcon(str(resources() / "art" / "app.svg")))
    return app


def run(
    painted: Callable[[Window], None] = lambda window: None,
    *,
    joining: bool = False,
    training: bool = False,
) -> int:
    """The program until its window is closed; the exit code. `painted` is called when it shows.

    With `joining` a machine that is nobody's yet is asked which office's desk it is to be; with
    `training` the office to practise in is opened, whatever else this machine is.
    """
    app = make_application()
    work = Work()
    window = Window(work)
    try:
        file = demand_window(data_folder())
        practises = file.installation is Kind.TRAINING
        if practises and joining:
            raise Refusal(PRACTISES)
    except Refusal as no:
        return _tell(app, window, work, no)
    start: Start
    if training or practises:
        start = SampleStart(window, work, training_folder(), training=True)
    elif file.is_desk or joining:
        start = DeskStart(window, work, data_folder())
    else:
        start = SampleStart(window, work, demo_folder())
    start.log()
    window.painted.connect(partial(painted, window))
    window.painted.connect(start.begin)
    window_size.open_window(window)
    code = app.exec()
    window_size.keep(window)
    start.close()
    return code


def _tell(app: QApplication, window: Window, work: Work, no: Refusal) -> int:
    """Say why this program can't open what this machine has; nothing is made or logged."""
    window.sign_in.tell_trouble(no.words)
    window_size.open_window(window)
    app.exec()
    work.close()
    return 1
