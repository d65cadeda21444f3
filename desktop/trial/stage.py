"""The stage of a tour: the real window on a house of its own, its people, printer and line."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import access, board
from desktop.chance import drawn_from
from desktop.demo.house import open_house
from desktop.demo.people import OFFICE, PASSWORD, STAFF
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.keys import Cost
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.trial.album import About, Album
from desktop.trial.blocks import Blocks
from desktop.trial.hands import Hands
from desktop.trial.later import Later
from desktop.ui import printing, theme
from desktop.ui.collecting import Collector
from desktop.ui.look import place_settings
from desktop.ui.page import Page
from desktop.ui.pages.door.sign_in import Door
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.palette import Theme
from desktop.ui.places import OfCase, Place
from desktop.ui.registry import load_pages
from desktop.ui.window import Window
from desktop.ui.work import Changed, Rounded, Work
from desktop.wire.link import Link, Reply, SignedRequest

MORNING = datetime(2026, 11, 24, 10, 42, tzinfo=TEHRAN)  # 1405/09/03
PROPERTIES, SEED = 2_000, 1405
PRINTER = "باجهٔ ۲"
SIZE = (1366, 768)
_CHEAP = Cost(passes=1, memory=8, lanes=1)
_log = logging.getLogger(__name__)
_MINUTE = timedelta(minutes=1)


class Line:
    """The line to the centre, which can be cut and joined again.

    With an `answer` the centre says that to every call.
    """

    def __init__(self) -> None:
        self.cut = False
        self.answer: Callable[[SignedRequest], Reply] | None = None

    def over(self, link: Link) -> Link:
        """The same line, while it is whole."""
        return _Cuttable(self, link)


class _Cuttable:
    def __init__(self, line: Line, link: Link) -> None:
        self._line, self._link = line, link

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply. Raises LineDown while the line is cut."""
        if self._line.cut:
            raise LineDown
        if self._line.answer is not None:
            return self._line.answer(request)
        return self._link.call(request)


@dataclass
class Stage:
    """Where a tour plays; `printed` holds what the printer got since it was last looked at.

    `later` does the centre's longer work, at once unless it is told to wait.
    """

    window: Window
    house: House
    clock: SteppingClock
    line: Line
    hands: Hands
    album: Album
    later: Later
    printed: list[bytes] = field(default_factory=list)
    role: Role | None = None

    def sit(self, role: Role) -> None:
        """Lock, and sign in as the demo's person of that role, by number and Enter."""
        if self.role is role and not self.window.is_locked:
            return
        self.hands.press("Ctrl+L")
        number = next(n for n, person in enumerate(STAFF, start=1) if person.role is role)
        if number < 10:
            self.hands.press(str(number))
        else:
            # No key has two digits: by the name in the list.
            self.window.sign_in.choose(STAFF[number - 1].name)
        self.hands.press("Enter")
        self.role = role
        if self.window.is_locked:
            raise RuntimeError(f"nobody could sign in as {role}")

    def go(self, place: Place) -> Page:
        """Open a page, a minute later."""
        self.pass_time()
        self.hands.hold(type(place).__name__, lambda: self.window.go(place))
        self.hands.settle()
        return self.page

    def new_form(self, service: Service) -> None:
        """F2 and the service's digit, or ۰ and its name, for those that have none."""
        self.hands.press("F2")
        if service.digit:
            self.hands.press(str(service.digit))
            return
        self.hands.press("0")
        self.hands.type(service.title)
        self.hands.press("Enter")

    def find(self, case_id: str) -> Page:
        """From home to what the case waits for, by keys alone: its code, and the page's own key.

        They are counted from here on.
        """
        self.pass_time()
        self.hands.count_anew()
        self.hands.press("F3")
        self.hands.type(self.case(case_id).request.tracking)
        self.hands.press("Enter")
        self.hands.press("Ctrl+Enter")
        return self.page

    def pass_time(self, minutes: int = 1) -> None:
        """The clock goes on."""
        self.clock.moment += minutes * _MINUTE
        self.hands.let_pass()
        self.window.tick()

    @property
    def page(self) -> Page:
        """The page that shows."""
        page = self.window.page
        if page is None:
            raise RuntimeError("no page shows")
        return page

    def case_shown(self) -> str:
        """The case of the page that shows. Raises RuntimeError when it is of none."""
        place = self.page.place
        if not isinstance(place, OfCase):
            raise RuntimeError(f"no case shows but {place}")
        return place.case_id

    def case(self, case_id: str) -> Case:
        """The case as the office sees it."""
        case = board.look(self.house.office.desk, case_id).case
        if case is None:
            raise LookupError(f"no case {case_id}")
        return case

    def shoot(self, name: str, case_id: str = "") -> str:
        """A picture of the window at rest: what it would do in a moment, its draft too, it did.

        Raises RuntimeError where what it shows would push it over the edge of a small screen.
        """
        self.hands.rest()
        wide = self.window.minimumSizeHint().width()
        if wide > SIZE[0]:
            raise RuntimeError(f"{name}: the window needs {wide} pixels")
        return self.album.page(self.window, name, self.about(case_id))

    def shoot_counted(self, name: str, case_id: str) -> None:
        """The same, kept with the keys that it took from home."""
        presses, typed = self.hands.presses, self.hands.typed
        self.shoot(name, case_id)
        self.album.count_keys(presses, typed)

    def shoot_paper(self, name: str, case_id: str = "") -> None:
        """A picture of a paper that shows in the window, and the paper itself beside it.

        Raises LookupError where none shows.
        """
        self.shoot(name, case_id)
        for frame in self.window.findChildren(PdfFrame):
            if frame.isVisible() and frame.pdf():
                self.album.paper(frame.pdf(), name, self.about(case_id))
                return
        raise LookupError(f"{name}: no paper shows")

    def about(self, case_id: str) -> About:
        """What is said of a case's pictures and papers; the outcome is the first one it had."""
        if not case_id:
            return About()
        case = self.case(case_id)
        outcome = case.first.outcome.value if case.first else ""
        return About(case.request.service, outcome, case.state.value)

    def collect_as_at_work(self) -> None:
        """Load all pages, and collect garbage as the program does while somebody types."""
        for municipal in (False, True):
            load_pages(municipal=municipal)
        collector = Collector(self.window, lambda: False)
        self.window.left.connect(collector.note_page_left)
        collector.begin()
        collector.keep()

    def reveal(self, widget: QWidget) -> None:
        """Open the side panel where the window is too narrow to show it, so that this shows."""
        if not widget.isVisible():
            self.hands.press("F7")

    def take_print(self) -> bytes:
        """What the printer got last. Raises LookupError when it got nothing."""
        if not self.printed:
            raise LookupError("nothing was printed")
        last = self.printed[-1]
        self.printed.clear()
        return last


