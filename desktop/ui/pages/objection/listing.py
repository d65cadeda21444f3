"""اعتراض‌ها: those that wait for the units of who sits here, one row each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.actions import objections
from desktop.domain.calendar import format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.table_page import TablePage
from desktop.ui.standing.chips import CHIPS, chip_of_state
from desktop.ui.standing.lines import left_words, short_number
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, deadline, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed
from desktop.wire.objections import ObjectionRow, ObjectionsAnswer

SECOND = CHIPS[Status.RECOMMENDED]
WAITS = ChipLook("در انتظار پاسخ", "scale", "review")
_ELSEWHERE = {
    state.value: chip_of_state(state) for state in (State.RETURNED, State.VISIT_DUE, State.BOOKED)
}
"""How an objection stands that is not with its unit, by its state."""
_COLUMNS = (
    TableColumn("مورد اعتراض", 130, sortable=False),
    TableColumn("معترض", 160, stretch=2, sortable=False),
    TableColumn("وضع", 170, sortable=False),
    TableColumn("واحد", 120, stretch=1, drop=2, sortable=False),
    TableColumn("پرونده", 120, drop=1, sortable=False),
    TableColumn("مهلت پاسخ", 150, sortable=False),
)
_DOWN = "به مرکز وصل نیستیم؛ اعتراض‌ها را مرکز می‌داند."


class ObjectionsPage(TablePage):
    """The soonest due first; Enter opens one."""

    place: places.Objections

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "objections"

    def __init__(self, shell: Shell, place: places.Objections) -> None:
        words = "هر اعتراضی که در دفترها ثبت شود و با این واحد باشد، اینجا می‌آید."
        empty = EmptyState("اعتراضی نزد این واحد نیست", words, icon="scale")
        super().__init__(shell, place, "اعتراض‌ها", _COLUMNS, empty)
        self.set_heading(Heading("اعتراض‌ها", "نخست آنچه مهلتش نزدیک‌تر است"))
        self._told: ObjectionsAnswer | None = None
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.more = Banner("", "neutral", icon="info-circle")
        self.more.hide()
        self.table.opened.connect(lambda _: self.open_one())
        self.frame.hide()
        self.put((self.fault, 0), (self.more, 0), (self.frame, 1), (self.empty, 0))
        self._arrange()

    def enter(self) -> None:
        """Ask the centre."""
        self.setFocus()
        self._ask()

    def refresh(self, changed: Changed) -> None:
        """A round ended, or the day changed."""
        self._ask()

    def press(self, key: str) -> bool:
        """F5 asks again."""
        if key == "F5":
            self._ask()
            return True
        return False

    def _ask(self) -> None:
        job = partial(objections.waiting, self.shell.seat)
        self.shell.work.run(self, job, self.show_answer, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        self.fault.set_words(_DOWN if no.words == NO_LINE else no.words)
        self.fault.show()

    def show_answer(self, told: ObjectionsAnswer) -> None:
        """Show what the centre told."""
        self.fault.hide()
        stood = self.table.hasFocus() or self.hasFocus()
        self._told = told
        rows = [(each.case_id, self._cells(each)) for each in told.rows]
        self.draw_rows(rows)
        self.frame.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        more = told.total - len(rows)
        self.more.set_words(to_persian_digits(f"{more} اعتراض دیگر پس از این‌ها می‌آید."))
        self.more.setVisible(more > 0)
        self.shell.show_count(self.rail, told.total)
        self._arrange()
        if stood:
            self.take_focus()

    def _cells(self, each: ObjectionRow) -> list[Cell]:
        today = self.shell.today()
        chip = SECOND if each.second else _ELSEWHERE.get(each.state, WAITS)
        left = left_words(each.due_on, today)
        words = f"{format_day_month(each.due_on)}، {left}"
        return [
            Cell(each.contested.word, weight=500),
            named(to_persian_digits(each.applicant)),
            Cell(chip=chip),
            quiet(each.unit.word),
            quiet(short_number(each.tracking)),
            deadline(words, over=each.due_on < today),
        ]

    @property
    def one(self) -> ObjectionRow | None:
        """The chosen row's."""
        rows = self._told.rows if self._told is not None else []
        return next((each for each in rows if each.case_id == self.table.key()), None)

    def open_one(self) -> None:
        """Enter: the chosen objection."""
        if self.one is not None:
            self.shell.go(places.Objection(self.one.case_id))

    def _arrange(self) -> None:
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        if self._told is not None and self._told.rows:
            again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
            again.clicked.connect(self._ask)
            main = Button("رسیدگی", "main", icon="scale", keys="Ctrl+Enter", also="Enter")
            main.clicked.connect(self.open_one)
            self.bar.arrange(main=main, quiets=[back, again])
        else:
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self._ask)
            self.bar.arrange(main=main, quiets=[back])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move the list, wherever on the page the keys are."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.table.choose(self.table.row() + step)
        else:
            super().keyPressEvent(event)
