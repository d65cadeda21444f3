"""The three parts of a second look, side by side: a part is seen once it was read to its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.soon import soon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.keys import down
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Hairline, Row
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told.keycap import KeyCaps
from desktop.ui.work import Work

DWELL_MS = 2_000
"""So long a part's end is in view, with the keys in it, before it counts as seen."""
_SLACK = 4
_HEAD = 50
_PAGES = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class LetterPane(PdfFrame):
    """The letter as wide as its place; read where its words are large enough for it."""

    moved = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__(work, for_reading=True)
        for come in (self.drawn, self.scrolled, self.zoomed):
            come.connect(lambda *_: self.moved.emit())

    def showEvent(self, event: QShowEvent) -> None:
        """What is in sight counts while the pane shows."""
        super().showEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may show now."""
        super().resizeEvent(event)
        self.moved.emit()

    def at_end(self) -> bool:
        """Whether its last line is in sight, to be read."""
        shown = bool(self._pages) and self.isVisible() and self.legible
        return shown and _in_sight(self) and self.end_in_view()


class ListPane(Scroller):
    """Rows that are scrolled; `name` says of what."""

    moved = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring = FocusRing(self, 4)
        self.setAccessibleName(name)
        for come in (self.verticalScrollBar().valueChanged, self.verticalScrollBar().rangeChanged):
            come.connect(lambda *_: self.moved.emit())

    def showEvent(self, event: QShowEvent) -> None:
        """What is in sight counts while the pane shows."""
        super().showEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may show now."""
        super().resizeEvent(event)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where all of it stands there, PageDown is the page's own."""
        scrolls = down(event) or event.key() in _PAGES
        if scrolls and not self.verticalScrollBar().maximum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def at_end(self) -> bool:
        """Whether its last row is in sight."""
        bar = self.verticalScrollBar()
        return self.isVisible() and _in_sight(self) and bar.value() >= bar.maximum() - _SLACK


def _in_sight(pane: QAbstractScrollArea) -> bool:
    """Whether the places that the pane stands in show it to its foot."""
    view = pane.viewport()
    high, holder = view.height(), view.parentWidget()
    while holder is not None and not holder.isWindow():
        if holder.height() - view.mapTo(holder, QPoint(0, 0)).y() < high - _SLACK:
            return False
        holder = holder.parentWidget()
    return True


class PartCard(Card):
    """A numbered part with whether it was seen; `read` comes once it was.

    The end of the pane has been in sight with the keys in it for `DWELL_MS`.
    """

    read = Signal()

    def __init__(self, number: int, title: str, pane: LetterPane | ListPane) -> None:
        super().__init__(margins=(2, 2, 3, 2), gap=0)
        self.title, self.pane, self.seen = title, pane, False
        self._mark = IconLabel("circle-dashed", 16, "pay")
        self._said = Label("", "small", "pay")
        self.links = Row(gap=6)
        head = Row(
            KeyCaps(str(number)), Label(title, "section", weight=700), margins=(4, 14, 4, 14)
        )
        head.addLayout(self.links)
        head.addStretch(1)
        head.addWidget(self._mark)
        head.addWidget(self._said)
        self._head = QWidget()
        self._head.setLayout(head)
        self.add(self._head)
        self.add(Hairline())
        self.add(pane, 1)
        self.foot = Label("", "small", "text2", elide=True)
        self._foot = QWidget()
        self._foot.setLayout(Row(self.foot, margins=(6, 14, 6, 14)))
        self.add(self._foot)
        self._foot.hide()
        self._dwelling = QTimer(self)
        self._dwelling.setSingleShot(True)
        self._dwelling.timeout.connect(self._take)
        pane.moved.connect(self.look_again)
        pane.installEventFilter(self)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self._tell()

    def restyle(self) -> None:
        """All heads as high as the one with a key, at the zoom in force."""
        self._head.setMinimumHeight(theme.px(_HEAD))

    def set_headed(self, headed: bool) -> None:
        """Whether its name and mark stand over it; where tabs say them they need not."""
        self._head.setVisible(headed)

    def say_below(self, words: str) -> None:
        """A line under the pane; empty for none."""
        self.foot.setText(words)
        self._foot.setVisible(bool(words))

    def look_again(self) -> None:
        """More may be in sight, once what stands there has its place."""
        soon(self, self._look)

    def _look(self) -> None:
        reading = self.pane.hasFocus() and self.pane.at_end()
        if self.seen or not reading:
            self._dwelling.stop()
        elif not self._dwelling.isActive():
            self._dwelling.start(DWELL_MS)

    def _take(self) -> None:
        if not self.seen and self.pane.hasFocus() and self.pane.at_end():
            self.seen = True
            self._tell()
            self.read.emit()

    def _tell(self) -> None:
        self._mark.set_icon(*(("circle-check", "ok") if self.seen else ("circle-dashed", "pay")))
        words = "دیده شد" if self.seen else "هنوز ندیده‌اید"
        self._said.setText(words)
        self._said.set_role("ok" if self.seen else "pay")
        self.setAccessibleName(f"{self.title}: {words}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys came into the pane, or left it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.look_again()
        return super().eventFilter(watched, event)


def add_whole_key(part: PartCard) -> Button:
    """The key that shows the letter as large as it is read."""
    key = Button("تمام‌صفحه", "quiet", icon="zoom-in", keys="F9")
    part.links.addWidget(key)
    return key
