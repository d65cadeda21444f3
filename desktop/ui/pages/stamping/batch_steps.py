"""The four steps of a batch at its side: the list, the password, the printer, what comes after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import isolate
from desktop.ui.pages.acts.signed_form import NO_PASSWORD, OWN_PASSWORD
from desktop.ui.pages.stamping.batch_words import ordinal
from desktop.ui.printing import LOOKING, Printer, is_file
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.steps import Step, StepCard

_COPIES = "شمارهٔ نسخه تنها برای برگی بالا می‌رود که واقعاً چاپ شود؛ هر برگ در سابقه می‌ماند."
_AGREE = "با مسئولیت خود، ندیده مهر می‌کنم"
_NOT_AGREED = "نامه‌های ندیده را ببینید، یا این گزینه را علامت بزنید."


def _as_high_as_its_lines(widget: QWidget) -> None:
    """Lines that wrap in a card need more than they ask for in one line."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class AskStamp(QWidget):
    """The password for the whole batch, and once more whether unseen letters are stamped.

    `finished` comes on Enter in the last field.
    """

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.password = PasswordLine()
        self.field = FormField(OWN_PASSWORD, self.password, key="password")
        self.field.edited.connect(self._forget)
        self.unseen = Label("", "small", "pay", wrap=True)
        self.agree = Tick(_AGREE)
        self.agree.edited.connect(self._agreed)
        self._fault = Label(_NOT_AGREED, "small", "refuse", wrap=True)
        self._fault.hide()
        column = Column(self.field, self.unseen, self.agree, self._fault, gap=6)
        self.setLayout(column)
        _as_high_as_its_lines(self)
        EnterMoves(self).finished.connect(self.finished)

    def ask_of(self, unseen: str) -> None:
        """`unseen` tells the letters that were not seen, empty for none."""
        self.unseen.setText(unseen)
        self.unseen.setVisible(bool(unseen))
        self.agree.setVisible(bool(unseen))
        if not unseen:
            self._fault.hide()

    def check(self) -> bool:
        """Whether all is given; else what is missing is told and has the focus."""
        if not self.password.value():
            self.refuse(NO_PASSWORD)
            return False
        if self.agree.isVisibleTo(self) and not self.agree.value():
            self.agree.set_state("error")
            self._fault.show()
            self.agree.setFocus()
            return False
        return True

    def refuse(self, words: str) -> None:
        """What is wrong with the password."""
        self.field.set_error(words)
        self.password.setFocus()

    def forget(self) -> None:
        """Nothing typed stays: the next batch asks anew."""
        self.password.set_value("")
        self.agree.set_value(value=False)

    def _forget(self) -> None:
        if self.field.error():
            self.field.set_error(None)

    def _agreed(self) -> None:
        self.agree.set_state("")
        self._fault.hide()


class AskPrint(QWidget):
    """The printer, what to do where it stopped, and whether a doubted sheet came out."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.printer = ListChoice([])
        self._printer = FormField("چاپگر", self.printer, key="printer")
        self._lines = Column(gap=4)
        self._help = QWidget()
        self._help.setLayout(self._lines)
        self._question = Label("", weight=500, wrap=True)
        self.came, self.lost = Button("بله"), Button("خیر")
        self.came.clicked.connect(lambda: self.answered.emit(True))
        self.lost.clicked.connect(lambda: self.answered.emit(False))
        self._doubt = QWidget()
        buttons = Row(self.came, self.lost, gap=8)
        buttons.addStretch(1)
        asked = Column(self._question, gap=6)
        asked.addLayout(buttons)
        self._doubt.setLayout(asked)
        column = Column(self._printer, self._help, self._doubt, gap=6)
        self.setLayout(column)
        for each in (self._printer, self._help, self._doubt):
            each.hide()
        for line in (
            "کاغذ، کابل و روشن بودن چاپگر را ببینید.",
            "اگر برگی نیمه‌چاپ بیرون آمد، پاره کنید.",
            "«ادامهٔ چاپ» را بزنید؛ گذرواژه لازم نیست.",
        ):
            self._lines.addWidget(Label(line, "small", wrap=True))

    def set_printers(self, found: Sequence[Printer]) -> None:
        """Those there are; the one chosen before stays where it is still there."""
        names = [(each.name, each.name) for each in found]
        before = self.printer.value()
        if list(self.printer.options()) != names:
            self.printer.set_options(names)
            keys = [key for key, _ in names]
            self.printer.set_value(before if before in keys else keys[0])
        self._printer.setVisible(len(names) > 1)

    def show_stop(self, *, stopped: bool, doubted: int, last: bool) -> None:
        """Whether it stopped at a fault, and where a doubted sheet lies (0: none does)."""
        self._help.setVisible(stopped and not doubted)
        self._doubt.setVisible(doubted > 0)
        if doubted:
            self._question.setText(f"برگ نامهٔ {ordinal(doubted)} بیرون آمد؟")
            here, there = ordinal(doubted), ordinal(doubted + 1)
            self.came.set_words("بله" if last else f"بله، از {there}")
            self.lost.set_words(f"نه، از {here}")

    def where(self) -> str:
        """To which printer."""
        printer = self.printer.value()
        if not printer:
            return LOOKING
        return "در پوشهٔ اسناد، بدون چاپگر" if is_file(printer) else f"چاپگر {isolate(printer)}"


class BatchSteps(QWidget):
    """The steps as cards; what a step asks can be taken out, to stand over the table instead."""

    def __init__(self) -> None:
        super().__init__()
        self.list_card = StepCard(1, Step("فهرست", "", "done"))
        self.stamp_card = StepCard(2, Step("تأیید و مهر", ""))
        self.print_card = StepCard(3, Step("چاپ", ""))
        self.hand_card = StepCard(4, Step("تحویل", "متصدی، با دیدن مدارک گیرنده"))
        self.ask_stamp, self.ask_print = AskStamp(), AskPrint()
        column = Column(gap=8, margins=(12, 16, 12, 16))
        for card in (self.list_card, self.stamp_card, self.print_card, self.hand_card):
            column.addWidget(card)
        _as_high_as_its_lines(self.stamp_card)
        column.addWidget(Label(_COPIES, "small", "text2", wrap=True))
        column.addStretch(1)
        self.setLayout(column)
        self.take_back()

    def take_back(self) -> None:
        """What the steps ask stands in their cards."""
        self.stamp_card.put(self.ask_stamp)
        self.print_card.put(self.ask_print)
