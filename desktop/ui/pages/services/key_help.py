"""What the key at the cursor of a service's file is for; it follows the cursor while it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.forms.key_help import NO_KEY, help_at
from desktop.ui.widgets.code.edit import CodeEdit
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import Banner


class KeyHelp(QWidget):
    """A banner over the text."""

    def __init__(self, text: CodeEdit) -> None:
        super().__init__()
        self._text = text
        self.banner = Banner("", "review", icon="help-circle", link="بستن")
        self.banner.followed.connect(self.hide)
        self.setLayout(Column(self.banner, gap=0, margins=(6, 10, 6, 10)))
        self.hide()
        text.moved.connect(self._follow)

    def open(self) -> None:
        """Show the key's help."""
        self.show()
        self._tell()

    def _follow(self, _: int) -> None:
        if self.isVisible():
            self._tell()

    def _tell(self) -> None:
        column = self._text.textCursor().positionInBlock()
        found = help_at(self._text.text(), self._text.line(), column)
        self.banner.set_words(f"{found.key or found.table}: {found.words}" if found else NO_KEY)
