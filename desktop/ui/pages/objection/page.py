"""اعتراض: what is contested, its papers and clock, the unit's answer, the reply in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.actions import act_drafts, board, intake, objections
from desktop.actions.objections import Seen
from desktop.domain.errors import Refusal
from desktop.domain.objection import Objections
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import DocumentFile, SeenDocument
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.objection.cards import (
    ClockCard,
    ContestedCard,
    PapersCard,
    ReplyCard,
    beside,
)
from desktop.ui.pages.objection.forms import AnswerForm, SignForm
from desktop.ui.pages.objection.listing import SECOND, WAITS
from desktop.ui.pages.objection.side import ObjectionSide
from desktop.ui.pages.objection.words import clock, sides, title_words, unit_words, warnings
from desktop.ui.pages.papers.document_cover import DocumentCover
from desktop.ui.standing.case import deadline_words
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import Changed


@dataclass(frozen=True)
class _Loaded:
    seen: Seen
    service: Service
    services: dict[str, Service]
    ways: Objections
    refused: frozenset[str]


class ObjectionPage(Acting):
    """One objection: read down to the answer, which stands under what it rests on."""

    place: places.Objection

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "objections"

    def __init__(self, shell: Shell, place: places.Objection) -> None:
        super().__init__(shell, place)
        self.case_id = place.case_id
        self.narrow = False
        self._loaded: _Loaded | None = None
        self._sent = False
        self.form: AnswerForm | SignForm | None = None
        self.drafts = ActDrafts(self, place.case_id)
        self.reply = ReplyCard()
        self.scroller = Scroller(gap=10, margins=(12, 20, 14, 20))
        column = Column(gap=0)
        column.addWidget(self.scroller, 1)
        self.setLayout(column)
        self.panel = ObjectionSide()
        self.panel.opened.connect(lambda case_id: self.shell.go(places.MunicipalCase(case_id)))
        self.side = self.panel
        self.cover = DocumentCover(shell.work, self)
        self.set_heading(Heading("اعتراض"))
        self.arrange()

    def enter(self) -> None:
        """Ask the centre."""
        self.setFocus()
        self.drafts.load()
        self._load()

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is typed stays unless the objection itself went on."""
        self._load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the clock is one line, the cards stand under each other."""
        if narrow != self.narrow:
            self.narrow = narrow
            if self._loaded is not None:
                self._lay_out(self._loaded)
        self.arrange()

    def press(self, key: str) -> bool:
        """Esc closes the paper, F5 asks again, F6 goes to the answer, F7 turns to the panel."""
        if key == "Esc" and self.cover.isVisible():
            self.cover.close_cover()
        elif key == "F5":
            self._load()
        elif key == "F6" and self.form is not None:
            self._to_answer()
        elif key == "F7" and self.narrow:
            self.shell.show_summary()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys scroll while nothing on the page has the keys."""
        self.scroller.keyPressEvent(event)

    def _to_answer(self) -> None:
        first = self.form.first() if self.form is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _load(self) -> None:
        seat, case_id = self.shell.seat, self.case_id

        def job() -> _Loaded:
            seen = objections.look(seat, case_id)
            return _Loaded(
                seen,
                board.service_of(seat.desk, seen.case),
                board.services_known(seat.desk),
                intake.figures(seat.desk).objections,
                act_drafts.refused(seat, case_id),
            )

        self.shell.work.run(self, job, self._show, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        self.shell.tell(no.words, "neutral", "تلاش دوباره", self._load)

    def _show(self, loaded: _Loaded) -> None:
        before, self._loaded = self._loaded, loaded
        self.drafts.settle({fact.cause for fact in loaded.seen.facts}, loaded.refused)
        same = before is not None and before.seen == loaded.seen
        if same and before is not None and before.refused == loaded.refused:
            return
        self._sent = False
        case = loaded.seen.case
        name = to_persian_digits(case.request.party.name)
        self.drafts.of, self.drafts.rev = f"اعتراض، {name}", case.rev
        self._draw(loaded)

    def _draw(self, loaded: _Loaded) -> None:
        case, laid = loaded.seen.case, loaded.seen.case.laid
        if laid is None:
            return
        name, code = to_persian_digits(case.request.party.name), whole_code(case.request.tracking)
        chip = SECOND if case.awaits_second else WAITS
        self.set_heading(Heading("اعتراض", name if self.narrow else f"{name}، {code}", chip))
        if self.form is not None:
            self.drafts.close(self.form)
        clear(self.scroller.content)
        self.form = form = self._form(loaded)
        self.reply = ReplyCard()
        if form is not None:
            form.changed.connect(self._answer_changed)
            form.moves.finished.connect(self._to_main)
            self.reply.show_reply(form.reply())
        self._lay_out(loaded)
        self._begin()
        if form is not None:
            # Last: what was typed goes on in the field where it was left.
            self.drafts.follow(form)

    def _begin(self) -> None:
        """At the answer; where that lies below what is in sight, at the top of what it rests on."""
        first = self.form.first() if self.form is not None else None
        if first is not None and not self.narrow:
            first.setFocus()
        else:
            self.setFocus()
            self.scroller.verticalScrollBar().setValue(0)

    def _lay_out(self, loaded: _Loaded) -> None:
        """All of it from the top; the form stands as it is, whatever is typed in it."""
        case, told, today = loaded.seen.case, loaded.seen.told, self.shell.today()
        laid = case.laid
        if laid is None:
            return
        focus = QApplication.focusWidget()
        for kept in (self.form, self.reply):
            if kept is not None:
                self.scroller.content.removeWidget(kept)
        clear(self.scroller.content)
        label, code = "مهلت پاسخ", deadline_words(case.due_on, today)
        if self.narrow:
            # The title has no room for it, and the card below tells the days.
            label, code = "کد رهگیری", whole_code(case.request.tracking)
        self.scroller.add(
            Headline(
                title_words(laid.contested),
                unit_words(case, laid),
                "review",
                "scale",
                code=code,
                code_label=label,
                small=True,
            )
        )
        for words in warnings(case, laid, told.earlier):
            self.scroller.add(Banner(words, "pay"))
        self.scroller.add(ClockCard(clock(case, laid, today), narrow=self.narrow))
        contested = ContestedCard(sides(case, laid, told))
        papers = PapersCard(
            case.request.answers.get("grounds", ""), case.request.documents, self._look_at
        )
        self.scroller.add(beside(contested, papers, narrow=self.narrow))
        self.panel.show_objection(case, laid, told.record, told.first, loaded.services)
        if self.form is not None:
            self.scroller.add(self.form)
            self.scroller.add(self.reply)
        else:
            self.scroller.add(self._nothing(loaded))
        if self.form is not None and focus is not None and self.form.isAncestorOf(focus):
            focus.setFocus()
        self.arrange()

    def _form(self, loaded: _Loaded) -> AnswerForm | SignForm | None:
        """The act of who sits here; None where it is another's now."""
        case, seat = loaded.seen.case, self.shell.seat
        laid, role = case.laid, seat.staff.role
        if laid is None or case.state is not State.IN_REVIEW or self._sent:
            return None
        if case.answered is not None and case.awaits_second:
            own = case.answered.by == seat.staff.staff_id
            if own or role not in laid.contested.unit.signs:
                return None
            return SignForm(case, case.answered)
        if role not in laid.contested.unit.answers:
            return None
        told, today = loaded.seen.told, self.shell.today()
        return AnswerForm(case, laid, told.record, loaded.service, loaded.ways, today)

    def _nothing(self, loaded: _Loaded) -> EmptyState:
        case = loaded.seen.case
        if self._sent:
            return EmptyState("اقدام شما ثبت شد", "پاسخ مرکز در همین صفحه می‌آید.", icon="check")
        if case.awaits_second:
            words = "این پاسخ از خود شماست؛ کس دیگری باید امضا کند."
            return EmptyState("در انتظار امضای دوم", words, icon="user-check")
        if case.state in (State.VISIT_DUE, State.BOOKED):
            words = f"خواسته شد: {case.visit_for}. گزارش که برسد، پرونده به همین‌جا برمی‌گردد."
            return EmptyState("در انتظار بازدید", to_persian_digits(words), icon="walk")
        words = "رویدادهای آن را در صفحهٔ پرونده ببینید."
        return EmptyState("اکنون اقدامی با شما نیست", words, icon="circle-check")

    def _answer_changed(self) -> None:
        if self.form is not None:
            self.reply.show_reply(self.form.reply())
            self.arrange()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _look_at(self, paper: SeenDocument, file: DocumentFile) -> None:
        self.cover.show_document(self.shell.seat, self.case_id, paper.title, file)

    # Acts.

    def arrange(self) -> None:
        """Main: the answer, or the next objection."""
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets = [back]
        if self.narrow:
            summary = Button("خلاصه", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            quiets.append(summary)
        form = self.form
        if self.narrow and form is not None:
            answer = Button("فرم پاسخ", "quiet", keys="F6", tall=True)
            answer.clicked.connect(self._to_answer)
            quiets.append(answer)
        if form is None:
            main = Button("اعتراض‌های دیگر", "main", icon="scale", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(places.Objections()))
            words = "در صف ارسال به مرکز" if self._sent else ""
            self.bar.arrange(main=main, quiets=quiets, sentence=words)
            return
        main = Button(form.button, "main", icon=form.icon, keys="Ctrl+Enter")
        main.clicked.connect(self._do)
        self.bar.arrange(main=main, quiets=quiets)

    @act
    async def _do(self) -> None:
        form, loaded = self.form, self._loaded
        if form is not None and form.visibleRegion().isEmpty():
            # Pressed above it, it first shows what it is about to do.
            self._to_answer()
            return
        if form is None or loaded is None or not form.check():
            return
        try:
            commands = await self.acting_on(self.drafts.sending(form, form.job(self.shell.seat)))
        except Refusal as no:
            self.drafts.refused(form, no)
            return
        self.drafts.sent(form, commands)
        self._sent = True
        self._draw(loaded)
        self._load()
