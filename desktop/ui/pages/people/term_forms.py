"""Terms of an office's people: somebody put forward, days changed, leave, a proposal taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal

from desktop.actions import access, people_changes, publishing
from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.actions.people_changes import Newcomer
from desktop.domain.calendar import format_day_month
from desktop.domain.drawable import undrawable, unprintable_words
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.identifiers import national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.staffing import Leave
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import ReasonForm
from desktop.ui.pages.acts.typed import Texts
from desktop.ui.pages.people.staff_form import NOBODY, StaffForm, colleagues, day_fault, waits_for
from desktop.ui.standing.staff import office_options
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.segments import Option, Segments
from desktop.wire.publishing import PublicationBody

_NAMELESS = "نام و نام خانوادگی را بنویسید."
_NO_ROLE = "نقش را برگزینید."
_NO_OFFICE = "دفتر را برگزینید."
_ENDS = "«تا روز» پیش از «از روز» است."
_OVER = "این روز گذشته است؛ همکاری زودتر از امروز پایان نمی‌یابد."
_GONE = "مرخصی از امروز به بعد ثبت می‌شود."
_COUNTER = (Role.CLERK, Role.MANAGER)
_MUNICIPAL = (
    Role.SUPERVISOR,
    Role.EXPERT,
    Role.SIGNER,
    Role.INSPECTOR,
    Role.PLANNER,
    Role.FINANCE,
    Role.ADMIN,
)


class AddForm(StaffForm):
    """Somebody is put forward: name, national id, role, office, days.

    `by_sheet` asks for a file of many instead.
    """

    name = "people-add"
    by_sheet = Signal()

    def __init__(self, seat: Seat, staffing_: Staffing, office: str) -> None:
        municipal = seat.staff.role.is_municipal
        sentence = f"نقش {waits_for(seat)} می‌ماند؛ برگهٔ گذرواژه پس از آن چاپ می‌شود"
        super().__init__("همکار تازه", sentence, "پیشنهاد همکار", "user-plus")
        many = self.card.add_link("چند نفر با هم، از فایل…")
        many.clicked.connect(self.by_sheet)
        self._seat, self._own = seat, seat.staff.office
        today = self._today = staffing_.today
        self.named = FormField("نام و نام خانوادگی", TextLine(max_length=80), key="name")
        self._id = DigitsLine(10, check=national_id)
        self.national_id = FormField("کد ملی", self._id, key="national_id")
        self._office = ListChoice(office_options(staffing_))
        self.office = FormField("دفتر", self._office, key="office")
        self._office.set_value(office)
        self._role = ListChoice([]) if municipal else Segments(_options(_COUNTER))
        self._role.set_value("" if municipal else Role.CLERK.value)
        self.role = FormField("نقش", self._role, key="role")
        self._since, self._until = DateLine(today, "future"), DateLine(today, "future")
        working = [day for day in staffing_.working_days if day > today]
        self._since.set_value(working[0] if working else today + timedelta(days=1))
        self.since = FormField("از روز", self._since, key="since")
        self.until = FormField("تا روز", self._until, key="until", optional=True)
        first = [(self.named, 1), (self.national_id, 1)]
        if municipal:
            first.append((self.office, 1))
            self._office.edited.connect(self.arrange_typed)
            self.typed.made.connect(self._offer_typed)
        self.put(3, *first, (self.role, 1), (self.since, 1), (self.until, 1))
        self.put_signature()
        # Made once: a second try after a lost answer is the same person.
        self._put: Newcomer | None = None
        self.arrange_typed()

    def arrange_typed(self) -> None:
        """The roles that sit where the person is to sit."""
        super().arrange_typed()
        self._offer_roles(self._office.value())

    def _offer_typed(self, typed: Texts) -> None:
        self._offer_roles(typed.get("office", self._office.value()))

    def _offer_roles(self, office: str) -> None:
        if not isinstance(self._role, ListChoice):
            return
        options = _options(_MUNICIPAL if office == MUNICIPALITY else _COUNTER)
        if [*self._role.options()] != options:
            self._role.set_options(options)

    def faults(self) -> Faults:
        """Everything that stands against it here; what else does the centre tells."""
        found: Faults = []
        if not str(self.named.value()).strip():
            found.append(("name", _NAMELESS))
        elif character := undrawable(str(self.named.value())):
            found.append(("name", unprintable_words(character)))
        try:
            national_id(str(self.national_id.value()))
        except Refusal as no:
            found.append(("national_id", no.words))
        if self._seat.staff.role.is_municipal and not self._office.value():
            found.append(("office", _NO_OFFICE))
        if not self._role.value():
            found.append(("role", _NO_ROLE))
        since, until = self._since.value(), self._until.value()
        found += day_fault("since", self._since)
        found += day_fault("until", self._until, asked=False)
        if since is not None and until is not None and until < since:
            found.append(("until", _ENDS))
        return found + self.password_fault()

    def newcomer(self) -> Newcomer:
        """Whom the fields name; the same person as long as they name the same."""
        since = self._since.value() or self._today
        municipal = self._seat.staff.role.is_municipal
        told = Newcomer(
            name=str(self.named.value()).strip(),
            national_id=str(self.national_id.value()),
            role=Role(str(self._role.value())),
            office=str(self._office.value()) if municipal else self._own,
            since=since,
            until=self._until.value(),
        )
        if self._put is not None and _who(self._put) == _who(told):
            told = replace(told, staff=self._put.staff)
        self._put = told
        return told

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put forward, and sign."""
        newcomer, today, reason = self.newcomer(), self._today, self.reason_text()
        password = str(self.password.value())
        self.done = f"{newcomer.name} پیشنهاد شد؛ {waits_for(seat)}."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            try:
                people_changes.put_forward(sure, [newcomer], today, reason)
            except Refusals as no:
                # Of one person all that the centre finds wrong is about who he is.
                raise Refusal(no.faults[0].words, field="national_id") from no

        return do


