"""«چرا نگه داشته شد»: each cause with what would follow, its rows, and the way to answer for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.actions import records
from desktop.actions.desk import Seat
from desktop.actions.records import CauseBody, ImportBody, RowBody, RowsAnswer
from desktop.domain.import_causes import CauseKind
from desktop.domain.money import format_number
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.cards import RowsBelow
from desktop.ui.pages.records.forms import RecordsForm
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import State, TextLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.told.keycap import KeyCaps

_LIFTS, _KEYS, _INDENT = 50, 9, 30
_LIFT_WORDS = "شمارهٔ نامهٔ پایان هر ردیف را بنویسید؛ ردیفی که شماره نداشته باشد برقرار می‌ماند."


class AskCause(Protocol):
    """Asks for rows behind a cause, then gives them."""

    def __call__(
        self, cause: str, then: Callable[[RowsAnswer], None], offset: int = 0, limit: int = 200
    ) -> None: ...


class Lifts(QWidget):
    """Rows that would end, each with a line for the number of the letter that ends it.

    All numbers are one value, kept as JSON text.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, cause: str, ask: AskCause) -> None:
        super().__init__()
        self._cause, self._ask = cause, ask
        self.lines: dict[str, TextLine] = {}
        # Numbers typed before, of rows that have not come yet.
        self._typed: dict[str, str] = {}
        self._state: State = ""
        self._rows = Column(gap=4)
        self.more = Link("")
        self.more.hide()
        self.more.clicked.connect(self.load)
        column = Column(Label(_LIFT_WORDS, "small", "text2", wrap=True), gap=6)
        column.addLayout(self._rows)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.setLayout(column)

    def load(self) -> None:
        """The next rows."""
        self._ask(self._cause, self._add_rows, offset=len(self.lines), limit=_LIFTS)

    def numbers(self) -> dict[str, str]:
        """By the row's key, the number that was typed."""
        return {key: line.value() for key, line in self.lines.items() if line.value()}

    def value(self) -> dict[str, str]:
        """With those of rows that have not come yet."""
        coming = {key: text for key, text in self._typed.items() if key not in self.lines}
        return {**coming, **self.numbers()}

    def raw(self) -> str:
        """The same as text, for a draft."""
        numbers = self.value()
        return json.dumps(numbers, ensure_ascii=False, sort_keys=True) if numbers else ""

    def set_value(self, value: str) -> None:
        """Fill the lines that are there, and the others when they come."""
        self._typed = json.loads(value) if value else {}
        for key, line in self.lines.items():
            line.set_value(self._typed.get(key, ""))

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """Nothing is ever wrong with a number that is not there."""
        self._state = state

    def _add_rows(self, answer: RowsAnswer) -> None:
        for row in answer.rows:
            self._rows.addWidget(self._row(row))
        rest = answer.total - len(self.lines)
        self.more.setText(f"{format_number(min(rest, _LIFTS))} ردیف دیگر")
        self.more.setAccessibleName(self.more.text())
        self.more.updateGeometry()
        self.more.setVisible(rest > 0)

    def _row(self, row: RowBody) -> QWidget:
        whole, line = QWidget(), TextLine(max_length=60)
        words = parts.row_words(row)
        line.setAccessibleName(f"شمارهٔ نامه، {words}")
        line.set_value(self._typed.get(row.reason, ""))
        line.edited.connect(self.edited)
        # The row's own key stands where a told row has its reason.
        self.lines[row.reason] = line
        beside = Row(gap=10)
        beside.addWidget(Label(words, wrap=True, middle=True), 3)
        beside.addWidget(line, 1)
        whole.setLayout(beside)
        return whole


