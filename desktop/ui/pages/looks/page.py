"""بازبینی: an instant answer beside its record and its reasons, looked at one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import board, letters, second_looks
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.lot import DRAW
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import ANSWERED
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell, flow
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.unfinished import UnfinishedActs
from desktop.ui.pages.case.why_card import reasons_of
from desktop.ui.pages.looks import words
from desktop.ui.pages.looks.head import LookHead
from desktop.ui.pages.looks.look_back import LookBackForm
from desktop.ui.pages.looks.parts import LetterPane, ListPane, PartCard, add_whole_key
from desktop.ui.pages.looks.rows import ReasonRow, RecordTable
from desktop.ui.pages.municipality.queue import office_words
from desktop.ui.standing.chips import chip_of_case
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job
from desktop.wire.second_looks import LookRecordAnswer, PatternBody, SecondLooksAnswer

_SHARES = (33, 33, 34)
# Of the width, how much the letter has beside its record where it is read.
_WHOLE = (63, 37)
_PUT_OFF = "بقیه را برای بعد گذاشته‌اید"
_OWN = "آنچه مانده از آنِ خودتان است"
_OWN_MORE = "پاسخی که در آن دست داشته‌اید، ناظر دیگری می‌بیند."
_NO_LINE = "بازبینی به خط نیاز دارد"
_NO_RECORD = "این پاسخ بر سابقهٔ ملکی مبتنی نیست."
_LOST = "سابقهٔ این ملک در سوابق آن روز پیدا نشد؛ پاسخ را با ایراد برگردانید."
_TOLD = {True: "«درست است» ثبت شد", False: "ایراد ثبت شد"}


@dataclass(frozen=True)
class Looked:
    """What is looked at: the case, its service, the record beside its letter, the letter's PDF."""

    case: Case
    service: Service | None
    record: LookRecordAnswer
    pdf: bytes


