"""A session into which several cases are put at once."""

from __future__ import annotations

from datetime import date

from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.commissions.forms import session_faults
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine

_NUMBER = 40


class SessionForm(ActForm):
    """دستور جلسه for so many cases."""

    name = "session"
    tab = "دستور جلسه"

    def __init__(self, count: int, today: date) -> None:
        words = to_persian_digits(f"{count} پرونده در دستور این جلسه قرار می‌گیرد.")
        super().__init__("دستور جلسهٔ کمیسیون", words, "درج در دستور جلسه", "calendar-event")
        self.number = FormField("شمارهٔ جلسه", TextLine(max_length=_NUMBER), key="session")
        self.day = FormField("روز جلسه", DateLine(today, "future"), key="held_on")
        self.add(self.number, self.day)

    def faults(self) -> Faults:
        """Number and day."""
        return session_faults(self.number, self.day)

    def session_named(self) -> tuple[str, date]:
        """Its number and day, once nothing is missing."""
        day: date = self.day.value()
        return str(self.number.value()), day
