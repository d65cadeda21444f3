"""The real window on a real house: a fixed day, everything in turn on one thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import access
from desktop.demo.beginning import seat_crew
from desktop.demo.following import Crew
from desktop.demo.house import open_house
from desktop.demo.people import OFFICE, PASSWORD, STAFF
from desktop.domain.people import Role
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.sync.schedule import after_round
from desktop.trial.hands import Hands
from desktop.trial.later import Later
from desktop.ui.look import place_settings
from desktop.ui.page import Page
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.messages import ResendForm
from desktop.ui.pages.door.sign_in import Door
from desktop.ui.pages.signing.opinion_form import OpinionForm
from desktop.ui.places import OfCase, Place
from desktop.ui.window import Window
from desktop.ui.work import SyncLoop, Work
from tests.houses import CHEAP, MORNING, PROPERTIES, Filling, copied_house
from tests.ui.conftest import plain_look
from tests.ui.spooler import Spooler

# Two must sign from then on; of messages it looks for the one that was sent first.
_ALTERING = (OpinionForm, ResendForm)


def made() -> None:
    """A page that opens is made in several turns of the loop, and shown in the next."""
    for _ in range(3):
        QApplication.processEvents()


@dataclass
class Office:
    """The window, the house behind it, its clock, and everybody in a seat of their own.

    `later` does the centre's longer work, at once unless it is told to wait.
    """

    window: Window
    house: House
    clock: SteppingClock
    crew: Crew
    later: Later

    def sit(self, role: Role) -> None:
        """Sign in as the demo's person of that role, through the sign-in page."""
        person = next(p for p in STAFF if p.role is role)
        self.window.sign_in.choose(person.name)
        self.window.sign_in.go()
        QApplication.processEvents()

    def sits(self, role: Role) -> bool:
        """Whether somebody of that role is signed in."""
        seat = self.window._seat
        return seat is not None and seat.staff.role is role

    def go(self, place: Place) -> Page:
        """Open a page as the window does."""
        self.window.go(place)
        made()
        return self.page

    @property
    def case_id(self) -> str:
        """The case of the page that shows."""
        place = self.page.place
        assert isinstance(place, OfCase), place
        return place.case_id

    @property
    def page(self) -> Page:
        """The page that shows."""
        page = self.window.page
        assert page is not None
        return page


@pytest.fixture
def filling() -> Filling | None:
    """What has happened in the office before the test: nothing, unless a module says more."""
    return None


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path, filling: Filling | None) -> Iterator[Office]:
    """An office of 300 made-up properties at 10:42 on 1405/09/03."""
    with opened_office(tmp_path, filling) as opened:
        qtbot.addWidget(opened.window)
        yield opened


@pytest.fixture(scope="module")
def kept_filling() -> Filling | None:
    """The same of the office that a file's tests share."""
    return None


@pytest.fixture(scope="module")
def kept_office(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, kept_filling: Filling | None
) -> Iterator[Office]:
    """The same for all tests of a file that ask for it: they may add to it, and change nothing
    that another one looks at."""
    folder = tmp_path_factory.mktemp("kept")
    # Before a test's own, which those of `tests.ui.conftest` see to.
    place_settings(folder / "settings")
    plain_look(qapp)
    with opened_office(folder, kept_filling) as opened:
        yield opened


@pytest.fixture
def forms_office(request: pytest.FixtureRequest, kind: type[ActForm]) -> Office:
    """Where a form of that kind comes to stand, a clerk at the counter."""
    own = kind in _ALTERING
    office: Office = request.getfixturevalue("office" if own else "kept_office")
    if not office.sits(Role.CLERK):
        office.sit(Role.CLERK)
    # The form before was closed with the focus in it: the page takes that before this one is there.
    Hands(office.window).settle()
    return office


@contextmanager
def opened_office(
    folder: Path, filling: Filling | None = None, *, serial: bool = True
) -> Iterator[Office]:
    """The office of the fixture, its house in the folder, with nobody signed in.

    Not `serial`: work and sync on threads of their own, as on a desk.
    """
    clock = SteppingClock(MORNING.astimezone(UTC))
    later = Later()
    house = copied_house(folder / "house", clock, PROPERTIES, filling, later)
    with _office_of(house, clock, later, serial=serial) as opened:
        yield opened


@contextmanager
def reopened_office(folder: Path) -> Iterator[Office]:
    """The office whose program was ended there, however it ended, started again."""
    clock, later = SteppingClock(MORNING.astimezone(UTC)), Later()
    opening = Opening(clock, cost=CHEAP, later=later)
    house = open_house(folder / "house", opening, properties=PROPERTIES)
    with _office_of(house, clock, later) as opened:
        yield opened


@contextmanager
def _office_of(
    house: House, clock: SteppingClock, later: Later, *, serial: bool = True
) -> Iterator[Office]:
    work = Work(serial=serial)
    window = Window(work)
    loops = []
    for running in (house.office, house.municipality):
        loops.append(SyncLoop(work, running.sync, after_round, serial=serial))
        running.bell.ring = loops[-1].nudge
    window.resize(1366, 768)
    window.show()
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
    try:
        yield Office(window, house, clock, seat_crew(house), later)
    finally:
        # It would go on asking desks that are closed: at each tick, in each look.
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        work.close()
        for loop in loops:
            loop.close()
        house.close()


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spooler:
    """A printer of this machine that counts what it is given."""
    return Spooler(tmp_path, monkeypatch)


@pytest.fixture
def threads(office: Office) -> Iterator[Office]:
    """The office whose window does its jobs off its thread, as it does at work."""
    # As at work: nothing is collected in the middle of a call of Qt's (decisions/010).
    gc.collect()
    gc.disable()
    office.window.work._serial = False
    office.sit(Role.CLERK)
    office.window.activateWindow()
    QApplication.processEvents()
    yield office
    gc.enable()
