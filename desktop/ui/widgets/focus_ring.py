"""The ring round what holds the keyboard focus, two pixels away from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets import paint


class FocusRing(QWidget):
    """Follows one widget and shows while that has the focus by keyboard.

    It is a sibling, not a part, of what it surrounds: the ring lies outside and nothing moves.
    """

    def __init__(self, target: QWidget, radius: float = 6) -> None:
        super().__init__(target.parentWidget())
        self._target, self._radius = target, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("overlay", True)
        self.hide()
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target; takes nothing away from it."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() != Qt.FocusReason.MouseFocusReason:
                self._surround()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._surround()
        elif kind == QEvent.Type.ParentChange:
            self.setParent(self._target.parentWidget())
        return False

    def show_now(self) -> None:
        """Show it without focus, for a page that explains the look."""
        self._surround()

    def _surround(self) -> None:
        if self.parentWidget() is not self._target.parentWidget():
            self.setParent(self._target.parentWidget())
        away = theme.px(4)
        self.setGeometry(self._target.geometry().adjusted(-away, -away, away, away))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = paint.open_painter(self)
        radius = theme.px(self._radius) + theme.px(4)
        paint.box(painter, self.rect(), radius, border=theme.colour("focus"), width=2)
