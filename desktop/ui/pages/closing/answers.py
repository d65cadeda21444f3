"""What is said of payments that terminal or bank does not have, as a person chose it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject, Signal

from desktop.domain.day_register import Explanation
from desktop.domain.persian import to_persian_digits

_APART = "="


class Answers(QObject):
    """By the payment's name; kept with what else is typed for the day."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.said: dict[str, Explanation] = {}

    def say(self, name: str, answer: Explanation | None) -> None:
        """Answer for the payment, or with None take the answer back."""
        if answer is None:
            self.said.pop(name, None)
        else:
            self.said[name] = answer
        self.edited.emit()

    def say_of(self, names: Iterable[str], answer: Explanation) -> None:
        """The same answer for several payments."""
        self.said |= dict.fromkeys(names, answer)
        self.edited.emit()

    def keep_among(self, names: Collection[str]) -> None:
        """Payments that are settled since have no answer."""
        self.said = {name: each for name, each in self.said.items() if name in names}

    def raw(self) -> str:
        """The answers in the order of their payments, one a line."""
        return "\n".join(f"{name}{_APART}{each.value}" for name, each in sorted(self.said.items()))

    def set_value(self, value: str) -> None:
        """As of `raw`."""
        lines = (line.rpartition(_APART) for line in value.splitlines())
        known = {each.value for each in Explanation}
        self.said = {name: Explanation(said) for name, _, said in lines if said in known}

    def read(self) -> str:
        """«۲ پاسخ»."""
        return to_persian_digits(f"{len(self.said)} پاسخ")
