"""The registration plate: three boxes with the words between them, never a slash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy

from desktop.domain.persian import to_latin_digits
from desktop.ui import theme
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import SKIPPED, State
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.segments import Option
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row

PlateValue = tuple[str, str, str]
_STROKES = frozenset("/-–٫÷")
_TWO = re.compile(r"[0-9][^0-9]+[0-9]")
_APART = "فرعی و اصلی را هر یک در خانهٔ خودش بنویسید."


class _Number(DigitsLine):
    """A number of the plate; a stroke behind it goes on, as people type one after the other.

    Of two numbers pasted at once nobody knows which is which: they are written either way round.
    """

    onward = Signal()
    boxed = True

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """One number; of two nothing is taken."""
        if _TWO.search(to_latin_digits(words)):
            self.refused.emit(_APART)
            return self._stood, len(self._stood)
        return super().reshape(words, cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A stroke goes on."""
        if event.text() in _STROKES and self.value():
            self.onward.emit()
            return
        super().keyPressEvent(event)


class PlateInput(HandsKeysOn):
    """«[فرعی] فرعی از [اصلی] اصلی، بخش [ ]».

    The value is (sub, main, district): ASCII digits and the key of the district; parts not
    filled are "".
    """

    edited = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, districts: Sequence[Option]) -> None:
        super().__init__()
        self._state: State = ""
        self.sub, self.main = _Number(7), _Number(6)
        self.district = ListChoice(districts, placeholder="بخش")
        for box, following in ((self.sub, self.main), (self.main, self.district)):
            box.refused.connect(self.refused)
            box.onward.connect(partial(following.setFocus, Qt.FocusReason.TabFocusReason))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = Row(gap=6)
        row.addWidget(self.sub, 3)
        row.addWidget(Label("فرعی از", role="text2"))
        row.addWidget(self.main, 2)
        row.addWidget(Label("اصلی، بخش", role="text2"))
        row.addWidget(self.district, 3)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in self._parts():
            part.edited.connect(self.edited)
            part.left.connect(self._part_left)
        self.hand_keys_to(self.sub)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Room for the longest numbers that occur."""
        self.sub.setMinimumWidth(theme.px(72))
        self.sub.setMaximumWidth(theme.px(96))
        self.main.setMinimumWidth(theme.px(52))
        self.main.setMaximumWidth(theme.px(76))
        self.district.setMinimumWidth(theme.px(84))

    def setAccessibleName(self, name: str) -> None:
        """The plate's name, and each part's after it."""
        super().setAccessibleName(name)
        for part, words in zip(self._parts(), ("فرعی", "اصلی", "بخش"), strict=True):
            part.setAccessibleName(f"{name}، {words}")

    def value(self) -> PlateValue:
        """(sub, main, district)."""
        return self.sub.value(), self.main.value(), self.district.value()

    def raw(self) -> str:
        """The three joined by hyphens, or "" when all are empty."""
        return "-".join(self.value()) if any(self.value()) else ""

    def set_value(self, value: PlateValue | str) -> None:
        """Fill the parts, also from what `raw` gave."""
        parts = value.split("-", 2) if isinstance(value, str) else list(value)
        parts += [""] * (3 - len(parts))
        self.sub.set_value(parts[0])
        self.main.set_value(parts[1])
        self.district.set_value(parts[2])

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """All parts at once."""
        self._state = state
        for part in self._parts():
            part.set_state(state)

    def isReadOnly(self) -> bool:
        """Whether nothing can be typed."""
        return self._state in SKIPPED

    def _parts(self) -> tuple[DigitsLine, DigitsLine, ListChoice]:
        return self.sub, self.main, self.district

    def _part_left(self) -> None:
        if QApplication.focusWidget() not in self._parts():
            self.left.emit()
