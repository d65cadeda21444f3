"""Letters taken back whole before their first day, with a reason and the password."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions import handing_over
from desktop.actions.desk import Seat
from desktop.domain.money import format_number
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.wire.assent import SHORTEST_REASON


class TakeBackForm(ActForm):
    """What the letters tell never holds; the offices are told so on the letters themselves."""

    name = "take-back-letters"

    def __init__(self, letters: Sequence[OfficeLetter]) -> None:
        self._letters = tuple(letters)
        self.subject = letters[0].publication
        count = to_persian_digits(len(letters))
        super().__init__(
            "پس‌گرفتن پیش از آغاز",
            f"{count} نامه پس گرفته می‌شود و هیچ‌یک از خدمت‌های آن‌ها از آن روز واگذار نمی‌شود.",
            "پس‌گرفتن همه",
            "file-off",
        )
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self.password = FormField("گذرواژهٔ شما", PasswordLine(), key="password")
        self.add(self.reason, self.password)

    def faults(self) -> Faults:
        """A reason that says something, and the password."""
        found: Faults = []
        if len(str(self.reason.value()).strip()) < SHORTEST_REASON:
            least = format_number(SHORTEST_REASON)
            found.append(("reason", f"دلیل را دست‌کم با {least} نویسه بنویسید."))
        if not self.password.value():
            found.append(("password", "گذرواژهٔ خود را وارد کنید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take them back."""
        letters, reason = self._letters, str(self.reason.value()).strip()
        password = str(self.password.value())

        def take() -> None:
            handing_over.take_back(seat, password, letters, reason)

        return take
