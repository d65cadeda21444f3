"""The window of an office to practise in: framed from the sign-in page on, whatever shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import access
from desktop.demo.house import open_house
from desktop.demo.people import OFFICE, PASSWORD, STAFF
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import Opening
from desktop.ui import places
from desktop.ui.pages.door.sign_in import Door
from desktop.ui.window import Window
from desktop.ui.work import Work
from tests.houses import CHEAP, MORNING

pytestmark = pytest.mark.slow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """At the sign-in page, nobody seated."""
    opening = Opening(SteppingClock(MORNING.astimezone(UTC)), cost=CHEAP)
    house = open_house(tmp_path / "training", opening, properties=30, training=True)
    work = Work(serial=True)
    shown = Window(work)
    shown.resize(1366, 768)
    shown.show()
    desks = (house.office.desk, house.municipality.desk)
    shown.open(
        Door(
            desk_of=lambda role: house.desk_of(role).desk,
            desks=desks,
            staff=STAFF,
            sign_in=access.sign_in,
            place="شهرداری یزد",
            office=f"{OFFICE.name}، آموزشی",
            password=PASSWORD,
        )
    )
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    work.close()
    house.close()


def sit(window: Window) -> None:
    window.sign_in.choose(STAFF[0].name)
    window.sign_in.go()
    QApplication.processEvents()


def test_it_is_framed_wherever_one_is(window: Window) -> None:
    assert window.practice.isVisible()
    assert not window.status.training.isHidden()
    sit(window)
    for place in (places.Home(), places.Queue(), places.Form("clearance"), places.Lessons()):
        window.go(place)
        QApplication.processEvents()
        assert window.practice.isVisible()
        frame = window.frame
        assert frame is not None
        assert frame.practice.isVisible()
        # Nothing leads out of it.
        assert frame.practice.link.isHidden()
    window.resize(1500, 900)
    assert window.practice.size() == window.size()
    window.lock()
    assert window.practice.isVisible()
    window.close_door()
    assert window.practice.isHidden()
    assert window.status.training.isHidden()


def test_nothing_under_the_frame_is_deaf(window: Window) -> None:
    sit(window)
    corner = window.rect().bottomLeft()
    assert window.childAt(corner) is not window.practice
