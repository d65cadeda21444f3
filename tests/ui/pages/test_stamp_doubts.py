"""Sheets of which nobody knows whether they came out: asked about, and none comes twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import letters
from desktop.actions.stamping import Chosen
from desktop.demo.following import case_now, deliver
from desktop.demo.people import PASSWORD
from desktop.domain.case_letters import CaseLetter
from desktop.domain.commands import Command, ReleaseLetter
from desktop.domain.people import Role
from desktop.store import ledger, outbox
from desktop.store.open import Session
from desktop.ui import places
from desktop.ui.pages.stamping.batch import BatchPage
from desktop.ui.pages.stamping.home import ManagerHome
from desktop.wire.canon import content_hash
from tests.houses import Filling
from tests.ui.pages.conftest import Office, opened_office, reopened_office
from tests.ui.pages.paper_hands import banners, confirm, key
from tests.ui.pages.seeing import wake
from tests.ui.pages.stamping_hands import (
    at_home,
    batch_of,
    fates,
    held,
    home_of,
    letters_waiting,
    waiting,
)
from tests.ui.spooler import PRINTER, Spooler

Key = Qt.Key
# Only a test that hangs waits so long, ms: how fast a busy machine is says nothing of the program.
_LONG = 300_000
pytestmark = pytest.mark.slow


@pytest.fixture
def filling() -> Filling:
    return letters_waiting


def stamp_now(office: Office, chosen: Chosen) -> CaseLetter:
    """The manager stamps it, and the centre has agreed; nothing is printed."""
    manager = office.crew.manager
    letters.release(manager, chosen.case_id, held(office, chosen).letter, PASSWORD)
    office.house.office.sync()
    return held(office, chosen)


def of_another_desk(monkeypatch: pytest.MonkeyPatch, chosen: Chosen) -> None:
    """Its stamp is no act of this desk's outbox."""
    find = outbox.find

    def found(session: Session, command_id: str) -> Command | None:
        act = find(session, command_id)
        stamp = act.payload if act is not None else None
        theirs = isinstance(stamp, ReleaseLetter) and stamp.letter_id == chosen.letter_id
        return None if theirs else act

    monkeypatch.setattr(outbox, "find", found)


def doubted(office: Office, chosen: Chosen, reason: str = "") -> None:
    """A copy of it went to a printer that gave no answer."""
    manager = office.crew.manager
    begun = letters.begin_print(manager, chosen.case_id, held(office, chosen), PRINTER, reason)
    letters.doubt_print(manager.desk, begun.print_id)


@pytest.mark.long
def test_going_on_after_a_doubt_prints_only_what_was_broken_off_at_this_desk(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, ours, unsure = waiting(office)[:3]
    for chosen in (theirs, ours, unsure):
        stamp_now(office, chosen)
    of_another_desk(monkeypatch, theirs)
    doubted(office, unsure)
    home = at_home(office)
    home._go_on_printing()
    QApplication.processEvents()
    page = batch_of(office)
    chosen_ids = [chosen.letter_id for chosen in page.place.letters]
    assert chosen_ids == [unsure.letter_id, ours.letter_id]
    page.panel.ask_print.came.click()
    QApplication.processEvents()
    assert fates(page) == ["printed"] * 2
    assert len(spooler.jobs()) == 1
    assert held(office, theirs).copies == 0


@pytest.mark.long
def test_another_desks_letter_is_printed_where_somebody_ticked_it(
    office: Office, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, other = waiting(office)[:2]
    for chosen in (theirs, other):
        stamp_now(office, chosen)
        of_another_desk(monkeypatch, chosen)
    # In a list that nobody ticked it is told, and left.
    office.sit(Role.MANAGER)
    page = office.go(places.StampBatch((theirs,), stamped=True))
    assert isinstance(page, BatchPage)
    assert fates(page) == ["elsewhere"]
    home = office.go(places.ManagerHome())
    assert isinstance(home, ManagerHome)
    home.filters.chips["unprinted"].click()
    QApplication.processEvents()
    key(office, Key.Key_Space)
    ticked = next(iter(home.chosen))
    confirm(office)
    assert fates(batch_of(office)) == ["printed"]
    assert [chosen.letter_id for chosen in batch_of(office).place.letters] == [ticked]
    assert len(spooler.jobs()) == 1


@pytest.mark.long
def test_a_doubt_about_a_further_copy_is_asked_on_the_letters_own_page(
    office: Office, spooler: Spooler
) -> None:
    (chosen,) = waiting(office)[:1]
    stamp_now(office, chosen)
    deliver(office.crew, case_now(office.crew.clerk, chosen.case_id))
    doubted(office, chosen, "نسخهٔ نخست گم شد")
    home = at_home(office)
    assert any("نیمه‌کاره ماند" in words for words in banners(office))
    home._go_on_printing()
    QApplication.processEvents()
    assert office.page.place == places.Letter(chosen.case_id, chosen.letter_id)


_ROOT = Path(__file__).parents[3]
_CHILD = Path(__file__).with_name("stamping_child.py")


@pytest.mark.long
@pytest.mark.parametrize("came", [True, False])
def test_killed_when_the_spooler_has_the_paper_the_next_start_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, came: bool
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    with opened_office(tmp_path / "made", letters_waiting):
        # The house is made here, once for both programs.
        pass
    spooler.kill_who_prints()
    ended = subprocess.run(
        [sys.executable, str(_CHILD), str(tmp_path / "office")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_ROOT)},
        timeout=120,
        check=False,
    )
    assert ended.returncode == -9
    assert len(spooler.jobs()) == 1
    spooler.mend()
    with reopened_office(tmp_path / "office") as office:
        at_home(office)
        wake(office)
        assert any("نیمه‌کاره ماند" in words for words in banners(office))
        home_of(office)._go_on_printing()
        QApplication.processEvents()
        page = batch_of(office)
        assert sorted(fates(page)) == ["doubted", "ready", "ready"]
        # Nothing goes to the printer before somebody has said it.
        assert len(spooler.jobs()) == 1
        asked = page.panel.ask_print
        (asked.came if came else asked.lost).click()
        QApplication.processEvents()
        assert fates(page) == ["printed"] * 3
        papers = [content_hash(paper) for paper in spooler.jobs()]
        assert len(papers) == (3 if came else 4)
        assert len(set(papers)) == 3
        desk = office.crew.manager.desk
        with desk.store.reading() as session:
            assert ledger.doubted(session) == []
