"""Files and folders that a person chooses: Qt's own dialog, every word of it Persian.

The system's dialog would speak the language of the system, which no translation of ours reaches.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QLineEdit, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.icons import icon

PDF = "پروندهٔ PDF (*.pdf)"
"""The kind of file that papers are written to."""
_Place = QStandardPaths.StandardLocation
_BESIDE = (
    _Place.DocumentsLocation,
    _Place.DesktopLocation,
    _Place.DownloadLocation,
    _Place.PicturesLocation,
    _Place.HomeLocation,
)
_Label = QFileDialog.DialogLabel
# By the names that Qt gives its keys: back lies at the right here.
_ICONS = {
    "backButton": "arrow-right",
    "forwardButton": "arrow-left",
    "toParentButton": "arrow-up",
    "newFolderButton": "plus",
}


class _Visited:
    """The folder in which something was chosen last, while the program runs."""

    folder = ""


_visited = _Visited()


def open_files(parent: QWidget, title: str, kind: str) -> list[Path]:
    """Files that are there; `kind` is «تصویر (*.png *.jpg)»."""
    dialog = _dialog(parent, title, "باز کردن", kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _chosen(dialog)


def open_file(parent: QWidget, title: str, kind: str) -> Path | None:
    """One file that is there."""
    dialog = _dialog(parent, title, "باز کردن", kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(_chosen(dialog)), None)


def open_folder(parent: QWidget, title: str) -> Path | None:
    """A folder that is there."""
    dialog = _dialog(parent, title, "برگزیدن")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(_Label.FileName, "پوشه:")
    return next(iter(_chosen(dialog)), None)


def save_file(parent: QWidget, title: str, proposed: Path, kind: str) -> Path | None:
    """Where a file is to be written; one that is there is asked about.

    A name without an ending of its kind gets that of the proposed one after it.
    """
    dialog = _Saving(parent, _named_so(kind), proposed.suffix)
    _arrange(dialog, title, "ذخیره", kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(_Label.Accept, "ذخیره")
    dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    chosen = next(iter(_chosen(dialog)), None)
    return chosen.with_name(dialog.whole(chosen.name)) if chosen is not None else None


class _Saving(QFileDialog):
    """The name is whole before it is looked whether a file of that name is there."""

    def __init__(self, parent: QWidget, endings: tuple[str, ...], ending: str) -> None:
        super().__init__(parent)
        self._endings, self._ending = endings, ending

    def whole(self, name: str) -> str:
        """With an ending: whatever stands after a dot is part of the name."""
        return name if name.lower().endswith(self._endings) else f"{name}{self._ending}"

    def accept(self) -> None:
        """Enter, or «ذخیره»; a folder is gone into."""
        line = self.findChild(QLineEdit, "fileNameEdit")
        name = line.text().strip() if line is not None else ""
        if line is not None and name and not self.directory().exists(name):
            line.setText(self.whole(name))
        super().accept()


def _named_so(kind: str) -> tuple[str, ...]:
    """The endings that a kind names."""
    return tuple(re.findall(r"\*(\.\w+)", kind))


def _dialog(parent: QWidget, title: str, accept: str, kind: str = "") -> QFileDialog:
    dialog = QFileDialog(parent)
    _arrange(dialog, title, accept, kind)
    return dialog


def _arrange(dialog: QFileDialog, title: str, accept: str, kind: str) -> None:
    there = dict.fromkeys(_location(place) for place in _BESIDE)
    beside = [each for each in there if Path(each).is_dir()]
    dialog.setWindowTitle(title)
    dialog.setDirectory(_visited.folder or next(iter(beside), ""))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    # Its other view tells kinds in English, and days that are not ours.
    dialog.setViewMode(QFileDialog.ViewMode.List)
    if kind:
        dialog.setNameFilter(kind)
        dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    for label, words in (
        (_Label.LookIn, "در پوشهٔ:"),
        (_Label.FileName, "نام:"),
        (_Label.FileType, "نوع:"),
        (_Label.Accept, accept),
        (_Label.Reject, "انصراف"),
    ):
        dialog.setLabelText(label, words)
    dialog.setSidebarUrls([QUrl.fromLocalFile(each) for each in beside])
    theme.dress(dialog, "dialog")
    _draw(dialog)
    dialog.resize(theme.px(760), theme.px(480))


def _draw(dialog: QFileDialog) -> None:
    """Its keys in the colours of the theme; those that change the view go."""
    colour = theme.colour("text").name()
    for button in dialog.findChildren(QToolButton):
        name = _ICONS.get(button.objectName())
        button.setVisible(name is not None)
        if name is not None:
            button.setIcon(QIcon(icon(name, theme.px(18), colour, dialog.devicePixelRatioF())))


def _location(place: QStandardPaths.StandardLocation) -> str:
    return QStandardPaths.writableLocation(place)


def _chosen(dialog: QFileDialog) -> list[Path]:
    taken = bool(dialog.exec())
    found = [Path(name) for name in dialog.selectedFiles()] if taken else []
    if taken:
        _visited.folder = dialog.directory().absolutePath()
    dialog.deleteLater()
    return found
