"""A row of the box of commands: what is found, with the letters typed on a ground of their own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.command.found import Hit, marks
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told import keycap
from desktop.ui.widgets.told.chip import chip_width, draw_chip

_HIGH, _INSET = 38, 14
_WIDE = 10_000
# Of a narrow row the words have at least this share before what stands beside them.
_SHARE = 0.55
_PART = "، "


class CommandRow(QPushButton):
    """Icon, words, what stands beside them; at the left chip or keys. The box keeps the focus."""

    def __init__(self, hit: Hit, typed: str) -> None:
        super().__init__()
        self.hit, self._typed, self._chosen = hit, typed, False
        state = hit.chip.words if hit.chip else ""
        told = "، ".join(part for part in (hit.words, hit.about, state) if part)
        self.setAccessibleName(to_persian_digits(told))
        self.setAccessibleDescription(hit.keys)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.accessibleName())

    def set_chosen(self, chosen: bool) -> None:
        """Whether Enter would do it."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.px(300), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Words may be cut at their end; the tooltip has them whole."""
        return QSize(theme.px(160), theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        if self._chosen:
            painter.fillRect(self.rect(), theme.colour("sel"))
            bar = theme.px(4)
            painter.fillRect(
                QRect(self.width() - bar, 0, bar, self.height()), theme.colour("accent")
            )
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("sunk"))
        middle, size = self.height() // 2, theme.px(18)
        right = self.width() - theme.px(_INSET) - size
        tone = theme.colour(self.hit.chip.tone if self.hit.chip else "link")
        paint_icon(painter, self.hit.icon, right, middle - size // 2, size, tone)
        right -= theme.px(10)
        left = self._draw_left(painter, middle)
        whole = right - left
        words = to_persian_digits(self.hit.words)
        wide = min(strokes.width_of(words, "body", 500) + 2, whole)
        if self.hit.about:
            wide = min(wide, max(int(whole * _SHARE), whole - strokes.width_of(self.hit.about)))
        self._draw_words(painter, words, QRect(right - wide, 0, wide, self.height()))
        beside = QRect(left, 0, right - wide - theme.px(10) - left, self.height())
        about = whole_parts(to_persian_digits(self.hit.about), beside.width())
        muted = theme.colour("text2")
        strokes.text(painter, beside, about, "small", colour=muted, elide=True)

    def _draw_left(self, painter: QPainter, middle: int) -> int:
        """Chip or keys; gives where the words end."""
        left, muted = theme.px(_INSET), theme.colour("text2")
        if self.hit.chip is not None:
            wide = chip_width(self.hit.chip)
            draw_chip(painter, left + wide, middle, self.hit.chip)
            return left + wide + theme.px(10)
        if self.hit.keys:
            left += keycap.width(self.hit.keys)
            keycap.draw(painter, left, middle, self.hit.keys, muted)
            return left + theme.px(10)
        return left

    def _draw_words(self, painter: QPainter, words: str, rect: QRect) -> None:
        font = theme.font("body", 500)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([_marked(*place) for place in marks(shown, self._typed)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(_WIDE)
        layout.endLayout()
        painter.setPen(theme.colour("text"))
        left = rect.right() + 1 - line.naturalTextRect().right()
        layout.draw(painter, QPointF(left, (self.height() - line.height()) / 2))


def whole_parts(about: str, width: int) -> str:
    """As many of its parts as fit `width` pixels in small type: half a code is no code."""
    while _PART in about and strokes.width_of(about, "small") >= width:
        about = about.rpartition(_PART)[0]
    return about


def _marked(start: int, length: int) -> QTextLayout.FormatRange:
    """A ground under these letters: a change of weight would leave a step in a joined word."""
    ground = QTextCharFormat()
    ground.setBackground(theme.colour("line"))
    if theme.tokens().bordered:
        ground.setForeground(theme.colour("bg"))
    place = QTextLayout.FormatRange()
    place.start, place.length, place.format = start, length, ground
    return place
