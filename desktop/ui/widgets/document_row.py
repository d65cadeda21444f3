"""One required document: its state, whether the original was seen, its number and date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.line import TextLine
from desktop.ui.widgets.tick import Tick

DocumentState = Literal["complete", "waiting", "unreadable", "not_needed"]
_STATES: dict[DocumentState, tuple[str, str, Tone]] = {
    "complete": ("کامل", "circle-check", "ok"),
    "waiting": ("اصل دیده نشده", "alert-triangle", "pay"),
    "unreadable": ("خوانا نیست", "alert-triangle", "pay"),
    "not_needed": ("لازم نیست", "circle-dashed", "neutral"),
}


class DocumentRow(QWidget):
    """State word · title · tick «اصل دیده شد» · number and date; `edited` after each change.

    `because` says which answer asks for it («چون وکیل»). `needs_number` shows the box for it.
    """

    edited = Signal()

    def __init__(
        self, key: str, title: str, *, because: str = "", needs_number: bool = True
    ) -> None:
        super().__init__()
        self.key = key
        self._because = because
        self._icon = IconLabel("circle-check", 16, "ok")
        self._word = Label("", "small", "ok", 500)
        self._title = Label(title, elide=True)
        self._reason = Label(because, "small", "hint")
        self._reason.setVisible(bool(because))
        self.seen = Tick("اصل دیده شد", kind="small", colour="text2")
        self.seen.setAccessibleName(f"{title}: اصل دیده شد")
        self.number = TextLine(max_length=60, placeholder="شماره و تاریخ")
        self.number.setAccessibleName(f"{title}: شماره و تاریخ")
        self.number.setVisible(needs_number)
        row = Row(gap=8)
        row.addWidget(self._icon)
        row.addWidget(self._word)
        row.addWidget(self._title, 1)
        row.addWidget(self._reason)
        row.addWidget(self.seen)
        row.addWidget(self.number)
        self.setLayout(row)
        self.seen.edited.connect(self.edited)
        self.number.edited.connect(self.edited)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.set_state("waiting")

    def restyle(self) -> None:
        """34 high: the box of the number has air in it."""
        self.setFixedHeight(theme.px(34))
        widest = max(
            theme.metrics("small", 500).horizontalAdvance(w) for w, _, _ in _STATES.values()
        )
        self._word.setFixedWidth(widest + 2)
        self.number.setFixedHeight(theme.px(28))
        self.number.setFixedWidth(theme.px(150))

    def set_state(self, state: DocumentState) -> None:
        """Complete, waiting, unreadable, or not needed."""
        word, icon, tone = _STATES[state]
        self._icon.set_icon(icon, tone)
        self._word.setText(word)
        self._word.set_role(tone)
        self.setAccessibleName(f"{self._title.words()}: {word}")


class DocumentList(QWidget):
    """The rows of a form's documents, parted by hairlines."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DocumentRow] = []
        self._column = Column(gap=0)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_rows(self, rows: Sequence[DocumentRow]) -> None:
        """Show these rows; those that were there before and are not among them are deleted."""
        kept = set(rows)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()
        self.rows = list(rows)
        for index, row in enumerate(self.rows):
            if index:
                self._column.addWidget(Hairline())
            self._column.addWidget(row)
            row.show()
