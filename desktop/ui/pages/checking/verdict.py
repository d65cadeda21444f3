"""The verdict on a letter, large: a word, a sign and a tone of its own, and why."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import announcing, theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, let_lines_ask
from desktop.ui.widgets.paint import strokes

NONE, UNLISTED = "none", "unlisted"
# The tone and the sign of each kind; the colour is never alone.
LOOKS: Mapping[str, tuple[Tone, str]] = {
    NONE: ("neutral", "qrcode"),
    UNLISTED: ("neutral", "keyboard"),
    "valid": ("ok", "shield-check"),
    "expired": ("pay", "clock-exclamation"),
    "sample": ("pay", "school"),
    "void": ("refuse", "file-off"),
    "replaced": ("refuse", "replace"),
    "recalled": ("refuse", "arrow-back-up"),
    "false": ("refuse", "alert-triangle"),
    "unknown-key": ("neutral", "key"),
    "unproven": ("pay", "file-search"),
    "old-list": ("pay", "clock-exclamation"),
}


class VerdictCard(QWidget):
    """One verdict; what it says is announced as it changes."""

    def __init__(self) -> None:
        super().__init__()
        self.kind, self._tone = NONE, LOOKS[NONE][0]
        self.icon = IconLabel("qrcode", 40, "neutral")
        self.word = Label("", "headline", weight=700, wrap=True)
        self.sentence = Label("", "body", wrap=True)
        words = Column(self.word, self.sentence, gap=2)
        self._voids = Label("ابطال‌ها", "small", "text2", left=True)
        self.voids = Label("", "body", weight=700, left=True)
        beside = Column(self._voids, self.voids, gap=2)
        row = Row(gap=16, margins=(12, 18, 12, 18))
        row.addWidget(self.icon)
        row.addLayout(words, 1)
        row.addLayout(beside)
        self.setLayout(row)
        let_lines_ask(self)
        theme.notifier().changed.connect(self.update)

    def say(self, kind: str, word: str, sentence: str, voids: str = "") -> None:
        """Show a verdict of that kind; `voids` says to which day those were looked at."""
        tone, sign = LOOKS[kind]
        self.kind, self._tone = kind, tone
        self.icon.set_icon(sign, tone)
        self.word.set_role(tone)
        self.word.setText(word)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.voids.setText(voids)
        for part in (self._voids, self.voids):
            part.setVisible(bool(voids))
        self.update()
        if kind != NONE:
            announcing.announce(self, f"{word}. {sentence}", "page")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the edge of its tone."""
        painter = strokes.open_painter(self)
        tone = theme.tone(self._tone)
        ground, edge = QColor(tone.ground), QColor(tone.text)
        strokes.box(painter, self.rect(), theme.px(8), fill=ground, border=edge, width=2)
