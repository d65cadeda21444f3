"""How large the window opens: as it was left, else as it fits the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_KEY = "window"
_SIZE = QSize(1366, 768)
# What the system draws around a window, and no more is known of it before it shows.
_AROUND = QSize(4, 40)


def open_window(window: QWidget) -> None:
    """Show it as it was left; the first time 1366 wide, or over the whole of a smaller screen."""
    kept = QSettings().value(_KEY)
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        window.show()
        return
    window.resize(_SIZE)
    screen = window.screen()
    if _is_seen() and screen is not None and not fits(screen.availableGeometry()):
        window.showMaximized()
    else:
        window.show()


def keep(window: QWidget) -> None:
    """Remember where it is, for the next start."""
    QSettings().setValue(_KEY, window.saveGeometry())


def fits(available: QRect) -> bool:
    """Whether the whole window has room on what a screen has free."""
    needed = _SIZE + _AROUND
    return needed.width() <= available.width() and needed.height() <= available.height()


def _is_seen() -> bool:
    """A screen that nobody looks at has whatever size its platform gives it."""
    return QGuiApplication.platformName() not in ("offscreen", "minimal")
