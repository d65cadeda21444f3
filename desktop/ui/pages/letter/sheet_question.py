"""What became of a sheet that went to a printer: readable, spoiled and why, or never came out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.letter_checks import Printing
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row

READABLE, LOST = "readable", "lost"
_SPOILED = (
    "کج یا تاخورده چاپ شد",
    "کم‌رنگ یا لکه‌دار است",
    "روی کاغذ دیگری چاپ شد",
    "پیش از تحویل آسیب دید",
)


class SheetQuestion(QWidget):
    """`answered` says what a person says of the sheet: `READABLE`, `LOST`, or why it is spoiled;
    `turned` that this is asked now, or no more."""

    answered = Signal(str)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question = Label("", wrap=True)
        self.came = Button("خوانا است", icon="check")
        self.bad = Button("خراب است…")
        self.lost = Button("بیرون نیامد")
        self.came.clicked.connect(lambda: self.answered.emit(READABLE))
        self.lost.clicked.connect(lambda: self.answered.emit(LOST))
        self.bad.clicked.connect(self._ask_why)
        self.why = ListChoice([(each, each) for each in _SPOILED])
        self.why.set_value(_SPOILED[0])
        self.why_field = FormField("چرا به کار نمی‌آید", self.why, key="spoiled")
        self.lose = Button("برگ را باطل کردم", "dangerous", icon="file-off")
        self.lose.clicked.connect(lambda: self.answered.emit(str(self.why.value())))
        buttons = Row(self.came, self.bad, self.lost, gap=8)
        buttons.addStretch(1)
        column = Column(self._question, gap=6)
        column.addLayout(buttons)
        column.addWidget(self.why_field)
        column.addWidget(self.lose)
        self.setLayout(column)
        self.show_why(asked=False)

    def ask(self, sheet: Printing, *, doubted: bool, number: str = "") -> None:
        """Ask of this sheet; `doubted` where nobody knows whether paper came out at all. `number`
        names its letter where the page is not that letter's own."""
        copy, name = to_persian_digits(sheet.copy), isolate(sheet.printer)
        whose = f" نامهٔ {isolate(to_persian_digits(number))}" if number else ""
        words = f"نسخهٔ {copy}{whose} که به چاپگر {name} فرستاده شد:"
        if doubted:
            sent = f"از نسخهٔ {copy}{whose} که به چاپگر {name} فرستاده شد"
            words = f"{sent} خبری نرسید. کاغذ بیرون آمد؟"
        self._question.setText(words)

    @property
    def asks_why(self) -> bool:
        """Whether a person is saying why the sheet is spoiled."""
        return not self.why_field.isHidden()

    def show_why(self, *, asked: bool) -> None:
        """Whether it is asked why the sheet is spoiled."""
        changes = asked is not self.asks_why
        self.why_field.setVisible(asked)
        self.lose.setVisible(asked)
        if changes:
            self.turned.emit()

    def _ask_why(self) -> None:
        self.show_why(asked=True)
        self.why.setFocus(Qt.FocusReason.TabFocusReason)
