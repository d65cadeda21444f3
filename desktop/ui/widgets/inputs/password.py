"""A password: dots, with an eye to look at what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.domain.persian import to_latin_digits
from desktop.ui import theme
from desktop.ui.widgets.inputs.line import EndIcon, State, TextLine


class PasswordLine(TextLine):
    """A password line; the eye at its end, or Alt+↓, shows and hides it.

    Letters stay as typed, only the three kinds of digits are one: a person cannot see which kind
    the keyboard sent.
    """

    takes_letters = False
    undone_with_form = False

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(max_length=200, placeholder=placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        theme.dress(self, "password")
        self._icon = EndIcon("eye", press=self.turn)
        self.restyle()

    def value(self) -> str:
        """What was typed, digits as 0–9."""
        return to_latin_digits(self.text())

    def raw(self) -> str:
        """Never kept in a draft."""
        return ""

    def set_state(self, state: State) -> None:
        """As every line; what is typed next takes the place of a wrong one."""
        super().set_state(state)
        if state == "error":
            self.selectAll()

    def turn(self) -> None:
        """Show it, or hide it again."""
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._icon = EndIcon("eye-off" if hidden else "eye", press=self.turn)
        self.update()

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """A password is taken as it is."""
        return words, cursor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ is the eye."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.turn()
            return
        super().keyPressEvent(event)
