"""The outcome page's side panel: the steps, the case in short, the receipt."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.actions.papers import FEES
from desktop.actions.standing import Standing
from desktop.domain.case import Case
from desktop.domain.identifiers import phone_words
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.state import ANSWERED, State
from desktop.ui.standing import outcome as words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.steps import StepList

_TELL_VISIT = (
    "به متقاضی بگویید: اصل {paper} همراه باشد؛ اگر کسی نباشد، نوبت باطل و هزینه دوباره گرفته می‌شود."
)


class OutcomeSide(QWidget):
    """The panel; `receipt` and `again` (another service for the same person) are its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = StepList()
        self.facts = Pairs()
        self._advice = Label("", "small", "text2", wrap=True)
        self.receipt = Button("رسید ثبت", icon="receipt", keys="F8", wide=True)
        self._printed = Label("", "small", "text2", wrap=True)
        self._printed.hide()
        self.again = Button("خدمت دیگر برای همین متقاضی", "quiet", icon="user-plus", wide=True)
        column = Column(gap=8, margins=(12, 16, 8, 16))
        column.addWidget(panel_heading("گام‌های بعد"))
        column.addWidget(self.steps)
        column.addWidget(Hairline())
        column.addWidget(panel_heading("پرونده"))
        column.addWidget(self.facts)
        column.addWidget(self._advice)
        column.addWidget(Hairline())
        column.addWidget(self.receipt)
        column.addWidget(self._printed)
        column.addWidget(self.again)
        column.addStretch(1)
        self.setLayout(column)

    def show_case(self, now: Standing, case: Case) -> None:
        """Another case, or the same with new facts."""
        self.steps.set_steps(words.steps_of(now, join_and(list(now.managers))))
        self._show_facts(case)
        # Once booked it stands on the slip that the applicant holds.
        visit = case.state is State.VISIT_DUE
        advice = _TELL_VISIT.format(paper=case.request.applicant.paper)
        self._advice.setText(advice if visit else "")
        self._advice.setVisible(visit)

    def tell_receipt(self, printer: str) -> None:
        """The receipt went to that printer by itself; nothing where there was none."""
        self._printed.setText(f"به چاپگر {isolate(printer)} فرستاده شد." if printer else "")
        self._printed.setVisible(bool(printer))

    def _show_facts(self, case: Case) -> None:
        request = case.request
        self.facts.clear()
        self.facts.add("متقاضی", to_persian_digits(request.party.name), weight=500)
        if request.party.represented_name:
            self.facts.add("از سوی", to_persian_digits(request.party.represented_name))
        if request.party.mobile:
            self.facts.add("همراه", phone_words(request.party.mobile))
        if request.code:
            self.facts.add("ملک", isolate(to_persian_digits(request.code)))
        elif request.plate is not None:
            self.facts.add("ملک", request.plate.words)
        if request.answers.get("address"):
            self.facts.add("نشانی", to_persian_digits(request.answers["address"]))
        for fee, paid in case.fees_paid.items():
            name = "کارمزد" if fee == "office" else FEES[fee]
            self.facts.add(name, f"{format_rial(paid.amount)}، پرداخت شد")
        if case.paid:
            total, count = sum(paid.amount for paid in case.paid.values()), len(case.paid)
            left = f"، {len(case.unpaid)} قلم مانده" if case.unpaid else ""
            told = to_persian_digits(f"{format_rial(total)}، {count} قلم پرداخت شد{left}")
            self.facts.add("بدهی", told)
        if case.state not in ANSWERED:
            self.facts.add("مهلت پاسخ", words.due_words(case))
