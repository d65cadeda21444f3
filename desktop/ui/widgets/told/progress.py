"""Long work: a thin bar, what it is doing, and the word that stops it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import announcing, theme
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.paint import strokes

_BAR_AFTER_MS, _WORDS_AFTER_MS = 300, 2000


class ThinBar(QWidget):
    """A bar of 6, filled from the right; with no share known a piece of it moves."""

    def __init__(self, share: float | None = 0.0) -> None:
        super().__init__()
        self._share = share
        self._place = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(40)
        self._clock.timeout.connect(self._step)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """6 at the zoom in force."""
        self.setFixedHeight(theme.px(6))

    def set_share(self, share: float | None) -> None:
        """How much is done, 0 to 1; None while nobody knows."""
        self._share = None if share is None else min(1.0, max(0.0, share))
        if self._share is None:
            self._clock.start()
        else:
            self._clock.stop()
        self.update()

    def share(self) -> float | None:
        """How much is done."""
        return self._share

    def _step(self) -> None:
        self._place = (self._place + 0.02) % 1.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        radius = self.height() / 2
        strokes.track(painter, self.rect())
        if self._share is None:
            wide = self.width() // 4
            right = self.width() - round((self.width() - wide) * self._place)
        else:
            wide, right = round(self.width() * self._share), self.width()
        if wide:
            done = QRect(right - wide, 0, wide, self.height())
            strokes.box(painter, done, radius, fill=theme.colour("accent"))


class Progress(QWidget):
    """Shows itself after 300 ms, its words after 2 s; `stopped` when the person says «لغو»."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Label("", "small", elide=True)
        self.stop = Link("لغو")
        self.bar = ThinBar()
        self._top = QWidget()
        row = Row(gap=8)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        self._top.setLayout(row)
        self.setLayout(Column(self._top, self.bar, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.stop.clicked.connect(self.stopped)
        self._show_bar, self._show_words = QTimer(self), QTimer(self)
        for timer, length in ((self._show_bar, _BAR_AFTER_MS), (self._show_words, _WORDS_AFTER_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
        self._show_bar.timeout.connect(self.show)
        self._show_words.timeout.connect(self._say)

    def start(self, words: str) -> None:
        """Work has begun; short work is never seen."""
        self.tell(words, None)
        self.hide()
        self._top.hide()
        self._show_bar.start()
        self._show_words.start()

    def tell(self, words: str, share: float | None) -> None:
        """What it is doing and how much is done, 0 to 1, or None."""
        self.words.setText(words)
        self.bar.set_share(share)
        self.setAccessibleName(words)

    def _say(self) -> None:
        """It takes long: what is being done, once."""
        self._top.show()
        announcing.announce(self, self.words.words(), "progress")

    def finish(self) -> None:
        """Work is over."""
        self._show_bar.stop()
        self._show_words.stop()
        self.bar.set_share(1.0)
        announcing.forget("progress")
        self.hide()
