"""Entries of the book that terminal or bank don't have, as a person marked them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from desktop.domain.persian import to_persian_digits


class Marks(QObject):
    """Names of entries; kept with what else is typed for the day."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.names: frozenset[str] = frozenset()

    def turn(self, name: str) -> None:
        """Mark the entry, or take its mark away."""
        self.names ^= {name}
        self.edited.emit()

    def keep_among(self, names: Collection[str]) -> None:
        """Entries that are matched, or of another day, bear no mark."""
        self.names &= frozenset(names)

    def raw(self) -> str:
        """The names in order, one a line."""
        return "\n".join(sorted(self.names))

    def set_value(self, value: str) -> None:
        """As of `raw`."""
        self.names = frozenset(value.splitlines())

    def read(self) -> str:
        """«۲ ردیف»."""
        return to_persian_digits(f"{len(self.names)} ردیف")
