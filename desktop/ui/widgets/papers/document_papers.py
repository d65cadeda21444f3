"""What is kept of a document as a file: its pages, what is wrong with them, what is under way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.papers.pages_strip import PagesStrip
from desktop.ui.widgets.told.progress import ThinBar


class DocumentPapers(QWidget):
    """The strip of pages, under it a sentence with the word that answers it.

    `accepted`: what is said to be unreadable is read well enough. `stopped`: no more pages of what
    is being read.
    """

    accepted = Signal()
    stopped = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.strip = PagesStrip()
        self.words = Label("", "small", "pay", wrap=True)
        self.accept = Link("همین خواناست")
        self.accept.setAccessibleName(f"{title}: همین خواناست")
        self.accept.clicked.connect(self.accepted)
        self._bar = ThinBar()
        self.reading = Label("", "small", "text2")
        self.stop = Link("کافی است")
        self.stop.setAccessibleName(f"{title}: کافی است")
        self.stop.clicked.connect(self.stopped)
        self._told, self._under_way = QWidget(), QWidget()
        told = Row(gap=10)
        told.addWidget(self.words, 1)
        told.addWidget(self.accept)
        self._told.setLayout(told)
        under_way = Row(self.reading, gap=10)
        under_way.addWidget(self._bar, 1)
        under_way.addWidget(self.stop)
        self._under_way.setLayout(under_way)
        self.setLayout(
            Column(self.strip, self._told, self._under_way, gap=4, margins=(2, 24, 6, 0))
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._told.hide()
        self._under_way.hide()

    def set_pages(self, pages: Sequence[tuple[str, bool]]) -> None:
        """Names of the pages and whether each can't be read."""
        self.strip.set_pages(pages, self._title)
        self.strip.setVisible(bool(pages))

    def tell(self, words: str, *, acceptable: bool) -> None:
        """Why something can't be read or wasn't taken; nothing for no words."""
        self.words.setText(words)
        self.words.set_role("pay" if acceptable else "refuse")
        self.accept.setVisible(acceptable)
        self._told.setVisible(bool(words))

    def show_progress(self, done: int, total: int | None) -> None:
        """So many pages are read of so many; None before it is known."""
        of = f"صفحهٔ {done + 1} از {total}" if total else "فایل"
        self.reading.setText(to_persian_digits(f"در حال خواندن {of}…"))
        self._bar.set_share(done / total if total else None)
        self.stop.setVisible(bool(total))
        self._under_way.show()

    def end_progress(self) -> None:
        """Nothing is under way."""
        self._bar.set_share(0.0)
        self._under_way.hide()

    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        shown = (self.strip.thumbs, self.words.text())
        return not any(shown) and self._under_way.isHidden()
