"""An inspector's absence, or what else left visits behind: what moves where, before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal

from desktop.actions import access, visits
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import phone_words
from desktop.domain.persian import to_persian_digits
from desktop.domain.rota import Away
from desktop.ui import theme
from desktop.ui.city_words import halves_on
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.visits.words import moves_words, why_turn
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.table import RowsModel, Table, TableColumn, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet
from desktop.ui.work import Work
from desktop.wire.visit_plan import ShiftBody, VisitsToMoveAnswer

_LOOKING = "بازدیدهای این روزها از مرکز پرسیده می‌شود…"
_ASKS = "مأمور و روز را بنویسید تا ببینید چه بازدیدی به کجا می‌رود."
_NOT_SEEN = "فهرست بازدیدها هنوز نیامده است؛ پس از آن دوباره بزنید."
_ORDER = "ترتیب: نزدیک‌ترین مهلت، سپس آنکه پیش‌تر جابه‌جا شده، سپس زمان ثبت"
_MOVE = "جابه‌جایی بازدیدها"
_TWO_LINES, _SHOWN = 44, 5
COLUMNS = (
    TableColumn("متقاضی", 120, stretch=2, sortable=False),
    TableColumn("نشانی", 130, stretch=3, drop=2, sortable=False),
    TableColumn("نوبت پیشین", 118, sortable=False),
    TableColumn("نوبت تازه", 176, stretch=2, sortable=False),
    TableColumn("چرا این ترتیب", 118, stretch=1, drop=1, sortable=False),
    TableColumn("تلفن", 106, sortable=False),
    TableColumn("خبر به متقاضی", 118, stretch=1, sortable=False),
)


@dataclass(frozen=True)
class _Asked:
    away: Away | None
    answer: VisitsToMoveAnswer


class MoveVisitsForm(SignedForm):
    """What moves where is asked for as the absence is typed; `looked` comes with each answer."""

    name = "move-visits"
    cause = "تغییر برنامهٔ بازدید"
    """What is most often the reason; it may be typed over."""
    nobody = "با این غیبت بازدیدی جابه‌جا نمی‌شود."
    only, alone = "ثبت غیبت", "غیبت ثبت شد."
    """The main key's word where nothing moves, and what is said then."""
    sentence = _ORDER
    looked = Signal()

    def __init__(
        self,
        seat: Seat,
        work: Work,
        today: date,
        heading: str = "بازدیدهایی که باید جابه‌جا شوند",
        people: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(heading, self.sentence, _MOVE, "arrows-exchange")
        self._seat, self._work, self._today = seat, work, today
        self._asked: _Asked | None = None
        self._turn = 0
        self.shifts: tuple[ShiftBody, ...] = ()
        self._reason = TextLine(max_length=200)
        self._reason.set_value(self.cause)
        self.reason = FormField("علت", self._reason, key="reason")
        self._put_fields(people)
        self.summary = Label(_LOOKING, role="text2", wrap=True)
        self.card.add(self.summary)
        self.table = Table("بازدیدها", COLUMNS, row_height=_TWO_LINES)
        self.rows = RowsModel(COLUMNS, self.table)
        self.table.setModel(self.rows)
        self.frame = TableFrame(self.table)
        self.card.add(self.frame)
        self.frame.hide()
        theme.notifier().changed.connect(self._size)

    def _put_fields(self, people: Sequence[tuple[str, str]]) -> None:
        self.put(4, (self.reason, 3), (self.password, 1))

    def set_today(self, today: date) -> None:
        """The day has changed: other visits may have to move, and to other days."""
        super().set_today(today)
        self.look()

    def away(self) -> Away | None:
        """The absence that is typed; here there is none."""
        return None

    def is_whole(self) -> bool:
        """Whether enough is typed to ask what would move."""
        return True

    def look(self) -> None:
        """Ask what would move; an answer to what was typed before is passed over."""
        self._turn += 1
        turn, away, seat = self._turn, self.away(), self._seat
        self._asked, self.shifts = None, ()
        self.frame.hide()
        if not self.is_whole():
            self.summary.setText(_ASKS)
            return
        self.summary.setText(_LOOKING)

        def shown(answer: VisitsToMoveAnswer) -> None:
            if turn == self._turn:
                self._show(_Asked(away, answer))

        def refused(no: Refusal) -> None:
            if turn == self._turn:
                self.summary.setText(no.words)
                self.looked.emit()

        self._work.run(self, lambda: visits.to_move(seat, away), shown, refused, line=True)

    def _show(self, asked: _Asked) -> None:
        self._asked, self.shifts = asked, tuple(asked.answer.shifts)
        total = asked.answer.total
        self.button = to_persian_digits(f"جابه‌جایی {total} بازدید") if total else self.only
        self.summary.setText(moves_words(asked.answer) if total else self.nobody)
        self.rows.set_rows([(each.case_id, shift_cells(each, self._today)) for each in self.shifts])
        self.frame.setVisible(bool(total))
        self._size()
        self.looked.emit()

    def _size(self) -> None:
        rows = min(len(self.shifts), _SHOWN) * theme.px(_TWO_LINES)
        self.frame.setFixedHeight(self.table.head_height() + rows + theme.px(12))

    def faults(self) -> Faults:
        """A list that was seen, why, and the password."""
        found: Faults = []
        if not str(self.reason.value()).strip():
            found.append(("reason", "علت را بنویسید؛ دفتر آن را به متقاضی می‌گوید."))
        found += self.password_fault()
        if not found and self._asked is None:
            found.append(("", _NOT_SEEN))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Publish the absence and move what was seen, all or none."""
        asked, password = self._asked, str(self.password.value())
        reason = str(self.reason.value()).strip()
        if asked is None:
            raise Refusal(_NOT_SEEN)
        total = asked.answer.total
        told = f"{total} بازدید جابه‌جا شد؛ پس از هر تماس روی نام متقاضی «فاصله» را بزنید."
        self.done = to_persian_digits(told) if total else self.alone

        def work() -> None:
            access.confirm(seat, password)
            visits.move_all(seat, asked.answer.digest, reason, asked.away)

        return work

    def refused(self, refusal: Refusal) -> None:
        """A list that has changed is shown anew at once."""
        super().refused(refusal)
        if refusal.field == "digest":
            self.look()


class AbsenceForm(MoveVisitsForm):
    """غیبت مأمور: who is away when; his visits move with it."""

    name = "absence"
    cause = "غیبت مأمور بازدید"

    def __init__(
        self, seat: Seat, work: Work, today: date, people: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(seat, work, today, "غیبت مأمور بازدید", people)
        self.button = self.only
        self.summary.setText(_ASKS)

    def _put_fields(self, people: Sequence[tuple[str, str]]) -> None:
        self._who = ListChoice(list(people))
        self.who = FormField("مأمور", self._who, key="staff")
        self._first, self._last = DateLine(self._today, "future"), DateLine(self._today, "future")
        self.first_day = FormField("از روز", self._first, key="first")
        self.last_day = FormField("تا پایان روز", self._last, key="last", optional=True)
        hours = [(str(half), each.short) for half, each in halves_on(self._today).items()]
        halves = Segments([("0", "همهٔ روز"), *hours])
        halves.set_value("0")
        self.half = FormField("چه ساعت‌هایی", halves, key="half")
        days = ((self.first_day, 1), (self.last_day, 1), (self.half, 1))
        self.put(4, (self.who, 1), *days, (self.reason, 3), (self.password, 1))
        for each in (self.who, self.first_day, self.last_day, self.half):
            each.edited.connect(self.look)

    def begin_with(self, staff: str, day: date) -> None:
        """The half-day that was chosen in the week."""
        self._who.set_value(staff)
        self._first.set_value(max(day, self._today))
        self.show_faults([])
        self.look()

    def arrange_typed(self) -> None:
        """What was kept is asked about anew."""
        self.look()

    def is_whole(self) -> bool:
        """An inspector and a day."""
        return bool(self.who.value()) and self._first.value() is not None

    def away(self) -> Away | None:
        """Whose, from when to when."""
        first = self._first.value()
        if not self.is_whole() or first is None:
            return None
        return Away(
            str(self.who.value()), first, self._last.value() or first, int(self.half.value() or 0)
        )

    def faults(self) -> Faults:
        """Who and when, said beside the field; then the others."""
        found: Faults = []
        if not self.who.value():
            found.append(("staff", "مأمور را برگزینید."))
        if self._first.value() is None:
            found.append(("first", self._first.fault() or "روز را مانند ۱۴۰۵/۰۹/۰۵ بنویسید."))
        if self._last.raw().strip() and self._last.value() is None:
            found.append(("last", self._last.fault() or "روز را مانند ۱۴۰۵/۰۹/۰۵ بنویسید."))
        away = self.away()
        if away is not None and not found:
            keys = {True: "half", False: "last"}
            whole = replace(away, half=0)
            found += [("last", words) for words in whole.faults(self._today)]
            if not found:
                found += [(keys[bool(away.half)], words) for words in away.faults(self._today)]
        return found + super().faults()


class AbsenceEndForm(MoveVisitsForm):
    """بازگشت مأمور: an absence that was put down ends, or was a mistake."""

    name = "absence-end"
    cause = "بازگشت مأمور به کار"
    only, alone = "پایان غیبت", "غیبت پایان یافت."
    sentence = "از همین هنگام، جز در غیبت‌های دیگرش، دوباره به او نوبت داده می‌شود"
    nobody = "بازدیدهایی که جابه‌جا شده در نوبت تازهٔ خود می‌ماند."

    def __init__(self, seat: Seat, work: Work, today: date, whose: str, away: Away) -> None:
        self._ended = replace(away, withdrawn=True)
        days = format_day_month(away.first)
        if away.last != away.first:
            days = f"{days} تا {format_day_month(away.last)}"
        if away.half:
            days = f"{days}، {halves_on(away.first)[away.half].short}"
        super().__init__(seat, work, today, f"پایان غیبت {whose}، {days}")
        self.subject = away.key
        self.button = self.only

    def away(self) -> Away | None:
        """The absence, as one that is none any more."""
        return self._ended


def shift_cells(shift: ShiftBody, today: date) -> list[Cell]:
    """A visit that moves: who, where, from when to when, why now, whom to tell and how."""
    was = half_words(shift.was_day, shift.was_half, today)
    if shift.day is None:
        now = Cell("جایی نیست؛ لغو می‌شود", "refuse", 500, icon="alert-triangle", wraps=True)
    else:
        words = f"{half_words(shift.day, shift.half, today)}، {shift.inspector}"
        now = Cell(words, "pay" if shift.late else "text", 500, wraps=True)
    if shift.same_time:
        told = Cell("پیامک کافی است", "text2", icon="mail", wraps=True)
    else:
        told = Cell("تماس بگیرید", "pay", 500, icon="phone", wraps=True)
    return [
        named(to_persian_digits(shift.attending or shift.applicant)),
        Cell(to_persian_digits(shift.address) or "—", wraps=True),
        quiet(was),
        now,
        Cell(why_turn(shift, today), "text2", wraps=True),
        Cell(phone_words(shift.phone) if shift.phone else "—"),
        told,
    ]


def half_words(day: date, half: int, today: date) -> str:
    """«امروز ۸ تا ۱۱», «شنبه ۷ آذر، ۱۱ تا ۱۴»."""
    hours = halves_on(day)[half].short if half else ""
    if day == today:
        return f"امروز {hours}"
    if (day - today).days == 1:
        return f"فردا {hours}"
    return f"{weekday(day)} {format_day_month(day)}، {hours}"
