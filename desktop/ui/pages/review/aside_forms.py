"""What an expert does instead of the decision: send the case back, refuse in his own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desktop.actions import reviewing
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import Proposal, Recommendation
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.layouts import Column, Row

_MOST_REASONS = 9


class ReturnForm(ActForm):
    """برگشت برای اصلاح: one comment, which must be there."""

    name = "return"
    tab = "برگشت"

    def __init__(self, case: Case) -> None:
        words = "پرونده به دفتر برمی‌گردد و پس از اصلاح به همین‌جا می‌آید."
        super().__init__("برگشت برای اصلاح", words, "برگرداندن", "arrow-back-up")
        self._case = case
        self.comment = FormField("توضیح", Prose(lines=3), key="comment")
        self.add(self.comment)

    def faults(self) -> Faults:
        """The comment is asked."""
        return [] if self.comment.value() else [("comment", "بنویسید چه چیز باید اصلاح شود.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Send it back."""
        return partial(reviewing.send_back, seat, self._case, self.comment.value())


class RefuseForm(ActForm):
    """پاسخ منفی: numbered reasons, as the letter gives them."""

    name = "refuse"
    tab = "پاسخ منفی"

    def __init__(self, case: Case) -> None:
        words = "هر دلیل با مادهٔ قانونی آن؛ همان‌گونه در نامه نوشته می‌شود."
        super().__init__("پاسخ منفی", words, "ثبت پاسخ منفی", "ban")
        self._case = case
        self.reasons: list[FormField] = []
        self._lines = Column(gap=8)
        self.card.body.addLayout(self._lines)
        more = Button("دلیل دیگر", icon="plus")
        more.clicked.connect(self.add_reason)
        row = Row()
        row.addWidget(more)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.typed.made.connect(self._make_reasons)
        self.add_reason()

    def _make_reasons(self, texts: Mapping[str, str]) -> None:
        """As many lines as were typed."""
        typed = [number for number in range(_MOST_REASONS) if texts.get(_reason_key(number))]
        while len(self.reasons) <= max(typed, default=0):
            self.add_reason()

    def add_reason(self) -> None:
        """One more line, with the focus."""
        if len(self.reasons) >= _MOST_REASONS:
            return
        number = to_persian_digits(len(self.reasons) + 1)
        words, key = f"دلیل {number}", _reason_key(len(self.reasons))
        field = FormField(words, Prose(lines=2, max_length=500), key=key, topic="refusal")
        self.know(field)
        self.reasons.append(field)
        self._lines.addWidget(field)
        field.setFocus()

    def faults(self) -> Faults:
        """At least one."""
        if any(field.value() for field in self.reasons):
            return []
        return [(self.reasons[0].key, "دلیل پاسخ منفی را بنویسید.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Refuse."""
        reasons = tuple(field.value() for field in self.reasons if field.value())
        told = Recommendation(Proposal.REFUSAL, reasons=reasons)
        return partial(reviewing.recommend, seat, self._case, told, {})


def _reason_key(place: int) -> str:
    return f"reasons.{place}"
