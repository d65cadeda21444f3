"""A toast: what was just done and can still be undone, for five seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import announcing, theme
from desktop.ui.soon import soon
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.motion import fade_in

_STAYS_MS = 5000
# What one line of its words is wide at least, pixels at 100 %.
_LEAST = 60
Titles = Callable[[], Sequence[QWidget]]


class Toast(QWidget):
    """Lies on its host, a header, left of its `titles` and right of `beside`; one at a time.

    There it covers no row, no field and no paper. Without room for one line it has two of small
    letters; without room for those what `yields`, a label among the titles, is away until it goes.
    It stays while the pointer or the focus is on it.
    """

    def __init__(
        self,
        host: QWidget,
        beside: QWidget,
        titles: Titles = tuple,
        yields: Label | None = None,
    ) -> None:
        super().__init__(host)
        self._beside, self._titles, self._yields = beside, titles, yields
        self._action: Callable[[], None] | None = None
        self.words = Label("", role="on-text")
        self._lines = Label("", "small", "on-text", wrap=True, middle=True)
        self.link = Link("", weight=700, colour="surface", underline=True)
        self._icon = IconLabel("circle-check", 18, "surface")
        row = Row(gap=12, margins=(0, 14, 0, 14))
        for widget in (self._icon, self.words, self._lines, self.link):
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
        # What is done twice is told twice.
        announcing.forget("toast")
        announcing.announce(self, f"{words} {undo}".strip(), "toast")
        fade_in(self)
        self._place()
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

    def hideEvent(self, event: QHideEvent) -> None:
        """What gave way to it is back."""
        super().hideEvent(event)
        if self._yields is not None:
            self._yields.setVisible(bool(self._yields.words()))

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None or self.isHidden():
            return
        high = max(theme.px(40), self._two_high() + theme.px(2))
        self.setFixedHeight(high)
        self.ensurePolished()
        begin, until = self._beside.geometry().right() + theme.px(12), self._until(host)
        wide = self._one_line()
        if wide > until - begin:
            wide = self._two_lines()
            if wide > until - begin and self._yields is not None:
                self._yields.hide()
                # The titles close up only when they are laid out.
                layout = host.layout()
                if layout is not None:
                    layout.activate()
                until = self._until(host)
            wide = self._two_lines(min(wide, until - begin))
        self.setGeometry(begin, (host.height() - high) // 2, wide, high)

    def _until(self, host: QWidget) -> int:
        """The right edge of its room."""
        ends = [each.x() for each in self._titles() if not each.isHidden() and each.width()]
        return min(ends, default=host.width() - theme.px(8)) - theme.px(12)

    def _two_high(self) -> int:
        """The height of two lines of small letters."""
        lines = self._lines
        lines.setText(self.words.text())
        return 2 * lines.heightForWidth(2 * lines.fontMetrics().horizontalAdvance(lines.text()))

    def _one_line(self) -> int:
        """How wide it is with its words on one line, as which it now stands."""
        self._lines.hide()
        self.words.show()
        return self.sizeHint().width()

    def _two_lines(self, most: int = 0) -> int:
        """How wide it is with its words on two even lines, as which it now stands.

        Not wider than `most` pixels, if that is given: words that need more are cut.
        """
        lines, words = self._lines, self.words.text()
        besides = self._one_line() - self.words.sizeHint().width()
        self.words.hide()
        lines.show()
        lines.setText(words)
        measure = lines.fontMetrics()
        wide, whole = measure.horizontalAdvance(words) // 2, self._two_high()
        while lines.heightForWidth(wide) > whole:
            wide += theme.px(4)
        if most and wide > most - besides:
            wide = max(most - besides, theme.px(_LEAST))
            room = 2 * wide
            while lines.heightForWidth(wide) > whole and room > 0:
                # A line breaks before a word that does not fit: up to a word's length is lost.
                room -= theme.px(4)
                lines.setText(measure.elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(words if lines.text() != words else "")
        return besides + wide

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets it go."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            event.ignore()
