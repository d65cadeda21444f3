"""Files and folders that a person chooses: Qt's own dialog, every word of it Persian.

The system's dialog would speak the language of the system, which no translation of ours reaches.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.icons import icon

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
    """Where a file is to be written; one that is there is asked about."""
    dialog = _dialog(parent, title, "ذخیره", kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(_Label.Accept, "ذخیره")
    dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    return next(iter(_chosen(dialog)), None)


def _dialog(parent: QWidget, title: str, accept: str, kind: str = "") -> QFileDialog:
    there = dict.fromkeys(_location(place) for place in _BESIDE)
    beside = [each for each in there if Path(each).is_dir()]
    dialog = QFileDialog(parent, title, _visited.folder or next(iter(beside), ""))
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
    return dialog


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
