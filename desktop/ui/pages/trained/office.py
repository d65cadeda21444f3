"""The people of one office and their records of a service; paper records and extensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import readiness, registry
from desktop.actions.desk import Seat
from desktop.actions.readiness import OfficePeople, Trainee
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.training import Readiness
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import WritingPage
from desktop.ui.pages.trained.forms import ExtendForm, PaperRecordForm, TrainingForm
from desktop.ui.pages.trained.side import UNNAMED
from desktop.ui.pages.trained.words import name_of
from desktop.ui.standing.office_list import card_title
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed

_COLUMNS = (
    TableColumn("نام", 170, stretch=3, sortable=False),
    TableColumn("نقش", 100, sortable=False),
    TableColumn("وضعیت", 150, sortable=False),
    TableColumn("روز", 92, drop=2, sortable=False),
    TableColumn("از راه", 130, drop=3, sortable=False),
    TableColumn("مدرس", 150, stretch=2, drop=4, sortable=False),
    TableColumn("نمره", 76, drop=5, sortable=False),
)
_READY = ChipLook("آموزش‌دیده", "user-check", "ok")
_NOT = ChipLook("آموزش ندیده", "alert-triangle", "pay")
_NONE = "—"
_NOBODY = "متصدی‌ای برگزیده نیست."
_NEEDS_LINE = "فرستادن برای امضا به خط نیاز دارد؛ نوشتهٔ شما در همین رایانه نگه داشته شد."
_SENT = "برای امضای دوم فرستاده شد؛ ناظر یا کارشناس دیگری در «خدمت‌ها» امضا می‌کند."


@dataclass(frozen=True)
class _Named:
    names: Mapping[str, str]


class OfficeTrainingPage(WritingPage):
    """One row a person, for the service that is chosen over the table."""

    place: places.OfficeTraining
    form: TrainingForm | None

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "trained"
    side_width = 300

    def __init__(self, shell: Shell, place: places.OfficeTraining) -> None:
        empty = EmptyState(
            "متصدی‌ای در این دفتر ثبت نشده است",
            "نخست کارکنان دفتر را معرفی کنید؛ سپس کارنامهٔ آنان ثبت می‌شود.",
            icon="users",
        )
        about = f"training:{place.office}"
        super().__init__(shell, place, "متصدیان دفتر", _COLUMNS, empty, about)
        self.set_heading(Heading("آموزش متصدیان"))
        self._office: OfficePeople | None = None
        self._names: Mapping[str, str] = {}
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask_names)
        self.fault.hide()
        self.service = ListChoice([])
        self.service.setAccessibleName("خدمت")
        self.service.edited.connect(self._turned)
        self.table.chosen.connect(lambda _: self._show_side())
        self._state = Label("", "small", "text2", wrap=True, middle=True)
        top = Row(gap=12)
        top.addWidget(self.service, 2)
        top.addWidget(self._state, 3)
        self._top = QWidget()
        self._top.setLayout(top)
        self.put(
            (self.fault, 0), (self._top, 0), (self.form_place, 1), (self.frame, 1), (self.empty, 0)
        )
        self._panel = Column(gap=6, margins=(14, 16, 14, 16))
        outer = Column(gap=0)
        outer.addLayout(self._panel)
        outer.addStretch(1)
        self.side = QWidget()
        self.side.setLayout(outer)
        self.side.setAccessibleName("متصدی برگزیده")
        self._show_side()
        self.arrange_bar()

    @property
    def prepares(self) -> bool:
        """Whether who sits here may put records forward."""
        return self.shell.seat.staff.role.prepares

    def enter(self) -> None:
        """Load, and give the table the keys."""
        self.drafts.load()
        self._load()
        self._ask_names()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """Somebody learnt, came or went."""
        self._load()

    # Loading and showing.

    def _load(self) -> None:
        job = partial(readiness.office_people, self.shell.seat.desk, self.place.office)
        self.shell.work.run(self, job, self._show)

    def _show(self, office: OfficePeople) -> None:
        first = self._office is None
        self._office = office
        named_ = card_title(office.card)
        self.set_heading(Heading("آموزش متصدیان", named_))
        self.service.set_options([(one.code, name_of(one)) for one in office.services])
        if first:
            wanted = self.place.service or next(iter(office.held), "")
            self.service.set_value(wanted or office.services[0].code)
        self.draw()

    @property
    def _service(self) -> Service | None:
        services = self._office.services if self._office is not None else ()
        return next((one for one in services if one.code == self.service.value()), None)

    def _turned(self) -> None:
        self.returns_to = places.OfficeTraining(self.place.office, str(self.service.value()))
        self.draw()

    def draw(self) -> None:
        """The table, or the form in its place."""
        office, service = self._office, self._service
        if office is None or service is None:
            return
        drawn = [(one.staff, self._cells(one, service)) for one in office.people]
        self.draw_rows(drawn)
        self.show_parts(any_rows=bool(drawn))
        self._top.setVisible(self.form is None)
        self._state.setText(_delegated(office, service.code))
        self._show_side()
        self.arrange_bar()

    def _cells(self, person: Trainee, service: Service) -> list[Cell]:
        record, state = person.records.get(service.code), person.states[service.code]
        chip = {Readiness.READY: _READY, Readiness.NOT: _NOT}.get(state)
        if chip is None and record is not None:
            until = person.renewals[service.code]
            chip = ChipLook(f"درس تازه {until}", "clock", "pay", "line")
        return [
            named(self._name(person)),
            quiet(Role(person.role).word),
            Cell(chip=chip),
            quiet(isolate(format_jalali(record.on)) if record else _NONE),
            quiet(record.way.word if record else _NONE),
            quiet(record.by if record else _NONE),
            quiet(to_persian_digits(record.score) if record and record.score else _NONE),
        ]

    def _name(self, person: Trainee) -> str:
        return self._names.get(person.staff, UNNAMED)

    @property
    def person(self) -> Trainee | None:
        """The chosen row's."""
        found = self._office.people if self._office is not None else ()
        return next((one for one in found if one.staff == self.table.key()), None)

    def _show_side(self) -> None:
        clear(self._panel)
        person, office = self.person, self._office
        if person is None or office is None:
            self._panel.addWidget(Label(_NOBODY, role="text2", wrap=True))
            return
        self._panel.addWidget(panel_heading(self._name(person)))
        ready = [s for s in office.services if person.states[s.code] is not Readiness.NOT]
        due = office.held.union(office.begins)
        lacking = [s for s in office.services if s.code in due and s not in ready]
        pairs = Pairs()
        count = f"{len(ready)} خدمت از {len(office.services)}"
        pairs.add("آموزش‌دیده برای", to_persian_digits(count))
        last = max((r.on for r in person.records.values()), default=None)
        pairs.add("آخرین کارنامه", isolate(format_jalali(last)) if last else _NONE)
        self._panel.addWidget(pairs)
        if lacking:
            self._panel.addWidget(panel_heading("هنوز نگذرانده است"))
            words = "، ".join(name_of(each) for each in lacking)
            self._panel.addWidget(Label(words, "small", "text2", wrap=True))

    # Names come from the centre.

    def _ask_names(self) -> None:
        job = partial(_names, self.shell.seat, self.place.office)
        self.shell.work.run(self, job, self._named, self._unnamed, line=True)

    def _named(self, found: _Named) -> None:
        self.fault.hide()
        self._names = found.names
        self.draw()

    def _unnamed(self, no: Refusal) -> None:
        words = "به مرکز وصل نیستیم؛ نام‌ها پس از وصل شدن خط می‌آید."
        self.fault.set_words(words if no.words == NO_LINE else no.words)
        self.fault.show()

    # Putting forward.

    def write_paper(self) -> None:
        """«ثبت کارنامهٔ کاغذی…»."""
        office, service = self._office, self._service
        if office is None or self.form is not None:
            return
        people = {one.staff: self._name(one) for one in office.people}
        form = PaperRecordForm(self.shell, self.place.office, people, office.services)
        form.begin(service.code if service is not None else "")
        self.open_form(form)

    def extend(self) -> None:
        """«تمدید…» of the service that is chosen."""
        office, service = self._office, self._service
        if office is None or service is None or self.form is not None:
            return
        people = {one.staff: self._name(one) for one in office.people}
        records = {
            one.staff: one.records[service.code]
            for one in office.people
            if service.code in one.records
        }
        form = ExtendForm(self.shell, self.place.office, people, service, records)
        self.open_form(form)

    @act
    async def put_forward(self) -> None:
        """Send it for its second signature; a doubt asks for a reason first."""
        form, seat = self.form, self.shell.seat
        if form is None or not form.check():
            return
        try:
            doubts = await self.acting_on(partial(form.preparing(), seat), line=True)
        except Refusal as no:
            form.refused(Refusal(_NEEDS_LINE if no.words == NO_LINE else no.words, field=no.field))
            return
        if doubts:
            form.doubted(doubts)
            return
        self.drafts.done(form)
        self.close_form()
        self.shell.tell(_SENT)

    def _can_extend(self) -> bool:
        service, office = self._service, self._office
        if service is None or office is None:
            return False
        return any(service.code in one.records for one in office.people)

    def arrange_bar(self) -> None:
        """A paper record, or a longer term for what was learnt."""
        if self.bar is None or self.arrange_form(self.put_forward):
            return
        quiets = self.quiets()
        people = self._office.people if self._office is not None else ()
        if not self.prepares or not people:
            main = Button("آموزش همهٔ دفترها", "main", icon="school", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(places.Trained()))
            self.bar.arrange(main=main, quiets=quiets)
            return
        main = Button("ثبت کارنامهٔ کاغذی…", "main", icon="file-plus", keys="Ctrl+Enter")
        main.clicked.connect(self.write_paper)
        seconds = []
        if self._can_extend():
            extend = Button("تمدید…", icon="clock", tall=True)
            extend.clicked.connect(self.extend)
            seconds.append(extend)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)


def _delegated(office: OfficePeople, service: str) -> str:
    if service in office.held:
        return "به این دفتر واگذار شده است"
    begins = office.begins.get(service)
    if begins is None:
        return "واگذار نشده است"
    return f"از {format_day_month(begins)} به این دفتر واگذار می‌شود"


def _names(seat: Seat, office: str) -> _Named:
    told = registry.at_work(seat, office).offices
    return _Named({person.staff_id: person.name for each in told for person in each.people})
