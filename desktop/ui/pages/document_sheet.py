"""A document looked at over its page: its pages large, closer and farther, Esc goes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.actions import documents
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import DocumentFile
from desktop.ui import theme
from desktop.ui.pages.paper_view import PdfFrame
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.work import Work


class DocumentSheet(QWidget):
    """Covers its host while a document is looked at; the focus goes back to where it was."""

    def __init__(self, work: Work, host: QWidget) -> None:
        super().__init__(host)
        self._work, self._host = work, host
        self._before: QWidget | None = None
        self._page = 0
        self.title = Label("", weight=700, elide=True)
        self.words = Label("", role="text2", wrap=True)
        self.frame = PdfFrame(work)
        self.frame.setAccessibleName("مدرک")
        self.frame.drawn.connect(self._turn_to)
        leave = Button("بستن", "quiet", icon="x", keys="Esc")
        leave.clicked.connect(self.close_sheet)
        head = Row(gap=10, margins=(8, 20, 8, 12))
        head.addWidget(self.title, 1)
        head.addWidget(leave)
        column = Column(gap=0)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.frame, 1)
        self.setLayout(column)
        self.setProperty("overlay", True)
        host.installEventFilter(self)
        self.hide()

    def show_document(
        self, seat: Seat, case_id: str, title: str, file: DocumentFile | None, page: int = 0
    ) -> None:
        """Look at the file from a page on; one of a case may have to come from the centre."""
        if file is None:
            return
        self._page = page
        self._before = QApplication.focusWidget()
        pages = to_persian_digits(f"{title}، {file.pages} صفحه")
        self.title.setText(pages)
        self.setAccessibleName(pages)
        self.frame.set_pdf(b"")
        self._say("در حال آوردن فایل…")
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.frame.setFocus(Qt.FocusReason.OtherFocusReason)
        job = partial(documents.content, seat, case_id, file)
        self._work.run(self, job, self._show, self._no, line=True)

    def close_sheet(self) -> None:
        """Back to the page."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the host."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing of the page shows through."""
        QPainter(self).fillRect(self.rect(), theme.colour("surface"))

    def _show(self, pdf: bytes) -> None:
        self._say("")
        self.frame.set_pdf(pdf)

    def _turn_to(self) -> None:
        self.frame.go_to(self._page)

    def _no(self, refusal: Refusal) -> None:
        self._say(refusal.words)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
