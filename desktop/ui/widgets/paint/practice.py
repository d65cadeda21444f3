"""The frame of practice mode: over everything, inside the window, deaf to mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

_WIDTH = 4


class PracticeFrame(QWidget):
    """Four pixels in the colour of training round the widget that it stands in."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        theme.notifier().changed.connect(self._follow_look)
        self.hide()

    def set_shown(self, shown: bool) -> None:
        """Round everything that stands there now, or nowhere."""
        self.setVisible(shown)
        # What stands in the window stands within the frame.
        room = theme.px(_WIDTH) if shown else 0
        self._window.setContentsMargins(room, room, room, room)
        if shown:
            self.update()
            self.setGeometry(self._window.rect())
            self.raise_()

    def _follow_look(self) -> None:
        if not self.isHidden():
            self.set_shown(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the window, and over whatever is put into it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and not self.isHidden():
            self.set_shown(True)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the four sides."""
        painter, colour = QPainter(self), theme.colour("training")
        thick, wide, high = theme.px(_WIDTH), self.width(), self.height()
        for side in (
            (0, 0, wide, thick),
            (0, high - thick, wide, thick),
            (0, 0, thick, high),
            (wide - thick, 0, thick, high),
        ):
            painter.fillRect(*side, colour)
