"""What is done to an office's desks: a machine let in by a code on paper, a desk put out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions import access, desk_codes, registry
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import printing
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.wire.registry import DeskBody, PersonBody

_ROLES = (Role.CLERK, Role.MANAGER)
_CHOOSE = "کسی را که نخست با این رایانه کار می‌کند برگزینید."
_NOBODY = "این دفتر هنوز کسی ندارد؛ نخست مسئول آن را در «کارکنان» پیشنهاد کنید."
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
            "با این کد یک رایانه باجهٔ این دفتر می‌شود و کسی که برمی‌گزینید در آن گذرواژه می‌سازد. کد"
            " ۴۸ ساعت اعتبار دارد و یک بار به کار می‌رود. کسی که هنوز در این دفتر نیست نخست در"
            " «کارکنان» با کد ملی پیشنهاد و با دو امضا پذیرفته می‌شود."
        )
        self.card.add(Label(words, wrap=True))
        options = [
            (each.staff_id, f"{each.name}، {Role(each.role).word}")
            for each in self._people.values()
        ]
        self._who = ListChoice(options)
        self.who = FormField("نخستین کاربر", self._who, key="who")
        self._printer = ListChoice([])
        self.printer = FormField("چاپگر", self._printer, key="printer")
        self.put(3, (self.who, 1), (self.printer, 1), (self.password, 1))
        # A printer is of this moment.
        self.typed.let_pass("printer")

    def offer(self, printers: Sequence[printing.Printer]) -> None:
        """Offer these printers, the first one chosen; a file is no paper."""
        names = [each.name for each in printers if each.name != printing.PDF]
        self._printer.set_options([(name, name) for name in names])
        self._printer.set_value(names[0] if names else "")

    def faults(self) -> Faults:
        """Who, the printer, the password."""
        found: Faults = []
        if not self._who.value():
            found.append(("who", _CHOOSE if self._people else _NOBODY))
        if not self._printer.value():
            found.append(("printer", printing.NO_PRINTER if self._printer.options() else _NO_PAPER))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Make the code and print it at once."""
        card, who = self._card, self._people[str(self._who.value())]
        printer = str(self._printer.value())
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
