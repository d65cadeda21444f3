"""The expert's forms of a commission: referral, session, ruling, and that the ruling is final."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.actions import commissions
from desktop.actions.commissions import Ruling
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_long
from desktop.domain.case import Case
from desktop.domain.counter import RULINGS
from desktop.domain.identifiers import LONGEST_ID, bare_digits
from desktop.domain.known import rows_of, text_of_rows
from desktop.domain.people import Applicant
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.ruling import FINAL, Ruled, RulingKind, kinds_of
from desktop.domain.serving import appealable, not_final, notice_words, notices
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.standing.telling import COMMISSIONS
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import MoneyLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.rows_input import RowsInput
from desktop.ui.widgets.inputs.rows_model import TypedColumn
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid

NO_DAY = "تاریخ را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."
_NAME, _ID = "name", "id"
_MOST_PERSONS = 30
_NUMBER = 40


def notice_lines(case: Case, today: date) -> list[Label]:
    """A line for each person whom the ruling is against: how far its service is."""
    return [
        Label(f"{notice.person.name}: {notice_words(notice, today)}", role="text2", wrap=True)
        for notice in notices(case)
    ]


class CommissionForm(ActForm):
    """به کمیسیون; `article` is the one that the service names."""

    name = "commission"
    tab = "کمیسیون"

    def __init__(self, case: Case, article: str = "") -> None:
        words = "پرونده تا رأی کمیسیون نزد کمیسیون می‌ماند."
        super().__init__("ارجاع به کمیسیون", words, "ارجاع به کمیسیون", "gavel")
        self._case = case
        options = [("100", "مادهٔ ۱۰۰"), ("5", "مادهٔ ۵")]
        choice = Segments(options)
        if article:
            choice.set_value(article)
        self.article = FormField("کمیسیون", choice, key="article")
        self.note = FormField("دلیل ارجاع", Prose(lines=2), key="note")
        self.add(self.article, self.note)

    def faults(self) -> Faults:
        """Which commission, and why: the referral is signed with it."""
        found: Faults = []
        if not self.article.value():
            found.append(("article", "کمیسیون مادهٔ ۱۰۰ یا مادهٔ ۵ را برگزینید."))
        if not self.note.value():
            found.append(("note", "دلیل ارجاع را بنویسید؛ در برگ ارجاع می‌آید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Send it there."""
        case, article, note = self._case, self.article.value(), self.note.value()
        return lambda: commissions.send(seat, case, article, note)


