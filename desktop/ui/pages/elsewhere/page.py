"""پروندهٔ دفتر دیگر: how a case stands that another office took, and a copy of its letter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from desktop.actions import act_drafts, elsewhere, letters
from desktop.actions.elsewhere import Shown
from desktop.actions.letter_checks import Printing, PrintState
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import places, printing
from desktop.ui.page import Heading, Kind, Shell, flow
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import WritingPage
from desktop.ui.pages.elsewhere.forms import CopyForm
from desktop.ui.pages.elsewhere.parts import AskCard, CaseCard
from desktop.ui.pages.letter.sending import settle_sheet, title_of
from desktop.ui.pages.letter.sheet_question import SheetQuestion
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job
from desktop.wire.elsewhere import Hold, LetterElsewhere

_COLUMNS = (
    TableColumn("نامه", 150, stretch=2, sortable=False),
    TableColumn("نوع", 120, stretch=1, sortable=False),
    TableColumn("صدور", 96, sortable=False),
    TableColumn("اعتبار تا", 96, sortable=False),
    TableColumn("وضعیت", 150, stretch=1, sortable=False),
    TableColumn("نسخه در دفترهای دیگر", 150, drop=1, sortable=False),
)
_HOLDS = {
    Hold.IN_FORCE: ChipLook("معتبر", "circle-check", "ok"),
    Hold.UNSTAMPED: ChipLook("مهر نشده", "clock", "neutral"),
    Hold.RECALLED: ChipLook("فراخوانده شده", "arrow-back-up", "refuse"),
    Hold.EXPIRED: ChipLook("اعتبار گذشته", "clock-exclamation", "refuse"),
    Hold.ENDED: ChipLook("باطل", "file-off", "refuse"),
}
_NO_LETTER, _NO_LETTER_HOW = "این پرونده هنوز نامه‌ای ندارد", "نسخه پس از صدور و مهر داده می‌شود."
_PRINTED = "نسخهٔ {} به چاپگر فرستاده شد؛ بگویید خوانا است یا نه."


class ElsewherePage(WritingPage):
    """Code and id, Enter: the case; ↑ and ↓ choose a letter, Ctrl+Enter prints a copy of it."""

    place: places.Elsewhere
    form: CopyForm | None

    listens = frozenset({Kind.SYNC})
    rail = "elsewhere"

    def __init__(self, shell: Shell, place: places.Elsewhere) -> None:
        empty = EmptyState(_NO_LETTER, _NO_LETTER_HOW, icon="mail")
        super().__init__(shell, place, "نامه‌های پرونده", _COLUMNS, empty, act_drafts.ELSEWHERE)
        self.set_heading(Heading("پروندهٔ دفتر دیگر"))
        self.shown: Shown | None = None
        self._sheet: Printing | None = None
        self.ask = AskCard()
        self.ask.asked.connect(self.look)
        self.ask.tracking.set_value(place.tracking)
        self.ask.person_id.set_value(place.person_id)
        for line in (self.ask.tracking, self.ask.person_id):
            line.edited.connect(self._asked_anew)
        self.card = CaseCard()
        self.question, self.sheet = SheetQuestion(), Card()
        self.sheet.body.addWidget(self.question)
        self.question.answered.connect(lambda said: self.act(self._settle(said)))
        parts = (self.sheet, self.ask, self.card, self.form_place, self.frame, self.empty)
        # In a low window all of it has no room at once: nothing is pressed together for that.
        scroller = Scroller(gap=10, margins=(12, 20, 12, 20), full=True)
        for part in parts:
            scroller.content.addWidget(part, int(part in (self.form_place, self.frame)))
        scroller.content.addStretch(0)
        self.setLayout(Column(scroller, gap=0))
        for card in (self.sheet, self.ask, self.card):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for part in (self.sheet, self.card, self.form_place, self.frame):
            part.hide()
        self.table.chosen.connect(lambda _: self.arrange_bar())
        self.arrange_bar()

    def enter(self) -> None:
        """The keys stand where something is to be typed."""
        self.drafts.load()
        self._load_sheets()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """A sheet may have been spoken of at this desk."""
        self._load_sheets()

    def take_focus(self) -> None:
        """The code, the id, or the letters."""
        if self.form is not None or (self.shown is not None and self.shown.told.letters):
            super().take_focus()
        elif self.ask.tracking.value():
            self.ask.person_id.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.ask.tracking.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load_sheets(self) -> None:
        seat = self.shell.seat
        self.shell.work.run(self, partial(elsewhere.open_sheets, seat.desk), self._show_sheets)

    def _show_sheets(self, sheets: list[tuple[Printing, str]]) -> None:
        before, (self._sheet, number) = self._sheet, sheets[0] if sheets else (None, "")
        if self._sheet is not None and self._sheet != before:
            doubted = self._sheet.state is not PrintState.PRINTED
            self.question.ask(self._sheet, doubted=doubted, number=number)
            self.question.show_why(asked=False)
        self.sheet.setVisible(self._sheet is not None)

    # The case.

    def _asked_anew(self) -> None:
        """Another code or id is being typed: what shows is not its case."""
        self.place = places.Elsewhere(*self._typed())
        if self.shown is not None:
            self.shown = None
            self.draw()

    def look(self) -> None:
        """Ask the centre for the case of what is typed."""
        if self.form is None:
            self.act(self._look(*self._typed()))

    def _typed(self) -> tuple[str, str]:
        return str(self.ask.tracking.value()), str(self.ask.person_id.value())

    async def _look(self, code: str, person_id: str) -> None:
        self.ask.tell("", "")
        try:
            asking = partial(elsewhere.look, self.shell.seat, code, person_id)
            shown = await self.acting_on(asking, line=True)
        except Refusal as no:
            self.shown = None
            self.draw()
            if no.field in {field.key for field in self.ask.fields}:
                self.ask.tell(no.words, no.field or "")
            else:
                self.shell.tell(no.words, "refuse")
            return
        self.shown = shown
        self.place = places.Elsewhere(code, person_id)
        self.drafts.of = to_persian_digits(shown.told.applicant)
        self.draw()
        self.take_focus()

    def draw(self) -> None:
        """The case and its letters, or the form in their place."""
        shown = self.shown
        # While a copy of it is asked for, the case stays this one; the form has the place.
        self.ask.setVisible(self.form is None)
        self.card.setVisible(shown is not None)
        if shown is None:
            for part in (self.frame, self.empty, self.form_place):
                part.hide()
        else:
            self.card.show_case(shown)
            rows = [(each.letter_id, _cells(each)) for each in shown.told.letters]
            self.draw_rows(rows)
            self.show_parts(any_rows=bool(rows))
        self.arrange_bar()

    def _chosen(self) -> LetterElsewhere | None:
        row = self.table.row()
        letters_ = self.shown.told.letters if self.shown is not None else []
        return letters_[row] if 0 <= row < len(letters_) else None

    # The copy.

    @flow
    async def open_copy(self) -> None:
        """The form of a copy of the chosen letter, where it is in force."""
        chosen = self._chosen()
        if chosen is None or chosen.hold is not Hold.IN_FORCE or self.form is not None:
            return
        looking = partial(printing.printers, demo=self.shell.seat.desk.demo)
        printers = await Job(looking, papers=True)
        if self.form is not None or self._chosen() is not chosen:
            # Meanwhile another one was begun or chosen.
            return
        self.open_form(CopyForm(chosen.letter_id, chosen.number, printers))

    @act
    async def give(self) -> None:
        """The copy's number from the centre, the paper from the printer, and both told."""
        form, shown, seat = self.form, self.shown, self.shell.seat
        if form is None or shown is None or not form.check():
            return
        letter = next(each for each in shown.told.letters if each.letter_id == form.subject)
        password, reason = str(form.password.value()), str(form.reason.value())
        taking = partial(elsewhere.take, seat, shown, letter, reason, password)
        try:
            given = await self.acting_on(taking, line=True)
            printer = form.printer_name()
            begin = partial(elsewhere.begin_print, seat, given, printer, reason, password)
            sheet = await self.acting_on(begin, papers=True)
        except Refusal as no:
            form.refused(no)
            return
        told = to_persian_digits(_PRINTED.format(sheet.copy))
        tone: Tone = "ok"
        try:
            sending = partial(self._send, sheet, title_of(form.number, sheet.copy))
            await self.acting_on(sending, papers=True)
        except printing.NoAnswer as no:
            # What became of it is asked above; nothing of this form is sent once more.
            told, tone = no.words, "refuse"
        except Refusal as no:
            # Under the same number when it is printed next.
            form.refused(no)
            self._load_sheets()
            return
        self.drafts.done(form)
        self.close_form()
        self.shell.tell(told, tone)
        self._load_sheets()
        await self._look(shown.tracking, shown.person_id)

    def _send(self, sheet: Printing, title: str) -> None:
        """Print it, off the window's thread. Raises Refusal where none came out; NoAnswer when
        nobody knows."""
        seat = self.shell.seat
        try:
            printing.print_pdf(elsewhere.pdf_of(seat.desk, sheet), sheet.printer, title)
        except printing.NoAnswer:
            letters.doubt_print(seat.desk, sheet.print_id)
            raise
        except Refusal:
            elsewhere.end_print(seat, sheet, out=False)
            raise
        elsewhere.end_print(seat, sheet, out=True)
        printing.remember(sheet.printer)

    async def _settle(self, said: str) -> None:
        """What a person says of the sheet that is asked of."""
        sheet, seat = self._sheet, self.shell.seat
        if sheet is None:
            return
        try:
            await self.acting_on(partial(settle_sheet, seat, sheet, said))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
        self._load_sheets()

    # Keys.

    def arrange_bar(self) -> None:
        """The case, then a copy of its letter."""
        if self.bar is None or self.arrange_form(self.give):
            return
        chosen = self._chosen()
        if chosen is not None and chosen.hold is Hold.IN_FORCE:
            main = Button("نسخه از این نامه…", "main", icon="printer", keys="Ctrl+Enter")
            main.clicked.connect(self.open_copy)
        else:
            main = Button("دیدن پرونده", "main", icon="search", keys="Ctrl+Enter")
            main.clicked.connect(self.look)
        self.bar.arrange(main=main, quiets=self.quiets())


def _cells(letter: LetterElsewhere) -> list[Cell]:
    until = letter.valid_until
    return [
        named(isolate(to_persian_digits(letter.number))),
        Cell(LetterKind(letter.kind).word),
        Cell(to_persian_digits(format_jalali(letter.issued_on))),
        Cell(to_persian_digits(format_jalali(until))) if until else quiet("—"),
        Cell(chip=_HOLDS[letter.hold]),
        Cell(to_persian_digits(letter.given)) if letter.given else quiet("—"),
    ]
