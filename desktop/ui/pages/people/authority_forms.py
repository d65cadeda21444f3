"""A clerk may stamp letters of services on some days, until a day; and may no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from desktop.actions import access, people_changes, publishing
from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.domain.calendar import WEEKDAYS, end_of_year
from desktop.domain.staffing import Authority
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.people.staff_form import StaffForm, day_fault, waits_for
from desktop.ui.widgets.inputs.choices import Choices
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Option
from desktop.wire.publishing import DraftBody

_EVERY: Option = ("", "همهٔ خدمت‌ها")
_TOO_SOON = "اختیار از فردا برقرار می‌شود؛ روز پایان پس از امروز باشد."


class AuthorityForm(StaffForm):
    """A clerk may stamp: which services, on which weekdays, until when."""

    name = "people-authority"

    def __init__(self, seat: Seat, person: Person, staffing_: Staffing) -> None:
        super().__init__(
            f"تفویض اختیار مهر به {person.name}",
            f"{waits_for(seat)} می‌ماند؛ آنچه خودش ثبت کند مهر نمی‌کند",
            "پیشنهاد اختیار",
            "user-check",
        )
        self.subject = person.staff
        self._person, self._today = person, staffing_.today
        self._codes = tuple(staffing_.services)
        self._service = ListChoice(
            [_EVERY, *((code, each.title) for code, each in staffing_.services.items())]
        )
        self._service.set_value("")
        self.service = FormField("خدمت", self._service, key="service")
        self._days = Choices([(str(n), word) for n, word in enumerate(WEEKDAYS)])
        self.days = FormField("روزها", self._days, key="days", hint="هیچ‌کدام: هر روز")
        self._until = DateLine(staffing_.today, "future")
        self._until.set_value(end_of_year(staffing_.today))
        self.until = FormField("تا روز", self._until, key="until")
        self.put(3, (self.service, 2), (self.until, 1), (self.days, 3))
        self.put_signature()

    def faults(self) -> Faults:
        """A day that can't be."""
        found = day_fault("until", self._until)
        until = self._until.value()
        if until is not None and until <= self._today:
            found.append(("until", _TOO_SOON))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign what is given."""
        until = self._until.value() or self._today
        chosen = str(self._service.value())
        days = tuple(int(each) for each in str(self._days.value()).split(",") if each)
        given = people_changes.authorities(
            self._person, [chosen] if chosen else self._codes, until, days
        )
        self.done = f"اختیار {self._person.name} پیشنهاد شد؛ {waits_for(seat)}."
        draft = people_changes.authority_draft(
            self._person, given, self._today + timedelta(days=1), self._today
        )
        return _proposing(seat, self, draft)


class NoAuthorityForm(StaffForm):
    """What a clerk may stamp ends with today."""

    name = "people-no-authority"

    def __init__(
        self, seat: Seat, person: Person, group: Sequence[Authority], what: str, today: date
    ) -> None:
        super().__init__(
            f"پایان اختیار {person.name}",
            f"{what}؛ پایان از امشب، {waits_for(seat)} می‌ماند",
            "پیشنهاد پایان",
            "x",
        )
        self.subject = f"{person.staff}:{'،'.join(sorted(one.service for one in group))}"
        self._person, self._group, self._today = person, tuple(group), today
        self.put_signature()

    def faults(self) -> Faults:
        """The password."""
        return self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign their end."""
        services = [one.service for one in self._group]
        ended = people_changes.authorities(
            self._person, services, self._today, self._group[0].weekdays
        )
        self.done = f"پایان اختیار {self._person.name} پیشنهاد شد؛ {waits_for(seat)}."
        draft = people_changes.authority_draft(self._person, ended, self._today, self._today)
        return _proposing(seat, self, draft)


def _proposing(seat: Seat, form: StaffForm, draft: DraftBody) -> Callable[[], None]:
    password, reason = str(form.password.value()), form.reason_text()

    def do() -> None:
        sure = access.confirm(seat, password).seat
        publishing.put_forward(sure, draft, reason)

    return do
