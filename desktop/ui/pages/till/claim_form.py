"""Receipts that the records don't know: finance finds the money, or says what it saw."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.actions import payments
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Payment, mark_of
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.standing.telling import paid_words
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Hairline

_ANSWERS = [("yes", "واریز تأیید شد"), ("no", "واریز یافت نشد")]


class ClaimForm(ActForm):
    """بررسی رسید پرداخت: an answer and what was seen, for each claimed sum."""

    name = "claim"
    tab = "رسید پرداخت"

    def __init__(self, case: Case) -> None:
        words = "پرداخت تأییدشده تسویه به شمار می‌رود؛ آنچه یافت نشود دوباره مطالبه می‌شود."
        super().__init__("بررسی رسید پرداخت", words, "ثبت نظر", "receipt")
        self._case = case
        self.answers: dict[str, Segments] = {}
        self.asked: dict[str, FormField] = {}
        self.seen: dict[str, FormField] = {}
        for number, (key, claimed) in enumerate(case.claims.items()):
            if number:
                self.card.add(Hairline())
            name = case.announced[key].name
            told = f"{name}: {format_rial(claimed.amount)}، {paid_words(claimed)}"
            self.card.add(Label(to_persian_digits(told), wrap=True))
            answer = Segments(_ANSWERS)
            line = TextLine(max_length=200)
            # What was said of one receipt is never laid in for the next one of the same sum.
            said, place = _keys(key, claimed)
            seen = FormField("نتیجهٔ بررسی", line, key=said, topic="claim.seen")
            asked = FormField("پرداخت", answer, key=place, topic="claim.answer")
            self.answers[key], self.asked[key], self.seen[key] = answer, asked, seen
            self.add(asked, seen)

    def first(self) -> QWidget | None:
        """The first answer."""
        return next(iter(self.answers.values()), None)

    def faults(self) -> Faults:
        """Each has an answer, and says what was seen."""
        found: Faults = []
        for key, answer in self.answers.items():
            said, place = _keys(key, self._case.claims[key])
            if not answer.value():
                found.append((place, "پرداخت را برگزینید: واریز تأیید شد یا یافت نشد."))
            if not self.seen[key].value():
                found.append((said, "نتیجهٔ بررسی را بنویسید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Answer each."""
        case = self._case
        said = [(k, a.value() == "yes", str(self.seen[k].value())) for k, a in self.answers.items()]

        def work() -> None:
            for key, right, comment in said:
                payments.answer_claim(seat, case, key, right=right, comment=comment)

        return work


def _keys(key: str, claimed: Payment) -> tuple[str, str]:
    """By which the inputs of one receipt go: what was seen, and the answer."""
    receipt = mark_of(key, claimed)
    return f"seen.{receipt}", f"answer.{receipt}"
