"""What is done to an office's desks: a machine let in by a code on paper, a desk put out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions import access, desk_codes, registry
from desktop.actions.desk import Seat
from desktop.actions.desk_codes import Newcomer
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import printing
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.wire.registry import DeskBody, PersonBody

_ANOTHER = "another"
_ROLES = (Role.CLERK, Role.MANAGER)
_NO_PAPER = "چاپگری نیست؛ کد تنها روی کاغذ داده می‌شود."
_LOST = "؛ کدی که ساخته شد جایی نوشته نشده است و به کار نمی‌رود. پس از رفع اشکال، دوباره بسازید."


class EnrolForm(SignedForm):
    """A code for a new desk: printed, never shown. `offer` gives the printers there are."""

    name = "office-enrol"

    def __init__(self, card: OfficeCard, people: Sequence[PersonBody]) -> None:
        super().__init__("رایانهٔ تازه", "کد معرفی تنها روی کاغذ می‌آید", "چاپ کد معرفی", "printer")
        self._card = card
        self._people = {each.staff_id: each for each in people if each.role in list(_ROLES)}
        words = (
            "با این کد یک رایانه باجهٔ این دفتر می‌شود و کسی که می‌نویسید در آن گذرواژه می‌سازد. کد"
            " ۴۸ ساعت اعتبار دارد و یک بار به کار می‌رود."
        )
        self.card.add(Label(words, wrap=True))
        options = [
            (each.staff_id, f"{each.name}، {Role(each.role).word}")
            for each in self._people.values()
        ]
        self._who = ListChoice([*options, (_ANOTHER, "کسی که هنوز در این دفتر نیست")])
        self.who = FormField("نخستین کاربر", self._who, key="who")
        self.named = FormField("نام و نام خانوادگی", TextLine(max_length=80), key="name")
        self.national = FormField("کد ملی", DigitsLine(10, check=national_id), key="national_id")
        self._role = Segments([(role.value, role.word) for role in _ROLES])
        self._role.set_value(Role.CLERK.value)
        self.role = FormField("نقش", self._role, key="role")
        self._printer = ListChoice([])
        self.printer = FormField("چاپگر", self._printer, key="printer")
        self._who.edited.connect(self.arrange_typed)
        if not options:
            self._who.set_value(_ANOTHER)
        self.put(3, (self.who, 1), (self.named, 1), (self.national, 1))
        self.put(3, (self.role, 1), (self.printer, 1), (self.password, 1))
        # A printer is of this moment.
        self.typed.let_pass("printer")
        self.arrange_typed()

    def offer(self, printers: Sequence[printing.Printer]) -> None:
        """Offer these printers, the first one chosen; a file is no paper."""
        names = [each.name for each in printers if each.name != printing.PDF]
        self._printer.set_options([(name, name) for name in names])
        self._printer.set_value(names[0] if names else "")

    def arrange_typed(self) -> None:
        """Name, national id and role are asked of who is new."""
        new = self._who.value() == _ANOTHER
        self.named.setVisible(new)
        self.national.setVisible(new)
        self.role.setVisible(new)

    def faults(self) -> Faults:
        """Who, the printer, the password."""
        found: Faults = []
        if not self._who.value():
            found.append(("who", "کسی را که نخست با این رایانه کار می‌کند برگزینید."))
        elif self._who.value() == _ANOTHER:
            if not str(self.named.value()).strip():
                found.append(("name", "نام او را بنویسید."))
            try:
                national_id(str(self.national.value()))
            except Refusal as no:
                found.append(("national_id", no.words))
        if not self._printer.value():
            found.append(("printer", printing.NO_PRINTER if self._printer.options() else _NO_PAPER))
        return found + self.password_fault()

    def newcomer(self) -> Newcomer:
        """Who begins there."""
        known = self._people.get(str(self._who.value()))
        if known is not None:
            return Newcomer(known.name, Role(known.role), known.staff_id)
        own_id = national_id(str(self.national.value()))
        return Newcomer(str(self.named.value()), Role(str(self._role.value())), national_id=own_id)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Make the code and print it at once."""
        card, who, printer = self._card, self.newcomer(), str(self._printer.value())
        password = str(self.password.value())
        gone = printing.gone(desk_codes.TITLE, printer)
        self.done = f"{gone} کد جای دیگری نوشته نشده است."

        def do() -> None:
            access.confirm(seat, password)
            pdf = desk_codes.slip(seat, card, who)
            try:
                printing.print_pdf(pdf, printer, desk_codes.TITLE)
            except Refusal as no:
                raise Refusal(f"{no.words.rstrip('.')}{_LOST}", field="printer") from no

        return do


class RevokeForm(SignedForm):
    """A desk is put out: nothing more is taken from it."""

    name = "office-revoke"

    def __init__(self, desk: DeskBody) -> None:
        title = to_persian_digits(f"باجهٔ {desk.number}")
        super().__init__(f"کنار گذاشتن {title}", "", f"کنار گذاشتن {title}", "ban")
        self.subject = desk.device_id
        self._device, self._title = desk.device_id, title
        unsent = "؛ کاری که هنوز نفرستاده است هم پذیرفته نمی‌شود" if desk.unsent_since else ""
        words = (
            f"از همین لحظه چیزی از این رایانه پذیرفته نمی‌شود{unsent}. رایانهٔ گم‌شده یا فروخته‌شده"
            " را همین حالا کنار بگذارید؛ برای بازگشت آن کد معرفی تازه لازم است."
        )
        self.card.add(Label(words, wrap=True))
        self.put_password()

    def faults(self) -> Faults:
        """The password."""
        return self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it out."""
        device, password = self._device, str(self.password.value())
        self.done = f"{self._title} کنار گذاشته شد؛ دیگر چیزی از آن پذیرفته نمی‌شود."

        def do() -> None:
            access.confirm(seat, password)
            registry.revoke(seat, device)

        return do
