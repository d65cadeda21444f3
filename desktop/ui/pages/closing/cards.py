"""The sheets of the day, its letters by number, and what is left at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.office_day import SheetsCame
from desktop.domain.day_register import Explained, Figures, Numbered, RefusedMoney, Sheets
from desktop.domain.day_register_words import (
    REFUSED,
    UNDONE,
    explained_words,
    letter_rows,
    refused_sentence,
    remains,
    sheet_rows,
    sheets_words,
    undone_sums,
    undone_words,
)
from desktop.domain.persian import to_persian_digits
from desktop.domain.undone import Undone
from desktop.ui import places
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Grid, Hairline, Row, clear, let_lines_ask
from desktop.ui.widgets.lists.pairs import Pairs

_MOST_DIGITS = 6
_SETTLE = "باز کردن پرونده"
_SEEN = (places.Outbox(), places.Queue("overdue"), places.Queue("released"))
"""Where what is unsent, overdue, and to be handed over is seen."""


class SheetsCard(Card):
    """Sheets with the municipality's head; `edited` comes when a count changes."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__("برگه‌های سربرگ")
        self.begin = self._field("آغاز روز", "begin")
        self.received = self._field("دریافت در روز", "received", optional=True)
        self.spoiled = self._field("خراب دیگر", "spoiled", optional=True)
        self.left = self._field("مانده، شمرده شد", "left")
        self.fields = (self.begin, self.received, self.spoiled, self.left)
        self._known = Pairs()
        self._counting = QWidget()
        grid = Grid(2, gap=10, row_gap=4, minimum=90)
        self._counting.setLayout(grid)
        grid.put([(field, 1) for field in self.fields])
        self._told = Label("", "small", "pay", wrap=True)
        self.add(self._known)
        self.add(self._counting)
        self.add(self._told)
        self.body.addStretch(1)

    def _field(self, label: str, key: str, *, optional: bool = False) -> FormField:
        line = DigitsLine(_MOST_DIGITS, unit="برگ")
        line.textChanged.connect(self.edited)
        return FormField(label, line, key=key, optional=optional)

    def show_begin(self, sheets: int | None) -> None:
        """What was left the day before, told and not asked again; None: nobody knows."""
        if sheets is not None:
            self.begin.set_value(str(sheets))
        self.begin.set_read_only(sheets is not None)

    def show_came(self, came: SheetsCame | None) -> None:
        """What the numbers of sheets tell, where nobody typed something else."""
        if came is None:
            return
        for field, count in ((self.received, came.taken), (self.spoiled, came.dropped)):
            if count and not field.value():
                field.set_value(str(count))

    def sheets(self, printed: tuple[int, int, int]) -> Sheets | None:
        """What was typed; None while the beginning or the end is not counted."""
        begin, left = self.begin.value(), self.left.value()
        if not begin or not left:
            return None
        received, spoiled = self.received.value(), self.spoiled.value()
        first, further, lost = printed
        return Sheets(
            begin=int(begin),
            received=int(received or 0),
            printed=first,
            copies=further,
            spoiled=lost + int(spoiled or 0),
            left=int(left),
        )

    def show_day(self, printed: tuple[int, int, int]) -> None:
        """What was printed, and whether what is counted is what should be left."""
        self._counting.show()
        self._known.clear()
        self._known.add("چاپ نسخهٔ نخست", to_persian_digits(f"{printed[0]} برگ"))
        self._known.add("نسخهٔ دوم", to_persian_digits(f"{printed[1]} برگ"))
        if printed[2]:
            self._known.add("نامهٔ خراب‌شده", to_persian_digits(f"{printed[2]} برگ"))
        sheets = self.sheets(printed)
        words, role = "", "pay"
        if sheets is not None:
            differing = sheets_words(sheets)
            role = "pay" if differing else "ok"
            words = f"{differing}؛ دربارهٔ آن بنویسید." if differing else "مانده برابر است."
        self._told.setText(words)
        self._told.set_role("pay" if role == "pay" else "ok")
        self._told.setVisible(bool(words))

    def show_closed(self, sheets: Sheets) -> None:
        """As it was closed."""
        self._counting.hide()
        self._told.hide()
        _fill(self._known, sheet_rows(sheets))


class LettersCard(Card):
    """The letters of the day by number."""

    def __init__(self) -> None:
        super().__init__("نامه‌های اندیکاتور")
        self._pairs = Pairs()
        self.add(self._pairs)
        self.body.addStretch(1)

    def show_letters(self, letters: Numbered, gaps: Sequence[str]) -> None:
        """First and last number, counts, whether one is missing."""
        *others, (name, words) = letter_rows(letters, gaps)
        _fill(self._pairs, others)
        tone: Tone = "refuse" if gaps else "ok"
        self._pairs.add(name, words, role=tone)


