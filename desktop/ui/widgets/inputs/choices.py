"""Several choices out of a few: ticks side by side, in lines where one is full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy

from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import SKIPPED, State
from desktop.ui.widgets.inputs.segments import Option
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.layouts import Flow


class Choices(HandsKeysOn):
    """A tick for each option; the value is the ticked keys in their order, apart by commas."""

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._state: State = ""
        self.ticks = {key: Tick(words) for key, words in options}
        self.setLayout(Flow(*self.ticks.values(), gap=18, row_gap=2))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for tick in self.ticks.values():
            tick.edited.connect(self.edited)
            tick.left.connect(self._tick_left)
        self.hand_keys_to(next(iter(self.ticks.values())))

    def setAccessibleName(self, name: str) -> None:
        """The label, and each option's words after it."""
        super().setAccessibleName(name)
        for tick in self.ticks.values():
            tick.setAccessibleName(f"{name}: {tick.text()}")

    def value(self) -> str:
        """The ticked keys, as `a,c`."""
        return ",".join(key for key, tick in self.ticks.items() if tick.value())

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Tick the keys given; nothing is signalled."""
        chosen = value.split(",")
        for key, tick in self.ticks.items():
            tick.set_value(key in chosen)

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """All ticks at once."""
        self._state = state
        for tick in self.ticks.values():
            tick.set_state(state)

    def isReadOnly(self) -> bool:
        """Whether nothing can be ticked."""
        return self._state in SKIPPED

    def _tick_left(self) -> None:
        if QApplication.focusWidget() not in self.ticks.values():
            self.left.emit()
