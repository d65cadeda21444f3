"""Who of an office's people gets in: one-time passwords on paper, locks, suspension."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.actions import access, act_scans, people_changes, publishing, staffing
from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.persian import to_persian_digits
from desktop.domain.stop import Stop, Stopped
from desktop.ui import printing
from desktop.ui.page import Shell
from desktop.ui.pages.acts.act_part import ActPart
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.people.staff_form import StaffForm, waits_for
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.label import Label

_NO_CAUSE = "علت را بنویسید."
_NO_PRINTER = "در این رایانه چاپگری نیست و گذرواژه در فایل نوشته نمی‌شود."
_ONLY_HERE = (
    "خط قطع است: ورود {} در همین رایانه بسته شد. برای دیگر رایانه‌ها، پس از وصل شدن خط، همین را "
    "دوباره بزنید."
)


def print_at_this_desk(pdf: bytes, title: str, *, demo: bool) -> None:
    """Put a slip on paper: never into a file, but where a demo has nothing else.

    Raises Refusal.
    """
    printer = printing.printers(demo=demo)[0].name
    if printer == printing.PDF:
        raise Refusal(_NO_PRINTER)
    printing.print_pdf(pdf, printer, title)


class SlipForm(StaffForm):
    """One-time passwords for these people, one on a page each, in their order.

    Of one whose national id nobody has told it is asked: the code brings it to the centre.
    """

    name = "people-slip"

    def __init__(self, people: Sequence[Person], staffing_: Staffing) -> None:
        self._people, self._offices = tuple(people), staffing_.offices
        one = self._people[0] if len(self._people) == 1 else None
        many = to_persian_digits(f"{len(self._people)} نفر")
        whose = one.name if one is not None else many
        lost = "؛ برگهٔ پیشین بی‌درنگ بی‌اثر می‌شود" if any(p.code_until for p in people) else ""
        super().__init__(
            f"گذرواژهٔ یک‌بارمصرف {whose}",
            f"تنها روی کاغذ، یک بار، تا ۲۴ ساعت{lost}",
            "چاپ برگهٔ گذرواژه" if one is not None else to_persian_digits(f"چاپ {len(people)} برگه"),
            "printer",
        )
        self.subject = ",".join(each.staff for each in self._people)
        words = (
            "گذرواژه در این صفحه دیده نمی‌شود و در سامانه نگهداری نمی‌شود. برگه‌ای که چاپ نشود، "
            "ساخته نشده است. با آن در یکی از باجه‌های همین دفتر گذرواژه می‌سازد؛ گذرواژهٔ باجه‌های "
            "دیگر همان می‌ماند."
        )
        self.card.add(Label(words, role="text2", wrap=True))
        if one is None or one.masked_id:
            self.put_password()
        else:
            digits = DigitsLine(10, check=national_id)
            own_id = FormField("کد ملی", digits, key="national_id", optional=True)
            self.put(3, (own_id, 1), (self.password, 1))

    def faults(self) -> Faults:
        """A national id that is none; the password."""
        found: Faults = []
        if typed := self._own_id():
            try:
                national_id(typed)
            except Refusal as no:
                found.append(("national_id", no.words))
        return found + self.password_fault()

    def _own_id(self) -> str:
        field = self.fields.get("national_id")
        return "" if field is None else str(field.value())

    def job(self, seat: Seat) -> Callable[[], None]:
        """Make each and print it; the first that does not come out ends it."""
        people, password = self._people, str(self.password.value())
        own_id = self._own_id()
        demo = seat.desk.demo
        told = people[0].name if len(people) == 1 else to_persian_digits(f"{len(people)} نفر")
        self.done = f"برگهٔ گذرواژهٔ {told} چاپ شد؛ ۲۴ ساعت اعتبار دارد."

        def print_(pdf: bytes, title: str) -> None:
            print_at_this_desk(pdf, title, demo=demo)

        def do() -> None:
            sure = access.confirm(seat, password).seat
            for number, person in enumerate(people):
                try:
                    office = self._offices[person.office]
                    people_changes.print_slip(sure, person, office, print_, own_id)
                except Refusal as no:
                    if not number:
                        raise
                    done = to_persian_digits(f"{number} برگه چاپ شد. {person.name}: {no.words}")
                    raise Refusal(done) from no

        return do


class UnlockForm(StaffForm):
    """Who is locked out of this desk, or kept out of it, may come in again."""

    name = "people-unlock"

    def __init__(self, person: Person) -> None:
        held = person.hold
        why = f"بسته به دستور {held.by}" if held is not None else "پس از گذرواژه‌های نادرست"
        super().__init__(
            f"باز کردن قفل {person.name}", f"{why}، در همین رایانه", "باز کردن قفل", "lock-open"
        )
        self.subject = person.staff
        self._person = person
        self.put_password()

    def faults(self) -> Faults:
        """The password."""
        return self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Let him try again."""
        staff, password = self._person.staff, str(self.password.value())
        self.done = f"قفل {self._person.name} باز شد."

        def do() -> None:
            access.confirm(seat, password)
            access.unlock(seat, staff)

        return do


