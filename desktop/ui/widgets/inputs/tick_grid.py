"""Several choices out of a few in a narrow place: ticks in two columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import State
from desktop.ui.widgets.inputs.segments import Option
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.layouts import Grid


class TickGrid(HandsKeysOn):
    """A tick for each (key, words); the value is the tuple of ticked keys in their order."""

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option], *, columns: int = 2) -> None:
        super().__init__()
        self._state: State = ""
        self.ticks = {key: Tick(words) for key, words in options}
        self._grid = Grid(columns, gap=10, row_gap=2)
        for tick in self.ticks.values():
            tick.edited.connect(self.edited)
            tick.left.connect(self.left)
        self._place(list(self.ticks.values()))
        self.setLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hand_keys_to(next(iter(self.ticks.values())))

    def setAccessibleName(self, name: str) -> None:
        """The label before each option's words."""
        super().setAccessibleName(name)
        for tick in self.ticks.values():
            tick.setAccessibleName(f"{name}: {tick.text()}")

    def offer(self, keys: Iterable[str]) -> None:
        """Show only these, without holes between them."""
        offered = frozenset(keys)
        for key, tick in self.ticks.items():
            self._grid.removeWidget(tick)
            tick.setVisible(key in offered)
        self._place([tick for key, tick in self.ticks.items() if key in offered])

    def _place(self, ticks: Sequence[Tick]) -> None:
        for number, tick in enumerate(ticks):
            at = divmod(number, self._grid.columns)
            self._grid.addWidget(tick, *at, Qt.AlignmentFlag.AlignLeading)

    def value(self) -> tuple[str, ...]:
        """The ticked keys."""
        return tuple(key for key, tick in self.ticks.items() if tick.value())

    def raw(self) -> str:
        """The ticked keys, apart by commas."""
        return ",".join(self.value())

    def set_value(self, value: str | Iterable[str]) -> None:
        """Tick the keys given, also as a draft has them; nothing is signalled."""
        chosen = frozenset(value.split(",") if isinstance(value, str) else value)
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
