"""What the outcome page asks for: a payment, the owed sums, a visit's half-day and who is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.case import Case
from desktop.domain.cash import TAKEN_BY
from desktop.domain.counter import FEES, METHODS
from desktop.domain.errors import Refusal
from desktop.domain.facts import FeeDue
from desktop.domain.gates import Owed
from desktop.domain.identifiers import mobile
from desktop.domain.money import format_number, format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Payment
from desktop.domain.status import Status
from desktop.domain.tariff import Purse
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.standing.chips import CHIPS, PAID
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import PhoneLine
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.chip import Chip, ChipLook

OF_DEBT = TAKEN_BY[Purse.MUNICIPALITY]
_REFERENCES = {
    "terminal": "شمارهٔ پیگیری کارت‌خوان",
    "bill": "شمارهٔ پیگیری بانک",
    "deposit": "شمارهٔ سپرده",
    "finance": "شمارهٔ تصمیم",
}
_NO_REFERENCE = "شمارهٔ پیگیری پرداخت را وارد کنید."
_MOBILE = (4, 3, 4)
NOT_TAKEN = ChipLook("هنوز دریافت نشده", "coins", "pay")
CLAIMED = CHIPS[Status.CLAIMED]


class Asking(QWidget):
    """Fields of the page by the keys of their faults."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, FormField] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def know(self, *fields: FormField) -> None:
        """These fields are asked here; typing in one takes its error away."""
        for field in fields:
            self.fields[field.key] = field
            field.edited.connect(lambda each=field: each.set_error(None) if each.error() else None)

    def tell(self, faults: Sequence[tuple[str, str]]) -> bool:
        """Say what is wrong beside its fields and go to the first; whether nothing is."""
        told = dict(faults)
        for key, field in self.fields.items():
            field.set_error(told.get(key))
        for key, field in self.fields.items():
            if key in told:
                field.control.setFocus(Qt.FocusReason.TabFocusReason)
                bring_into_sight(field)
                break
        return not told


class PaymentFields(Asking):
    """How it was paid, the reference, and on request the day; side by side."""

    def __init__(self, methods: Sequence[str], today: date | None = None) -> None:
        super().__init__()
        self.method = Segments([(key, METHODS[key]) for key in methods])
        self.method.set_value(methods[0])
        self.reference = TextLine(max_length=40)
        self._reference = FormField(_REFERENCES[methods[0]], self.reference, key="reference")
        row = Row(gap=14)
        if len(methods) > 1:
            method = FormField("شیوهٔ پرداخت", self.method, key="method")
            self.know(method)
            row.addWidget(method, 3)
        self.know(self._reference)
        row.addWidget(self._reference, 3)
        self.paid_on = DateLine(today, "past") if today else None
        if self.paid_on is not None:
            self.paid_on.offer()
            day = FormField("تاریخ پرداخت", self.paid_on, key="paid_on")
            self.know(day)
            row.addWidget(day, 2)
        self.setLayout(row)
        self.method.edited.connect(self.name_reference)

    def name_reference(self) -> None:
        """Call the reference what it is for the chosen method; also where a draft laid that in."""
        words = _REFERENCES[self.method.value()]
        self._reference.label.setText(words)
        self.reference.setAccessibleName(words)

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, by field."""
        found = []
        if not self.reference.value():
            found.append(("reference", _NO_REFERENCE))
        if self.paid_on is not None and self.paid_on.value() is None:
            words = self.paid_on.fault() or "تاریخ پرداخت را وارد کنید."
            found.append(("paid_on", words))
        return found

    def payment(self, amount: int, today: date) -> Payment:
        """The payment as typed, of a whole sum."""
        day = self.paid_on.value() if self.paid_on is not None else None
        return Payment(amount, self.method.value(), self.reference.value(), day or today)

    def forget(self) -> None:
        """Empty for the next sum; method and day stay, they are mostly the same."""
        self.reference.set_value("")
        self.tell(())


class FeeCard(Card):
    """A fee of the counter: the amount in large, how it is paid, the reference.

    The office's is taken by its terminal; the municipality's is paid by a bill, whose ids show.
    """

    def __init__(self, title: str, amount: int, bill: FeeDue | None = None) -> None:
        super().__init__(title)
        self.head.addWidget(Chip(NOT_TAKEN))
        billed = bill is not None and bill.bill_id
        self.payment = PaymentFields(("bill",) if billed else ("terminal",))
        sum_of = Label(format_number(amount), "title", weight=700)
        money = Row(sum_of, Label("ریال", role="text2"), gap=6)
        money.addStretch(1)
        column = Column(Label("مبلغ", "small", "text2"), gap=4)
        column.addLayout(money)
        column.addStretch(1)
        grid = Row(gap=14)
        grid.addLayout(column, 2)
        grid.addWidget(self.payment, 5)
        self.body.addLayout(grid)
        if bill is not None and bill.bill_id:
            ids = "، ".join(ids_of(bill.bill_id, bill.payment_id))
            self.add(Label(ids, "small", "text2", wrap=True))

    def kept_for(self, fee: str) -> CardForm:
        """What is typed here, as the draft of that fee's payment."""
        fields = [*self.payment.fields.values()]
        form = CardForm(self, "pay-fee", f"دریافت {FEES[fee]}", fields, subject=fee)
        self.add(form.earlier)
        return form


