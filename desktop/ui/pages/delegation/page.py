"""واگذاری خدمت: services chosen for offices, term, act, the letter as it will be, one signature."""

from __future__ import annotations

from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.delegation.body import HandingBody
from desktop.ui.pages.delegation.putting import PutForwardPage


class DelegationPage(PutForwardPage):
    """Services on one side, offices on the other; each office gets its letter."""

    act_name = "delegation"
    title = "واگذاری خدمت"

    place: places.Delegation

    listens = PutForwardPage.listens

    def __init__(self, shell: Shell, place: places.Delegation) -> None:
        self.body = HandingBody(shell)
        super().__init__(shell, place, self.body)
        self.body.training_asked.connect(lambda: shell.go(places.Trained()))

    def chosen_beforehand(self) -> None:
        """The office and the service with which the page was opened."""
        self.body.choose(self.place.office, self.place.service)
