"""کمیسیون‌ها: what waits for a session, for its ruling, for its service and for its term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from desktop.actions import board, commissions
from desktop.domain.calendar import format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import WritingPage
from desktop.ui.pages.commissions.session_form import SessionForm
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.queue.case_list import FilterBar, ListFilter
from desktop.ui.standing.lines import NOTHING, left_words, short_number
from desktop.ui.standing.telling import COMMISSIONS
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import CASE_NUMBER, Cell, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed
from desktop.wire.commissions import Awaits, CommissionBody, CommissionsAnswer

_COLUMNS = (
    TableColumn("", 34, sortable=False),
    CASE_NUMBER,
    TableColumn("در انتظار", 132, sortable=False),
    TableColumn("متقاضی", 114, stretch=2, sortable=False),
    TableColumn("خدمت", 110, stretch=1, drop=2, sortable=False),
    TableColumn("کمیسیون", 84, drop=1, sortable=False),
    TableColumn("جلسه", 104, sortable=False),
    TableColumn("رأی", 106, stretch=3, sortable=False),
    TableColumn("ابلاغ و مهلت", 126, stretch=2, sortable=False),
    TableColumn("ارجاع", 84, drop=3, sortable=False),
)
_LOOKS: Mapping[Awaits, ChipLook] = {
    Awaits.SESSION: ChipLook(Awaits.SESSION.word, "calendar-event", "visit"),
    Awaits.RULING: ChipLook(Awaits.RULING.word, "gavel", "review"),
    Awaits.SERVICE: ChipLook(Awaits.SERVICE.word, "send", "pay"),
    Awaits.TERM: ChipLook(Awaits.TERM.word, "clock", "neutral"),
    Awaits.APPEAL: ChipLook(Awaits.APPEAL.word, "arrow-back-up", "review"),
}
_FILTERS = (
    ListFilter("", "همه"),
    *(ListFilter(each.value, each.word, look.icon, look.tone) for each, look in _LOOKS.items()),
)
_EVERY = ("", "همهٔ کمیسیون‌ها")
_DOWN = "به مرکز وصل نیستیم؛ فهرست کمیسیون‌ها را مرکز می‌داند."
# What can be put on an agenda: also what is on another one.
_MOVABLE = frozenset({Awaits.SESSION, Awaits.RULING, Awaits.APPEAL})


class CommissionsPage(WritingPage):
    """Space ticks, F2 puts what is ticked on an agenda, F8 shows that of the chosen row."""

    place: places.Commissions
    form: SessionForm | None

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "commissions"

    def __init__(self, shell: Shell, place: places.Commissions) -> None:
        empty = EmptyState(
            "پرونده‌ای در کمیسیون نیست",
            "پروندهٔ ارجاع‌شده تا رأی و ابلاغ آن به همهٔ کسان همین‌جا می‌ماند.",
            icon="gavel",
        )
        super().__init__(shell, place, "پرونده‌های کمیسیون", _COLUMNS, empty, "commissions")
        self.set_heading(Heading("کمیسیون‌ها", "مادهٔ ۱۰۰ و مادهٔ ۵"))
        self._acts = shell.seat.staff.role is Role.EXPERT
        self._told: CommissionsAnswer | None = None
        self._services: Mapping[str, Service] = {}
        self._ticked: set[str] = set()
        # Those for which the form was opened: what the list shows meanwhile changes nothing of it.
        self._for_session: list[str] = []
        self._asking = 0
        self.cover = PaperCover(shell.work, self)
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.filters = FilterBar(_FILTERS)
        for name, chip in self.filters.chips.items():
            chip.clicked.connect(lambda _=False, name=name: self.look_at(name))
        self.filters.select(place.awaits)
        self.article = ListChoice([_EVERY, *COMMISSIONS.items()])
        self.article.setAccessibleName("کمیسیون")
        self.article.set_value(place.article)
        self.article.edited.connect(lambda: self.look_at(self.filters.chosen))
        top = Row(gap=10)
        top.addWidget(self.filters, 1)
        top.addWidget(self.article)
        self.put((self.fault, 0), (self.form_place, 1), (self.frame, 1), (self.empty, 0))
        layout = self.layout()
        assert layout is not None
        layout.insertLayout(1, top)  # type: ignore[attr-defined]
        self.table.opened.connect(lambda _: self.open_case())
        self.table.chosen.connect(lambda _: self.arrange_bar())
        self.arrange_bar()

    # Loading and showing.

    def enter(self) -> None:
        """Ask, and give the list the keys."""
        self.drafts.load()
        self.load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """A round ended, or the day."""
        self.load()

    def look_at(self, awaits: str) -> None:
        """Only those that await this; empty for all."""
        self.filters.select(awaits)
        self.returns_to = places.Commissions(self.article.value(), awaits)
        self.load()

    def load(self) -> None:
        """Ask the centre."""
        self._asking += 1
        number, seat = self._asking, self.shell.seat
        article, chosen = self.article.value(), self.filters.chosen
        awaits = Awaits(chosen) if chosen else None

        def job() -> tuple[CommissionsAnswer, Mapping[str, Service]]:
            answer = commissions.listed(seat, article, awaits)
            return answer, board.services_known(seat.desk)

        def shown(found: tuple[CommissionsAnswer, Mapping[str, Service]]) -> None:
            if number == self._asking:
                self._show(*found)

        self.shell.work.run(self, job, shown, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        self.fault.set_words(_DOWN if no.words == NO_LINE else no.words)
        self.fault.show()

    def _show(self, told: CommissionsAnswer, services: Mapping[str, Service]) -> None:
        self.fault.hide()
        self._told, self._services = told, services
        self._ticked &= {row.case_id for row in told.rows}
        self.filters.set_counts({**told.counts, "": sum(told.counts.values())})
        self.draw()

    def draw(self) -> None:
        """The table, or the form in its place."""
        told = self._told
        if told is None:
            return
        stood = self.table.hasFocus() or self.hasFocus()
        drawn = [(row.case_id, self._cells(row)) for row in told.rows]
        self.draw_rows(drawn)
        self.show_parts(any_rows=bool(drawn))
        self.arrange_bar()
        if stood:
            self.take_focus()

    @property
    def row(self) -> CommissionBody | None:
        """The chosen one."""
        rows = self._told.rows if self._told is not None else []
        return next((each for each in rows if each.case_id == self.table.key()), None)

    def _cells(self, row: CommissionBody) -> Sequence[Cell]:
        service = self._services.get(row.service)
        # Its number stands in the case: two lines hold what was ruled.
        ruling = to_persian_digits(row.result) if row.ruling else NOTHING
        ticked = row.case_id in self._ticked
        can_tick = self._acts and Awaits(row.awaits) in _MOVABLE
        said = "برگزیده" if ticked else "برگزیده نشده"
        return [
            Cell(tick=ticked, said=said) if can_tick else Cell(),
            quiet(short_number(row.tracking)),
            Cell(chip=_LOOKS[Awaits(row.awaits)]),
            named(to_persian_digits(row.applicant)),
            Cell(service.short or service.title if service is not None else row.service),
            Cell(to_persian_digits(f"مادهٔ {row.article}")),
            Cell(self._session(row)),
            Cell(ruling, wraps=True),
            Cell(self._service(row), wraps=True),
            quiet(format_day_month(row.sent_on)),
        ]

    def _session(self, row: CommissionBody) -> str:
        if row.session_on is None:
            return NOTHING
        number = isolate(to_persian_digits(row.session))
        return f"{number}، {format_day_month(row.session_on)}"

    def _service(self, row: CommissionBody) -> str:
        """«۱ از ۲ ابلاغ شد، تا ۱۳ آذر، ۱۰ روز مانده»."""
        if not row.persons:
            return NOTHING
        words = to_persian_digits(f"{row.persons - row.unserved} از {row.persons} ابلاغ شد")
        if row.until is None:
            return words
        today = self.shell.today()
        left = left_words(row.until, today)
        rest = f"{left} مانده" if row.until > today else left
        return f"{words}، تا {format_day_month(row.until)}، {rest}"

    # Acts.

    def open_case(self) -> None:
        """Enter: the case of the chosen row."""
        if self.row is not None:
            self.shell.go(places.MunicipalCase(self.row.case_id))

    def tick(self) -> None:
        """«فاصله»: tick and go down."""
        row = self.row
        if row is None or not self._acts or Awaits(row.awaits) not in _MOVABLE:
            return
        self._ticked ^= {row.case_id}
        at = self.table.row()
        self.draw()
        self.table.choose(min(at + 1, self.rows.rowCount() - 1))

    def begin_session(self) -> None:
        """F2: the form of a session for what is ticked, else for the chosen row."""
        if self.form is None and (chosen := self._chosen()):
            self._for_session = chosen
            self.open_form(SessionForm(len(chosen), self.shell.today()))

    def _chosen(self) -> list[str]:
        if not self._acts:
            return []
        rows = self._told.rows if self._told is not None else []
        ticked = [row.case_id for row in rows if row.case_id in self._ticked]
        alone = self.row
        if ticked or alone is None or Awaits(alone.awaits) not in _MOVABLE:
            return ticked
        return [alone.case_id]

    @act
    async def put_on_agenda(self) -> None:
        """Each by itself: what can't be is told, the others are in it."""
        form, chosen = self.form, self._for_session
        if form is None or not form.check():
            return
        session, day = form.session_named()
        job = partial(commissions.put_all_on_agenda, self.shell.seat, chosen, session, day)
        try:
            refused = await self.acting_on(self.drafts.ending(form, job), line=True)
        except Refusal as no:
            form.refused(no)
            return
        self.drafts.done(form)
        self._ticked = set(refused)
        self.close_form()
        self._tell_done(len(chosen) - len(refused), refused)
        self.load()

    def _tell_done(self, done: int, refused: Mapping[str, str]) -> None:
        words = to_persian_digits(f"{done} پرونده در دستور جلسه قرار گرفت.")
        if refused:
            why = "؛ ".join(dict.fromkeys(refused.values()))
            words = to_persian_digits(f"{words} {len(refused)} پرونده نه: {why}")
        self.shell.tell(words, "pay" if refused else "ok")

    def show_agenda(self) -> None:
        """F8: the agenda of the chosen row's session on paper."""
        row = self.row
        if row is None or row.session_on is None:
            return
        title = f"دستور جلسهٔ {self._session(row)}"
        self.cover.show_paper(title, partial(commissions.agenda, self.shell.seat, row))

    # The bar and keys.

    def arrange_bar(self) -> None:
        """Main: a session for what is ticked, else the chosen case."""
        if self.bar is None or self.arrange_form(self.put_on_agenda):
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        if self.row is None:
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self.load)
            self.bar.arrange(main=main, quiets=[back])
            return
        seconds = []
        if self.row.session_on is not None:
            paper = Button("چاپ دستور…", icon="printer", keys="F8", tall=True)
            paper.clicked.connect(self.show_agenda)
            seconds.append(paper)
        if self._ticked:
            count = to_persian_digits(len(self._ticked))
            words = f"دستور جلسه برای {count} پرونده…"
            main = Button(words, "main", icon="calendar-event", keys="Ctrl+Enter", also="F2")
            main.clicked.connect(self.begin_session)
        else:
            main = Button("باز کردن پرونده", "main", icon="folder-open", keys="Ctrl+Enter")
            main.clicked.connect(self.open_case)
            if self._chosen():
                put = Button("دستور جلسه…", icon="calendar-event", keys="F2", tall=True)
                put.setAccessibleName("درج در دستور جلسه…")
                put.clicked.connect(self.begin_session)
                seconds.append(put)
        quiets = [back]
        if not self._narrow:
            again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
            again.clicked.connect(self.load)
            quiets.append(again)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def press(self, key: str) -> bool:
        """F2, F5, F8; Esc takes the paper away, or the form."""
        if key == "Esc" and self.cover.close_cover():
            return True
        if key == "F8" and self.cover.isVisible():
            self.cover.paper.print_now()
            return True
        if super().press(key):
            return True
        if self.form is not None:
            return False
        act_of = {"F2": self.begin_session, "F5": self.load, "F8": self.show_agenda}.get(key)
        if act_of is None:
            return False
        act_of()
        return True

    def press_space(self) -> bool:
        """It ticks, unless a form has the list's place."""
        if self.form is None:
            self.tick()
        return self.form is None
