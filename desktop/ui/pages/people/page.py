"""کارکنان: the staff with their states; under them what the chosen one may, who is away when.

What the centre last told is shown on while the line is down; then nothing can be put forward.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions import people, people_sheet
from desktop.actions.people import PeopleWanted, Person, Staffing
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import isolate
from desktop.domain.signer import Signed
from desktop.domain.staff_state import StaffState
from desktop.domain.staffing import Authority, Leave
from desktop.ui import places
from desktop.ui.page import Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.people.authority_forms import AuthorityForm, NoAuthorityForm
from desktop.ui.pages.people.choosing import pick_list, pick_pattern, pick_sheet
from desktop.ui.pages.people.door_forms import LiftForm, SlipForm, StopForm, UnlockForm
from desktop.ui.pages.people.listed import NEEDS_LINE, PeopleList
from desktop.ui.pages.people.sheet_form import SheetForm
from desktop.ui.pages.people.sign_form import SignForm
from desktop.ui.pages.people.signer_form import SignerForm
from desktop.ui.pages.people.term_forms import (
    AddForm,
    LeaveForm,
    NoLeaveForm,
    TakeBackForm,
    TermForm,
)
from desktop.ui.soon import soon
from desktop.ui.widgets.button import Button, ButtonKind
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.layouts import clear
from desktop.ui.work import NO_LINE, Changed, Job
from desktop.wire.publishing import PublicationBody


class PeoplePage(PeopleList):
    """Enter opens a person's term, Shift+F8 writes the list; `pick_…` ask a person for paths."""

    listens = frozenset({Kind.SYNC, Kind.PUBLISHED, Kind.DAY})
    rail = "people"

    def __init__(self, shell: Shell, place: places.People) -> None:
        super().__init__(shell, place)
        self.pick_sheet: Callable[[QWidget], Path | None] = pick_sheet
        self.pick_pattern: Callable[[QWidget], Path | None] = pick_pattern
        self.pick_list: Callable[[QWidget, str], Path | None] = pick_list
        self.gap.followed.connect(self._mend_gap)
        self.fresh.followed.connect(self._slips)
        self.table.opened.connect(lambda _: self.open_term())
        self.authority.given.connect(lambda: self._open_for(AuthorityForm))
        self.authority.ended.connect(self._end_authority)
        self.leave_card.wanted.connect(lambda: self._open_for(LeaveForm))
        self.leave_card.dropped.connect(self._drop_leave)
        self.signers.changed.connect(self._change_signer)
        self.person_side.signed.connect(self._sign)
        self.person_side.taken_back.connect(self._take_back)
        self.person_side.unlocked.connect(self._unlock)
        self._arrange()

    def leave(self) -> None:
        """What is typed is kept."""
        self.acts.leave()

    def refresh(self, changed: Changed) -> None:
        """Look again; what is typed stays."""
        self._load()
        self.look()

    # The action bar.

    def _arrange(self) -> None:
        # A form has the room of the list where both have none.
        self._above.setVisible(not (self._narrow and self.form is not None))
        soon(self, self.fit_below)
        if self.bar is None:
            return
        if self.form is not None:
            main = self._button(self.form.button, self.form.icon, "Ctrl+Enter", self._run, "main")
            keep = self._button("انصراف", "", "Esc", self.close_form, "second")
            self.bar.arrange(main=main, seconds=[keep], quiets=self._summary())
            return
        seconds, quiets = self._seconds(), self._quiets()
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
        if self._listed is None:
            return
        form = AddForm(self.shell.seat, self._listed.staffing, self.shown_office)
        form.by_sheet.connect(self.open_sheet)
        self._open(form)

    def open_term(self) -> None:
        """The person's term; one's own is another's to change."""
        if self.person is not None:
            self._open_term_of(self.person)

    def _open_term_of(self, person: Person) -> None:
        if self._narrow and not self._changes(person):
            self.shell.show_summary()
        elif person.staff == self.shell.seat.staff.staff_id:
            self.shell.tell("نقش خودتان را دیگری باید بدهد.", "pay")
        elif self._changes(person) and self._around is not None:
            self._open(TermForm(self.shell.seat, person, self._around))

    def _open_for(self, kind: type[AuthorityForm] | type[LeaveForm]) -> None:
        person, around = self.person, self._around
        if person is not None and around is not None:
            self._open(kind(self.shell.seat, person, around))

    def _end_authority(self, group: Sequence[Authority], what: str) -> None:
        if self.person is not None:
            today = self.shell.today()
            self._open(NoAuthorityForm(self.shell.seat, self.person, group, what, today))

    def _change_signer(self, paper: Signed) -> None:
        if self._around is not None:
            self._open(SignerForm(self.shell.seat, paper, self._around))

    def _drop_leave(self, person: Person, leave: Leave) -> None:
        if person.staff == self.shell.seat.staff.staff_id:
            self.shell.tell("مرخصی خودتان را دیگری باید تغییر دهد.", "pay")
        else:
            self._open(NoLeaveForm(self.shell.seat, person, leave, self.shell.today()))

    def _mend_gap(self) -> None:
        """The first who is away without a deputy, with his term open."""
        around = self._around
        if around is None:
            return
        for each in around.of(self.shown_office):
            leaves = [one for one in each.base().leaves if one.last >= around.today]
            if any(not (one.deputy or each.base().deputy) for one in leaves):
                self._key = each.staff
                self.filters.select("")
                self._list()
                self._open_term_of(each)
                return
        self.add()

    def _take_back(self, waits: PublicationBody) -> None:
        if self.person is not None:
            self._open(TakeBackForm(self.person, waits))

    def _sign(self, waits: PublicationBody) -> None:
        self._open(SignForm(waits))

    def _slip(self) -> None:
        if self.person is not None and self._listed is not None:
            self._open(SlipForm([self.person], self._listed.staffing))

    def _slips(self) -> None:
        self.flow(self._open_slips())

    async def _open_slips(self) -> None:
        """For who may come in and has no slip yet, in the order in which they were put forward."""
        waiting = replace(self.wanted(), state=StaffState.NO_PASSWORD.value)
        try:
            staffing = await self._all_of(waiting)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        if staffing.people:
            in_turn = sorted(staffing.people, key=lambda each: each.staff)
            self._open(SlipForm(in_turn, staffing))

    async def _all_of(self, wanted: PeopleWanted) -> Staffing:
        """All who are looked for, whatever page they stand on. Raises Refusal."""
        seat, around = self.shell.seat, self._around
        if not self._municipal and around is not None:
            return people.among(around, wanted).staffing

        def job() -> Staffing:
            return people.load(seat, people.ask(seat, wanted))

        found: Staffing = await Job(job, papers=True)
        return found

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

    def _open(self, form: SignedForm) -> None:
        if self.stays():
            return
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
        if self.form is None or self.stays():
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
            await self.acting_on(self.acts.ending(form, form.job(self.shell.seat)), line=True)
        except Refusal as no:
            words = NEEDS_LINE if no.words == NO_LINE else no.words
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
        """All whom the list is of, for the auditor."""
        if self._listed is None:
            return
        day = format_jalali(self._listed.staffing.today).replace("/", "-")
        path = self.pick_list(self, f"کارکنان {day}")
        if path is not None:
            self.flow(self._write_listed(path))

    async def _write_listed(self, path: Path) -> None:
        try:
            staffing = await self._all_of(self.wanted())
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        await self._write(partial(people_sheet.write_staff, staffing, path), path)

    async def _write(self, writing: Callable[[], None], path: Path) -> None:
        try:
            await Job(writing, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"فایل {isolate(path.name)} نوشته شد.")
