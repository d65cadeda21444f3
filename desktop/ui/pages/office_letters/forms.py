"""Letters taken back whole before their first day, with a reason and the password."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions import handing_over
from desktop.actions.desk import Seat
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.signed_form import ReasonForm


class TakeBackForm(ReasonForm):
    """What the letters tell never holds; the offices are told so on the letters themselves."""

    name = "take-back-letters"

    def __init__(self, letters: Sequence[OfficeLetter]) -> None:
        self._letters = tuple(letters)
        count = to_persian_digits(len(letters))
        super().__init__(
            "پس‌گرفتن پیش از آغاز",
            f"{count} نامه پس گرفته می‌شود و هیچ‌یک از خدمت‌های آن‌ها از آن روز واگذار نمی‌شود.",
            "پس‌گرفتن همه",
            "file-off",
        )
        self.subject = letters[0].publication

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take them back."""
        letters, reason = self._letters, self.reason_text()
        password = str(self.password.value())

        def take() -> None:
            handing_over.take_back(seat, password, letters, reason)

        return take
