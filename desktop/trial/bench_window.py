"""The windows that the bench times from outside: an empty one, sign-in, home, a day, the tour."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from desktop.ui import places, theme
from desktop.ui.places import Place
from desktop.ui.registry import load_pages
from desktop.ui.soon import soon

if TYPE_CHECKING:
    from desktop.actions.board import QueueFilter
    from desktop.ui.window import Window

Program = Callable[[Callable[["Window"], None]], int]
_WAIT_MS = 5
_FORMS = 15
_DAY_FORMS, _DAY_LETTERS, _STAY_MS = 120, 60, 300
# What is given back only while somebody rests has been.
_REST_MS = 2_500
_SCANS = 7
_SEED = 1405
_PEOPLE = ("زهرا فلاح", "محمد زارع")
_SUPERVISOR = "حمید میرجلیلی"
SCREENS: Mapping[str, Mapping[str, Place]] = {
    "زهرا فلاح": {
        "home": places.Home(),
        "till": places.Till(),
        "waiting": places.Outbox(),
        "arrived": places.Arrived(),
        "the register of requests": places.Registers("requests"),
        "the register of letters": places.Registers("letters"),
    },
    "محمد زارع": {
        "letters to be stamped": places.ManagerHome(),
        "the day's close": places.DayClose(),
        "the office's looks": places.ReadingLog(),
    },
    _SUPERVISOR: {
        "the city's queue": places.MunicipalQueue(),
        "the city's day": places.CityDay(),
        "watch": places.Watch(),
        "second looks": places.SecondLook(),
        "objections": places.Objections(),
        "questions to other bodies": places.Consultations(),
        "replies of other bodies": places.Consultations("ended"),
        "messages to citizens": places.CitizenMessages(),
        "the city's looks": places.ReadingLog(),
        "offices": places.Offices(),
    },
    "سعید نوری": {
        "the expert's queue": places.MunicipalQueue(),
        "commissions": places.Commissions(),
    },
    "ناهید ابویی": {
        "the signer's queue": places.MunicipalQueue(),
        "signing at once": places.SignBatch(),
    },
    "لیلا دهقان": {"the finance's queue": places.MunicipalQueue()},
    "علی کارگر": {
        "the inspector's day": places.VisitDay(),
        "the inspector's week": places.MunicipalQueue(),
    },
    "پروین حیدری": {"the planner's week": places.VisitPlan()},
}
"""Of each of the demo's people the pages that list what grows."""
_ELSEWHERE = places.Keys()
_BOARD_DAYS, _LISTED_DAYS, _BOARD_OPENED = 400, 40, 5
_PAGE = 64
WORKED = "what the thread itself worked in it"
"""The name under which that is told beside the longest block."""
PAINTED, TAKES_KEYS, AT_HOME = "painted", "takes-keys", "home"
"""What a window says of itself on its way."""
_KEY = "ز"


def prefixes(count: int) -> list[str]:
    """What a clerk has typed of a name, from its second letter on.

    Of ten, one finds nothing and one is the beginning of a last name after a whole first name.
    """
    # Not at the top: what a start loads is measured here.
    from desktop.demo.city import city_names

    listed, random = city_names(), Random(_SEED)
    typed = []
    for number in range(count):
        first, last = random.choice(listed["first_names"]), random.choice(listed["last_names"])
        part = last[: random.randint(2, len(last))]
        kinds = {0: f"ژغ{part}", 1: f"{first} {part}"}
        typed.append(kinds.get(number % 10, part))
    return typed


def empty(say: Callable[[str], None]) -> int:
    """The floor of a start: a window with one label in the program's font."""
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    label = QLabel("پیشخوان شهرسازی")
    label.resize(1366, 768)
    label.show()
    app.processEvents()
    say(PAINTED)
    return 0


def bare_form(say: Callable[[str], None], widgets: int) -> int:
    """The floor of a form: so many of Qt's own labels and lines in the program's font."""
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    window = QScrollArea()
    window.setWidgetResizable(True)
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    taken = []
    for _ in range(_FORMS):
        start = time.perf_counter()
        form = QWidget()
        rows = QFormLayout(form)
        for number in range(widgets // 2):
            rows.addRow(QLabel(f"پیشخوان {number}"), QLineEdit())
        window.setWidget(form)
        form.show()
        app.processEvents()
        taken.append((time.perf_counter() - start) * 1000)
    say(f"{median(taken):.1f}")
    return 0


def tour(say: Callable[[str], None]) -> int:
    """The whole tour with its work on threads: the longest blocks of the window's own."""
    from desktop.trial.blocks import Blocks
    from desktop.trial.tour import run_tour

    blocks = Blocks()
    with tempfile.TemporaryDirectory(prefix="pishkhan-bench-") as folder:
        for _ in run_tour(Path(folder), 100, "light", blocks=blocks):
            pass
    say(json.dumps([astuple(block) for block in blocks.longest]))
    return 0


def run(what: str, say: Callable[[str], None], program: Program, *often: int) -> int:
    """Run the program, say when it shows what was asked for, and end it.

    For the queue `often` says how many searches are timed, and how often each page is opened.
    """
    watching: list[Watch] = []

    def shown(window: Window) -> None:
        QApplication.processEvents()
        if what == "sign-in":
            _press_key(window)
            QApplication.processEvents()
            if _took_key(window):
                say(TAKES_KEYS)
            QApplication.exit(0)
            return
        watching.append(Watch(window, what, say, often))

    return program(shown)


def _press_key(window: Window) -> None:
    """A letter of a name is typed at the sign-in."""
    key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, _KEY)
    QApplication.postEvent(window.sign_in.name.control, key)


