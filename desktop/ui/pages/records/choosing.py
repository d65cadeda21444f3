"""Files of an export: chosen in a dialog, or dropped on the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop.ui.choosing import open_file, open_folder, save_file

_BOOKS = "فایل اکسل (*.xlsx)"


def pick_file(parent: QWidget) -> Path | None:
    """Ask for a workbook."""
    return open_file(parent, "گزینش خروجی", _BOOKS)


def pick_folder(parent: QWidget) -> Path | None:
    """Ask for a folder with the files of an export."""
    return open_folder(parent, "گزینش پوشهٔ خروجی")


def pick_target(parent: QWidget, name: str) -> Path | None:
    """Ask where the list is to be written."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return save_file(parent, "دریافت فهرست ایرادها", Path(documents) / name, _BOOKS)


def dropped(mime: QMimeData) -> Path | None:
    """The one file or folder that is carried; None for nothing or several."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None
