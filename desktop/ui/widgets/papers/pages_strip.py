"""The pages of a document in small: looked at, turned, taken out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.layouts import Column, Flow, Row, clear
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing

WIDE, HIGH = 62, 84
_KEY = 28


class PageThumb(QPushButton):
    """One page in small, its number in the corner; what can't be read has a coloured edge."""

    removed = Signal()

    def __init__(self, name: str, number: int, *, faulty: bool) -> None:
        super().__init__()
        self.name = name
        self._number, self._faulty = to_persian_digits(str(number)), faulty
        self._image: QImage | None = None
        self.setAccessibleName(f"صفحهٔ {self._number}")
        self.setToolTip("دیدن صفحه")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self)
        theme.follow_size(self)

    def set_image(self, image: QImage) -> None:
        """The page's picture."""
        self._image = image
        self.update()

    def has_image(self) -> bool:
        """Whether the picture has come."""
        return self._image is not None

    def sizeHint(self) -> QSize:
        """An upright sheet; a lying one lies in it."""
        return QSize(theme.px(WIDE), theme.px(HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks at it, Delete takes it out."""
        if is_enter(event):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw sheet, number and edge."""
        painter = strokes.open_painter(self)
        edge = QColor(theme.tone("pay").text) if self._faulty else theme.colour("edge")
        strokes.box(painter, self.rect(), theme.px(3), fill=theme.colour("sunk"), border=edge)
        if self._image is not None:
            inside = self.rect().adjusted(2, 2, -2, -2)
            size = self._image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(inside.topLeft(), size)
            place.moveCenter(inside.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
        side = theme.px(18)
        badge = QRect(self.width() - side - 2, self.height() - side - 2, side, side)
        strokes.box(painter, badge, theme.px(3), fill=theme.colour("surface"), border=edge)
        middle = Qt.AlignmentFlag.AlignCenter
        strokes.text(painter, badge, self._number, "small", 500, theme.colour("text"), middle)


class PagesStrip(QWidget):
    """The pages from the right, each with its two acts; `opened`, `turned`, `removed` say which.

    `wanted` asks for the picture of a page by its name.
    """

    opened = Signal(int)
    turned = Signal(int)
    removed = Signal(int)
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.thumbs: list[PageThumb] = []
        self._flow = Flow(gap=10, row_gap=8)
        self.setLayout(self._flow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_pages(self, pages: Sequence[tuple[str, bool]], title: str) -> None:
        """Show these: name and whether it can't be read."""
        clear(self._flow)
        self.thumbs = []
        for index, (name, faulty) in enumerate(pages):
            thumb = PageThumb(name, index + 1, faulty=faulty)
            thumb.setAccessibleName(f"{title}: {thumb.accessibleName()}")
            self.thumbs.append(thumb)
            self._flow.addWidget(self._cell(thumb, index))
            self.wanted.emit(thumb)
        self.updateGeometry()

    def _cell(self, thumb: PageThumb, index: int) -> QWidget:
        cell = QWidget()
        turn = IconButton("rotate-clockwise", "چرخاندن", bordered=False, size=_KEY)
        drop = IconButton("trash", "حذف صفحه", bordered=False, size=_KEY)
        for key in (turn, drop):
            key.setAccessibleName(f"{thumb.accessibleName()}: {key.toolTip()}")
        thumb.clicked.connect(lambda: self.opened.emit(index))
        turn.clicked.connect(lambda: self.turned.emit(index))
        for signal in (drop.clicked, thumb.removed):
            signal.connect(lambda: self.removed.emit(index))
        column = Column(thumb, gap=2)
        column.addLayout(Row(turn, drop, gap=6))
        cell.setLayout(column)
        cell.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return cell
