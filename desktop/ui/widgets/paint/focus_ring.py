"""The ring round what holds the keyboard focus, two pixels away from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.widgets.paint import strokes

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize)


class FocusRing(QWidget):
    """Follows one widget and shows while that has the focus by keyboard.

    It is no part of what it surrounds, but lies on the nearest ancestor with room for it: the
    ring is outside, nothing moves, and nothing cuts it.
    """

    def __init__(self, target: QWidget, radius: float = 6) -> None:
        super().__init__(target)
        self._target, self._radius = target, radius
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("overlay", True)
        self.hide()
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target; takes nothing away from it."""
        kind = event.type()
        if kind in _MOVES:
            if not self.isHidden():
                self._surround()
        elif watched is not self._target:
            return False
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() != Qt.FocusReason.MouseFocusReason:
                self._surround()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._release()
            self.hide()
        return False

    def show_now(self) -> None:
        """Show it without focus, for a page that explains the look."""
        self._surround()

    def _surround(self) -> None:
        away = theme.px(4)
        host, rect = self._host(away)
        if self.parentWidget() is not host:
            self.setParent(host)
        self.setGeometry(rect)
        self.show()
        self.raise_()

    def _host(self, away: int) -> tuple[QWidget, QRect]:
        """The nearest ancestor with room, and the ring's place on it."""
        self._release()
        host = self._target
        while True:
            above = host.parentWidget()
            if above is None or host.isWindow():
                break
            if host is not self._target:
                host.installEventFilter(self)
                self._watched.append(host)
            host = above
            rect = self._rect_on(host, away)
            # What a scroll area shows is cut at its edge; above that the ring would float.
            view = host.parentWidget()
            scrolled = view is not None and isinstance(view.parentWidget(), QAbstractScrollArea)
            if host.rect().contains(rect) or scrolled:
                break
        return host, self._rect_on(host, away)

    def _rect_on(self, host: QWidget, away: int) -> QRect:
        at = self._target.mapTo(host, QPoint(0, 0))
        return QRect(at, self._target.size()).adjusted(-away, -away, away, away)

    def _release(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = strokes.open_painter(self)
        radius = theme.px(self._radius) + theme.px(4)
        strokes.box(painter, self.rect(), radius, border=theme.colour("focus"), width=2)
