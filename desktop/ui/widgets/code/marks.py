"""What stands at a line of a file's text, which word it is about, and how it is set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextLayout, QTextOption

from desktop.domain.persian import to_latin_digits
from desktop.ui import theme
from desktop.ui.palette import Tone

_QUOTED = re.compile("«([^»]+)»")
_VALUE = re.compile(r"=\s*(.+?)\s*(?:#.*)?$")


@dataclass(frozen=True)
class Mark:
    """What stands at a line (from 1): a fault, a warning, or a hint that has no tone."""

    line: int
    words: str
    tone: Tone | None = None


def reads_from_right(block: QTextBlock) -> bool:
    """Whether the line begins in Persian."""
    return block.text().strip() != "" and block.textDirection() == Qt.LayoutDirection.RightToLeft


def place_of(mark: Mark, text: str) -> tuple[int, int] | None:
    """Where in the line stands what the mark is about."""
    for word in _QUOTED.findall(mark.words):
        for spelt in (word, to_latin_digits(word)):
            at = text.find(spelt)
            if at >= 0:
                return at, at + len(spelt)
    value = _VALUE.search(text)
    return value.span(1) if value else None


def lines_of(words: str, width: float) -> QTextLayout:
    """The sentence in lines of the width, from the right."""
    option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    lines, height = QTextLayout(words, theme.font("small")), 0.0
    lines.setTextOption(option)
    lines.beginLayout()
    while (line := lines.createLine()).isValid():
        line.setLineWidth(max(50.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    lines.endLayout()
    return lines
