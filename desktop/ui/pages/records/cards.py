"""Cards of the page of the city's records: the source, progress, sums, odd rows, lost holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.record_sums import SumLine
from desktop.actions.records import KeptBody, LiftedBody, RowsAnswer, ToldGroup
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.import_causes import RowFate
from desktop.domain.money import format_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import theme
from desktop.ui.pages.records import parts
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.fold import FoldRow
from desktop.ui.widgets.label import IconLabel, Label, Role
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.lists.table import RowsModel, Table
from desktop.ui.widgets.told.keycap import KeyCaps
from desktop.ui.widgets.told.progress import ThinBar

_FATES: dict[RowFate, tuple[str, Role | Tone]] = {
    RowFate.REFUSED: ("circle-x", "refuse"),
    RowFate.UNKNOWN: ("help-circle", "pay"),
    RowFate.KEPT: ("check", "text2"),
}
_ROW, _HEAD = 29, 32
# A column of words that nobody knows has a reason a word: so many are shown, the rest is listed.
_GROUPS = 30
_A_LABEL = 20

# Asks for the rows of a group or cause, then shows them.
AskRows = Callable[[Callable[[RowsAnswer], None]], None]


class SourceLine(QWidget):
    """Which export or records the page is about, and at the left the keys for another one."""

    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("database", 18, "text2")
        self._title = Label("", weight=700, wrap=True)
        self._detail = Label("", "small", "text2", wrap=True)
        self._why = Label("", "small", "text2", wrap=True)
        self.file = Button("خروجی دیگر…", icon="folder-open", keys="F2")
        self.folder = Button("پوشه…", icon="folder-open")
        self.folder.setAccessibleName("گزینش پوشه‌ای که هفت فایل خروجی در آن است")
        self.file.clicked.connect(self.file_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        words = Column(self._title, self._detail, self._why, gap=0)
        row = Row(gap=10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.file, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)

    def tell(self, title: str, detail: str = "", why: str = "", *, icon: str = "database") -> None:
        """Say what it is, where it comes from, and why it is in force; no title: there is none."""
        self._icon.set_icon(icon)
        self._icon.setVisible(bool(title))
        for label, words in ((self._title, title), (self._detail, detail), (self._why, why)):
            label.setText(words)
            label.setVisible(bool(words))

    def offer(self, *, another: bool, by_main: bool = False) -> None:
        """Whether another export may be chosen now; its file `by_main` with the page's main key."""
        self.file.setVisible(another and not by_main)
        self.folder.setVisible(another)


class ProgressCard(Card):
    """What is sent or read, and how much of it is done."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self.words = Label("", weight=500, wrap=True)
        self.detail = Label("", "small", "text2", wrap=True)
        self.bar = ThinBar()
        for widget in (self.words, self.bar, self.detail):
            self.add(widget)

    def tell(self, words: str, share: float | None, detail: str) -> None:
        """How far it is, 0 to 1; None while nobody knows."""
        self.words.setText(words)
        self.bar.set_share(share)
        self.detail.setText(detail)
        self.setAccessibleName(f"{words}. {detail}")


class SumsCard(Card):
    """«تعداد و جمع»: every line at once; `opened` gives the key of the cause of a line's rows."""

    opened = Signal(str)

    def __init__(self, lines: Sequence[SumLine], beside: str) -> None:
        super().__init__("تعداد و جمع", beside, flush=True, gap=8)
        self.lines = tuple(lines)
        compared = any(line.difference for line in lines)
        columns = parts.COMPARED if compared else parts.COUNTED
        cells = parts.compared_cells if compared else parts.counted_cells
        self.table = Table("تعداد و جمع", columns, row_height=_ROW)
        self.model = RowsModel(columns, self)
        self.model.set_rows([(line.title, cells(line)) for line in lines])
        self.table.setModel(self.model)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._open(index.row()))
        self.add(self.table)
        self.body.addStretch(1)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # Beside another card this one keeps the width that its words need.
        self.setMinimumWidth(theme.px(sum(column.width for column in self.table.columns)) + 4)
        self.table.setFixedHeight(theme.px(_HEAD) + len(self.lines) * theme.px(_ROW))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.lines) and self.lines[row].cause:
            self.opened.emit(self.lines[row].cause)


class RowsBelow(QWidget):
    """The rows of a cause or a group under it, asked for when they are first seen."""

    def __init__(self, ask: AskRows) -> None:
        super().__init__()
        self._ask = ask
        self._column = Column(gap=2, margins=(6, 36, 8, 14))
        self.setLayout(self._column)
        theme.ground(self, "sunk")
        self._asked = False
        self.hide()

    def turn(self, shown: bool) -> None:
        """Show or hide them."""
        if shown and not self._asked:
            self._asked = True
            self._column.addWidget(Label("…", "small", "text2"))
            self._ask(self._add_rows)
        self.setVisible(shown)

    def _add_rows(self, answer: RowsAnswer) -> None:
        clear(self._column)
        # Two hundred labels would hold the window up for a moment; one would paint all at once.
        for first in range(0, len(answer.rows), _A_LABEL):
            words = "\n".join(map(parts.row_words, answer.rows[first : first + _A_LABEL]))
            self._column.addWidget(Label(words, "small", "text2", wrap=True))
        rest = answer.total - len(answer.rows)
        if rest > 0:
            words = f"{format_number(rest)} سطر دیگر در فهرست"
            self._column.addWidget(Label(words, "small", "text", 500))


