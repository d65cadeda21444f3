"""A fine that the records have unpaid and an expert's gate tells of: finance says what it found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.actions import commissions
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import ClearFine
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.commissions.forms import NO_DAY
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.segments import Segments

_FOUND = [("yes", "واریز شده است"), ("no", "واریز یافت نشد")]
_REFERENCE, _COMMENT = 40, 200


def fine_words(case: Case) -> str:
    """What finance said of a fine that an expert's condition tells of; empty where there is none.

    «جریمهٔ پرداخت‌نشده ۴۸٬۵۰۰٬۰۰۰ ریال: پرداخت آن را امور مالی تأیید می‌کند.»
    """
    said = case.fine_cleared
    if said is not None and said.right:
        number = isolate(to_persian_digits(said.reference))
        return f"امور مالی پرداخت جریمه را تأیید کرد، شمارهٔ پیگیری {number}."
    if not case.fine_open:
        return ""
    fine = f"جریمهٔ پرداخت‌نشده {format_rial(case.fine_open)}"
    if said is not None:
        return to_persian_digits(f"{fine}: امور مالی واریز آن را نیافت، {said.comment}")
    return f"{fine}: پرداخت آن را امور مالی تأیید می‌کند، نه کارشناس."


class FineForm(ActForm):
    """پرداخت جریمه: found in the municipality's account, with reference and day, or not."""

    name = "fine"
    tab = "پرداخت جریمه"

    def __init__(self, case: Case, today: date) -> None:
        words = f"جریمهٔ پرداخت‌نشده در سوابق: {format_rial(case.fine_open)}"
        super().__init__("پرداخت جریمهٔ مادهٔ ۱۰۰", words, "ثبت نظر", "receipt")
        self._case, self._today = case, today
        self.found = FormField("واریز", Segments(_FOUND), key="right", topic="claim.answer")
        self.found.edited.connect(self.arrange_typed)
        line = TextLine(max_length=_REFERENCE)
        self.reference = FormField("شمارهٔ پیگیری", line, key="reference")
        self.day = FormField("روز واریز", DateLine(today, "past"), key="paid_on")
        said = TextLine(max_length=_COMMENT)
        self.comment = FormField("نتیجهٔ بررسی", said, key="comment", topic="claim.seen")
        self.add(self.found, self.reference, self.day, self.comment)
        self.arrange_typed()

    @property
    def _right(self) -> bool:
        return bool(self.found.value() == "yes")

    def arrange_typed(self) -> None:
        """Only money that came has a reference and a day."""
        for field in (self.reference, self.day):
            field.setVisible(self._right)

    def faults(self) -> Faults:
        """An answer, what was seen, and of money that came where and when."""
        found: Faults = []
        if not self.found.value():
            found.append(("right", "برگزینید: واریز شده است یا یافت نشد."))
        if self._right and not self.reference.value():
            found.append(("reference", "شمارهٔ پیگیری واریز را بنویسید."))
        if self._right and self.day.value() is None:
            found.append(("paid_on", NO_DAY))
        if not self.comment.value():
            found.append(("comment", "نتیجهٔ بررسی را بنویسید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Say it."""
        case, right = self._case, self._right
        reference = str(self.reference.value()) if right else ""
        day = self.day.value() if right else None
        answer = ClearFine(right, str(self.comment.value()), reference, day)
        return lambda: commissions.clear_fine(seat, case, answer)