class StopForm(StaffForm):
    """Somebody is suspended at once, by a decision that is named."""

    name = "people-stop"

    def __init__(self, shell: Shell, person: Person, today: date) -> None:
        super().__init__(
            f"تعلیق {person.name}",
            "از همین لحظه کاری از او پذیرفته نمی‌شود؛ برداشتن آن دو امضا می‌خواهد",
            "تعلیق از همین لحظه",
            "ban",
        )
        self.subject = person.staff
        self._person = person
        self.cause = FormField("علت", TextLine(max_length=200), key="cause")
        self._act = ActPart(shell, today, scanned=False)
        self.put(3, (self.cause, 3), *((field, 1) for field in self._act.fields[:3]))
        self.put(3, (self._act.scan_field, 2))
        self.put_password()

    def faults(self) -> Faults:
        """Cause, act, password."""
        found: Faults = []
        if not str(self.cause.value()).strip():
            found.append(("cause", _NO_CAUSE))
        return found + self._act.faults() + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Stop; without a line the person is kept out of this desk until it is back."""
        person, act = self._person, self._act.act()
        cause, password = str(self.cause.value()).strip(), str(self.password.value())
        self.done = f"{person.name} از همین لحظه معلق است."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            try:
                if act.scan:
                    act_scans.send(sure, act.scan)
                staffing.stop(sure, Stopped.PERSON, person.staff, cause, act)
            except LineDown:
                if all(each.staff_id != person.staff for each in access.staff(sure.desk)):
                    raise
                access.keep_out(sure, person.staff, cause)
                raise Refusal(_ONLY_HERE.format(person.name)) from None
            if person.staff in access.door(sure.desk).holds:
                # What kept him out here meanwhile; now the stop does, everywhere.
                access.unlock(sure, person.staff)

        return do


class LiftForm(StaffForm):
    """A suspension ends, when a second person has signed today."""

    name = "people-lift"

    def __init__(self, shell: Shell, person: Person, stop: Stop, today: date) -> None:
        super().__init__(
            f"برداشتن تعلیق {person.name}",
            f"{stop.words}؛ نفر دوم همین امروز امضا کند",
            "پیشنهاد برداشتن",
            "check",
        )
        self.subject = person.staff
        self._stop, self._shell = stop, shell
        self._act = ActPart(shell, today, scanned=False)
        self.put(3, *((field, 1) for field in self._act.fields[:3]))
        self.put(3, (self._act.scan_field, 2))
        self.put_signature()

    def faults(self) -> Faults:
        """Act and password."""
        return self._act.faults() + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign its end first."""
        act, stop, at = self._act.act(), self._stop, self._shell.now()
        password, reason = str(self.password.value()), self.reason_text()
        self.done = f"برداشتن تعلیق پیشنهاد شد؛ {waits_for(seat)}."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            if act.scan:
                act_scans.send(sure, act.scan)
            publishing.put_forward(sure, staffing.lift_draft(stop, act, at), reason)

        return do