def _options(roles: Sequence[Role]) -> list[Option]:
    return [(role.value, role.word) for role in roles]


def _who(newcomer: Newcomer) -> tuple[str, str, str, Role]:
    return newcomer.name, newcomer.national_id, newcomer.office, newcomer.role


class TermForm(StaffForm):
    """From when to when somebody works here, and who stands in for him."""

    name = "people-term"

    def __init__(self, seat: Seat, person: Person, staffing_: Staffing) -> None:
        super().__init__(
            f"دورهٔ همکاری {person.name}",
            f"تغییر {waits_for(seat)} می‌ماند؛ روز پایان آخرین روز کار است",
            "پیشنهاد تغییر",
            "send",
        )
        self.subject = person.staff
        self._person, self._today = person, staffing_.today
        base = person.base()
        self._since = DateLine(staffing_.today)
        self._until = DateLine(staffing_.today, "future")
        self._since.set_value(base.since)
        self._until.set_value(base.until)
        self.since = FormField("از روز", self._since, key="since")
        self.until = FormField(
            "تا روز", self._until, key="until", optional=True, hint="خالی: بدون پایان"
        )
        self._deputy = ListChoice([NOBODY, *colleagues(person, staffing_)])
        self._deputy.set_value(base.deputy)
        self.deputy = FormField("جانشین در نبود او", self._deputy, key="deputy")
        self.put(3, (self.since, 1), (self.until, 1), (self.deputy, 1))
        self.put_signature()

    def faults(self) -> Faults:
        """Days that can't be."""
        since, until = self._since.value(), self._until.value()
        found = day_fault("since", self._since)
        found += day_fault("until", self._until, asked=False)
        if since is not None and until is not None and until < since:
            found.append(("until", _ENDS))
        elif until is not None and until < self._today:
            found.append(("until", _OVER))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign the term as it is to be."""
        until = self._until.value()
        term = people_changes.changed_term(
            self._person,
            since=self._since.value(),
            until=until,
            deputy=str(self._deputy.value()),
        )
        first = until or self._today + timedelta(days=1)
        draft = people_changes.term_draft(self._person, term, first, self._today)
        password, reason = str(self.password.value()), self.reason_text()
        self.done = f"دورهٔ {self._person.name} پیشنهاد شد؛ {waits_for(seat)}."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            publishing.put_forward(sure, draft, reason)

        return do


class LeaveForm(StaffForm):
    """Days on which somebody is away, and who has his open cases and his stamp then."""

    name = "people-leave"

    def __init__(self, seat: Seat, person: Person, staffing_: Staffing) -> None:
        super().__init__(
            f"مرخصی {person.name}", f"{waits_for(seat)} می‌ماند", "پیشنهاد مرخصی", "calendar-event"
        )
        self.subject = person.staff
        self._person, self._today = person, staffing_.today
        self._first, self._last = (DateLine(staffing_.today, "future") for _ in range(2))
        self.first_day = FormField("نخستین روز", self._first, key="first")
        self.last_day = FormField(
            "آخرین روز", self._last, key="last", optional=True, hint="خالی: همان یک روز"
        )
        self._deputy = ListChoice([NOBODY, *colleagues(person, staffing_)])
        words = "مهر و پرونده‌های باز با" if person.role is Role.MANAGER else "پرونده‌های باز با"
        words = "کارتابل و امضا با" if person.role.has_deputy else words
        self._deputy.set_value(person.base().deputy)
        self.deputy = FormField(words, self._deputy, key="deputy")
        self.put(3, (self.first_day, 1), (self.last_day, 1), (self.deputy, 1))
        self.put_signature()

    def _leave(self) -> Leave:
        first = self._first.value() or self._today
        return Leave(first, self._last.value() or first, str(self._deputy.value()))

    def faults(self) -> Faults:
        """Days that can't be, or that meet another leave."""
        found = day_fault("first", self._first)
        found += day_fault("last", self._last, asked=False)
        if not found:
            first = self._leave().first
            if first < self._today:
                found.append(("first", _GONE))
            found += [
                ("last" if "پایان" in words else "first", words)
                for words in people_changes.with_leave(self._person, self._leave()).faults()
            ]
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign the term with the leave in it."""
        leave = self._leave()
        term = people_changes.with_leave(self._person, leave)
        draft = people_changes.term_draft(self._person, term, leave.first, self._today)
        password, reason = str(self.password.value()), self.reason_text()
        self.done = (
            f"مرخصی {self._person.name} از {format_day_month(leave.first)} پیشنهاد شد؛ "
            f"{waits_for(seat)}."
        )

        def do() -> None:
            sure = access.confirm(seat, password).seat
            publishing.put_forward(sure, draft, reason)

        return do


class NoLeaveForm(StaffForm):
    """A leave is taken back."""

    name = "people-no-leave"

    def __init__(self, seat: Seat, person: Person, leave: Leave, today: date) -> None:
        super().__init__(
            f"برداشتن مرخصی {person.name}",
            f"از {format_day_month(leave.first)}؛ {waits_for(seat)} می‌ماند",
            "پیشنهاد برداشتن",
            "x",
        )
        self.subject = f"{person.staff}:{leave.first.isoformat()}"
        self._person, self._leave, self._today = person, leave, today
        self.put_signature()

    def faults(self) -> Faults:
        """The password."""
        return self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign the term without it."""
        term = people_changes.without_leave(self._person, self._leave)
        draft = people_changes.term_draft(self._person, term, self._leave.first, self._today)
        password, reason = str(self.password.value()), self.reason_text()
        self.done = f"برداشتن مرخصی پیشنهاد شد؛ {waits_for(seat)}."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            publishing.put_forward(sure, draft, reason)

        return do


class TakeBackForm(ReasonForm):
    """What waits for its second signature is taken back."""

    name = "people-take-back"

    def __init__(self, person: Person, waits: PublicationBody) -> None:
        super().__init__(
            f"پس گرفتن پیشنهاد برای {person.name}",
            "آنچه در انتظار امضای دوم است، هرگز برقرار نمی‌شود",
            "پس گرفتن",
            "file-off",
        )
        self.subject = waits.draft.publication
        self._waits = waits

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back."""
        waits, reason = self._waits, self.reason_text()
        password = str(self.password.value())
        self.done = "پیشنهاد پس گرفته شد."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            publishing.decline(sure, waits, reason)

        return do
