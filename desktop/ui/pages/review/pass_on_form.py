"""واگذاری به…: the case is another expert's, or all experts' again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop.actions import reviewing
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.wire.reviewing import ExpertBody

_ALL = "all"


class PassOnForm(ActForm):
    """To whom, and why; who is at work today and how many cases are theirs is told."""

    name = "assign"
    tab = "واگذاری"

    def __init__(self, case: Case, experts: Sequence[ExpertBody], own: str) -> None:
        words = f"{to_persian_digits(case.request.party.name)}، {whole_code(case.request.tracking)}"
        super().__init__("واگذاری پرونده", words, "واگذاری", "send")
        self._case = case
        people = [
            (each.staff_id, to_persian_digits(f"{each.name}، {each.cases} پرونده"))
            for each in experts
            if each.staff_id != own
        ]
        back = [(_ALL, "صف همهٔ کارشناسان")] if case.expert else []
        self.expert = FormField("کارشناس گیرنده", ListChoice([*people, *back]), key="expert")
        self.reason = FormField("دلیل", Prose(lines=2), key="reason", topic="assign-reason")
        self.add(self.expert, self.reason)

    def faults(self) -> Faults:
        """Whom, and for a colleague why."""
        found: Faults = []
        if not self.expert.value():
            found.append(("expert", "همکاری را برگزینید که پرونده به او می‌رود."))
        elif self.expert.value() != _ALL and not self.reason.value():
            found.append(("reason", "دلیل واگذاری را بنویسید؛ همکارتان آن را می‌خواند."))
        return found

    def chosen(self) -> tuple[str, str]:
        """To whom, by staff id, empty for all experts; and why."""
        to = self.expert.value()
        return "" if to == _ALL else to, self.reason.value()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Pass it on."""
        to, reason = self.chosen()
        return partial(reviewing.assign, seat, self._case, to, reason)
