"""What the manager does to an entry of the cash book: a fee given back, a wrong entry voided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.actions import cash
from desktop.actions.desk import Seat
from desktop.domain.case import Case, what_of
from desktop.domain.cash import refundable
from desktop.domain.counter import FEES, METHODS
from desktop.domain.lawful_money import voidable
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label


class _EntryForm(ActForm):
    """Which of the case's payments, and why; `chosen` is the mark that is meant, if one is.

    What is typed belongs to the payment that is chosen: its mark is the form's subject and in no
    draft, so that no draft ever chooses a payment.
    """

    def __init__(
        self,
        case: Case,
        entries: Mapping[str, Payment],
        words: tuple[str, str, str, str],
        labels: tuple[str, str],
        chosen: str = "",
    ) -> None:
        super().__init__(*words)
        self.case_id = case.case_id
        self._title = words[0]
        self._told = {mark: _words(case, mark, paid) for mark, paid in entries.items()}
        choice = ListChoice([*self._told.items()])
        choice.set_value(chosen if chosen in entries else next(iter(entries)))
        self.which = FormField(labels[0], choice, key="mark")
        self.reason = FormField("دلیل", Prose(lines=2), key="reason", topic="entry.reason")
        self._no_reason = labels[1]
        self.add(self.which, self.reason)
        self.typed.let_pass(self.which.key)
        self.typed.edited.connect(lambda _: self.arrange_typed())
        self._follow()

    @property
    def mark(self) -> str:
        """The payment that is chosen; empty for none."""
        return str(self.which.value())

    def arrange_typed(self) -> None:
        """The subject follows the choice; what is typed while none stands stays where it was."""
        self._follow()

    def _follow(self) -> None:
        self.subject = self.mark or self.subject
        # Two of different payments are told apart where they are listed.
        self.heading = f"{self._title}: {self._told[self.subject]}"

    def faults(self) -> Faults:
        """A payment and a reason are asked."""
        found: Faults = [] if self.mark else [("mark", "پرداخت را برگزینید.")]
        return found if self.reason.value() else [*found, ("reason", self._no_reason)]


class RefundForm(_EntryForm):
    """بازگرداندن هزینه."""

    name = "refund"
    tab = "بازگشت هزینه"

    def __init__(self, case: Case, chosen: str = "") -> None:
        words = "مبلغ از همان مسیر پرداخت بازمی‌گردد و در صندوق امروز ثبت می‌شود."
        super().__init__(
            case,
            refundable(case),
            ("بازگرداندن هزینه", words, "ثبت بازگشت هزینه", "arrow-back-up"),
            ("کدام هزینه؟", "دلیل بازگرداندن را بنویسید."),
            chosen,
        )
        self.reference = FormField(
            "شمارهٔ پیگیری بازگشت وجه", TextLine(max_length=40), key="reference"
        )
        self.add(self.reference)

    def faults(self) -> Faults:
        """Reason and reference are asked."""
        found = super().faults()
        if not self.reference.value():
            found.append(("reference", "شمارهٔ پیگیری بازگشت وجه را وارد کنید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Give it back."""
        case_id, mark = self.case_id, self.mark
        reason, reference = str(self.reason.value()), str(self.reference.value())
        return lambda: cash.refund(seat, case_id, mark, reason, reference)


class VoidPaymentForm(_EntryForm):
    """ابطال ثبت پرداخت."""

    name = "void-payment"
    tab = "ابطال پرداخت"

    def __init__(self, case: Case, chosen: str = "") -> None:
        words = "برای پرداختی که ثبت شده و وجه آن واریز نشده است."
        super().__init__(
            case,
            voidable(case),
            ("ابطال ثبت پرداخت", words, "ابطال ثبت پرداخت", "x"),
            ("کدام پرداخت؟", "بنویسید چرا این ثبت درست نیست."),
            chosen,
        )
        self._case = case
        self._follows = Label("", role="text2", wrap=True)
        self.card.add(self._follows)
        self._tell()

    def arrange_typed(self) -> None:
        """What follows is told of the payment that is chosen."""
        super().arrange_typed()
        self._tell()

    def _tell(self) -> None:
        words = _follows(self._case, self.mark) if self.mark else ""
        self._follows.setText(to_persian_digits(words))

    def job(self, seat: Seat) -> Callable[[], None]:
        """Strike it."""
        case_id, mark, reason = self.case_id, self.mark, str(self.reason.value())
        return lambda: cash.void_payment(seat, case_id, mark, reason)


def _follows(case: Case, mark: str) -> str:
    """What becomes of the case and its letter when the entry is struck."""
    held = case.answer
    if case.state is State.WITHDRAWN:
        return "پرونده پایان یافته است و مبلغی مطالبه نمی‌شود."
    if held is None:
        return "این مبلغ دوباره مطالبه می‌شود."
    number = isolate(held.letter.number)
    if what_of(case, mark) in case.fees_due:
        if held.release is not None:
            return f"این مبلغ دوباره مطالبه می‌شود. نامهٔ {number} مهر شده است و معتبر می‌ماند."
        return f"این مبلغ دوباره مطالبه می‌شود و نامهٔ {number} تا پرداخت آن مهر نمی‌شود."
    if held.release is not None:
        return f"نامهٔ {number} مهر شده و این پرداخت مبنای آن است؛ پس از این آن را ابطال کنید."
    return f"نامهٔ {number} باطل می‌شود و این مبلغ دوباره مطالبه می‌شود."


def _words(case: Case, mark: str, paid: Payment) -> str:
    what = what_of(case, mark)
    name = FEES.get(what) or case.announced[what].name
    reference = isolate(to_persian_digits(paid.reference))
    return f"{name}، {format_rial(paid.amount)}، {METHODS[paid.method]} {reference}"
