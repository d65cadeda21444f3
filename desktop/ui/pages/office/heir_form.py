"""The open cases of a stopped office are given to another, which finishes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.actions import access, act_scans, heirs
from desktop.actions.desk import Seat
from desktop.actions.heirs import OpenCases
from desktop.ui.page import Shell
from desktop.ui.pages.acts.act_part import ActPart
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.standing.office import open_words
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label

_NO_HEIR = "دفتری را برگزینید که پرونده‌های باز را به پایان می‌رساند."
_NOBODY = "هیچ دفتری همهٔ این خدمت‌ها را ندارد؛ نخست آن‌ها را به دفتری واگذار کنید."
_FOLLOWS = (
    "هر پرونده از همان‌جا که هست ادامه می‌یابد و مهلت آن همان می‌ماند. پول‌هایی که گرفته شده در صندوق"
    " همین دفتر می‌ماند. به متقاضیان پیام داده می‌شود."
)


class HeirForm(SignedForm):
    """One signed decision, at once, with the act it rests on."""

    name = "office-heir"

    def __init__(self, shell: Shell, office: str, cases: OpenCases, today: date) -> None:
        sentence = "دفتر دیگری آن‌ها را به پایان می‌رساند"
        super().__init__("سپردن پرونده‌های باز", sentence, "سپردن پرونده‌ها", "arrows-exchange")
        self._office, self._cases = office, cases
        for words in (open_words(cases), _FOLLOWS):
            self.card.add(Label(words, wrap=True))
        choice = ListChoice(list(cases.offices.items()))
        self.heir = FormField("به دفتر", choice, key="heir")
        self.act = ActPart(shell, today, scanned=False)
        self.put(
            3, (self.heir, 3), (self.act.number, 1), (self.act.dated, 1), (self.act.body, 1),
            (self.act.scan_field, 1),
        )  # fmt: skip
        self.put_password()

    def faults(self) -> Faults:
        """The office, the act, the password."""
        found: Faults = []
        if not self.heir.value():
            found.append(("heir", _NO_HEIR if self._cases.offices else _NOBODY))
        return found + self.act.faults() + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Name it."""
        office, heir, act = self._office, str(self.heir.value()), self.act.act()
        password = str(self.password.value())
        self.done = f"پرونده‌های باز به {self._cases.offices[heir]} می‌رود؛ پیشرفت در همین کارت است."

        def do() -> None:
            access.confirm(seat, password)
            act_scans.send(seat, act.scan)
            heirs.name(seat, office, heir, act)

        return do
