"""اطلاعیه‌ها at an office's desk: what the unit told this office, to be read and said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt

from desktop.actions import announcements, board, readiness
from desktop.actions.announcements import Heard
from desktop.actions.desk import Seat
from desktop.domain.announcement import About
from desktop.domain.people import Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import TablePage
from desktop.ui.pages.notices.words import LOOKS, lacking_words, titles
from desktop.ui.roles import DUTIES
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet, timed
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_COLUMNS = (
    TableColumn("موضوع", 172, sortable=False),
    TableColumn("عنوان", 220, stretch=3, sortable=False),
    TableColumn("زمان", 220, stretch=1, drop=2, sortable=False),
    TableColumn("رسید", 120, drop=1, sortable=False),
    TableColumn("وضعیت", 116, sortable=False),
)
_UNREAD = ChipLook("نخوانده", "mail", "pay")
_READ = ChipLook("خوانده‌اید", "checks", "neutral", "line")


@dataclass(frozen=True)
class _Loaded:
    heard: tuple[Heard, ...]
    services: Mapping[str, Service]
    lacking: Mapping[str, Mapping[str, list[Staff]]]
    now: datetime


class AnnouncementsPage(TablePage):
    """What is not read first; the text of the chosen one stands under the list."""

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "home"

    def __init__(self, shell: Shell, place: places.Announcements) -> None:
        empty = EmptyState(
            "اطلاعیه‌ای به این دفتر نرسیده است",
            "قطعی برنامه‌ریزی‌شده، تغییر ضابطه و یادآوری آموزش همین‌جا می‌آید.",
            icon="mail",
        )
        super().__init__(shell, place, "اطلاعیه‌ها", _COLUMNS, empty)
        self.set_heading(Heading("اطلاعیه‌ها", "از شهرداری به این دفتر"))
        self._loaded: _Loaded | None = None
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.card = Card(" ", " ", gap=8)
        self.text = Label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = Label("", "small", "text2", wrap=True)
        self._people = Column(gap=4)
        self.card.add(self.text)
        self.card.body.addLayout(self._people)
        self.card.add(self.about)
        self.reader = Scroller(margins=(0, 0, 0, 0))
        self.reader.add(self.card)
        self.put((self.frame, 1), (self.reader, 1), (self.empty, 0))
        self._arrange()

    def enter(self) -> None:
        """Load, and give the list the keys."""
        self._load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """Something was announced, or people learnt."""
        self._load()

    @property
    def heard(self) -> Heard | None:
        """The chosen row's."""
        found = self._loaded.heard if self._loaded is not None else ()
        key = self.table.key()
        return next((each for each in found if each.announcement.announcement == key), None)

    def _load(self) -> None:
        self.shell.work.run(self, partial(_look, self.shell.seat, self.shell.now()), self._show)

    def _show(self, loaded: _Loaded) -> None:
        stood = self.table.hasFocus() or self.hasFocus()
        self._loaded = loaded
        drawn = [(each.announcement.announcement, self._cells(each)) for each in loaded.heard]
        self.draw_rows(drawn)
        self.frame.setVisible(bool(drawn))
        self.reader.setVisible(bool(drawn))
        self.empty.setVisible(not drawn)
        self._show_chosen()
        if stood:
            self.take_focus()

    def _cells(self, each: Heard) -> list[Cell]:
        assert self._loaded is not None
        told = each.announcement
        return [
            Cell(chip=LOOKS[told.about]),
            named(to_persian_digits(told.title)),
            Cell(told.when(), wraps=True) if told.when() else quiet("—"),
            timed(moment(told.at, self._loaded.now)),
            Cell(chip=_READ if each.read_at is not None else _UNREAD),
        ]

    def _show_chosen(self) -> None:
        each, loaded = self.heard, self._loaded
        if each is not None and loaded is not None:
            told = each.announcement
            self.card.heading.setText(to_persian_digits(told.title))
            self.card.beside.setText(told.when())
            self.text.setText(to_persian_digits(told.words))
            clear(self._people)
            for code, lacking in loaded.lacking.get(told.announcement, {}).items():
                words = lacking_words(titles([code], loaded.services), lacking)
                self._people.addWidget(Label(words, weight=500, wrap=True))
            told_by = f"از {told.by}، {moment(told.at, loaded.now)}"
            read = f"خواندید: {moment(each.read_at, loaded.now)}" if each.read_at else ""
            self.about.setText("؛ ".join(part for part in (told_by, read) if part))
        self._arrange()

    # Acts.

    @act
    async def note_read(self) -> None:
        """The chosen one is read; the next that is not comes in its place."""
        each = self.heard
        if each is None or each.read_at is not None:
            return
        seat, now = self.shell.seat, self.shell.now()

        def job() -> _Loaded:
            announcements.note_read(seat, each.announcement.announcement)
            return _look(seat, now)

        loaded = await self.acting_on(job)
        self.table.setCurrentIndex(self.rows.index(-1, -1))
        self._show(loaded)
        self.table.choose(0)

    def _arrange(self) -> None:
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        each = self.heard
        if each is None or each.read_at is not None:
            home = DUTIES[self.shell.seat.staff.role].first
            main = Button("خانه", "main", icon="home", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(home))
            self.bar.arrange(main=main, quiets=[back])
            return
        main = Button("خواندم", "main", icon="checks", keys="Ctrl+Enter")
        main.clicked.connect(self.note_read)
        found = self._loaded.heard if self._loaded is not None else ()
        left = sum(other.read_at is None for other in found)
        words = to_persian_digits(f"{left} اطلاعیهٔ نخوانده؛ شهرداری می‌بیند که چه دفتری خوانده است")
        self.bar.arrange(main=main, quiets=[back], sentence=words)


def _look(seat: Seat, now: datetime) -> _Loaded:
    heard = tuple(announcements.heard(seat))
    lacking = {
        told.announcement: readiness.lacking(seat.desk, told.services, told.due)
        for told in (each.announcement for each in heard)
        if told.about is About.TRAINING and told.due is not None and not told.is_over(now)
    }
    return _Loaded(heard, board.services_known(seat.desk), lacking, now)
