"""The staff that are listed, an office's own or page by page the city's; under them what the chosen
one may.

What the centre last told is shown on while the line is down.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import people
from desktop.actions.people import CentreTold, ListedPeople, PeopleWanted, Person, Staffing
from desktop.domain.cover import second_words, stamp_words, without_second, without_stamp
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.staff_state import StaffState
from desktop.ui import places
from desktop.ui.asked_once import AskedOnce
from desktop.ui.page import Heading, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.people import table as listing
from desktop.ui.pages.people.cards import AuthorityCard, LeaveCard, SignersCard
from desktop.ui.pages.people.side import PersonSide
from desktop.ui.pages.queue.case_list import FilterBar
from desktop.ui.soon import soon
from desktop.ui.standing.staff import office_options, office_words, without_id_words
from desktop.ui.times import time_of
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Option
from desktop.ui.widgets.inputs.sought import SoughtLine
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.led import LeadsRows, SearchedRows
from desktop.ui.widgets.lists.paged_rows import PAGE, PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Job

_EVERYWHERE: Option = ("", "همهٔ دفترها")
NEEDS_LINE = "نقش تازه به خط نیاز دارد"
_ALONE = ("جز مسئول دفتر کسی نیست", "همکاران را با «افزودن همکار» یا از فایل پیشنهاد کنید.")
_NOBODY = ("کسی در این فهرست نیست", "پالایش، دفتر یا نام دیگری برگزینید.")
# From so many on a list of one office is searched.
_MANY = 12


class PeopleList(SearchedRows, LeadsRows, Acting):
    """Who is listed and who of them is chosen; what is done with them is the page's."""

    place: places.People

    side_width = 300
    leads_with = Qt.KeyboardModifier.AltModifier

    def __init__(self, shell: Shell, place: places.People) -> None:
        super().__init__(shell, place)
        role = shell.seat.staff.role
        self._municipal = role.is_municipal
        # Who only gives second signatures puts nobody forward.
        self._prepares = role.prepares
        self._may = role.prepares or role.keeps_accounts or role is Role.MANAGER
        self._told: CentreTold | None = None
        self._listed: ListedPeople | None = None
        self._around: Staffing | None = None
        """Everybody of the office that is looked at, or of the chosen one's."""
        self._people: dict[int, Person] = {}
        self._key = place.person
        self._turn = 0
        self._sought: tuple[int, str] | None = None
        self._down = self._narrow = False
        self._centre = AskedOnce(self.flow, self._look_now)
        self.form: SignedForm | None = None
        self.acts = ActDrafts(self, "people")
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.look)
        self.fault.hide()
        self.gap = Banner("", "pay", link="ثبت جانشین" if self._may else "")
        self.gap.hide()
        self.without_id = Banner("", "pay", icon="id")
        self.without_id.hide()
        self.fresh = Banner("", "visit", icon="key", link="چاپ برگه‌ها")
        self.fresh.hide()
        self.filters = FilterBar(listing.FILTERS)
        for name, chip in self.filters.chips.items():
            chip.clicked.connect(lambda _=False, name=name: self._filtered(name))
        self.typed = SoughtLine("نام در این فهرست", "جست‌وجو در کارکنان")
        self.office = ListChoice([_EVERYWHERE])
        self.office.setAccessibleName("دفتر")
        self.office.edited.connect(self._other_office)
        self.typed.sought.connect(self._list)
        self.typed.edited.connect(self._note_looked)
        self.typed.set_value(place.typed)
        if place.filter in self.filters.chips:
            self.filters.select(place.filter)
        columns = listing.COLUMNS_OF_ALL if self._municipal else listing.COLUMNS
        self.rows = PagedRows(columns, self._ask_rows, self)
        self.table = Table("کارکنان", columns)
        self.table.setModel(self.rows)
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(*_NOBODY, icon="users")
        self.empty.hide()
        self.authority, self.leave_card = AuthorityCard(), LeaveCard()
        self.signers = SignersCard()
        self._cards: tuple[QWidget, ...] = (self.authority, self.signers, self.leave_card)
        self._form_place = Column(gap=0)
        self._below = Scroller(gap=8, margins=(2, 20, 10, 20))
        self._below.content.addLayout(self._form_place)
        for card in self._cards:
            card.hide()
            self._below.add(card)
        self.person_side = PersonSide()
        self.side = self.person_side
        look = Row(gap=8)
        look.addWidget(self.typed, 2)
        look.addWidget(self.office, 2)
        look.addStretch(3)
        self._looking = QWidget()
        self._looking.setLayout(look)
        if not self._municipal:
            self._looking.hide()
            self.office.hide()
        above = Column(gap=8, margins=(10, 20, 8, 20))
        above.addWidget(self.fault)
        above.addWidget(self.gap)
        above.addWidget(self.without_id)
        above.addWidget(self.fresh)
        above.addWidget(self.filters)
        above.addWidget(self._looking)
        above.addWidget(self.frame, 1)
        above.addWidget(self.empty)
        self._above = QWidget()
        self._above.setLayout(above)
        self._parts = Column(gap=0)
        self._parts.addWidget(self._above, 5)
        self._parts.addWidget(self._below, 4)
        self.setLayout(self._parts)
        self._head()

    # Asking and showing.

    def enter(self) -> None:
        """What this desk knows at once, then what the centre tells."""
        self.setFocus()
        self.acts.load()
        self._load()
        self.look()

    def led_rows(self) -> Table:
        """The list."""
        return self.table

    def take_focus(self) -> None:
        """The list has the keys; without one the page's act."""
        if self.frame.isVisible() and self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        # Of other offices only the centre knows who works there.
        if self._municipal:
            return
        job = partial(people.load, self.shell.seat, self._told)
        self.shell.work.run(self, job, self._show, self._unknown)

    def _unknown(self, no: Refusal) -> None:
        # Before the first sync nothing is known yet.
        self.fault.set_words(no.words)
        self.fault.show()

    def look(self) -> None:
        """Ask the centre; one question at a time."""
        self._centre.ask()

    async def _look_now(self) -> None:
        try:
            await (self._look_at_city() if self._municipal else self._look_at_office())
        except Refusal as no:
            self._unanswered(no)
            return
        self._down = False
        self.fault.hide()

    async def _look_at_office(self) -> None:
        seat = self.shell.seat

        def job() -> tuple[CentreTold, Staffing]:
            told = people.ask(seat)
            return told, people.load(seat, told)

        found = await Job(job, line=True)
        self._told, self._down = found[0], False
        self._show(found[1])

    async def _look_at_city(self) -> None:
        """The first page of those who are looked for, then everybody around the chosen one."""
        seat, wanted = self.shell.seat, self.wanted()
        job = partial(people.page, seat, wanted, 0, PAGE, person=self._key)
        listed = await Job(job, line=True)
        self._down = False
        if wanted == self.wanted():
            self._around = None
            self._offer_offices(listed.staffing)
            self._show_listed(listed)

    def _unanswered(self, no: Refusal) -> None:
        words = NEEDS_LINE if no.words == NO_LINE else no.words
        told = self._listed.staffing.told_at if self._listed is not None else None
        if told is not None:
            words = f"{words}؛ آنچه می‌بینید از ساعت {time_of(told)} است"
        self._down = no.words == NO_LINE
        self.fresh.hide()
        self.fault.set_words(f"{words}.".replace("..", "."))
        self.fault.show()
        self._show_chosen()

    def _show(self, staffing: Staffing) -> None:
        """An office's own people."""
        self._around = staffing
        self._list()

    def _offer_offices(self, staffing: Staffing) -> None:
        options = [_EVERYWHERE, *office_options(staffing)]
        if options != [*self.office.options()]:
            chosen = str(self.office.value()) or self.place.office
            self.office.set_options(options)
            self.office.set_value(chosen)

    @property
    def shown_office(self) -> str:
        """The one office that is looked at, by its id; empty for all."""
        return str(self.office.value()) if self._municipal else self.shell.seat.staff.office

    def wanted(self) -> PeopleWanted:
        """Whom one looks for."""
        # Before the offices are known the one with which the page was opened.
        office = self.shown_office or ("" if self._listed is not None else self.place.office)
        return PeopleWanted(office, str(self.typed.value()), self.filters.chosen)

    def _list(self) -> None:
        """List those who are looked for."""
        if self._municipal:
            self.look()
        elif self._around is not None:
            self._show_listed(people.among(self._around, self.wanted()))

    def _show_listed(self, listed: ListedPeople) -> None:
        first, stood = self._listed is None, self.hasFocus() or self.table.hasFocus()
        self._turn += 1
        self._listed, counts = listed, listed.counts
        self._people = dict(enumerate(listed.staffing.people))
        self.filters.set_counts(counts)
        for name, chip in self.filters.chips.items():
            chip.setVisible(not name or name == self.filters.chosen or bool(counts.get(name)))
        typed, state = str(self.typed.value()), self.filters.chosen
        # Few are seen at a glance.
        self._looking.setVisible(self._municipal or bool(typed) or counts[""] > _MANY)
        self.rows.set_count(listed.total)
        self.frame.setVisible(listed.total > 0)
        alone = not self._municipal and counts[""] == 1 and not typed and not state
        self.empty.setVisible(not listed.total or alone)
        self.empty.say(*(_ALONE if alone else _NOBODY))
        waiting = counts.get(StaffState.NO_PASSWORD, 0) if self._may and not self._down else 0
        if state not in ("", StaffState.NO_PASSWORD):
            waiting = 0
        words = f"{waiting} همکار با نقش تأییدشده هنوز گذرواژه ندارند"
        self.fresh.set_words(to_persian_digits(words))
        self.fresh.setVisible(waiting > 1)
        self.without_id.set_words(without_id_words(listed.without_id, listed.unnamed))
        self.without_id.setVisible(bool(listed.unnamed))
        self._choose(self._key, listed.place)
        self._show_chosen()
        self._show_gap()
        self._head()
        if stood and first:
            self.take_focus()

    def _ask_rows(self, first: int, count: int) -> None:
        wanted = range(first, first + count)
        if not self._municipal or all(at in self._people for at in wanted):
            self._put_rows(first, [self._people[at] for at in wanted], self._listed)
            return
        turn, seat = self._turn, self.shell.seat
        job = partial(people.page, seat, self.wanted(), first, count, before=self._listed)

        def came(listed: ListedPeople) -> None:
            if turn == self._turn:
                self._people.update(enumerate(listed.staffing.people, start=first))
                self._put_rows(first, listed.staffing.people, listed)
                if self.table.row() in wanted:
                    self._show_chosen()

        self.shell.work.run(self, job, came, self._unanswered, line=True)

    def _put_rows(self, first: int, found: Sequence[Person], listed: ListedPeople | None) -> None:
        if listed is not None:
            told = listed.staffing
            self.rows.put(
                first, [listing.cells(each, told, offices=self._municipal) for each in found]
            )

    def _choose(self, staff: str, place: int | None = None) -> None:
        """Choose somebody's row, where he stands if that is known; else the first one."""
        known = (at for at, each in self._people.items() if each.staff == staff)
        place = place if place is not None else next(known, 0)
        self.table.choose(place)
        if self.rows.rowCount():
            self.rows.want(place)

    def _show_gap(self) -> None:
        """Days ahead on which nobody stamps, or nobody signs second."""
        office, words = self.shown_office, ""
        staffing = self._around_of(office) if office else None
        if staffing is not None:
            workers = staffing.workers(office)
            if office == MUNICIPALITY:
                words = second_words(without_second(workers, staffing.working_days))
            else:
                words = stamp_words(without_stamp(workers, staffing.working_days))
        self.gap.set_words(words)
        self.gap.setVisible(bool(words))

    def _head(self) -> None:
        if self._municipal:
            second = "هر نقش تازه را دو نفر امضا می‌کنند"
        else:
            second = "هر نقش تازه را ناظر شهرداری تأیید می‌کند"
            if self._around is not None:
                of = office_words(self._around, self.shell.seat.staff.office)
                second = f"{of}؛ {second}"
        self.set_heading(Heading("کارکنان", "" if self._narrow else second))

    def _filtered(self, name: str) -> None:
        self.filters.select(name)
        self._note_looked()
        self._list()

    def _note_looked(self) -> None:
        """Who comes back finds what was looked for."""
        office = str(self.office.value())
        chosen, typed = self.filters.chosen, str(self.typed.value())
        self.returns_to = places.People(office, self._key, chosen, typed)

    def _other_office(self) -> None:
        self._note_looked()
        self._list()

    # The chosen person.

    @property
    def person(self) -> Person | None:
        """Who is chosen."""
        return self._people.get(self.table.row())

    def _show_chosen(self) -> None:
        person, listed = self.person, self._listed
        if listed is not None and listed.total and person is None and not self._down:
            # His page is on its way: until then stands what stood there.
            self.rows.want(max(self.table.row(), 0))
            return
        if listed is None or person is None:
            for card in self._cards:
                card.hide()
            self.person_side.clear()
            self._arrange()
            return
        self._key = person.staff
        around = self._around_of(person.office)
        may = self._changes(person)
        if around is not None:
            if person.role.is_municipal:
                self.signers.show_signers(around, may=self._prepares and not self._down)
            else:
                self.authority.show_person(person, around, may=may and person.came)
            self.leave_card.show_office(person, around, may=may)
        shown, municipal = self.form is None and around is not None, person.role.is_municipal
        self.authority.setVisible(shown and not municipal)
        self.signers.setVisible(shown and municipal)
        self.leave_card.setVisible(shown)
        seat = self.shell.seat
        self.person_side.show_person(
            person,
            around or listed.staffing,
            self.shell.now(),
            own=seat.staff.staff_id,
            signs=seat.staff.role.signs,
            may=may,
        )
        self._arrange()

    def _around_of(self, office: str) -> Staffing | None:
        """Everybody of the office; asked for where it is another one than before."""
        if not self._knows(office) and self._sought != (self._turn, office):
            sought, seat = (self._turn, office), self.shell.seat
            self._sought = sought

            def job() -> Staffing:
                return people.load(seat, people.ask(seat, PeopleWanted(office)))

            def came(staffing: Staffing) -> None:
                if self._sought == sought:
                    self._around = staffing
                    self._show_chosen()
                    self._show_gap()

            self.shell.work.run(self, job, came, self._unanswered, line=True)
        return self._around if self._knows(office) else None

    def _knows(self, office: str) -> bool:
        return self._around is not None and bool(self._around.of(office))

    def fit_below(self) -> None:
        """What stands under the list is no higher than it needs; the list has the rest."""
        self._below.setMaximumHeight(self._below.whole_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may break lines, or need fewer."""
        super().resizeEvent(event)
        soon(self, self.fit_below)

    def _changes(self, person: Person) -> bool:
        """Whether who sits here may put something forward of this person now."""
        return self._may and not self._down and person.staff != self.shell.seat.staff.staff_id

    def _arrange(self) -> None:
        """The bar, by who is chosen; the page has the acts of it."""
