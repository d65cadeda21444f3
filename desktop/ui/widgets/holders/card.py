"""Cards and the sections of a form that fold to a line when done."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Margins, Row
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.summed_up import SummedUp

CardEdge = Literal["line", "accent", "dashed"]
_PADDING: Margins = (9, 14, 10, 14)


class Card(QWidget):
    """A surface with a hairline round it; a heading with words beside it, then the content.

    `edge` «accent» is the chosen card (2 px), «dashed» an empty place; `tone` puts it on a tone's
    ground with that tone's border; in a `flush` card the content reaches the sides, as rows do.
    """

    def __init__(
        self,
        heading: str = "",
        beside: str = "",
        *,
        edge: CardEdge = "line",
        tone: Tone | None = None,
        margins: Margins = _PADDING,
        gap: float = 6,
        flush: bool = False,
    ) -> None:
        super().__init__()
        self._edge: CardEdge = edge
        self._tone: Tone | None = tone
        self._ground = "surface"
        self.body = Column(gap=gap)
        side = 14 if flush else 0
        self.head = Row(gap=8, margins=(0, side, 0, side))
        column = Column(gap=gap, margins=(margins[0], 1, 1, 1) if flush else margins)
        if heading:
            self.heading = Label(heading, "section", weight=700)
            self.beside = Label(beside, "small", "text2", elide=True)
            self.head.addWidget(self.heading)
            self.head.addWidget(self.beside, 1)
            column.addLayout(self.head)
        column.addLayout(self.body, 1)
        self.setLayout(column)
        theme.notifier().changed.connect(self.update)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under what is there."""
        self.body.addWidget(widget, stretch)

    def add_link(self, words: str) -> Link:
        """A link at the left of the heading."""
        link = Link(words)
        self.head.addWidget(link)
        return link

    def set_edge(self, edge: CardEdge, *, ground: str = "surface") -> None:
        """Choose it or leave it; nothing inside moves. `ground` is a token."""
        self._edge, self._ground = edge, ground
        self.update()

    def set_tone(self, tone: Tone | None) -> None:
        """Put it on another tone's ground, or on none."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface."""
        painter = strokes.open_painter(self)
        radius = theme.px(8)
        rect = self.rect()
        if self._tone is not None:
            tone = theme.tone(self._tone)
            border = theme.colour(self._tone)
            strokes.box(painter, rect, radius, fill=QColor(tone.ground), border=border)
        elif self._edge == "dashed":
            strokes.box(painter, rect, radius, border=theme.colour("line"), dashed=True)
        else:
            chosen = self._edge == "accent"
            strokes.box(
                painter,
                rect,
                radius,
                fill=theme.colour(self._ground),
                border=theme.colour("accent" if chosen else "line"),
                width=2 if chosen else 1,
            )


SectionState = Literal["later", "current", "done", "warned", "error"]
_MARKS: dict[SectionState, tuple[Tone, str]] = {
    "done": ("ok", "check"),
    "warned": ("pay", "alert-triangle"),
    "error": ("refuse", "alert-circle"),
}


class Disc(QWidget):
    """The disc before a heading: a number, a check, or a mark of a warning or of an error."""

    def __init__(self, number: int, state: SectionState = "later") -> None:
        super().__init__()
        self._number, self._state = number, state
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """24 at the zoom in force."""
        self.setFixedSize(theme.px(24), theme.px(24))
        self.update()

    def state(self) -> SectionState:
        """What it shows."""
        return self._state

    def set_state(self, state: SectionState) -> None:
        """Show another state."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        radius = self.width() / 2
        icon = theme.px(15)
        shift = (self.width() - icon) // 2
        words = to_persian_digits(self._number)
        if self._state in _MARKS:
            name, drawing = _MARKS[self._state]
            fill = QColor(theme.tone(name).ground)
            strokes.box(painter, self.rect(), radius, fill=fill, border=theme.colour(name))
            paint_icon(painter, drawing, shift, shift, icon, theme.colour(name))
        elif self._state == "current":
            strokes.box(painter, self.rect(), radius, fill=theme.colour("accent"))
            colour = theme.colour("on_accent")
            strokes.text(painter, self.rect(), words, "small", 700, colour, strokes.CENTRE)
        else:
            strokes.box(painter, self.rect(), radius, border=theme.colour("edge"))
            colour = theme.colour("text2")
            strokes.text(painter, self.rect(), words, "small", 700, colour, strokes.CENTRE)


class Section(Card):
    """A numbered part of a form; folded it is a line with a summary and «ویرایش».

    `opened` comes when the person asks to see it again.
    """

    opened = Signal()

    def __init__(self, number: int, heading: str) -> None:
        super().__init__(margins=(6, 14, 8, 14))
        self.disc = Disc(number)
        self.heading = Label(heading, "section", weight=700)
        self.summed = SummedUp()
        self.edit = Link("ویرایش")
        self.edit.setAccessibleName(f"ویرایش {heading}")
        self.edit.hide()
        self.summed.hide()
        self._folded = self._placed = False
        self._extra = Row(gap=8)
        for widget in (self.disc, self.heading):
            self.head.addWidget(widget)
        self.head.addWidget(self.summed, 1)
        self.head.addLayout(self._extra, 1)
        # Near to its last word it would be read as one more of them.
        self.head.addLayout(Row(self.edit, margins=(0, 10, 0, 0)))
        layout = self.layout()
        if isinstance(layout, Column):
            layout.insertLayout(0, self.head)
        self.content = QWidget()
        self.inner = Column(gap=6)
        self.content.setLayout(self.inner)
        self.body.addWidget(self.content)
        self.edit.clicked.connect(self.unfold)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as its words need at this width: lines that wrap count."""
        hint = super().sizeHint()
        return QSize(
            hint.width(), self.heightForWidth(self.width()) if self._placed else hint.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self._placed = True
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under what is there."""
        self.inner.addWidget(widget, stretch)

    def add_beside(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget in the heading's line."""
        self._extra.addWidget(widget, stretch)

    def set_state(self, state: SectionState) -> None:
        """Later, current, done, done with a warning, or with an error in it."""
        self.disc.set_state(state)

    def is_folded(self) -> bool:
        """Whether only the summary shows."""
        return self._folded

    def fold(self, *summary: str) -> None:
        """Show what sums it up, piece by piece."""
        self._folded = True
        self.summed.set_pieces(summary)
        self._arrange()

    def unfold(self) -> None:
        """Show the fields again."""
        if self._folded:
            self._folded = False
            self._arrange()
            self.opened.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on a folded section opens it."""
        if self._folded and event.button() == Qt.MouseButton.LeftButton:
            self.unfold()
        else:
            super().mousePressEvent(event)

    def _arrange(self) -> None:
        self.content.setVisible(not self._folded)
        self.summed.setVisible(self._folded)
        self.edit.setVisible(self._folded)
        for index in range(self._extra.count()):
            item = self._extra.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(not self._folded)