class CauseRow(QWidget):
    """A cause, its limit, what would follow, its rows behind a number key, and «دیدم»."""

    def __init__(self, number: int, cause: CauseBody, ask: AskCause) -> None:
        super().__init__()
        self.cause = cause
        kind = CauseKind(cause.kind)
        said = Column(
            Label(to_persian_digits(cause.cause), weight=500, wrap=True),
            Label(to_persian_digits(cause.limit), "small", "text2", wrap=True),
            gap=0,
        )
        loss = parts.is_loss(cause.kind)
        follows = Column(
            Label("اگر اعمال شود", "small", "text2"),
            Label(cause.consequence, weight=500, wrap=True, role="refuse" if loss else "text"),
            gap=0,
        )
        self._middle = Row(gap=14)
        self._middle.addLayout(said, 1)
        self._middle.addLayout(follows, 1)
        self.link = Link(_link_words(cause))
        row = Row(gap=10)
        top = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconLabel("alert-triangle", 20, "pay"), 0, top)
        row.addLayout(self._middle, 1)
        if self.link.text():
            row.addWidget(self.link, 0, top)
            if number <= _KEYS:
                row.addWidget(KeyCaps(str(number)), 0, top)
        self.below = RowsBelow(lambda then: ask(cause.key, then))
        self.link.clicked.connect(lambda: self.below.turn(self.below.isHidden()))
        tick = Tick(f"دیدم: {cause.consequence}")
        self.tick = FormField("", tick, key=cause.key, topic="cause")
        self.lifts = Lifts(cause.key, ask) if kind.liftable else None
        self._answer = QWidget()
        answer = Column(self.tick, gap=6, margins=(0, _INDENT, 6, 0))
        if self.lifts is not None:
            answer.addWidget(self.lifts)
        self._answer.setLayout(answer)
        self._answer.hide()
        column = Column(gap=0)
        column.addLayout(row)
        column.addWidget(self.below)
        column.addWidget(self._answer)
        self.setLayout(column)

    def open_answer(self) -> None:
        """Ask whether it was seen, and for the letters of what would end."""
        self._answer.show()
        if self.lifts is not None and not self.lifts.lines:
            self.below.hide()
            self.lifts.load()

    def close_answer(self) -> None:
        """Ask no more."""
        self._answer.hide()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: what would follow stands under the cause."""
        flow = QBoxLayout.Direction
        self._middle.setDirection(flow.TopToBottom if narrow else flow.LeftToRight)


def _link_words(cause: CauseBody) -> str:
    if not cause.count:
        return ""
    if cause.kind == CauseKind.DEBT_SUM_ENDS:
        # What is counted there is money.
        return "دیدن سطرها"
    return f"دیدن {format_number(cause.count)} سطر"


class HeldForm(RecordsForm):
    """The causes; opened, it asks a tick for each, the reason, and one or two passwords."""

    name = "records-held"

    def __init__(self, staged: ImportBody, seconds: Sequence[str], ask: AskCause) -> None:
        super().__init__("چرا نگه داشته شد", "", "اعمال با ذکر دلیل", "alert-triangle", seconds)
        self._staged = staged
        self.subject = str(staged.export_id)
        self.opened = False
        self.rows = [CauseRow(n, cause, ask) for n, cause in enumerate(staged.causes, start=1)]
        for row in self.rows:
            self.card.add(Hairline())
            self.card.add(row)
            self.know(row.tick)
            if row.lifts is not None:
                self.typed.know(f"lifts.{row.cause.key}", row.lifts, row.cause.cause)
        self.end_rest = Tick("ردیف‌های بدون شماره با امضای نفر دوم پایان یابد")
        self.end_rest.edited.connect(self._arrange)
        self.know(self.reason)
        self.typed.know("end_rest", self.end_rest)
        self._asked = QWidget()
        asked = Column(gap=8, margins=(8, 0, 0, 0))
        asked.addWidget(self.end_rest)
        asked.addWidget(self.reason)
        asked.addLayout(self.signed_by())
        self._asked.setLayout(asked)
        self._asked.hide()
        self.card.add(self._asked)
        self.end_rest.setVisible(bool(seconds) and any(row.lifts for row in self.rows))
        self._arrange()

    @property
    def ends_debts(self) -> bool:
        """Whether one person alone can't answer for it."""
        return any(c.needs_two and not CauseKind(c.kind).liftable for c in self._staged.causes)

    def first(self) -> QWidget | None:
        """The first cause: its tick, or the link to its rows."""
        row = self.rows[0]
        return row.tick if self.opened else row.link

    def press(self, key: str) -> bool:
        """A number key shows the rows of its cause; whether there is such a cause."""
        place = int(key) - 1 if key.isdigit() else -1
        if not 0 <= place < len(self.rows):
            return False
        self._go_to(self.rows[place], shown=self.rows[place].below.isHidden())
        return True

    def _go_to(self, row: CauseRow, *, shown: bool) -> None:
        """The row's own rows, shown or put away, and the keys there."""
        if row.link.text():
            row.below.turn(shown)
            row.link.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_sight(row)

    def show_rows(self, cause: str) -> None:
        """Open the rows of that cause and go there."""
        for row in self.rows:
            if row.cause.key == cause:
                self._go_to(row, shown=True)

    def open_reason(self) -> None:
        """Ask for all that is needed to put it into force all the same."""
        self.opened = True
        for row in self.rows:
            row.open_answer()
        self._asked.show()

    def close_reason(self) -> None:
        """Only the causes again; what was typed stays, but for the passwords."""
        self.opened = False
        for row in self.rows:
            row.close_answer()
        self._asked.hide()
        self.show_faults([])
        for field in (self.password, self.second_password):
            field.set_value("")

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the causes' middle columns go under their first lines."""
        for row in self.rows:
            row.set_narrow(narrow)

    def faults(self) -> Faults:
        """Each cause must have been seen; then the reason and the passwords."""
        unseen: Faults = [
            (row.cause.key, "پیامد این علت را ببینید و نشان بزنید.")
            for row in self.rows
            if not row.tick.value()
        ]
        return unseen + self.reason_faults() + self.signature_faults()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it into force over the causes."""
        lifted: dict[str, str] = {}
        for row in self.rows:
            lifted |= row.lifts.numbers() if row.lifts is not None else {}
        return partial(
            records.put_in_force,
            seat,
            self._staged,
            str(self.password.value()),
            reason=str(self.reason.value()),
            seen=tuple(row.cause.key for row in self.rows if row.tick.value()),
            lifted=lifted,
            end_rest=bool(self.end_rest.value()),
            second=self.second_person(),
        )

    def arrange_typed(self) -> None:
        """Who signs."""
        super().arrange_typed()
        self._arrange()

    def _arrange(self) -> None:
        self.ask_second(asked=self.ends_debts or bool(self.end_rest.value()))
