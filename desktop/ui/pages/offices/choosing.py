"""The file of a sheet of offices: chosen in a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop.ui.choosing import open_file, save_file

SHEET_NAME = "دفترها.xlsx"
_SHEETS = "کارپوشه یا CSV (*.xlsx *.csv)"
_BOOKS = "کارپوشه (*.xlsx)"


def pick_file(parent: QWidget) -> Path | None:
    """Ask for a sheet of offices."""
    return open_file(parent, "گزینش برگهٔ دفترها", _SHEETS)


def pick_target(parent: QWidget, name: str) -> Path | None:
    """Ask where the offices are to be written."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return save_file(parent, "نوشتن دفترها", Path(documents) / name, _BOOKS)
