"""What all acts on an office's people share: fields in columns, a reason, the password."""

from __future__ import annotations

from collections.abc import Collection

from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.office import FAR_DAY, is_far
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Option

NOBODY: Option = ("", "کسی جانشین نیست")
_NO_DAY = "روز را بنویسید."


def waits_for(seat: Seat) -> str:
    """Whose signature it waits for, for a person."""
    municipal = seat.staff.role.is_municipal
    return "در انتظار امضای دوم" if municipal else "در انتظار تأیید ناظر"


class StaffForm(SignedForm):
    """An act on somebody of the staff; `reason` shows where the centre's doubt wants one."""

    def __init__(self, heading: str, sentence: str, button: str, icon: str = "check") -> None:
        super().__init__(heading, sentence, button, icon)
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self.reason.hide()

    def put_signature(self) -> None:
        """The password, and above it the reason once it is asked."""
        self.know(self.reason)
        self.card.add(self.reason)
        self.put_password()

    def arrange_typed(self) -> None:
        """A reason that was typed before shows."""
        self.reason.setVisible(bool(str(self.reason.value())))

    def refused(self, refusal: Refusal) -> None:
        """Why beside its cause; a doubt opens the reason."""
        if refusal.field == "reason":
            self.reason.show()
        super().refused(_placed(refusal, self.fields))
        if refusal.field == "reason":
            self.go_to("reason")

    def reason_text(self) -> str:
        """What was written there."""
        return str(self.reason.value()).strip()


def _placed(refusal: Refusal, keys: Collection[str]) -> Refusal:
    """Without the fields that the form has not: items of a draft are counted, not named."""
    if isinstance(refusal, Refusals):
        each = [
            Refusal(no.words, field=no.field if no.field in keys else None) for no in refusal.faults
        ]
        return each[0] if len(each) == 1 else Refusals(each)
    return refusal if refusal.field in keys else Refusal(refusal.words)


def day_fault(key: str, line: DateLine, *, asked: bool = True) -> Faults:
    """What is wrong with a day; nothing where none is `asked` and none is written."""
    day = line.value()
    if day is not None:
        return [(key, FAR_DAY)] if is_far(day, line.today) else []
    if not asked and not line.raw().strip():
        return []
    return [(key, line.fault() or _NO_DAY)]


def colleagues(person: Person, staffing_: Staffing) -> list[Option]:
    """Who may stand in: of the same office, not the person; for a role nobody who sees no case."""
    return [
        (each.staff, f"{each.name}، {each.role.word}")
        for each in staffing_.of(person.office)
        if each.staff != person.staff and (each.role.sees_cases or not person.role.has_deputy)
    ]
