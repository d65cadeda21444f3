"""What an office's card shows: its headline, its services, its people, what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.heirs import Passing
from desktop.actions.office_card import Entrusted, OfficeLook
from desktop.actions.office_events import OfficeEvent
from desktop.domain.calendar import format_jalali
from desktop.domain.delegation import DelegationState
from desktop.domain.people import Role
from desktop.domain.persian import fold, isolate, to_persian_digits
from desktop.ui import theme
from desktop.ui.standing.office import (
    delegation_chip,
    ending_words,
    event_line,
    person_chip,
    ready_words,
    summary,
    unwritten_words,
)
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.lists.table import ROW, Table, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, RowsModel, TableColumn
from desktop.ui.widgets.lists.timeline import Timeline
from desktop.ui.widgets.told.chip import Chip, ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.wire.registry import OfficeBody

SHOWN, FEW, EVENTS = 7, 4, 3
"""How many services and happenings show before «همه»; fewer services in larger letters, so that the
office's headline stays in sight over them."""
_HEAD = 32
_COLUMNS = (
    TableColumn("خدمت", 150, stretch=3, sortable=False),
    TableColumn("از", 88, sortable=False),
    TableColumn("تا", 88, sortable=False),
    TableColumn("سند واگذاری", 192, stretch=2, drop=1, sortable=False),
    TableColumn("متصدی آموزش‌دیده", 126, sortable=False),
    TableColumn("وضعیت", 118, sortable=False),
)


