"""تقویم و نرخ‌ها: the municipality's data by kind; a figure changed, a sheet of them taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import municipal_data
from desktop.actions.municipal_data import Asked, Figure, KindLook, SaidFigure, SheetDraft
from desktop.domain.calendar import format_long, iso_jalali, parse_jalali
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.sheets import SHEETS, FiguresSheet
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.figures.calendar_list import KINDS, CalendarList
from desktop.ui.pages.figures.choosing import pick_file, pick_target
from desktop.ui.pages.figures.data_acts import DataActsPage
from desktop.ui.pages.figures.figure_form import NEW, FigureForm
from desktop.ui.pages.figures.holiday_form import HolidayForm
from desktop.ui.pages.figures.kind_list import KindList
from desktop.ui.pages.figures.listing import FigureList
from desktop.ui.pages.figures.sheet_form import SheetForm
from desktop.ui.pages.figures.side import DataSide
from desktop.ui.pages.figures.special import special_lines
from desktop.ui.pages.figures.take_back import TakeBackForm
from desktop.ui.pages.office.acting import main_key
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import NO_LINE, Job

_CHANGE, _NEW, _FROM_FILE, _ANOTHER = "تغییر این ردیف", "ردیف تازه", "ورود از فایل…", "فایل دیگر…"
_CHANGE_DAY, _NEW_DAY = "تغییر این روز", "تعطیل کردن این روز"
_WORKS = "تعطیل رسمی نیست."


class MunicipalDataPage(DataActsPage):
    """Enter changes the chosen row, Shift+F8 writes the sheet; `pick_…` ask a person for paths.

    Who only signs, and everybody without a line, reads.
    """

    place: places.MunicipalData

    listens = frozenset({Kind.SYNC, Kind.PUBLISHED, Kind.DAY})
    rail = "municipal-data"
    side_width = 310
    about = "municipal-data"

    def __init__(self, shell: Shell, place: places.MunicipalData) -> None:
        super().__init__(shell, place, "")
        self.set_heading(Heading("تقویم و نرخ‌ها", "هر تغییر را دو نفر امضا می‌کنند"))
        self.kind = place.kind if place.kind in SHEETS else next(iter(SHEETS))
        self.looked: KindLook | None = None
        self.asked: Asked | None = None
        self._down = self._narrow = False
        self._turn = 0
        self._resuming = ""
        self._read: tuple[Path, SheetDraft | None, list[Refusal]] | None = None
        self.pick_file: Callable[[QWidget], Path | None] = pick_file
        self.pick_target: Callable[[QWidget, str], Path | None] = pick_target
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.waits = Banner("", "pay", icon="clock", link="دیدن")
        self.waits.followed.connect(self._show_waiting)
        self.waits.hide()
        self.panel = DataSide()
        self.panel.taken_back.connect(self.begin_back)
        self.panel.followed.connect(shell.go)
        self.side = self.panel
        self._make_kinds()
        self._lists: dict[str, KindList] = {}
        self._stacked = QStackedWidget()
        rows = Column(self.fault, self.waits, self.short, gap=8)
        rows.addWidget(self._stacked, 1)
        across = Row(gap=14, margins=(12, 20, 8, 20))
        across.addWidget(self._kinds, 1)
        across.addLayout(rows, 3)
        shown = QWidget()
        shown.setLayout(across)
        self.put_parts(shown)
        self.choose_kind(self.kind)
        if isinstance(self.listed, FigureList):
            self.listed.typed.set_value(place.typed)

    def _make_kinds(self) -> None:
        """The kinds in a column; in a list of its own where there is no room for one."""
        self.kind_rows: dict[str, ListRow] = {}
        self._kinds = Scroller(gap=2, margins=(0, 0, 0, 0))
        for kind, of in SHEETS.items():
            row = ListRow(of.title, icon="calendar" if kind == "calendar" else "table")
            row.clicked.connect(lambda _=False, kind=kind: self.choose_kind(kind))
            self.kind_rows[kind] = row
            self._kinds.add(row)
        self._kinds.content.addStretch(1)
        self._kinds.setAccessibleName("گونهٔ داده")
        self.short = ListChoice([(kind, of.title) for kind, of in SHEETS.items()])
        self.short.setAccessibleName("گونهٔ داده")
        self.short.edited.connect(self._chose_short)
        self.short.hide()

    @property
    def prepares(self) -> bool:
        """Whether who sits here may put a change forward."""
        return self.shell.seat.staff.role.prepares

    @property
    def _changes(self) -> bool:
        return self.prepares and not self._down and self.looked is not None

    # Loading.

    def enter(self) -> None:
        """What this desk knows at once, then what waits at the centre."""
        self.acts.load()
        self.load()
        self.take_focus()
        bring_into_sight(self.kind_rows[self.kind], within=self._kinds)

    def load(self) -> None:
        """Read the kind, then ask the centre what waits."""
        self._turn += 1
        self.flow(self._load(self._turn))

    async def _load(self, turn: int) -> None:
        seat = self.shell.seat
        try:
            looked = await Job(partial(municipal_data.look, seat.desk, self.kind))
        except Refusal as no:
            # Before the first sync nothing is known yet.
            self.fault.set_words(no.words)
            self.fault.show()
            return
        # A later look shows what is newer.
        if turn == self._turn:
            self._show(looked)
        try:
            self.asked = await Job(partial(municipal_data.ask, seat), line=True)
        except Refusal as no:
            self._unanswered(no)
            return
        self._down = False
        self.fault.hide()
        self._tell_waiting()
        self.arrange_bar()

    def _unanswered(self, no: Refusal) -> None:
        self._down = no.words == NO_LINE
        words = no.words
        if self._down:
            heard = self.looked.heard if self.looked is not None else None
            since = f"؛ داده‌ها تا {moment(heard, self.shell.now())} است" if heard else ""
            words = f"{self.needs_line}{since}."
        self.fault.set_words(words)
        self.fault.show()
        self._tell_chosen()

    def _show(self, looked: KindLook) -> None:
        self.looked = looked
        self.listed.show_look(looked)
        resuming, self._resuming = self._resuming, ""
        if resuming:
            self.begin(resuming)
        self.tell_unfinished()

    def _tell_waiting(self) -> None:
        waiting = self.asked.waiting if self.asked is not None else ()
        count = to_persian_digits(len(waiting))
        self.waits.set_words(f"{count} تغییر در انتظار امضای دوم است.")
        self.waits.setVisible(bool(waiting))

    def _show_waiting(self) -> None:
        """The one that waits, or the list of all that do."""
        waiting = self.asked.waiting if self.asked is not None else ()
        if len(waiting) == 1:
            self.shell.go(places.Publication(waiting[0].draft.publication))
        elif waiting:
            self.shell.go(places.ServiceFiles())

    # The kinds.

    @property
    def listed(self) -> KindList:
        """The list, or the calendar, of the kind that is chosen."""
        return self._lists[self.kind]

    def choose_kind(self, kind: str) -> None:
        """Show another kind; the list of each keeps what was looked for."""
        if kind not in self._lists:
            figures = isinstance(SHEETS[kind], FiguresSheet)
            first = self.place.day or self.shell.today()
            listed = FigureList(kind) if figures else CalendarList(self.shell.today(), first)
            listed.chosen.connect(self._tell_chosen)
            listed.opened.connect(self.begin_change)
            listed.looked.connect(self._note_looked)
            self._lists[kind] = listed
            self._stacked.addWidget(listed)
        self.kind, self.looked = kind, None
        self._stacked.setCurrentWidget(self._lists[kind])
        for each, row in self.kind_rows.items():
            row.set_chosen(each == kind)
        self.short.set_value(kind)
        self._note_looked()
        self.load()

    def _chose_short(self) -> None:
        kind = str(self.short.value())
        if kind and kind != self.kind:
            self.choose_kind(kind)

    def _note_looked(self) -> None:
        """Who comes back finds what was looked for."""
        self.returns_to = places.MunicipalData(self.kind, self.listed.searched(), self.day)

    # The chosen row.

    @property
    def figure(self) -> Figure | None:
        """The figure of the chosen row."""
        listed = self.listed
        if not isinstance(listed, FigureList) or self.looked is None:
            return None
        return listed.figure

    @property
    def day(self) -> date | None:
        """The day that is chosen in the calendar."""
        listed = self.listed
        return listed.sheet.day if isinstance(listed, CalendarList) else None

    def _tell_chosen(self) -> None:
        figure, looked = self.figure, self.looked
        self.arrange_bar()
        if self.day is not None and looked is not None:
            self._tell_day(self.day, looked)
            return
        if figure is None or looked is None:
            self.panel.show_figure("", "", takes_back=False)
            self.panel.show_said((), self.shell.today())
            return
        title = to_persian_digits(looked.title_of(figure.item))
        back = figure.coming and self._changes
        self.panel.show_figure(title, to_persian_digits(figure.item.words), takes_back=back)
        job = partial(municipal_data.history, self.shell.seat.desk, self.kind, figure.item.about)
        self.shell.work.run(self, job, partial(self._show_said, figure))

    def _tell_day(self, day: date, looked: KindLook) -> None:
        holiday = looked.holidays.get(day)
        words = f"{holiday.title}، {KINDS[holiday.kind]}" if holiday else _WORKS
        self.panel.show_figure(format_long(day), to_persian_digits(words), takes_back=False)
        self.panel.show_hours(special_lines(looked, day), leads=self.prepares)
        self._note_looked()
        desk = self.shell.seat.desk
        job = partial(municipal_data.history, desk, self.kind, HOLIDAYS_KEY)
        self.shell.work.run(self, job, partial(self._show_calendars, self.kind))

    def _show_calendars(self, kind: str, said: list[SaidFigure]) -> None:
        if self.kind == kind and self.day is not None:
            self.panel.show_said(said, self.shell.today())
            self._ask_acts(said, lambda: self.kind == kind and self.day is not None)

    def _show_said(self, figure: Figure, said: list[SaidFigure]) -> None:
        if self.figure == figure:
            self.panel.show_said(said, self.shell.today())
            self._ask_acts(said, lambda: self.figure == figure)

    def _ask_acts(self, said: list[SaidFigure], still: Callable[[], bool]) -> None:
        """Who prepared each and why is the centre's to tell; without a line it is left out."""

        def show(known: list[SaidFigure]) -> None:
            if still():
                whole = self.panel.shows_former
                self.panel.show_said(known, self.shell.today(), whole=whole)

        if said:
            job = partial(municipal_data.with_acts, self.shell.seat, self.kind, said)
            self.shell.work.run(self, job, show, lambda _: None, line=True)

    # The bar.

    def arrange_bar(self) -> None:
        """The chosen row is changed; beside it what is done to the whole kind."""
        if self.bar is None or self.on_paper() or self.arrange_form():
            return
        quiets, seconds = self._quiets(), self._seconds()
        if self._changes and self.figure is not None:
            main = main_key(_CHANGE, "edit", self.begin_change)
        elif self._changes and self.day is not None:
            held = self.looked is not None and self.day in self.looked.holidays
            main = main_key(_CHANGE_DAY if held else _NEW_DAY, "calendar-event", self.begin_change)
        else:
            main = main_key("تازه‌سازی", "refresh", self.load)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=self._sentence())

    def _sentence(self) -> str:
        figures = len(self.looked.figures) if self.looked is not None else 0
        return to_persian_digits(f"{figures} ردیف") if figures else ""

    def _quiets(self) -> list[Button]:
        book = Button("برگهٔ اکسل", "quiet", icon="table", keys="Shift+F8", tall=True)
        book.clicked.connect(self.write_sheet)
        if not self._narrow and self.day is not None and self.prepares:
            # On which hours an office is open is told by its own card.
            hours = Button("ساعت کار دفترها", "quiet", icon="building-community", tall=True)
            hours.clicked.connect(lambda: self.shell.go(places.Offices()))
            return [book, hours]
        if not self._narrow:
            return [book]
        summary = Button("پیشینه", "quiet", keys="F7", tall=True)
        summary.clicked.connect(self.shell.show_summary)
        return [book, summary]

    def _seconds(self) -> list[Button]:
        if not self._changes:
            return []
        of, found = SHEETS[self.kind], []
        if isinstance(of, FiguresSheet) and of.grows:
            new = Button(_NEW, icon="plus", tall=True)
            new.clicked.connect(self.begin_new)
            found.append(new)
        sheet = Button(_FROM_FILE, icon="download", tall=True)
        sheet.clicked.connect(self.choose_file)
        return [*found, sheet]

    def arrange_form(self) -> bool:
        """The bar of a form; of a sheet that brings nothing the main key chooses another."""
        form = self.form
        if not isinstance(form, SheetForm) or self.bar is None:
            return super().arrange_form()
        another = Button(_ANOTHER, icon="download", tall=True)
        another.clicked.connect(self.choose_file)
        main, seconds = main_key(form.button, form.icon, self.run_form), [another]
        if not form.takes:
            main, seconds = main_key(_ANOTHER, "download", self.choose_file), []
        self.bar.arrange(main=main, seconds=seconds, quiets=[self.way_back()])
        return True

    # Acts.

    def can_begin(self, name: str) -> bool:
        """Who may put a change forward begins one; a sheet is gone on with while it is read."""
        act_, _, rest = name.partition(":")
        if not self._changes or rest.partition(":")[0] not in SHEETS:
            return False
        if act_ == SheetForm.name:
            return self._read is not None
        return act_ in (FigureForm.name, TakeBackForm.name, HolidayForm.name)

    def begin(self, name: str) -> None:
        """Open the form of that act; of another kind once that one shows."""
        kind = name.split(":")[1] if ":" in name else ""
        if kind in SHEETS and kind != self.kind and self.can_begin(name):
            self._resuming = name
            self.choose_kind(kind)
            return
        super().begin(name)

    def form_of(self, name: str) -> SignedForm:
        """The form of the act."""
        looked = self.looked
        assert looked is not None
        act_, _, rest = name.partition(":")
        key = rest.partition(":")[2]
        if act_ == SheetForm.name and self._read is not None:
            return SheetForm(self.kind, *self._read)
        if act_ == HolidayForm.name:
            return HolidayForm(looked, parse_jalali(key))
        if act_ == TakeBackForm.name:
            return TakeBackForm(looked, next(f for f in looked.figures if f.key == key))
        found = (f for f in looked.figures if not f.coming and f.item.about == key)
        coming = (f for f in looked.figures if f.item.about == key)
        return FigureForm(looked, next(found, None) or next(coming, None))

    def begin_change(self) -> None:
        """Enter: the chosen row from a day on, or the chosen day."""
        figure, day = self.figure, self.day
        if day is not None:
            self.begin(f"{HolidayForm.name}:{self.kind}:{iso_jalali(day)}")
        elif figure is not None:
            self.begin(f"{FigureForm.name}:{self.kind}:{figure.item.about}")

    def begin_new(self) -> None:
        """«ردیف تازه»."""
        self.begin(f"{FigureForm.name}:{self.kind}:{NEW}")

    def begin_back(self) -> None:
        """«پس گرفتن…»: what is still to come."""
        figure = self.figure
        if figure is not None and figure.coming:
            self.begin(f"{TakeBackForm.name}:{self.kind}:{figure.key}")

    # Sheets.

    def choose_file(self) -> None:
        """«ورود از فایل…»: choose one, read it, show what it brings."""
        path = self.pick_file(self)
        if path is not None:
            self.act(self._read_sheet(path))

    async def _read_sheet(self, path: Path) -> None:
        desk, kind = self.shell.seat.desk, self.kind
        try:
            read = await self.acting_on(
                partial(municipal_data.read_data, desk, kind, path), papers=True
            )
        except Refusals as no:
            self._read = (path, None, [*no.faults])
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        else:
            self._read = (path, read, [])
        self.begin(f"{SheetForm.name}:{kind}:{path.name}")

    @act
    async def write_sheet(self) -> None:
        """Shift+F8: the kind as a workbook, to be filled in and taken in again."""
        target = self.pick_target(self, SHEETS[self.kind].title)
        if target is None:
            return
        job = partial(municipal_data.write_data, self.shell.seat.desk, self.kind, target)
        try:
            await self.acting_on(job, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"«{SHEETS[self.kind].title}» در «{target.name}» نوشته شد.")

    def close_form(self) -> None:
        """Back to the list; what was written to a sheet is read again with the sheet."""
        form = self.form
        super().close_form()
        if isinstance(form, SheetForm):
            self.acts.drop(f"{form.name}:{form.subject}")

    # Keys.

    def set_narrow(self, narrow: bool) -> None:
        """The kinds go into a list, the history opens by F7."""
        self._narrow = narrow
        self._kinds.setVisible(not narrow)
        self.short.setVisible(narrow)
        self.arrange_bar()

    def press(self, key: str) -> bool:
        """F5 loads anew, F7 shows the history, Shift+F8 writes the sheet."""
        if super().press(key):
            return True
        if key == "F5":
            self.load()
        elif key == "F7" and self._narrow:
            self.shell.show_summary()
        elif key == "Shift+F8" and self.form is None:
            self.write_sheet()
        else:
            return False
        return True

    def take_focus(self) -> None:
        """The form that stands open, else the list."""
        if not self.focus_form():
            self.listed.keys().setFocus(Qt.FocusReason.OtherFocusReason)
