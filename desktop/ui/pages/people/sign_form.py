"""The second signature under what was put forward of people: read in place, then signed."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.people.staff_form import StaffForm
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.wire.publishing import PublicationBody

_SHOWN = 50


class SignForm(StaffForm):
    """Every change in a line, whom it is of before it; what a doubt was overruled for is read."""

    name = "people-sign"

    def __init__(self, waits: PublicationBody) -> None:
        super().__init__(
            "امضای دوم",
            f"پیشنهاد {waits.prepared.name}؛ با امضای شما برقرار می‌شود",
            "امضا و برقراری",
            "eye-check",
        )
        self.subject = waits.draft.publication
        self._waits = waits
        lines = [(change.title, line) for change in waits.told.changes for line in change.lines]
        column = Column(gap=2)
        # Told for several days it is still one change.
        told = list(dict.fromkeys(lines))
        for title, line in told[:_SHOWN]:
            row = Row(gap=12)
            row.addWidget(Label(title, weight=500, wrap=True), 1)
            row.addWidget(Label(line, wrap=True), 3)
            column.addLayout(row)
        more = len(told) - _SHOWN
        if more > 0:
            column.addWidget(Label(to_persian_digits(f"و {more} مورد دیگر"), "small", "text2"))
        self.card.body.addLayout(column)
        for doubt in waits.draft.overruled:
            words = f"{doubt.words} دلیل: {waits.prepared.reason}"
            self.card.add(Label(words, "small", "pay", wrap=True))
        self.put_password()

    def faults(self) -> Faults:
        """What hinders it by now, or no password."""
        return [("", self._waits.stale)] if self._waits.stale else self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign it: from its days on it holds."""
        waits, password = self._waits, str(self.password.value())
        self.done = "با امضای دوم برقرار شد."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            publishing.sign(sure, waits)

        return do
