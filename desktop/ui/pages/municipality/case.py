"""A case at the municipality: the inspector's report, commission and replies, what others do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from desktop.actions import board, visits
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import SeenDocument
from desktop.domain.serving import appealable, before_commission, unserved
from desktop.domain.state import ANSWERED, AWAITS_REPLY, State
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell, flow
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.counter_acts import MANY_SLOTS, MoveForm
from desktop.ui.pages.case.frame import CaseFrame
from desktop.ui.pages.case.items import ItemActs, show_items
from desktop.ui.pages.case.reply_form import ConsulteeReplyForm
from desktop.ui.pages.case.tabs import EVENTS, CaseTabs, Shown
from desktop.ui.pages.commissions.fine_form import FineForm
from desktop.ui.pages.commissions.forms import AgendaForm, FinalForm, ResultForm
from desktop.ui.pages.commissions.service_forms import ObjectionForm, ServeForm
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.inspection.ends import OTHER_DAY, MissForm, OtherDayForm
from desktop.ui.pages.inspection.report_form import ReportForm
from desktop.ui.pages.looks.look_back import LookBackForm
from desktop.ui.pages.municipality.consult_forms import ConsultForm, DropForm, RemindForm
from desktop.ui.pages.municipality.doubts import doubt_form, may_recall, recall_form, tell_form
from desktop.ui.pages.municipality.leading import page_of
from desktop.ui.pages.municipality.queue import office_words
from desktop.ui.pages.municipality.report_paper import ReportCover
from desktop.ui.pages.municipality.shown import (
    ShownCase,
    sentence_of,
    shown_case,
    title_of,
)
from desktop.ui.pages.municipality.visit_place import VisitPlace
from desktop.ui.pages.recalls.forms import RecallForm
from desktop.ui.pages.signing.draft_pane import DraftCover
from desktop.ui.pages.signing.opinion_form import OpinionForm
from desktop.ui.pages.till.claim_form import ClaimForm
from desktop.ui.roles import DUTIES
from desktop.ui.soon import soon
from desktop.ui.standing.chips import chip_of_case
from desktop.ui.standing.lines import whole_code
from desktop.ui.standing.next_act import NEXT_CASE
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import clear
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_NEXT_VISIT = "بازدید بعدی"
_TOO_EARLY = "گزارش از روز نوبت ثبت می‌شود. اگر بازدید زودتر انجام شده است: «{}»."
_ON_ITS_WAY = "اقدام شما ثبت شد و در صف ارسال به مرکز است؛ دوباره ثبت نکنید."


class MunicipalCasePage(CaseFrame):
    """The case by the centre's facts; the act of the role is the first tab and the main button."""

    place: places.MunicipalCase

    listens = frozenset({Kind.SYNC, Kind.DAY})

    def __init__(self, shell: Shell, place: places.MunicipalCase) -> None:
        self.work_tab = Scroller(gap=10, margins=(12, 20, 14, 20))
        role = shell.seat.staff.role
        super().__init__(shell, place, CaseTabs([(DUTIES[role].tab, self.work_tab)]))
        if role is Role.INSPECTOR:
            self.rail = "visit-day"
        self._loaded: ShownCase | None = None
        self._main_form: ActForm | None = None
        # After the act the page has nothing more to ask, whatever the case then waits for.
        self._acted = False
        self._acted_rev = 0
        # As which commands.
        self._made: tuple[str, ...] = ()
        self.draft = DraftCover(shell.work, self)
        self.report = ReportCover(shell, self)
        # Whether the page says that the visit's day is to come.
        self._to_come = False
        self._down = False
        self.tabs.tabs.changed.connect(lambda _: self._make_room())
        self.tabs.tabs.changed.connect(lambda _: self._arrange_if_free())
        self.arrange()

    def enter(self) -> None:
        """Ask the centre for the case."""
        self.drafts.load()
        self._load()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is typed stays unless the case itself went on."""
        self._load()

    def set_narrow(self, narrow: bool) -> None:
        """Fewer columns in the headline."""
        self.narrow = narrow
        if self._loaded is not None:
            self._show_head(self._loaded)
        self._arrange_if_free()

    def _load(self) -> None:
        seat, case_id = self.shell.seat, self.case_id
        self.shell.work.run(
            self, partial(shown_case, seat, case_id), self._show, self._refused, line=True
        )

    def _refused(self, no: Refusal) -> None:
        # Of a case that may not be read no parts stand there, empty.
        self.tabs.setVisible(self._loaded is not None)
        if not self._down:
            self._down = True
            self.shell.tell(no.words, "neutral", "تلاش دوباره", self._load)

    def _show(self, loaded: ShownCase) -> None:
        self._down = False
        before, self._loaded = self._loaded, loaded
        self.tabs.show()
        case = loaded.case
        own = page_of(case, self.shell.seat.staff.role)
        if own != self.place:
            self.shell.instead(own)
            return
        today = self.shell.today()
        show_items(self.items, loaded.items, case, loaded.service, today, ItemActs(self._finish))
        self.drafts.settle({fact.cause for fact in loaded.facts}, loaded.refused)
        self._acted = self._acted or bool(loaded.sent)
        came = self._to_come and not self._is_to_come(case)
        self._to_come = self._to_come and not came  # Its form is asked for once.
        again = self._acted and bool(loaded.refused.intersection(self._made))
        if before is not None and before.sent and not loaded.sent and not self._made:
            # What waited when the page was opened may not have been taken either.
            again = again or (before.case.rev == case.rev and bool(loaded.refused))
        if again:
            # The centre did not take the act: it can be done again.
            self._acted = False
        if before is not None and before.case.rev == case.rev and not came and not again:
            return
        if isinstance(self._main_form, _STEPS) and before is not None:
            # After a session comes its ruling, after that its service or the expert's decision.
            self._acted = False
        if before is not None and before.case.consultations != case.consultations:
            # Asked, reminded or answered: the case waits for another one, or the decision is next.
            self._acted = False
        if before is not None and before.case.slot != case.slot:
            # The visit was moved to the day on which it took place: its report is the next act.
            self._acted = False
        self._show_head(loaded)
        self.drafts.of = f"{title_of(loaded)}، {to_persian_digits(case.request.party.name)}"
        self.drafts.rev = case.rev
        told = Shown(case, loaded.facts, (), loaded.service, self.shell.today(), loaded.address)
        self.tabs.show_case(told)
        self.panel.show_case(case, loaded.service)
        self._put_away()
        self.body.setCurrentWidget(self.tabs)
        if self._acted:
            self._ask(case.rev)
        else:
            # A form takes as long to be made as all the rest: what waits is heard between.
            soon(self, partial(self._ask, case.rev))

    def _ask(self, rev: int) -> None:
        """The act of the role, unless the case has gone on meanwhile."""
        loaded = self._loaded
        if loaded is None or loaded.case.rev != rev:
            return
        self._show_main_form(loaded.case)
        self._make_room()
        self.arrange()
        self._tell_unfinished()

    def _show_head(self, loaded: ShownCase) -> None:
        """Title, chip and headline; where the window is narrow, without office and code."""
        case = loaded.case
        title = title_of(loaded)
        second = to_persian_digits(case.request.party.name)
        if not self.narrow:
            code = whole_code(case.request.tracking)
            second = f"{second}، {office_words(case.request.tracking)}، {code}"
        self.set_heading(Heading(title, second, chip_of_case(case)))
        own = sentence_of(loaded, self.shell.seat.staff)
        self.show_headline(case, sentence=_ON_ITS_WAY if self._is_on_its_way() else own)
        self._make_room()

    def _is_on_its_way(self) -> bool:
        """Whether what was done here has not reached the centre: the case stands as it stood."""
        loaded = self._loaded
        if loaded is None:
            return False
        return bool(loaded.sent) or (self._acted and loaded.case.rev == self._acted_rev)

    def _make_room(self) -> None:
        """A draft beside what was changed has the panel's place."""
        signs = isinstance(self._main_form, OpinionForm) and self.tabs.tabs.current() == 0
        self.let_side_stand(not signs or self._acted)

    def _finish(self, item_id: str) -> None:
        self.flow(self._finishing(item_id))

    async def _finishing(self, item_id: str) -> None:
        await Job(partial(board.finish_item, self.shell.seat, item_id))
        self._load()

    # The role's act.

    @property
    def types(self) -> bool:
        """Also the role's own, in the first tab."""
        asks = self._main_form is not None and self._main_form.first() is not None
        return super().types or (asks and self.tabs.tabs.current() == 0)

    def _show_main_form(self, case: Case) -> None:
        if self._main_form is not None:
            self.drafts.close(self._main_form)
        clear(self.work_tab.content)
        self._main_form = self._form_of(case)
        to_come = self._to_come = self._is_to_come(case)
        if isinstance(self._main_form, ReportForm):
            self.work_tab.add(VisitPlace(case, self._address, narrow=self.narrow))
        if self._main_form is not None:
            self.work_tab.add(self._main_form)
            self._main_form.show()  # By itself it came a turn later: no place for the keys yet.
            self.tabs.open_first()
            first = self._main_form.first()
            if first is not None:
                first.setFocus()
            self.drafts.follow(self._main_form)
        elif to_come:
            words = _TOO_EARLY.format(self._other_day)
            empty = EmptyState("روز این بازدید هنوز نرسیده است", words, icon="calendar-event")
            self.work_tab.add(empty)
            self.work_tab.add(VisitPlace(case, self._address, narrow=self.narrow))
            self.tabs.open_first()
            self.tabs.tabs.setFocus()
        else:
            words = "وضعیت پرونده را در بخش‌های دیگر همین صفحه ببینید."
            title = "اقدام شما ثبت شد" if self._acted else "اکنون اقدامی با شما نیست"
            self.work_tab.add(EmptyState(title, words, icon="circle-check"))
            self.tabs.stand_on(EVENTS)
        self.fit_head()

    def _form_of(self, case: Case) -> ActForm | None:
        if self._acted:
            return None
        return FORMS[self.shell.seat.staff.role](self, case)

    def report_form(self, case: Case) -> ActForm | None:
        """The inspector's: the report of a visit that is booked."""
        ground = self._loaded.ground if self._loaded is not None else None
        if case.state is not State.BOOKED or self._is_to_come(case) or ground is None:
            return None
        files = FormFiles(self.shell, self)
        form = ReportForm(case, self.shell.now, files, ground, narrow=self.narrow)
        files.opened.connect(lambda row, page: self._look_at_papers(form.files, row, page))
        return form

    def _look_at_papers(self, files: FormFiles, row: DocumentRow, page: int) -> None:
        file = files.papers(row.key).file
        self.cover.show_document(self.shell.seat, self.case_id, row.words(), file, page)

    @property
    def _address(self) -> str:
        return self._loaded.address if self._loaded is not None else ""

    def _is_to_come(self, case: Case) -> bool:
        """Whether the inspector's visit is booked for a day that has not come."""
        mine = self.shell.seat.staff.role is Role.INSPECTOR and not self._acted
        booked = case.state is State.BOOKED and case.slot is not None
        return mine and booked and case.slot is not None and case.slot.day > self.shell.today()

    def awaited_form(self, case: Case) -> ActForm | None:
        """The expert's: a letter in doubt, a reply that is awaited, what a commission does, a
        ruling's service."""
        if (doubted := doubt_form(self._loaded, self.shell.seat.staff)) is not None:
            return doubted
        if case.state in AWAITS_REPLY:
            return self._reply_form(case)
        if before_commission(case):
            return _of_commission(case, self.shell.today())
        if unserved(case):
            return ServeForm(case, self.shell.today())
        return tell_form(self._loaded, self.shell.seat.staff)

    def sign_form(self, case: Case) -> ActForm | None:
        """The second person's: a letter in doubt, or what the expert proposed."""
        if (doubted := doubt_form(self._loaded, self.shell.seat.staff)) is not None:
            return doubted
        told, loaded = case.recommendation, self._loaded
        asked = case.to_sign == self.shell.seat.staff.role.value
        if told is None or loaded is None or loaded.tie is not None or not asked:
            return tell_form(loaded, self.shell.seat.staff)
        form = OpinionForm(case, told, loaded.service, loaded.papers, narrow=self.narrow)
        form.asked.connect(self._look_at)
        form.turned.connect(self._arrange_if_free)
        form.ask_draft(self.shell.work, self.shell.seat, self.shell.today())
        return form

    def _reply_form(self, case: Case) -> ActForm | None:
        """The reply of who was asked; of one whose letter has no number yet none can be."""
        asked = tuple(each for each in case.awaited if each.numbers)
        if not asked:
            return None
        files = FormFiles(self.shell, self)
        form = ConsulteeReplyForm(case, asked, self.shell.today(), files)
        files.opened.connect(lambda row, page: self._look_at_papers(form.files, row, page))
        return form

    def move_form(self, case: Case) -> ActForm | None:
        """The planner's: another half-day for a booked visit."""
        slot = case.slot
        if case.state is not State.BOOKED or slot is None:
            return None
        form, seat = MoveForm(case), self.shell.seat
        self.shell.work.run(
            form,
            lambda: visits.free_slots(seat, slot.district, MANY_SLOTS),
            lambda found: form.show_slots(found, slot),
            lambda no: form.no_slots(no.words),
            line=True,
        )
        return form

    def claim_form(self, case: Case) -> ActForm | None:
        """Finance's: the receipts that nobody knows, and fines that an expert can't clear."""
        if case.claims:
            return ClaimForm(case)
        return FineForm(case, self.shell.today()) if case.fine_asked else None

    @property
    def _to_look_at(self) -> bool:
        """Whether it is an answer that the supervisor may look at again."""
        case = self._loaded.case if self._loaded is not None else None
        supervises = self.shell.seat.staff.role is Role.SUPERVISOR
        return supervises and case is not None and case.state in ANSWERED and case.looked is None

    def _look_again(self) -> None:
        self.shell.go(places.SecondLook(self.case_id))

    @property
    def _recalls(self) -> bool:
        return not self._acted and may_recall(self._loaded, self.shell.seat.staff)

    def _arrange_if_free(self) -> None:
        if self.form is None:
            self.arrange()

    def arrange(self) -> None:
        """Main: the role's act; after it, or when there is none, the next case."""
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets = [back] if self.side_stands and not self.narrow else [back, self.summary_button()]
        form, loaded = self._main_form, self._loaded
        if form is None or loaded is None or self._acted:
            goes = self.shell.seat.staff.role is Role.INSPECTOR
            words = _NEXT_VISIT if goes else NEXT_CASE
            main = Button(words, "main", icon="arrow-left", keys="Ctrl+Enter")
            main.clicked.connect(self._to_day if goes else self._go_on)
            if self._to_look_at:
                main = Button("بازبینی", "main", icon="eye-check", keys="Ctrl+Enter")
                main.clicked.connect(self._look_again)
            words = "در صف ارسال به مرکز" if self._is_on_its_way() else ""
            to_come = loaded is not None and self._is_to_come(loaded.case)
            seconds = self._of_visit() if loaded is not None and to_come else []
            if loaded is not None:
                seconds += self.report.keys(loaded.case, loaded.address, narrow=self.narrow)
            if self._recalls:
                recall = Button("فراخوان نامه…", "dangerous", icon="arrow-back-up", tall=True)
                recall.clicked.connect(lambda: self.begin(RecallForm.name))
                seconds.append(recall)
            self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=words)
            return
        seconds = self._others(form, loaded.case)
        main = Button(form.button, "main", icon=form.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self._run_main(form))
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def _run_main(self, form: ActForm) -> None:
        # Pressed on another tab, it first shows what it is about to do.
        if self.tabs.tabs.current() != 0:
            self.tabs.open_first()
        self.act(self.doing(form))

    def _others(self, form: ActForm, case: Case) -> list[Button]:
        if isinstance(form, ReportForm):
            return self._of_visit()
        if isinstance(form, ConsulteeReplyForm):
            return self._of_consultations()
        if isinstance(form, OpinionForm):
            return self._of_opinion(form)
        if isinstance(form, ResultForm):
            other = Button("جلسهٔ دیگر…", icon="calendar-event", tall=True)
            other.clicked.connect(lambda: self.begin(AgendaForm.name))
            return [other]
        if isinstance(form, ServeForm | FinalForm) and appealable(case):
            objects = Button("اعتراض به رأی…", icon="gavel", tall=True)
            objects.clicked.connect(lambda: self.begin(ObjectionForm.name))
            return [objects]
        return []

    def _of_consultations(self) -> list[Button]:
        """What else is done about a reply that is awaited."""
        loaded = self._loaded
        acts: list[tuple[type[ActForm], str, str]] = [(RemindForm, "یادآوری…", "send")]
        if loaded is not None and loaded.case.state is State.CONSULTING:
            # One that the answer itself asked is neither taken back nor joined by another.
            acts = [
                (DropForm, "پس گرفتن…", "arrow-back-up"),
                *acts,
                (ConsultForm, "استعلام دیگر…", "plus"),
            ]
        buttons = []
        for form, words, icon in acts:
            shown = "استعلام…" if self.narrow and form is ConsultForm else words
            button = Button(shown, icon=icon, tall=True)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _=False, name=form.name: self.begin(name))
            buttons.append(button)
        return buttons

    def press(self, key: str) -> bool:
        """F7 goes to what a report still lacks (where it is narrow it is the summary's); F9 shows
        the draft of the letter whole, Esc takes it away; digits choose a free half-day."""
        form = self._main_form
        if key.isdigit() and isinstance(form, MoveForm) and self.form is None:
            return form.choose(int(key))
        if key == "Esc" and (self.draft.close_cover() or self.report.close_cover()):
            return True
        if key == "F9" and isinstance(form, OpinionForm):
            self.draft.show_draft(form.letter.pdf)
            return True
        reports = form if isinstance(form, ReportForm) and self.form is None else None
        if key == "F7" and reports is not None and not self.narrow:
            self.tabs.open_first()
            reports.go_to_missing()
            return True
        if key == "F6" and reports is not None:
            self.tabs.open_first()
            reports.add_photos()
            return True
        return super().press(key)

    def can_begin(self, name: str) -> bool:
        """Whether the act stands beside the one that the role is asked for now."""
        if self._acted:
            return False
        if name == LookBackForm.name:
            return self._to_look_at
        if name == RecallForm.name:
            return self._recalls
        form = self._main_form
        return name in _beside(form) if form is not None else self._to_come and name in _TO_COME

    def begin(self, name: str) -> None:
        """Open the form of that act."""
        if self._loaded is None:
            return
        if name == MissForm.name:
            files = FormFiles(self.shell, self)
            self.open_act(MissForm(self._loaded.case, self.shell.now, files))
        elif name == LookBackForm.name:
            self.shell.go(places.SecondLook(self.case_id, act=name))
        else:
            self.open_act(_ASIDE[name](self._loaded, self.shell.today()))

    def _of_opinion(self, form: OpinionForm) -> list[Button]:
        """The next paper that was not seen, and the draft as a whole page."""
        acts = []
        if unseen := form.rows.unseen:
            words = to_persian_digits(f"دیدن {unseen[0].title}")
            look = Button(words, icon="eye", tall=True)
            look.clicked.connect(lambda: form.rows.open(unseen[0]))
            acts.append(look)
        whole = Button("نامه", icon="file-text", keys="F9", tall=True)
        whole.setAccessibleName("پیش‌نویس نامه، تمام‌صفحه")
        whole.clicked.connect(lambda: self.draft.show_draft(form.letter.pdf))
        return [*acts, whole]

    def _look_at(self, document: SeenDocument) -> None:
        super()._look_at(document)
        self._arrange_if_free()

    @property
    def _other_day(self) -> str:
        """How the act is called on its key."""
        return "روز دیگر" if self.narrow else OTHER_DAY

    def _of_visit(self) -> list[Button]:
        """What else may have come of a booked visit."""
        other = Button(f"{self._other_day}…", icon="calendar-check", tall=True)
        other.setAccessibleName(f"{OTHER_DAY}…")
        other.clicked.connect(lambda: self.begin(OtherDayForm.name))
        words = "انجام نشد…" if self.narrow else "بازدید انجام نشد…"
        miss = Button(words, "dangerous", icon="clock-exclamation", tall=True)
        miss.setAccessibleName("بازدید انجام نشد…")
        miss.clicked.connect(lambda: self.begin(MissForm.name))
        return [other, miss]

    async def doing(self, form: ActForm) -> None:
        """Do it, or say what is missing; the case may go on before the act's own answer is here."""
        loaded = self._loaded
        if loaded is None or not form.check():
            return
        self._acted, self._acted_rev, self._made = True, loaded.case.rev, ()
        taken = False
        try:
            sending = self.drafts.sending(form, form.job(self.shell.seat))
            self._made = await self.acting_on(sending)
            taken = True
        except Refusal as no:
            self.drafts.refused(form, no)
            return
        finally:
            # After a bug too: nothing waits to be sent.
            self._acted = self._acted and taken
        # It is in the outbox: tell so, and ask the centre what came of it.
        self.drafts.sent(form, self._made)
        if self.form is not None:
            self.close_act()
        self.arrange()
        if self._acted:
            self._show_head(self._loaded or loaded)
            self.tabs.stand_on(EVENTS)
        self._load()

    def _to_day(self) -> None:
        """An inspector's next visit stands in his day, which needs no line."""
        self.shell.go(places.VisitDay())

    @flow
    async def _go_on(self) -> None:
        try:
            queue = await Job(partial(board.municipal_queue, self.shell.seat), line=True)
        except Refusal as no:
            self._refused(no)
            return
        others = (row.case_id for row in queue.rows if row.case_id != self.case_id)
        found = next(others, "")
        self.shell.go(places.MunicipalCase(found) if found else places.MunicipalQueue())