class AttendingCard(Card):
    """Who will be there: name and mobile."""

    def __init__(self, name: str, phone: str) -> None:
        super().__init__("چه کسی حاضر می‌شود؟")
        self.name = TextLine(max_length=80)
        self.name.set_value(name)
        self.phone = PhoneLine(_MOBILE)
        self.phone.set_value(phone)
        self.asking = Asking()
        self.asking.know(
            FormField("نام", self.name, key="attending"),
            FormField("تلفن همراه", self.phone, key="mobile"),
        )
        row = Row(gap=14)
        row.addWidget(self.asking.fields["attending"], 9)
        row.addWidget(self.asking.fields["mobile"], 4)
        self.asking.setLayout(row)
        self.add(self.asking)
        # Beside the fee's card, which is the higher one.
        self.body.addStretch(1)

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, by field."""
        found = []
        if not self.name.value():
            found.append(("attending", "نام کسی را که حاضر می‌شود وارد کنید."))
        try:
            mobile(self.phone.value())
        except Refusal as no:
            found.append(("mobile", no.words))
        return found


class OwedCard(Card):
    """What is owed, a row each; the chosen one is paid below. `done` when none is left to pay.

    `first` is the sum that is chosen first, if it is asked. What is typed goes with the sum that a
    person chooses.
    """

    done = Signal()

    def __init__(self, today: date, first: str = "") -> None:
        super().__init__("پرداخت‌ها", flush=True)
        self._wanted = first
        self._owed: tuple[Owed, ...] = ()
        self._paid: frozenset[str] = frozenset()
        self._claimed: frozenset[str] = frozenset()
        self.key = ""
        self.rows: dict[str, ListRow] = {}
        self._list = Column(gap=0)
        self.body.addLayout(self._list)
        self.payment = PaymentFields(OF_DEBT, today)
        self.form = CardForm(self, "pay-due", "", [*self.payment.fields.values()])
        self.form.typed.laid.connect(self.payment.name_reference)
        # Today by itself, of another day once the draft is laid in.
        self.form.typed.goes_along("paid_on")
        self._about = Label("", weight=700, wrap=True)
        self._form = QWidget()
        self.claim = Link("رسید متقاضی در سوابق نیست: ارجاع به امور مالی")
        column = Column(self._about, self.form.earlier, gap=6, margins=(8, 14, 12, 14))
        column.addWidget(self.payment)
        column.addWidget(self.claim)
        self._form.setLayout(column)
        self.body.addWidget(self._form)

    def show_case(self, case: Case) -> None:
        """Show the sums; the choice stays while it is asked."""
        owed, paid, claimed = case.owed, frozenset(case.paid), frozenset(case.claims)
        if (owed, paid, claimed) == (self._owed, self._paid, self._claimed):
            return
        self._owed, self._paid, self._claimed = owed, paid, claimed
        clear(self._list)
        self.rows = {}
        unpaid = [one.key for one in owed if one.key not in paid | claimed]
        for one in owed:
            chip = PAID if one.key in paid else CLAIMED if one.key in claimed else None
            # Where nothing follows, the card itself ends the last row.
            row = _row(one, chip, lined=bool(unpaid) or one is not owed[-1])
            row.clicked.connect(lambda _=False, key=one.key: self._turn_to(key))
            self.rows[one.key] = row
            self._list.addWidget(row)
        if not unpaid and self._form.isVisible():
            self.done.emit()
        self._form.setVisible(bool(unpaid))
        if unpaid and self.key not in unpaid:
            self.payment.forget()
            self.choose(self._wanted if self._wanted in unpaid else unpaid[0])
            self.form.tell_earlier("")
            self.form.typed.begin()
        elif unpaid:
            self.choose(self.key)

    def choose(self, key: str) -> None:
        """Pay this one next; what is paid stays."""
        if key in self._paid | self._claimed:
            return
        self.key = key
        for each, row in self.rows.items():
            row.set_chosen(each == key)
        one = self.owed()
        if one is not None:
            self.form.subject, self.form.heading = key, f"ثبت پرداخت: {one.name}"
            self._about.setText(f"{self.form.heading}، {format_rial(one.amount)}")

    def _turn_to(self, key: str) -> None:
        """A person chose it: what is typed is of this one now."""
        if key != self.key:
            self.choose(key)
            self.form.typed.note("")

    def owed(self) -> Owed | None:
        """The chosen sum."""
        return next((one for one in self._owed if one.key == self.key), None)


def ids_of(bill_id: str, payment_id: str) -> list[str]:
    """The ids in words, those that are there."""
    return [
        f"{words} {isolate(to_persian_digits(code))}"
        for words, code in (("شناسهٔ قبض", bill_id), ("شناسهٔ پرداخت", payment_id))
        if code
    ]


def _row(one: Owed, chip: ChipLook | None, *, lined: bool) -> ListRow:
    how = [to_persian_digits(one.how)] if one.how else []
    return ListRow(
        f"{one.name}، {format_rial(one.amount)}",
        "، ".join([*how, *ids_of(one.bill_id, one.payment_id)]),
        icon=chip.icon if chip else "cash-banknote",
        colour=chip.tone if chip else "pay",
        chip=chip,
        inset=14,
        chevron=False,
        lined=lined,
    )