class SecondLookPage(Acting):
    """۱ ۲ ۳ go to the parts, F9 shows the letter as large as it is read.

    The main key never changes its word: before all was seen it leads to what was not.
    """

    place: places.SecondLook

    listens = frozenset({Kind.SYNC})
    rail = "second-look"

    def __init__(self, shell: Shell, place: places.SecondLook) -> None:
        super().__init__(shell, place)
        self.told: SecondLooksAnswer | None = None
        self.shown: Looked | None = None
        self.form: LookBackForm | None = None
        self.drafts: ActDrafts | None = None
        self.narrow = self.whole = self._down = False
        self.head = LookHead()
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.pattern = Banner("", "refuse", icon="alert-triangle", link="دیدن قاعده")
        self.pattern.hide()
        self.pattern.followed.connect(self._open_rule)
        self._rule: PatternBody | None = None
        self.unfinished = UnfinishedActs(shell.now)
        self.unfinished.resumed.connect(lambda _: self.challenge())
        self.unfinished.dropped.connect(lambda name: self.drafts and self.drafts.drop(name))
        self.letter = PartCard(1, "نامه", LetterPane(shell.work))
        self.record = PartCard(2, "سوابق", ListPane("سوابق"))
        self.reasons = PartCard(3, "دلیل‌ها", ListPane("دلیل‌ها"))
        self.whole_key = add_whole_key(self.letter)
        self.whole_key.clicked.connect(lambda: self.show_whole(not self.whole))
        for part in self.parts:
            part.read.connect(self._seen_more)
        self.tabs = Tabs([part.title for part in self.parts])
        self.tabs.changed.connect(lambda _: self._turn())
        self._row = Row(*self.parts, gap=12)
        self._side_by_side = QWidget()
        beside = Column(self.tabs, gap=8)
        beside.addLayout(self._row, 1)
        self._side_by_side.setLayout(beside)
        self.empty = EmptyState("", "", icon="eye-check")
        self._nothing = QWidget()
        nothing = Column(self.empty, gap=0)
        nothing.addStretch(1)
        self._nothing.setLayout(nothing)
        self._form_place = Scroller(gap=10, margins=(2, 0, 14, 0))
        self.body = QStackedWidget()
        for each in (self._side_by_side, self._nothing, self._form_place):
            self.body.addWidget(each)
        column = Column(self.fault, self.pattern, self.head, self.unfinished, gap=10)
        column.set_margins((12, 20, 12, 20))
        column.addWidget(self.body, 1)
        self.setLayout(column)
        self.set_heading(Heading("بازبینی"))
        self.unfinished.hide()
        self._arrange_parts()
        self._show_nothing("", "")

    @property
    def parts(self) -> tuple[PartCard, PartCard, PartCard]:
        """Letter, record, reasons."""
        return self.letter, self.record, self.reasons

    # Loading.

    def enter(self) -> None:
        """Ask for what waits, and for the answer that is looked at."""
        self.setFocus()
        self.load()

    def refresh(self, changed: Changed) -> None:
        """How far the sample is; the answer on screen stays."""
        if self.shown is None:
            self.load()
        else:
            self._ask_how_far()

    @flow
    async def load(self) -> None:
        """What waits, then the answer."""
        seat = self.shell.seat
        ask = partial(second_looks.waiting, seat, self.place.later)
        try:
            self._tell_waiting(await Job(ask, line=True))
            case_id = self.place.case_id or (self.told.case_id if self.told else "")
            looked = await Job(partial(_looked, seat, case_id), line=True) if case_id else None
        except Refusal as no:
            self._down = True
            self.fault.set_words(no.words)
            self.fault.show()
            if self.shown is None:
                self._show_nothing(_NO_LINE, "نامه، سوابق و دلیل‌ها از مرکز می‌آید.")
            return
        self._down = False
        self.fault.hide()
        if looked is None:
            self._tell_ended()
        elif looked.record.hindered:
            self._show_nothing("این پاسخ را شما بازبینی نمی‌کنید", looked.record.hindered)
        elif looked.case.looked is not None or looked.case.state not in ANSWERED:
            self._show_nothing("این پاسخ دیگر بازبینی نمی‌خواهد", "پاسخ بعدی را ببینید.")
        else:
            self._show(looked)

    @flow
    async def _ask_how_far(self) -> None:
        ask = partial(second_looks.waiting, self.shell.seat, self.place.later)
        try:
            self._tell_waiting(await Job(ask, line=True))
        except Refusal:
            # The answer on screen can be read to its end; the act says by itself what it lacks.
            return

    def _tell_waiting(self, told: SecondLooksAnswer) -> None:
        self.told = told
        self.head.tell(told)
        self.shell.show_count(self.rail, told.due_drawn + told.due_weighed)
        self._rule = next(iter(told.patterns), None)
        self.pattern.setVisible(self._rule is not None)
        if self._rule is not None:
            self.pattern.set_words(words.pattern_words(self._rule))

    def _open_rule(self) -> None:
        rule = self._rule
        if rule is not None:
            self.shell.go(places.ServiceVersion(rule.service, rule.version))

    def _tell_ended(self) -> None:
        told = self.told
        if told is None:
            return
        if told.due_drawn + told.due_weighed == 0:
            self._show_nothing(words.ended_words(told), words.correctness_line(told))
        elif self.place.later:
            self._show_nothing(_PUT_OFF, words.left_words(told))
        else:
            self._show_nothing(_OWN, _OWN_MORE)

    # What is shown.

    def _show_nothing(self, title: str, detail: str) -> None:
        self.shown = None
        self.empty.say(title, detail)
        self.empty.setVisible(bool(title))
        self.head.say_why("")
        self.body.setCurrentWidget(self._nothing)
        self.set_heading(Heading("بازبینی"))
        self.arrange()

    def _show(self, looked: Looked) -> None:
        case = looked.case
        self.shown = looked
        self.returns_to = places.SecondLook(case.case_id, self.place.later)
        title = looked.service.title if looked.service else case.request.service
        office, number = office_words(case.request.tracking), _number(case)
        second = f"{title}، {office}، {number}" if not self.narrow else office
        self.set_heading(Heading("بازبینی", second, chip_of_case(case)))
        self.head.say_why(words.why_words(case), risky=case.sampled not in ("", DRAW))
        if isinstance(self.letter.pane, LetterPane):
            self.letter.pane.set_pdf(looked.pdf)
        self._fill_record(looked.record)
        self._fill_reasons(case)
        self.drafts = ActDrafts(self, case.case_id)
        self.drafts.of = f"{title}، {to_persian_digits(case.request.party.name)}"
        self.drafts.rev = case.rev
        self.drafts.changed.connect(self._tell_unfinished)
        self.drafts.load()
        self.body.setCurrentWidget(self._side_by_side)
        self.arrange()
        self.go_to(self.letter)
        if self.place.act == LookBackForm.name:
            self.challenge()

    def _fill_record(self, record: LookRecordAnswer) -> None:
        pane = self.record.pane
        if not isinstance(pane, ListPane):
            return
        clear(pane.content)
        if record.values:
            pane.add(RecordTable(record.values))
        else:
            pane.add(_alone(_NO_RECORD if record.as_of is None else _LOST))
        day = isolate(format_jalali(record.as_of)) if record.as_of else ""
        self.record.say_below(f"سوابق {day}، روز صدور" if day else "")

    def _fill_reasons(self, case: Case) -> None:
        pane, decision = self.reasons.pane, case.decision
        if not isinstance(pane, ListPane) or decision is None:
            return
        clear(pane.content)
        risky = words.nearest(case) if case.sampled == "boundary" else ""
        ordered = [*decision.failing, *(each for each in decision.findings if each.passed)]
        rows = [
            ReasonRow(reason, risky=finding.gate == risky)
            for finding, reason in zip(ordered, reasons_of(decision), strict=True)
        ]
        # What is near its boundary is what this answer was taken for: it comes first.
        rows.sort(key=lambda row: not row.risky)
        for number, row in enumerate(rows):
            if number:
                pane.add(Hairline())
            pane.add(row)

    def _tell_unfinished(self) -> None:
        if self.drafts is not None:
            self.unfinished.show_drafts(self.drafts.unfinished(), lambda _: self.form is None)

    # Parts.

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: one part at a time."""
        self.narrow = narrow
        self.head.set_narrow(narrow=narrow)
        self._arrange_parts()
        self.arrange()

    def _arrange_parts(self) -> None:
        self.tabs.setVisible(self.narrow)
        one = self.parts[self.tabs.current()]
        for number, part in enumerate(self.parts):
            hidden = (self.narrow and part is not one) or (
                not self.narrow and self.whole and part is self.reasons
            )
            part.setVisible(not hidden)
            part.set_headed(not self.narrow)
            share = (*_WHOLE, 0)[number] if self.whole else _SHARES[number]
            self._row.setStretch(number, share)
        self.whole_key.setVisible(not self.narrow)
        icon = "zoom-out" if self.whole else "zoom-in"
        self.whole_key.set_words("سه بخش" if self.whole else "تمام‌صفحه", icon=icon)

    def _turn(self) -> None:
        self._arrange_parts()
        if self.narrow and not self.tabs.hasFocus():
            self.parts[self.tabs.current()].pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_whole(self, whole: bool) -> None:
        """The letter large beside its record, or the three parts again."""
        self.whole = whole
        self._arrange_parts()
        self.go_to(self.letter)

    def go_to(self, part: PartCard) -> None:
        """Give the part the keys, where it can be read."""
        if self.narrow:
            self.tabs.set_current(self.parts.index(part))
        elif self.whole and part is self.reasons:
            self.whole = False
            self._arrange_parts()
        part.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """The letter, while one is shown."""
        if self.shown is not None and self.form is None:
            self.go_to(self.letter)
        else:
            self.setFocus()

    def unseen(self) -> PartCard | None:
        """The first part that was not seen."""
        return next((part for part in self.parts if not part.seen), None)

    def _seen_more(self) -> None:
        for number, part in enumerate(self.parts):
            self.tabs.set_words(number, f"{part.title}، دیده شد" if part.seen else part.title)
        # Keys that are made anew under somebody's hand would flicker.
        if self.bar is not None and self.form is None:
            self.bar.say(self._seen_words())

    # Acts.

    def arrange(self) -> None:
        """Main: it is right; where nothing is shown, the next or the board."""
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        if self.form is not None:
            form = self.form
            main = Button(form.button, "main", icon=form.icon, keys="Ctrl+Enter")
            main.clicked.connect(self.send_challenge)
            back.clicked.connect(self.close_challenge)
            self.bar.arrange(main=main, quiets=[back])
            return
        back.clicked.connect(self.shell.back)
        if self.shown is None:
            self._arrange_empty(back)
            return
        main = Button("درست است", "main", icon="check", keys="Ctrl+Enter")
        main.clicked.connect(self.confirm)
        wrong = Button("ایراد دارد…", icon="arrow-back-up", tall=True)
        wrong.clicked.connect(self.challenge)
        later = Button("بعداً", "quiet", icon="clock", tall=True)
        later.clicked.connect(self.put_off)
        sentence = self._seen_words()
        self.bar.arrange(main=main, seconds=[wrong], quiets=[back, later], sentence=sentence)

    def _seen_words(self) -> str:
        seen = sum(part.seen for part in self.parts)
        return to_persian_digits(f"{seen} از ۳ بخش دیده شد")

    def _arrange_empty(self, back: Button) -> None:
        """Whatever is left: the next one, those put off, or the city's day."""
        told = self.told
        more = told is not None and told.due_drawn + told.due_weighed > told.own
        if self._down:
            main = Button("تلاش دوباره", "main", icon="refresh", keys="Ctrl+Enter")
            main.clicked.connect(self.load)
        elif more:
            main = Button("پاسخ بعدی", "main", icon="arrow-left", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.instead(places.SecondLook()))
        else:
            main = Button("وضعیت شهر", "main", icon="chart-bar", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(places.CityDay()))
        if self.bar is not None:
            self.bar.arrange(main=main, quiets=[back])

    def put_off(self) -> None:
        """Another one first; this one stays due."""
        if self.shown is not None:
            later = (*self.place.later, self.shown.case.case_id)
            self.shell.instead(places.SecondLook(later=later))

    @act
    async def confirm(self) -> None:
        """It is right, once all three were seen; else to what was not."""
        looked = self.shown
        if looked is None:
            return
        part = self.unseen()
        if part is not None:
            self._lead_to(part)
            return
        right = partial(second_looks.look_again, self.shell.seat, looked.case, right=True)
        await self._done(looked.case, right, right=True)

    def _lead_to(self, part: PartCard) -> None:
        pane = part.pane
        if isinstance(pane, LetterPane) and not self.narrow and not pane.legible:
            self.show_whole(True)
        self.go_to(part)
        if self.bar is not None:
            self.bar.tell(f"«{part.title}» را تا پایان ببینید.")

    def challenge(self) -> None:
        """Ask what is wrong."""
        looked = self.shown
        if looked is None or self.drafts is None:
            return
        form = LookBackForm(looked.case, [each.label for each in looked.record.values])
        form.errors.jump.connect(lambda key: self._form_place.bring(form.fields[key]))
        self.form = form
        self._form_place.add(form)
        self.body.setCurrentWidget(self._form_place)
        self.arrange()
        first = form.first()
        if first is not None:
            first.setFocus()
        self.drafts.follow(form)

    def close_challenge(self) -> None:
        """Back to the parts; what was typed is kept."""
        if self.stays():
            return
        form, self.form = self.form, None
        if form is not None and self.drafts is not None:
            self.drafts.close(form)
        clear(self._form_place.content)
        self.body.setCurrentWidget(self._side_by_side)
        self.arrange()
        self.take_focus()

    @act
    async def send_challenge(self) -> None:
        """It is wrong, and so."""
        form, looked = self.form, self.shown
        if form is None or looked is None or not form.check():
            return
        await self._done(looked.case, form.job(self.shell.seat), right=False)

    async def _done(self, case: Case, job: Callable[[], None], *, right: bool) -> None:
        form, drafts = self.form, self.drafts
        try:
            if form is not None and drafts is not None:
                drafts.sent(form, await self.acting_on(drafts.sending(form, job)))
                self.form = None
            else:
                await self.acting_on(job)
        except Refusal as no:
            if form is not None and drafts is not None:
                drafts.refused(form, no)
            else:
                self.shell.tell(no.words, "refuse")
            return
        # Until the centre has taken it, it still waits there: it is not served again.
        later = (*self.place.later, case.case_id)
        self.shell.instead(places.SecondLook(later=later))
        # What one chose oneself is not in the count that the page goes on to show.
        why = "" if case.sampled else "؛ در آمار درستی شمرده نمی‌شود"
        self.shell.tell(f"{_TOLD[right]}{why}.")

    def leave(self) -> None:
        """What is typed is kept."""
        if self.drafts is not None:
            self.drafts.leave()

    def press(self, key: str) -> bool:
        """The parts by their numbers; Esc puts away what stands open."""
        if key in ("1", "2", "3") and self.shown is not None and self.form is None:
            self.go_to(self.parts[int(key) - 1])
            return True
        if key == "Esc" and self.form is not None:
            self.close_challenge()
            return True
        if key == "Esc" and self.whole:
            self.show_whole(False)
            return True
        return False


def _looked(seat: Seat, case_id: str) -> Looked:
    """All that is shown of an answer. Raises LineDown, Refusal."""
    record = second_looks.record(seat, case_id)
    case, _ = board.municipal_case(seat, case_id)
    service = board.service_of(seat.desk, case)
    held = _letter(case)
    return Looked(case, service, record, _drawn(seat, held) if held is not None else b"")


def _letter(case: Case) -> CaseLetter | None:
    """The answer's letter, in force or not."""
    answers = [held for held in case.letters if held.letter.kind is not LetterKind.DEBT]
    return answers[-1] if answers else None


def _drawn(seat: Seat, held: CaseLetter) -> bytes:
    """The letter as it was released, else its proof."""
    if held.release is not None:
        return letters.kept(seat.desk, held)
    return letters.proof(held.letter)


def _number(case: Case) -> str:
    held = _letter(case)
    return isolate(to_persian_digits(held.letter.number)) if held is not None else ""


def _alone(told: str) -> QWidget:
    holder = QWidget()
    holder.setLayout(Row(Label(told, role="text2", wrap=True), margins=(12, 14, 12, 14)))
    return holder
