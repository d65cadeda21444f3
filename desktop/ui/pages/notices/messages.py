"""پیام به شهروندان at the unit: what did not arrive, why, at which office; what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import board, messages, offices
from desktop.actions.desk import Desk
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import phone_words
from desktop.domain.office import OfficeCard
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.table_page import TablePage
from desktop.ui.pages.notices.words import office_words
from desktop.ui.standing.lines import short_number
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.pairs import panel_heading
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed
from desktop.wire.messages import SHOWN, FailedBody, MessagesAnswer

_COLUMNS = (
    TableColumn("پرونده", 126, sortable=False),
    TableColumn("پیام", 116, sortable=False),
    TableColumn("چرا نرسید", 180, stretch=3, sortable=False),
    TableColumn("دفتر", 130, stretch=2, sortable=False),
    TableColumn("خدمت", 120, stretch=1, drop=2, sortable=False),
    TableColumn("زمان", 96, drop=1, sortable=False),
)
_DOWN = "به مرکز وصل نیستیم؛ پیام‌های نرسیده را مرکز می‌داند."
_ALL = "همهٔ دفترها"


@dataclass(frozen=True)
class _Known:
    offices: Mapping[str, OfficeCard]
    services: Mapping[str, Service]


class CitizenMessagesPage(TablePage):
    """The newest first; Enter opens the case. At the side the offices, those with most first."""

    place: places.CitizenMessages

    listens = frozenset({Kind.SYNC})
    rail = "watch"
    side_width = 300

    def __init__(self, shell: Shell, place: places.CitizenMessages) -> None:
        empty = EmptyState(
            "پیام نرسیده‌ای نیست",
            "هر پیامی که به شهروند نرسد، با علت آن، هم در پروندهٔ دفتر و هم اینجا می‌آید.",
            icon="phone",
        )
        super().__init__(shell, place, "پیام‌های نرسیده", _COLUMNS, empty)
        self.set_heading(Heading("پیام به شهروندان", "آنچه نرسیده است"))
        self._known = _Known({}, {})
        self._told: MessagesAnswer | None = None
        self._shown: list[FailedBody] = []
        self._office = place.office
        self._narrow = False
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.waits = Banner("", "neutral", icon="clock")
        self.waits.hide()
        self.table.opened.connect(lambda _: self.open_case())
        self.frame.hide()
        self.put((self.fault, 0), (self.waits, 0), (self.frame, 1), (self.empty, 0))
        self.panel = OfficesSide()
        self.panel.chosen.connect(self.look_at)
        self.side = self.panel
        self._arrange()

    def enter(self) -> None:
        """Names come from this desk, messages from the centre."""
        self.setFocus()
        self.shell.work.run(self, partial(_look, self.shell.seat.desk), self._named)
        self._ask()

    def refresh(self, changed: Changed) -> None:
        """A round ended."""
        self._ask()

    def press(self, key: str) -> bool:
        """F5 asks again, F7 shows the offices where there is no room beside the list."""
        if key == "F5":
            self._ask()
        elif key == "F7" and self._narrow:
            self.shell.show_summary()
        else:
            return False
        return True

    def _named(self, known: _Known) -> None:
        self._known = known
        self._draw()

    def _ask(self) -> None:
        job = partial(messages.of_the_city, self.shell.seat)
        self.shell.work.run(self, job, self.show_answer, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        words = no.words
        if words == NO_LINE:
            since = self._told.time if self._told is not None else None
            last = f" آنچه می‌بینید از {moment(since, self.shell.now())} است." if since else ""
            words = f"{_DOWN}{last}"
        self.fault.set_words(words)
        self.fault.show()

    def show_answer(self, told: MessagesAnswer) -> None:
        """Show what the centre told."""
        self.fault.hide()
        before, self._told = self._told, told
        if before is None or (told.failed, told.offices) != (before.failed, before.offices):
            self._draw()
        self._tell_waiting(told)

    def _tell_waiting(self, told: MessagesAnswer) -> None:
        since = moment(told.oldest, self.shell.now()) if told.oldest is not None else ""
        count = to_persian_digits(told.waiting)
        self.waits.set_words(f"{count} پیام هنوز فرستاده نشده است؛ قدیمی‌ترین از {since}.")
        self.waits.setVisible(bool(told.waiting))

    # Showing.

    def _draw(self) -> None:
        told = self._told
        if told is None:
            return
        stood = self.table.hasFocus() or self.hasFocus()
        self._shown = [e for e in told.failed if not self._office or e.office_id == self._office]
        self.table.show_rows([(self._key(each), self._cells(each)) for each in self._shown])
        self.frame.setVisible(bool(self._shown))
        self.empty.setVisible(not self._shown)
        self.panel.show_offices(told.offices, self._known.offices, self._office, len(told.failed))
        self._arrange()
        if stood:
            self.take_focus()

    def _key(self, each: FailedBody) -> str:
        return f"{each.case_id} {each.occasion} {each.made_at.isoformat()}"

    def _cells(self, each: FailedBody) -> list[Cell]:
        service = self._known.services.get(each.service)
        title = service.short or service.title if service is not None else each.service
        return [
            Cell(short_number(each.tracking), weight=500),
            named(each.occasion.word),
            Cell(to_persian_digits(each.cause), "refuse", icon="alert-circle", wraps=True),
            Cell(office_words(self._known.offices.get(each.office_id)), wraps=True),
            quiet(to_persian_digits(title)),
            # Of a day that is over the hour says nothing.
            quiet(moment(each.made_at, self.shell.now()).partition(" ساعت ")[0]),
        ]

    @property
    def message(self) -> FailedBody | None:
        """The chosen row's."""
        return next((each for each in self._shown if self._key(each) == self.table.key()), None)

    # Acts.

    def look_at(self, office: str) -> None:
        """Only those of an office (its id); empty for all."""
        self._office = office
        self.returns_to = places.CitizenMessages(office)
        self._draw()

    def open_case(self) -> None:
        """Enter: the case of the chosen one."""
        if self.message is not None:
            self.shell.go(places.MunicipalCase(self.message.case_id))

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the offices open by F7 in place of the list."""
        self._narrow = narrow
        self._arrange()

    def _arrange(self) -> None:
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets = [back]
        if self._shown:
            again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
            again.clicked.connect(self._ask)
            quiets.append(again)
            words = "باز کردن پرونده"
            main = Button(words, "main", icon="folder-open", keys="Ctrl+Enter", also="Enter")
            main.clicked.connect(self.open_case)
        else:
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self._ask)
        if self._narrow:
            summary = Button("دفترها", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            quiets.append(summary)
        self.bar.arrange(main=main, quiets=quiets)


class OfficesSide(QWidget):
    """The offices with messages that did not arrive; `chosen` gives an office's id, empty: all."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=4, margins=(14, 16, 14, 16))
        outer = Column(gap=0)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("دفترها")

    def show_offices(
        self, counts: Mapping[str, int], cards: Mapping[str, OfficeCard], office: str, listed: int
    ) -> None:
        """Show them, those with most first; of more than are `listed` it is said."""
        clear(self._column)
        total = sum(counts.values())
        self._column.addWidget(panel_heading("نرسیده، به تفکیک دفتر"))
        if not total:
            self._column.addWidget(
                Label("هیچ دفتری پیام نرسیده ندارد.", "small", "text2", wrap=True)
            )
            return
        if total > listed:
            words = f"{listed} پیام تازه‌تر از {total} در فهرست است."
            self._column.addWidget(Label(to_persian_digits(words), "small", "text2", wrap=True))
        self._add("", _ALL, total, "", chosen=not office)
        order = sorted(counts, key=lambda of: (-counts[of], office_words(cards.get(of))))
        for of in order[:SHOWN]:
            card = cards.get(of)
            phone = card.phone if card is not None else ""
            self._add(of, office_words(card), counts[of], phone, chosen=of == office)

    def _add(self, office: str, title: str, count: int, phone: str, *, chosen: bool) -> None:
        under = f"تلفن {phone_words(phone)}" if phone else ""
        icon = "check" if chosen else "building-community"
        row = ListRow(title, under, icon=icon, note=to_persian_digits(count), chevron=False)
        row.clicked.connect(lambda: self.chosen.emit(office))
        self._column.addWidget(row)


def _look(desk: Desk) -> _Known:
    return _Known(offices.offices(desk), board.services_known(desk))
