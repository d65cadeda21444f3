"""An export sent and read on threads of their own: the page goes on, comes back, closes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.actions import records
from desktop.actions.desk import Seat
from desktop.centre.context import in_a_thread
from desktop.ui import places
from desktop.ui.pages.records.page import RecordsPage
from desktop.ui.pages.records.parts import Phase
from desktop.ui.work import Work
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_hands import TODAY, Exports

pytestmark = pytest.mark.slow


@dataclass
class Shell:
    """What the page asks of the window, with work on threads of its own."""

    office: Office
    work: Work
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def seat(self) -> Seat:
        return self.office.crew.supervisor

    def now(self) -> datetime:
        return self.office.clock.moment

    def today(self) -> date:
        return TODAY

    def show_count(self, rail: str, count: int) -> None:
        self.counts[rail] = count

    def draft_saved(self, at: datetime | None) -> None:
        """Nobody looks at a status bar here."""

    def draft_left(self) -> None:
        """Nor at what is told of leaving."""

    def draft_unkept(self, words: str) -> None:
        raise AssertionError(words)

    def tell(self, words: str, tone: str = "ok") -> None:
        raise AssertionError(words)


@pytest.fixture
def shell(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setattr(type(office.later), "__call__", lambda _, work: in_a_thread(work))
    for running in (office.house.office, office.house.municipality):
        running.bell.ring = lambda: None
    work = Work()
    yield Shell(office, work)
    work.close()


def open_page(shell: Shell, qtbot: QtBot) -> RecordsPage:
    page = RecordsPage(shell, places.Records())  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(1170, 626)
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: page.known is not None, timeout=10_000)
    return page


@pytest.mark.long
def test_the_window_never_stands_still_and_the_result_comes_by_itself(
    shell: Shell, exports: Exports, qtbot: QtBot
) -> None:
    page = open_page(shell, qtbot)
    ticks: list[float] = []
    clock = QTimer(page)
    clock.timeout.connect(lambda: ticks.append(monotonic()))
    clock.start(10)
    page.carrier.send(shell.seat, exports.dirty, TODAY)
    qtbot.waitUntil(lambda: page.phase is Phase.HELD, timeout=30_000)
    gaps = [after - before for before, after in zip(ticks, ticks[1:], strict=False)]
    assert max(gaps) < 1.0
    assert page.body.held is not None
    assert shell.counts == {"records": 1}
    assert not page._clock.isActive()


@pytest.mark.long
def test_what_is_sent_goes_on_while_another_page_shows(
    shell: Shell, exports: Exports, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.wire.records.CHUNK", 256)
    page = open_page(shell, qtbot)
    page.carrier.send(shell.seat, exports.newer, TODAY)
    assert page.carrier.sending
    page.leave()
    page.hide()
    again = open_page(shell, qtbot)
    assert again.carrier is page.carrier
    qtbot.waitUntil(lambda: again.phase is Phase.READY, timeout=30_000)
    assert not again.carrier.sending


def test_a_window_that_closes_sends_no_more(
    shell: Shell, exports: Exports, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.wire.records.CHUNK", 16)
    page = open_page(shell, qtbot)
    page.carrier.send(shell.seat, exports.newer, TODAY)
    qtbot.waitUntil(lambda: page.carrier.done > 0, timeout=10_000)
    begun = monotonic()
    shell.work.close()
    assert monotonic() - begun < 5
    assert records.look(shell.seat).staged is None


@pytest.mark.long
def test_a_reading_that_falls_silent_is_told_without_a_key(
    shell: Shell, exports: Exports, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    works: list[Callable[[], object]] = []
    monkeypatch.setattr(type(shell.office.later), "__call__", lambda _, work: works.append(work))
    page = open_page(shell, qtbot)
    page.carrier.send(shell.seat, exports.newer, TODAY)
    qtbot.waitUntil(lambda: page.phase is Phase.READING, timeout=10_000)
    shell.office.clock.moment += timedelta(seconds=61)
    qtbot.waitUntil(lambda: page.phase is Phase.ENDED, timeout=10_000)
    assert len(works) == 1
