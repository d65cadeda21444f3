"""Made-up papers as phones and scanners give them: a deed on a desk, askew, dim or unsharp."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPen

from desktop.ui import theme

_A4 = (1654, 2339)
_DESK = QColor(96, 74, 55)
_LINES = (
    "اصل سند مالکیت (نمونه)",
    "شمارهٔ پلاک ثبتی: ۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲ یزد",
    "مالک: فاطمه دهقان، فرزند حسین",
    "مساحت عرصه: ۲۴۰٫۵۰ مترمربع",
    "حدود: شمالاً به گذر، شرقاً به پلاک ۴۵۵۴، جنوباً به پلاک ۴۵۶۰، غرباً به پلاک ۴۵۵۶",
    "نشانی: یزد، بلوار طالقانی، کوچهٔ ۸، پلاک ۱۲",
)


def paper(title: str, rows: int = 26) -> QImage:
    """A page of A4 at 200 dpi with a title, lines and a round stamp; «نمونه» across it."""
    image = QImage(*_A4, QImage.Format.Format_RGB32)
    image.fill(QColor(250, 248, 242))
    painter = QPainter(image)
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide, high = _A4
    _write(painter, QRectF(0, 120, wide, 120), title, 62, Qt.AlignmentFlag.AlignHCenter)
    for row in range(rows):
        place = QRectF(160, 320 + row * 66, wide - 320, 60)
        _write(painter, place, _LINES[row % len(_LINES)], 34)
    painter.setPen(QPen(QColor(34, 70, 160), 9))
    painter.drawEllipse(QPointF(420, high - 330), 170, 170)
    painter.drawEllipse(QPointF(420, high - 330), 140, 140)
    painter.end()
    return image


def photograph(
    page: QImage, *, angle: float = 2.5, light: float = 1.0, blur: int = 1, wide: int = 3000
) -> QImage:
    """The page on a dark desk, turned by degrees; `blur` times less fine; 12 megapixels."""
    image = QImage(wide, wide * 4 // 3, QImage.Format.Format_RGB32)
    image.fill(_DESK)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(image.width() / 2, image.height() / 2)
    painter.rotate(angle)
    across = image.width() * 0.8
    down = across * page.height() / page.width()
    painter.drawImage(QRectF(-across / 2, -down / 2, across, down), page)
    painter.resetTransform()
    if light < 1:
        painter.fillRect(image.rect(), QColor(0, 0, 0, round(255 * (1 - light))))
    painter.end()
    if blur > 1:
        smooth = Qt.TransformationMode.SmoothTransformation
        aspect = Qt.AspectRatioMode.IgnoreAspectRatio
        coarse = image.scaled(image.size() / blur, aspect, smooth)
        image = coarse.scaled(image.size(), aspect, smooth)
    return image


def jpeg(image: QImage) -> bytes:
    """The picture as a camera's file."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, b"jpeg")
    writer.setQuality(90)
    if not writer.write(image):
        raise OSError(writer.errorString())
    return bytes(held.data().data())


def save(image: QImage, path: Path) -> Path:
    """The picture as a file of the kind that its name says."""
    if not image.save(str(path)):
        raise OSError(f"{path} was not written")
    return path


def _write(
    painter: QPainter,
    place: QRectF,
    words: str,
    pixels: int,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    font = theme.font("body")
    font.setPixelSize(pixels)
    painter.setFont(font)
    painter.setPen(QColor(30, 30, 34))
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, words)
