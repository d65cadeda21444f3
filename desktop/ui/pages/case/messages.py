"""A message did not reach the citizen: the number is mended, and it is sent again."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import messages
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import mobile, phone_words
from desktop.domain.message import Occasion
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import PhoneLine

_GROUPS = (4, 3, 4)


class ResendForm(ActForm):
    """اصلاح شماره و ارسال دوباره: the number as the applicant says it now."""

    name = "resend"

    def __init__(self, case: Case, message: str) -> None:
        failed = case.unreached[message]
        what = Occasion(failed.occasion).word
        words = f"پیام «{what}» به {phone_words(failed.mobile)} نرسید: {failed.cause}"
        super().__init__(
            "اصلاح شماره و ارسال دوباره", to_persian_digits(words), "ثبت و ارسال دوباره", "send"
        )
        self.subject = message
        self._case = case
        self.mobile = FormField("تلفن همراه", PhoneLine(_GROUPS, mobile), key="mobile")
        self.mobile.set_value(failed.mobile)
        self.add(self.mobile)

    def faults(self) -> Faults:
        """A number that is none."""
        try:
            mobile(str(self.mobile.value()))
        except Refusal as no:
            return [("mobile", no.words)]
        return []

    def job(self, seat: Seat) -> Callable[[], None]:
        """Mend it."""
        case, message, number = self._case, self.subject, mobile(str(self.mobile.value()))
        return lambda: messages.resend(seat, case, message, number)
