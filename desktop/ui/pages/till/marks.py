"""Lines of a list as a person marked them: entries that the bank lacks, cases left out."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from desktop.domain.persian import to_persian_digits


class Marks(QObject):
    """Names of what is marked, `unit` one of it; kept with what else is typed on the page."""

    edited = Signal()

    def __init__(self, parent: QObject, unit: str) -> None:
        super().__init__(parent)
        self._unit = unit
        self.names: frozenset[str] = frozenset()

    def turn(self, name: str) -> None:
        """Mark that one, or take its mark away."""
        self.names ^= {name}
        self.edited.emit()

    def keep_among(self, names: Collection[str]) -> None:
        """What is not among these bears no mark."""
        self.names &= frozenset(names)

    def raw(self) -> str:
        """The names in order, one a line."""
        return "\n".join(sorted(self.names))

    def set_value(self, value: str) -> None:
        """As of `raw`."""
        self.names = frozenset(value.splitlines())

    def read(self) -> str:
        """«۲ ردیف»."""
        return to_persian_digits(f"{len(self.names)} {self._unit}")
