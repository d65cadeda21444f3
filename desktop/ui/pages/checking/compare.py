"""What is held against the paper by eye: a tick a line, and which of them is not the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.inputs.tick_grid import TickGrid
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask
from desktop.ui.widgets.told.keycap import KeyCaps

_ASK = "کدام با کاغذ یکسان نیست؟"
_NONE_CHOSEN = "دست‌کم یکی را انتخاب کنید."


class Compare(Card):
    """Space ticks a line and goes to the next.

    `counted` comes with each tick, `differs` when it was said which are not the same on the paper:
    `differing` has their names, and none when that was said by mistake.
    """

    counted = Signal()
    differs = Signal()

    def __init__(self) -> None:
        super().__init__("با کاغذ مقایسه کنید", " ", gap=8)
        self.head.addWidget(KeyCaps("فاصله"))
        self.ticks: dict[str, Tick] = {}
        self._values: dict[str, Label] = {}
        self.differing: tuple[str, ...] = ()
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setColumnStretch(1, 1)
        lines = QWidget()
        lines.setLayout(self._lines)
        let_lines_ask(lines)
        self.link = Link("یکی با کاغذ یکسان نیست…", colour="refuse")
        self.link.clicked.connect(self.ask)
        self._asking = Column(gap=8)
        self.asking = QWidget()
        self.asking.setLayout(self._asking)
        self.field: FormField | None = None
        self.grid: TickGrid | None = None
        self.add(lines)
        self.add(self.link)
        self.add(self.asking)
        self.asking.hide()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self._lines.setHorizontalSpacing(theme.px(16))
        self._lines.setVerticalSpacing(theme.px(4))

    def show_lines(self, rows: Sequence[tuple[str, str]]) -> None:
        """Another letter's lines, none of them ticked."""
        clear(self._lines)
        self.ticks, self._values = {}, {}
        self.differing = ()
        self._close()
        for at, (name, value) in enumerate(rows):
            tick = Tick(name, kind="small", colour="text2")
            tick.setAccessibleName(f"{name}: {value}")
            tick.edited.connect(partial(self._ticked, name))
            shown = Label(value, "section", weight=700, wrap=True)
            top = Qt.AlignmentFlag.AlignTop
            self._lines.addWidget(tick, at, 0, top)
            self._lines.addWidget(shown, at, 1, top)
            self.ticks[name], self._values[name] = tick, shown
        self._count()

    def first(self) -> QWidget | None:
        """The first line that waits for its tick; None where none does."""
        return next((tick for tick in self.ticks.values() if not tick.value()), None)

    def left(self) -> int:
        """How many lines are still to be compared; none once the paper has something otherwise."""
        if self.differing:
            return 0
        return sum(not tick.value() for tick in self.ticks.values())

    def _ticked(self, name: str) -> None:
        self._count()
        following = self.first()
        if self.ticks[name].value() and following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        self.counted.emit()

    def _count(self) -> None:
        done = sum(tick.value() for tick in self.ticks.values())
        self.beside.setText(to_persian_digits(f"{done} از {len(self.ticks)}"))

    # What is not the same.

    def ask(self) -> None:
        """Which of the lines is not the same on the paper."""
        self._close()
        self.grid = TickGrid([(name, name) for name in self.ticks])
        self.grid.set_value(self.differing)
        self.field = FormField(_ASK, self.grid, key="differing")
        self.field.edited.connect(partial(self.field.set_error, None))
        say = Button("ثبت مغایرت", "dangerous", icon="alert-triangle")
        say.clicked.connect(self._say)
        leave = Link("انصراف")
        leave.clicked.connect(self._leave)
        acts = Row(say, leave, gap=14)
        acts.addStretch(1)
        self._asking.addWidget(self.field)
        self._asking.addLayout(acts)
        self.link.hide()
        self.asking.show()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        assert self.grid is not None
        assert self.field is not None
        chosen = self.grid.value()
        if not chosen and not self.differing:
            self.field.set_error(_NONE_CHOSEN)
            return
        self.differing = chosen
        for name, tick in self.ticks.items():
            differs = name in chosen
            tick.set_value(tick.value() and not differs)
            tick.set_state("error" if differs else "")
            self._values[name].set_role("refuse" if differs else "text")
        self._count()
        self._leave()
        self.differs.emit()

    def _leave(self) -> None:
        self._close()
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        clear(self._asking)
        self.grid = self.field = None
        self.asking.hide()
        self.link.show()
