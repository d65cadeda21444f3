"""The status bar's items: a word about the state of things, some of which open a page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.ui import announcing, theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing


class StatusItem(QPushButton):
    """Small words with an icon; one that opens something takes the focus, others do not."""

    def __init__(
        self, words: str, *, icon: str = "", colour: str = "text2", opens: bool = False
    ) -> None:
        super().__init__(words)
        self._icon, self._colour, self._opens = icon, colour, opens
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setFlat(True)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.ring = FocusRing(self, 2, bare=True)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow_size(self)

    def set_words(self, words: str, *, icon: str | None = None, colour: str | None = None) -> None:
        """Say something else."""
        self.setText(words)
        self.setAccessibleName(words)
        self._icon = self._icon if icon is None else icon
        self._colour = self._colour if colour is None else colour
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and words."""
        weight: theme.Weight = 500 if self._opens else 400
        icon = theme.px(16 + 6) if self._icon else 0
        return QSize(strokes.width_of(self.text(), "small", weight) + icon + 4, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if is_enter(event) and self._opens:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words."""
        painter = strokes.open_painter(self)
        colour = theme.colour(self._colour)
        x = self.width() - 1
        if self._icon:
            size = theme.px(16)
            paint_icon(painter, self._icon, x - size, (self.height() - size) // 2, size, colour)
            x -= size + theme.px(6)
        rect = QRect(0, 0, x, self.height())
        weight: theme.Weight = 500 if self._opens else 400
        strokes.text(painter, rect, self.text(), "small", weight, colour)


class SyncItem(StatusItem):
    """How things stand with the centre; pressed, it opens what waits."""

    def __init__(self) -> None:
        super().__init__("", icon="clock", colour="neutral", opens=True)
        self._state = ""

    def tell(self, words: str, icon: str, colour: str, state: str) -> None:
        """Say it. Numbers that go up and down are read by who asks; another `state` is told."""
        self.set_words(words, icon=icon, colour=colour)
        if state != self._state:
            self._state = state
            announcing.announce(self, words, "status")


class LineSwitch(StatusItem):
    """A demo's «قطع خط»: pressed, the line is cut, which it says loudly until it is joined again.

    `switched` tells whether the line is cut now.
    """

    switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__("", opens=True)
        self._cut = self._narrow = False
        self.clicked.connect(lambda: self.set_cut(not self._cut))
        self._tell()

    def begin(self) -> None:
        """It is another line's now, which is not cut; nobody is told."""
        self._cut = False
        self._tell()

    def set_cut(self, cut: bool) -> None:
        """Cut it, or join it."""
        self._cut = cut
        self._tell()
        self.switched.emit(cut)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: what to do stands for what is."""
        self._narrow = narrow
        self._tell()

    def _tell(self) -> None:
        if self._cut:
            words = "وصل کردن خط" if self._narrow else "خط به دست شما قطع است؛ وصل کنید"
            self.set_words(words, icon="wifi-off", colour="refuse")
        else:
            self.set_words("قطع خط", icon="wifi-off", colour="link")
        self.setToolTip("برای آزمودن کار دفتر نمونه بی خط مرکز")
