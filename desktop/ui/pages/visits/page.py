"""برنامهٔ بازدید: the planner's week, an absence, and the visits that it moves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import board, papers, rounds, visits
from desktop.actions.rounds import RoundsLook
from desktop.domain.calendar import WEEKDAYS, format_day_month, weekday
from desktop.domain.errors import Refusal
from desktop.domain.persian import join_and, to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.figures.data_acts import DataActsPage
from desktop.ui.pages.office.acting import main_key
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.pages.visits.form import (
    COLUMNS,
    AbsenceEndForm,
    AbsenceForm,
    MoveVisitsForm,
    shift_cells,
)
from desktop.ui.pages.visits.grid import WeekGrid
from desktop.ui.pages.visits.half import HalfDayVisits
from desktop.ui.pages.visits.rounds_form import RoundsForm
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.keys import onward
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.table import RowsModel, Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Job
from desktop.wire.publishing import PublicationBody
from desktop.wire.visit_plan import MovedBody, VisitWeekAnswer

_WEEK, _FEW = 6, 3
_NOBODY = "در این هفته مأموری نوبت ندارد"
_ROUNDS = "برنامهٔ مأموران…"
_TO_CALL_ROW = 44
# Weeks follow each other to the left.


class VisitPlanPage(LeadsRows, DataActsPage):
    """F2 puts an absence down, Alt+← and → turn the weeks, Enter opens the visits of the half-day;
    where none is left to be made then, its absence or the end of one.

    Enter on a visit opens its case, where three other places are offered. After an act whom to call
    stands under the week; Space says that it was done.
    """

    place: places.VisitPlan

    listens = frozenset({Kind.SYNC, Kind.PUBLISHED, Kind.DAY})
    rail = "visit-plan"
    about = "visit-plan"
    needs_line = "برنامهٔ مأموران به خط نیاز دارد"

    def __init__(self, shell: Shell, place: places.VisitPlan) -> None:
        super().__init__(shell, place, "")
        self.set_heading(Heading("برنامهٔ بازدید", "همهٔ مأموران"))
        self.week: VisitWeekAnswer | None = None
        self.rounds: RoundsLook | None = None
        self._proposed: list[PublicationBody] = []
        self._narrow = False
        self._turn = 0
        self._down = False
        self.start = self._saturday(place.first or shell.today())
        self.span = Label("", "section", weight=700)
        self.before = Button("هفتهٔ پیش", icon="chevron-right")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = Button("هفتهٔ بعد", icon="chevron-left")
        self.after.clicked.connect(lambda: self.turn(1))
        self.lost = Banner("", "refuse", icon="alert-triangle", link="دیدن")
        self.lost.followed.connect(lambda: self.begin(MoveVisitsForm.name))
        self.lost.hide()
        self.proposed = Banner("", "pay", icon="clock", link="دیدن")
        self.proposed.followed.connect(self._show_proposed)
        self.proposed.hide()
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.grid = WeekGrid(shell.today())
        self.grid.opened.connect(self._open_half)
        self._frame = QWidget()
        self._frame.setLayout(Column(self.grid, gap=0))
        self.empty = EmptyState(
            _NOBODY, "با «برنامهٔ مأموران» بنویسید چه کسی کِی می‌رود.", icon="calendar-event"
        )
        self.empty.hide()
        self.moved: list[MovedBody] = []
        self.to_call: list[MovedBody] = []
        self._calls_over = False
        self._week_wanted = False
        self.calls = Table("فهرست تماس", COLUMNS, row_height=_TO_CALL_ROW)
        self._rows = RowsModel(COLUMNS, self.calls)
        self.calls.setModel(self._rows)
        self._calls_frame = TableFrame(self.calls)
        self._calls_frame.hide()
        self.calls.opened.connect(self._open_called)
        self.half = HalfDayVisits()
        self.half.opened.connect(self._open_case)
        self.half.hide()
        self._half = place.half
        top = Row(self.span, gap=10)
        top.addStretch(1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        content = Column(self.fault, self.lost, self.proposed, gap=10, margins=(12, 20, 12, 20))
        content.addLayout(top)
        content.addWidget(self._frame, 3)
        content.addWidget(self.empty, 3)
        content.addWidget(self.half, 2)
        content.addWidget(self._calls_frame, 2)
        shown = QWidget()
        shown.setLayout(content)
        self.put_parts(shown)

    def _saturday(self, day: date) -> date:
        return day - timedelta(days=WEEKDAYS.index(weekday(day)))

    @property
    def _next_saturday(self) -> date:
        """The Saturday of the week that is shown, at least the next one: rounds begin there."""
        following = self._saturday(self.shell.today()) + timedelta(days=7)
        return max(self.start, following)

    @property
    def days(self) -> tuple[date, int]:
        """The first day that is shown, and how many: a week, or three where it is narrow."""
        if not self._narrow:
            return self.start, _WEEK
        today = self.shell.today()
        within = self.start <= today < self.start + timedelta(days=_WEEK)
        return (today if within else self.start), _FEW

    def turn(self, by: int) -> None:
        """Another week."""
        self.start += timedelta(days=7 * by)
        self._half = None
        self._keep_place()
        self.load()

    def _keep_place(self) -> None:
        """Whoever comes back finds this week, and the half-day that was open."""
        self.returns_to = places.VisitPlan(self.start, self._half)

    def load(self) -> None:
        """Ask the centre for the week."""
        self._turn += 1
        self.flow(self._load(self._turn))

    async def _load(self, turn: int) -> None:
        first, days = self.days
        seat = self.shell.seat
        try:
            self.rounds = await Job(partial(rounds.look, seat.desk, self._next_saturday))
            week = await Job(partial(visits.week, seat, first, days), line=True)
            self._proposed = await Job(partial(rounds.waiting, seat), line=True)
            moved = await Job(partial(visits.moved, seat), line=True)
        except Refusal as no:
            self._down = True
            self.fault.set_words(no.words)
            self.fault.show()
            self.arrange_bar()
            return
        if turn != self._turn:
            return
        self._down = False
        self.fault.hide()
        self.week = week
        self._take_moved(moved)
        last = week.days[-1].day
        self.span.setText(f"{format_day_month(first)} تا {format_day_month(last)}")
        self.grid.show_week(week, self.shell.today())
        self._ask_half()
        if self.hasFocus() and self.form is None:
            self.take_focus()
        self._show_calls()
        self.empty.setVisible(not week.inspectors)
        count = to_persian_digits(week.to_move)
        self.lost.set_words(f"{count} بازدید مأمور یا روزش را از دست داده است؛ باید جابه‌جا شود.")
        self.lost.setVisible(bool(week.to_move))
        self.shell.show_count(self.rail, week.to_move)
        self._tell_proposed()
        self.tell_unfinished()
        self.arrange_bar()

    def _tell_proposed(self) -> None:
        days = sorted({each.draft.items[0].day for each in self._proposed})
        since = join_and([format_day_month(day) for day in days])
        self.proposed.set_words(f"برنامهٔ مأموران از {since} در انتظار امضای دوم است.")
        self.proposed.setVisible(bool(days))

    def _show_proposed(self) -> None:
        """The one that was put forward first."""
        if self._proposed:
            self.shell.go(places.Publication(self._proposed[0].draft.publication))

    # Acts.

    def can_begin(self, name: str) -> bool:
        """Absence and rounds always; moving alone where something must move."""
        if self.week is None or self._down:
            return False
        if name == RoundsForm.name:
            return self.rounds is not None
        if name == AbsenceEndForm.name:
            return self.grid.absence() is not None
        return name == AbsenceForm.name or (name == MoveVisitsForm.name and self.week.to_move > 0)

    def form_of(self, name: str) -> SignedForm:
        """The form of the act."""
        seat, work, today = self.shell.seat, self.shell.work, self.shell.today()
        week, absence = self.week, self.grid.absence()
        if name == RoundsForm.name and self.rounds is not None:
            return RoundsForm(self.rounds, today)
        if name == AbsenceForm.name and week is not None:
            people = [(each.staff_id, each.name) for each in week.inspectors]
            form: MoveVisitsForm = AbsenceForm(seat, work, today, people)
        elif name == AbsenceEndForm.name and week is not None and absence is not None:
            names = {each.staff_id: each.name for each in week.inspectors}
            form = AbsenceEndForm(seat, work, today, names[absence.staff], absence.value)
            form.look()
        else:
            form = MoveVisitsForm(seat, work, today)
            form.look()
        form.looked.connect(self.arrange_bar)
        return form

    def begin_absence(self) -> None:
        """Begun empty."""
        self.begin(AbsenceForm.name)

    def begin_rounds(self) -> None:
        """«برنامهٔ مأموران…»: the sheet of all of them."""
        self.begin(RoundsForm.name)

    def begin_end(self, staff: str, day: date, half: int = 1) -> None:
        """The end of the absence that was put down for then; it is chosen in the week."""
        self.grid.choose(staff, day, half)
        self.begin(AbsenceEndForm.name)

    def _open_half(self, staff: str, day: date) -> None:
        found = self.grid.half()
        if found is not None and found[1].booked > found[1].done:
            self._half = (staff, day, found[1].half)
            self._keep_place()
            self._ask_half()
            self.take_focus()
        elif self.grid.absence() is not None:
            self.begin(AbsenceEndForm.name)
        else:
            self._begin_absence_of(staff, day)

    def _begin_absence_of(self, staff: str, day: date) -> None:
        self.begin(AbsenceForm.name)
        if isinstance(self.form, AbsenceForm) and not self.form.who.value():
            self.form.begin_with(staff, day)

    # The visits of one half-day.

    def _ask_half(self) -> None:
        """The visits of the half-day that is open; nobody's any more, it is shut."""
        if self._half is None:
            return
        staff, day, half = asked = self._half
        known = self.week.inspectors if self.week is not None else []
        found = next((each for each in known if each.staff_id == staff), None)
        if found is None:
            self._close_half()
            return
        self.grid.choose(*asked)
        self.half.begin(found.name, day, half)
        self._make_room()
        self.arrange_bar()
        self.flow(self._bring_half(asked, found.name))

    async def _bring_half(self, asked: tuple[str, date, int], inspector: str) -> None:
        seat, (_, day, half) = self.shell.seat, asked
        try:
            rows = await Job(partial(visits.of_half, seat, day, half, inspector), line=True)
            services = await Job(partial(board.services_known, seat.desk))
        except Refusal as no:
            self.fault.set_words(no.words)
            self.fault.show()
            return
        if asked == self._half:
            self.half.show_visits(rows, services, self.shell.today())
            self.arrange_bar()

    def _close_half(self) -> None:
        self._half = None
        self._keep_place()
        self._make_room()
        self.arrange_bar()

    def _open_case(self, case_id: str) -> None:
        """There the planner is offered the next three places."""
        if case_id:
            self.shell.go(places.MunicipalCase(case_id))

    def _open_called(self, row: int) -> None:
        # One that found no place is no planner's before its office has taken one again.
        if self.to_call[row].shift.day is not None:
            self._open_case(self.to_call[row].shift.case_id)

    async def done_by(self, form: SignedForm) -> bool:
        """What was moved leaves behind whom to call."""
        moved = isinstance(form, MoveVisitsForm) and bool(form.shifts)
        done = await super().done_by(form)
        if done and moved:
            self._week_wanted = self._calls_over = False
            self._half = None
            self._keep_place()
            self._take_moved(await Job(partial(visits.moved, self.shell.seat), line=True))
            self._show_calls()
        return done

    # Whom to call.

    def _take_moved(self, moved: list[MovedBody]) -> None:
        """Whom to call of them; a list of which nobody is left is begun no more."""
        self.moved = moved
        to_call = [each for each in moved if not each.shift.same_time]
        begun = bool(self.to_call) or not all(each.called for each in to_call)
        self.to_call = to_call if begun and not self._calls_over else []

    def _show_calls(self) -> None:
        today = self.shell.today()
        rows = []
        for each in self.to_call:
            cells = shift_cells(each.shift, today)
            if each.called:
                called = cells[-1]
                cells[-1] = type(called)("تماس گرفته شد", "ok", 500, icon="check", wraps=True)
            rows.append((each.shift.case_id, cells))
        at = max(0, self.calls.row())
        self._rows.set_rows(rows)
        self._calls_frame.setVisible(bool(rows))
        self._make_room()
        if rows:
            self.calls.choose(min(at, len(rows) - 1))
        self.arrange_bar()

    def _make_room(self) -> None:
        """Where it is narrow, whom to call stands in the week's place; F7 turns to the other."""
        half = self._half is not None
        calls = bool(self.to_call) and not half
        shut = self._narrow and (half or (calls and not self._week_wanted))
        nobody = self.week is not None and not self.week.inspectors
        self._frame.setVisible(not shut and not nobody)
        self.half.setVisible(half)
        self._calls_frame.setVisible(calls and (shut or not self._narrow))

    def _end_calls(self) -> None:
        """The list goes; who is not called yet is in it when the page is opened again."""
        self.to_call, self._calls_over = [], True
        self._show_calls()
        self.take_focus()

    def _call(self) -> None:
        row = self.calls.row()
        if row < 0 or not self.to_call:
            return
        self.flow(self._note_called(self.to_call[row], row))

    async def _note_called(self, each: MovedBody, row: int) -> None:
        called = not each.called
        note = partial(visits.note_called, self.shell.seat, each, called=called)
        try:
            await Job(note, line=True)
        except Refusal as no:
            self.load()
            self.fault.set_words(no.words)
            self.fault.show()
            return
        noted = each.model_copy(update={"called": called})
        self.moved = [noted if one is each else one for one in self.moved]
        self.to_call = [noted if one is each else one for one in self.to_call]
        self._show_calls()
        self.calls.choose(min(row + 1, len(self.to_call) - 1))

    def print_slips(self) -> None:
        """The new slips of what was moved last, on one paper."""
        newest = [each for each in self.moved if each.moved_at == self.moved[0].moved_at]
        count = to_persian_digits(sum(each.shift.day is not None for each in newest))
        draw = partial(papers.slips, self.shell.seat, newest)
        self.show_paper(OfficePaper(f"{count} برگ نوبت تازه", draw))

    # The bar and keys.

    def arrange_bar(self) -> None:
        """Moving comes first where something must move; else an absence."""
        if self.bar is None or self.on_paper() or self.arrange_form():
            return
        if self._half is not None:
            self._arrange_half()
            return
        absence = partial(Button, "غیبت مأمور…", icon="user-plus", keys="F2", tall=True)
        seconds = []
        # While people are to be called there is no room for the rounds where it is narrow.
        crowded = self._narrow and bool(self.to_call)
        if self.rounds is not None and not self._down and not crowded:
            sheet = Button(_ROUNDS, icon="table", tall=True)
            sheet.clicked.connect(self.begin_rounds)
            seconds.append(sheet)
        day = self._next_day()
        if self.week is not None and self.week.to_move and not self._down:
            count = to_persian_digits(self.week.to_move)
            main = main_key(
                f"دیدن {count} بازدید بی‌مأمور",
                "arrows-exchange",
                lambda: self.begin(MoveVisitsForm.name),
            )
            other = absence()
            other.clicked.connect(self.begin_absence)
            seconds.append(other)
        elif day is not None:
            main = main_key(f"چاپ برنامهٔ {self._day_words(day)}", "printer", self.print_plan)
            other = absence()
            other.clicked.connect(self.begin_absence)
            seconds.append(other)
        elif self.week is not None and self.week.inspectors and not self._down:
            main = main_key("غیبت مأمور…", "user-plus", self.begin_absence)
        elif self.week is not None and not self._down:
            seconds.clear()
            main = main_key(_ROUNDS, "table", self.begin_rounds)
        else:
            main = main_key("تازه‌سازی", "refresh", self.load)
        quiets = []
        if self.to_call:
            end = Button("پایان تماس‌ها", "quiet", icon="check", tall=True)
            end.clicked.connect(self._end_calls)
            quiets.append(end)
        if any(each.shift.day is not None for each in self.moved) and not self._down:
            words = "برگ‌های تازه" if self._narrow else "برگ‌های نوبت تازه"
            slips = Button(words, "quiet", icon="printer", tall=True)
            slips.setAccessibleName("برگ‌های نوبت تازه")
            slips.clicked.connect(self.print_slips)
            quiets.append(slips)
        said = "" if crowded else self._sentence()
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=said)

    def _arrange_half(self) -> None:
        """Of the visits of a half-day one is moved, or its inspector is absent."""
        if self.bar is None or self._half is None:
            return
        staff, day, half = self._half
        absence = Button("غیبت مأمور…", icon="user-plus", keys="F2", tall=True)
        absence.clicked.connect(lambda: self._begin_absence_of(staff, day))
        if self._is_away(*self._half):
            absence = Button("پایان غیبت…", icon="user-check", tall=True)
            absence.clicked.connect(lambda: self.begin_end(staff, day, half))
        if not self.half.rows.rowCount():
            back = main_key("بازگشت به هفته", "arrow-right", self._leave_half)
            self.bar.arrange(main=back, seconds=[absence])
            return
        move = main_key(
            "جابه‌جایی این بازدید", "arrows-exchange", lambda: self._open_case(self.half.table.key())
        )
        self.bar.arrange(main=move, seconds=[absence], quiets=[self.way_back()])

    def _is_away(self, staff: str, day: date, half: int) -> bool:
        """Whether an absence was put down for that half-day."""
        known = self.week.inspectors if self.week is not None else []
        halves = (each for one in known if one.staff_id == staff for each in one.halves)
        return any(each.absence for each in halves if (each.day, each.half) == (day, half))

    def _leave_half(self) -> None:
        self._close_half()
        self.take_focus()

    def _next_day(self) -> date | None:
        """The next day after today with visits among those that are shown; None for none."""
        if self.week is None or self._down:
            return None
        today = self.shell.today()
        halves = (half for each in self.week.inspectors for half in each.halves)
        return min((half.day for half in halves if half.booked and half.day > today), default=None)

    def _day_words(self, day: date) -> str:
        tomorrow = (day - self.shell.today()).days == 1
        return "فردا" if tomorrow else f"{weekday(day)} {format_day_month(day)}"

    def print_plan(self) -> None:
        """The visits of the next day on paper, inspector by inspector."""
        day = self._next_day()
        if day is not None:
            draw = partial(visits.plan_of, self.shell.seat, day)
            self.show_paper(OfficePaper(f"برنامهٔ {self._day_words(day)}", draw))

    def _sentence(self) -> str:
        left = sum(not each.called for each in self.to_call)
        return to_persian_digits(f"فهرست تماس: {left} نفر مانده") if self.to_call else ""

    def set_narrow(self, narrow: bool) -> None:
        """Three days where there is no room for a week."""
        changed, self._narrow = narrow != self._narrow, narrow
        self._make_room()
        if changed and self.week is not None:
            self.load()

    def press(self, key: str) -> bool:
        """F2 an absence, F5 anew; Alt+→ the week before, unless the help is open."""
        if super().press(key):
            return True
        if self.form is not None or self.on_paper():
            return False
        if self._half is not None and key in ("Esc", "F2"):
            staff, day, _ = self._half
            if key == "Esc":
                self._leave_half()
            else:
                self._begin_absence_of(staff, day)
        elif key == "F2":
            self.begin_absence()
        elif key == "F5":
            self.load()
        elif key == "F8":
            self.print_plan()
        elif key == "F7" and self._narrow and self.to_call:
            self._week_wanted = not self._week_wanted
            self._make_room()
            self.take_focus()
        elif key == "Alt+Right":
            self.turn(-1)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+← and → turn the weeks, from wherever the keys are."""
        turn = onward(event)
        if self.form is None and turn and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.turn(turn)
        else:
            super().keyPressEvent(event)

    def press_space(self) -> bool:
        """The chosen one was called."""
        calls = self.form is None and self._half is None and bool(self.to_call)
        if calls:
            self._call()
        return calls

    def take_focus(self) -> None:
        """The form that stands open, the visits of a half-day, whom to call, else the week."""
        first = self.form.first() if self.form is not None else None
        other = self.calls if self._calls_frame.isVisibleTo(self) else self.grid
        if self._half is not None:
            other = self.half.table
        (first or other).setFocus(Qt.FocusReason.OtherFocusReason)