class AgendaForm(ActForm):
    """دستور جلسه: which session deals with the case."""

    name = "agenda"
    tab = "دستور جلسه"

    def __init__(self, case: Case, today: date) -> None:
        where = COMMISSIONS.get(case.commission, "کمیسیون")
        words = "رأی پس از جلسه و با تاریخ آن ثبت می‌شود."
        heading = f"دستور جلسهٔ {where}"
        super().__init__(heading, words, "درج در دستور جلسه", "calendar-event")
        self._case = case
        self.session = FormField("شمارهٔ جلسه", TextLine(max_length=_NUMBER), key="session")
        self.day = FormField("روز جلسه", DateLine(today, "future"), key="held_on")
        self.add(self.session, self.day)

    def faults(self) -> Faults:
        """Number and day."""
        return session_faults(self.session, self.day)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it there."""
        case, number = self._case, str(self.session.value())
        day: date = self.day.value()
        return lambda: commissions.put_on_agenda(seat, case, number, day)


def put_in_columns(form: ActForm, columns: int, *fields: FormField) -> None:
    """Fields side by side in so many columns; one that is put away leaves its place empty."""
    grid = Grid(columns, minimum=120)
    form.know(*fields)
    grid.put([(field, 1) for field in fields])
    form.card.body.addLayout(grid)


def session_faults(session: FormField, day: FormField) -> Faults:
    """What a session lacks to be named."""
    found: Faults = []
    if not session.value():
        found.append((session.key, "شمارهٔ جلسه را بنویسید."))
    if day.value() is None:
        found.append((day.key, NO_DAY))
    return found


class ResultForm(ActForm):
    """رأی کمیسیون: kind, number, day, stage, sum, and whom it is against."""

    name = "commission-result"
    tab = "رأی کمیسیون"

    def __init__(self, case: Case, today: date) -> None:
        heading = f"رأی {COMMISSIONS.get(case.commission, 'کمیسیون')}"
        super().__init__(heading, _in_session(case), "ثبت رأی", "gavel")
        self._case, self._today = case, today
        kinds = [(verdict.value, verdict.word) for verdict in kinds_of(case.commission)]
        self.verdict = FormField("نوع رأی", Segments(kinds), key="verdict")
        self.verdict.edited.connect(self.arrange_typed)
        self.stage: FormField | None = None
        fields = [self.verdict]
        if case.commission == "100":
            stages = Segments([*RULINGS.items()])
            if appealable(case):
                stages.set_value(FINAL)
            self.stage = FormField("مرحلهٔ رأی", stages, key="stage")
            fields.append(self.stage)
        self.fine = FormField("مبلغ جریمه", MoneyLine(), key="fine")
        self.number = FormField("شمارهٔ رأی", TextLine(max_length=_NUMBER), key="number")
        day = DateLine(today, "past")
        day.set_value(case.agenda.held_on if case.agenda else None)
        self.day = FormField("تاریخ رأی", day, key="decided_on")
        columns = [
            TypedColumn(_NAME, "نام"),
            TypedColumn(_ID, "کد ملی، شناسه یا کد فراگیر", longest=LONGEST_ID),
        ]
        persons = RowsInput(columns, _MOST_PERSONS)
        persons.set_value(text_of_rows(_known(case)))
        self.against = FormField("اشخاص موضوع رأی", persons, key="against")
        self.note = FormField("شرح رأی", Prose(lines=2), key="result", optional=True)
        put_in_columns(self, 2, *fields)
        put_in_columns(self, 3, self.number, self.day, self.fine)
        self.add(self.against, self.note)
        self.arrange_typed()

    def arrange_typed(self) -> None:
        """Only a fine has a sum."""
        self.fine.setVisible(self.verdict.value() == RulingKind.FINE)

    def faults(self) -> Faults:
        """Kind, number, a day that was, someone whom it is against; of a fine the sum."""
        found: Faults = []
        if not self.verdict.value():
            found.append(("verdict", "نوع رأی را برگزینید."))
        if self.stage is not None and not self.stage.value():
            found.append(("stage", "برگزینید: رأی بدوی است یا قطعی."))
        if self.verdict.value() == RulingKind.FINE and not self.fine.value():
            found.append(("fine", "مبلغ جریمه را بنویسید."))
        if not self.number.value():
            found.append(("number", "شمارهٔ رأی را بنویسید."))
        day = self.day.value()
        if day is None:
            found.append(("decided_on", NO_DAY))
        elif day > self._today:
            found.append(("decided_on", "تاریخ رأی نمی‌تواند پس از امروز باشد."))
        if not self._persons():
            found.append(("against", "بنویسید رأی دربارهٔ چه کسی است؛ به او ابلاغ می‌شود."))
        return found

    def _persons(self) -> tuple[Ruled, ...]:
        return tuple(
            Ruled(row.get(_NAME, ""), bare_digits(row.get(_ID, "")))
            for row in rows_of(str(self.against.value()))
        )

    def job(self, seat: Seat) -> Callable[[], None]:
        """Enter it."""
        case, verdict = self._case, RulingKind(self.verdict.value())
        fined = verdict is RulingKind.FINE
        ruling = Ruling(
            verdict=verdict,
            number=str(self.number.value()),
            decided_on=self.day.value(),
            against=self._persons(),
            stage=str(self.stage.value()) if self.stage is not None else "",
            fine=self.fine.value() or 0 if fined else 0,
            note=str(self.note.value()),
        )
        return lambda: commissions.rule(seat, case, ruling)


def _in_session(case: Case) -> str:
    if case.agenda is None:
        return ""
    number = isolate(to_persian_digits(case.agenda.session))
    return f"جلسهٔ شمارهٔ {number}، {format_long(case.agenda.held_on)}"


def _known(case: Case) -> list[dict[str, str]]:
    """Who is known of: those of the first ruling, else the owner who asks or for whom somebody
    does; for one who died the heir who asks."""
    before = case.commission_result
    if before is not None and before.against:
        return [{_NAME: each.name, _ID: each.person_id} for each in before.against]
    party = case.request.party
    if party.kind.represents and party.kind is not Applicant.HEIR:
        return [{_NAME: party.represented_name, _ID: party.represented_id}]
    return [] if party.kind.is_body else [{_NAME: party.name, _ID: party.person_id}]


class FinalForm(ActForm):
    """قطعیت رأی: each was served, each term is over, nobody objected."""

    name = "ruling-final"
    tab = "قطعیت رأی"

    def __init__(self, case: Case, today: date) -> None:
        words = "رأی بدوی با پایان مهلت اعتراض قطعی می‌شود و پرونده با همان رأی پیش می‌رود."
        super().__init__("قطعیت رأی", words, "ثبت قطعیت", "gavel")
        self._case, self._today = case, today
        for line in notice_lines(case, today):
            self.card.add(line)

    def faults(self) -> Faults:
        """Whatever hinders it."""
        hindered = not_final(self._case, self._today)
        return [("", hindered)] if hindered else []

    def job(self, seat: Seat) -> Callable[[], None]:
        """It is final."""
        case = self._case
        return lambda: commissions.end_term(seat, case)
