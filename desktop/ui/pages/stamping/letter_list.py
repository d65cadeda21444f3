"""The manager's list of letters: one row a letter, its tick or why it can't have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from desktop.actions.stamping import ListedLetter, Lock
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.status import Status
from desktop.ui.standing.chips import CHIPS
from desktop.ui.standing.letter_facts import kind_chip
from desktop.ui.widgets.keys import down, held
from desktop.ui.widgets.lists.paged_rows import PAGE, PagedRows
from desktop.ui.widgets.lists.table import Table, TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named

_TICKS = 0
_COLUMNS = (
    TableColumn("", 40, sortable=False),
    TableColumn("به نام", 112, stretch=3, sortable=False),
    TableColumn("خدمت", 104, stretch=1, drop=1, sortable=False),
    TableColumn("نامه", 116, sortable=False),
    TableColumn("دیدن", 76, sortable=False),
)
_LOCKS: Mapping[Lock, str] = {
    Lock.OWN: "خودتان ثبت کرده‌اید",
    Lock.AGAINST: "پرونده تغییر کرده",
    Lock.SENDING: "در صف ارسال",
    Lock.RECALLED: CHIPS[Status.RECALLED].words,
    Lock.OLD_PROGRAM: "برنامه قدیمی است",
    Lock.UNPROVEN: "مهر تأییدنشده",
}
_LEFT_TO_PAGE = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class LetterTable(Table):
    """As any table, but PageUp, PageDown, Ctrl+A and Shift with an arrow are the page's.

    `ticked` comes with the row whose box was clicked.
    """

    ticked = Signal(int)

    def __init__(self) -> None:
        super().__init__("نامه‌ها", _COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letter is scrolled while the list keeps the focus."""
        shifted = held(event) == Qt.KeyboardModifier.ShiftModifier
        # Ctrl+A would choose every row in the table's own way.
        all_rows = event.matches(QKeySequence.StandardKey.SelectAll)
        if event.key() in _LEFT_TO_PAGE or (shifted and down(event)) or all_rows:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == _TICKS:
            self.ticked.emit(index.row())


class LetterRows(QObject):
    """What is known of the rows of a pile, and their cells; `came` tells the rows that came.

    `is_chosen` says whether a letter is ticked.
    """

    came = Signal(int, int)

    def __init__(
        self,
        ask: Callable[[int, int], None],
        is_chosen: Callable[[str], bool],
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self.model = PagedRows(_COLUMNS, ask, self)
        self.services: Mapping[str, Service] = {}
        self.doubted: frozenset[str] = frozenset()
        self._is_chosen = is_chosen
        self._known: dict[int, ListedLetter] = {}

    def set_count(self, count: int) -> None:
        """A pile of so many letters, all to be asked for anew."""
        self._known.clear()
        self.model.set_count(count)

    def put(self, first: int, letters: list[ListedLetter]) -> None:
        """A page of them has come."""
        self._known |= dict(enumerate(letters, first))
        self._show(first, len(letters))
        self.came.emit(first, len(letters))

    def at(self, row: int) -> ListedLetter | None:
        """The letter of a row; None while it is not known."""
        return self._known.get(row)

    def change(self, row: int, letter: ListedLetter) -> None:
        """It stands otherwise now: it was seen."""
        if row in self._known:
            self._known[row] = letter
            self.show_anew(row)

    def show_anew(self, row: int) -> None:
        """Its tick is another."""
        first = row // PAGE * PAGE
        self._show(first, sum(first <= each < first + PAGE for each in self._known))

    def show_all_anew(self) -> None:
        """Many ticks are others."""
        for page in {row // PAGE for row in self._known}:
            self.show_anew(page * PAGE)

    def _show(self, first: int, count: int) -> None:
        letters = (self._known.get(row) for row in range(first, first + count))
        self.model.put(first, [self._cells(letter) for letter in letters if letter is not None])

    def _cells(self, letter: ListedLetter) -> list[Cell]:
        service = self.services.get(letter.row.service)
        title = (service.short or service.title) if service else letter.row.service
        return [
            self._tick(letter),
            named(to_persian_digits(letter.row.applicant)),
            Cell(title, "text2"),
            self._kind(letter),
            self._seen(letter),
        ]

    def _tick(self, letter: ListedLetter) -> Cell:
        if letter.lock is not Lock.NONE:
            return Cell(icon="lock", colour="text2", said="برگزیدنی نیست")
        on = self._is_chosen(letter.letter_id)
        return Cell(tick=on, said="برگزیده" if on else "برگزیده نشده")

    def _kind(self, letter: ListedLetter) -> Cell:
        if letter.lock is Lock.NONE:
            return Cell(chip=kind_chip(letter.kind, unrecorded=letter.unrecorded))
        return Cell(_LOCKS[letter.lock], "text2", kind="small", said=letter.why)

    def _seen(self, letter: ListedLetter) -> Cell:
        if letter.letter_id in self.doubted:
            return Cell("بیرون آمد؟", "pay", 500, "small")
        if letter.row.letter_state == "released":
            return Cell("مهر شده", "text2", kind="small")
        if letter.seen:
            return Cell("دیده", "ok", 500, "small", icon="eye-check")
        return Cell("ندیده", "text2", kind="small", icon="circle-dashed")
