"""The list of the registry: chips, a line to type in, two lists, the table."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.office_list import Registry
from desktop.domain.calendar import format_day_month
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.city_words import district_name
from desktop.ui.pages.offices.filters import OfficeFilters
from desktop.ui.pages.offices.rows import RegistryRow, Wanted, counts
from desktop.ui.pages.offices.table import (
    COLUMNS,
    TRAINED,
    TRAINED_PEOPLE,
    TRAINED_SERVICES,
    cells,
)
from desktop.ui.pages.queue.case_list import EVERY_SERVICE
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.sought import SoughtLine
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.led import SearchedByTyping
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.chip import FilterChip
from desktop.ui.widgets.told.empty import EmptyState

_EVERYWHERE = ("", "همهٔ منطقه‌ها")
CLEAR = "پاک کردن فیلترها"


class RegistryList(SearchedByTyping, QWidget):
    """The offices that are looked for, of all that are known; the rows are a model.

    `looked` comes when a person looks for others, `shown` when other rows show, `chosen` when
    another row is, `opened` on Enter; `renewed` asks for what holds now.
    """

    looked = Signal()
    shown = Signal()
    chosen = Signal()
    opened = Signal()
    renewed = Signal()

    def __init__(self, place: places.Offices) -> None:
        super().__init__()
        self.known: Registry | None = None
        self.all_rows: list[RegistryRow] = []
        self.rows: list[RegistryRow] = []
        self.settled = False
        """Whether the centre was heard: before that another office may come on top."""
        self._moment: datetime | None = None
        self._chosen_id = ""
        # Chosen before; their names come with what is known.
        self._asked: tuple[str, str] | None = (str(place.district or ""), place.service)
        self.day = place.day
        """On which day those have hours of their own that are looked for; None for all offices."""
        self._make_choices(place)
        self._make_table()
        line = Row(gap=8)
        line.addWidget(self.typed, 3)
        line.addWidget(self.district, 2)
        line.addWidget(self.service, 2)
        line.addStretch(1)
        line.addWidget(self.renew)
        column = Column(self.filters, gap=10, margins=(12, 20, 0, 20))
        column.addLayout(line)
        column.addWidget(self.of_day, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)

    def _make_choices(self, place: places.Offices) -> None:
        self.filters = OfficeFilters()
        self.filters.choose(place.chips)
        self.filters.changed.connect(self.look)
        self.typed = SoughtLine("نام، کد، محله یا دارنده", "جست‌وجو در دفترها")
        self.typed.set_value(place.typed)
        self.district = ListChoice([_EVERYWHERE])
        self.district.setAccessibleName("منطقه")
        self.service = ListChoice([EVERY_SERVICE])
        self.service.setAccessibleName("خدمت")
        self.of_day = FilterChip("", icon="calendar-event")
        self.of_day.setChecked(True)
        self.of_day.clicked.connect(self._leave_day)
        self.renew = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5")
        self.renew.clicked.connect(self.renewed)
        self.typed.sought.connect(self.look)
        self.district.edited.connect(self.look)
        self.service.edited.connect(self.look)

    def _make_table(self) -> None:
        self.model = PagedRows(COLUMNS, self._ask, self)
        self.table = Table("دفترها", COLUMNS)
        self.table.setModel(self.model)
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.opened.emit())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState("", "", icon="building", button=CLEAR)
        self.empty.pressed.connect(self.clear_filters)
        self.empty.hide()

    # What is shown.

    def show_known(self, known: Registry, rows: list[RegistryRow], moment: datetime) -> None:
        """Show what is known of all offices at the moment."""
        self.known, self.all_rows, self._moment = known, rows, moment
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
        self.filters.set_counts(counts(rows))
        self._choose_rows()

    def look(self) -> None:
        """Another thing is looked for."""
        self._choose_rows()
        self.looked.emit()

    def wanted(self) -> Wanted:
        """What is looked for."""
        district = int(self.district.value() or 0)
        of_day = None
        if self.known is not None and self.day is not None:
            of_day = frozenset(self.known.special.get(self.day, ()))
        return Wanted(self.filters.chosen, self.typed.value(), district, of_day)

    def looked_for(self) -> str:
        """The same in words; empty for all offices."""
        held = self.filters.chosen
        chips = [chip.text() for name, chip in self.filters.chips.items() if name in held]
        chosen = (self.district, self.service)
        lists = [dict(one.options())[key] for one in chosen if (key := one.value())]
        words = to_persian_digits(self.typed.value())
        typed = [f"«{words}»"] if words else []
        day = [self._day_words()] if self.day is not None else []
        return "، ".join([*day, *chips, *lists, *typed])

    def _day_words(self) -> str:
        return f"ساعت ویژه در {format_day_month(self.day)}" if self.day is not None else ""

    def _leave_day(self) -> None:
        self.day = None
        self.look()

    def clear_filters(self) -> None:
        """Look for nothing: all offices."""
        self.filters.choose(())
        self.day = None
        for choice in (self.typed, self.district, self.service):
            choice.set_value("")
        self.look()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_rows(self) -> None:
        wanted, service = self.wanted(), self.service.value()
        self.rows = wanted.among(self.all_rows)
        self.of_day.setVisible(self.day is not None)
        self.of_day.setChecked(True)
        self.of_day.setText(self._day_words())
        self.of_day.set_count(len(wanted.offices or ()))
        self.table.set_title(TRAINED, TRAINED_PEOPLE if service else TRAINED_SERVICES)
        at = self._place_of(self._chosen_id)
        if at < 0 or (not self.settled and self.table.row() <= 0):
            # What the centre tells first may put another office on top: nobody chose this one.
            at = 0
        self.shown.emit()
        self.model.set_count(len(self.rows))
        self.frame.setVisible(bool(self.rows))
        self.empty.setVisible(not self.rows)
        if self.rows:
            self.table.choose(at)
            self.table.viewport().update()
        else:
            self._tell_empty(wanted)
        self._chose(self.table.row())

    def _tell_empty(self, wanted: Wanted) -> None:
        self.empty.button.setVisible(bool(self.all_rows))
        if not self.all_rows:
            words = "دفتری ثبت نشده است"
            self.empty.say(words, "دفتر جدید بسازید یا فهرست دفترها را از فایل وارد کنید.")
            return
        typed = to_persian_digits(wanted.typed)
        what = f"با «{typed}»" if typed else "با این فیلترها"
        self.empty.say(f"دفتری {what} نیست", "")

    def _ask(self, first: int, count: int) -> None:
        assert self.known is not None
        assert self._moment is not None
        services, service = tuple(self.known.services), self.service.value()
        page = self.rows[first : first + count]
        self.model.put(first, [cells(row, services, service, self._moment) for row in page])

    # The chosen office.

    @property
    def office(self) -> RegistryRow | None:
        """The office of the row that is chosen."""
        row = self.table.row()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def point(self, office_id: str) -> None:
        """Choose an office's row, if it is in the list."""
        self.table.choose(self._place_of(office_id))
        if self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of(self, office_id: str) -> int:
        found = (at for at, row in enumerate(self.rows) if row.office_id == office_id)
        return next(found, -1)

    def _chose(self, _row: int) -> None:
        if self.office is not None:
            self._chosen_id = self.office.office_id
        self.chosen.emit()
