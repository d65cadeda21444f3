"""A cover over a page: something looked at without leaving it; Esc takes it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.pages.papers.view import OfficePaper, PaperView
from desktop.ui.printing import gone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.work import Work

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class Cover(QWidget):
    """Covers its host while it shows; the focus goes back to where it was.

    What it does stands in the host's bar, its `main` act where every page has it.
    """

    def __init__(self, host: Page, content: QWidget, main: Button | None = None) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self._under: list[QWidget] = []
        self.title = Label("", weight=700, elide=True)
        self.words = Label("", role="text2", wrap=True)
        leave = Button("بستن", "quiet", icon="x", keys="Esc", tall=True)
        leave.clicked.connect(self.close_cover)
        acts = Row(leave, gap=10)
        acts.addStretch(1)
        if main is not None:
            acts.addWidget(main)
        self._acts = QWidget(self)
        self._acts.setLayout(acts)
        self._acts.hide()
        head = Row(self.title, gap=10, margins=(8, 20, 8, 12))
        self._column = Column(gap=0)
        self._column.addLayout(head)
        self._column.addWidget(self.words)
        self._column.addWidget(content, 1)
        self.setLayout(self._column)
        self.setProperty("overlay", True)
        host.installEventFilter(self)
        self.hide()

    def open_cover(self, title: str, focus: QWidget) -> None:
        """Cover the host; keys go to `focus`."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.title.setText(title)
        self.setAccessibleName(title)
        self.say("")
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self._hush(True)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_cover(self) -> bool:
        """Back to the page; whether the cover was there."""
        if not self.isVisible():
            return False
        self.hide()
        self._hush(False)
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._host.take_focus()
        self._before = None
        return True

    def _hush(self, covered: bool) -> None:
        # One Esc is shown at a time, and nothing is typed or done on a page that is out of sight.
        assert self._host.bar is not None
        self._host.bar.cover(self._acts if covered else None)
        if covered:
            under = self._host.findChildren(QWidget, options=_DIRECT)
            self._under = [each for each in under if each is not self and each.isEnabled()]
        for each in self._under:
            if isValid(each):
                each.setEnabled(not covered)

    def say(self, words: str) -> None:
        """A sentence over the content; none for no words."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the host."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing of the page shows through."""
        QPainter(self).fillRect(self.rect(), theme.colour("surface"))


class PaperCover(Cover):
    """A paper of the office that is looked at and printed (F8)."""

    def __init__(self, work: Work, host: Page) -> None:
        self.paper = PaperView(work)
        self.send = Button("چاپ", "main", icon="printer", keys="Ctrl+Enter", also="F8")
        super().__init__(host, self.paper, self.send)
        self.send.clicked.connect(self.paper.print_now)
        self.paper.sent.connect(lambda printer: self.say(gone(self.title.words(), printer)))
        self.paper.refused.connect(self.say)

    def show_paper(self, title: str, draw: Callable[[], bytes]) -> None:
        """Show what `draw` gives, off this thread."""
        self.open_cover(title, self.paper.frame)
        self.paper.show_paper(OfficePaper(title, draw))
