"""Taking back a figure that is still to come."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import Figure, KindLook
from desktop.domain.stream import Topic
from desktop.forms.sheets import SHEETS, FiguresSheet
from desktop.ui.pages.acts.signed_form import ReasonForm
from desktop.ui.pages.services.publish import from_day


class TakeBackForm(ReasonForm):
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

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back; what holds on that day now is told."""
        reason, password = self.reason_text(), str(self.password.value())
        item, topic = self._figure.item, self._topic
        self.done = "انتشار پس گرفته شد."

        def do() -> None:
            sure = access.confirm(seat, password).seat
            answer = publishing.withdraw(sure, topic, item.about, item.day, reason)
            if answer.remains:
                self.done = f"انتشار پس گرفته شد؛ در آن روز همان می‌ماند: {answer.remains}."

        return do