class RemainsCard(Card):
    """What is left at the end of the day: it hinders nobody; `followed` gives where it is seen."""

    followed = Signal(object)

    def __init__(self) -> None:
        super().__init__("مانده‌ها")
        self._pairs = Pairs()
        self.add(self._pairs)
        self.body.addStretch(1)

    def show_figures(self, figures: Figures) -> None:
        """Colour only for what is not sent and what is late."""
        self._pairs.clear()
        tones: tuple[Tone | None, ...] = (
            "pay" if figures.unsent else None,
            "refuse" if figures.overdue else None,
        )
        counts = (figures.unsent, figures.overdue, figures.ready)
        for at, (name, words) in enumerate(remains(figures)):
            tone = tones[at] if at < len(tones) else None
            if at < len(counts) and counts[at]:
                link = self._pairs.add_link(name, words)
                link.clicked.connect(lambda _=False, to=_SEEN[at]: self.followed.emit(to))
            else:
                self._pairs.add(name, words, role=tone or "text")


class _PaymentsCard(Card):
    """Payments as the register names them; `opened` gives the case of one."""

    opened = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        let_lines_ask(self)

    def _add_payment(self, case_id: str, row: tuple[str, ...], tone: Tone) -> None:
        """Day, sum, what it was, what is said of it."""
        day, amount, words, said = row
        sentence = f"{amount} ریال: {words}، {day}"
        line = Label(sentence, weight=500, wrap=True)
        open_ = Link("باز کردن پرداخت")
        open_.setAccessibleName(f"{open_.text()}: {sentence}")
        open_.clicked.connect(lambda: self.opened.emit(case_id))
        head = Row(gap=12)
        # Its first line stands on the link's.
        head.addLayout(Column(line, margins=(3, 0, 3, 0)), 1)
        head.addWidget(open_, 0, Qt.AlignmentFlag.AlignTop)
        if self.body.count():
            self.add(Hairline())
        self.body.addLayout(head)
        self.add(Label(said, "small", tone, wrap=True))


class ExplainedCard(_PaymentsCard):
    """What terminal or bank lacked when the day was closed, and what was said of it."""

    def __init__(self) -> None:
        super().__init__("پرداخت‌هایی که در کارت‌خوان یا بانک نبود")

    def show_explained(self, explained: Sequence[Explained]) -> None:
        """A row each, as the register has them; none: it is not there."""
        clear(self.body)
        for told in explained:
            tone: Tone = "pay" if told.answer.lacking else "ok"
            self._add_payment(told.case_id, explained_words(told), tone)
        self.setVisible(bool(explained))


class UndoneCard(_PaymentsCard):
    """Payments of earlier registers that stand otherwise since, with their sum by purse."""

    def __init__(self) -> None:
        super().__init__(UNDONE)

    def show_undone(self, undone: Sequence[Undone]) -> None:
        """A row each, as the register has them or will have them; none: it is not there."""
        clear(self.body)
        for told in undone:
            self._add_payment(told.case_id, undone_words(told), "neutral")
        for purse, total in undone_sums(undone):
            self.add(Label(f"جمع {purse}: {total} ریال", weight=700, wrap=True))
        self.setVisible(bool(undone))


class RefusedCard(Card):
    """What acts took that the centre refused, as the register has it; `settled` gives a case."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__(REFUSED)
        let_lines_ask(self)

    def show_refused(self, refused: Sequence[RefusedMoney]) -> None:
        """A row each; none: it is not there."""
        clear(self.body)
        for told in refused:
            self.body.addLayout(refused_row(told, self.settled.emit))
        self.setVisible(bool(refused))


def refused_row(told: RefusedMoney, settle: Callable[[str], object]) -> Row:
    """Money that no book has: said, with a way to the case where it is settled."""
    words = refused_sentence(told)
    line = Row(gap=8)
    line.addWidget(IconLabel("alert-triangle", 18, "pay"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(words, weight=500, wrap=True), 1)
    link = Link(_SETTLE)
    link.setAccessibleName(f"{_SETTLE}: {words}")
    link.clicked.connect(lambda: settle(told.case_id))
    line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _fill(pairs: Pairs, rows: Sequence[tuple[str, str]]) -> None:
    pairs.clear()
    for name, words in rows:
        pairs.add(name, words)