@contextmanager
def open_stage(
    folder: Path, scale: int, look: str, blocks: Blocks | None = None
) -> Iterator[Stage]:
    """Paint the window at the fixed hour, on a made-up city, with nobody signed in.

    With `blocks` its work is done on threads as on a desk, and how long its own is held is told.
    """
    app = _application()
    # What a display without a window manager can't do is nobody's concern here.
    before = qInstallMessageHandler(lambda kind, where, words: _log.debug("%s", words))
    with tempfile.TemporaryDirectory(prefix="pishkhan-tour-") as own:
        # The person's own settings are neither read nor changed.
        place_settings(Path(own))
        theme.prepare(app)
        theme.apply(app, Theme(look), scale, motion=False)
        app.setCursorFlashTime(0)
        try:
            with (
                drawn_from(SEED),
                _played(Path(own) / "house", Album(folder, scale, look), blocks=blocks) as stage,
            ):
                yield stage
        finally:
            qInstallMessageHandler(before)


@contextmanager
def beside(stage: Stage, properties: int, *, training: bool = False) -> Iterator[Stage]:
    """Another house with a window of its own, of so many properties (0: no records at all), or one
    to practise in, for as long; its pictures come into the same album."""
    with tempfile.TemporaryDirectory(prefix="pishkhan-tour-") as own:
        stage.window.hide()
        played = _played(Path(own) / "house", stage.album, properties, training=training)
        with played as other:
            yield other
        stage.window.show()
        stage.window.activateWindow()
        printing.stand_in(PRINTER, lambda pdf, _: stage.printed.append(pdf))
        stage.hands.settle()


@contextmanager
def _played(
    folder: Path,
    album: Album,
    properties: int = PROPERTIES,
    blocks: Blocks | None = None,
    *,
    training: bool = False,
) -> Iterator[Stage]:
    clock, line, later = SteppingClock(MORNING.astimezone(UTC)), Line(), Later()
    house = open_house(
        folder,
        Opening(clock, cost=_CHEAP, line=line.over, later=later),
        properties=properties,
        seed=SEED,
        training=training,
    )
    work = Work(serial=blocks is None)
    window = Window(work)
    # Its hands are not the system's: no touch of theirs is noticed, and a slow tour was locked out.
    window.idle.clock.stop()
    try:
        stage = Stage(window, house, clock, line, Hands(window, blocks), album, later)
        printing.stand_in(PRINTER, lambda pdf, _: stage.printed.append(pdf))
        _ring_the_window(house, work)
        for running in (house.office, house.municipality):
            # The first round of a day, as the window's loops begin with.
            running.sync()
        _open_doors(window, house)
        stage.hands.settle()
        yield stage
    finally:
        window.close()
        work.close()
        house.close()


def _application() -> QApplication:
    if "QT_QPA_PLATFORM" not in os.environ:
        # Pictures of one size on every machine, with a display or without.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    found = QCoreApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(sys.argv[:1])


class _Rounds(QObject):
    ended = Signal(object)


def _ring_the_window(house: House, work: Work) -> None:
    """A round of sync after every act, and the window hears of it."""

    rounds = _Rounds(work)
    # The act that rang is over when the window hears of it, on whichever thread it was done.
    rounds.ended.connect(
        lambda report: work.changed.emit(Changed.by(report)), Qt.ConnectionType.QueuedConnection
    )

    def ring(sync: Callable[[], Rounded]) -> None:
        rounds.ended.emit(sync())

    for running in (house.office, house.municipality):
        running.bell.ring = partial(ring, running.sync)


def _open_doors(window: Window, house: House) -> None:
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    window.open(
        Door(
            desk_of=lambda role: house.desk_of(role).desk,
            desks=(house.office.desk, house.municipality.desk),
            staff=STAFF,
            sign_in=access.sign_in,
            place="شهرداری یزد",
            office=f"{OFFICE.name}، بلوار طالقانی",
            password=PASSWORD,
        )
    )
