"""Rows of a second look: a value of the record beside the letter's, and a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.persian import isolate
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.standing.lines import NOTHING
from desktop.ui.widgets.label import IconLabel, Label, Role
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.lists.reasons import Reason
from desktop.ui.widgets.paint import strokes
from desktop.wire.second_looks import InLetter, RecordValue

_HEADS = ("قلم", "در سوابق", "در نامه")
_SHARES = (26, 44, 30)
_STANDS: dict[InLetter, tuple[str, str, Role | Tone]] = {
    InLetter.SAME: ("همان", "check", "ok"),
    InLetter.UNSAID: ("ذکر نشده", "minus", "text2"),
}


class _Ground(QWidget):
    """A row on a tone's ground, or on none."""

    def __init__(self, tone: Tone | None) -> None:
        super().__init__()
        self._tone = tone
        theme.notifier().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        if self._tone is not None:
            painter = strokes.open_painter(self)
            painter.fillRect(self.rect(), QColor(theme.tone(self._tone).ground))


class RecordTable(QWidget):
    """Every value of the record; one that differs stands on the ground of a refusal."""

    def __init__(self, values: Sequence[RecordValue]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for column, words in enumerate(_HEADS):
            self._put(0, column, Label(words, "small", "text2", 500))
        self._grid.addWidget(Hairline(), 1, 0, 1, len(_HEADS))
        for number, value in enumerate(values):
            self._line(2 + 2 * number, value)
            if number < len(values) - 1:
                self._grid.addWidget(Hairline(), 3 + 2 * number, 0, 1, len(_HEADS))
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Gaps at the zoom in force."""
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        for column, share in enumerate(_SHARES):
            self._grid.setColumnStretch(column, share)

    def _line(self, row: int, value: RecordValue) -> None:
        differs = value.stands is InLetter.OTHER
        if differs:
            self._grid.addWidget(_Ground("refuse"), row, 0, 1, len(_HEADS))
        self._put(row, 0, Label(value.label, "small", "text2", wrap=True, middle=True))
        recorded = Label(_as_read(value.recorded), weight=500, wrap=True, middle=True)
        self._put(row, 1, recorded)
        words, icon, tone = _STANDS.get(
            value.stands, (f"در نامه: {_as_read(value.told)}", "alert-circle", "refuse")
        )
        said = QWidget()
        line = Row(IconLabel(icon, 16, tone), gap=6, margins=(0, 0, 0, 0))
        line.addWidget(_lean(Label(words, "small", tone, wrap=True, middle=True)), 1)
        said.setLayout(line)
        self._put(row, 2, said)

    def _put(self, row: int, column: int, widget: QWidget) -> None:
        """With the air of its column."""
        holder = QWidget()
        side = (14 if column == 0 else 6, 14 if column == len(_HEADS) - 1 else 6)
        holder.setLayout(Row(_lean(widget), margins=(6, side[0], 6, side[1])))
        self._grid.addWidget(holder, row, column)


class ReasonRow(QWidget):
    """A condition, what was seen, by which article; a risky one stands on a ground of its own."""

    def __init__(self, reason: Reason, *, risky: bool = False) -> None:
        super().__init__()
        self.risky = risky
        icon, tone = {
            "ok": ("circle-check", "ok"),
            "failed": (reason.icon or "alert-circle", reason.tone),
            "note": ("info-circle", "link"),
        }[reason.result]
        if risky:
            icon, tone = "eye-check", "review"
        ground = _Ground("review" if risky else None)
        told = Column(Label(reason.condition, weight=500, wrap=True), gap=0)
        if reason.seen and reason.seen != NOTHING:
            told.addWidget(Label(reason.seen, wrap=True))
        parts = (each for each in (reason.source, reason.article) if each and each != NOTHING)
        if by := "، ".join(parts):
            told.addWidget(Label(by, "small", "text2", wrap=True))
        mark = Column(IconLabel(icon, 18, tone), gap=0, margins=(2, 0, 0, 0))
        mark.addStretch(1)
        row = Row(gap=10, margins=(8, 14, 8, 14))
        row.addLayout(mark)
        row.addLayout(told, 1)
        ground.setLayout(row)
        self.setLayout(Column(ground, gap=0))
        self.setAccessibleName(f"{reason.condition}. {reason.seen}")


def _as_read(value: str) -> str:
    """A code or a date runs left to right; words and what is measured do not."""
    return value if any(letter.isalpha() for letter in value) else isolate(value)


def _lean(widget: QWidget) -> QWidget:
    """As wide as its column, whatever it says."""
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    widget.setSizePolicy(policy)
    widget.setAttribute(Qt.WidgetAttribute.WA_LayoutUsesWidgetRect)
    return widget
