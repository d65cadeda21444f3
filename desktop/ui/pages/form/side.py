"""The side panel of the case form: what remains, a summary, the fee."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.theme import Weight
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.layouts import Column, Hairline
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.told.progress import ThinBar


class FormSide(QWidget):
    """`fee` is pressed to take the fee, `printed` to put the pre-check on paper.

    Rows of the summary are told anew each time.
    """

    fee = Signal()
    printed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remains = Remains()
        self._summary, self._fee = Pairs(), Pairs()
        self._papers = Pairs()
        self._bar = ThinBar()
        self.precheck = Link("برگهٔ پیش‌بررسی…")
        self.precheck.clicked.connect(self.printed)
        self.precheck.hide()
        self.pay = Button("دریافت با کارت‌خوان", icon="credit-card", keys="F12", wide=True)
        self.pay.clicked.connect(self.fee)
        self._fee_part = QWidget()
        self._fee_part.setLayout(
            Column(Hairline(), panel_heading("کارمزد"), self._fee, self.pay, gap=8)
        )
        column = Column(self.remains, Hairline(), gap=10, margins=(12, 16, 14, 16))
        column.addLayout(
            Column(panel_heading("خلاصه"), self._summary, self._papers, self._bar, gap=4)
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        column.addWidget(self.precheck, 0, right)
        column.addWidget(self._fee_part)
        column.addStretch(1)
        self.setLayout(column)

    def show_summary(self, rows: Sequence[tuple[str, str, Tone | None]]) -> None:
        """Name, value, tone; rows without a value are left out."""
        self._summary.clear()
        for index, (name, value, tone) in enumerate(rows):
            if value:
                weight: Weight = 500 if index == 0 or tone else 400
                self._summary.add(name, value, weight=weight, role=tone or "text")

    def show_documents(self, complete: int, total: int) -> None:
        """«مدارک ۳ از ۴» and its bar."""
        self._papers.clear()
        self._papers.add("مدارک", to_persian_digits(f"{complete} از {total}"))
        self._bar.set_share(complete / total if total else 0.0)
        self._papers.setVisible(bool(total))
        self._bar.setVisible(bool(total))

    def show_fee(self, amount: int, method: str, *, taken: bool) -> None:
        """The office's fee, Rial, and how it is paid; nothing where there is none."""
        self._fee_part.setVisible(bool(amount))
        self._fee.clear()
        self._fee.add("کارمزد دفتر", format_rial(amount), weight=500)
        self._fee.add("شیوه", method)
        if taken:
            self._fee.add("وضعیت", "دریافت شد", weight=500, role="ok")
        self.pay.set_words(f"دریافت با {method}")
        self.pay.setVisible(not taken)
