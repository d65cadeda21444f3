"""ایراد: which part of an answer is wrong, why, and in free words what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.actions import second_looks
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.second_look import FAULTS, Part
from desktop.domain.words import tell
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Option, Segments

_GIVEN = "نامه تحویل شده است؛ نفر دوم شهرداری آن را ابطال می‌کند، سپس کارشناس بررسی می‌کند."
_STAMPED = "نامه مهر شده است؛ از مسئول دفتر خواسته می‌شود آن را ابطال کند، سپس کارشناس بررسی می‌کند."
_UNSTAMPED = "نامه ابطال می‌شود و پرونده به کارشناس می‌رود."


class LookBackForm(ActForm):
    """Part, item, reason and comment; of the letter no item is asked.

    `labels` are the values of the record that stand beside the letter.
    """

    name = "look-back"
    tab = "ایراد"

    def __init__(self, case: Case, labels: Sequence[str] = ()) -> None:
        held = case.answer
        words = _UNSTAMPED
        if held is not None and held.release is not None:
            words = _GIVEN if held.is_out else _STAMPED
        super().__init__("ایراد این پاسخ", words, "ثبت ایراد", "send")
        self._case = case
        self._items: dict[Part, list[Option]] = {
            Part.RECORD: [(each, each) for each in labels],
            Part.REASONS: _gates(case),
        }
        parts = [(part.value, part.word) for part in Part]
        self.part = FormField("کدام بخش درست نیست", Segments(parts), key="part")
        self.item = FormField("کدام شرط یا قلم", ListChoice([]), key="item")
        self.reason = FormField("دلیل", ListChoice([]), key="reason")
        self.comment = FormField("توضیح", Prose(lines=3), key="comment")
        self.add(self.part, self.item, self.reason, self.comment)
        self.part.edited.connect(self.arrange_typed)
        self.arrange_typed()

    def first(self) -> QWidget | None:
        """The part."""
        return self.part

    def arrange_typed(self) -> None:
        """What is asked of the chosen part; of none all is offered, for a draft."""
        value = self.part.value()
        part = Part(value) if value else None
        parts = [part] if part is not None else [*Part]
        item, reason = self.item.control, self.reason.control
        if isinstance(item, ListChoice) and isinstance(reason, ListChoice):
            item.set_options([each for one in parts for each in self._items.get(one, [])])
            reason.set_options([each for one in parts for each in FAULTS[one].items()])
        self.item.setVisible(part is not None and bool(self._items.get(part)))
        self.reason.setVisible(part is not None)

    def faults(self) -> Faults:
        """All of them are asked."""
        faults: Faults = []
        if not self.part.value():
            return [("part", "بگویید کدام بخش درست نیست.")]
        if self.part.value() == Part.REASONS and not self.item.value():
            faults.append(("item", "بگویید کدام شرط."))
        if not self.reason.value():
            faults.append(("reason", "دلیل ایراد را انتخاب کنید."))
        if not self.comment.value():
            faults.append(("comment", "بنویسید چه چیز درست نیست."))
        return faults

    def job(self, seat: Seat) -> Callable[[], None]:
        """It is wrong, and so."""
        case, comment, part = self._case, self.comment.value(), self.part.value()
        item, reason = self.item.value(), self.reason.value()
        return lambda: second_looks.look_again(
            seat, case, right=False, comment=comment, part=part, item=item, reason=reason
        )


def _gates(case: Case) -> list[Option]:
    """The conditions of the decision, as its reasons name them."""
    decision = case.decision
    if decision is None:
        return []
    return [(each.gate, tell(each, decision.as_of).condition) for each in decision.findings]
