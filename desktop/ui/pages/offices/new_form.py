"""A new office: its code and kind, then all that every card tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.actions.office_list import Registry
from desktop.actions.offices import of_the_city
from desktop.domain.office import OfficeCard, OfficeKind, is_office_code
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.office.forms import OfficeCardForm
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.segments import Segments

_LONGEST = 20
_EMPTY = OfficeCard("", "", "", "", "", 0, "", sample=False)


class NewForm(OfficeCardForm):
    """The first card of an office; what is left out here the registry shows as lacking."""

    name = "office-new"

    def __init__(self, known: Registry, today: date) -> None:
        self._known = known
        empty = of_the_city(_EMPTY, known.municipality)
        super().__init__("دفتر جدید", empty, known.districts, known.bounds, today)

    def leading(self) -> list[tuple[FormField, int]]:
        """Code and kind."""
        self.code = FormField("کد دفتر", DigitsLine(_LONGEST), key="code")
        kinds = Segments([(kind.value, kind.word) for kind in reversed(OfficeKind)])
        self.kind = FormField("نوع", kinds, key="kind")
        return [(self.code, 1), (self.kind, 2)]

    def what(self) -> str:
        """Which office waits."""
        return to_persian_digits(f"دفتر {self.code.value()}")

    def faults(self) -> Faults:
        """A code that somebody else has is known here; then what every card lacks."""
        found: Faults = []
        code = str(self.code.value())
        owners = {each: of for of, codes in self._known.codes.items() for each in codes}
        if not is_office_code(code):
            found.append(("code", "کد دفتر را بنویسید؛ از ۲ تا ۲۰ رقم."))
        elif code in owners:
            held = self._known.cards.get(owners[code])
            whose = f" به {held.name}" if held is not None else ""
            words = f"کد {code} پیش‌تر{whose} داده شده است؛ کد دیگری بنویسید."
            found.append(("code", to_persian_digits(words)))
        if not self.kind.value():
            found.append(("kind", "نوع دفتر را برگزینید."))
        return found + super().faults()

    def changed(self) -> OfficeCard:
        """The card as it stands in the form."""
        kind = OfficeKind(str(self.kind.value()))
        return replace(super().changed(), code=str(self.code.value()), kind=kind)
