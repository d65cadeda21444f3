"""پس‌گرفتن واگذاری: an end for services of one office, its letter, one signature of two."""

from __future__ import annotations

from functools import partial

from desktop.actions import handing_over
from desktop.domain.errors import Refusal
from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.delegation.ending import EndingBody
from desktop.ui.pages.delegation.putting import PutForwardPage
from desktop.ui.places import Place


class WithdrawalPage(PutForwardPage):
    """The office's services that end; how many cases are open the centre tells beside."""

    act_name = "withdrawal"
    title = "پس‌گرفتن واگذاری"
    names_office = True

    place: places.Withdrawal

    listens = PutForwardPage.listens

    def __init__(self, shell: Shell, place: places.Withdrawal) -> None:
        self.body = EndingBody(shell, place.office)
        self._counted: tuple[str, ...] = ()
        super().__init__(shell, place, self.body)
        self.body.show_count(None)

    def subject_of(self, place: Place) -> str:
        """What is typed is of this office."""
        return place.office if isinstance(place, places.Withdrawal) else ""

    def chosen_beforehand(self) -> None:
        """The service with which the page was opened."""
        self.body.choose(self.place.service)

    def show_planned(self) -> None:
        """Ask how many cases are open of what is chosen now."""
        chosen = tuple(one.service for one in self.body.chosen())
        if chosen == self._counted:
            return
        self._counted = chosen
        self.body.show_count(None)
        if not chosen:
            return

        def show(count: int) -> None:
            if chosen == self._counted:
                self.body.show_count(count)

        def untold(_: Refusal) -> None:
            # With no line nobody knows; asked again with the next choice.
            self._counted = ()

        job = partial(handing_over.open_cases, self.shell.seat, self.place.office, chosen)
        self.shell.work.run(self, job, show, untold, line=True)
