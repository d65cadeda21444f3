"""The search box of the header: one line, its icon at the right, its keys at the left."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told import keycap

SearchWidth = Literal["full", "short", "icon", "fill"]
_WIDTHS: dict[SearchWidth, int] = {"full": 342, "short": 200, "icon": 124, "fill": 0}


class SearchBox(TextLine):
    """`searched` gives the text on Enter; `edited` follows each key.

    `full` is 342 wide, `short` 200 with the short placeholder, `icon` leaves icon and keys,
    `fill` takes what the layout gives.
    """

    searched = Signal(str)

    def __init__(
        self,
        placeholder: str,
        *,
        short: str = "جست‌وجو",
        keys: str = "",
        width: SearchWidth = "full",
        icon: str = "search",
        name: str = "جست‌وجو",
    ) -> None:
        self._keys, self._wide, self._left_icon = keys, width, icon
        self._long, self._short = placeholder, short
        super().__init__(max_length=200, placeholder=placeholder)
        self.setAccessibleName(name)
        self.set_width(width)

    def set_width(self, width: SearchWidth) -> None:
        """Take more or less of the header."""
        self._wide = width
        words = {"full": self._long, "fill": self._long, "short": self._short, "icon": ""}
        self.setPlaceholderText(words[width])
        self.restyle()

    def restyle(self) -> None:
        """Room for icon and keys at the zoom in force."""
        super().restyle()
        caps, side = keycap.width(self._keys), theme.px(8)
        left = side + (caps + theme.px(8) if caps else 0)
        self.setTextMargins(left, 0, side + theme.px(18) + theme.px(8), 0)
        wide = theme.px(_WIDTHS[self._wide])
        if wide:
            self.setFixedWidth(wide)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches; Esc empties, then leaves."""
        if is_enter(event):
            self.searched.emit(self.value())
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.edited.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, icon and keys."""
        super().paintEvent(event)
        painter = strokes.open_painter(self)
        size = theme.px(18)
        x, middle = self.width() - theme.px(11) - size, self.height() // 2
        paint_icon(painter, self._left_icon, x, middle - size // 2, size, theme.colour("text2"))
        if self._keys:
            right = theme.px(11) + keycap.width(self._keys)
            keycap.draw(painter, right, middle, self._keys, theme.colour("text2"))
