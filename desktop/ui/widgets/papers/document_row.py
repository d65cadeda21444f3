"""One required document: its state, whether the original was seen, its number and date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.line import TextLine, too_long
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.papers.document_papers import DocumentPapers

DocumentState = Literal["complete", "waiting", "incomplete", "unreadable", "not_needed"]
_STATES: dict[DocumentState, tuple[str, str, Tone]] = {
    "complete": ("کامل", "circle-check", "ok"),
    "waiting": ("اصل دیده نشده", "alert-triangle", "pay"),
    "incomplete": ("ناتمام", "alert-triangle", "pay"),
    "unreadable": ("خوانا نیست", "alert-triangle", "pay"),
    "not_needed": ("لازم نیست", "circle-dashed", "neutral"),
}
# Narrower they stand one under the other; px.
_ONE_LINE = 640


class _Halves(Row):
    """What is told of a document, and beside or under it what is given."""

    def __init__(self, told: Row, given: Row) -> None:
        super().__init__(gap=12)
        self._told, self._given = told, given
        self.addLayout(told, 1)
        self.addLayout(given)

    def minimumSize(self) -> QSize:
        """As narrow as the wider half."""
        wide = max(half.minimumSize().width() for half in (self._told, self._given))
        return QSize(wide, super().minimumSize().height())

    def heightForWidth(self, width: int) -> int:
        """As high as they are where they have that width."""
        self._turn(width)
        return super().heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        """Place them."""
        self._turn(rect.width())
        super().setGeometry(rect)

    def _turn(self, width: int) -> None:
        ways, narrow = self.Direction, width < theme.px(_ONE_LINE)
        way = ways.TopToBottom if narrow else ways.LeftToRight
        if self.direction() != way:
            self.setDirection(way)
            self.set_gap(0 if narrow else 12)
            self._given.set_margins((0, 28, 0, 0) if narrow else (0, 0, 0, 0))


class DocumentRow(QWidget):
    """State word · title · tick «اصل دیده شد» · number · date; a fault in words under them.

    `because` says which answer asks for it («زمین وقفی است»). `needs_number` shows the box for the
    number, `dated_by` (the day of today) the one for the date, `needs_scan` stops Enter at the
    paperclip until a page is there; what has no `original` (a picture) has nothing to tick.
    `edited` comes after each change,
    `left` when the person goes on. `attaching` asks for files; `given` brings what was dropped
    or pasted (QMimeData).
    """

    edited = Signal()
    left = Signal()
    attaching = Signal()
    given = Signal(object)

    def __init__(
        self,
        key: str,
        title: str,
        *,
        because: str = "",
        needs_number: bool = True,
        dated_by: date | None = None,
        needs_scan: bool = False,
        original: bool = True,
    ) -> None:
        super().__init__()
        self.key = key
        self._needs_scan, self._original = needs_scan, original
        self._because = because
        self._error: str | None = None
        self._icon = IconLabel("circle-check", 16, "ok")
        self._word = Label("", "small", "ok", 500)
        self._title = Label(title, wrap=True, middle=True)
        self.seen = Tick("اصل دیده شد", kind="small", colour="text2")
        self.seen.setAccessibleName(f"{title}: اصل دیده شد")
        self.number = TextLine(max_length=60, placeholder="شماره")
        self.number.setAccessibleName(f"{title}: شماره")
        self._numbered = needs_number
        if not needs_number:
            self.number.hide()
        self.date = DateLine(dated_by, "past") if dated_by is not None else None
        self.clip = IconButton("paperclip", "پیوست فایل", bordered=False, size=28)
        self.clip.setAccessibleName(f"{title}: پیوست فایل")
        self.clip.clicked.connect(self.attaching)
        self.clip.asked = needs_scan
        self.papers: DocumentPapers | None = None
        self.setAcceptDrops(True)
        self._dropping = False
        self._fault: Label | None = None
        self._note: Label | None = None
        self._rejected = False
        self.number.inputRejected.connect(self._tell_full)
        told, given = Row(self._icon, self._word, gap=12), Row(self.seen, gap=12)
        # What is shrunk must not be the title alone: both take a second line.
        told.addWidget(self._title, 5)
        if because:
            told.addWidget(Label(because, "small", "hint", wrap=True, middle=True), 4)
        self._numbers = Row(gap=8)
        self._numbers.addWidget(self.number)
        if self.date is not None:
            self.date.setPlaceholderText("تاریخ")
            self.date.setAccessibleName(f"{title}: تاریخ")
            self._numbers.addWidget(self.date)
        self._numbers.addStretch(1)
        self._holder = QWidget()
        self._holder.setLayout(self._numbers)
        given.addWidget(self._holder)
        given.addStretch(1)
        given.addWidget(self.clip)
        self._column = Column(gap=0)
        self._column.addLayout(_Halves(told, given))
        self.setLayout(self._column)
        for part in self._parts():
            part.edited.connect(self.edited)
            part.left.connect(self._part_left)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.seen.setVisible(original)
        self._holder.setVisible(original)
        theme.follow(self)
        self.restyle()
        self.set_state("waiting")

    def title(self) -> str:
        """The document's name."""
        return self._title.words()

    def restyle(self) -> None:
        """34 high at the least: the box of the number has air in it."""
        widest = max(
            theme.metrics("small", 500).horizontalAdvance(w) for w, _, _ in _STATES.values()
        )
        self._word.setFixedWidth(widest + 2)
        for line in (self.number, self.date):
            if line is not None:
                line.setFixedHeight(theme.px(28))
                line.setFixedWidth(theme.px(112))
        # The ticks of all rows stand in one column, whatever a row asks for.
        self._holder.setFixedSize(theme.px(2 * 112 + 8), theme.px(34))

    def sizeHint(self) -> QSize:
        """As high as the title needs at the width that the row has."""
        return _high_enough(self, super().sizeHint())

    def showEvent(self, event: QShowEvent) -> None:
        """What the title needs at this width is known only now."""
        super().showEvent(event)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def set_state(self, state: DocumentState) -> None:
        """Complete, waiting, unreadable, or not needed."""
        word, icon, tone = _STATES[state]
        self._icon.set_icon(icon, tone)
        self._word.setText(word)
        self._word.set_role(tone)
        self.setAccessibleName(f"{self._title.words()}: {word}")

    def open_papers(self) -> DocumentPapers:
        """What shows the pages; made when the first page comes."""
        if self.papers is None:
            self.papers = DocumentPapers(self._title.words())
            self._column.addWidget(self.papers)
            self.papers.show()
            self.clip.asked = False
        return self.papers

    def close_papers(self) -> None:
        """Nothing is left to show of the pages."""
        if self.papers is not None:
            self.papers.hide()
            self._column.removeWidget(self.papers)
            self.papers.deleteLater()
            self.papers = None
            self.clip.asked = self._needs_scan

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a picture or files where no letters are typed."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.given.emit(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped."""
        mime = event.mimeData()
        if mime.hasUrls() or mime.hasImage():
            self._set_dropping(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The pointer went on."""
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._set_dropping(False)
        event.acceptProposedAction()
        self.given.emit(event.mimeData())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground under the row while something is held over it."""
        if self._dropping:
            painter = strokes.open_painter(self)
            fill, edge = theme.colour("sunk"), theme.colour("link")
            strokes.box(painter, self.rect(), theme.px(6), fill=fill, border=edge, dashed=True)

    def _set_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.update()

    def words(self) -> str:
        """The title, as errors name the document."""
        return self._title.words()

    def error(self) -> str | None:
        """The sentence under the row, if it has an error."""
        return self._error

    def set_error(self, words: str | None) -> None:
        """Say what is wrong, or with None that nothing is."""
        self._error = words
        if self._fault is None and words:
            self._fault = Label("", "small", "refuse", wrap=True)
            self._column.insertWidget(1, self._fault)
        if self._fault is not None:
            self._fault.setText(words or "")
            self._fault.setVisible(bool(words))
        lacking = self._lacking() if words else None
        self.seen.set_state("error" if lacking is self.seen else "")
        self.clip.set_wrong(lacking is self.clip)
        for line in self._lines():
            empty = lacking in self._lines() and not line.text()
            line.set_state("error" if line is lacking or empty else "")
            line.setFixedHeight(theme.px(28))

    def _tell_full(self) -> None:
        self._rejected = True
        self.set_note(too_long(self.number.limit))

    def set_note(self, words: str) -> None:
        """What else is known of the document, under it; nothing for ""."""
        if not words and self._rejected:
            # The typing that was not taken whole: it is told until something else is typed.
            self._rejected = False
            return
        if self._note is None and words:
            self._note = Label("", "small", "pay", wrap=True)
            self._column.insertWidget(1, self._note)
        if self._note is not None:
            self._note.setText(words)
            self._note.setVisible(bool(words))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Who goes to the document goes to what it lacks."""
        self._lacking().setFocus(reason)

    def _lacking(self) -> QWidget:
        """What stands against the document, in the order in which a person gives it."""
        if self._original and not self.seen.value():
            return self.seen
        for line in self._lines():
            if not line.text() or (isinstance(line, DateLine) and line.fault()):
                return line
        if self._needs_scan and self.papers is None:
            return self.clip
        if self._error:
            return next(iter(self._lines()), self.clip)
        return self.seen if self._original else self.clip

    def _lines(self) -> list[TextLine]:
        lines = [self.number] if self._numbered else []
        return [*lines, self.date] if self.date is not None else lines

    def _parts(self) -> list[Tick | TextLine]:
        return [self.seen, *self._lines()]

    def _part_left(self) -> None:
        if QApplication.focusWidget() not in self._parts():
            self.left.emit()


def _high_enough(widget: QWidget, hint: QSize) -> QSize:
    layout = widget.layout()
    if layout is not None and widget.isVisible():
        hint.setHeight(layout.totalHeightForWidth(widget.width()))
    return hint


class DocumentList(QWidget):
    """The rows of a form's documents, parted by hairlines."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DocumentRow] = []
        self._column = Column(gap=0)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as the rows need at the width that the list has, and not at the one they like."""
        return _high_enough(self, super().sizeHint())

    def set_rows(self, rows: Sequence[DocumentRow]) -> None:
        """Show these rows; those that were there before and are not among them are deleted."""
        kept = set(rows)
        # Qt keeps the sizes of what is taken and put again with the old place, for ever:
        # a row that stays is removed by name.
        for row in rows:
            self._column.removeWidget(row)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()
        self.rows = list(rows)
        for index, row in enumerate(self.rows):
            if index:
                self._column.addWidget(Hairline())
            self._column.addWidget(row)
            row.show()
