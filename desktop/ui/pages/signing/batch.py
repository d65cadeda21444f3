"""امضای گروهی: proposals that change nothing are signed together under one password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.actions import board, signing
from desktop.actions.access import confirm
from desktop.actions.board import ItemKind, QueueRow
from desktop.actions.signing import Answered, Sent
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.signed_form import NO_PASSWORD, OWN_PASSWORD
from desktop.ui.pages.acts.table_page import TablePage
from desktop.ui.pages.municipality.queue import line_of_row
from desktop.ui.standing.work_items import item_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import CASE_NUMBER, Cell, deadline, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed

_COLUMNS = (
    TableColumn("", 34, sortable=False),
    CASE_NUMBER,
    TableColumn("متقاضی", 124, stretch=2, sortable=False),
    TableColumn("خدمت", 120, stretch=1, drop=1, sortable=False),
    TableColumn("دفتر", 72, drop=2, sortable=False),
    TableColumn("مهلت", 96, sortable=False),
    TableColumn("نتیجه", 170, stretch=3, sortable=False),
)
_DOWN = "به مرکز وصل نیستیم؛ امضا به خط نیاز دارد."
_SIGNED = "امضا شد"
_ON_ITS_WAY = "در صف ارسال به مرکز"


@dataclass(frozen=True)
class _Loaded:
    """What waits, how many that are in all, and what the centre said of what was signed here."""

    rows: list[QueueRow]
    total: int
    services: Mapping[str, Service]
    answered: Answered


_LOOKS = {
    "": ("text", ""),
    _SIGNED: ("ok", "circle-check"),
    _ON_ITS_WAY: ("text2", "cloud-upload"),
}
"""By what a row tells, its colour and icon; anything else is why it was not signed."""


def _heading(total: int, shown: int) -> Heading:
    """«۲۳۰ نظر بی‌تغییر در انتظار امضا؛ ۲۰۰ نظر نخست اینجاست»"""
    if not total:
        return Heading("امضای گروهی", "نظرهایی که چیزی را تغییر نداده‌اند")
    first = f"؛ {shown} نظر نخست اینجاست" if shown < total else ""
    words = to_persian_digits(f"{total} نظر بی‌تغییر در انتظار امضا{first}")
    return Heading("امضای گروهی", words)


class SignBatchPage(TablePage):
    """Space ticks; each row tells what became of it, and stays until the page is left."""

    place: places.SignBatch

    listens = frozenset({Kind.SYNC})
    rail = "sign-batch"

    def __init__(self, shell: Shell, place: places.SignBatch) -> None:
        empty = EmptyState(
            "نظر بی‌تغییری در انتظار امضا نیست",
            "آنچه کارشناس در آن موردی را تغییر داده است در کارتابل یک‌به‌یک امضا می‌شود.",
            icon="user-check",
        )
        super().__init__(shell, place, "نظرهای بی‌تغییر", _COLUMNS, empty)
        self.set_heading(_heading(0, 0))
        self._found: list[QueueRow] = []
        self._services: Mapping[str, Service] = {}
        self._ticked: set[str] = set()
        # What came unasked while somebody looks: it is ticked when the list is asked for anew.
        self._unasked: set[str] = set()
        self._asked = True
        self._results: dict[str, str] = {}
        # Of each that was signed here and of which the centre has said nothing final: its command.
        self._sent: dict[str, str] = {}
        self._gone: dict[str, QueueRow] = {}
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.ask_anew)
        self.fault.hide()
        self.password = FormField(OWN_PASSWORD, PasswordLine(), key="password")
        below = QWidget()
        row = Row(gap=14)
        row.addWidget(self.password, 1)
        row.addStretch(2)
        below.setLayout(row)
        self._below = below
        self.put((self.fault, 0), (self.frame, 1), (self.empty, 0), (below, 0))
        self.table.opened.connect(lambda _: self.open_case())
        self._arrange()

    def enter(self) -> None:
        """Ask, and give the list the keys."""
        self.load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """A round ended; what became of the rows stays."""
        self.load()

    def ask_anew(self) -> None:
        """F5: all that waits, ticked."""
        self._asked = True
        self.load()

    def load(self) -> None:
        """Ask the centre for what waits."""
        seat, sent = self.shell.seat, dict(self._sent)

        def job() -> _Loaded:
            state, status = State.RECOMMENDED.value, Status.PLAIN.value
            waiting = board.municipal_queue(seat, state=state, status=status)
            services, said = board.services_known(seat.desk), signing.answered(seat, sent)
            return _Loaded(waiting.rows, waiting.total, services, said)

        self.shell.work.run(self, job, self._show, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        self.fault.set_words(_DOWN if no.words == NO_LINE else no.words)
        self.fault.show()

    def _show(self, loaded: _Loaded) -> None:
        self.fault.hide()
        self._hear(loaded.answered)
        found = loaded.rows
        self.set_heading(_heading(loaded.total, len(found)))
        before = {row.case_id for row in self._found}
        # Ticked until somebody takes the tick away: nothing here was changed. What comes by itself
        # is not: the password would sign what nobody has looked at.
        self._unasked |= {row.case_id for row in found} - before - self._results.keys()
        if self._asked:
            self._ticked |= self._unasked
            self._unasked.clear()
        self._asked = False
        self._found, self._services = found, loaded.services
        self._ticked &= {row.case_id for row in found}
        self._draw()

    def _hear(self, answered: Answered) -> None:
        """What the centre said stands in the rows; what an error parked may still be done."""
        self._results |= dict.fromkeys(answered.taken, _SIGNED)
        self._results |= {key: item_words(item) for key, item in answered.items.items()}
        parked = {key for key, item in answered.items.items() if item.kind is ItemKind.HELD}
        for key in (answered.taken | answered.items.keys()) - parked:
            self._sent.pop(key, None)

    @property
    def _shown(self) -> list[QueueRow]:
        """What waits, and what was signed here."""
        waiting = {row.case_id for row in self._found}
        return [*self._found, *(r for key, r in self._gone.items() if key not in waiting)]

    def _draw(self) -> None:
        stood = self.table.hasFocus() or self.hasFocus()
        rows = self._shown
        drawn = [(row.case_id, self._cells(row)) for row in rows]
        self.draw_rows(drawn)
        self.frame.setVisible(bool(rows))
        self._below.setVisible(bool(self._found))
        self.empty.setVisible(not rows)
        self._arrange()
        if stood:
            self.take_focus()

    def _cells(self, row: QueueRow) -> Sequence[Cell]:
        line = line_of_row(row, self._services, Role.SIGNER, self.shell.today())
        said = self._results.get(row.case_id, "")
        ticked = row.case_id in self._ticked
        waits = row.case_id not in self._sent and row in self._found
        box = Cell(tick=ticked, said="برگزیده" if ticked else "برگزیده نشده")
        colour, icon = _LOOKS.get(said, ("refuse", "alert-circle"))
        told = Cell(said, colour, icon=icon, wraps=True)
        return [
            box if waits else Cell(),
            quiet(line.number),
            named(line.applicant),
            Cell(line.service),
            Cell(line.office),
            deadline(line.deadline, over=line.over),
            told,
        ]

    # Acts.

    def open_case(self) -> None:
        """Enter: the case of the chosen row."""
        if chosen := self.table.key():
            self.shell.go(places.MunicipalCase(chosen))

    def tick(self) -> None:
        """«فاصله»: tick and go down."""
        chosen, at = self.table.key(), self.table.row()
        if chosen in self._sent or all(row.case_id != chosen for row in self._found):
            return
        self._ticked ^= {chosen}
        self._unasked.discard(chosen)
        self._draw()
        self.table.choose(min(at + 1, self.rows.rowCount() - 1))

    @act
    async def sign(self) -> None:
        """Each by itself under the one password; each row tells what the centre said of it."""
        # By the time they are signed they wait no more.
        rows = {row.case_id: row for row in self._found if row.case_id in self._ticked}
        chosen = [*rows]
        password, seat = str(self.password.value()), self.shell.seat
        if not chosen or not password:
            self.password.set_error(NO_PASSWORD if chosen else "پرونده‌ای را برگزینید.")
            self.password.setFocus()
            return

        def job() -> Sent:
            seen = {case_id: row.updated_at for case_id, row in rows.items()}
            return signing.sign_plain(confirm(seat, password), seen)

        try:
            signed = await self.acting_on(job, line=True)
        except Refusal as no:
            self.password.set_error(_DOWN if no.words == NO_LINE else no.words)
            self.password.setFocus()
            return
        self.password.set_value("")
        self._gone |= rows
        self._sent |= signed.sent
        self._results |= {key: signed.refused.get(key, _ON_ITS_WAY) for key in chosen}
        self._ticked -= {*chosen}
        self.load()

    def _arrange(self) -> None:
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        if all(row.case_id in self._sent for row in self._found):
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self.ask_anew)
            self.bar.arrange(main=main, quiets=[back])
            return
        ticked = len(self._ticked)
        words = f"امضای {ticked} پرونده" if ticked else "امضای گروهی"
        main = Button(to_persian_digits(words), "main", icon="user-check", keys="Ctrl+Enter")
        main.clicked.connect(self.sign)
        look = Button("دیدن پرونده", icon="folder-open", keys="Enter", tall=True)
        look.clicked.connect(self.open_case)
        pick = Button("برگزیدن", "quiet", icon="square-check", keys="فاصله", tall=True)
        pick.clicked.connect(self.tick)
        self.bar.arrange(main=main, seconds=[look], quiets=[back, pick])

    def press(self, key: str) -> bool:
        """F5 asks again."""
        if key != "F5":
            return False
        self.ask_anew()
        return True

    def press_space(self) -> bool:
        """It ticks."""
        self.tick()
        return True
