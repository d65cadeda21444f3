"""کارکنان: the staff with their states; under them what the chosen one may, who is away when.

What the centre last told is shown on while the line is down; then nothing can be put forward.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions import people, people_sheet
from desktop.actions.people import Person, Staffing, Told
from desktop.domain.calendar import format_jalali
from desktop.domain.cover import second_words, stamp_words, without_second, without_stamp
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.signer import Signed
from desktop.domain.staff_state import StaffState
from desktop.domain.staffing import Authority, Leave
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.case.frame import without_icons
from desktop.ui.pages.people import table as listing
from desktop.ui.pages.people.authority_forms import AuthorityForm, NoAuthorityForm
from desktop.ui.pages.people.cards import AuthorityCard, LeaveCard, SignersCard
from desktop.ui.pages.people.choosing import pick_list, pick_pattern, pick_sheet
from desktop.ui.pages.people.door_forms import LiftForm, SlipForm, StopForm, UnlockForm
from desktop.ui.pages.people.sheet_form import SheetForm
from desktop.ui.pages.people.side import PersonSide
from desktop.ui.pages.people.sign_form import SignForm
from desktop.ui.pages.people.signer_form import SignerForm
from desktop.ui.pages.people.staff_form import StaffForm
from desktop.ui.pages.people.term_forms import (
    AddForm,
    LeaveForm,
    NoLeaveForm,
    TakeBackForm,
    TermForm,
)
from desktop.ui.pages.queue.case_list import FilterBar
from desktop.ui.standing.staff import office_options, office_words
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button, ButtonKind
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Option
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed, Job
from desktop.wire.publishing import PublicationBody

_EVERYWHERE: Option = ("", "همهٔ دفترها")
_TYPING_MS = 200
_NEEDS_LINE = "نقش تازه به خط نیاز دارد"
_ALONE = ("جز مسئول دفتر کسی نیست", "همکاران را با «افزودن همکار» یا از فایل پیشنهاد کنید.")
_NOBODY = ("کسی در این فهرست نیست", "پالایش، دفتر یا نام دیگری برگزینید.")
# From so many on a list of one office is searched.
_MANY = 12


class PeoplePage(Acting):
    """Enter opens a person's term, Shift+F8 writes the list; `pick_…` ask a person for paths."""

    place: places.People

    listens = frozenset({Kind.SYNC, Kind.PUBLISHED, Kind.DAY})
    rail = "people"
    side_width = 300

    def __init__(self, shell: Shell, place: places.People) -> None:
        super().__init__(shell, place)
        role = shell.seat.staff.role
        self._municipal = role.is_municipal
        # Who only gives second signatures puts nobody forward.
        self._prepares = role.prepares
        self._may = role.prepares or role.keeps_accounts or role is Role.MANAGER
        self._told: Told | None = None
        self._staffing: Staffing | None = None
        self._shown: list[Person] = []
        self._key = ""
        self._down = self._narrow = self._asking = self._again = False
        self.form: StaffForm | None = None
        self.acts = ActDrafts(self, "people")
        self.pick_sheet: Callable[[QWidget], Path | None] = pick_sheet
        self.pick_pattern: Callable[[QWidget], Path | None] = pick_pattern
        self.pick_list: Callable[[QWidget, str], Path | None] = pick_list
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.look)
        self.fault.hide()
        self.gap = Banner("", "pay", link="ثبت جانشین" if self._may else "")
        self.gap.followed.connect(self._mend_gap)
        self.gap.hide()
        self.fresh = Banner("", "visit", icon="key", link="چاپ برگه‌ها")
        self.fresh.followed.connect(self._slips)
        self.fresh.hide()
        self.filters = FilterBar(listing.FILTERS)
        for name, chip in self.filters.chips.items():
            chip.clicked.connect(lambda _=False, name=name: self._filtered(name))
        self.typed = TextLine(placeholder="نام در این فهرست", icon="search")
        self.typed.setAccessibleName("جست‌وجو در کارکنان")
        self.office = ListChoice([_EVERYWHERE])
        self.office.setAccessibleName("دفتر")
        self.office.edited.connect(self._other_office)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._list)
        self.typed.edited.connect(self._looking_for)
        self.typed.set_value(place.typed)
        if place.filter in self.filters.chips:
            self.filters.select(place.filter)
        columns = listing.COLUMNS_OF_ALL if self._municipal else listing.COLUMNS
        self.rows = PagedRows(columns, self._ask_rows, self)
        self.table = Table("کارکنان", columns)
        self.table.setModel(self.rows)
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda _: self.open_term())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(*_NOBODY, icon="users")
        self.empty.hide()
        self.authority, self.leave_card = AuthorityCard(), LeaveCard()
        self.authority.given.connect(lambda: self._open_for(AuthorityForm))
        self.authority.ended.connect(self._end_authority)
        self.leave_card.wanted.connect(lambda: self._open_for(LeaveForm))
        self.leave_card.dropped.connect(self._drop_leave)
        self.signers = SignersCard()
        self.signers.changed.connect(self._change_signer)
        self._cards: tuple[QWidget, ...] = (self.authority, self.signers, self.leave_card)
        self._form_place = Column(gap=0)
        self._below = Scroller(gap=8, margins=(2, 20, 10, 20))
        self._below.content.addLayout(self._form_place)
        for card in self._cards:
            card.hide()
            self._below.add(card)
        self.person_side = PersonSide()
        self.person_side.signed.connect(self._sign)
        self.person_side.taken_back.connect(self._take_back)
        self.person_side.unlocked.connect(self._unlock)
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
        self._arrange()

    # Asking and showing.

    def enter(self) -> None:
        """What this desk knows at once, then what the centre tells."""
        self.setFocus()
        self.acts.load()
        self._load()
        self.look()

    def leave(self) -> None:
        """What is typed is kept."""
        self.acts.leave()

    def refresh(self, changed: Changed) -> None:
        """Look again; what is typed stays."""
        self._load()
        self.look()

    def take_focus(self) -> None:
        """The list has the keys; without one the page's act."""
        if self.frame.isVisible() and self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        # Of other offices only the centre knows who works there.
        if self._municipal and self._told is None:
            return
        job = partial(people.load, self.shell.seat, self._told)
        self.shell.work.run(self, job, self._show, self._unknown)

    def _unknown(self, no: Refusal) -> None:
        # Before the first sync nothing is known yet.
        self.fault.set_words(no.words)
        self.fault.show()

    def look(self) -> None:
        """Ask the centre; one question at a time."""
        if self._asking:
            self._again = True
        else:
            self.flow(self._look_now())

    async def _look_now(self) -> None:
        seat = self.shell.seat

        def job() -> tuple[Told, Staffing]:
            told = people.ask(seat)
            return told, people.load(seat, told)

        self._asking, self._again = True, False
        try:
            found = await Job(job, line=True)
        except Refusal as no:
            self._unanswered(no)
            return
        finally:
            self._asking = False
        self._told, self._down = found[0], False
        self.fault.hide()
        self._show(found[1])
        if self._again:
            self.look()

    def _unanswered(self, no: Refusal) -> None:
        words = _NEEDS_LINE if no.words == NO_LINE else no.words
        if self._told is not None:
            words = f"{words}؛ آنچه می‌بینید از ساعت {time_of(self._told.at)} است"
        self._down = no.words == NO_LINE
        self.fresh.hide()
        self.fault.set_words(f"{words}.".replace("..", "."))
        self.fault.show()
        self._show_chosen()

    def _show(self, staffing: Staffing) -> None:
        first = self._staffing is None
        self._staffing = staffing
        if self._municipal:
            self._offer_offices(staffing)
        self._list()
        self._show_gap()
        self._head()
        stood = self.hasFocus() or self.table.hasFocus()
        if first and self.place.person:
            self._choose(self.place.person)
        if stood and first:
            self.take_focus()

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

    def _list(self) -> None:
        staffing = self._staffing
        if staffing is None:
            return
        office, typed = self.shown_office, str(self.typed.value())
        of_office = listing.chosen(staffing, office=office, typed=typed)
        counts = listing.counts(of_office, staffing)
        self.filters.set_counts(counts)
        for name, chip in self.filters.chips.items():
            chip.setVisible(not name or name == self.filters.chosen or bool(counts.get(name)))
        state = self.filters.chosen
        # Few are seen at a glance.
        self._looking.setVisible(self._municipal or bool(typed) or len(of_office) > _MANY)
        self._shown = [
            each for each in of_office if not state or staffing.states[each.staff].value == state
        ]
        drawn = len(self._shown)
        self.rows.set_count(drawn)
        self.frame.setVisible(drawn > 0)
        alone = not self._municipal and len(of_office) == 1 and not typed and not state
        self.empty.setVisible(not drawn or alone)
        self.empty.say(*(_ALONE if alone else _NOBODY))
        waiting = len(self._without_password()) if self._may and not self._down else 0
        words = f"{waiting} همکار با نقش تأییدشده هنوز گذرواژه ندارند"
        self.fresh.set_words(to_persian_digits(words))
        self.fresh.setVisible(waiting > 1)
        self._choose(self._key)
        self._show_chosen()

    def _ask_rows(self, first: int, count: int) -> None:
        staffing = self._staffing
        if staffing is not None:
            shown = self._shown[first : first + count]
            cells = [listing.cells(each, staffing, offices=self._municipal) for each in shown]
            self.rows.put(first, cells)

    def _choose(self, staff: str) -> None:
        keys = [each.staff for each in self._shown]
        if keys:
            self.table.choose(keys.index(staff) if staff in keys else 0)

    def _show_gap(self) -> None:
        """Days ahead on which nobody stamps, or nobody signs second."""
        staffing, office = self._staffing, self.shown_office
        words = ""
        if staffing is not None and office:
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
            if self._staffing is not None:
                of = office_words(self._staffing, self.shell.seat.staff.office)
                second = f"{of}؛ {second}"
        self.set_heading(Heading("کارکنان", "" if self._narrow else second))

    def _filtered(self, name: str) -> None:
        self.filters.select(name)
        self._note_looked()
        self._list()

    def _looking_for(self) -> None:
        self._note_looked()
        self._typing.start()

    def _note_looked(self) -> None:
        """Who comes back finds what was looked for."""
        office = str(self.office.value())
        chosen, typed = self.filters.chosen, str(self.typed.value())
        self.returns_to = places.People(office, self._key, chosen, typed)

    def _other_office(self) -> None:
        self._note_looked()
        self._list()
        self._show_gap()

    # The chosen person.

    @property
    def person(self) -> Person | None:
        """Who is chosen."""
        row = self.table.row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _show_chosen(self) -> None:
        person, staffing = self.person, self._staffing
        if staffing is None or person is None:
            for card in self._cards:
                card.hide()
            self.person_side.clear()
            self._arrange()
            return
        self._key = person.staff
        may = self._changes(person)
        if person.role.is_municipal:
            self.signers.show_signers(staffing, may=self._prepares and not self._down)
        else:
            self.authority.show_person(person, staffing, may=may and person.came)
        self.leave_card.show_office(person, staffing, may=may)
        shown, municipal = self.form is None, person.role.is_municipal
        self.authority.setVisible(shown and not municipal)
        self.signers.setVisible(shown and municipal)
        self.leave_card.setVisible(shown)
        seat = self.shell.seat
        self.person_side.show_person(
            person,
            staffing,
            self.shell.now(),
            own=seat.staff.staff_id,
            signs=seat.staff.role.signs,
            may=may,
        )
        self._arrange()

    def _changes(self, person: Person) -> bool:
        """Whether who sits here may put something forward of this person now."""
        return self._may and not self._down and person.staff != self.shell.seat.staff.staff_id

    # The action bar.

    def _arrange(self) -> None:
        # A form has the room of the list where both have none.
        self._above.setVisible(not (self._narrow and self.form is not None))
        if self.bar is None:
            return
        if self.form is not None:
            main = self._button(self.form.button, self.form.icon, "Ctrl+Enter", self._run, "main")
            keep = self._button("انصراف", "", "Esc", self.close_form, "second")
            self.bar.arrange(main=main, seconds=[keep], quiets=self._summary())
            return
        seconds, quiets = self._seconds(), self._quiets()
        # With all its pictures the bar would be too wide for a larger zoom to find room.
        without_icons(quiets)
        if self._narrow:
            without_icons(seconds)
        if self._may:
            main = self._button("افزودن همکار", "user-plus", "Ctrl+Enter", self.add, "main")
        else:
            main = self._button("تازه‌سازی", "refresh", "Ctrl+Enter", self.look, "main")
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def _seconds(self) -> list[Button]:
        person = self.person
        if person is None or not self._may:
            return []
        found = []
        role, own = self.shell.seat.staff.role, person.staff == self.shell.seat.staff.staff_id
        may_give = role.keeps_accounts or role is Role.MANAGER
        if may_give and person.newest is not None or person.came:
            words = "بازنشانی گذرواژه…" if person.came else "چاپ گذرواژه…"
            words = "گذرواژه…" if self._narrow else words
            found.append(self._button(words, "key", "", self._slip, "second"))
        if own:
            return found
        if person.stop is not None:
            if role.prepares:
                found.append(self._button("رفع تعلیق…", "check", "", self._lift, "second"))
        elif person.came and (role.prepares or role is Role.MANAGER):
            found.append(self._button("تعلیق…", "ban", "", self._stop, "dangerous"))
        return found

    def _quiets(self) -> list[Button]:
        found = []
        if self.person is not None and self._may:
            found.append(self._button("باز کردن", "folder-open", "Enter", self.open_term, "quiet"))
        if self._may and not self._narrow:
            found.append(self._button("ورود از فایل…", "download", "", self.open_sheet, "quiet"))
        words = "خروجی" if self._narrow else "خروجی برای بازرس"
        found.append(self._button(words, "table", "", self.write_list, "quiet"))
        return [*found, *self._summary()]

    def _summary(self) -> list[Button]:
        if not self._narrow:
            return []
        return [self._button("خلاصه", "", "F7", self.shell.show_summary, "quiet")]

    def _button(
        self, words: str, icon: str, keys: str, act_: Callable[[], object], kind: ButtonKind
    ) -> Button:
        button = Button(words, kind, icon=icon, keys=keys, tall=True)
        button.clicked.connect(lambda: act_())
        return button

    def press(self, key: str) -> bool:
        """Esc leaves an act, F5 asks again, F7 the person, Shift+F8 the list for the auditor."""
        if key == "Esc" and self.form is not None:
            self.close_form()
            return True
        if key == "F5":
            self.look()
            return True
        if key == "F7" and self._narrow:
            self.shell.show_summary()
            return True
        if key == "Shift+F8" and self.form is None:
            self.write_list()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↑/↓ move the list, wherever on the page the keys are."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.table.choose(self.table.row() + step)
        else:
            super().keyPressEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the person opens by F7 in place of the list."""
        self._narrow = narrow
        # Larger letters: the list keeps some rows, the cards are scrolled to.
        self._parts.setStretch(0, 2 if narrow else 5)
        self._parts.setStretch(1, 1 if narrow else 4)
        self._head()
        self._arrange()

    # Acts with a form.

    def add(self) -> None:
        """Somebody is put forward."""
        if self._staffing is None:
            return
        form = AddForm(self.shell.seat, self._staffing, self.shown_office)
        form.by_sheet.connect(self.open_sheet)
        self._open(form)

    def open_term(self) -> None:
        """The person's term; one's own is another's to change."""
        person = self.person
        if person is None:
            return
        if self._narrow and not self._changes(person):
            self.shell.show_summary()
        elif person.staff == self.shell.seat.staff.staff_id:
            self.shell.tell("نقش خودتان را دیگری باید بدهد.", "pay")
        elif self._changes(person):
            self._open_for(TermForm)

    def _open_for(self, kind: type[AuthorityForm] | type[LeaveForm] | type[TermForm]) -> None:
        person, staffing = self.person, self._staffing
        if person is not None and staffing is not None:
            self._open(kind(self.shell.seat, person, staffing))

    def _end_authority(self, group: Sequence[Authority], what: str) -> None:
        if self.person is not None:
            today = self.shell.today()
            self._open(NoAuthorityForm(self.shell.seat, self.person, group, what, today))

    def _change_signer(self, paper: Signed) -> None:
        if self._staffing is not None:
            self._open(SignerForm(self.shell.seat, paper, self._staffing))

    def _drop_leave(self, person: Person, leave: Leave) -> None:
        if person.staff == self.shell.seat.staff.staff_id:
            self.shell.tell("مرخصی خودتان را دیگری باید تغییر دهد.", "pay")
        else:
            self._open(NoLeaveForm(self.shell.seat, person, leave, self.shell.today()))

    def _mend_gap(self) -> None:
        """The first who is away without a deputy, with his term open."""
        staffing = self._staffing
        if staffing is None:
            return
        for each in staffing.of(self.shown_office):
            leaves = [one for one in each.base().leaves if one.last >= staffing.today]
            if any(not (one.deputy or each.base().deputy) for one in leaves):
                self.filters.select("")
                self._list()
                self._choose(each.staff)
                self.open_term()
                return
        self.add()

    def _take_back(self, waits: PublicationBody) -> None:
        if self.person is not None:
            self._open(TakeBackForm(self.person, waits))

    def _sign(self, waits: PublicationBody) -> None:
        self._open(SignForm(waits))

    def _without_password(self) -> list[Person]:
        """Who may come in and has no slip yet, in the order in which they were put forward."""
        staffing = self._staffing
        if staffing is None:
            return []
        found = [
            each for each in self._shown if staffing.states[each.staff] is StaffState.NO_PASSWORD
        ]
        return sorted(found, key=lambda each: each.staff)

    def _slip(self) -> None:
        if self.person is not None and self._staffing is not None:
            self._open(SlipForm([self.person], self._staffing))

    def _slips(self) -> None:
        waiting = self._without_password()
        if waiting and self._staffing is not None:
            self._open(SlipForm(waiting, self._staffing))

    def _unlock(self) -> None:
        if self.person is not None:
            self._open(UnlockForm(self.person))

    def _stop(self) -> None:
        if self.person is not None:
            self._open(StopForm(self.shell, self.person, self.shell.today()))

    def _lift(self) -> None:
        if self.person is not None and self.person.stop is not None:
            today = self.shell.today()
            self._open(LiftForm(self.shell, self.person, self.person.stop, today))

    def _open(self, form: StaffForm) -> None:
        self.close_form()
        if self._narrow:
            # Begun in the summary that stands in the page's place.
            self.shell.show_summary(shown=False)
        self.form = form
        for card in self._cards:
            card.hide()
        self._form_place.addWidget(form)
        self.acts.follow(form)
        form.moves.finished.connect(self._to_main)
        first = form.first()
        if first is not None:
            first.setFocus()
        bring_into_sight(form)
        self._arrange()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def close_form(self) -> None:
        """Put the act away; what was typed is there when it opens again."""
        if self.form is None:
            return
        self.setFocus()
        self.acts.close(self.form)
        self._put_away()

    def _put_away(self) -> None:
        self.form = None
        clear(self._form_place)
        self._show_chosen()
        self.take_focus()

    @act
    async def _run(self) -> None:
        form = self.form
        if form is None or not form.check():
            return
        try:
            await self.acting_on(form.job(self.shell.seat), line=True)
        except Refusal as no:
            words = _NEEDS_LINE if no.words == NO_LINE else no.words
            if isValid(form) and form is self.form:
                form.refused(no if no.words != NO_LINE else Refusal(f"{words}."))
                self._arrange()
            else:
                self.shell.tell(words, "refuse")
            self._load()
            return
        if isValid(form) and form is self.form:
            self.acts.done(form)
            self.setFocus()
            self._put_away()
        self.shell.tell(form.done)
        self._load()
        self.look()

    # Files.

    def open_sheet(self) -> None:
        """Ask for a sheet, and read it."""
        path = self.pick_sheet(self)
        if path is not None:
            self.flow(self._read_sheet(path))

    async def _read_sheet(self, path: Path) -> None:
        seat = self.shell.seat
        try:
            read = await Job(partial(people_sheet.read_people_sheet, seat, path), papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse", "نمونهٔ فایل", self._write_pattern)
            return
        self._open(SheetForm(seat, path, read, self.shell.today()))

    def _write_pattern(self) -> None:
        path = self.pick_pattern(self)
        if path is not None:
            self.flow(self._write(partial(people_sheet.write_people, self.shell.seat, path), path))

    def write_list(self) -> None:
        """The people that are shown, for the auditor."""
        staffing = self._staffing
        if staffing is None:
            return
        day = format_jalali(staffing.today).replace("/", "-")
        path = self.pick_list(self, f"کارکنان {day}")
        if path is not None:
            writing = partial(people_sheet.write_staff, staffing, list(self._shown), path)
            self.flow(self._write(writing, path))

    async def _write(self, writing: Callable[[], None], path: Path) -> None:
        try:
            await Job(writing, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"فایل {isolate(path.name)} نوشته شد.")
