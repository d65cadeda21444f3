"""بازدید امروز: the inspector's visits of a day, in the order of his way, also without a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import visit_day, visit_pack
from desktop.actions.visit_day import DayVisit, InspectorDay
from desktop.domain.errors import Refusal
from desktop.domain.lawful_reports import report_too_early
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.city_words import halves_on
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.inspection.ends import MissForm
from desktop.ui.pages.inspection.listing import VisitList
from desktop.ui.pages.inspection.side import DaySide
from desktop.ui.pages.office.acting import main_key
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.standing.visit_day import (
    counted,
    day_title,
    kept_words,
    line_of_visit,
    next_day,
    next_words,
    walked,
)
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.keys import onward
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.widgets.told.keycap import KeyCaps
from desktop.ui.work import NO_LINE, Changed, Job

_NEVER = "برنامهٔ شما هنوز به این رایانه نیامده است؛ یک بار با خط باز کنید."
_NEXT_DAY, _DAY_BEFORE = "روز بعد", "روز پیش"
# Days follow each other to the left.


class VisitDayPage(PaperPage):
    """↑ ↓ choose, Enter opens the case, Ctrl+Enter its report; Alt+↑ ↓ change the order, Alt+← and
    → the day; F8 prints the pack in the order of the way."""

    place: places.VisitDay

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "visit-day"
    tells_line = True

    def __init__(self, shell: Shell, place: places.VisitDay) -> None:
        super().__init__(shell, place)
        self.narrow = False
        self.day: date = place.day or shell.today()
        self.found: InspectorDay | None = None
        self.form: MissForm | None = None
        self._drafts: ActDrafts | None = None
        self._chosen = ""
        self._turn = 0
        # Whether the keys go to the list as soon as there is one: what had them is gone.
        self._wants_keys = False
        self.kept = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.kept.followed.connect(self.load)
        self.kept.hide()
        self.walked = Label("", "small", "text2", elide=True)
        self.listed = VisitList()
        self.listed.chosen.connect(self._chose)
        self.listed.opened.connect(lambda _: self._open_case())
        self.listed.shifted.connect(self._shift)
        self.before = Button(_DAY_BEFORE, icon="chevron-right")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = Button(_NEXT_DAY, icon="chevron-left")
        self.after.clicked.connect(lambda: self.turn(1))
        self.empty = EmptyState("", "", icon="calendar-event", button="دیدن آن روز")
        self.empty.pressed.connect(self._go_to_next)
        self.empty.hide()
        self.panel = DaySide(shell.remembered.out_of_pack)
        self.panel.pointed.connect(self._point)
        self.side = self.panel
        self.parts = QStackedWidget()
        self.parts.addWidget(self._list_part())
        self._form_place = Scroller(gap=10, margins=(14, 20, 14, 20))
        self.parts.addWidget(self._form_place)
        self.put(self.parts)
        self._tell_heading()
        self.arrange_bar()

    def _list_part(self) -> QWidget:
        part = QWidget()
        self._order = QWidget()
        self._order.setLayout(
            Row(Label("جابه‌جا کردن ترتیب", "small", "text2"), KeyCaps("Alt+Up"), gap=8)
        )
        head = Row(gap=10)
        head.addWidget(Label("به ترتیب مسیر", "section", weight=700))
        head.addWidget(self.walked, 1)
        for each in (self._order, self.before, self.after):
            head.addWidget(each)
        self._card = Card(margins=(0, 0, 0, 0), gap=0)
        self._card.add(self.listed)
        column = Column(self.kept, gap=10, margins=(12, 20, 12, 20))
        column.addLayout(head)
        column.addWidget(self._card, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        part.setLayout(column)
        return part

    # Loading.

    def enter(self) -> None:
        """What is here at once, then what the centre tells now."""
        self.take_focus()
        self.load()

    def refresh(self, changed: Changed) -> None:
        """A round ended or the day turned."""
        if changed.day and self.place.day is None:
            self.day = self.shell.today()
        self.load()

    def turn(self, by: int) -> None:
        """Another day, from today on."""
        day = self.day + timedelta(days=by)
        if self.shell.today() <= day:
            self._look_at(day)

    def _look_at(self, day: date) -> None:
        self.day, self._chosen, self.found = day, "", None
        self._wants_keys = True
        self.returns_to = places.VisitDay(day if day != self.shell.today() else None)
        self._tell_heading()
        self.load()

    def load(self) -> None:
        """Read what is kept here, then ask the centre."""
        self._turn += 1
        self.flow(self._load(self._turn))

    async def _load(self, turn: int) -> None:
        seat, day, opens = self.shell.seat, self.day, self.found is None
        if opens:
            found = await Job(partial(visit_day.kept, seat, day))
            if found is not None and turn == self._turn:
                self._show(found)
        try:
            asked = await Job(partial(visit_day.look, seat, day, opens=opens), line=True)
        except Refusal as no:
            if turn == self._turn and self.found is None:
                self.kept.set_words(_NEVER if no.words == NO_LINE else no.words)
                self.kept.show()
                self._card.hide()
            return
        if turn == self._turn:
            self._show(asked)

    def _show(self, found: InspectorDay) -> None:
        self.found = found
        today = self.shell.today()
        lines = [line_of_visit(visit, at) for at, visit in enumerate(found.visits, start=1)]
        row = found.place(self._chosen)
        if row < 0:
            opens = (at for at, visit in enumerate(found.visits) if visit.open)
            row = next(opens, 0)
        self.listed.show_lines(lines, row)
        self._card.setVisible(bool(lines))
        self._order.setVisible(len(lines) > 1 and not self.narrow)
        self.empty.setVisible(not lines)
        words = "امروز بازدیدی ندارید" if self.day == today else "در این روز بازدیدی ندارید"
        self.empty.say(words, next_words(found, today))
        self.empty.button.setVisible(next_day(found) is not None)
        self.walked.setText(walked(found) if lines else "")
        self.kept.set_words(kept_words(found, self.shell.now()))
        self.kept.setVisible(not found.live)
        self.panel.show_day(found)
        self.let_side_stand(bool(found.visits))
        self._tell_heading()
        if self.day == today:
            self.shell.show_count(self.rail, sum(visit.open for visit in found.visits))
        self._chose(self.listed.row())
        if self._wants_keys and lines and self.form is None:
            self._wants_keys = False
            self.take_focus()

    def _tell_heading(self) -> None:
        second = counted(self.found) if self.found is not None else ""
        self.set_heading(Heading(day_title(self.day, self.shell.today()), second))

    # The chosen visit.

    @property
    def visit(self) -> DayVisit | None:
        """The chosen one; None while none is."""
        row = self.listed.row()
        if self.found is None or not 0 <= row < len(self.found.visits):
            return None
        return self.found.visits[row]

    def _chose(self, row: int) -> None:
        visit = self.visit
        self._chosen = visit.case.case_id if visit is not None else ""
        self.panel.show_visit(visit, row + 1)
        self.arrange_bar()

    def _point(self, case_id: str) -> None:
        if self.found is not None:
            self.listed.choose(self.found.place(case_id))

    def _open_case(self) -> None:
        if self.visit is not None:
            self.shell.go(places.MunicipalCase(self.visit.case.case_id))

    def _shift(self, by: int) -> None:
        if self.found is not None and self.visit is not None:
            self.act(self._shifting(self.found, self.visit.case.case_id, by))

    async def _shifting(self, of: InspectorDay, case_id: str, by: int) -> None:
        seat = self.shell.seat
        try:
            await self.acting_on(partial(visit_day.move, seat, of, case_id, by))
        except Refusal as no:
            self.shell.tell(no.words, "pay")
            return
        moved = await self.acting_on(partial(visit_day.kept, seat, of.day))
        if moved is not None and of.day == self.day:
            self._show(replace(moved, live=of.live))

    def _report(self) -> None:
        """The report of a visit whose day is here; of another why not."""
        visit = self.visit
        if visit is None:
            return
        halves = halves_on(visit.day)
        if visit.open and (words := report_too_early(visit.day, self.shell.now(), halves)):
            self.shell.tell(words, "pay")
            return
        self._open_case()

    def print_pack(self) -> None:
        """The pack of what is left to be made, in the order of the way."""
        found = self.found
        if found is None or not any(visit.open for visit in found.visits):
            return
        draw = partial(visit_pack.pack, self.shell.seat, found, self.panel.chosen_parts())
        self.show_paper(OfficePaper("بستهٔ مسیر", draw))

    def _go_to_next(self) -> None:
        following = next_day(self.found) if self.found is not None else None
        if following is not None:
            self._look_at(following)

    # «انجام نشد…», in place.

    def begin_miss(self) -> None:
        """Why the chosen visit did not take place, asked in the list's place."""
        visit = self.visit
        if visit is None or not visit.open:
            return
        if visit.day > self.shell.today():
            self._report()
            return
        form = MissForm(visit.case, self.shell.now, FormFiles(self.shell, self))
        self.form = form
        self._drafts = ActDrafts(self, visit.case.case_id)
        self._drafts.of = to_persian_digits(visit.case.request.party.name)
        self._drafts.rev = visit.case.rev
        self._drafts.load()
        self._form_place.add(form)
        form.errors.jump.connect(form.go_to)
        self.parts.setCurrentWidget(self._form_place)
        self.arrange_bar()
        self.take_focus()
        self._drafts.follow(form)

    def close_form(self) -> None:
        """Back to the list; what was typed is kept."""
        if self.stays():
            return
        form, drafts = self.form, self._drafts
        self.form = self._drafts = None
        if form is not None and drafts is not None:
            drafts.close(form)
            clear(self._form_place.content)
        self.parts.setCurrentIndex(0)
        self.arrange_bar()
        self.take_focus()

    @act
    async def _miss(self) -> None:
        form, drafts = self.form, self._drafts
        if form is None or drafts is None or not form.check():
            return
        try:
            made = await self.acting_on(drafts.sending(form, form.job(self.shell.seat)))
        except Refusal as no:
            drafts.refused(form, no)
            return
        drafts.sent(form, made)
        self.close_form()
        self.load()

    def leave(self) -> None:
        """What is typed is kept."""
        if self._drafts is not None:
            self._drafts.leave()

    # The bar and keys.

    def arrange_bar(self) -> None:
        """Main: the report of the chosen visit; after the last the end of the day."""
        if self.bar is None or self.on_paper():
            return
        if self.form is not None:
            back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
            back.clicked.connect(self.close_form)
            run = main_key(self.form.button, self.form.icon, self._miss)
            self.bar.arrange(main=run, quiets=[back])
            return
        visit, found = self.visit, self.found
        if visit is None or found is None:
            main = main_key("تازه‌سازی", "refresh", self.load)
            self.bar.arrange(main=main)
            return
        number = to_persian_digits(self.listed.row() + 1)
        seconds, sentence = [], ""
        if visit.open:
            main = main_key(f"گزارش بازدید {number}", "clipboard-check", self._report)
            miss = Button("انجام نشد…", icon="clock-exclamation", tall=True)
            miss.clicked.connect(self.begin_miss)
            seconds = [miss]
            sentence = "پیش از رسیدن با متقاضی تماس بگیرید"
        elif any(each.open for each in found.visits):
            main = main_key("دیدن گزارش", "list-details", self._open_case)
        else:
            main = main_key("پایان روز", "circle-check", self._end)
        pack = Button("چاپ بستهٔ مسیر", "quiet", icon="printer", keys="F8", tall=True)
        pack.clicked.connect(self.print_pack)
        opener = Button("باز کردن پرونده", "quiet", icon="list-details", keys="Enter", tall=True)
        opener.clicked.connect(self._open_case)
        quiets = [opener, pack] if any(each.open for each in found.visits) else [opener]
        if self.narrow:
            sentence = ""
            way = Button("مسیر", "quiet", keys="F7", tall=True)
            way.clicked.connect(self.shell.show_summary)
            quiets.append(way)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)

    def _end(self) -> None:
        """What waits to be sent, else the next day with visits."""
        found = self.found
        if found is not None and any(visit.sent for visit in found.visits):
            self.shell.go(places.Outbox())
        elif found is not None and next_day(found) is not None:
            self._go_to_next()
        else:
            self.shell.tell("همهٔ بازدیدهای امروز به مرکز رسیده است.")

    def set_narrow(self, narrow: bool) -> None:
        """The way goes; what to look at folds under the address."""
        self.narrow = narrow
        self.listed.set_narrow(narrow)
        self._order.setVisible(not narrow and self.listed.rows.rowCount() > 1)
        self.arrange_bar()

    def press(self, key: str) -> bool:
        """F5 anew, Alt+→ the day before, Esc puts the form away."""
        if super().press(key):
            return True
        if key == "Esc" and self.form is not None:
            self.close_form()
            return True
        if self.form is not None:
            return False
        if key == "F5":
            self.load()
        elif key == "F8" and not self.on_paper():
            self.print_pack()
        elif key == "Alt+Right":
            self.turn(-1)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+← and → turn the days, from wherever the keys are."""
        turn = onward(event)
        if self.form is None and turn and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.turn(turn)
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """The form that stands open, else the list; where that is empty, the page."""
        first = self.form.first() if self.form is not None else None
        listed = self.listed if self.listed.isVisible() else self
        (first or listed).setFocus(Qt.FocusReason.OtherFocusReason)
