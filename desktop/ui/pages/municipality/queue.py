"""The municipality's queue by role: the expert's reviews, the inspector's visits, every office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import board, property_letters, reviewing, visits
from desktop.actions.board import QueueAnswer, QueueRow
from desktop.domain.calendar import format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import phone_words
from desktop.domain.money import format_number, format_rial
from desktop.domain.office import within_city
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.domain.status import Status, read_status
from desktop.ui import choosing, places
from desktop.ui.city_words import district_name, half_words
from desktop.ui.page import Kind, Shell
from desktop.ui.pages.municipality.looking import (
    ANYBODY,
    DAYS,
    DUE_COLUMN,
    EVERYBODY,
    ORDERS,
    WHOSE,
    span_of,
)
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.papers.exporting import ExportProgress
from desktop.ui.pages.queue.case_list import EVERY_SERVICE, CaseList, ListFilter
from desktop.ui.pages.queue.side import CaseSummary
from desktop.ui.places import Place
from desktop.ui.roles import DUTIES
from desktop.ui.standing.chips import chip_of, chip_of_state
from desktop.ui.standing.lines import (
    CITY_WAITS,
    NOTHING,
    CaseLine,
    deadline,
    last_days,
    received_words,
    short_number,
    soonest,
    whole_code,
)
from desktop.ui.standing.next_act import NextAct
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import CASE_NUMBER, Cell, named, quiet, turn
from desktop.ui.widgets.lists.table_cells import deadline as deadline_cell
from desktop.ui.work import Changed, Job

_S = State
_EVERYWHERE = ("", "همهٔ دفترها")
ROUND = "فهرست بازدیدهای روز"
_ALL = ListFilter("", "همه")
_OVERDUE = ListFilter("overdue", "دیرکرد", "clock-exclamation", "refuse")
_TO_VOID = "ابطال نامه"
_RECALL = ListFilter("recall", _TO_VOID, "file-off", "refuse")
_LAST_WORD = ListFilter("last-word", "نظر ناظر", "user-check")
_LATE = ListFilter("escalated", "بی‌پاسخ مانده", "clock-exclamation", "refuse")
_MINE = ListFilter("mine", "نزد من", "user-check")
_FREE = ListFilter("free", "برداشته‌نشده", "inbox")
_HOLDERS = (_MINE.name, _FREE.name)
_ALL_DISTRICTS = ("", "همهٔ منطقه‌ها")
_LATE_SEEN = (Role.SUPERVISOR, Role.EXPERT, Role.SIGNER)
_COLUMNS = (
    CASE_NUMBER,
    TableColumn("وضعیت", 158, sortable=False),
    TableColumn("متقاضی", 118, stretch=3, sortable=False),
    TableColumn("خدمت", 112, stretch=1, drop=1, sortable=False),
    TableColumn("دفتر", 66, sortable=False),
    TableColumn("گام بعد", 126, stretch=1, sortable=False),
    TableColumn("مهلت", 128, sortable=False),
    TableColumn("ثبت", 92, drop=3, sortable=False),
)
# Of who does one thing with every case the next step is always that: the service tells more.
_OF_ONE_ACT = tuple(replace(each, drop=2) if each.title == "گام بعد" else each for each in _COLUMNS)
# Finance looks for sums of money: that is what tells its cases apart.
_SUM = TableColumn("مبلغ (ریال)", 126, stretch=1, sortable=False)
_OF_FINANCE = tuple(_SUM if each.title == "گام بعد" else each for each in _COLUMNS)
_OF_ALL = tuple(replace(each, sortable=at in ORDERS) for at, each in enumerate(_COLUMNS))
_VISITS = (
    TableColumn("نوبت", 156, sortable=False),
    TableColumn("نشانی", 220, stretch=8, sortable=False),
    TableColumn("متقاضی", 120, stretch=1, sortable=False),
    TableColumn("تلفن", 116, sortable=False),
    TableColumn("خدمت", 104, drop=2, sortable=False),
    replace(CASE_NUMBER, drop=3),
    TableColumn("مهلت", 96, drop=1, sortable=False),
)
_TWO_LINES = 52


# A good and a negative answer stand in these states alike: they are called by what is awaited.
_OF_ANSWERS = {
    _S.ISSUED: ListFilter(_S.ISSUED.value, CITY_WAITS[_S.ISSUED], "rubber-stamp"),
    _S.RELEASED: ListFilter(_S.RELEASED.value, CITY_WAITS[_S.RELEASED], "user-check"),
}


def _filters(role: Role) -> tuple[ListFilter, ...]:
    return (
        _ALL,
        *((_MINE, _FREE) if role is Role.EXPERT else ()),
        _OVERDUE,
        *((_RECALL, _LAST_WORD) if role is Role.SUPERVISOR else ()),
        *((_LATE,) if role in _LATE_SEEN else ()),
        *(_OF_ANSWERS.get(state) or _of_state(state) for state in DUTIES[role].states),
    )


def _of_state(state: State) -> ListFilter:
    look = chip_of_state(state)
    return ListFilter(state.value, look.words, look.icon, look.tone)


def office_words(tracking: str) -> str:
    """«دفتر ۲۱»: under the code with which the office registered the case; also of a code alone."""
    return to_persian_digits(f"دفتر {tracking.partition('-')[0]}")


def _next(row: QueueRow, role: Role, today: date) -> NextAct:
    state = State(row.state)
    if state is State.BOOKED and row.slot_day is not None:
        hours = half_words(row.slot_day, row.slot_half)
        words = f"{format_day_month(row.slot_day)}، {hours}"
        if row.slot_day < today:
            words = f"{format_day_month(row.slot_day)}، گزارش نرسیده"
        if role is Role.INSPECTOR:
            return NextAct(words, True, "گزارش بازدید", "clipboard-check", _PAGE)
        return NextAct(words, False, "دیدن پرونده", "list-details", _PAGE)
    duty = DUTIES[role]
    if act := duty.acts.get(state):
        if role is not Role.EXPERT:
            return act
        # Of who looks at every case alike it is told whose it is.
        return replace(act, words=row.expert_name or "بدون کارشناس", ours=not row.expert)
    if row.claimed and duty.claims is not None:
        return duty.claims
    if row.doubted:
        return NextAct("پرداخت نامنطبق", False, "دیدن پرونده", "alert-triangle", _PAGE)
    if row.recall:
        return NextAct(_TO_VOID, False, "دیدن پرونده", "list-details", _PAGE)
    return NextAct(CITY_WAITS[state], False, "دیدن پرونده", "list-details", _PAGE)


_PAGE = places.MunicipalCase


def line_of_row(
    row: QueueRow, services: Mapping[str, Service], role: Role, today: date
) -> CaseLine:
    """A case of any office as a line of the municipality's list."""
    service = services.get(row.service)
    whole = deadline(State(row.state), row.due_on, today, last_days(service))
    words, over = soonest(whole, row.due_on, row.step_by, today)
    return CaseLine(
        case_id=row.case_id,
        number=short_number(row.tracking),
        chip=chip_of(read_status(row.status, row.state)),
        applicant=to_persian_digits(row.applicant),
        service=service.short if service else row.service,
        next=_next(row, role, today),
        deadline=words,
        over=over,
        received=received_words(row.received_at, today),
        office=office_words(row.tracking),
        address=to_persian_digits(within_city(row.address)),
        phone=phone_words(row.phone),
        sought=format_number(row.sought) if row.sought else "",
    )