class ToldCard(Card):
    """«سطرهای ایراددار»: by sheet and reason, what became of them; a group opens in place."""

    def __init__(
        self,
        groups: Sequence[ToldGroup],
        ask: Callable[[ToldGroup, Callable[[RowsAnswer], None]], None],
    ) -> None:
        count = sum(group.count for group in groups)
        beside = f"{format_number(count)} سطر" if groups else ""
        super().__init__("سطرهای ایراددار", beside, flush=True, gap=8)
        if groups:
            self.head.addWidget(Label("باز و بسته", "small", "text2"))
            self.head.addWidget(KeyCaps("فاصله"))
        self.rows: list[FoldRow] = []
        self._columns: list[tuple[QWidget, ...]] = []
        column = Column(gap=0)
        for group in groups[:_GROUPS]:
            cells = _group_cells(group)
            self._columns.append((cells[0], cells[2], cells[3]))
            row, below = _group_row(group, cells), RowsBelow(partial(ask, group))
            row.turned.connect(below.turn)
            row.moved.connect(partial(self._move, len(self.rows)))
            self.rows.append(row)
            column.addWidget(row)
            column.addWidget(below)
        rest = len(groups) - _GROUPS
        if not groups or rest > 0:
            words = f"{format_number(rest)} علت دیگر در فهرست"
            line = Row(margins=(0, 14, 8, 14))
            said = Label(words if groups else "هیچ سطری ایراد ندارد.", "small", "text2")
            line.addWidget(said, 1)
            column.addLayout(line)
        self.body.addLayout(column)
        self.body.addStretch(1)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Sheets, counts and fates stand in columns of their own, as wide as their longest."""
        for column in zip(*self._columns, strict=True):
            widest = max(cell.sizeHint().width() for cell in column)
            for cell in column:
                cell.setFixedWidth(widest)

    def _move(self, place: int, step: int) -> None:
        to = place + step
        if 0 <= to < len(self.rows):
            reason = Qt.FocusReason.TabFocusReason
            self.rows[to].setFocus(reason if step > 0 else Qt.FocusReason.BacktabFocusReason)


def _group_cells(group: ToldGroup) -> list[QWidget]:
    """Sheet, reason, count, fate."""
    icon, colour = _FATES.get(RowFate(group.fate), _FATES[RowFate.KEPT])
    fate = QWidget()
    fate.setLayout(Row(IconLabel(icon, 16, colour), Label(group.fate, role=colour), gap=6))
    reason = to_persian_digits(group.reason.rstrip("."))
    return [
        Label(group.sheet, weight=500),
        Label(reason, wrap=True, middle=True),
        Label(format_number(group.count), weight=700),
        fate,
    ]


def _group_row(group: ToldGroup, cells: Sequence[QWidget]) -> FoldRow:
    reason = to_persian_digits(group.reason.rstrip("."))
    name = f"{group.sheet}، {reason}، {format_number(group.count)} سطر، {group.fate}"
    return FoldRow(name, [(cell, int(cell is cells[1])) for cell in cells])


class KeptCard(Card):
    """«پابرجا مانده»: holds and files that an export lost; `chosen` gives the row to be ended."""

    chosen = Signal(object)

    def __init__(self, kept: Sequence[KeptBody]) -> None:
        super().__init__("پابرجا مانده", "تا رفع هر یک با شمارهٔ نامه یا امضای نفر دوم", gap=2)
        self.rows: list[ListRow] = []
        for each in kept:
            code = isolate(to_persian_digits(each.code))
            since = isolate(format_jalali(each.since))
            row = ListRow(
                to_persian_digits(each.about),
                f"{each.sheet}، کد نوسازی {code}، از {since}",
                icon="lock",
                note="رفع با شمارهٔ نامه…",
            )
            row.clicked.connect(partial(self.chosen.emit, each))
            self.rows.append(row)
            self.add(row)


class LiftedCard(Card):
    """«رفع‌شده»: holds and files that ended under these records, each with its letter or its two."""

    def __init__(self, lifted: Sequence[LiftedBody], count: int) -> None:
        shown = f"آخرین {format_number(len(lifted))} از {format_number(count)} ردیف"
        super().__init__("رفع‌شده", shown if count > len(lifted) else "", gap=2)
        self.rows: list[ListRow] = []
        for each in lifted:
            code = isolate(to_persian_digits(each.code))
            day = isolate(format_jalali(each.at.astimezone(TEHRAN).date()))
            people = f"{each.by} و {each.second}" if each.second else each.by
            letter = f"نامهٔ {isolate(to_persian_digits(each.number))}" if each.number else "بی‌نامه"
            row = ListRow(
                to_persian_digits(each.about),
                f"{each.sheet}، کد نوسازی {code}",
                icon="lock-open",
                note=f"{letter}، {people}، {day}",
                chevron=False,
            )
            # It tells and opens nothing.
            row.setEnabled(False)
            self.rows.append(row)
            self.add(row)
