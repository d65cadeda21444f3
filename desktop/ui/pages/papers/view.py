"""A paper in place of the page's content: looked at, then printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.ui import pdf as pdf_pages
from desktop.ui import printing, theme
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.papers.letter_frame import LetterFrame
from desktop.ui.work import Job, Work

_FIRST_WIDTH = 800
# The words of a letter, 10.5 pt of a page 595 pt wide, are read from 9 pt on; px at 100 %.
_WORDS, _PAGE, _LEGIBLE = 10.5, 595, 12
_SETTLE_MS = 120


@dataclass(frozen=True)
class OfficePaper:
    """A paper of the office and what draws it, off the window's thread.

    `printed` is told the printer, off that thread too; what is drawn may be another paper then.
    """

    title: str
    draw: Callable[[], bytes]
    printed: Callable[[str], None] | None = None


class PdfFrame(LetterFrame):
    """The pages of a PDF, drawn off the window's thread as sharp as they are shown.

    `drawn` comes when other bytes show for the first time.
    """

    drawn = Signal()

    def __init__(self, work: Work, *, for_reading: bool = False) -> None:
        super().__init__(for_reading=for_reading)
        self._work = work
        self._pdf = b""
        self._drawn_wide = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._sharpen)
        self.zoomed.connect(lambda _: self._sharpen())

    def pdf(self) -> bytes:
        """What is shown."""
        return self._pdf

    @property
    def legible(self) -> bool:
        """Whether a letter's words can be read as large as they stand here."""
        words = self.page_width() / self.devicePixelRatioF() / _PAGE * _WORDS
        return words >= theme.px(_LEGIBLE)

    def set_pdf(self, pdf: bytes) -> None:
        """Show other bytes; the same again keep the place."""
        if pdf != self._pdf:
            self._pdf = pdf
            self._drawn_wide = 0
            self.set_pages([])
            if pdf:
                self._draw(_FIRST_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size: draw anew when it stands still."""
        super().resizeEvent(event)
        self._settle.start()

    def _sharpen(self) -> None:
        wide = self.page_width()
        if self._pdf and self._drawn_wide and wide != self._drawn_wide:
            self._draw(wide)

    def _draw(self, width: int) -> None:
        pdf = self._pdf

        def show(images: list[QImage]) -> None:
            if pdf != self._pdf:
                return
            first = not self._drawn_wide
            self._drawn_wide = width
            self.set_pages(images)
            if first:
                self.to_start()
                self.drawn.emit()
                self._sharpen()

        self._work.run(self, lambda: pdf_pages.pages(pdf, width), show)


class PaperView(QWidget):
    """A receipt or a slip, to be read, with the choice of printers where there are several.

    `sent` gives the printer that took it, `refused` why none did.
    """

    sent = Signal(str)
    refused = Signal(str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._paper: OfficePaper | None = None
        # Whose sheets are shown: while another one is drawn, those of the one before.
        self._drawn: OfficePaper | None = None
        # What is on its way to the printer: another press means the same sheet.
        self._printing: list[OfficePaper] = []
        self.frame = PdfFrame(work)
        # A whole page between header and bar would be too small to be read.
        self.frame.drawn.connect(self.frame.fit_width)
        self.choice = ListChoice([])
        self._field = FormField("چاپگر", self.choice, key="printer")
        self._strip = QWidget()
        self._strip.setLayout(Column(self._field, gap=0, margins=(10, 20, 10, 20)))
        column = Column(self._strip, gap=0)
        column.addWidget(self.frame, 1)
        self.setLayout(column)
        self._strip.hide()

    def show_paper(self, paper: OfficePaper, *, at_once: bool = False) -> None:
        """Draw it off this thread and show it; `at_once` prints it too where there is a printer."""
        self._paper = paper
        self.frame.setAccessibleName(paper.title)
        self._work.flow(self, self._show(paper, at_once=at_once))

    async def _show(self, paper: OfficePaper, *, at_once: bool) -> None:
        try:
            pdf = await Job(paper.draw)
        except Refusal as no:
            self.refused.emit(no.words)
            return
        if paper is not self._paper:
            # Another one was asked for meanwhile.
            return
        self._drawn = paper
        self.frame.set_pdf(pdf)
        printers = await Job(printing.printers, papers=True)
        self.choice.set_options([(p.name, p.name) for p in printers])
        self.choice.set_value(printers[0].name)
        self._strip.setVisible(len(printers) > 1)
        if at_once and paper is self._paper and not printing.is_file(printers[0].name):
            self.print_now()

    def print_now(self) -> None:
        """Send what is shown to the chosen printer."""
        self._work.flow(self, self._print())

    async def _print(self) -> None:
        paper = self._drawn
        if paper is None or paper is not self._paper:
            # It is still drawn: nobody has seen what would come out.
            return
        pdf = self.frame.pdf()
        if not pdf or any(paper is each for each in self._printing):
            return
        self._printing.append(paper)
        try:
            await self._printed(paper, pdf)
        finally:
            # Also after a bug: the key must not stay deaf.
            self._printing = [each for each in self._printing if each is not paper]

    async def _printed(self, paper: OfficePaper, pdf: bytes) -> None:
        printer = self.choice.value()
        if not printer:
            # They are still looked for: this is answered after them.
            await Job(lambda: None, papers=True)
            printer = self.choice.value()
        if not printer:
            self.refused.emit(printing.NO_PRINTER)
            return
        try:
            following = await Job(partial(_send, paper, pdf, printer), papers=True)
        except Refusal as no:
            self.refused.emit(no.words)
            return
        if pdf == self.frame.pdf():
            self.frame.set_pdf(following)
        self.sent.emit(printer)


def _send(paper: OfficePaper, pdf: bytes, printer: str) -> bytes:
    """Print it; what is to be shown after it."""
    _give(paper, pdf, printer)
    printing.remember(printer)
    return pdf if paper.printed is None else paper.draw()


def print_at_once(paper: OfficePaper) -> str:
    """Print it unseen where there is a printer; its name, empty where there is none.

    Not from the window's thread. Raises Refusal.
    """
    printer = printing.printers()[0].name
    if printing.is_file(printer):
        return ""
    _give(paper, paper.draw(), printer)
    return printer


def _give(paper: OfficePaper, pdf: bytes, printer: str) -> None:
    printing.print_pdf(pdf, printer, paper.title)
    if paper.printed is not None:
        paper.printed(printer)
