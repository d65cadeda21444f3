"""A person of the demo office on the sign-in page: icon, name, role, number key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets import keycap, paint
from desktop.ui.widgets.focus_ring import FocusRing

_HEIGHT = 39


class PersonRow(QPushButton):
    """Pressed, it names the person; `set_chosen` marks who stands in the name's field."""

    def __init__(self, person: str, role: str, icon: str, number: int) -> None:
        super().__init__()
        self.person = person
        self._role, self._icon, self._number = role, icon, number
        self._chosen = False
        self.setAccessibleName(f"{person}، {role}")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 2)
        theme.notifier().changed.connect(self.updateGeometry)

    def set_chosen(self, chosen: bool) -> None:
        """Whether this person stands in the name's field."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """39 high."""
        return QSize(theme.px(420), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = paint.open_painter(self)
        if self._chosen or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("sel" if self._chosen else "sunk"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        if self._chosen:
            bar = theme.px(4)
            painter.fillRect(
                QRect(self.width() - bar, 0, bar, self.height()), theme.colour("accent")
            )
        middle, size = self.height() // 2, theme.px(16)
        right = self.width() - theme.px(16)
        paint_icon(
            painter, self._icon, right - size, middle - size // 2, size, theme.colour("text2")
        )
        right -= size + theme.px(16)
        name = QRect(0, 0, right, self.height())
        paint.text(painter, name, self.person, "body", 500, theme.colour("text"))
        wide = theme.px(190)
        role = QRect(theme.px(50), 0, right - wide - theme.px(50), self.height())
        paint.text(painter, role, self._role, "body", 400, theme.colour("text2"))
        key = str(self._number)
        keycap.draw(painter, theme.px(12) + keycap.width(key), middle, key, theme.colour("text"))
