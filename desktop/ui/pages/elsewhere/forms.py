"""The form of a copy of another office's letter: what for, on which printer, under whose hand."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.lawful_paper import NO_REASON
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.printing import Printer
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice

_HOW = "شمارهٔ نسخه را مرکز می‌دهد و نسخه با کلید مهر شما امضا می‌شود؛ دفتر پرونده از آن باخبر می‌شود"


class CopyForm(SignedForm):
    """A copy of the letter of that number."""

    name = "copy-elsewhere"

    def __init__(self, letter_id: str, number: str, printers: Sequence[Printer]) -> None:
        named = isolate(to_persian_digits(number))
        super().__init__(f"نسخهٔ نامهٔ {named}", _HOW, "گرفتن شماره و چاپ نسخه", "printer")
        self.subject, self.number = letter_id, number
        self.reason = FormField("برای چه", TextLine(max_length=200), key="reason")
        self._printer = ListChoice([(each.name, each.name) for each in printers])
        self._printer.set_value(printers[0].name)
        self.printer = FormField("چاپگر", self._printer, key="printer")
        self.put(3, (self.reason, 2), (self.printer, 1))
        self.typed.let_pass("printer")
        self.put_password()

    def faults(self) -> Faults:
        """No reason, no password."""
        empty: Faults = [] if str(self.reason.value()).strip() else [("reason", NO_REASON)]
        return [*empty, *self.password_fault()]

    def printer_name(self) -> str:
        """Where it goes."""
        return str(self._printer.value())
