"""Block D of the case form: the office's fee, taken at the counter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.actions.intake import FEE, FeePayment
from desktop.actions.payments import TERMINAL
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.form.fields import Asked, Fields
from desktop.ui.pages.form.part import Cell, Part
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.label import Label

_LONGEST_REFERENCE = 20


class FeePart(Part):
    """The reference of the office's terminal; the fee is taken once it stands there."""

    def __init__(self, number: int, amount: int) -> None:
        super().__init__(number, "کارمزد دفتر")
        self.amount = amount
        self.add_beside(Label(format_rial(amount), "small", "text2", elide=True), 1)
        self.fields = Fields()
        self.fields.ask(
            [Asked(FEE, "شمارهٔ پیگیری کارت‌خوان", lambda: DigitsLine(_LONGEST_REFERENCE))]
        )
        self.fields.edited.connect(self.edited)
        self.fields.left.connect(self.left)
        self.add(self.fields)

    def payment(self) -> FeePayment | None:
        """The fee as taken; None while it is not."""
        reference = self.fields.cells[FEE].raw()
        return FeePayment(TERMINAL, reference, self.amount) if reference else None

    def kept(self) -> dict[str, str]:
        """Everything typed, for a draft."""
        return self.fields.kept()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts in by their fields' keys."""
        self.fields.fill({FEE: texts[FEE]} if FEE in texts else {})

    def cells(self) -> dict[str, Cell]:
        """The reference."""
        return dict(self.fields.cells)

    def stops(self) -> list[QWidget]:
        """Edit, reference."""
        return [self.edit, *self.fields.cells.values()]

    def summary_words(self) -> str:
        """«۴۵۰٬۰۰۰ ریال، کارت‌خوان، پیگیری ۷۱۸۲۰۴»."""
        reference = isolate(to_persian_digits(self.fields.cells[FEE].raw()))
        return f"{format_rial(self.amount)}، کارت‌خوان، پیگیری {reference}"

    def set_columns(self, columns: int) -> None:
        """Arrange anew."""
        self.fields.set_columns(columns)
