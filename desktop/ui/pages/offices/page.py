"""دفترها: every office of the city, what the unit must do first; where they lie beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import office_import, office_list, offices
from desktop.actions.office_import import SheetLook
from desktop.domain.errors import Refusal
from desktop.domain.office_care import Care
from desktop.domain.persian import to_persian_digits
from desktop.forms.outline import shipped_outline
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.office.acting import OfficeActsPage, main_key
from desktop.ui.pages.office.forms import EditForm, LiftForm
from desktop.ui.pages.offices.choosing import SHEET_NAME, pick_file, pick_target
from desktop.ui.pages.offices.days_form import GroupDaysForm
from desktop.ui.pages.offices.import_form import ImportForm
from desktop.ui.pages.offices.kept import KeptRegistry
from desktop.ui.pages.offices.listing import CLEAR, RegistryList
from desktop.ui.pages.offices.new_form import NewForm
from desktop.ui.pages.offices.paper import PAPER, draw_list
from desktop.ui.pages.offices.rows import RegistryRow, rows_of
from desktop.ui.pages.offices.side import RegistrySide
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.standing.office_list import OPENING, OfficeStep, care_step
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.work import NO_LINE, Changed, Job

_NEEDS_LINE = "تغییر دفترها به خط نیاز دارد"
_CONVERSION = (Care.CONVERSION, Care.CONVERSION_DAY)
_ACTS = {
    Care.LICENCE_ENDED: EditForm.name,
    Care.LICENCE_ENDING: EditForm.name,
    Care.STOP: LiftForm.name,
}
"""With which act the office's card is opened."""
_NEW, _FROM_FILE, _ANOTHER = "دفتر جدید", "ورود از فایل…", "فایل دیگر…"
_DAYS = "روزهای ویژه…"


