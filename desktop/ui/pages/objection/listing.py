"""اعتراض‌ها: those that wait for the units of who sits here, one row each."""

from __future__ import annotations

from functools import partial

from desktop.actions import objections
from desktop.domain.calendar import format_day_month
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.asked_page import AskedPage
from desktop.ui.standing.chips import CHIPS, chip_of_state
from desktop.ui.standing.lines import left_words, short_number
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, deadline, named, quiet
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
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


class ObjectionsPage(AskedPage):
    """The soonest due first; Enter opens one."""

    place: places.Objections

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "objections"
    down = "به مرکز وصل نیستیم؛ اعتراض‌ها را مرکز می‌داند."
    icon = "scale"

    def __init__(self, shell: Shell, place: places.Objections) -> None:
        words = "هر اعتراضی که در دفترها ثبت شود و با این واحد باشد، اینجا می‌آید."
        empty = EmptyState("اعتراضی نزد این واحد نیست", words, icon="scale")
        super().__init__(shell, place, "اعتراض‌ها", _COLUMNS, empty)
        self.set_heading(Heading("اعتراض‌ها", "به ترتیب نزدیک‌ترین مهلت"))
        self.lay()

    def ask(self) -> None:
        """Ask the centre."""
        job = partial(objections.waiting, self.shell.seat)
        self.shell.work.run(self, job, self.show_answer, self.failed, line=True)

    def show_answer(self, told: ObjectionsAnswer) -> None:
        """Show what the centre told."""
        more = told.total - len(told.rows)
        self.show_rows(
            [(each.case_id, self._cells(each)) for each in told.rows],
            {each.case_id: places.Objection(each.case_id) for each in told.rows},
            f"{more} اعتراض دیگر پس از این‌ها می‌آید." if more > 0 else "",
        )
        self.shell.show_count(self.rail, told.total)

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