class Services(QWidget):
    """What is handed over to the office: the first rows, then all; Enter opens one under them.

    `opened` comes with the row that stands open, None when it closes; `scan` asks for an act's,
    `letters` for what was written to the office of it, `ending` gives the service that whoever may
    (`ends`) wants to take back.
    """

    opened = Signal(object)
    scan = Signal(str)
    letters = Signal()
    ending = Signal(str)

    def __init__(self, *, ends: bool) -> None:
        super().__init__()
        self._ends = ends
        self.rows: tuple[Entrusted, ...] = ()
        self.row: Entrusted | None = None
        self._passing: Mapping[str, Passing] = {}
        self._signs = True
        self._whole, self._most = False, SHOWN
        self.heading = Label("واگذاری خدمت", "section", weight=700)
        self.beside = Label("", "small", "text2", elide=True)
        self.more = Link("")
        self.more.clicked.connect(self._turn)
        self._model = RowsModel(_COLUMNS, self)
        self.table = Table("واگذاری خدمت", _COLUMNS)
        self.table.setModel(self._model)
        self.table.opened.connect(self.open_row)
        self.frame = TableFrame(self.table)
        self.detail = Card(" ", " ")
        self._told = Column(gap=6)
        self.detail.body.addLayout(self._told)
        self.detail.hide()
        self.empty = EmptyState(
            "خدمتی واگذار نشده است",
            "بی واگذاری، هیچ درخواستی در این دفتر پذیرفته نمی‌شود.",
            icon="arrows-exchange",
        )
        head = Row(self.heading, gap=8)
        head.addWidget(self.beside, 1)
        head.addWidget(self.more)
        column = Column(gap=6)
        column.addLayout(head)
        column.addWidget(self.frame)
        column.addWidget(self.empty)
        column.addWidget(self.detail)
        self.setLayout(column)
        theme.notifier().changed.connect(self._restyle)

    def show_rows(self, rows: tuple[Entrusted, ...], *, signs: bool) -> None:
        """Show these; the one that stood open stays open, or is closed when it is gone. `signs`:
        somebody is named who signs letters of delegation."""
        if rows == self.rows and signs == self._signs and rows:
            return
        self._signs = signs
        at = self.table.row()
        self.rows = rows
        self.beside.setText(summary(rows))
        self._show()
        self.table.choose(max(0, at))
        open_one = self.row
        if open_one is not None:
            same = (r for r in rows if r.delegation.key == open_one.delegation.key)
            self._open(
                next((r for r in same if r.delegation.since == open_one.delegation.since), None)
            )

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: fewer rows before «همه»."""
        self._most = FEW if narrow else SHOWN
        if self.rows:
            at = self.table.row()
            self._show()
            self.table.choose(max(0, min(at, self._model.rowCount() - 1)))

    def show_passing(self, passing: Mapping[str, Passing]) -> None:
        """How far the open cases are of services that ended, by codes."""
        if passing == self._passing:
            return
        self._passing = passing
        if self.row is not None:
            clear(self._told)
            self._tell(self.row)

    def _turn(self) -> None:
        self._whole = not self._whole
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        shown = self.rows if self._whole else self.rows[: self._most]
        self._model.set_rows([(row.delegation.key, _cells(row)) for row in shown])
        many = len(self.rows) > self._most
        words = f"تنها {self._most} خدمت نخست" if self._whole else f"همهٔ {len(self.rows)} ردیف"
        self.more.setText(to_persian_digits(words))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(many)
        self.more.updateGeometry()
        self.frame.setVisible(bool(self.rows))
        self.empty.setVisible(not self.rows)
        self._restyle()

    def _restyle(self) -> None:
        # Qt gives no table less than the height of two rows.
        rows = max(2, self._model.rowCount())
        self.frame.setFixedHeight(theme.px(_HEAD) + rows * theme.px(ROW) + 2)

    def chosen(self) -> Entrusted | None:
        """The row that has the frame."""
        row = self.table.row()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def open_row(self, _: int = -1) -> None:
        """Open the chosen row under the table, or close it again."""
        chosen = self.chosen()
        self._open(None if chosen is self.row else chosen)

    def close_row(self) -> bool:
        """Close what stands open; whether something did."""
        if self.row is None:
            return False
        self._open(None)
        self.table.setFocus()
        return True

    def _open(self, row: Entrusted | None) -> None:
        self.row = row
        clear(self._told)
        self.detail.setVisible(row is not None)
        if row is not None:
            self.detail.heading.setText(row.title)
            self.detail.beside.setText("")
            self._tell(row)
            bring_into_sight(self.detail)
        self.opened.emit(row)

    def _tell(self, row: Entrusted) -> None:
        given = row.delegation
        pairs = Pairs()
        pairs.add("به استناد", given.act.words)
        pairs.add("مدت", _term(row))
        ready, tone = ready_words(row)
        pairs.add("متصدی آموزش‌دیده", ready, role=tone)
        if row.ended is not None:
            day = isolate(format_jalali(row.ended.since))
            words = "پس گرفته از" if row.ended.until is None else "پرونده‌ها از"
            pairs.add(words, f"{day}، {row.ended.act.words}", role="refuse")
        going_on = row.ended is None and row.state is not DelegationState.ENDED
        if going_on and not row.written:
            pairs.add("نامه", unwritten_words(signs=self._signs), role="pay")
        passing = self._passing.get(given.service) if row.passes_cases else None
        if passing is not None:
            words, tone = ending_words(passing)
            pairs.add("پرونده‌های باز", words, role=tone)
        self._told.addWidget(pairs)
        links = Row(gap=14)
        for words, act in (("تصویر سند واگذاری", given.act), ("تصویر سند پایان", None)):
            shown = act if act is not None else row.ended.act if row.ended else None
            if shown is not None and shown.scan:
                link = Button(words, icon="eye")
                link.clicked.connect(lambda _=False, scan=shown.scan: self.scan.emit(scan))
                links.addWidget(link)
        letter = Button("نامه‌های واگذاری", icon="mail")
        letter.clicked.connect(self.letters)
        links.addWidget(letter)
        links.addStretch(1)
        if self._ends and going_on:
            end = Button("پس‌گرفتن واگذاری…", "dangerous", icon="file-off")
            end.clicked.connect(lambda: self.ending.emit(given.service))
            links.addWidget(end)
        if self._ends and row.wants_heir:
            named = Button("سپردن پرونده‌های باز…", icon="arrows-exchange")
            named.clicked.connect(lambda: self.ending.emit(given.service))
            links.addWidget(named)
        self._told.addLayout(links)
        self.detail.setAccessibleName(row.title)


def _cells(row: Entrusted) -> list[Cell]:
    given = row.delegation
    ready, tone = ready_words(row)
    icon = {"ok": "user-check", "pay": "clock" if row.renewal else "alert-triangle"}.get(tone, "")
    number = to_persian_digits(given.act.number)
    act = f"شمارهٔ {isolate(number)}، {isolate(format_jalali(given.act.dated))}"
    until = isolate(format_jalali(row.until)) if row.until else "بدون پایان"
    return [
        Cell(to_persian_digits(row.title), weight=500, wraps=True),
        Cell(isolate(format_jalali(given.since))),
        Cell(until, "text" if row.until else "text2"),
        Cell(act, "text2", icon="file-text"),
        Cell(ready, tone if tone != "neutral" else "text2", icon=icon),
        Cell(chip=delegation_chip(row)),
    ]


def _term(row: Entrusted) -> str:
    since = f"از {isolate(format_jalali(row.delegation.since))}"
    return (
        f"{since} تا {isolate(format_jalali(row.until))}" if row.until else f"{since}، بدون پایان"
    )


class PeopleCard(Card):
    """Who works there, each with how it stands with them today; `wanted` leads to their page."""

    wanted = Signal()

    def __init__(self, *, opens: bool) -> None:
        super().__init__("کارکنان", " ")
        self.all = self.add_link("باز کردن")
        self.all.setAccessibleName("باز کردن کارکنان دفتر")
        self.all.clicked.connect(self.wanted)
        self.all.setVisible(opens)
        self._shown: tuple[object, ...] = ()
        self._rows = Column(gap=0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_people(self, look: OfficeLook, at_work: OfficeBody | None) -> None:
        """Names are the centre's to tell; terms and stops this desk knows."""
        shown = (look, at_work)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        if at_work is None:
            self.beside.setText("")
            words = "نام کارکنان پس از وصل شدن خط می‌آید."
            self._rows.addWidget(Label(words, "small", "text2", wrap=True))
            return
        self.beside.setText(to_persian_digits(f"{len(at_work.people)} نفر"))
        terms = {term.staff: term for term in look.terms}
        for person in at_work.people:
            term = terms.get(person.staff_id)
            state = person_chip(term, look.day, stopped=person.staff_id in look.stopped)
            role = Role(person.role).word if person.role in list(Role) else person.role
            self._rows.addWidget(PersonLine(person.name, role, state))
        if not at_work.people:
            self._rows.addWidget(Label("هنوز کسی معرفی نشده است.", "small", "text2", wrap=True))


