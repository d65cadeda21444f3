"""The chips over the registry: several hold at once, and each tells how many offices it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.offices.rows import ALL, FILTERS
from desktop.ui.widgets.layouts import Flow
from desktop.ui.widgets.told.chip import FilterChip


class OfficeFilters(QWidget):
    """«همه», or any of the others together; `changed` when a person chose."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, FilterChip] = {}
        flow = Flow(gap=6, row_gap=6)
        for each in FILTERS:
            chip = FilterChip(each.words, icon=each.icon, tone=each.tone)
            chip.clicked.connect(lambda _=False, name=each.name: self._pressed(name))
            self.chips[each.name] = chip
            flow.addWidget(chip)
        self.setLayout(flow)
        self.chosen: frozenset[str] = frozenset()
        self.choose(())

    def choose(self, names: Collection[str]) -> None:
        """Let these hold; none of them is «همه»."""
        self.chosen = frozenset(names) & (self.chips.keys() - {ALL})
        for name, chip in self.chips.items():
            chip.setChecked(name in self.chosen or (name == ALL and not self.chosen))

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many offices each has; one that has none is not there, unless it holds."""
        for name, chip in self.chips.items():
            chip.set_count(counts.get(name, 0))
            chip.setVisible(name == ALL or name in self.chosen or bool(counts.get(name)))

    def _pressed(self, name: str) -> None:
        self.choose(self.chosen ^ {name} if name != ALL else ())
        self.changed.emit()
