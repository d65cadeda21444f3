"""What is asked of a citizen who comes with another office's case, and what is told of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.actions.elsewhere import Shown
from desktop.domain.calendar import format_jalali
from desktop.domain.identifiers import LONGEST_ID, phone_words
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.status import Status, read_status
from desktop.ui.standing.chips import CHIPS
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid, Row
from desktop.ui.widgets.told.chip import Chip

_LONGEST_CODE = 40
_HOW = "از روی رسید متقاضی و کارت ملی او؛ دیدن پرونده به نام شما ثبت می‌شود."


class AskCard(Card):
    """The code of the receipt and the id of the card; `asked` comes with Enter in the last."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__("پرونده‌ای که دفتر دیگری گرفته است", _HOW, gap=8)
        self.tracking = TextLine(max_length=_LONGEST_CODE)
        self.tracking.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.person_id = DigitsLine(LONGEST_ID)
        self.tracking_field = FormField("کد رهگیری", self.tracking, key="tracking")
        self.person_field = FormField("کد ملی متقاضی", self.person_id, key="person_id")
        self.fields = (self.tracking_field, self.person_field)
        grid = Grid(3, minimum=120)
        grid.put([(self.tracking_field, 1), (self.person_field, 1)])
        self.body.addLayout(grid)
        self.moves = EnterMoves(self)
        self.moves.finished.connect(self.asked)

    def tell(self, words: str, key: str) -> None:
        """What is wrong, beside its field; empty words take it away."""
        for field in self.fields:
            field.set_error(words if words and field.key == key else None)


class CaseCard(Card):
    """Whose case it is, at which office, and where it stands."""

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._title = Label("", "body", weight=700, elide=True)
        self._chip = Chip(CHIPS[Status.REGISTERED])
        self._told = Label("", "body", "text2", wrap=True)
        self._office = Label("", "body", wrap=True)
        head = Row(self._title, gap=10)
        head.addWidget(self._chip)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._told)
        self.body.addWidget(self._office)

    def show_case(self, shown: Shown) -> None:
        """The case as the centre told it."""
        told = shown.told
        title = shown.service.title if shown.service is not None else told.service
        self._title.setText(f"{title}، {to_persian_digits(told.applicant)}")
        self._chip.set_look(CHIPS[read_status(told.status, told.state)])
        days = [f"دریافت {isolate(format_jalali(told.received_on))}"]
        if told.answer_by is not None:
            days.append(f"پاسخ تا {isolate(format_jalali(told.answer_by))}")
        self._told.setText(to_persian_digits("؛ ".join(days)))
        where = "، ".join(filter(None, (told.name, told.address)))
        phone = f"، تلفن {phone_words(told.phone)}" if told.phone else ""
        self._office.setText(to_persian_digits(f"{where}{phone}"))
