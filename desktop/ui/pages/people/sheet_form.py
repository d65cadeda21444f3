"""Many people at once from a sheet: what it says, what is wrong with which row, one signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import access, people_changes
from desktop.actions.desk import Seat
from desktop.actions.people_sheet import PeopleRead
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.people.staff_form import StaffForm, waits_for
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear

_SHOWN = 50
_NOBODY = "در این فایل ردیف درستی نمانده است؛ ایرادها را اصلاح و فایل را دوباره باز کنید."


class SheetForm(StaffForm):
    """The rows that are right are put forward together; the others stand here, each with why."""

    name = "people-sheet"

    def __init__(self, seat: Seat, path: Path, read: PeopleRead, today: date) -> None:
        named = f"«{isolate(to_persian_digits(path.stem))}»"
        super().__init__(
            "ورود از فایل",
            f"{named}؛ {waits_for(seat)} می‌ماند",
            "پیشنهاد",
            "send",
        )
        self.subject = str(path)
        self._read, self._today = read, today
        self._count = Label("", weight=500, wrap=True)
        self._rows = Column(gap=2)
        self.card.add(self._count)
        self.card.body.addLayout(self._rows)
        self.put_signature()
        self._tell()

    @property
    def count(self) -> int:
        """How many would be put forward."""
        return len(self._read.newcomers)

    def _tell(self) -> None:
        read = self._read
        words = f"{len(read.newcomers)} ردیف درست، {len(read.faults)} ردیف نادرست"
        self._count.setText(to_persian_digits(words))
        self.button = to_persian_digits(f"پیشنهاد {self.count} نفر")
        clear(self._rows)
        for no in read.faults[:_SHOWN]:
            row = Row(gap=6)
            row.addWidget(IconLabel("alert-circle", 16, "refuse"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(no.words, "small", "refuse", wrap=True), 1)
            self._rows.addLayout(row)
        more = len(read.faults) - _SHOWN
        if more > 0:
            words = to_persian_digits(f"و {more} ردیف نادرست دیگر")
            self._rows.addWidget(Label(words, "small", "text2"))

    def faults(self) -> Faults:
        """Nobody left, or no password."""
        return [("", _NOBODY)] if not self.count else self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put all of them forward; what the centre finds wrong with some is told by row."""
        newcomers, today = self._read.newcomers, self._today
        password, reason = str(self.password.value()), self.reason_text()
        count = to_persian_digits(self.count)
        self.done = (
            f"{count} نفر پیشنهاد شد؛ {waits_for(seat)}. پس از تأیید، برگه‌های گذرواژه یکجا چاپ "
            "می‌شود."
        )

        def do() -> None:
            sure = access.confirm(seat, password).seat
            people_changes.put_forward(sure, newcomers, today, reason)

        return do

    def refused(self, refusal: Refusal) -> None:
        """By row, without those rows from now on."""
        placed = _by_row(refusal)
        if not placed:
            super().refused(refusal)
            return
        self._read = self._read.placed(placed)
        self._tell()
        left = to_persian_digits(len(placed))
        super().refused(Refusal(f"مرکز {left} ردیف را نپذیرفت؛ بقیه را با همین کلید پیشنهاد کنید."))


def _by_row(refusal: Refusal) -> Sequence[Refusal]:
    """Those faults that stand by a row."""
    each = refusal.faults if isinstance(refusal, Refusals) else [refusal]
    return [no for no in each if no.field is not None and no.field.isdecimal()]
