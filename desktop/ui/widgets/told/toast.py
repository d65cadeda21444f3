"""A toast: what was just done and can still be undone, for five seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import announcing, theme
from desktop.ui.soon import soon
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.motion import fade_in

_STAYS_MS = 5000
Titles = Callable[[], Sequence[QWidget]]


class Toast(QWidget):
    """Lies on its host, a header, left of its `titles` and right of `beside`; one at a time.

    There it covers no row, no field and no paper. It stays while the pointer or the focus is on it.
    """

    def __init__(self, host: QWidget, beside: QWidget, titles: Titles = tuple) -> None:
        super().__init__(host)
        self._beside, self._titles = beside, titles
        self._action: Callable[[], None] | None = None
        self.words = Label("", role="on-text")
        self.link = Link("", weight=700, colour="surface", underline=True)
        self._icon = IconLabel("circle-check", 18, "surface")
        row = Row(gap=12, margins=(0, 14, 0, 14))
        for widget in (self._icon, self.words, self.link):
            row.addWidget(widget)
        self.setLayout(row)
        self.setProperty("overlay", True)
        self.link.clicked.connect(self._undo)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_STAYS_MS)
        self._clock.timeout.connect(self._leave)
        host.installEventFilter(self)
        theme.notifier().changed.connect(self._place)
        self.hide()

    def tell(self, words: str, undo: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what was done; an earlier toast gives way.

        The link `undo` calls the action; with no word there is no link.
        """
        self._action = action
        self.words.setText(words)
        self.link.setText(undo)
        self.link.setAccessibleName(undo)
        self.link.setVisible(bool(undo))
        self.setAccessibleName(words)
        self._place()
        # What is done twice is told twice.
        announcing.forget("toast")
        announcing.announce(self, f"{words} {undo}".strip(), "toast")
        fade_in(self)
        self.raise_()
        self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the host changes size, or what stands on it."""
        if self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() == QEvent.Type.LayoutRequest:
                # A title or a state that changes later gets its place only after this.
                soon(self, self._place)
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Under the pointer it stays."""
        super().enterEvent(event)
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes five seconds after."""
        super().leaveEvent(event)
        self._clock.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = strokes.open_painter(self)
        strokes.box(painter, self.rect(), theme.px(6), fill=theme.colour("text"))

    def _undo(self) -> None:
        self._clock.stop()
        self.hide()
        if self._action is not None:
            self._action()

    def _leave(self) -> None:
        if self.link.hasFocus():
            self._clock.start()
        else:
            self.hide()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        high, margin = theme.px(40), theme.px(20)
        self.setFixedHeight(high)
        self.ensurePolished()
        wide = self.sizeHint().width()
        # Words longer than the room beside it lie on the search, never on the title.
        ends = [each.x() for each in self._titles() if not each.isHidden() and each.width()]
        until = min(ends, default=host.width() - margin + theme.px(12)) - theme.px(12)
        x = min(self._beside.geometry().right() + theme.px(12), until - wide)
        self.setGeometry(max(x, margin), (host.height() - high) // 2, wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets it go."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            event.ignore()
