"""A file's text as it is written: numbered lines, faults in their lines, hints at their ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from desktop.domain.persian import ZWNJ
from desktop.ui import theme
from desktop.ui.widgets.code.colours import TomlColours
from desktop.ui.widgets.code.gutter import Gutter, Room
from desktop.ui.widgets.code.marks import Mark, lines_of, place_of, reads_from_right
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.paint import strokes

_END = 12


class CodeEdit(QPlainTextEdit):
    """A service file's text, left to right; a line that begins in Persian reads right to left.

    `edited` comes with each change a person makes, `moved` when the cursor stands in another line.
    `hint_of` gives what is said at the end of a line (a day in Jalali, a sum in words), empty for
    nothing. Ctrl+Z and its kin are the box's own; Tab goes on, two spaces are typed.
    `painted` are the lines that were last painted: never more than show.
    """

    edited = Signal()
    moved = Signal(int)

    def __init__(self, hint_of: Callable[[str], str] = lambda _: "") -> None:
        super().__init__()
        self._hint_of = hint_of
        self._marks: dict[int, Mark] = {}
        self._under: dict[int, float] = {}
        self._line = 1
        self._loading = False
        self._known = ""
        self.painted: tuple[int, ...] = ()
        self.setAccessibleName("متن پروندهٔ خدمت")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentLayout(Room(self, self.room_under))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.colours = TomlColours(self.document())
        self._gutter = Gutter(self, self.shown, self.mark_at)
        self.textChanged.connect(self._changed)
        self.blockCountChanged.connect(lambda _: self._make_room())
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._cursor_moved)
        theme.dress(self, "code")
        theme.follow(self)
        self.restyle()

    # Text.

    def text(self) -> str:
        """The file's text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another file; nothing is signalled, and Ctrl+Z does not lead to the one before."""
        self._loading = True
        self._marks = {}
        self._under = {}
        self.setPlainText(text)
        self._loading = False
        self._make_room()

    def line(self) -> int:
        """The line of the cursor, from 1."""
        return self.textCursor().blockNumber() + 1

    def line_text(self, line: int) -> str:
        """A line's own text."""
        return self.document().findBlockByNumber(line - 1).text()

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of the line and give the box the keys."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def find_next(self, words: str, *, back: bool = False) -> bool:
        """Choose the next place of the words, round the end of the file; whether there is one."""
        flag = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if self.find(words, flag):
            return True
        cursor = self.textCursor()
        held = QTextCursor(cursor)
        end = QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start
        cursor.movePosition(end)
        self.setTextCursor(cursor)
        if self.find(words, flag):
            return True
        self.setTextCursor(held)
        return False

    # Marks.

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these faults and warnings, the first of each line; errors before warnings."""
        self._marks = {}
        for mark in sorted(marks, key=lambda each: each.tone != "refuse"):
            if mark.line:
                self._marks.setdefault(mark.line, mark)
        self._place_marks()
        self._underline()

    def mark_at(self, line: int) -> Mark | None:
        """The mark that shows in the line."""
        return self._marks.get(line)

    def room_under(self, line: int) -> float:
        """How much room the line keeps under it for its sentence, pixels."""
        return self._under.get(line, 0.0)

    def said_at(self, line: int) -> Mark | None:
        """What is said at the line: its mark, else its hint."""
        mark = self._marks.get(line)
        if mark is not None:
            return mark
        words = self._hint_of(self.line_text(line))
        return Mark(line, words) if words else None

    # Qt.

    def restyle(self) -> None:
        """Sizes at the zoom in force."""
        self.setFont(theme.font("body"))
        self._make_room()
        self._place_marks()
        self._underline()

    def sizeHint(self) -> QSize:
        """It takes what there is."""
        return QSize(theme.px(420), theme.px(300))

    def changeEvent(self, event: QEvent) -> None:
        """The font stays its own."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            theme.hold_font(self, "body")

    def showEvent(self, event: QShowEvent) -> None:
        """Polished by now."""
        super().showEvent(event)
        theme.hold_font(self, "body")
        self._make_room()
        self._place_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The numbers stand at the left; sentences find their place anew."""
        super().resizeEvent(event)
        self._make_room()
        self._place_marks()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+Space is a half-space; Enter keeps the line's indentation."""
        held = event.modifiers()
        if held == Qt.KeyboardModifier.ShiftModifier and event.key() == Qt.Key.Key_Space:
            if not self.isReadOnly():
                self.insertPlainText(ZWNJ)
            return
        command = held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if is_enter(event) and command:
            event.ignore()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain words only, with the line ends of this file."""
        self.insertPlainText(source.text().replace("\r\n", "\n").replace("\r", "\n"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grounds of lines with marks, the text, then the sentences at their lines."""
        painter = QPainter(self.viewport())
        shown = list(self.shown(event.rect()))
        self.painted = tuple(line for line, _, _ in shown)
        for line, rect, _ in shown:
            mark = self._marks.get(line)
            if mark is not None and mark.tone is not None:
                painter.fillRect(rect, QColor(theme.tone(mark.tone).ground))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for line, rect, block in shown:
            said = self.said_at(line)
            if said is not None:
                self._say(painter, said, rect, block)
        painter.end()

    def shown(self, area: QRect) -> list[tuple[int, QRect, QTextBlock]]:
        """The lines whose places meet the area: number, place across the box, block."""
        found = []
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        wide = self.viewport().width()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset)
            if place.top() > area.bottom():
                break
            if block.isVisible() and place.bottom() >= area.top():
                rect = QRect(0, round(place.top()), wide, round(place.height()))
                found.append((block.blockNumber() + 1, rect, block))
            block = block.next()
        return found

    def _say(self, painter: QPainter, said: Mark, rect: QRect, block: QTextBlock) -> None:
        colour = theme.colour(said.tone or "hint")
        under = self._under.get(said.line, 0.0)
        edge = theme.px(_END)
        high = self.fontMetrics().lineSpacing()
        if under:
            lines = lines_of(said.words, rect.width() - 2 * edge)
            painter.setPen(colour)
            lines.draw(painter, QPointF(edge, rect.bottom() + 1 - under))
            return
        at = QRect(edge, rect.top(), rect.width() - 2 * edge, high)
        if said.tone is None and not self._fits(block, said.words):
            return
        strokes.text(
            painter,
            at,
            said.words,
            "small",
            colour=colour,
            align=strokes.LEFT if reads_from_right(block) else strokes.RIGHT,
        )

    def _fits(self, block: QTextBlock, words: str) -> bool:
        layout = block.layout()
        if layout.lineCount() != 1:
            return False
        taken = layout.lineAt(0).naturalTextWidth() + strokes.width_of(words, "small")
        return taken + theme.px(_END) * 3 <= self.viewport().width()

    def _place_marks(self) -> None:
        """Which sentences go under their lines, and how high they are there."""
        wide = self.viewport().width() - 2 * theme.px(_END)
        under: dict[int, float] = {}
        for line, mark in self._marks.items():
            block = self.document().findBlockByNumber(line - 1)
            if not block.isValid():
                continue
            # Lays the line out, where it has not been seen yet.
            self.blockBoundingRect(block)
            if not self._fits(block, mark.words):
                under[line] = lines_of(mark.words, wide).boundingRect().height() + theme.px(2)
        if under != self._under:
            self._under = under
            layout = self.document().documentLayout()
            layout.documentSizeChanged.emit(layout.documentSize())
        self.viewport().update()
        self._gutter.update()

    def _underline(self) -> None:
        """A line under the word that a fault names, else under the value."""
        chosen = []
        for line, mark in self._marks.items():
            block = self.document().findBlockByNumber(line - 1)
            place = place_of(mark, block.text()) if block.isValid() else None
            if place is None or mark.tone is None:
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + place[0])
            cursor.setPosition(block.position() + place[1], QTextCursor.MoveMode.KeepAnchor)
            made = QTextCharFormat()
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.setUnderlineColor(theme.colour(mark.tone))
            selection.cursor, selection.format = cursor, made
            chosen.append(selection)
        self.setExtraSelections(chosen)

    def _make_room(self) -> None:
        wide = self._gutter.wide()
        self.setViewportMargins(wide, 0, 0, 0)
        inner = self.contentsRect()
        self._gutter.setGeometry(QRect(inner.left(), inner.top(), wide, inner.height()))

    def _scrolled(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def _cursor_moved(self) -> None:
        line = self.line()
        if line != self._line:
            self._line = line
            self.moved.emit(line)

    def _changed(self) -> None:
        """Colours that change are no change of the text."""
        text = self.toPlainText()
        if text != self._known:
            self._known = text
            if not self._loading:
                self.edited.emit()
