"""The manager's letters in a tour: read, chosen, stamped under one password, printed in turn."""

from __future__ import annotations

from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.trial.stage import PRINTER, Stage
from desktop.ui import places, printing
from desktop.ui.pages.stamping.home import ManagerHome
from desktop.ui.pages.stamping.shown_letter import READ_MS

_READ = 2
_PAPERS = 3


class Stamping:
    """The manager's home and a batch, at the keyboard."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def play(self) -> None:
        """All letters that wait: some read, some not; the printer runs out of paper once."""
        stage, hands = self._stage, self._stage.hands
        page = self._home()
        waiting = page.rows.model.rowCount()
        for number in range(waiting):
            if number < _READ:
                self._read(page)
            hands.press("Space")
        stage.shoot("stamping-chosen")
        hands.press("Ctrl+Enter")
        hands.type(PASSWORD)
        hands.press("Ctrl+Enter")
        stage.shoot("stamping-unseen")
        hands.press("Space")
        self._run_out_of_paper()
        hands.press("Ctrl+Enter")
        stage.shoot("stamping-no-paper")
        printing.stand_in(PRINTER, lambda pdf, _: stage.printed.append(pdf))
        hands.press("Ctrl+Enter")
        stage.shoot("stamping-printed")
        hands.press("Ctrl+Enter")
        page = self._home()
        if page.rows.model.rowCount():
            raise RuntimeError("letters are left that the batch should have stamped")
        stage.shoot("home-manager-empty")
        stage.printed.clear()

    def _home(self) -> ManagerHome:
        page = self._stage.page
        if not isinstance(page, ManagerHome):
            page = self._stage.go(places.ManagerHome())
        self._stage.hands.settle()
        if not isinstance(page, ManagerHome):
            raise RuntimeError("the manager has no home")
        return page

    def _read(self, page: ManagerHome) -> None:
        """To its end, and long enough."""
        while not page.letter.frame.end_in_view():
            self._stage.hands.press("PageDown")
        self._stage.hands.settle(pause=READ_MS)

    def _run_out_of_paper(self) -> None:
        left = [None] * _PAPERS

        def receive(pdf: bytes, _: str) -> None:
            if not left:
                raise Refusal(f"چاپگر {isolate(PRINTER)} کاغذ ندارد.")
            left.pop()
            self._stage.printed.append(pdf)

        printing.stand_in(PRINTER, receive)