class PersonLine(QWidget):
    """A name, a role, a state."""

    def __init__(self, name: str, role: str, state: ChipLook) -> None:
        super().__init__()
        row = Row(gap=8, margins=(5, 0, 5, 0))
        row.addWidget(Label(to_persian_digits(name), weight=500, wrap=True), 3)
        row.addWidget(Label(role, "small", "text2", elide=True), 2)
        row.addWidget(Chip(state))
        self.setLayout(row)
        self.setAccessibleName(f"{name}، {role}، {state.words}")


class EventsCard(Card):
    """The last happenings, and the way to all of them: `wanted`."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("رویدادها", " ")
        self.all = self.add_link("همه")
        self.all.clicked.connect(self.wanted)
        self.line = Timeline()
        self.add(self.line)
        self.body.addStretch(1)

    def show_events(self, events: Sequence[OfficeEvent], now: datetime) -> None:
        """Show the last ones."""
        self.line.set_happenings([event_line(each, now) for each in events[:EVENTS]])
        words = to_persian_digits(f"همهٔ {len(events)} رویداد")
        self.all.setText(words)
        self.all.setAccessibleName(words)
        self.all.updateGeometry()
        self.all.setVisible(bool(events))


class AllEvents(QWidget):
    """Everything that happened to the office, searched as one types."""

    def __init__(self) -> None:
        super().__init__()
        self._events: tuple[OfficeEvent, ...] = ()
        self._now: datetime | None = None
        self.box = SearchBox("جست‌وجو در رویدادها: مصوبه، خدمت، نام…", width="fill")
        self.box.edited.connect(self._show)
        self.count = Label("", "small", "text2")
        self.line = Timeline()
        column = Column(self.box, self.count, self.line, gap=8)
        column.addStretch(1)
        self.setLayout(column)

    def show_events(self, events: tuple[OfficeEvent, ...], now: datetime) -> None:
        """Hold these."""
        self._events, self._now = events, now
        self._show()

    def _show(self) -> None:
        assert self._now is not None
        wanted = fold(self.box.text()).split()
        found = [each for each in self._events if _holds(each, wanted)]
        self.line.set_happenings([event_line(each, self._now, whole=True) for each in found])
        total = len(self._events)
        words = f"{len(found)} از {total} رویداد" if wanted else f"{total} رویداد"
        if wanted and not found:
            words = "رویدادی با این نوشته نیست."
        self.count.setText(to_persian_digits(words))


def _holds(event: OfficeEvent, wanted: Sequence[str]) -> bool:
    words = (event.words, *event.lines, event.by, event.act, format_jalali(event.day))
    text = fold(" ".join(words))
    return all(each in text for each in wanted)
