"""The city's drawing beside the sign-in: cropped at its sides, darker in dark, none in contrast."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.settings import resources
from desktop.ui import theme
from desktop.ui.palette import Theme
from desktop.ui.widgets import paint

_DARKER = round(255 * 0.35)


class Drawing(QWidget):
    """An SVG of resources/art that fills its place from the bottom up."""

    def __init__(self, name: str = "sign-in") -> None:
        super().__init__()
        self._drawing = QSvgRenderer(str(resources() / "art" / f"{name}.svg"), self)
        if not self._drawing.isValid():
            raise RuntimeError(f"drawing does not load: {name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As it was drawn."""
        return self._drawing.defaultSize()

    def minimumSizeHint(self) -> QSize:
        """It may be cropped to a strip."""
        return QSize(theme.px(200), theme.px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it over the whole place, the sides cut."""
        painter = paint.open_painter(self)
        painter.fillRect(self.rect(), theme.colour("bg"))
        if theme.tokens().bordered:
            return
        size = self._drawing.defaultSize()
        scale = max(self.width() / size.width(), self.height() / size.height())
        wide, high = size.width() * scale, size.height() * scale
        place = QRectF((self.width() - wide) / 2, self.height() - high, wide, high)
        self._drawing.render(painter, place)
        if theme.tokens().name is Theme.DARK:
            painter.fillRect(self.rect(), QColor(0, 0, 0, _DARKER))
