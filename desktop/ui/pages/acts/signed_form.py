"""An act that its person signs with the password, and the reason that some of them want."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid, Row
from desktop.wire.assent import SHORTEST_REASON

FOR_SECOND = "امضا و ارسال برای امضای دوم"
"""The key of what its person signs, and a second one has to."""
OWN_PASSWORD = "گذرواژهٔ شما"
NO_PASSWORD = "گذرواژهٔ خود را وارد کنید."
SHORT_REASON = to_persian_digits(f"دلیل را دست‌کم با {SHORTEST_REASON} نویسه بنویسید.")


def is_short(reason: str) -> bool:
    """Whether the reason says too little to be signed."""
    return len(reason.strip()) < SHORTEST_REASON


class SignedForm(ActForm):
    """An act that its person signs with the password; `done` is said after it.

    `publication` is what waits for its second signature then, empty where one is enough.
    """

    done = ""
    publication = ""

    def __init__(self, heading: str, sentence: str, button: str, icon: str = "check") -> None:
        super().__init__(heading, sentence, button, icon)
        self.password = FormField(OWN_PASSWORD, PasswordLine(), key="password")

    def put(self, columns: int, *fields: tuple[FormField, int]) -> None:
        """Fields side by side in so many columns, each over so many of them."""
        grid = Grid(columns, minimum=120)
        self.know(*(field for field, _ in fields))
        grid.put(list(fields))
        self.card.body.addLayout(grid)

    def put_password(self) -> None:
        """The password, as wide as a third."""
        self.know(self.password)
        row = Row(gap=14)
        row.addWidget(self.password, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(2)
        self.card.body.addLayout(row)

    def password_fault(self) -> Faults:
        """Whether there is one."""
        return [] if self.password.value() else [("password", NO_PASSWORD)]

    def refused(self, refusal: Refusal) -> None:
        """Why beside its cause; the keys go to a wrong password."""
        super().refused(refusal)
        field = self.fields.get(refusal.field or "")
        if field is not None and isinstance(field.control, PasswordLine):
            self.go_to(field.key)


class ReasonForm(SignedForm):
    """An act with a reason and the password; `told` is read above them."""

    def __init__(self, heading: str, sentence: str, button: str, icon: str, told: str = "") -> None:
        super().__init__(heading, sentence, button, icon)
        if told:
            self.card.add(Label(told, wrap=True))
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self.put(1, (self.reason, 1))
        self.put_password()

    def faults(self) -> Faults:
        """A reason that says nothing, or no password."""
        short = is_short(self.reason_text())
        return ([("reason", SHORT_REASON)] if short else []) + self.password_fault()

    def reason_text(self) -> str:
        """What was written there."""
        return str(self.reason.value()).strip()
