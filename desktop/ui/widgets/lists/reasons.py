"""«چرا؟»: every condition that was looked at, what was seen, from where, by which article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Hairline, clear

Result = Literal["ok", "failed", "note"]
_HEADS = ("شرط", "آنچه دیده شد", "از کجا", "مستند")
# So many of the passing conditions are named in their one line; the rest are counted.
_NAMED = 5
_SHARES = (30, 34, 18, 14)
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Reason:
    """One condition. A failed one carries the icon and tone of its effect.

    Without source and article the words that were seen take their columns too.
    """

    condition: str
    seen: str
    source: str = "—"
    article: str = "—"
    result: Result = "ok"
    icon: str = ""
    tone: Tone = "refuse"


def arranged(reasons: Sequence[Reason]) -> list[Reason]:
    """Failing ones first, then notes; passing ones fold into one line."""
    failed = [reason for reason in reasons if reason.result == "failed"]
    notes = [reason for reason in reasons if reason.result == "note"]
    passed = [reason for reason in reasons if reason.result == "ok"]
    if len(passed) < 2:
        return failed + notes + passed
    # Where nothing failed the card's heading counts them already.
    count = to_persian_digits(f"{len(passed)} شرط دیگر" if failed else "شرط‌ها")
    names = "، ".join(reason.condition for reason in passed[:_NAMED])
    if len(passed) > _NAMED:
        names += to_persian_digits(f" و {len(passed) - _NAMED} شرط دیگر")
    return [*failed, *notes, Reason(f"{count} برقرار است", names, "", "")]


class Reasons(QWidget):
    """The rows under «چرا؟», to be put in a card of no side padding."""

    def __init__(self, *, heads: bool = True) -> None:
        super().__init__()
        self._heads, self._headed = heads, False
        self._reasons: list[Reason] = []
        self._folding = True
        self._grid = QGridLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName("چرا؟")
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take gaps at the zoom in force."""
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, theme.px(14 + 18 + 10))
        for column, share in enumerate(_SHARES, start=1):
            self._grid.setColumnStretch(column, share)
        self._grid.setColumnMinimumWidth(5, theme.px(14))
        for row in range(self._grid.rowCount()):
            item = self._grid.itemAtPosition(row, 1)
            if self._headed and row == 0:
                self._grid.setRowMinimumHeight(row, theme.px(32))
            elif item is not None and isinstance(item.widget(), Label):
                self._grid.setRowMinimumHeight(row, theme.px(38))
            else:
                # Rows that are gone stay in the grid.
                self._grid.setRowMinimumHeight(row, 0)

    def reasons(self) -> list[Reason]:
        """What is shown, before folding."""
        return list(self._reasons)

    def set_reasons(self, reasons: Sequence[Reason], *, fold: bool = True) -> None:
        """Show the conditions; `fold` puts the passing ones in one line."""
        clear(self._grid)
        self._reasons, self._folding = list(reasons), fold
        row = 0
        shown = arranged(reasons) if fold else list(reasons)
        all_hold = fold and len(shown) == 1 < len(reasons)
        self._headed = self._heads and not all_hold
        if all_hold:
            # All hold: how many stands in the card's heading, and columns would stand empty.
            self._names(shown[0].seen)
            self.restyle()
            return
        if self._headed:
            row = self._head()
        for index, reason in enumerate(shown):
            self._line(row, reason)
            row += 1
            if index < len(shown) - 1:
                self._grid.addWidget(Hairline(), row, 0, 1, 6)
                row += 1
        self.restyle()

    def _head(self) -> int:
        ground = QWidget()
        theme.ground(ground, "sunk")
        ground.setProperty("backdrop", True)
        self._grid.addWidget(ground, 0, 0, 1, 6)
        for column, words in enumerate(_HEADS, start=1):
            self._grid.addWidget(_in_column(Label(words, "small", "text2", 500)), 0, column)
        self._grid.addWidget(Hairline(), 1, 0, 1, 6)
        return 2

    def _names(self, names: str) -> None:
        self._grid.addWidget(IconLabel("circle-check", 18, "ok"), 0, 0, _CENTRE)
        told = _in_column(Label(names, wrap=True, middle=True))
        self._grid.addWidget(told, 0, 1, 1, len(_HEADS))

    def _line(self, row: int, reason: Reason) -> None:
        icon, colour = {
            "ok": ("circle-check", "ok"),
            "failed": (reason.icon or "alert-circle", reason.tone),
            "note": ("info-circle", "link"),
        }[reason.result]
        mark = IconLabel(icon, 18, colour)
        self._grid.addWidget(mark, row, 0, _CENTRE)
        cells = [
            Label(reason.condition, weight=500, wrap=True, middle=True),
            Label(reason.seen, wrap=True, middle=True),
        ]
        if reason.source or reason.article:
            cells.append(Label(reason.source, "small", "text2", wrap=True, middle=True))
            cells.append(Label(reason.article, "small", "text2", wrap=True, middle=True))
        for column, cell in enumerate(cells, start=1):
            policy = _in_column(cell).sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            cell.setSizePolicy(policy)
            last = cell is cells[-1]
            self._grid.addWidget(cell, row, column, 1, len(_HEADS) + 1 - column if last else 1)


def _in_column(cell: Label) -> Label:
    """With the air of its column: two columns of words never read as one sentence."""
    cell.setMargin(theme.px(3))
    cell.setContentsMargins(theme.px(10), 0, 0, 0)
    return cell
