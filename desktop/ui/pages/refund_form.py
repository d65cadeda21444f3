"""A fee of a withdrawn case given back, from the purse it came into."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import cash
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.cash import refundable
from desktop.domain.counter import FEES, METHODS
from desktop.domain.money import format_rial
from desktop.domain.request import Payment
from desktop.ui.pages.act_form import ActForm, Faults
from desktop.ui.widgets.field import FormField
from desktop.ui.widgets.line import TextLine
from desktop.ui.widgets.list_choice import ListChoice
from desktop.ui.widgets.prose import Prose


class RefundForm(ActForm):
    """بازگرداندن هزینه."""

    def __init__(self, case: Case) -> None:
        words = "پول از همان راهی برمی‌گردد که آمده است؛ در صندوق امروز نوشته می‌شود."
        super().__init__("بازگرداندن هزینه", words, "ثبت بازگشت هزینه", "arrow-back-up")
        self._case_id = case.case_id
        choices = [(mark, _words(mark, paid)) for mark, paid in refundable(case).items()]
        choice = ListChoice(choices)
        choice.set_value(choices[0][0])
        self.which = FormField("کدام هزینه؟", choice, key="mark")
        self.reason = FormField("دلیل", Prose(lines=2), key="reason")
        self.reference = FormField(
            "شمارهٔ پیگیری بازگشت پول", TextLine(max_length=40), key="reference"
        )
        self.add(self.which, self.reason, self.reference)

    def faults(self) -> Faults:
        """Reason and reference are asked."""
        found: Faults = []
        if not self.reason.value():
            found.append(("reason", "دلیل بازگرداندن را بنویسید."))
        if not self.reference.value():
            found.append(("reference", "شمارهٔ پیگیری بازگشت پول را وارد کنید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Give it back."""
        case_id, mark = self._case_id, str(self.which.value())
        reason, reference = str(self.reason.value()), str(self.reference.value())
        return lambda: cash.refund(seat, case_id, mark, reason, reference)


def _words(mark: str, paid: Payment) -> str:
    fee = FEES[mark.partition("/")[0]]
    return f"{fee}، {format_rial(paid.amount)}، {METHODS[paid.method]}"
