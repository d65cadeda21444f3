"""Dialogs in which files and folders are chosen: Persian to the last word; what they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui import choosing

_KIND = "عکس و PDF (*.png *.pdf)"
# A file's ending is no word, and neither is the name of a format.
_NO_WORD = re.compile(r"PDF|\*?\.[a-z]+")


@pytest.fixture(autouse=True)
def nowhere_yet() -> Iterator[None]:
    """Nothing was chosen before, and nothing is remembered for the next test."""
    choosing._visited.folder = ""
    yield
    choosing._visited.folder = ""


def shown(dialog: QFileDialog) -> list[str]:
    """All words that it shows or that a reader is told."""
    found = [dialog.windowTitle()]
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton):
            found += [widget.text(), widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QComboBox) and widget.objectName() == "fileTypeCombo":
            found += [widget.itemText(at) for at in range(widget.count())]
    return found + [action.text() for action in dialog.findChildren(QAction)]


ASKS: dict[str, Callable[[QWidget, Path], object]] = {
    "files": lambda parent, _: choosing.open_files(parent, "پیوست مدرک", _KIND),
    "file": lambda parent, _: choosing.open_file(parent, "گزینش خروجی", _KIND),
    "folder": lambda parent, _: choosing.open_folder(parent, "پوشهٔ اسکنر"),
    "save": lambda parent, folder: choosing.save_file(
        parent, "دریافت فهرست", folder / "فهرست.pdf", _KIND
    ),
}


@pytest.mark.parametrize("ask", ASKS)
def test_no_word_of_a_dialog_is_english(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ask: str
) -> None:
    words: list[str] = []

    def look(dialog: QFileDialog) -> int:
        dialog.show()
        words.extend(shown(dialog))
        # Its columns tell kinds in English: nobody sees them.
        assert not any(tree.isVisible() for tree in dialog.findChildren(QTreeView))
        return 0

    monkeypatch.setattr(QFileDialog, "exec", look)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not ASKS[ask](parent, tmp_path)
    assert len(words) > 20
    assert [each for each in words if re.search(r"[A-Za-z]", _NO_WORD.sub("", each))] == []


def test_what_is_chosen_is_given_and_its_folder_is_where_the_next_one_begins(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("سند.pdf", "پروانه.png"):
        (tmp_path / name).touch()
    begun: list[str] = []

    def choose(dialog: QFileDialog) -> int:
        begun.append(dialog.directory().absolutePath())
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("سند.pdf")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", choose)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert choosing.open_file(parent, "پیوست مدرک", _KIND) == tmp_path / "سند.pdf"
    assert choosing.open_file(parent, "پیوست مدرک", _KIND) == tmp_path / "سند.pdf"
    assert begun[1] == str(tmp_path) != begun[0]


def saving(name: str, asked: list[str]) -> Callable[[QFileDialog], int]:
    """Somebody types the name and presses Enter; what is asked then is answered with no."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.reject()

    def save(dialog: QFileDialog) -> int:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(name)
        QTimer.singleShot(0, answer)
        dialog.accept()
        return dialog.result()

    return save


def test_a_name_typed_without_its_ending_covers_no_file_unasked(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "گزارش.pdf").write_text("earlier", encoding="utf-8")
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "exec", saving("گزارش", asked))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert choosing.save_file(parent, "خروجی", tmp_path / "وضعیت.pdf", _KIND) is None
    assert ["گزارش.pdf" in words for words in asked] == [True]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("ن ۱۴۰۵.۰۹", "ن ۱۴۰۵.۰۹.pdf"), ("ن.PDF", "ن.PDF"), ("ن.png", "ن.png")],
)
def test_what_stands_after_a_dot_is_part_of_the_name(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, written: str
) -> None:
    monkeypatch.setattr(QFileDialog, "exec", saving(typed, []))
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen = choosing.save_file(parent, "خروجی", tmp_path / "وضعیت.pdf", _KIND)
    assert chosen == tmp_path / written