class OfficesPage(OfficeActsPage):
    """Chips, search and two lists choose the rows; Enter opens an office, F8 prints the list.

    A new office, and a sheet of them, open in place of the table. `pick_file` and `pick_target` ask
    a person for paths.
    """

    place: places.Offices

    listens = frozenset({Kind.SYNC, Kind.PUBLISHED, Kind.DAY})
    rail = "offices"
    side_width = 340
    about = "offices"

    def __init__(self, shell: Shell, place: places.Offices) -> None:
        super().__init__(shell, place, "")
        self.set_heading(Heading("دفترها", "نخست دفترهای نیازمند اقدام"))
        self.kept = KeptRegistry.of(shell.work)
        self.narrow = self._down = False
        self._turn = 0
        self._sheet: SheetLook | None = None
        self.pick_file: Callable[[QWidget], Path | None] = pick_file
        self.pick_target: Callable[[QWidget, str], Path | None] = pick_target
        self.panel = RegistrySide()
        self.panel.set_outline(shipped_outline())
        self.side = self.panel
        self.listed = RegistryList(place)
        if not place.chips and place.day is None:
            self.listed.filters.choose(self._remembered())
        self.listed.looked.connect(self._remember)
        self.listed.shown.connect(lambda: self.panel.show_rows(self.listed.rows))
        self.listed.chosen.connect(self._tell_chosen)
        self.listed.opened.connect(self.open_office)
        self.listed.renewed.connect(lambda: self.load())
        self.put_parts(self.listed)
        self.panel.pointed.connect(self.listed.point)
        self.arrange_bar()

    @property
    def prepares(self) -> bool:
        """Whether who sits here may put offices forward."""
        return self.shell.seat.staff.role.prepares

    # Loading.

    def enter(self) -> None:
        """What was known at once, then what is known now."""
        if self.kept.known is not None:
            self._show()
        self.acts.load()
        self.load()
        self.take_focus()

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
            kept.heard = await Job(partial(office_list.at_work, seat), line=True)
        except Refusal as no:
            if no.words != NO_LINE:
                self.shell.tell(no.words, "refuse")
            self._down = True
            self.arrange_bar()
            return
        self._down = False
        await self._renew(turn)
        self.listed.settled = True

    async def _renew(self, turn: int) -> None:
        kept = self.kept
        assert kept.known is not None
        now = kept.heard.at if kept.heard is not None else self.shell.now()
        rows = await Job(partial(rows_of, kept.known, kept.heard, now))
        kept.rows, kept.moment = rows, now
        # A later look shows what is newer.
        if turn == self._turn:
            self._show()

    def _show(self) -> None:
        kept = self.kept
        assert kept.known is not None
        self.listed.show_known(kept.known, kept.rows, kept.moment or self.shell.now())

    # The list.

    def _remember(self) -> None:
        listed = self.listed
        chips = tuple(sorted(listed.filters.chosen))
        self.shell.remembered.choose_filter(places.Offices, " ".join(chips))
        district = int(listed.district.value() or 0)
        typed, service = listed.typed.value(), listed.service.value()
        self.returns_to = places.Offices(chips, typed, district, service, listed.day)

    def _remembered(self) -> tuple[str, ...]:
        return tuple(self.shell.remembered.filter_of(places.Offices).split())

    def _tell_chosen(self) -> None:
        known = self.kept.known
        assert known is not None
        now = self.kept.moment or self.shell.now()
        self.panel.show_office(self.listed.office, known.calendar, now)
        self.arrange_bar()

    def open_office(self) -> None:
        """Enter: the office's card."""
        office = self.listed.office
        if office is not None:
            self.shell.go(places.Office(office.office_id))

    def go_on(self) -> None:
        """The main key: where the chosen office's next step is done."""
        office = self.listed.office
        if office is not None:
            act = _ACTS.get(office.state.care, "") if self.prepares else ""
            converts = self.prepares and office.state.care in _CONVERSION
            own = places.Office(office.office_id, act)
            self.shell.go(places.Conversion(office.office_id) if converts else own)

    def _step(self, office: RegistryRow) -> OfficeStep:
        """What is next for who sits here: who may not do it looks at the office."""
        return care_step(office.state) if self.prepares else OPENING

    def print_list(self) -> None:
        """F8: the list as it stands, on paper."""
        seat, rows, looked_for = self.shell.seat, [*self.listed.rows], self.listed.looked_for()
        now = self.kept.moment or self.shell.now()
        self.show_paper(OfficePaper(PAPER, partial(draw_list, seat, rows, looked_for, now)))

    # The bar.

    def arrange_bar(self) -> None:
        """The chosen office's next step; beside it what is done to the list."""
        if self.bar is None or self.on_paper() or self.arrange_form():
            return
        quiets, seconds = self._quiets(), self._seconds()
        office, main = self.listed.office, None
        if office is not None:
            step = self._step(office)
            main = main_key(step.button, step.icon, self.go_on)
        elif self.listed.all_rows:
            main = main_key(CLEAR, "filter", self.listed.clear_filters)
        elif seconds:
            seconds, main = seconds[1:], main_key(_NEW, "plus", self.begin_new)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=self._sentence())

    def _quiets(self) -> list[Button]:
        quiets = []
        office = self.listed.office
        if office is not None and self._step(office) != OPENING and not self.narrow:
            opening = Button(OPENING.button, "quiet", icon=OPENING.icon, keys="Enter", tall=True)
            opening.clicked.connect(self.open_office)
            quiets.append(opening)
        if self.listed.rows:
            words = "چاپ" if self.narrow else "چاپ فهرست"
            printing = Button(words, "quiet", icon="printer", keys="F8", tall=True)
            printing.clicked.connect(self.print_list)
            quiets.append(printing)
        if self.narrow:
            summary = Button("نقشه", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            quiets.append(summary)
        return quiets

    def _seconds(self) -> list[Button]:
        """A new office and a sheet of them, for who may put them forward while there is a line."""
        if not self.prepares or self._down:
            return []
        new = Button(_NEW, icon="plus", tall=True)
        new.clicked.connect(self.begin_new)
        sheet = Button(_FROM_FILE, icon="download", tall=True)
        sheet.clicked.connect(self.choose_file)
        days = Button("روزها…" if self.narrow else _DAYS, icon="calendar-event", tall=True)
        days.clicked.connect(self.begin_days)
        return [new, sheet, days]

    def arrange_form(self) -> bool:
        """The bar of a form; of a sheet that brings nothing the main key chooses another."""
        form = self.form
        if not isinstance(form, ImportForm) or self.bar is None:
            return super().arrange_form()
        book = Button("خروجی اکسل…", "quiet", icon="table", keys="Shift+F8", tall=True)
        book.clicked.connect(self.write_sheet)
        another = Button(_ANOTHER, icon="download", tall=True)
        another.clicked.connect(self.choose_file)
        main, seconds = main_key(form.button, form.icon, self.run_form), [another]
        if not form.takes:
            main, seconds = main_key(_ANOTHER, "download", self.choose_file), []
        quiets = [self.way_back(), book]
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)
        return True

    def _sentence(self) -> str:
        """«۲ از ۴۰», or since when nothing is heard."""
        if self._down:
            heard = self.kept.heard
            since = f"وضع دفترها تا {moment(heard.at, self.shell.now())}؛ " if heard else ""
            return f"{since}{_NEEDS_LINE}"
        count, row = len(self.listed.rows), self.listed.table.row() + 1
        return to_persian_digits(f"{row} از {count}") if count else ""

    # A new office, and a sheet of them.

    def can_begin(self, name: str) -> bool:
        """Who may put offices forward begins one, or goes on with a sheet that was read."""
        act = name.partition(":")[0]
        if not self.prepares or self.kept.known is None:
            return False
        if act == ImportForm.name:
            return self._sheet is not None
        return act in (NewForm.name, GroupDaysForm.name)

    def form_of(self, name: str) -> SignedForm:
        """The form of the act."""
        known = self.kept.known
        assert known is not None
        if name.startswith(ImportForm.name) and self._sheet is not None:
            return ImportForm(self._sheet)
        if name == GroupDaysForm.name:
            return GroupDaysForm(known, self.shell.today())
        return NewForm(known, self.shell.today())

    def begin_new(self) -> None:
        """«دفتر جدید»."""
        self.begin(NewForm.name)

    def begin_days(self) -> None:
        """«روزهای ویژه…»: hours of days of their own for many offices at once."""
        self.begin(GroupDaysForm.name)

    def choose_file(self) -> None:
        """«ورود از فایل…»: choose one, read it, show what it brings."""
        path = self.pick_file(self)
        if path is not None:
            self.act(self._read(path))

    async def _read(self, path: Path) -> None:
        if self.bar is not None:
            self.bar.say(f"«{path.name}» خوانده می‌شود…")
        try:
            job = partial(office_import.look, self.shell.seat, path)
            self._sheet = await self.acting_on(job, papers=True)
        except Refusal as no:
            self.shell.tell(_NEEDS_LINE if no.words == NO_LINE else no.words, "refuse")
            self.arrange_bar()
            return
        self.begin(ImportForm.name)

    @act
    async def write_sheet(self) -> None:
        """Shift+F8: the offices of today as a workbook, to be changed and taken in again."""
        target = self.pick_target(self, SHEET_NAME)
        if target is None:
            return
        job = partial(offices.write_offices, self.shell.seat.desk, target)
        try:
            await self.acting_on(job, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"دفترها در «{target.name}» نوشته شد.")

    def close_form(self) -> None:
        """Back to the list; what was written to a sheet is read again with the sheet."""
        form = self.form
        super().close_form()
        if isinstance(form, ImportForm):
            self.acts.drop(f"{form.name}:{form.subject}")

    # Keys.

    def set_narrow(self, narrow: bool) -> None:
        """The sketch goes; F7 opens it in place of the table."""
        self.narrow = narrow
        self.arrange_bar()

    def press(self, key: str) -> bool:
        """F5 loads anew, Shift+F8 writes a workbook, a digit begins a code."""
        if super().press(key):
            return True
        if key == "F5":
            self.load()
        elif key == "Shift+F8" and not self.on_paper():
            self.write_sheet()
        elif key.isdecimal() and self.listed.table.hasFocus():
            self.listed.begin_search(key)
        else:
            return False
        return True

    def take_focus(self) -> None:
        """The form that stands open, else the list."""
        if not self.focus_form():
            self.listed.table.setFocus(Qt.FocusReason.OtherFocusReason)
