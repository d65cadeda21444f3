"""The file of a sheet of the municipality's data: chosen in a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop.ui.choosing import open_file, save_file

_SHEETS = "کارپوشه یا CSV (*.xlsx *.csv)"
_BOOKS = "کارپوشه (*.xlsx)"


def pick_file(parent: QWidget) -> Path | None:
    """Ask for a sheet to take in."""
    return open_file(parent, "گزینش برگه", _SHEETS)


def pick_target(parent: QWidget, name: str) -> Path | None:
    """Ask where a sheet is to be written."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return save_file(parent, "نوشتن برگه", Path(documents) / f"{name}.xlsx", _BOOKS)
