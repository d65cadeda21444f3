"""The line in a tour: what waits, two who wrote the same, and every state that needs a person."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop.actions import counter_acts, payments
from desktop.actions.waiting import Listed, Reason
from desktop.demo.beginning import seat_crew
from desktop.domain.backup import BackupFault
from desktop.domain.errors import LineDown
from desktop.domain.fees import OFFICE_FEE
from desktop.domain.line import Why
from desktop.domain.people import Role
from desktop.premises.courier_files import read_file
from desktop.store import meta
from desktop.trial.centre_faults import always
from desktop.trial.colleague import Colleague, colleague
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.outbox.courier import CourierPage
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.standing.line import HOW
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed
from desktop.wire.courier import SUFFIX
from desktop.wire.link import BUSY, FORK, REVOKED, TOO_OLD, UNSIGNED, Reply, SignedRequest

_ANSWERS = {
    Why.UNSIGNED: UNSIGNED,
    Why.REVOKED: REVOKED,
    Why.TOO_OLD: TOO_OLD,
    Why.FORK: FORK,
    Why.BUSY: BUSY,
}
_TWO_DAYS = timedelta(days=2)
_ROUND = Changed(sync=True)
_ALARMS = ("signature", "epoch", "chain", "position", "stream", "envelope")
_LONG = 130  # minutes
_MOST_ROWS = 20
_PHONE = "09132510000"
# As a form keeps it: the centre refuses other digits.
_HERS, _MINE = "صفائیه، کوچهٔ 12، پلاک 41", "صفائیه، کوچهٔ 12، پلاک 43"


class LineTour:
    """Looks at the outbox and at what the line's states look like."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._crew = stage, seat_crew(stage.house)

    def play(self, amended: str, unpaid: str) -> None:
        """Two write the address of one case; the other's fee is taken without a line.

        Whoever sits at the counter looks at it; all of it is sent at the end.
        """
        stage = self._stage
        with tempfile.TemporaryDirectory(prefix="pishkhan-tour-") as folder:
            with colleague(stage.house, Path(folder)) as other:
                self._write_both(other, amended)
            self._wait(unpaid)
            page = stage.go(places.Outbox())
            page.take_focus()
            # What waits for a person since the morning stands above it.
            stage.hands.press("Down")
            stage.shoot("outbox-clash")
            if page.side is not None:
                stage.reveal(page.side)
            stage.hands.press("2")
            stage.shoot("outbox-mine")
            if not page.isVisible():
                # Narrow: the panel stood in the list's place.
                stage.hands.press("F7")
            assert isinstance(page, WaitingPage)
            page.take_focus()
            self._reach(page, "Down", lambda row: row.item is None)
            stage.shoot("outbox-waiting")
            stage.line.cut = False
            stage.hands.press("F5")
            page.take_focus()
            stage.hands.press("Home")
            self._reach(page, "Down", lambda row: row.reason is Reason.OVERTAKEN)
            if page.side is not None:
                stage.reveal(page.side)
            stage.hands.press("2")
            stage.hands.press("Ctrl+Enter")
            stage.shoot("outbox-settled")
            self._courier(Path(folder), amended)

    def _reach(self, page: WaitingPage, key: str, wanted: Callable[[Listed], bool]) -> None:
        """Press the key until such a row is chosen. Raises LookupError where there is none."""
        for _ in range(_MOST_ROWS):
            if page.row is not None and wanted(page.row):
                return
            self._stage.hands.press(key)
        raise LookupError("no such row waits")

    def _write_both(self, other: Colleague, case_id: str) -> None:
        counter_acts.amend(other.seat, case_id, {"party.address": _HERS})
        other.sync()
        self._stage.line.cut = True
        mine = {"party.address": _MINE, "party.postal_code": "8916713579"}
        counter_acts.amend(self._crew.clerk, case_id, mine)
        self._stage.line.cut = False
        self._stage.house.office.sync()

    def _wait(self, case_id: str) -> None:
        stage = self._stage
        stage.line.cut = True
        payments.pay_fee(self._crew.clerk, stage.case(case_id), OFFICE_FEE, "terminal", "718311")
        stage.pass_time(14)
        counter_acts.withdraw(self._crew.clerk, case_id, "ملک فروخته شد.")
        stage.pass_time(72)

    def _courier(self, stick: Path, case_id: str) -> None:
        """Of a line that stays down: an act goes on a stick, the centre's answer comes back."""
        stage, hands = self._stage, self._stage.hands
        stage.line.cut = True
        counter_acts.amend(self._crew.clerk, case_id, {"party.phone": _PHONE})
        stage.pass_time(_LONG)
        page = stage.go(places.Courier())
        assert isinstance(page, CourierPage)
        page.pick_folder = lambda: stick
        page.pick_file = lambda: next(stick.glob(f"*-back{SUFFIX}"), None)
        stage.shoot("courier")
        hands.press("Ctrl+Enter")
        stage.shoot_paper("courier-slip")
        hands.press("Esc")
        (file,) = stick.glob(f"*{SUFFIX}")
        read_file(stage.house.centre, file, stick)
        (receipt,) = stick.glob("*-receipt.pdf")
        stage.album.paper(receipt.read_bytes(), "courier-receipt", stage.about(""))
        hands.press("F8")
        stage.shoot("courier-read")
        stage.line.cut = False
        stage.house.office.sync()

    def arrived(self) -> None:
        """What came with the line: the notice, whom to call, the manager's letters of it."""
        stage = self._stage
        stage.sit(Role.CLERK)
        stage.go(places.Arrived())
        stage.shoot("arrived")
        stage.sit(Role.MANAGER)
        stage.shoot("arrived-told")
        stage.go(places.Arrived())
        stage.shoot("arrived-manager")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("arrived-to-stamp")
        stage.sit(Role.CLERK)

    def loud(self) -> None:
        """Each state of the line that needs a person, and the way out of one."""
        stage = self._stage
        stage.go(places.Outbox())
        for why, status in _ANSWERS.items():
            stage.line.answer = always(stage.house.centre, status)
            self._round()
            self._look(f"line-{why.value}")
            stage.line.answer = None
            self._round()
        for why in (Why.TLS, Why.CERTIFICATE):
            self._cut(why)
            self._look(f"line-{why.value}")
        stage.go(places.Outbox())
        self._explain()
        stage.shoot("line-certificate-way-out")
        stage.hands.press("F1")
        stage.line.answer = None
        self._round()
        for alarm in (*_ALARMS, "clock"):
            self._raise_alarm(alarm)
            self._look(f"line-{alarm}")
        stage.go(places.Home())
        stage.shoot("line-over-a-page")
        self._explain()
        stage.shoot("line-way-out")
        stage.hands.press("F1")
        self._raise_alarm("")
        self._round()
        self._without_backup()

    def _cut(self, why: Why) -> None:
        """From here on no call gets through, for that reason."""

        def fails(_: SignedRequest) -> Reply:
            raise LineDown(why=why)

        self._stage.line.answer = fails
        self._round()

    def _explain(self) -> None:
        """Follow the link of what stops the line."""
        banners = self._stage.window.findChildren(Banner)
        links = (each.link for each in banners if each.isVisible() and each.link.text() == HOW)
        self._stage.hands.click(next(links))

    def _without_backup(self) -> None:
        """A real desk whose other disk is gone, as its status bar and its outbox tell it."""
        stage = self._stage
        store, stood = stage.house.office.desk.store, stage.clock.now() - _TWO_DAYS
        with store.writing() as session:
            meta.change(session, backup_fault=BackupFault.GONE.value, backup_at=stood)
        stage.go(places.Outbox())
        self._look("outbox-no-backup")
        with store.writing() as session:
            meta.change(session, backup_fault="", backup_at=None)
        self._round()

    def _raise_alarm(self, alarm: str) -> None:
        """As a round does that does not believe the centre; with "" as one that does again."""
        with self._stage.house.office.desk.store.writing() as session:
            meta.change(session, alarm=alarm)

    def _round(self) -> None:
        """A round, whatever it brings."""
        self._stage.house.office.sync()
        self._stage.window.tick()

    def _look(self, name: str) -> None:
        stage = self._stage
        stage.window.tick()
        stage.page.refresh(_ROUND)
        stage.shoot(name)
