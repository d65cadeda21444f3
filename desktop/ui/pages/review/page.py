"""The expert's page: his queue at the right, the papers in the middle, the decision at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.actions import board, reviewing
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.state import AWAITS_REPLY, State
from desktop.domain.ties import Tie
from desktop.domain.words import OUTCOMES
from desktop.ui import places, theme
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.acts.unfinished import UnfinishedActs
from desktop.ui.pages.case.items import ItemActs, show_items
from desktop.ui.pages.commissions.forms import CommissionForm
from desktop.ui.pages.municipality.consult_forms import ConsultForm
from desktop.ui.pages.municipality.gate_rows import failing
from desktop.ui.pages.municipality.leading import ON_FILE, page_of
from desktop.ui.pages.municipality.report_paper import ReportCover
from desktop.ui.pages.review.aside_forms import RefuseForm, ReturnForm
from desktop.ui.pages.review.case_file import EVENTS, RECORD, TITLES, CaseFile
from desktop.ui.pages.review.decision_form import DecisionForm
from desktop.ui.pages.review.own_queue import OwnQueue
from desktop.ui.pages.review.pass_on_form import PassOnForm
from desktop.ui.pages.review.shown import ShownFile, looked_at
from desktop.ui.pages.signing.draft_pane import DraftCover
from desktop.ui.persian_keys import sequences
from desktop.ui.soon import soon
from desktop.ui.standing.chips import chip_of_case
from desktop.ui.standing.happenings import log_of
from desktop.ui.standing.lines import whole_code
from desktop.ui.standing.next_act import NEXT_CASE
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_QUEUE_WIDE, _PAPERS_WIDE, _DECISION_WIDE, _LEAST = 196, 508, 418, 300
_ANY = 16_777_215  # Qt's own «no limit» of a width
_NO_LETTER = "پرونده برای مدرک به دفتر برمی‌گردد؛ نامه‌ای از آن برنمی‌آید."
_NO_LINE = "میز شهرداری به خط نیاز دارد؛ نظر نوشته‌شده نگه داشته شد."


class ReviewPage(LeadsRows, Acting):
    """A case in review; what is typed stays while the middle shows another part of the file."""

    place: places.ReviewFile

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "queue"
    begins_flush = True
    leads_with = Qt.KeyboardModifier.AltModifier

    def __init__(self, shell: Shell, place: places.ReviewFile) -> None:
        super().__init__(shell, place)
        self.case_id = place.case_id
        # Until the frame tells: the columns of a wide window would push a narrow one wider.
        self.narrow = True
        self._loaded: ShownFile | None = None
        self.main_form: ActForm | None = None
        self.form: ActForm | None = None
        self._acted = self._down = False
        self._acted_rev = 0
        self._made: tuple[str, ...] = ()
        self.drafts = ActDrafts(self, place.case_id)
        self.queue = OwnQueue()
        self.queue.opened.connect(self._open_other)
        self.file = CaseFile(shell.work)
        self.report = ReportCover(shell, self)
        self.draft = DraftCover(shell.work, self)
        self.file.visit.printed.connect(self._print_report)
        self.file.opened.connect(lambda other: self.shell.go(places.MunicipalCase(other)))
        self.changed_line = Banner("", "pay", icon="refresh", link="دیدن")
        self.changed_line.followed.connect(lambda: self.file.open(EVENTS))
        self.changed_line.hide()
        self.items = Column(gap=8)
        self.drafts.changed.connect(self._tell_unfinished)
        self.unfinished = UnfinishedActs(shell.now)
        self.unfinished.resumed.connect(self._resume)
        self.unfinished.dropped.connect(self.drafts.drop)
        self.left = Label("", "small", "text2", elide=True)
        self.passed = Link("")
        self.passed.clicked.connect(lambda: self.file.open(RECORD))
        self.decision = Scroller(gap=8, margins=(8, 20, 12, 12))
        self._build()
        for number in range(len(TITLES)):
            self._bind(f"Alt+{number + 1}", partial(self.file.open, number))
        theme.notifier().changed.connect(self._size)
        self._size()
        self.arrange()

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys(sequences(keys))
        shortcut.activated.connect(act)

    def _build(self) -> None:
        title = Row(gap=8, margins=(10, 20, 0, 12))
        title.addWidget(Label("تصمیم", "section", weight=700))
        title.addWidget(self.left, 1)
        title.addWidget(self.passed)
        self._decision = QWidget()
        left = Column(gap=0)
        left.addLayout(title)
        left.addWidget(self.decision, 1)
        self._decision.setLayout(left)
        columns = self._columns = Row(gap=0)
        columns.addWidget(self.queue)
        self._edge = Hairline(upright=True)
        columns.addWidget(self._edge)
        columns.addWidget(self.file, _PAPERS_WIDE)
        columns.addWidget(Hairline(upright=True))
        columns.addWidget(self._decision, _DECISION_WIDE)
        whole = Column(self.changed_line, gap=0)
        whole.addLayout(self.items)
        whole.addWidget(self.unfinished)
        whole.addLayout(columns, 1)
        self.setLayout(whole)
        self.setAccessibleName("پرونده نزد کارشناس")

    def _size(self) -> None:
        """The queue folds away where the window is narrow; papers and decision share the rest."""
        self.queue.setFixedWidth(theme.px(_QUEUE_WIDE))
        # An empty list beside an open case only takes room from its papers.
        stands = not self.narrow and self.queue.count > 0
        self.queue.setVisible(stands)
        self._edge.setVisible(stands)
        # Where the queue is away the decision takes as much as the papers.
        self._decision.setMinimumWidth(theme.px(_LEAST))
        self._decision.setMaximumWidth(_ANY if self.narrow else theme.px(_DECISION_WIDE))
        share = _PAPERS_WIDE if self.narrow else _DECISION_WIDE
        self._columns.setStretchFactor(self._decision, share)

    def set_narrow(self, narrow: bool) -> None:
        """The queue becomes «۱ از ۱۲» in the head."""
        self.narrow = narrow
        self._size()
        self.file.set_narrow(narrow)
        if isinstance(self.main_form, DecisionForm):
            self.main_form.set_narrow(narrow)
        if self._loaded is not None:
            self._show_head(self._loaded)
        if self.form is None:
            self.arrange()

    # Loading.

    def enter(self) -> None:
        """Ask the centre for the file."""
        self.drafts.load()
        self._load()

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is typed stays."""
        self._load()

    def _load(self) -> None:
        seat, case_id = self.shell.seat, self.case_id
        district = self.shell.remembered.district
        look = partial(looked_at, seat, case_id, int(district or 0))
        self.shell.work.run(self, look, self._show, self._refused, line=True)

    def _refused(self, no: Refusal) -> None:
        if not self._down:
            self._down = True
            words = _NO_LINE if self._loaded is not None else no.words
            self.shell.tell(words, "neutral", "تلاش دوباره", self._load)

    def _show(self, loaded: ShownFile) -> None:
        self._down = False
        before, self._loaded = self._loaded, loaded
        case = loaded.case
        own = page_of(case, self.shell.seat.staff.role)
        if own != self.place and (before is None or case.state in AWAITS_REPLY):
            # What was just decided stays; replies are entered on the case's own page.
            self.shell.instead(own)
            return
        today = self.shell.today()
        acts = ItemActs(finish=lambda item: self.flow(self._finishing(item)))
        show_items(self.items, loaded.items, case, loaded.service, today, acts)
        self.drafts.settle({fact.cause for fact in loaded.seen.facts}, loaded.refused)
        self.queue.show_rows(
            loaded.queue.rows, loaded.queue.total, loaded.services, today, self.case_id
        )
        self._size()
        self.shell.show_count(self.rail, loaded.queue.mine)
        back = before is not None and before.case.state not in ON_FILE and case.state in ON_FILE
        if back:
            # A reply or a ruling came, or an office mended it: there is something to decide again.
            self._acted = False
        again = self._acted and bool(loaded.refused.intersection(self._made))
        if again:
            self._acted = False
        if before is not None and before.case.rev == case.rev and not again:
            return
        self._tell_change(before, loaded)
        self.drafts.of = f"{loaded.title}، {to_persian_digits(case.request.party.name)}"
        self.drafts.rev = case.rev
        self._show_head(loaded)
        self.file.show_case(loaded, self.shell.seat, today)
        self._tell_passed(case)
        self._put_away()
        if before is None:
            # In a turn of its own: the file shows meanwhile.
            soon(self, partial(self._ask, case.rev))
        else:
            self._ask(case.rev)

    def _ask(self, rev: int) -> None:
        """The decision, unless the case has gone on meanwhile."""
        loaded = self._loaded
        if loaded is None or loaded.case.rev != rev:
            return
        self._show_main_form(loaded)
        self.arrange()
        self._tell_unfinished()

    def _tell_change(self, before: ShownFile | None, loaded: ShownFile) -> None:
        """That somebody else's act changed the case while it was looked at."""
        if before is None or self._acted:
            self.changed_line.hide()
            return
        new = [fact for fact in loaded.seen.facts if fact.rev > before.case.rev]
        others = [fact for fact in new if fact.actor != self.shell.seat.staff.staff_id]
        if not others:
            return
        told = log_of(others, (), loaded.service, self.shell.today())
        happening = told[0][1]
        self.changed_line.set_words(
            f"این پرونده {happening.time} تغییر کرد: {happening.words}؛ نظر شما نگه داشته شد."
        )
        self.changed_line.show()

    def _print_report(self) -> None:
        if self._loaded is not None:
            self.report.show_report(self._loaded.case, self._loaded.seen.address)

    def _show_head(self, loaded: ShownFile) -> None:
        case = loaded.case
        second = to_persian_digits(case.request.party.name)
        if self.narrow:
            at = self.queue.place(self.case_id)
            if at >= 0:
                second += to_persian_digits(f"، {at + 1} از {self.queue.count}")
        else:
            second += f"، {whole_code(case.request.tracking)}"
        self.set_heading(Heading(loaded.title, second, chip_of_case(case)))

    def _tell_passed(self, case: Case) -> None:
        found = case.decision.findings if case.decision else ()
        passed = sum(each.passed for each in found)
        self.passed.setText(to_persian_digits(f"{passed} شرط برقرار است"))
        self.passed.setAccessibleName(self.passed.text())
        self.passed.setVisible(bool(passed))

    async def _finishing(self, item_id: str) -> None:
        await Job(partial(board.finish_item, self.shell.seat, item_id))
        self._load()

    # The decision.

    def _may_decide(self, loaded: ShownFile) -> bool:
        """Whether the case is the person's to decide: his, nobody's, or a colleague's he does."""
        case, own = loaded.case, self.shell.seat.staff.staff_id
        holder = case.expert in ("", own, *loaded.file.stands_in_for)
        return case.state is State.IN_REVIEW and holder and not loaded.file.tie

    def _show_main_form(self, loaded: ShownFile) -> None:
        if self.main_form is not None:
            self.drafts.close(self.main_form)
        clear(self.decision.content)
        self.main_form = None
        if self._may_decide(loaded) and not self._acted:
            self.main_form = self._form_of(loaded)
            self._lay_open(self.main_form)
        else:
            self.decision.add(self._why_not(loaded))
            self.file.tabs.setFocus()
        self._tell_left()

    def _form_of(self, loaded: ShownFile) -> ActForm:
        if loaded.case.awaits_commission(loaded.article):
            return CommissionForm(loaded.case, loaded.article)
        seen = self.file.papers.seen
        form = DecisionForm(loaded, self.shell.today(), lambda: seen, narrow=self.narrow)
        form.turned.connect(self._turned)
        return form

    def _turned(self) -> None:
        """The decision comes to something else."""
        self._tell_left()
        if self.form is None:
            self.arrange()

    def _lay_open(self, form: ActForm) -> None:
        form.errors.jump.connect(lambda key: self._bring(form, key))
        if words := form.card.beside.text():
            # The column is too narrow for it beside the heading.
            form.card.beside.hide()
            form.card.body.insertWidget(0, Label(words, "small", "text2", wrap=True))
        if not isinstance(form, DecisionForm) and (stands := self._standing()):
            # What the case waits for stays in sight beside whatever is typed.
            form.card.body.insertWidget(0, Label(stands, "small", "text2", wrap=True))
        self.decision.add(form)
        form.show()  # By itself it came a turn later: no place for the keys yet.
        first = form.first()
        if first is not None:
            first.setFocus()
        self.drafts.follow(form)

    def _standing(self) -> str:
        loaded = self._loaded
        if loaded is None:
            return ""
        told = failing(loaded.case, Effect.REVIEW, Effect.VISIT)
        return f"نیازمند بررسی: {'، '.join(each.condition for each in told)}" if told else ""

    def _bring(self, form: ActForm, key: str) -> None:
        target: QWidget | None = form.fields.get(key)
        if target is not None:
            self.decision.bring(target)

    def _why_not(self, loaded: ShownFile) -> EmptyState:
        case, tie = loaded.case, loaded.file.tie
        if self._acted:
            words = "نتیجهٔ آن در «رویدادها» می‌آید."
            return EmptyState("اقدام شما ثبت شد", words, icon="circle-check")
        if tie and case.state is State.IN_REVIEW:
            given = f"به {case.expert_name} واگذار شد." if case.expert_name else ""
            then = given or "آن را به همکار دیگری بسپارید."
            return EmptyState(Tie(tie).words.rstrip("."), then, icon="ban")
        if case.state is State.RECOMMENDED:
            by = case.recommended_name
            words = "اگر نفر دوم هم‌نظر نباشد، پرونده با توضیح او برمی‌گردد."
            return EmptyState(f"{by} نظر داده است؛ در انتظار امضای دوم", words, icon="user-check")
        if case.state is State.IN_REVIEW:
            return EmptyState(f"این پرونده نزد {case.expert_name} است", "", icon="user-check")
        return EmptyState("اکنون اقدامی با شما نیست", "وضعیت را در رویدادها ببینید.")

    def _tell_left(self) -> None:
        form = self.main_form
        count = len(form.conditions) if isinstance(form, DecisionForm) else 0
        self.left.setText(to_persian_digits(f"{count} مورد نیازمند بررسی") if count else "")

    def arrange(self) -> None:
        """Main: the decision; on what is nobody's yet beside it «برداشتن»."""
        if self.bar is None:
            return
        loaded, form = self._loaded, self.main_form
        # Beside all that is done with a file the words alone have room.
        full = self.narrow and loaded is not None and form is not None
        icon, keys = ("", "") if full else ("arrow-right", "Esc")
        back = Button("بازگشت", "quiet", icon=icon, keys=keys, tall=True)
        back.clicked.connect(self.shell.back)
        if loaded is None:
            self.bar.arrange(quiets=[back])
            return
        if form is None:
            self._arrange_without(loaded, back)
            return
        hand = Button("واگذاری…", "quiet", icon="send", tall=True)
        hand.setAccessibleName("واگذاری به…")
        hand.clicked.connect(lambda: self.begin(PassOnForm.name))
        quiets = [back, hand]
        if not loaded.case.expert and not self.narrow:
            take = Button("برداشتن", "quiet", icon="inbox", tall=True)
            take.clicked.connect(lambda: self.act(self._taking()))
            quiets.append(take)
        if isinstance(form, DecisionForm) and not self.narrow:
            letter = Button("نامه", "quiet", icon="file-text", keys="F9", tall=True)
            letter.setAccessibleName("پیش‌نویس نامه، تمام‌صفحه")
            letter.clicked.connect(lambda: self._show_letter(form))
            quiets.append(letter)
        words = form.main_words() if isinstance(form, DecisionForm) else form.button
        main = Button(words, "main", icon=form.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self.act(self.doing(form)))
        seconds = self._others(form)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def _arrange_without(self, loaded: ShownFile, back: Button) -> None:
        assert self.bar is not None
        case = loaded.case
        own = self.shell.seat.staff.staff_id
        seconds: list[Button] = []
        if loaded.file.tie and case.state is State.IN_REVIEW and case.expert in ("", own):
            main = Button("واگذاری به همکار", "main", icon="send", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.act(self._taking()))
        else:
            words = NEXT_CASE if self.queue.beside(self.case_id, 1) else "کارتابل"
            main = Button(words, "main", icon="arrow-left", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self._turn(1))
        words = "در صف ارسال به مرکز" if self._acted and case.rev == self._acted_rev else ""
        self.bar.arrange(main=main, seconds=seconds, quiets=[back], sentence=words)

    def _others(self, form: ActForm) -> list[Button]:
        refuse = Button("رد…" if self.narrow else "پاسخ منفی…", "dangerous", icon="ban", tall=True)
        refuse.setAccessibleName("پاسخ منفی…")
        refuse.clicked.connect(lambda: self.begin(RefuseForm.name))
        send = Button("کمیسیون…", icon="gavel", tall=True)
        send.clicked.connect(lambda: self.begin(CommissionForm.name))
        # «برگشت» beside «بازگشت», which leaves the page, would be one word for two things.
        words = "اصلاح…" if self.narrow else "برای اصلاح…"
        back = Button(words, icon="arrow-back-up", tall=True)
        back.setAccessibleName("برگشت برای اصلاح…")
        back.clicked.connect(lambda: self.begin(ReturnForm.name))
        ask = Button("استعلام…", icon="send", tall=True)
        ask.setAccessibleName("استعلام از مرجع…")
        ask.clicked.connect(lambda: self.begin(ConsultForm.name))
        return [back, refuse] if isinstance(form, CommissionForm) else [back, ask, send, refuse]

    def can_begin(self, name: str) -> bool:
        """Whether the act stands beside what is asked for now."""
        form = self.main_form
        if form is None or self._acted:
            return False
        return name in (_BEFORE_RULING if isinstance(form, CommissionForm) else _ASIDE)

    def _tell_unfinished(self) -> None:
        self.unfinished.show_drafts(self.drafts.unfinished(), self.can_begin)

    def _resume(self, name: str) -> None:
        """Go on in an act that was left half typed."""
        if self.can_begin(name):
            self.begin(name)

    def begin(self, name: str) -> None:
        """Another act in the decision's place; papers and parts stay."""
        loaded = self._loaded
        if loaded is None or self.main_form is None or self.stays():
            return
        self._put_away()
        form = self.form = _ASIDE[name](loaded, self.shell.seat.staff.staff_id)
        self.main_form.hide()
        self._lay_open(form)
        assert self.bar is not None
        main = Button(form.button, "main", icon=form.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self.act(self.doing(form)))
        leave = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        leave.clicked.connect(self.close_act)
        self.bar.arrange(main=main, quiets=[leave])

    def close_act(self) -> None:
        """Back to the decision; what was typed in the act is kept."""
        if self.stays():
            return
        self._put_away()
        if self.main_form is not None:
            self.main_form.show()
            self.drafts.follow(self.main_form)
            first = self.main_form.first()
            if first is not None:
                first.setFocus()
        self.arrange()

    def _put_away(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.drafts.close(form)
            form.hide()
            form.deleteLater()

    async def doing(self, form: ActForm) -> None:
        """Do it, or say what is missing; the case may go on before the act's own answer is here."""
        loaded = self._loaded
        if loaded is None or not form.check():
            return
        self._acted, self._acted_rev, self._made = True, loaded.case.rev, ()
        taken = False
        try:
            self._made = await self.acting_on(self.drafts.sending(form, form.job(self.shell.seat)))
            taken = True
        except Refusal as no:
            self.drafts.refused(form, no)
            return
        finally:
            # After a bug too: nothing waits to be sent.
            self._acted = self._acted and taken
        self.drafts.sent(form, self._made)
        self._put_away()
        self._show_main_form(loaded)
        self.arrange()
        self.file.open(EVENTS)
        self._load()

    def _show_letter(self, form: DecisionForm) -> None:
        self.flow(self._drafting(form))

    async def _drafting(self, form: DecisionForm) -> None:
        """The letter whole, or what is missing for one."""
        if not form.check():
            return
        job = form.draft_job(self.shell.seat)
        if job is None:
            self.shell.tell(_NO_LETTER, "neutral")
            return
        try:
            draft = await Job(job, line=True)
        except Refusal as no:
            form.refused(no)
            return
        if draft.letter is None:
            self.shell.tell(f"پیش از نامه: {OUTCOMES[draft.outcome]}", "neutral")
        self.draft.show_draft(draft.pdf)

    async def _taking(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        seat = self.shell.seat
        job = partial(reviewing.assign, seat, loaded.case, seat.staff.staff_id)
        try:
            await self.acting_on(job)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self._load()

    # Keys.

    def _open_other(self, case_id: str) -> None:
        if case_id and case_id != self.case_id:
            self.shell.instead(places.ReviewFile(case_id))

    def _turn(self, step: int) -> None:
        other = self.queue.beside(self.case_id, step)
        if other:
            self._open_other(other)
        else:
            self.shell.go(places.MunicipalQueue())

    def press(self, key: str) -> bool:
        """Esc closes an act, F7 goes to the next open condition, F9 shows what letter would come of
        it, Ctrl+Tab turns the parts."""
        if key == "Esc" and (self.draft.close_cover() or self.report.close_cover()):
            return True
        if key == "Esc" and self.form is not None:
            self.close_act()
            return True
        if key == "F7" and isinstance(self.main_form, DecisionForm) and self.form is None:
            return self.main_form.go_on()
        if key == "F9" and isinstance(self.main_form, DecisionForm) and self.form is None:
            self._show_letter(self.main_form)
            return True
        if key in _TURNS:
            self.file.tabs.turn(_TURNS[key])
            return True
        return False

    def lead(self, step: int) -> bool:
        """To the other cases of the queue."""
        self._turn(step)
        return True

    def press_space(self) -> bool:
        """The next page of the paper."""
        if not _types():
            self.file.papers.frame.page_down()
        return not _types()


_TURNS = {"Ctrl+Tab": 1, "Ctrl+Shift+Tab": -1}


def _types() -> bool:
    """Whether letters are typed where the keys are."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


_ASIDE: Mapping[str, Callable[[ShownFile, str], ActForm]] = {
    RefuseForm.name: lambda loaded, _: RefuseForm(loaded.case, loaded.service),
    CommissionForm.name: lambda loaded, _: CommissionForm(loaded.case),
    ConsultForm.name: lambda loaded, _: ConsultForm(loaded.case, loaded.consultees),
    ReturnForm.name: lambda loaded, _: ReturnForm(loaded.case),
    PassOnForm.name: lambda loaded, own: PassOnForm(loaded.case, loaded.file.experts, own),
}
"""By name, the acts that may be done instead of the decision; by the file and one's own id."""
_BEFORE_RULING = frozenset({RefuseForm.name, ReturnForm.name, PassOnForm.name})
# Where a commission must rule first, these alone may be done instead of sending it there.
