"""Text that is read, not typed: one of the type sizes in one of the theme's colours."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.domain.persian import LRI, RLM, bind, in_order, loosen, pair
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.palette import Tone
from desktop.ui.theme import Kind, Weight

_MOST_LINES = 2
_LINE_END = "\u2028"
_ON_TEXT = {"on-text": "surface"}
Role = Literal["text", "text2", "hint", "link", "on-text", "disabled"]


def _rightwards(words: str) -> str:
    """A line that begins with an island has no letter that tells its direction: Qt would take it
    to run from the left, a date after its time."""
    return f"{RLM}{words}" if words.startswith(LRI) else words


def _in_lines(words: str) -> str:
    """A paragraph as it is laid out."""
    return loosen(bind(in_order(words)))


class Label(QLabel):
    """A line or paragraph, right-aligned even when it holds only digits.

    `wrap` breaks lines, and a word that is wider than one; `paired` keeps the last two words on
    one; `elide` cuts a single line that does not fit and shows it whole in a tooltip; `middle`
    centres a paragraph upright.
    """

    def __init__(
        self,
        words: str = "",
        kind: Kind = "body",
        role: Role | Tone = "text",
        weight: Weight = 400,
        *,
        wrap: bool = False,
        elide: bool = False,
        left: bool = False,
        middle: bool = False,
        paired: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._kind, self._weight, self._elide = kind, weight, elide
        self._left, self._paired = left, paired
        self._words = words
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        top = wrap and not middle
        up = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | up)
        self.setWordWrap(wrap)
        self.role: Role | Tone = role
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        elif not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take font and colour of the look in force."""
        self.setFont(theme.font(self._kind, self._weight))
        self.setPalette(theme.ink(_ON_TEXT.get(self.role, self.role)))
        self._fit()

    def words(self) -> str:
        """The whole text, also where only its beginning fits."""
        return self._words

    def text(self) -> str:
        """What is shown, without the marks that hold it together."""
        return self._words if self.wordWrap() else super().text().removeprefix(RLM)

    def setText(self, words: str) -> None:
        """Show other words.

        In a paragraph no number stands on another line than its word, and codes read as written.
        """
        self._words = words
        shown = _in_lines(words) if self.wordWrap() else _rightwards(words)
        super().setText(pair(shown) if self._paired else shown)
        self._fit()

    def set_role(self, role: Role | Tone) -> None:
        """Show it in another colour."""
        if self.role != role:
            self.role = role
            self.setPalette(theme.ink(_ON_TEXT.get(role, role)))

    def set_weight(self, weight: Weight) -> None:
        """Show it lighter or bolder."""
        self._weight = weight
        self.restyle()

    def sizeHint(self) -> QSize:
        """The whole text, even while it is cut."""
        if not self._elide:
            return super().sizeHint()
        measure = self.fontMetrics()
        return QSize(measure.horizontalAdvance(self._words) + 2, measure.height())

    def minimumSizeHint(self) -> QSize:
        """A text that may be cut asks for little."""
        if not self._elide:
            return super().minimumSizeHint()
        return QSize(theme.px(40), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A paragraph, its lines even at the right; at the left too, once there are several.

        A label's own drawing puts the space at which a right-aligned line breaks before its first
        letter.
        """
        if not self.wordWrap():
            super().paintEvent(event)
            return
        air, height = self.margin(), 0.0
        area, shown = self.contentsRect().adjusted(air, air, -air, -air), super().text()
        if self._left and self.fontMetrics().horizontalAdvance(shown) <= area.width():
            super().paintEvent(event)
            return
        centred = self.alignment() & Qt.AlignmentFlag.AlignHCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter if centred else right)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        lines = QTextLayout(shown.replace("\n", _LINE_END), self.font())
        lines.setTextOption(option)
        lines.beginLayout()
        while (line := lines.createLine()).isValid():
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        lines.endLayout()
        middle = bool(self.alignment() & Qt.AlignmentFlag.AlignVCenter)
        down = (area.height() - height) / 2 if middle else 0
        painter = QPainter(self)
        painter.setPen(theme.colour(_ON_TEXT.get(self.role, self.role)))
        lines.draw(painter, QPointF(area.x(), area.y() + down))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._elide:
            return
        shown = self.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, max(0, self.width())
        )
        super().setText(_rightwards(shown))
        self.setToolTip(self._words if shown != self._words else "")
        self.setAccessibleName(self._words)


class Sentence(Label):
    """A sentence in a place that is not higher than two lines: one where it fits, else two.

    What does not fit in two is cut, and shown whole in a tooltip.
    """

    def __init__(self, words: str, role: Role | Tone = "text", *, left: bool = False) -> None:
        super().__init__(words, role=role, left=left, wrap=True, middle=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """The whole text in one line."""
        measure = self.fontMetrics()
        return QSize(measure.horizontalAdvance(self._words) + 2, measure.height())

    def minimumSizeHint(self) -> QSize:
        """A text that may be cut asks for little."""
        return QSize(theme.px(40), self.fontMetrics().height())

    def setText(self, words: str) -> None:
        """Show other words."""
        super().setText(words)
        self._fit()

    def _fit(self) -> None:
        words = self._words.split(" ")
        shown, left = _in_lines(self._words), len(words)
        # Lines are a pixel apart here and there: a third one begins at half a line more.
        most = (_MOST_LINES + 0.5) * self.fontMetrics().lineSpacing()
        while left > 1 and self._high(shown) > most:
            left -= 1
            shown = _in_lines(" ".join(words[:left]) + "…")
        QLabel.setText(self, shown)
        self.setToolTip("" if left == len(words) else self._words)
        self.setAccessibleName(self._words)

    def _high(self, shown: str) -> int:
        room = QRect(0, 0, max(1, self.width()), 1)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, shown).height()


class IconLabel(QLabel):
    """An icon alone; what it says is said by words beside it."""

    def __init__(self, name: str, size: int = 18, colour: str = "text") -> None:
        super().__init__()
        self._name, self._size, self._colour = name, size, colour
        theme.follow(self)
        self.restyle()

    def set_icon(self, name: str, colour: str | None = None) -> None:
        """Show another icon; `colour` is a token or a tone."""
        self._name = name
        self._colour = colour or self._colour
        self.restyle()

    def restyle(self) -> None:
        """Draw it at the zoom and in the theme in force."""
        size = theme.px(self._size)
        self.setFixedSize(size, size)
        colour = theme.colour(self._colour).name()
        self.setPixmap(icon(self._name, size, colour, self.devicePixelRatioF()))
