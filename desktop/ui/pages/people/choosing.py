"""Files of people: a sheet to read, a pattern to fill in, a list for the auditor."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop.ui.choosing import open_file, save_file

_SHEETS = "اکسل یا CSV (*.xlsx *.csv)"
_BOOKS = "فایل اکسل (*.xlsx)"


def pick_sheet(parent: QWidget) -> Path | None:
    """Ask for a sheet of people."""
    return open_file(parent, "ورود از فایل", _SHEETS)


def pick_pattern(parent: QWidget) -> Path | None:
    """Ask where a pattern to fill in is written."""
    return save_file(parent, "نمونهٔ فایل", _documents() / "کارکنان.xlsx", _BOOKS)


def pick_list(parent: QWidget, name: str) -> Path | None:
    """Ask where the list for the auditor is written: a workbook unless it is called `.csv`."""
    return save_file(parent, "خروجی برای بازرس", _documents() / f"{name}.xlsx", _SHEETS)


def _documents() -> Path:
    where = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(where))
