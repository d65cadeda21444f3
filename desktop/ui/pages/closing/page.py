"""بستن روز: the manager's one page of the day, every number counted, signed and sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import act_drafts, day_close, office_day
from desktop.actions.office_day import Day
from desktop.domain.calendar import format_day_month, format_long, format_time
from desktop.domain.cash import Match
from desktop.domain.cash_words import NOT_COUNTED
from desktop.domain.day_counting import purses
from desktop.domain.day_register import COUNTED, Explanation
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.asked_once import AskedOnce
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.signed_form import NO_PASSWORD
from desktop.ui.pages.closing.answers import Answers
from desktop.ui.pages.closing.cards import (
    ExplainedCard,
    LettersCard,
    RefusedCard,
    RemainsCard,
    SheetsCard,
    UndoneCard,
)
from desktop.ui.pages.closing.counted import Counted, steps
from desktop.ui.pages.closing.doubts import DoubtsCard
from desktop.ui.pages.closing.money import PursesCard
from desktop.ui.pages.closing.numbers import cases, numbers
from desktop.ui.pages.closing.side import DaySide
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.charts.day_numbers import DayNumbers
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.work import Changed, Job

_OPEN = ChipLook("روز باز است", "lock-open", "neutral")
_CLOSED = ChipLook("روز بسته شد", "lock", "ok")
_WAITING = ChipLook("بسته شد، در صف ارسال", "cloud-upload", "neutral", "dashed")
_ROUND = Changed(sync=True)
_EMPTY, _EMPTY_BEFORE = "امروز درخواستی نبود.", "در این روز درخواستی نبود."
_THEIRS = "روز را مسئول دفتر می‌بندد، یا جانشین او در روزی که نیست."
_GAP = "شمارهٔ نامه‌ها پیوسته نیست؛ F5 را بزنید و اگر ماند با پشتیبانی تماس بگیرید."
_PASSWORD = "گذرواژه مانده است"
_NOTE = "دربارهٔ اختلاف بنویسید."


@dataclass(frozen=True)
class _Missing:
    """What hinders the close: a sentence, where it is mended, and the field it stands beside."""

    words: str
    at: QWidget | None
    field: FormField | None = None


class DayClosePage(Acting):
    """F7 goes to what is missing, digits answer a payment, F9 shows the register."""

    listens = frozenset({Kind.CASES, Kind.DAY, Kind.SYNC})
    rail = "day-close"
    side_width = 300

    place: places.DayClose

    def __init__(self, shell: Shell, place: places.DayClose) -> None:
        super().__init__(shell, place)
        self.day: Day | None = None
        self._narrow = False
        self._reading = AskedOnce(self.flow, self._read)
        self.banner = Banner("", "pay", link="بستن آن")
        self.banner.followed.connect(self._first)
        self.banner.hide()
        self.bank = Banner("", "pay", icon="clock", link="صندوق آن روز")
        self.bank.followed.connect(self._to_bank)
        self.bank.hide()
        self.done = Banner("", "ok")
        self.done.hide()
        self.stands = Banner("", "neutral")
        self.stands.hide()
        self.numbers = DayNumbers()
        self.numbers.opened.connect(self._open_number)
        self.purses = PursesCard()
        self.doubts, self.explained = DoubtsCard(), ExplainedCard()
        self.explained.hide()
        self.refused = RefusedCard()
        self.refused.hide()
        self.undone = UndoneCard()
        self.undone.hide()
        self.sheets, self.letters, self.remains = SheetsCard(), LettersCard(), RemainsCard()
        self.note = Prose(max_length=500, lines=1)
        self.note_field = FormField("توضیح مسئول دفتر", self.note, key="note", optional=True)
        self.answers = Answers(self)
        self.panel = DaySide()
        self.side = self.panel
        fields = [*self.purses.fields.values(), self.purses.later_field, *self.sheets.fields]
        self.form = CardForm(self, "close-day", "بستن روز", [*fields, self.note_field])
        self.form.typed.know("answers", self.answers, "پاسخ‌های اختلاف")
        self.form.typed.laid.connect(self._tell)
        self.drafts = ActDrafts(self, act_drafts.DAY)
        self._cards = Row(self.sheets, self.letters, self.remains, gap=12)
        self._build()
        self._listen()
        self.cover = PaperCover(shell.work, self)
        self.set_heading(Heading("بستن روز"))

    def _build(self) -> None:
        self._scroller = Scroller(gap=10, margins=(10, 20, 10, 20))
        for widget in (
            self.banner,
            self.bank,
            self.done,
            self.stands,
            self.form.earlier,
            self.numbers,
            self.purses,
        ):
            self._scroller.add(widget)
        self._scroller.add(self.doubts)
        self._scroller.add(self.explained)
        self._scroller.add(self.refused)
        self._scroller.add(self.undone)
        self._scroller.content.addLayout(self._cards)
        for at in range(3):
            self._cards.setStretch(at, 1)
        self._scroller.add(self.note_field)
        self.setLayout(Column(self._scroller, gap=0))
        EnterMoves(self).finished.connect(self._to_password)

    def _listen(self) -> None:
        for edited in (self.purses.edited, self.sheets.edited, self.note_field.edited):
            edited.connect(self._tell)
        self.answers.edited.connect(self._tell)
        self.doubts.said.connect(self._say)
        self.doubts.said_of_all.connect(self._say_of_all)
        for card in (self.doubts, self.explained, self.undone):
            card.opened.connect(lambda case_id: self.shell.go(places.Case(case_id)))
        for told in (self.doubts, self.refused):
            told.settled.connect(lambda case_id: self.shell.go(places.Case(case_id)))
        self.doubts.till.connect(self._to_till)
        self.panel.finished.connect(self.close_day)
        self.panel.asked.connect(self.show_register)
        self.panel.moved.connect(self.go_on)
        self.remains.followed.connect(self.shell.go)

    # Loading and showing.

    def enter(self) -> None:
        """The day as it stands; the keys go to what is missing first."""
        self.drafts.load()
        self.setFocus()
        self._load()

    def leave(self) -> None:
        """What was counted and written is kept, by its day; the password is not."""
        self.panel.password.set_value("")
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """Money came, a letter was printed; of a round that brought nothing only a close that waits
        for the centre has something to tell."""
        closed = self.day.closed if self.day is not None else None
        if changed != _ROUND or (closed is not None and closed.waiting):
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the three cards stand one below the other, the steps behind F7."""
        self._narrow = narrow
        ways = Row.Direction
        self._cards.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._arrange()

    def _load(self) -> None:
        """Read the day; what changes while it is read is read once more after it."""
        self._reading.ask()

    async def _read(self) -> None:
        job = partial(office_day.look, self.shell.seat, self.place.day)
        try:
            # As long as the day: the store's own thread is for what others wait for.
            self._show(await Job(job, papers=True))
        except Refusal as no:
            self._refused(no)

    def _show(self, day: Day) -> None:
        before, self.day = self.day, day
        again = before is not None and before.day == day.day
        closed = day.closed
        if closed is None and day.may:
            self._keep_typed(day, again=again)
        else:
            self.drafts.close(self.form)
        open_ = {entry.name for entry in day.book.entries if entry.match is not Match.VOIDED}
        self.answers.keep_among({*open_, *(doubt.name for doubt in day.carried)})
        self._show_heading(day)
        self.shell.show_count(self.rail, len(day.to_close))
        self._show_banners(day)
        figures = closed.register.figures if closed is not None else day.figures
        self.numbers.set_numbers(numbers(figures))
        letters = closed.register.letters if closed is not None else day.letters
        self.letters.show_letters(letters, () if closed is not None else day.gaps)
        self.remains.show_figures(figures)
        self.explained.show_explained(closed.register.explained if closed is not None else ())
        self.refused.show_refused(closed.register.refused if closed is not None else ())
        self.undone.show_undone(closed.register.undone if closed is not None else day.undone)
        if closed is not None:
            self.sheets.show_closed(closed.register.sheets)
        self.panel.show_day(day)
        self._tell()
        if before is None and self.hasFocus():
            self.go_on()

    def _keep_typed(self, day: Day, *, again: bool) -> None:
        """What is typed for a day is kept for that day."""
        if again:
            return
        self.drafts.close(self.form)
        self.form.typed.restart()
        for tool, amount in day.counted.items():
            self.purses.counts[tool].set_value(amount)
        self.sheets.show_begin(day.last.register.sheets.left if day.last is not None else None)
        self.sheets.show_came(day.sheets)
        self.form.typed.is_begun = False
        self.form.subject = day.day.isoformat()
        self.form.heading = f"بستن روز {format_day_month(day.day)}"
        self.drafts.of = "بستن روز"
        self.drafts.follow(self.form)

    def _show_heading(self, day: Day) -> None:
        chip = _OPEN
        if day.closed is not None:
            chip = _WAITING if day.closed.waiting else _CLOSED
        self.set_heading(Heading("بستن روز", format_long(day.day), chip))

    def _show_banners(self, day: Day) -> None:
        self.banner.setVisible(bool(day.unclosed) and day.may)
        if day.unclosed:
            words = f"{format_long(day.unclosed[0])} بسته نشده است؛ نخست آن را ببندید."
            self.banner.set_words(words)
        self.bank.setVisible(bool(day.banks) and day.may)
        if day.banks:
            self.bank.set_words(f"بانک {format_long(day.banks[-1])} هنوز سنجیده نشده است.")
        self.done.setVisible(day.closed is not None)
        if day.closed is not None:
            at = format_time(day.closed.register.closed_at)
            self.done.set_words(f"روز بسته شد، {at}، {day.closed.by}.")
        words = ""
        if day.closed is None and not day.may:
            words = _THEIRS
        elif day.closed is None and not day.figures.received and not day.book.entries:
            words = _EMPTY if day.day == day.today else _EMPTY_BEFORE
        self.stands.setVisible(bool(words))
        self.stands.set_words(words)

    # What is typed.

    def counted(self) -> Counted:
        """What was counted and explained so far."""
        day = self.day
        return Counted(
            sums=self.purses.counted(),
            bank_later=bool(self.purses.later.value()),
            answers=dict(self.answers.said),
            sheets=self.sheets.sheets(day.printed) if day is not None else None,
            note=self.note.value().strip(),
        )

    def _say(self, name: str, answer: str) -> None:
        self.answers.say(name, Explanation(answer) if answer else None)

    def _say_of_all(self, answer: str) -> None:
        """One answer for every payment that must have one and has none."""
        if self.day is not None:
            said = Explanation(answer)
            fitting = [e for e in self.counted().unanswered(self.day) if said in e.answers]
            self.answers.say_of([each.name for each in fitting], said)

    def _tell(self) -> None:
        """What is typed has changed: differences, steps and the bar say so."""
        day = self.day
        if day is None:
            return
        closed = day.closed
        counting = closed is None and day.may
        if closed is not None:
            shown = closed.register.purses
            counts = {tool: closed.register.lacking(tool) for tool in COUNTED}
            found = {tool: closed.register.found(tool) for tool in COUNTED}
        else:
            typed = self.counted()
            shown = purses(day.book.entries, typed.sums if counting else {})
            counts, found = typed.lacking_payments(day), typed.found_payments(day)
        self.purses.show_purses(shown, counts, found, counting=counting)
        if not counting:
            # Hidden and shown again, the keys that stand on an answer would be thrown out.
            self.doubts.hide()
        if counting:
            self.sheets.show_day(day.printed)
            self.doubts.show_doubts(day, self.purses.counted(), self.answers.said)
            self.panel.show_steps(steps(day, self.counted()))
        elif closed is None:
            self.sheets.hide()
        self.note_field.setVisible(counting)
        for field in (self.note_field, *self.purses.fields.values(), *self.sheets.fields):
            if field.error():
                field.set_error(None)
        self._arrange()

    def _missing(self, day: Day) -> Iterator[_Missing]:
        """What hinders the close, in the order of the page."""
        typed = self.counted()
        for tool, line in self.purses.counts.items():
            if not typed.has(tool):
                yield _Missing(NOT_COUNTED, line, self.purses.fields[tool])
        if typed.unanswered(day):
            yield _Missing("دربارهٔ پرداخت پاسخی برگزینید.", self.doubts.next_open())
        for field in (self.sheets.begin, self.sheets.left):
            if not field.value():
                yield _Missing("شمار برگه‌ها را وارد کنید.", field.control, field)
        if typed.wants_note(day):
            yield _Missing(_NOTE, self.note, self.note_field)
        if day.gaps:
            yield _Missing(_GAP, None)

    # The bar and the keys.

    def _arrange(self) -> None:
        day = self.day
        if self.bar is None or day is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets, seconds = [back], list[Button]()
        if not self._narrow:
            earlier = Button("روزهای پیش", "quiet", icon="history", tall=True)
            earlier.clicked.connect(lambda: self.shell.go(places.Registers("days")))
            numbers = Button("برگه‌های سربرگ", "quiet", icon="notes", tall=True)
            numbers.clicked.connect(lambda: self.shell.go(places.StampedSheets()))
            quiets += [earlier, numbers]
        sentence = ""
        if day.closed is not None:
            main = Button("چاپ دفتر روز", "main", icon="printer", keys="Ctrl+Enter", also="F8")
            main.clicked.connect(self.show_register)
        elif day.may:
            main = Button("امضا و بستن روز", "main", icon="rubber-stamp", keys="Ctrl+Enter")
            main.clicked.connect(self.close_day)
            draft = Button("چاپ پیش‌نویس", "quiet", icon="printer", keys="F8", tall=True)
            draft.clicked.connect(self.show_register)
            quiets.insert(1, draft)
            missing = sum(1 for _ in self._missing(day))
            sentence = to_persian_digits(f"{missing} مورد مانده است") if missing else _PASSWORD
        else:
            main = Button("صندوق", "main", icon="cash-banknote", keys="Ctrl+Enter")
            main.clicked.connect(self._to_till)
        if self._narrow:
            words = "گام‌ها" if day.closed is None else "دفتر روز"
            more = Button(words, "quiet", keys="F7", tall=True)
            more.clicked.connect(self.shell.show_summary)
            quiets.append(more)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)

    def press(self, key: str) -> bool:
        """Esc takes the paper away; F7 goes on, digits answer."""
        if key == "Esc":
            return self.cover.close_cover()
        if key == "F5":
            self._load()
            return True
        if key == "F9" and not self.cover.isVisible():
            # Its button stands in the panel, which a narrow window has not beside the page.
            self.show_register()
            return True
        if key == "F7" and not self._narrow and not self.cover.isVisible():
            return self.go_on()
        if key.isdecimal() and self.doubts.isVisible():
            return self.doubts.press(int(key))
        return False

    def go_on(self) -> bool:
        """To what is missing next, after the password; whether there is a day to close."""
        day = self.day
        if day is None or day.closed is not None or not day.may:
            return False
        first = next((each for each in self._missing(day) if each.at is not None), None)
        self._go_to(first.at if first is not None and first.at is not None else self.panel.password)
        return True

    def _go_to(self, widget: QWidget) -> None:
        if widget is self.panel.password and not self.panel.isVisible():
            self.shell.show_summary()
        elif widget is not self.panel.password and self._narrow:
            self.shell.show_summary(shown=False)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(widget)

    def _to_password(self) -> None:
        self._go_to(self.panel.password)

    def _to_till(self) -> None:
        self.shell.go(places.Till(self.day.day if self.day is not None else None))

    def _to_bank(self) -> None:
        """The till of the first day whose bank was put off."""
        if self.day is not None and self.day.banks:
            self.shell.go(places.Till(self.day.banks[-1]))

    def _open_number(self, index: int) -> None:
        if self.day is not None:
            self.shell.go(cases(self.day.day)[index])

    def _first(self) -> None:
        """The first day that is not closed."""
        if self.day is not None and self.day.unclosed:
            self.shell.instead(places.DayClose(self.day.unclosed[0]))

    def show_register(self) -> None:
        """The register as it was sealed, or as it would be."""
        day, seat = self.day, self.shell.seat
        if day is None:
            return
        self.shell.show_summary(shown=False)
        if day.closed is not None:
            title = f"دفتر روز {format_day_month(day.day)}"
            self.cover.show_paper(title, partial(day_close.sealed, seat, day.closed))
            return
        said, missing = self.counted().said, next(self._missing(day), None)
        if missing is not None or said is None:
            self._refuse_early(missing)
            return
        self.cover.show_paper("پیش‌نویس دفتر روز", partial(day_close.draft, seat, day, said))

    def _refuse_early(self, missing: _Missing | None) -> None:
        if missing is None:
            return
        if missing.at is not None:
            self._go_to(missing.at)
        if missing.field is not None:
            missing.field.set_error(missing.words)
        else:
            self.shell.tell(missing.words, "pay" if missing.at is not None else "refuse")

    @act
    async def close_day(self) -> None:
        """Sign and seal; what is missing is told beside its cause first."""
        day = self.day
        if day is None or day.closed is not None or not day.may:
            return
        if day.unclosed:
            self._first()
            return
        missing, said = next(self._missing(day), None), self.counted().said
        if missing is not None or said is None:
            self._refuse_early(missing)
            return
        password = self.panel.password.value()
        if not password:
            self._go_to(self.panel.password)
            self.panel.refuse(NO_PASSWORD)
            return
        seat = self.shell.seat
        try:
            close = partial(day_close.close_day, seat, password, day.day, said)
            await self.acting_on(self.drafts.ending(self.form, close), papers=True)
        except Refusal as no:
            self._refused(no)
            return
        self.panel.password.set_value("")
        self.drafts.done(self.form)
        self.answers.said = {}
        self.shell.show_summary(shown=False)
        self._show(await Job(partial(office_day.look, seat, day.day), papers=True))
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.OtherFocusReason)
        # However far down the last answer stood, that it is done is seen.
        bring_into_sight(self.done)

    def _refused(self, no: Refusal) -> None:
        if no.field == "password":
            self._go_to(self.panel.password)
            self.panel.refuse(no.words)
        elif no.field == "note":
            self._go_to(self.note)
            self.note_field.set_error(no.words)
        else:
            self.shell.tell(no.words, "refuse")
