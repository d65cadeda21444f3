"""کارت دفتر: one office as the city's data and the centre tell of it, and what is done to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import card_sheet, heirs, office_card, registry
from desktop.actions.heirs import OpenCases
from desktop.actions.office_card import OfficeLook
from desktop.domain.errors import Refusal
from desktop.domain.office import OfficeKind
from desktop.ui import places, printing
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.office.acting import OfficeActsPage, main_key
from desktop.ui.pages.office.body import AllEvents, EventsCard, PeopleCard, Services
from desktop.ui.pages.office.days_form import DaysForm
from desktop.ui.pages.office.desk_forms import EnrolForm, RevokeForm
from desktop.ui.pages.office.forms import EditForm, LiftForm, StopBackForm, StopForm
from desktop.ui.pages.office.heir_form import HeirForm
from desktop.ui.pages.office.side import OfficeSide
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.palette import Tone
from desktop.ui.standing.office import (
    desk_rows,
    endings_words,
    events_of,
    headline,
    kind_chip,
    office_title,
    oldest_unsent,
    passing_words,
)
from desktop.ui.standing.office_list import RENEW_LICENCE
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button, ButtonKind, Link
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import NO_LINE, Job
from desktop.wire.registry import DeskBody, OfficeBody

_HAND_OVER = "واگذاری خدمت"
_READ_ONLY = "به مرکز وصل نیستیم؛ کارت دفتر تنها خوانده می‌شود."


class OfficePage(OfficeActsPage):
    """The card of one office; Enter opens a delegation, F8 prints.

    What is published shows with or without a line; of what the centre alone knows, the last that it
    told, with its time.
    """

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC, Kind.DAY})
    rail = "offices"
    side_width = 300
    about = "office"

    place: places.Office

    def __init__(self, shell: Shell, place: places.Office) -> None:
        super().__init__(shell, place, place.office)
        self.look: OfficeLook | None = None
        self.at_work: OfficeBody | None = None
        self.cases: OpenCases | None = None
        self._told_at = ""
        self._narrow = False
        self._wanted = place.act
        role = shell.seat.staff.role
        self._prepares, self._keeps = role.prepares, role.keeps_accounts
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self._head = Column(gap=0)
        self.passing = Banner("", "pay", icon="arrows-exchange")
        self.passing.hide()
        self.services = Services(ends=self._prepares)
        self.services.scan.connect(self._show_scan)
        self.services.letters.connect(self._open_letters)
        self.services.ending.connect(
            lambda service: shell.go(places.Withdrawal(self.place.office, service))
        )
        self.services.opened.connect(lambda _: self.arrange_bar())
        self.people = PeopleCard(opens=self._keeps)
        self.people.wanted.connect(lambda: shell.go(places.People(place.office)))
        self.events = EventsCard()
        self.events.wanted.connect(self._open_events)
        self._cards = QWidget()
        self._cards.setLayout(Row(gap=12))
        card = Scroller(gap=12, margins=(12, 20, 14, 20))
        card.add(self.fault)
        card.content.addLayout(self._head)
        card.add(self.passing)
        card.add(self.services)
        card.add(self._cards)
        self._card = card
        self.all_events = AllEvents()
        log = Scroller(gap=8, margins=(12, 20, 14, 20))
        log.add(self.all_events)
        self._log = log
        self.put_parts(card, log)
        self.panel = OfficeSide(keeps_desks=self._keeps, prepares=self._prepares)
        self.panel.days.connect(lambda: self.begin(DaysForm.name))
        self.panel.followed.connect(lambda day: shell.go(places.MunicipalData("calendar", day=day)))
        self.panel.added.connect(lambda: self.begin(EnrolForm.name))
        self.panel.dropped.connect(lambda device: self.begin(f"{RevokeForm.name}:{device}"))
        self.side = self.panel
        self._place_cards()
        self.set_heading(Heading("دفتر"))
        self.arrange_bar()

    # Loading.
    def enter(self) -> None:
        """What this desk knows at once, then what the centre tells."""
        self.services.table.setFocus()
        self.acts.load()
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
            if self._prepares and self._passes_cases():
                self.cases = await Job(partial(heirs.look, seat, office), line=True)
        except Refusal as no:
            last = f" آنچه از کار آن می‌بینید از {self._told_at} است." if self._told_at else ""
            down = no.words == NO_LINE
            self._tell_fault(f"{_READ_ONLY}{last}" if down else no.words)
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
        self.set_heading(Heading(office_title(card), "", kind_chip(look, self.at_work)))
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
        self.services.show_rows(look.services, signs=look.signs)
        self._show_passing()
        if not self.services.rows and self.services.table.hasFocus():
            # It is not there any more.
            self.setFocus()
        self.people.show_people(look, self.at_work)
        events = events_of(look, self.at_work)
        self.events.show_events(events, now)
        self.all_events.show_events(events, now)
        self.panel.show_office(look, self.at_work, now)
        self.tell_unfinished()
        self.arrange_bar()
        if self._wanted and self.can_begin(self._wanted):
            wanted, self._wanted = self._wanted, ""
            self.begin(wanted)

    def _passes_cases(self) -> bool:
        """Whether another office finishes what is open, or might."""
        look = self.look
        if look is None:
            return False
        return look.stop is not None or any(row.passes_cases for row in look.services)

    def _show_passing(self) -> None:
        """What becomes of open cases, while the office is stopped or of services that ended."""
        look = self.look
        cases = self.cases if self._passes_cases() else None
        words: str = ""
        tone: Tone = "pay"
        if cases is not None and look is not None:
            if look.stop is not None:
                words, tone = passing_words(cases)
            else:
                titles = {row.delegation.service: row.title for row in look.services}
                ended = {titles.get(code, code): each for code, each in cases.ended.items()}
                words = endings_words(ended)
        self.services.show_passing(cases.ended if cases is not None else {})
        self.passing.set_words(words)
        self.passing.tone = tone
        self.passing.set_tone(tone, "arrows-exchange")
        self.passing.setVisible(bool(words))

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: people and happenings one below the other, the side behind F7."""
        self._narrow = narrow
        self.services.set_narrow(narrow)
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
        if self.bar is None or self.on_paper() or self.arrange_form():
            return
        quiets = [self.way_back()]
        if self.parts.currentWidget() is self._log:
            main = main_key("بازگشت به کارت", "id", self._close_events)
            self.bar.arrange(main=main, quiets=quiets)
            return
        if self.services.rows and not self._narrow:
            words = "بستن" if self.services.row is not None else "باز کردن"
            opening = Button(words, "quiet", icon="folder-open", tall=True)
            opening.setAccessibleName(f"{words} واگذاری")
            opening.clicked.connect(self.services.open_row)
            quiets.append(opening)
        # Where the window is narrow the keys of who looks after offices leave no room for it.
        if self.look is not None and not (self._narrow and self._prepares):
            printing_key = Button("چاپ", "quiet", icon="printer", keys="F8", tall=True)
            printing_key.setAccessibleName("چاپ کارت دفتر")
            printing_key.clicked.connect(self.print_card)
            quiets.append(printing_key)
        if self._narrow:
            more = Button("خلاصه", "quiet", keys="F7", tall=True)
            more.clicked.connect(self.shell.show_summary)
            quiets.append(more)
        main = self._main_key()
        seconds = self._second_keys()
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def _main_key(self) -> Button:
        """What comes next for this office and this person."""
        look = self.look
        if look is not None and self._keeps and not self._prepares:
            return main_key("رایانهٔ تازه", "key", lambda: self.begin(EnrolForm.name))
        if self.can_begin(HeirForm.name):
            return main_key("سپردن پرونده‌ها", "arrows-exchange", lambda: self.begin(HeirForm.name))
        if look is not None and look.card.kind is OfficeKind.AGENCY and self._prepares:
            to = places.Conversion(self.place.office)
            begun = self.at_work is not None and self.at_work.converting
            words = "ادامهٔ تبدیل" if begun else "تبدیل به پیشخوان"
            return main_key(words, "arrows-exchange", lambda: self.shell.go(to))
        if look is not None and self._prepares:
            if not look.card.licensed(look.day):
                edit = partial(self.begin, EditForm.name)
                return main_key(RENEW_LICENCE, "file-certificate", edit)
            return main_key(_HAND_OVER, "arrows-exchange", self._hand_over)
        return main_key("بازگشت به فهرست", "list-details", self.shell.back)

    def _hand_over(self) -> None:
        self.shell.go(places.Delegation(self.place.office))

    def _second_keys(self) -> list[Button]:
        if self.look is None or not self._prepares:
            return []
        name, words, icon, said = self._stopping()
        kind: ButtonKind = "dangerous" if name == StopForm.name else "second"
        stop = Button(words, kind, icon=icon, tall=True)
        stop.setAccessibleName(said)
        stop.clicked.connect(lambda: self.begin(name))
        if not self.look.card.licensed(self.look.day):
            # Its card is opened by the main key.
            over = Button(_HAND_OVER, icon="arrows-exchange", tall=True)
            over.clicked.connect(self._hand_over)
            return [stop, over]
        edit = Button("ویرایش" if self._narrow else "ویرایش مشخصات", icon="edit", tall=True)
        edit.clicked.connect(lambda: self.begin(EditForm.name))
        return [stop, edit]

    def _stopping(self) -> tuple[str, str, str, str]:
        """What can be done about a stop of the office: which act, its key, icon and whole name."""
        look = self.look
        if look is not None and look.stop is not None:
            return LiftForm.name, "پایان توقف…", "circle-check", "پایان توقف خدمات"
        if look is not None and look.stop_to_come is not None:
            words = "برگرداندن توقف"
            return StopBackForm.name, f"{words}…", "arrow-back-up", words
        return StopForm.name, "توقف…", "ban", "توقف خدمات شهرداری"

    # Acts with a form.

    def can_begin(self, name: str) -> bool:
        """Whether the act of that name can be done now, by this person."""
        act, _, subject = name.partition(":")
        look = self.look
        if look is None:
            return False
        if act in (EnrolForm.name, RevokeForm.name):
            known = act == EnrolForm.name or self._desk(subject) is not None
            return self._keeps and self.at_work is not None and known
        if act == HeirForm.name:
            left = self.cases is not None and self.cases.left
            return self._prepares and look.stop is not None and bool(left)
        if act in (StopForm.name, StopBackForm.name, LiftForm.name):
            return self._prepares and act == self._stopping()[0]
        return self._prepares and act in (EditForm.name, DaysForm.name)

    def form_of(self, name: str) -> SignedForm:
        act, _, subject = name.partition(":")
        look, today = self.look, self.shell.today()
        assert look is not None
        if act == EnrolForm.name:
            assert self.at_work is not None
            form = EnrolForm(look.card, self.at_work.people)
            looking = partial(printing.printers, demo=self.shell.seat.desk.demo)
            self.shell.work.run(form, looking, form.offer, papers=True)
            return form
        if act == RevokeForm.name:
            desk = self._desk(subject)
            assert desk is not None
            return RevokeForm(desk)
        if act == StopForm.name:
            undelivered = self.at_work.undelivered if self.at_work is not None else None
            stop = StopForm(self.shell, look, undelivered, today)
            finding = partial(heirs.look, self.shell.seat, self.place.office)
            self.shell.work.run(stop, finding, stop.offer, line=True)
            return stop
        if act == HeirForm.name:
            assert self.cases is not None
            return HeirForm(self.shell, self.place.office, self.cases, today)
        if act == StopBackForm.name:
            assert look.stop_to_come is not None
            return StopBackForm(look.stop_to_come)
        if act == LiftForm.name:
            assert look.stop is not None
            return LiftForm(self.shell, look.stop, today)
        if act == DaysForm.name:
            return DaysForm(look, today)
        return EditForm(self.shell, look, today)

    def _desk(self, device: str) -> DeskBody | None:
        desks = self.at_work.desks if self.at_work is not None else []
        return next((each for each in desks if each.device_id == device), None)

    def press(self, key: str) -> bool:
        """Esc closes what stands open, F8 prints the card."""
        if super().press(key):
            return True
        if self.on_paper():
            return False
        if key == "Esc" and self.parts.currentWidget() is self._log:
            self._close_events()
            return True
        if key == "Esc":
            return self.services.close_row()
        if key == "F6" and self.form is None:
            return self._cross()
        if key == "F8" and self.form is None and self.look is not None:
            self.print_card()
            return True
        return False

    def is_on_last_part(self) -> bool:
        """From the last part with something to press F6 goes on to the help."""
        ways = self._ways()
        return self.form is not None or not ways or ways[-1][0].isAncestorOf(_focused())

    def _ways(self) -> list[tuple[QWidget, QWidget]]:
        """Each part of the card that shows something to press, and what has the keys there."""
        if self.parts.currentWidget() is not self._card:
            return []
        firsts = [(self.services, self.services.table), (self.people, self.people.all)]
        firsts.append((self.events, self.events.all))
        links = [link for link in self.panel.findChildren(Link) if link.isVisible()]
        firsts += [(self.panel, links[0])] if links else []
        return [(part, first) for part, first in firsts if first.isVisible()]

    def _cross(self) -> bool:
        """F6: services, people, happenings, what stands at the side, and round again."""
        ways = self._ways()
        here = (at for at, (part, _) in enumerate(ways) if part.isAncestorOf(_focused()))
        at = (next(here, -1) + 1) % max(1, len(ways))
        if ways:
            ways[at][1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            bring_into_sight(ways[at][1])
        return bool(ways)

    def take_focus(self) -> None:
        """The services; where none is handed over, the page itself."""
        (self.services.table if self.services.rows else self).setFocus()

    def _open_events(self) -> None:
        self.parts.setCurrentWidget(self._log)
        self.all_events.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arrange_bar()

    def _close_events(self) -> None:
        self.parts.setCurrentWidget(self._card)
        self.arrange_bar()
        self.events.all.setFocus()

    def print_card(self) -> None:
        """The card as one sheet."""
        look, now = self.look, self.shell.now()
        if look is None:
            return
        stands = headline(look, self.at_work, now)
        draw = partial(
            card_sheet.paper,
            self.shell.seat,
            look,
            stands.words,
            desk_rows(self.at_work.desks, now) if self.at_work is not None else None,
        )
        self.show_paper(OfficePaper(card_sheet.TITLE, draw))

    def _open_letters(self) -> None:
        code = self.look.card.code if self.look is not None else ""
        self.shell.go(places.OfficeLetters(typed=code))

    def _show_scan(self, sha256: str) -> None:
        seat = self.shell.seat
        self.show_paper(OfficePaper("تصویر سند", partial(registry.scan, seat, sha256)))


def _focused() -> QWidget:
    """What has the keys; where nothing has, a widget that stands nowhere."""
    return QApplication.focusWidget() or QWidget()