# What a commission does is done one after the other.
_STEPS = (AgendaForm, ResultForm, ServeForm, ObjectionForm, FinalForm)


def _of_commission(case: Case, today: date) -> ActForm:
    """A session, then its ruling, then its service, and after the terms its finality."""
    if case.agenda is not None:
        return ResultForm(case, today)
    if not appealable(case) or case.objected:
        return AgendaForm(case, today)
    return ServeForm(case, today) if unserved(case) else FinalForm(case, today)


FORMS: Mapping[Role, Callable[[MunicipalCasePage, Case], ActForm | None]] = {
    Role.INSPECTOR: MunicipalCasePage.report_form,
    Role.EXPERT: MunicipalCasePage.awaited_form,
    Role.SIGNER: MunicipalCasePage.sign_form,
    Role.PLANNER: MunicipalCasePage.move_form,
    Role.FINANCE: MunicipalCasePage.claim_form,
    Role.SUPERVISOR: MunicipalCasePage.sign_form,
}
"""By role of the municipality, what it is asked of a case now."""


_ASIDE: Mapping[str, Callable[[ShownCase, date], ActForm]] = {
    OtherDayForm.name: lambda loaded, day: OtherDayForm(loaded.case, day),
    AgendaForm.name: lambda loaded, day: AgendaForm(loaded.case, day),
    ObjectionForm.name: lambda loaded, day: ObjectionForm(loaded.case, day),
    ConsultForm.name: lambda loaded, _: ConsultForm(loaded.case, loaded.consultees),
    RemindForm.name: lambda loaded, _: RemindForm(loaded.case, loaded.case.awaited),
    DropForm.name: lambda loaded, _: DropForm(loaded.case, loaded.case.awaited),
    RecallForm.name: lambda loaded, _: recall_form(loaded),
}
# What may be said of a visit whose day is still to come.
_TO_COME = frozenset({MissForm.name, OtherDayForm.name})


def _beside(form: ActForm) -> frozenset[str]:
    """The acts that may be done instead of the one that the form is for."""
    match form:
        case ReportForm():
            return _TO_COME
        case ConsulteeReplyForm():
            return frozenset({ConsultForm.name, RemindForm.name, DropForm.name})
        case ResultForm():
            return frozenset({AgendaForm.name})
        case ServeForm() | FinalForm():
            return frozenset({ObjectionForm.name})
    return frozenset()