def _took_key(window: Window) -> bool:
    return bool(window.sign_in.name.value() == _KEY)


class Watch:
    """Signs the demo's clerk in as soon as the desks are open, and looks until home shows."""

    def __init__(
        self, window: Window, what: str, say: Callable[[str], None], often: tuple[int, ...]
    ) -> None:
        self._window, self._what, self._say, self._often = window, what, say, often
        self._asked = self._took_key = False
        _press_key(window)
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_WAIT_MS)

    def _look(self) -> None:
        window = self._window
        if not self._took_key:
            if not _took_key(window):
                return
            self._took_key = True
            if self._what == AT_HOME:
                self._say(TAKES_KEYS)
        page = window.page
        if page is None:
            if not self._asked and window.is_open:
                self._asked = True
                window.sign_in.choose(_PEOPLE[0])
                window.sign_in.go()
            return
        if self._what != AT_HOME and window.desk.sync_status().state == "down":
            # What is loaded behind the first page is over before anything is measured.
            return
        self._timer.stop()
        QApplication.processEvents()
        measures = {
            "form": self._form,
            "scan": self._scan,
            "inside": self._inside,
            "day": self._day,
            "queue": self._queue,
            "board": self._board,
        }
        try:
            if self._what == AT_HOME:
                self._say(AT_HOME)
            else:
                measures[self._what]()
        finally:
            # Whoever waits for a figure that never comes is told by the end.
            QApplication.exit(0)

    def _form(self) -> None:
        """The form with most fields, painted whole; how many widgets show in it."""
        from desktop.actions import intake

        services = intake.services(self._window.desk).values()
        largest = max(services, key=lambda each: len(each.fields) + len(each.documents))
        form = places.Form(largest.code)
        taken = []
        # The first time it is loaded.
        for _ in range(1 + _FORMS):
            self._open(_ELSEWHERE)
            taken.append(self._open(form))
        widgets = page.findChildren(QWidget) if (page := self._window.page) is not None else []
        count = sum(each.isVisible() for each in widgets)
        self._say(f"{largest.code} {median(taken[1:]):.1f} {count}")

    def _inside(self) -> None:
        """One person leaves, another comes in: from Enter to all that home tells."""
        from desktop.trial.memory import resident_mb

        # As a person at home has it a second later: all that is loaded behind the page.
        load_pages(municipal=False)
        taken, held = [], resident_mb()
        for number in range(_FORMS):
            taken.append(self._sit(_PEOPLE[(number + 1) % 2]))
        self._say(f"{median(taken):.1f} {held:.1f}")

    def _day(self) -> None:
        """Forms and letters opened one after the other: what memory they leave behind."""
        from desktop.actions import board, intake
        from desktop.trial.memory import resident_mb

        load_pages(municipal=False)
        desk, before = self._window.desk, resident_mb()
        services = cycle(intake.services(desk))
        for _ in range(_DAY_FORMS):
            self._visit(places.Form(next(services)))
        turn = board.listing(desk, board.QueueFilter(), board.Order.TURN)
        rows = board.rows(desk, turn, 0, turn.count)
        lettered = cycle(row.case_id for row in rows if row.letter_number)
        for _ in range(_DAY_LETTERS):
            case = board.look(desk, next(lettered)).case
            if case is None:
                raise LookupError("a case of the queue is not at the desk")
            self._visit(places.Letter(case.case_id, case.letters[-1].letter.letter_id))
        self._visit(places.Home(), _REST_MS)
        self._say(f"{resident_mb():.1f} {before:.1f}")

    def _visit(self, place: Place, stay_ms: int = _STAY_MS) -> None:
        """Open a page and stay for so long, so that what the last one left can be given back."""
        self._open(place)
        stay = QEventLoop()
        soon(stay, stay.quit, stay_ms)
        stay.exec()

    def _scan(self) -> None:
        """A photograph read into a document, against the same picture decoded and no more."""
        from desktop.actions import documents
        from desktop.trial import scanned

        photo = scanned.jpeg(scanned.photograph(scanned.paper("سند مالکیت")))
        seat, source = self._window.seat, documents.pasted_source(photo)
        taken, least = [], []
        for _ in range(_SCANS):
            start = time.perf_counter()
            documents.join(seat, tuple(documents.read(seat, source, 0).pages))
            taken.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            QImage.fromData(photo)
            least.append((time.perf_counter() - start) * 1000)
        self._say(f"{median(taken):.1f} {median(least):.1f}")

    def _open(self, place: Place) -> float:
        """Milliseconds until the page stands, with all that its desk tells it."""
        before = time.perf_counter()
        self._window.go(place)
        self._rest()
        # No loop runs here that would delete the page that was left.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return (time.perf_counter() - before) * 1000

    def _opened_again(self, place: Place, times: int) -> float:
        """The middle of what opening it takes from elsewhere."""
        taken = []
        for _ in range(times):
            self._open(_ELSEWHERE)
            taken.append(self._open(place))
        return median(taken)

    def _board(self) -> None:
        """How the city stands: the page's frame painted, its figures there; lists written."""
        from desktop.actions.city_board import Narrowed
        from desktop.trial.blocks import Beat
        from desktop.ui.pages.board.cases import CityCasesPage
        from desktop.wire.board_cases import Figure

        # As a person at home has it a second later: all that is loaded behind the page.
        load_pages(municipal=True)
        self._sit(_SUPERVISOR)
        beat = Beat(lambda: self._window.page)
        last = self._window.today()
        first = last - timedelta(days=_BOARD_DAYS - 1)
        told: dict[str, float] = {}
        for name, place in (
            ("today", places.CityDay("today")),
            ("the month", places.CityDay("month")),
            ("all days", places.CityDay("range", first=first, last=last)),
        ):
            beat.begin(name)
            both = [self._painted(place) for _ in range(_BOARD_OPENED)]
            painted, live = (median(each) for each in zip(*both, strict=True))
            told[f"{name}: first paint"], told[f"{name}: live"] = painted, live
        of = Narrowed(Figure.RECEIVED, last - timedelta(days=_LISTED_DAYS - 1), last)
        beat.begin("a list")
        told["a list: live"] = self._open(places.CityCases(of, "دریافت‌شده"))
        page = self._window.page
        if not isinstance(page, CityCasesPage):
            raise RuntimeError("the list does not show")
        with tempfile.TemporaryDirectory(prefix="pishkhan-bench-") as folder:
            for name, suffix in (("CSV", ".csv"), ("Excel", ".xlsx")):
                beat.begin(name)
                start = time.perf_counter()
                page.write(Path(folder) / f"list{suffix}")
                self._rest()
                told[f"{page.total:,} rows as {name}"] = (time.perf_counter() - start) * 1000
        block = beat.longest
        told[f"longest block of the window's thread ({block.page}: {block.did})"] = block.length
        told[WORKED] = block.worked
        self._say(json.dumps({name: round(value, 2) for name, value in told.items()}))

    def _painted(self, place: Place) -> tuple[float, float]:
        """Milliseconds until the page is painted for the first time, and until all is told."""
        self._open(places.Watch())
        before = time.perf_counter()
        self._window.go(place)
        QApplication.processEvents()
        painted = (time.perf_counter() - before) * 1000
        self._rest()
        return painted, (time.perf_counter() - before) * 1000

    def _sit(self, name: str) -> float:
        """One person leaves, another comes in: milliseconds from Enter to all that home tells."""
        self._window.lock()
        self._window.sign_in.choose(name)
        start = time.perf_counter()
        self._window.sign_in.go()
        while self._window.is_locked:
            self._rest()
        self._rest()
        return (time.perf_counter() - start) * 1000

    def _rest(self) -> None:
        # As on a desk the thread sleeps between events: spinning, it would take the worker's turns.
        wake = QTimer()
        wake.start(1)
        while not self._window.is_idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()

    def _filter(self, wanted: QueueFilter) -> None:
        """What the queue asks when something is typed in its own line: the list and a page."""
        from desktop.actions import board

        desk, turn = self._window.desk, board.Order.TURN
        listing, _, _ = board.listed(desk, wanted, wanted, turn, descending=False, row_id=0)
        board.rows(desk, listing, 0, _PAGE)

    def _queue(self) -> None:
        from desktop.actions import board
        from desktop.actions.board import QueueFilter
        from desktop.trial.memory import resident_mb

        told = {"queue: first paint": self._open(places.Queue()), "memory": resident_mb()}
        desk = self._window.desk
        searches, openings = self._often
        typed = prefixes(searches)
        alone = [_timed(partial(board.find, desk, each)) for each in typed if " " not in each]
        pairs = [_timed(partial(board.find, desk, each)) for each in typed if " " in each]
        filtered = [_timed(partial(self._filter, QueueFilter(text=each))) for each in typed]
        told["search, p95"], told["search, p95 of two words"] = _p95(alone), _p95(pairs)
        told["queue: filter, p95"] = _p95(filtered)
        for person, pages in SCREENS.items():
            self._sit(person)
            for name, place in pages.items():
                told[name] = self._opened_again(place, openings)
        self._say(json.dumps({name: round(value, 2) for name, value in told.items()}))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
