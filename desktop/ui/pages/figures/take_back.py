"""Taking back a figure that is still to come."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import Figure, KindLook
from desktop.domain.stream import Topic
from desktop.forms.sheets import SHEETS, FiguresSheet
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.figures.data_form import SHORT_REASON
from desktop.ui.pages.office.forms import OfficeForm
from desktop.ui.pages.services.publish import from_day
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.wire.assent import SHORTEST_REASON


class TakeBackForm(OfficeForm):
    """What was to hold from a day never does, with a reason and the password."""

    name = "municipal-data-back"

    def __init__(self, look: KindLook, figure: Figure) -> None:
        named = look.title_of(figure.item)
        super().__init__(
            f"پس گرفتن {named}",
            f"«{figure.item.words}» از {from_day(figure.item.day)} برقرار نمی‌شود.",
            "پس گرفتن",
            "file-off",
        )
        kind = SHEETS[look.kind]
        assert isinstance(kind, FiguresSheet)
        self.subject = f"{look.kind}:{figure.key}"
        self._topic: Topic = kind.topic
        self._figure = figure
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self.put(1, (self.reason, 1))
        self.put_password()

    def faults(self) -> Faults:
        """A reason that says nothing, or no password."""
        short = len(str(self.reason.value()).strip()) < SHORTEST_REASON
        return ([("reason", SHORT_REASON)] if short else []) + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back; what holds on that day now is told."""
        reason, password = str(self.reason.value()).strip(), str(self.password.value())
        item, topic = self._figure.item, self._topic
        self.done = "انتشار پس گرفته شد."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            answer = publishing.withdraw(sure, topic, item.about, item.day, reason)
            if answer.remains:
                self.done = f"انتشار پس گرفته شد؛ در آن روز همان می‌ماند: {answer.remains}."

        return do
