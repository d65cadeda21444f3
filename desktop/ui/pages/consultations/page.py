"""استعلام‌ها: who is asked about which case, since when, until when; reminded, printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from desktop.actions import board, consultations
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_day_month
from desktop.domain.case import Case
from desktop.domain.consultation import Consultation, ReplyKind
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.municipality.consult_forms import RemindForm
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.standing.lines import left_words, short_number
from desktop.ui.standing.telling import REPLIES
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button, ButtonKind
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.table import RowsModel, Table, TableColumn, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed, Job
from desktop.wire.consultations import ConsultationBody, ConsultationsAnswer, Part

_COLUMNS = (
    TableColumn("مرجع", 190, stretch=3, sortable=False),
    TableColumn("شمارهٔ نامه", 112, sortable=False),
    TableColumn("از", 76, sortable=False),
    TableColumn("پاسخ", 158, stretch=1, sortable=False),
    TableColumn("متقاضی", 124, stretch=2, drop=1, sortable=False),
    TableColumn("خدمت", 112, stretch=1, drop=2, sortable=False),
    TableColumn("پرونده", 126, sortable=False),
)
_EVERY = "همهٔ مراجع"
_DOWN = "به مرکز وصل نیستیم؛ استعلام‌ها را مرکز می‌داند."
_PARTS: Mapping[Part, str] = {
    Part.OPEN: "در انتظار پاسخ",
    Part.LATE: "مهلت گذشته",
    Part.ENDED: "پایان‌یافته",
}
_NOTHING: Mapping[Part, tuple[str, str]] = {
    Part.OPEN: (
        "پاسخی در انتظار نیست",
        "استعلام از میراث، اوقاف، آتش‌نشانی، ترافیک و ثبت، و پاسخ شرکت‌ها، همین‌جا پیگیری می‌شود.",
    ),
    Part.LATE: ("هیچ مرجعی دیر نکرده است", "آنچه مهلتش بگذرد همین‌جا می‌آید و ناظر خبردار می‌شود."),
    Part.ENDED: ("در ۹۰ روز گذشته پاسخی نرسیده است", "پاسخ‌ها و استعلام‌های پس‌گرفته همین‌جا می‌ماند."),
}


@dataclass(frozen=True)
class _Opened:
    """The case of a chosen row, as the centre has it, and which of its questions it is."""

    case: Case
    asked: Consultation


class ConsultationsPage(PaperPage):
    """Who is to reply soonest first. Enter opens the case, where the reply is entered; F8 prints
    the letter that was sent last."""

    place: places.Consultations

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "consultations"

    def __init__(self, shell: Shell, place: places.Consultations) -> None:
        super().__init__(shell, place)
        self._told: ConsultationsAnswer | None = None
        self._services: Mapping[str, Service] = {}
        self.form: RemindForm | None = None
        # Of whom the form is: another may be chosen while it stands.
        self._reminded: ConsultationBody | None = None
        self.acts = ActDrafts(self, "consultations")
        self.part = Segments([(part.value, words) for part, words in _PARTS.items()])
        self.part.setAccessibleName("کدام استعلام‌ها")
        self.part.set_value(place.part if place.part in [*Part] else Part.OPEN.value)
        self.part.edited.connect(self._ask)
        # The others are offered when the desk has told them.
        known = [(place.consultee, to_persian_digits(place.consultee))] if place.consultee else []
        self.consultee = ListChoice([("", _EVERY), *known])
        self.consultee.setAccessibleName("مرجع")
        self.consultee.set_value(place.consultee)
        self.consultee.edited.connect(self._ask)
        self.rows = RowsModel(_COLUMNS, self)
        self.table = Table("استعلام‌ها", _COLUMNS)
        self.table.setModel(self.rows)
        self.table.opened.connect(lambda _: self.open_case())
        self.table.chosen.connect(lambda _: self.arrange_bar())
        self.frame = TableFrame(self.table)
        self.frame.hide()
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.more = Label("", "small", "text2")
        self.more.hide()
        self.empties = {part: EmptyState(*told, icon="send") for part, told in _NOTHING.items()}
        for empty in self.empties.values():
            empty.hide()
        self._form_place = Column(gap=0)
        filters = Row(gap=12)
        filters.addWidget(self.part)
        filters.addWidget(self.consultee)
        filters.addStretch(1)
        content = Scroller(gap=10, margins=(12, 20, 12, 20), full=True)
        content.add(self.fault)
        content.content.addLayout(self._form_place)
        content.content.addLayout(filters)
        content.content.addWidget(self.frame, 1)
        content.add(self.more)
        for empty in self.empties.values():
            content.add(empty)
        content.content.addStretch(0)
        self.put(content)
        self.set_heading(Heading("استعلام از مراجع"))
        self.arrange_bar()

    def enter(self) -> None:
        """Names come from this desk, the rest from the centre."""
        self.setFocus()
        self.acts.load()
        self.shell.work.run(self, partial(_known, self.shell.seat), self._named)
        self._ask()

    def leave(self) -> None:
        """What is typed is kept."""
        self.acts.leave()

    def refresh(self, changed: Changed) -> None:
        """A round ended."""
        self._ask()

    def take_focus(self) -> None:
        """The list; where it is empty what it is filtered by."""
        if self.form is not None:
            self._to_main()
        else:
            (self.part if self.frame.isHidden() else self.table).setFocus()

    # Loading and showing.

    def _named(self, known: tuple[Mapping[str, Service], list[str]]) -> None:
        self._services, names = known
        options = [("", _EVERY), *((name, to_persian_digits(name)) for name in names)]
        self.consultee.set_options(options)
        self._draw()

    def _ask(self, _: object = None) -> None:
        part, who = Part(self.part.value()), str(self.consultee.value())
        self.returns_to = places.Consultations(part.value, who)
        job = partial(consultations.listed, self.shell.seat, part, consultee=who)
        self.shell.work.run(self, job, self.show_answer, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        words = no.words
        if words == NO_LINE:
            since = self._told.time if self._told is not None else None
            last = f" آنچه می‌بینید از {moment(since, self.shell.now())} است." if since else ""
            words = f"{_DOWN}{last}"
        self.fault.set_words(words)
        self.fault.show()

    def show_answer(self, told: ConsultationsAnswer) -> None:
        """Show what the centre told."""
        self.fault.hide()
        before, self._told = self._told, told
        if before is None or before.rows != told.rows or before.counts != told.counts:
            self._draw()

    def _draw(self) -> None:
        told = self._told
        if told is None:
            return
        stood = self.table.hasFocus() or self.hasFocus()
        today = self.shell.today()
        drawn = [(_key(each), self._cells(each, today)) for each in told.rows]
        self.table.show_rows(drawn)
        words = f"نخستین {len(drawn)} از {told.total}؛ مرجع را برگزینید تا بقیه دیده شود."
        self.more.setText(to_persian_digits(words))
        counts = told.counts
        sums = f"{counts['open']} در انتظار پاسخ، {counts['late']} مهلت گذشته"
        self.set_heading(Heading("استعلام از مراجع", to_persian_digits(sums)))
        self.shell.show_count(self.rail, counts["late"])
        self._make_room()
        self.arrange_bar()
        if stood:
            self.take_focus()

    def _make_room(self) -> None:
        """The list, or what an empty one says, once the centre has told."""
        told = self._told
        room, rows = told is not None, told is not None and bool(told.rows)
        self.frame.setVisible(rows)
        for part, empty in self.empties.items():
            empty.setVisible(room and not rows and part.value == self.part.value())
        self.more.setVisible(told is not None and told.total > len(told.rows))

    def _cells(self, each: ConsultationBody, today: date) -> list[Cell]:
        service = self._services.get(each.service)
        title = service.short or service.title if service is not None else each.service
        number = isolate(to_persian_digits(each.number)) if each.number else "—"
        return [
            Cell(to_persian_digits(each.consultee), weight=500, wraps=True),
            named(number),
            quiet(format_day_month(each.asked_on)),
            _reply_cell(each, today),
            Cell(to_persian_digits(each.applicant)),
            quiet(to_persian_digits(title)),
            quiet(short_number(each.tracking)),
        ]

    @property
    def chosen(self) -> ConsultationBody | None:
        """The chosen row's."""
        rows = self._told.rows if self._told is not None else []
        return next((each for each in rows if _key(each) == self.table.key()), None)

    # The action bar.

    def arrange_bar(self) -> None:
        """Main opens the case, where the reply is entered; while a form stands open it is its."""
        if self.bar is None or self.on_paper():
            return
        back = self._button("بازگشت", "quiet", "arrow-right", "Esc", self._escape)
        form, chosen = self.form, self.chosen
        if form is not None:
            main = self._button(form.button, "main", form.icon, "Ctrl+Enter", self.remind)
            self.bar.arrange(main=main, quiets=[back])
            return
        if chosen is None:
            main = self._button("تازه‌سازی", "main", "refresh", "Ctrl+Enter", self._ask)
            self.bar.arrange(main=main, quiets=[back])
            return
        words = "باز کردن پرونده"
        if chosen.state == "open" and self.shell.seat.staff.role is Role.EXPERT:
            words = "ثبت پاسخ"
        main = self._button(words, "main", "folder-open", "Ctrl+Enter", self.open_case)
        seconds = []
        if chosen.state == "open":
            seconds.append(self._button("یادآوری…", "second", "send", "", self.begin_reminder))
        if not chosen.after_answer:
            seconds.append(self._button("نامه", "second", "printer", "F8", self.show_letter))
        self.bar.arrange(main=main, seconds=seconds, quiets=[back])

    def _button(
        self, words: str, kind: ButtonKind, icon: str, keys: str, do: Callable[[], object]
    ) -> Button:
        button = Button(words, kind, icon=icon, keys=keys, tall=True)
        button.clicked.connect(lambda: do())
        return button

    def press(self, key: str) -> bool:
        """F5 asks again, F8 shows the letter, Esc closes what stands open."""
        if super().press(key):
            return True
        if key == "F5":
            self._ask()
        elif key == "F8" and not self.on_paper() and self.form is None:
            self.show_letter()
        else:
            return key == "Esc" and not self.on_paper() and self._close_form()
        return True

    def _escape(self) -> None:
        if not self._close_form():
            self.shell.back()

    # Acts.

    def open_case(self) -> None:
        """Enter: the case of the chosen one."""
        if self.chosen is not None:
            self.shell.go(places.MunicipalCase(self.chosen.case_id))

    def show_letter(self) -> None:
        """F8: the letter that was sent last, as it was signed."""
        self.flow(self._showing(self.chosen))

    async def _showing(self, chosen: ConsultationBody | None) -> None:
        found = await self._open(chosen)
        if found is None:
            return
        letters = list(consultations.letters_of(found.asked))
        if not letters:
            self.shell.tell("نامه‌ای جدا نوشته نشده است؛ نامهٔ پاسخ خود استعلام است.")
            return
        letter, release = letters[-1]
        number = isolate(to_persian_digits(letter.number))
        draw = partial(consultations.paper, letter, release)
        self.show_paper(OfficePaper(f"نامهٔ {number}", draw))

    async def _open(self, chosen: ConsultationBody | None) -> _Opened | None:
        """It with its case; None where it can't be read, which is told."""
        if chosen is None:
            return None
        job = partial(board.municipal_case, self.shell.seat, chosen.case_id)
        try:
            shown: Case = (await Job(job, line=True))[0]
            return _Opened(shown, shown.consultation(chosen.consultation_id))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return None

    def begin_reminder(self) -> None:
        """Another letter to who has not replied, once it is sent."""
        self.flow(self._beginning())

    async def _beginning(self) -> None:
        found = await self._open(self.chosen)
        if found is None or not found.asked.open or self.form is not None:
            self._ask()
            return
        form = self.form = RemindForm(found.case, (found.asked,))
        self._reminded = self.chosen
        form.subject = found.asked.ident
        self._form_place.addWidget(form)
        self.acts.follow(form)
        self.arrange_bar()
        self._to_main()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> bool:
        if self.form is not None and self.stays():
            return True
        form, self.form = self.form, None
        if form is None:
            return False
        self.acts.close(form)
        self._form_place.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.arrange_bar()
        self.take_focus()
        return True

    @act
    async def remind(self) -> None:
        """Send it."""
        form, reminded = self.form, self._reminded
        if form is None:
            return
        try:
            await self.acting_on(self.acts.ending(form, form.job(self.shell.seat)))
        except Refusal as no:
            self.acts.refused(form, no)
            return
        self.acts.done(form)
        self._close_form()

        def see() -> None:
            # Who was reminded may have left the list: F8 would show another's letter.
            self.flow(self._showing(reminded))

        self.shell.tell("یادآوری فرستاده شد.", link="دیدن و چاپ نامهٔ یادآوری", action=see)
        self._ask()


def _key(each: ConsultationBody) -> str:
    return f"{each.case_id} {each.consultation_id}"


def _reply_cell(each: ConsultationBody, today: date) -> Cell:
    """«۶ روز مانده», «۳ روز گذشته، ۱ یادآوری», or what was replied."""
    if each.state == "replied":
        kind = ReplyKind(each.reply)
        icon, tone = REPLIES[kind]
        return Cell(kind.word, tone, icon=icon)
    if each.state == "dropped":
        return quiet("پس گرفته شد")
    left = left_words(each.reply_by, today)
    words = f"{left} مانده" if each.reply_by > today else left
    if each.reminders:
        words += to_persian_digits(f"، {each.reminders} یادآوری")
    if each.late or each.reply_by < today:
        return Cell(words, "refuse", icon="clock-exclamation", wraps=True)
    return Cell(words, wraps=True)


def _known(seat: Seat) -> tuple[Mapping[str, Service], list[str]]:
    """The services by code, and the names of all bodies that are asked."""
    desk = seat.desk
    return board.services_known(desk), consultations.names(desk)
