"""کارت دفتر: one office as the city's data and the centre tell of it, and what is done to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import office_card, registry
from desktop.actions.office_card import OfficeLook
from desktop.domain.errors import LineDown, Refusal
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.case.frame import without_icons
from desktop.ui.pages.office.body import AllEvents, EventsCard, PeopleCard, Services
from desktop.ui.pages.office.side import OfficeSide
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.standing.office import headline, kind_chip, office_title, oldest_unsent
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import Changed, Job
from desktop.wire.registry import OfficeBody


class OfficePage(PaperPage):
    """The card of one office; Enter opens a delegation, F8 prints, F6 goes from part to part.

    What is published shows with or without a line; of what the centre alone knows, the last that it
    told, with its time.
    """

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC, Kind.DAY})
    rail = "offices"
    side_width = 300

    place: places.Office

    def __init__(self, shell: Shell, place: places.Office) -> None:
        super().__init__(shell, place)
        self.look: OfficeLook | None = None
        self.at_work: OfficeBody | None = None
        self._told_at = ""
        self._narrow = False
        role = shell.seat.staff.role
        self._prepares, self._keeps = role.prepares, role.keeps_accounts
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self._head = Column(gap=0)
        self.services = Services()
        self.services.scan.connect(self._show_scan)
        self.services.opened.connect(lambda _: self.arrange_bar())
        self.people = PeopleCard()
        self.events = EventsCard()
        self.events.wanted.connect(self._open_events)
        self._cards = QWidget()
        self._side_by_side = Row(gap=12)
        self._cards.setLayout(self._side_by_side)
        card = Scroller(gap=12, margins=(12, 20, 14, 20))
        card.add(self.fault)
        card.content.addLayout(self._head)
        card.add(self.services)
        card.add(self._cards)
        self._card = card
        self.all_events = AllEvents()
        log = Scroller(gap=8, margins=(12, 20, 14, 20))
        log.add(self.all_events)
        self._log = log
        self._parts = QStackedWidget()
        self._parts.addWidget(card)
        self._parts.addWidget(log)
        self.put(self._parts)
        self.panel = OfficeSide(keeps_desks=self._keeps)
        self.side = self.panel
        self._place_cards()
        self.set_heading(Heading("دفتر"))
        self.arrange_bar()

    # Loading.

    def enter(self) -> None:
        """What this desk knows at once, then what the centre tells."""
        self.services.table.setFocus()
        self.load()

    def refresh(self, changed: Changed) -> None:
        """Something was published, a round ended, or the day turned."""
        self.load()

    def load(self) -> None:
        """Look at what is here, and ask the centre."""
        self.flow(self._load())

    async def _load(self) -> None:
        seat, office = self.shell.seat, self.place.office
        try:
            self.look = await Job(partial(office_card.look, seat.desk, office))
        except Refusal as no:
            self._tell_fault(no.words)
            return
        self._show()
        try:
            told = await Job(partial(registry.at_work, seat, office), line=True)
        except LineDown:
            last = f" آنچه از کار آن می‌بینید از {self._told_at} است." if self._told_at else ""
            self._tell_fault(f"به مرکز وصل نیستیم؛ کارت دفتر تنها خوانده می‌شود.{last}")
            return
        except Refusal as no:
            self._tell_fault(no.words)
            return
        self.fault.hide()
        self.at_work = next((each for each in told.offices), None)
        self._told_at = time_of(told.time)
        self._show()

    def _tell_fault(self, words: str) -> None:
        self.fault.set_words(words)
        self.fault.show()

    # Showing.

    def _show(self) -> None:
        look = self.look
        if look is None:
            return
        now = self.shell.now()
        card = look.card
        self.set_heading(Heading(office_title(card), "", kind_chip(look)))
        stands = headline(look, self.at_work, now)
        clear(self._head)
        self._head.addWidget(
            Headline(
                stands.words,
                stands.sentence,
                stands.tone,
                stands.icon,
                code=oldest_unsent(self.at_work, now),
                code_label="قدیمی‌ترین ارسال‌نشده",
                small=True,
            )
        )
        self.services.show_rows(look.services)
        self.people.show_people(look, self.at_work)
        self.events.show_events(look.events, now)
        self.all_events.show_events(look.events, now)
        self.panel.show_office(look, self.at_work, now)
        self.arrange_bar()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: people and happenings one below the other, the side behind F7."""
        self._narrow = narrow
        self._place_cards()
        self.arrange_bar()

    def _place_cards(self) -> None:
        layout = Column(gap=12) if self._narrow else Row(gap=12)
        for widget in (self.people, self.events):
            layout.addWidget(widget, 1)
        # A widget keeps its layout for good: it is handed to one that goes.
        old, self._cards = self._cards, QWidget()
        self._cards.setLayout(layout)
        self._card.content.replaceWidget(old, self._cards)
        old.hide()
        old.deleteLater()

    # Acts.

    def arrange_bar(self) -> None:
        """The keys of the card as it stands."""
        if self.bar is None or self.on_paper():
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self._escape)
        quiets = [back]
        if self._parts.currentWidget() is self._log:
            main = Button("بازگشت به کارت", "main", icon="id", keys="Ctrl+Enter")
            main.clicked.connect(self._close_events)
            self.bar.arrange(main=main, quiets=quiets)
            return
        if self.services.rows:
            words = "بستن واگذاری" if self.services.row is not None else "باز کردن واگذاری"
            opening = Button(words, "quiet", icon="folder-open", tall=True)
            opening.clicked.connect(self.services.open_row)
            quiets.append(opening)
        if self._narrow:
            more = Button("مشخصات", "quiet", keys="F7", tall=True)
            more.clicked.connect(self.shell.show_summary)
            quiets.append(more)
            without_icons(quiets)
        main = Button("بازگشت به فهرست", "main", icon="list-details", keys="Ctrl+Enter")
        main.clicked.connect(self.shell.back)
        self.bar.arrange(main=main, quiets=quiets)

    def _escape(self) -> None:
        if not self.press("Esc"):
            self.shell.back()

    def press(self, key: str) -> bool:
        """Esc closes what stands open, F6 goes on to the next part."""
        if super().press(key):
            return True
        if self.on_paper():
            return False
        if key == "Esc" and self._parts.currentWidget() is self._log:
            self._close_events()
            return True
        if key == "Esc":
            return self.services.close_row()
        return False

    def take_focus(self) -> None:
        """The services."""
        self.services.table.setFocus()

    def _open_events(self) -> None:
        self._parts.setCurrentWidget(self._log)
        self.all_events.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arrange_bar()

    def _close_events(self) -> None:
        self._parts.setCurrentWidget(self._card)
        self.arrange_bar()
        self.events.all.setFocus()

    def _show_scan(self, sha256: str) -> None:
        seat = self.shell.seat
        self.show_paper(OfficePaper("تصویر سند", partial(registry.scan, seat, sha256)))
