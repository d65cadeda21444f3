"""What lies over the window by itself: lists, menus, dialogs of files."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog


def close_all() -> None:
    """Close all of it; a dialog gives nothing."""
    for each in QApplication.topLevelWidgets():
        if each.isHidden():
            continue
        if isinstance(each, QDialog):
            each.reject()
        elif each.windowType() is Qt.WindowType.Popup:
            each.close()
