"""Icons and the tile band: drawings coloured by the theme, drawn once and kept."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from desktop.settings import resources
from desktop.ui.palette import TILE_DOT, TILE_GROUND, TILE_STAR

# These show reading direction or a question mark; all others are chosen by meaning.
MIRRORED = frozenset({"list-details", "arrow-back-up", "send", "help-circle"})

_STROKE = 'stroke-width="1.8"'


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    path = resources() / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8").replace('stroke-width="2"', _STROKE)


@lru_cache(maxsize=2048)
def icon(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The icon `name` as a pixmap of `size` device-independent pixels.

    `colour` is #RRGGBB and `ratio` the screen's pixel ratio. Raises FileNotFoundError for a name
    that is not in resources/icons.
    """
    data = _drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(data.encode()))
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if name in MIRRORED:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint_icon(painter: QPainter, name: str, x: float, y: float, size: int, colour: QColor) -> None:
    """Draw the icon with its upper left corner at (x, y), at the painter's own pixel ratio."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(round(x), round(y), icon(name, size, colour.name(), ratio))


def _star(centre: QPointF, outer: float, inner: float) -> QPolygonF:
    points = []
    for i in range(16):
        radius = outer if i % 2 == 0 else inner
        angle = pi * i / 8
        points.append(QPointF(centre.x() + radius * cos(angle), centre.y() + radius * sin(angle)))
    return QPolygonF(points)


@lru_cache(maxsize=32)
def tile(height: int, ratio: float = 1.0) -> QPixmap:
    """One tile of the band, as wide as high: an eight-pointed star with a dot in its middle."""
    pixels = max(1, round(height * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(QColor(TILE_GROUND))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    middle = QPointF(pixels / 2, pixels / 2)
    painter.setBrush(QColor(TILE_STAR))
    painter.drawPolygon(_star(middle, pixels * 0.45, pixels * 0.33))
    painter.setBrush(QColor(TILE_DOT))
    painter.drawEllipse(middle, pixels * 0.13, pixels * 0.13)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
