"""دفترها: every office of the city, what the unit must do first; where they lie beside it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.actions import office_list
from desktop.domain.counter import district_name
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.forms.outline import shipped_outline
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.offices.filters import OfficeFilters
from desktop.ui.pages.offices.kept import KeptRegistry
from desktop.ui.pages.offices.paper import PAPER, draw_list
from desktop.ui.pages.offices.rows import RegistryRow, Wanted, counts, rows_of
from desktop.ui.pages.offices.side import RegistrySide
from desktop.ui.pages.offices.table import (
    COLUMNS,
    TRAINED,
    TRAINED_PEOPLE,
    TRAINED_SERVICES,
    cells,
)
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.queue.case_list import EVERY_SERVICE
from desktop.ui.standing.office_list import OPEN, next_step
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed, Job

_EVERYWHERE = ("", "همهٔ منطقه‌ها")
_NEEDS_LINE = "تغییر دفترها به خط نیاز دارد"
_TYPING_MS = 120
_MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class OfficesPage(Acting):
    """Chips, search and two lists choose the rows; Enter opens an office, F8 prints the list."""

    place: places.Offices

    listens = frozenset({Kind.SYNC, Kind.PUBLISHED, Kind.DAY})
    rail = "offices"
    side_width = 340

    def __init__(self, shell: Shell, place: places.Offices) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading("دفترها", "نخست دفترهای نیازمند اقدام"))
        self.kept = KeptRegistry.of(shell.work)
        self.rows: list[RegistryRow] = []
        self.narrow = self._down = self._settled = False
        self._turn = 0
        self._chosen_id = ""
        self.cover = PaperCover(shell.work, self)
        self.panel = RegistrySide()
        self.panel.set_outline(shipped_outline())
        self.panel.pointed.connect(self._point)
        self.side = self.panel
        self._make_choices(place)
        self._make_table()
        self._lay_out()
        self._arrange()

    # What it is made of.

    def _make_choices(self, place: places.Offices) -> None:
        self.filters = OfficeFilters()
        self.filters.choose(place.chips or self._remembered())
        self.filters.changed.connect(self._filtered)
        self.typed = TextLine(placeholder="نام، کد، محله یا دارنده", icon="search")
        self.typed.setAccessibleName("جست‌وجو در دفترها")
        self.typed.set_value(place.typed)
        self.district = ListChoice([_EVERYWHERE])
        self.district.setAccessibleName("منطقه")
        self.service = ListChoice([EVERY_SERVICE])
        self.service.setAccessibleName("خدمت")
        self.renew = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5")
        self.renew.clicked.connect(lambda: self.load())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.typed.edited.connect(self._typing.start)
        self.district.edited.connect(self.look)
        self.service.edited.connect(self.look)
        # Chosen before; their names come with what is known.
        self._asked: tuple[str, str] | None = (str(place.district or ""), place.service)

    def _make_table(self) -> None:
        self.model = PagedRows(COLUMNS, self._ask, self)
        self.table = Table("دفترها", COLUMNS)
        self.table.setModel(self.model)
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.open_office())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState("", "", icon="building", button="پاک کردن فیلترها")
        self.empty.pressed.connect(self.clear_filters)
        self.empty.hide()

    def _lay_out(self) -> None:
        line = Row(gap=8)
        line.addWidget(self.typed, 3)
        line.addWidget(self.district, 2)
        line.addWidget(self.service, 2)
        line.addStretch(1)
        line.addWidget(self.renew)
        column = Column(self.filters, gap=10, margins=(12, 20, 0, 20))
        column.addLayout(line)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)

    @property
    def prepares(self) -> bool:
        """Whether who sits here may put offices forward."""
        return self.shell.seat.staff.role.prepares

    def now(self) -> datetime:
        """The moment of what is shown."""
        return self.kept.moment or self.shell.now()

    # Loading.

    def enter(self) -> None:
        """What was known at once, then what is known now."""
        if self.kept.known is not None:
            self._show()
        self.load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """What is published is read again only where something was."""
        self.load(published=changed.published or changed.day or changed.all)

    def load(self, *, published: bool = True) -> None:
        """Read what is published, then ask the centre."""
        self._turn += 1
        self.flow(self._load(self._turn, published=published))

    async def _load(self, turn: int, *, published: bool) -> None:
        kept, seat = self.kept, self.shell.seat
        if kept.known is None or published:
            kept.known = await Job(partial(office_list.registry, seat.desk))
            await self._renew(turn)
        try:
            heard = await Job(partial(office_list.at_work, seat), line=True)
        except Refusal as no:
            self._refused(no)
            return
        self._down = False
        kept.heard = heard
        await self._renew(turn)
        self._settled = True

    async def _renew(self, turn: int) -> None:
        kept = self.kept
        assert kept.known is not None
        now = kept.heard.at if kept.heard is not None else self.shell.now()
        rows = await Job(partial(rows_of, kept.known, kept.heard, now))
        kept.rows, kept.moment = rows, now
        # A later look shows what is newer.
        if turn == self._turn:
            self._show()

    def _refused(self, no: Refusal) -> None:
        if no.words != NO_LINE:
            self.shell.tell(no.words, "refuse")
        self._down = True
        self._arrange()

    # Showing.

    def _show(self) -> None:
        known = self.kept.known
        assert known is not None
        districts = [(str(each), district_name(each)) for each in known.districts]
        district, service = self._asked or (self.district.value(), self.service.value())
        self._asked = None
        for choice, options, value in (
            (self.district, [_EVERYWHERE, *districts], district),
            (self.service, [EVERY_SERVICE, *known.services.items()], service),
        ):
            if tuple(options) != choice.options():
                choice.set_options(options)
                choice.set_value(value if value in dict(options) else "")
        self.filters.set_counts(counts(self.kept.rows))
        self._choose_rows()

    def look(self) -> None:
        """What is looked for has changed: show it, and keep it for who comes back."""
        self.returns_to = places.Offices(
            tuple(sorted(self.filters.chosen)),
            self.typed.value(),
            int(self.district.value() or 0),
            self.service.value(),
        )
        self._choose_rows()

    def wanted(self) -> Wanted:
        """What is looked for."""
        district = int(self.district.value() or 0)
        return Wanted(self.filters.chosen, self.typed.value(), district)

    def _choose_rows(self) -> None:
        wanted, service = self.wanted(), self.service.value()
        self.rows = wanted.among(self.kept.rows)
        self.table.set_title(TRAINED, TRAINED_PEOPLE if service else TRAINED_SERVICES)
        at = next((i for i, r in enumerate(self.rows) if r.office_id == self._chosen_id), 0)
        if not self._settled and self.table.row() <= 0:
            # What the centre tells first may put another office on top: nobody chose this one.
            at = 0
        self.panel.show_rows(self.rows)
        self.model.set_count(len(self.rows))
        self.frame.setVisible(bool(self.rows))
        self.empty.setVisible(not self.rows)
        if self.rows:
            self.table.choose(at)
            self.table.viewport().update()
        else:
            self._tell_empty(wanted)
        self._chose(self.table.row() if self.rows else -1)

    def _tell_empty(self, wanted: Wanted) -> None:
        if not self.kept.rows:
            words = "دفتری ثبت نشده است"
            self.empty.say(words, "دفتر جدید بسازید یا فهرست دفترها را از فایل وارد کنید.")
        else:
            what = f"با «{wanted.typed}»" if wanted.typed else "با این فیلترها"
            self.empty.say(f"دفتری {what} نیست", "")
        self.empty.button.setVisible(bool(self.kept.rows))

    def clear_filters(self) -> None:
        """Look for nothing: all offices."""
        self.filters.choose(())
        for choice in (self.typed, self.district, self.service):
            choice.set_value("")
        self._filtered()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, first: int, count: int) -> None:
        known = self.kept.known
        assert known is not None
        services, service, now = tuple(known.services), self.service.value(), self.now()
        page = self.rows[first : first + count]
        self.model.put(first, [cells(row, services, service, now) for row in page])

    def _filtered(self) -> None:
        self.shell.remembered.filters[places.Offices] = " ".join(sorted(self.filters.chosen))
        self.look()

    def _remembered(self) -> tuple[str, ...]:
        return tuple(self.shell.remembered.filters.get(places.Offices, "").split())

    # The chosen office.

    @property
    def chosen(self) -> RegistryRow | None:
        """The office of the row that is chosen."""
        row = self.table.row()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def _chose(self, row: int) -> None:
        known = self.kept.known
        if known is None:
            return
        office = self.rows[row] if 0 <= row < len(self.rows) else None
        if office is not None:
            self._chosen_id = office.office_id
        self.panel.show_office(office, known.calendar, self.now())
        self._arrange()

    def _point(self, office_id: str) -> None:
        """A mark was pressed: its row is chosen."""
        at = next((i for i, row in enumerate(self.rows) if row.office_id == office_id), -1)
        self.table.choose(at)
        if self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_office(self) -> None:
        """Enter, and the main key: the office's card."""
        if self.chosen is not None:
            self.shell.go(places.Office(self.chosen.office_id))

    def _arrange(self) -> None:
        if self.bar is None:
            return
        office = self.chosen
        printing = Button("چاپ فهرست", "quiet", icon="printer", keys="F8", tall=True)
        printing.clicked.connect(self.print_list)
        quiets = [printing] if self.rows else []
        main = None
        if office is not None:
            step = next_step(office.state)
            main = Button(step.button, "main", icon=step.icon, keys="Ctrl+Enter")
            main.clicked.connect(self.open_office)
            if step.button != OPEN and not self.narrow:
                opening = Button(OPEN, "quiet", icon="folder-open", keys="Enter", tall=True)
                opening.clicked.connect(self.open_office)
                quiets.insert(0, opening)
        if self.narrow:
            summary = Button("نقشه و خلاصه", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            quiets.append(summary)
        self.bar.arrange(main=main, quiets=quiets, sentence=self._sentence())

    def _sentence(self) -> str:
        """«۲ از ۴۰», or since when nothing is heard."""
        if self._down:
            heard = self.kept.heard
            since = f"وضع دفترها تا {moment(heard.at, self.shell.now())}؛ " if heard else ""
            return f"{since}{_NEEDS_LINE}"
        count = len(self.rows)
        return to_persian_digits(f"{self.table.row() + 1} از {count}") if count else ""

    def print_list(self) -> None:
        """F8: the list as it stands, on paper."""
        seat, rows, looked_for = self.shell.seat, [*self.rows], self._looked_for()
        self.cover.show_paper(PAPER, partial(draw_list, seat, rows, looked_for, self.now()))

    def _looked_for(self) -> str:
        """What the list was narrowed to, in words; empty for all offices."""
        chips = [
            chip.text() for name, chip in self.filters.chips.items() if name in self.wanted().chips
        ]
        lists = [str(choice.text()) for choice in (self.district, self.service) if choice.value()]
        typed = [f"«{self.typed.value()}»"] if self.typed.value() else []
        return "، ".join([*chips, *lists, *typed])

    # Keys.

    def set_narrow(self, narrow: bool) -> None:
        """The sketch goes; F7 opens it in place of the table."""
        self.narrow = narrow
        self._arrange()

    def press(self, key: str) -> bool:
        """F5 loads anew, Esc takes the list on paper away, a digit begins a code."""
        if key == "F5":
            self.load()
        elif key.isdecimal() and self.table.hasFocus():
            self._begin_search(key)
        else:
            return key == "Esc" and self.cover.close_cover()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing starts the search; the arrows go from it to the rows."""
        arrows = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        words, held = event.text(), event.modifiers() & _MODIFIED
        if event.key() in arrows and self.typed.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.table.hasFocus() and not held and words.strip() and words.isprintable():
            self._begin_search(words)
        else:
            super().keyPressEvent(event)

    def _begin_search(self, words: str) -> None:
        # What was looked for before is typed over.
        self.typed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        typed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, words)
        QApplication.sendEvent(self.typed, typed)
