"""The places of a page round the kit's widgets, as look/03 has them, for the gallery."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.paint import strokes

GroundName = Literal["bg", "surface", "sunk", "rail"]
Side = Literal["top", "bottom", "left", "right"]


class Ground(QWidget):
    """A place with its ground and, at one side, the hairline that parts it from the next."""

    def __init__(
        self, ground: GroundName, line: Side | None = None, *, width: float = 0, height: float = 0
    ) -> None:
        super().__init__()
        self._ground, self._line = ground, line
        self._width, self._height = width, height
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def set_width(self, width: float) -> None:
        """Be so wide at 100 %."""
        self._width = width
        self.restyle()

    def restyle(self) -> None:
        """Take sizes at the zoom in force."""
        if self._width:
            self.setFixedWidth(theme.px(self._width))
        if self._height:
            self.setFixedHeight(theme.px(self._height))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and hairline."""
        painter = strokes.open_painter(self)
        rect = self.rect()
        painter.fillRect(rect, theme.colour(self._ground))
        colour = theme.colour("line")
        if self._line in ("top", "bottom"):
            y = 0 if self._line == "top" else rect.bottom()
            painter.fillRect(0, y, rect.width(), 1, colour)
        elif self._line is not None:
            x = 0 if self._line == "left" else rect.right()
            painter.fillRect(x, 0, 1, rect.height(), colour)


class SidePanel(Ground):
    """The panel at the left, on sunk ground; its parts are parted by hairlines."""

    def __init__(self, *, width: float = 290) -> None:
        super().__init__("sunk", "right", width=width)
        self.scroller = Scroller(gap=10, margins=(12, 16, 12, 16))
        self.setLayout(Column(self.scroller, gap=0))

    def add(self, widget: QWidget) -> None:
        """Put a widget under what is there."""
        self.scroller.add(widget)


class Header(Ground):
    """54 high: the title at the right, words and a chip beside it, the search at the left."""

    def __init__(self, title: str, beside: str = "") -> None:
        super().__init__("bg", "bottom", height=54)
        self.title = Label(title, "title", weight=700)
        self.beside = Label(beside, role="text2", elide=True)
        self._extra = Row(gap=10)
        self._left = Row(gap=8)
        row = Row(gap=12, margins=(0, 20, 0, 20))
        row.addWidget(self.title)
        row.addLayout(self._extra)
        row.addWidget(self.beside, 1)
        row.addLayout(self._left)
        self.setLayout(row)

    def add_beside(self, widget: QWidget) -> None:
        """A chip right after the title."""
        self._extra.addWidget(widget)

    def add_left(self, widget: QWidget) -> None:
        """The search."""
        self._left.addWidget(widget)


class ActionBar(Ground):
    """60 high: quiet acts at the right; at the left a sentence, second acts, and the main one.

    `main` is at the left edge, the same place on every page.
    """

    def __init__(self, main: Button | None = None) -> None:
        super().__init__("surface", "top", height=60)
        self._quiet, self._second, self._main = Row(gap=10), Row(gap=10), Row(gap=10)
        self.icon = IconLabel("list-details", 18, "text2")
        self.sentence = Label("", role="text2", elide=True, left=True)
        self.icon.hide()
        row = Row(gap=10, margins=(0, 20, 0, 20))
        row.addLayout(self._quiet)
        row.addWidget(self.icon)
        row.addWidget(self.sentence, 1)
        row.addLayout(self._second)
        row.addLayout(self._main)
        self.setLayout(row)
        self.main = main
        if main is not None:
            self._main.addWidget(main)

    def add_quiet(self, button: Button) -> None:
        """Back and other quiet acts, from the right."""
        self._quiet.addWidget(button)

    def add_second(self, button: Button) -> None:
        """A second act, beside the main one."""
        self._second.addWidget(button)

    def say(self, words: str) -> None:
        """One sentence that tells where things stand."""
        self.sentence.setText(words)


class StatusBar(Ground):
    """28 high: the line, the office and the records at the right; draft, zoom, date at the left."""

    def __init__(self) -> None:
        super().__init__("rail", "top", height=28)
        self._right, self._left = Row(gap=18), Row(gap=18)
        row = Row(gap=18, margins=(0, 20, 0, 20))
        row.addLayout(self._right)
        row.addStretch(1)
        row.addLayout(self._left)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add_right(self, item: QWidget) -> None:
        """An item from the right edge on."""
        self._right.addWidget(item)

    def add_left(self, item: QWidget) -> None:
        """An item towards the left edge, the last one at it."""
        self._left.addWidget(item)


class Rail(Ground):
    """The rail at the right: `top` begins with the tile band, `bottom` holds the person."""

    def __init__(self) -> None:
        super().__init__("rail", "left", width=196)
        self.top, self.bottom = Column(gap=2), Column(gap=2)
        column = Column(gap=0)
        column.addLayout(self.top)
        column.addStretch(1)
        column.addLayout(self.bottom)
        self.setLayout(column)

    def set_narrow(self, narrow: bool) -> None:
        """60 wide, words under the icons; items are narrowed by their owner."""
        self.set_width(60 if narrow else 196)
