"""Forms of the office's sheets: a bundle taken, sheets put aside, which is next in the printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.actions import stamped_sheets
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_latin_digits
from desktop.domain.stamped_sheets import NO_NOTE, NO_REASON, SheetRun, demand_run
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.layouts import Grid

_DIGITS, _SERIES = 9, 6
_NO_FIRST, _NO_LAST = "شمارهٔ نخستین برگ را بنویسید.", "شمارهٔ آخرین برگ را بنویسید."
_NO_NUMBER = "شمارهٔ برگی را که رو به چاپ است بنویسید."


class _Run:
    """The three fields in which sheets are named."""

    def __init__(self) -> None:
        self.series_line = TextLine(max_length=_SERIES)
        self.first_line, self.last_line = DigitsLine(_DIGITS), DigitsLine(_DIGITS)
        self.series = FormField("سری", self.series_line, key="series", optional=True)
        self.first = FormField("از شماره", self.first_line, key="first")
        self.last = FormField("تا شماره", self.last_line, key="last")

    def run(self) -> SheetRun | None:
        """The sheets; None while one of the numbers is not there."""
        first, last = self.first_line.value(), self.last_line.value()
        if not first or not last:
            return None
        return SheetRun(_series(self.series_line), int(first), int(last))

    def faults(self) -> Faults:
        """What is wrong with them."""
        told = ((self.first, _NO_FIRST), (self.last, _NO_LAST))
        empty = [(field.key, words) for field, words in told if not field.value()]
        run = self.run()
        return empty or ([] if run is None else _fault(run))

    def lay(self, run: SheetRun) -> None:
        """Put these sheets in."""
        self.series_line.set_value(run.series)
        self.first_line.set_value(str(run.first))
        self.last_line.set_value(str(run.last))


def _series(line: TextLine) -> str:
    return to_latin_digits(str(line.value()).strip())


def _fault(run: SheetRun) -> Faults:
    try:
        demand_run(run)
    except Refusal as no:
        return [(no.field or "first", no.words)]
    return []


class TakeSheetsForm(SignedForm):
    """A bundle comes from the municipality."""

    name = "take-sheets"
    done = "بستهٔ برگ تحویل گرفته شد."

    def __init__(self) -> None:
        super().__init__(
            "تحویل گرفتن بسته", "شماره‌ها از روی نخستین و آخرین برگ", "تحویل گرفتم", "file-plus"
        )
        self._run = _Run()
        self.note = FormField("شمارهٔ برگهٔ تحویل شهرداری", TextLine(max_length=40), key="note")
        self.put(3, (self._run.series, 1), (self._run.first, 1), (self._run.last, 1))
        self.put(3, (self.note, 3))
        self.put_password()

    def faults(self) -> Faults:
        """Numbers that are no bundle, no delivery note, no password."""
        empty: Faults = [] if str(self.note.value()).strip() else [("note", NO_NOTE)]
        return [*self._run.faults(), *empty, *self.password_fault()]

    def job(self, seat: Seat) -> Callable[[], None]:
        """The bundle taken."""
        run = self._run.run()
        assert run is not None
        password, note = str(self.password.value()), str(self.note.value())
        return partial(stamped_sheets.take, seat, password, run, note)


class DropSheetsForm(SignedForm):
    """Blank sheets that nobody will use."""

    name = "drop-sheets"
    done = "برگ‌ها کنار گذاشته شد."

    def __init__(self) -> None:
        super().__init__(
            "کنار گذاشتن برگ سفید",
            "پاره، گم‌شده یا پس‌داده؛ برگی که نامه‌ای بر آن است اینجا نمی‌آید",
            "کنار گذاشتم",
            "file-off",
        )
        self.named = _Run()
        self.reason = FormField("دلیل کنار گذاشتن", TextLine(max_length=200), key="reason")
        self.put(3, (self.named.series, 1), (self.named.first, 1), (self.named.last, 1))
        self.put(3, (self.reason, 3))
        self.put_password()

    def faults(self) -> Faults:
        """Numbers that are none, no reason, no password."""
        empty: Faults = [] if str(self.reason.value()).strip() else [("reason", NO_REASON)]
        return [*self.named.faults(), *empty, *self.password_fault()]

    def job(self, seat: Seat) -> Callable[[], None]:
        """The sheets put aside."""
        run = self.named.run()
        assert run is not None
        password, reason = str(self.password.value()), str(self.reason.value())
        return partial(stamped_sheets.drop, seat, password, run, reason)


class NextSheetForm(ActForm):
    """Which sheet is next in this desk's printer."""

    name = "next-sheet"
    done = "شمارهٔ برگ داخل چاپگر ثبت شد."

    def __init__(self) -> None:
        super().__init__(
            "برگ داخل چاپگر این رایانه",
            "شمارهٔ برگی که چاپ بعدی روی آن می‌افتد",
            "همین برگ",
            "check",
        )
        self._series_line, self._line = TextLine(max_length=_SERIES), DigitsLine(_DIGITS)
        self.series = FormField("سری", self._series_line, key="series", optional=True)
        self.number = FormField("شمارهٔ برگ", self._line, key="number")
        self.know(self.series, self.number)
        grid = Grid(3, minimum=120)
        grid.put([(self.series, 1), (self.number, 1)])
        self.card.body.addLayout(grid)

    def lay(self, series: str, number: int) -> None:
        """What is thought to be there."""
        self._series_line.set_value(series)
        self._line.set_value(str(number))

    def faults(self) -> Faults:
        """No number."""
        return [] if self._line.value() else [("number", _NO_NUMBER)]

    def job(self, seat: Seat) -> Callable[[], None]:
        """It is next."""
        number = int(str(self._line.value()))
        return partial(stamped_sheets.set_next, seat, _series(self._series_line), number)