class MunicipalQueuePage(CaseList):
    """What the centre has for this person; it needs the line."""

    place: places.MunicipalQueue

    listens = frozenset({Kind.SYNC})

    def __init__(self, shell: Shell, place: places.MunicipalQueue) -> None:
        role = shell.seat.staff.role
        self._role = role
        self._visits = role in (Role.INSPECTOR, Role.PLANNER)
        self._goes = role is Role.INSPECTOR
        columns = _OF_ALL if role is Role.SUPERVISOR else _OF_ONE_ACT
        columns = _OF_FINANCE if role is Role.FINANCE else columns
        columns = _VISITS if self._visits else columns
        tall = _TWO_LINES if self._visits else 0
        heading, filters = DUTIES[role].queue, _filters(role)
        super().__init__(shell, place, heading, filters, columns, tall=tall)
        self.cover = PaperCover(shell.work, self)
        self.progress = ExportProgress()
        self.office = ListChoice([_EVERYWHERE])
        self.office.setAccessibleName("دفتر")
        self.office.edited.connect(self._other_office)
        self.clerk = ListChoice([ANYBODY])
        self.clerk.setAccessibleName("متصدی")
        self.days = ListChoice(DAYS)
        self.days.setAccessibleName("روز ثبت")
        self.days.set_value(place.days)
        self.whose = ListChoice(WHOSE)
        self.whose.setAccessibleName("بازدیدهای چه کسی")
        self.whose.set_value(EVERYBODY if place.everybody else "")
        # The others are offered when the first answer tells them.
        known = [(place.district, district_name(int(place.district)))] if place.district else []
        self.district = ListChoice([_ALL_DISTRICTS, *known])
        self.district.setAccessibleName("منطقه")
        self.district.set_value(place.district)
        self.district.edited.connect(self._other_district)
        self._other_district()
        for choice in (self.clerk, self.days, self.whose, self.district):
            choice.edited.connect(self.look)
        # Whoever is not the supervisor works for all offices alike.
        if role is Role.SUPERVISOR:
            for choice in (self.office, self.clerk, self.days):
                self.below.addWidget(choice, 2)
            self.below.addWidget(self.progress, 2)
            self.below.addStretch(3)
            self.table.set_sorting(DUE_COLUMN)
            self.table.sorted_by.connect(lambda *_: self.load())
        elif self._goes:
            self.beside_service.addWidget(self.whose)
        elif role is Role.EXPERT:
            self.beside_service.addWidget(self.district)
        self._today = shell.today()
        self._services: dict[str, Service] = {}
        self._offices: dict[str, str] = {}
        self._rows: dict[int, QueueRow] = {}
        self._chosen_id = ""
        self._asking = 0
        self._down = self._cut = False
        self.summary = CaseSummary()
        self.side = self.summary
        asked = place.filter or shell.remembered.filter_of(places.MunicipalQueue)
        if asked in self.filters.chips:
            self.filters.select(asked)
        if place.office:
            self.office.set_options([_EVERYWHERE, (place.office, office_words(place.office))])
            self.office.set_value(place.office)
            self._offer_clerks([place.clerk] if place.clerk else [])
            self.clerk.set_value(place.clerk)
        self.clerk.setHidden(not place.office)
        self.show_chosen(None)

    def _other_office(self) -> None:
        # The clerk chosen before works in the office chosen before.
        self.clerk.set_value("")
        self.look()

    def _other_district(self) -> None:
        # The cases beside an open one are of the same district.
        self.shell.remembered.district = self.district.value()

    def _offer_clerks(self, names: Sequence[str]) -> None:
        options = [ANYBODY, *((name, name) for name in names)]
        if options != [*self.clerk.options()]:
            self.clerk.set_options(options)

    def _ask(self, offset: int) -> QueueAnswer:
        chosen, sorting = self.filters.chosen, self.table.sorting
        is_state = chosen not in (
            _OVERDUE.name, _RECALL.name, _LAST_WORD.name, _LATE.name, *_HOLDERS
        )  # fmt: skip
        last_word = chosen == _LAST_WORD.name
        return board.municipal_queue(
            self.shell.seat,
            text=self.typed.value(),
            state=State.RECOMMENDED.value if last_word else chosen if is_state else "",
            status=Status.LAST_WORD.value if last_word else "",
            overdue=chosen == _OVERDUE.name,
            recall=chosen == _RECALL.name,
            escalated=chosen == _LATE.name,
            office=self.office.value(),
            service=self.service.value(),
            clerk=self.clerk.value(),
            received=span_of(self.days.value(), self._today),
            mine=self._goes and self.whose.value() != EVERYBODY,
            order=ORDERS.get(sorting.column, ""),
            descending=sorting.column in ORDERS and not sorting.ascending,
            offset=offset,
            holder=chosen if chosen in _HOLDERS else "",
            district=int(self.district.value() or 0),
        )

    def count_words(self) -> str:
        """«۱ از ۴۷»; where more match what was typed than are listed, how to find the others."""
        words = super().count_words()
        return f"{words} نخست؛ برای دیگران بیشتر بنویسید" if words and self._cut else words

    def load(self) -> None:
        """The first rows and how many there are."""
        self._today = self.shell.today()
        self._asking += 1
        number, desk = self._asking, self.shell.seat.desk

        def job() -> tuple[QueueAnswer, dict[str, Service], dict[str, str]]:
            return self._ask(0), board.services_known(desk), board.offices_known(desk)

        def shown(found: tuple[QueueAnswer, dict[str, Service], dict[str, str]]) -> None:
            if number == self._asking:
                self._loaded(*found)

        self.shell.work.run(self, job, shown, self._refused, line=True)

    def _loaded(
        self, answer: QueueAnswer, services: dict[str, Service], offices: dict[str, str]
    ) -> None:
        self._down, self._cut = False, answer.cut
        if offices != self._offices:
            self.office.set_options([_EVERYWHERE, *offices.items()])
            self._offices = offices
        self._offer_clerks(answer.clerks)
        # Of an office: in the whole city a name alone is nobody's.
        self.clerk.setVisible(bool(self.office.value()))
        districts = [(str(each), district_name(each)) for each in answer.districts]
        if districts and districts != [*self.district.options()[1:]]:
            self.district.set_options([_ALL_DISTRICTS, *districts])
        if services != self._services:
            titles = [(code, service.title) for code, service in services.items()]
            self.service.set_options([EVERY_SERVICE, *titles])
            self._services = services
        counts = {state: count for state, count in answer.counts.items() if state}
        counts[""], counts[_OVERDUE.name] = sum(answer.counts.values()), answer.overdue
        counts[_RECALL.name], counts[_LAST_WORD.name] = answer.recalled, answer.last_word
        counts[_LATE.name] = answer.escalated
        counts[_MINE.name], counts[_FREE.name] = answer.mine, answer.free
        if self._role is Role.EXPERT:
            self.shell.show_count(self.rail, answer.mine)
        if self._role is Role.SUPERVISOR and not self.office.value():
            self.shell.show_count(self.rail, answer.recalled + answer.escalated)
        self.filters.set_counts(counts)
        states = {*(state.value for state in DUTIES[self._role].states), *_HOLDERS}
        for name, chip in self.filters.chips.items():
            # One state that holds all of them would be «همه» once more.
            more = bool(counts.get(name)) and not (name in states and counts[name] == counts[""])
            chip.setVisible(not name or name == self.filters.chosen or more)
        self._rows = dict(enumerate(answer.rows))
        places = (i for i, row in self._rows.items() if row.case_id == self._chosen_id)
        self.show_count(answer.total, next(places, -1))

    def _refused(self, no: Refusal) -> None:
        # The list of before stays: it is told once that it can't be asked anew.
        if not self._down:
            self._down = True
            self.shell.tell(no.words, "neutral", "تلاش دوباره", self.load)

    def ask(self, first: int, count: int) -> None:
        """A page of rows, from what the first answer brought or from the centre."""
        wanted = range(first, first + count)
        if all(place in self._rows for place in wanted):
            self._show_rows(first, [self._rows[place] for place in wanted])
            return
        number = self._asking

        def shown(answer: QueueAnswer) -> None:
            if number == self._asking:
                self._rows |= {first + i: row for i, row in enumerate(answer.rows)}
                self._show_rows(first, answer.rows[:count])

        self.shell.work.run(self, lambda: self._ask(first), shown, self._refused, line=True)

    def _show_rows(self, first: int, rows: list[QueueRow]) -> None:
        lines = [line_of_row(row, self._services, self._role, self._today) for row in rows]
        self.show_lines(first, lines)

    def cells(self, line: CaseLine) -> list[Cell]:
        """With the office before the next step; to who goes there when, where and whom to call."""
        if self._visits:
            return [
                turn(line.next.words, ours=line.next.ours),
                Cell(line.address or NOTHING, wraps=True),
                named(line.applicant),
                Cell(line.phone),
                Cell(line.service, wraps=True),
                quiet(line.number),
                deadline_cell(line.deadline, over=line.over),
            ]
        return [
            quiet(line.number),
            Cell(chip=line.chip),
            named(line.applicant),
            Cell(line.service),
            Cell(line.office),
            self._step(line),
            deadline_cell(line.deadline, over=line.over),
            quiet(line.received),
        ]

    def _step(self, line: CaseLine) -> Cell:
        """What is done next; of who only looks for money, how much."""
        if self._role is Role.FINANCE:
            return Cell(line.sought, weight=500)
        return turn(line.next.words, ours=line.next.ours)

    def show_chosen(self, line: CaseLine | None) -> None:
        """What the list itself knows of the chosen case."""
        self._chosen_id = line.case_id if line is not None else ""
        self.arrange(line)
        row = self._rows.get(self.table.row())
        if line is None or row is None:
            self.summary.clear()
            return
        code = isolate(to_persian_digits(row.code)) if row.code else NOTHING
        pairs = [("دفتر", line.office), ("کد نوسازی", code)]
        if line.sought:
            pairs.append(("مبلغ", format_rial(row.sought)))
        if self._visits:
            pairs = [("نشانی", line.address or NOTHING), ("تلفن", line.phone or NOTHING)]
            pairs += [("حاضر در محل", to_persian_digits(row.attending) or NOTHING)]
            pairs += [("کد نوسازی", code), ("دفتر", line.office)]
        pairs += [("ثبت", line.received), ("مهلت", line.deadline), ("گام بعد", line.next.words)]
        self.summary.show_line(line, whole_code(row.tracking), pairs)

    def arrange(self, line: CaseLine | None) -> None:
        """Main: the role's act on the chosen case."""
        if self.bar is None:
            return
        if line is None:
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter")
            main.clicked.connect(self.load)
            self.bar.arrange(main=main)
            return
        main = Button(line.next.button, "main", icon=line.next.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self.act(line))
        seconds = [self._round_button()] if self._goes else []
        row = self._rows.get(self.table.row())
        if row is not None and self._may_take(row):
            take = Button("برداشتن", icon="inbox", tall=True)
            take.clicked.connect(lambda: self._take(take, row.case_id))
            seconds.append(take)
        if row is not None and row.code and self._role is Role.SUPERVISOR:
            bind = Button("نامه‌های این ملک…", icon="folder-open", tall=True)
            bind.clicked.connect(lambda: self.bind(row.code))
            seconds.append(bind)
        self.bar.arrange(
            main=main, seconds=seconds, quiets=self.quiets(line), sentence=self.count_words()
        )

    def _may_take(self, row: QueueRow) -> bool:
        waits = row.state == State.IN_REVIEW.value and not row.expert
        return self._role is Role.EXPERT and waits

    def _take(self, take: Button, case_id: str) -> None:
        # Another press would be told that somebody has it.
        take.setEnabled(False)
        self.flow(self._taking(case_id))

    async def _taking(self, case_id: str) -> None:
        """The case is the person's own, or another's where the person has to do with it."""
        seat = self.shell.seat
        try:
            await Job(partial(reviewing.take, seat, case_id), line=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        # Whoever was refused may try again.
        self.arrange(self.chosen)
        self.load()

    def bind(self, code: str) -> None:
        """Ask where, and write all letters of the property, for a court."""
        if self.progress.is_running:
            return
        chosen = choosing.save_file(self, property_letters.TITLE, Path(f"{code}.pdf"), choosing.PDF)
        if chosen is not None:
            self.flow(self._binding(chosen, code))

    async def _binding(self, path: Path, code: str) -> None:
        seat = self.shell.seat
        try:
            cases = await Job(partial(property_letters.cases_of, seat, code), line=True)
            write = partial(property_letters.bind_property, seat, path, code, cases)
            await self.progress.follow(write, len(cases))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"{isolate(path.name)} نوشته شد.")

    def _round_button(self) -> Button:
        words = "بازدیدهای روز" if self.narrow else "فهرست بازدیدهای روز"
        button = Button(words, icon="printer", keys="F8", tall=True)
        button.setAccessibleName(ROUND)
        button.clicked.connect(self.show_round)
        return button

    def show_round(self) -> None:
        """The visits of the chosen one's day on paper."""
        row = self._rows.get(self.table.row())
        if row is None or row.slot_day is None:
            return
        title = f"{ROUND}، {format_day_month(row.slot_day)}"
        self.cover.show_paper(title, partial(visits.round_of, self.shell.seat, row.slot_day))

    def press(self, key: str) -> bool:
        """F8 shows the day's round and prints it; Esc takes it away, and stops what is written."""
        if key == "Esc" and (self.cover.close_cover() or self.progress.stop_export()):
            return True
        if key == "F8" and self.cover.isVisible():
            self.cover.paper.print_now()
            return True
        if key == "F8" and self._goes:
            self.show_round()
            return True
        return super().press(key)

    def place_of(self, line: CaseLine) -> Place:
        """The page of the case; what an expert decides has one of its own."""
        page = line.next.page if self._role is Role.EXPERT else None
        return (page or _PAGE)(line.case_id)

    def looked_at(self) -> places.MunicipalQueue:
        """With office and clerk, days, and whose visits they are."""
        office = self.office.value()
        return places.MunicipalQueue(
            self.asked,
            office,
            self.typed.value(),
            self.service.value(),
            self.days.value(),
            self.clerk.value() if office else "",
            everybody=self.whose.value() == EVERYBODY,
            district=self.district.value(),
        )

    def refresh(self, changed: Changed) -> None:
        """Ask the centre again; the place in the list stays."""
        self.load()
